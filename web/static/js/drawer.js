// In a narrow window the filters lie in a drawer over the page.

import "./filters.js"; // settles what is chosen before it is counted here
import { asked } from "./form.js";

const wide = window.matchMedia("(min-width: 62rem)");
const drawer = () => document.querySelector(".fold");

// While it is open, nothing but the drawer can be reached.
function fence() {
  for (const each of document.querySelectorAll("[data-fenced]")) {
    each.inert = false;
    delete each.dataset.fenced;
  }
  const fold = drawer();
  if (!fold?.open || wide.matches) return;
  for (let inner = fold; inner !== document.body; inner = inner.parentElement) {
    for (const each of inner.parentElement.children) {
      if (each === inner || each.inert) continue;
      each.inert = true;
      each.dataset.fenced = "";
    }
  }
}

function shut() {
  drawer().open = false;
  drawer().querySelector("summary").focus();
}

document.addEventListener("toggle", ({ target }) => target === drawer() && fence(), true);
document.addEventListener("shown", fence);
wide.addEventListener("change", fence);

document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && drawer()?.open && !wide.matches) shut();
});

// Beside the drawer: its own darkened ground.
document.addEventListener("click", ({ target }) => {
  if (target.matches(".fold[open]") && !wide.matches) shut();
});

// The button that applies says what that would show.
let counting = null;

document.addEventListener("change", async ({ target }) => {
  const fold = drawer();
  if (wide.matches || !fold?.contains(target)) return;
  counting?.abort();
  counting = new AbortController();
  try {
    const answer = await fetch(`${fold.dataset.total}?${asked(target.form)}`, {
      signal: counting.signal,
    });
    if (answer.ok) fold.querySelector(".apply").textContent = await answer.text();
  } catch {
    // Then it says what it said.
  }
});
