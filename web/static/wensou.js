// What is nicer with a script; everything works without it.
"use strict";

document.documentElement.classList.add("scripted");

// A check box or a day narrows at once.
const form = document.getElementById("search");
form?.addEventListener("change", (event) => {
  if (event.target.matches(".filters input")) form.requestSubmit();
});

// Fields left empty stay out of the address.
form?.addEventListener("formdata", (event) => {
  for (const [name, value] of [...event.formData]) {
    if (value === "") event.formData.delete(name);
  }
});

// A picture that is gone takes its place with it.
document.addEventListener(
  "error",
  (event) => {
    if (event.target instanceof HTMLImageElement) event.target.classList.add("gone");
  },
  true,
);

// In a narrow window the filters begin folded.
if (window.matchMedia("(max-width: 991.98px)").matches) {
  document.querySelector(".filters .fold")?.removeAttribute("open");
}

// "/" leads to the search box, as readers of other archives know it.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById("q")?.select();
  }
});
