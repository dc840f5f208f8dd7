// In a narrow window the filters lie in a drawer over the page.

import "./filters.js"; // settles what is chosen before it is counted here
import { asked, takeBackFilters } from "./form.js";

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

// Where the system has a gesture or a button to go back, it closes the drawer that covers the page.
let watcher = null;

function watch() {
  watcher?.destroy();
  watcher = null;
  if (!("CloseWatcher" in window) || !drawer()?.open || wide.matches) return;
  watcher = new window.CloseWatcher();
  watcher.addEventListener("close", shut);
}

// What was chosen in the drawer and not applied is not chosen: nothing shows it then.
function settle() {
  fence();
  watch();
  if (wide.matches || drawer()?.open) return;
  takeBackFilters();
  sayUsual();
}

document.addEventListener("toggle", ({ target }) => target === drawer() && settle(), true);
document.addEventListener("shown", settle);
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
    if (answer.ok) say(fold.querySelector(".apply"), await answer.text());
  } catch {
    // Then it says what it said.
  }
});

function say(button, text) {
  button.dataset.usual ??= button.textContent;
  button.textContent = text;
}

function sayUsual() {
  counting?.abort();
  const button = drawer()?.querySelector(".apply");
  if (button?.dataset.usual) button.textContent = button.dataset.usual;
}
