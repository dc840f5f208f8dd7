// What is nicer with a script; everything works without it.

document.documentElement.classList.add("scripted");

const form = document.getElementById("search");
const wide = window.matchMedia("(min-width: 62rem)");

// In a wide window a check box or a day narrows at once. In a narrow one the filters cover the
// results, so there people choose all they want, and then apply it.
form.addEventListener("change", (event) => {
  const chosen = event.target;
  if (!chosen.matches(".filters input")) return;
  if (chosen.name === "category" && chosen.checked) leaveOnly(chosen);
  if (wide.matches) form.requestSubmit();
});

// Who chooses a category means it, not also the wider one that it is in.
function leaveOnly(chosen) {
  const own = chosen.closest("li");
  for (const box of form.querySelectorAll("input[name=category]:checked")) {
    const item = box.closest("li");
    if (item !== own && (item.contains(own) || own.contains(item))) box.checked = false;
  }
}

// Fields left empty stay out of the address.
form.addEventListener("formdata", (event) => {
  for (const [name, value] of [...event.formData]) {
    if (value === "") event.formData.delete(name);
  }
});

// A picture that is gone takes its place with it.
const hide = (picture) => picture.classList.add("gone");
for (const picture of document.images) {
  if (picture.complete && !picture.naturalWidth && picture.currentSrc) hide(picture);
}
document.addEventListener(
  "error",
  (event) => {
    if (event.target instanceof HTMLImageElement) hide(event.target);
  },
  true,
);

// "/" leads to the search box.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById("q").select();
  }
});
