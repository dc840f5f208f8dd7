// Filters narrow as soon as they are chosen.

const wide = window.matchMedia("(min-width: 62rem)");

// In a narrow window the filters cover the results, so there people choose all they want, and then
// apply it.
document.addEventListener("change", ({ target }) => {
  if (!target.matches(".filters input[name]")) return;
  if (target.name === "category" && target.checked) leaveOnly(target);
  if (wide.matches) target.form.requestSubmit();
});

// Who chooses a category means it, not also the wider one that it is in.
function leaveOnly(chosen) {
  const own = chosen.closest("li");
  for (const box of chosen.form.querySelectorAll("input[name=category]:checked")) {
    const item = box.closest("li");
    if (item !== own && (item.contains(own) || own.contains(item))) box.checked = false;
  }
}

// Fields left empty stay out of the address.
document.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) {
    if (value === "") formData.delete(name);
  }
});
