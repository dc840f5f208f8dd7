// Filters narrow as soon as they are chosen.

const DAYS = ".filters input[type=date]";
const ONCE = { once: true };
const wide = window.matchMedia("(min-width: 62rem)");

// In a narrow window the filters cover the results, so there people choose all they want, and then
// apply it.
document.addEventListener("change", ({ target }) => {
  if (!target.matches(".filters input[name]")) return;
  if (target.name === "category" && target.checked) leaveOnly(target);
  if (wide.matches && target !== typedInto) target.form.requestSubmit();
});

// A day is whole before it is all typed: 2021 begins as the year 2. So it narrows when one goes on to
// something else, or by Enter; one that is picked, at once.
let typedInto = null;
let isPressed = false; // the mouse's button: what is put in anew meanwhile cannot be clicked

document.addEventListener("keydown", ({ target, key, altKey }) => {
  if (!target.matches(DAYS)) return;
  const opensPicker = altKey || key === " " || key === "F4";
  typedInto = opensPicker || key === "Tab" || key === "Enter" ? null : target;
});
document.addEventListener("pointerdown", () => {
  typedInto = null;
  isPressed = true;
});
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    isPressed = false;
  });
}
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  if (!wide.matches || !target.matches(DAYS) || relatedTarget?.matches(DAYS)) return;
  typedInto = null;
  const { from, to } = target.form.elements;
  if ([from, to].every(({ value, defaultValue }) => value === defaultValue)) return;
  const narrowSoon = () => setTimeout(() => target.form?.requestSubmit());
  if (!isPressed) narrowSoon();
  else document.addEventListener("pointerup", (event) => leadsOn(event) || narrowSoon(), ONCE);
});

// What is clicked next leads somewhere itself, or sends the form with all that is chosen.
const leadsOn = ({ target }) => target.closest("a, button, label, input") !== null;

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
