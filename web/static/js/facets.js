// Values of a facet are found by name, those that the page has no place for among them.

import { asked } from "./form.js";

const PAUSE_MS = 120;
const folded = (text) => text.normalize("NFKC").toLowerCase().trim();

// Of each box: when it asks, and what it has asked.
const timers = new WeakMap();
const asking = new WeakMap();
// And which of the values on the page the server found: those that sound as is typed.
const heard = new WeakMap();

document.addEventListener("input", (event) => {
  const { target } = event;
  if (!target.matches(".facet .find")) return;
  if (!isAsked(target)) heard.delete(target);
  filter(target);
  clearTimeout(timers.get(target));
  asking.get(target)?.abort();
  // What is being composed is not yet what is looked for.
  if (isAsked(target) && !event.isComposing) {
    timers.set(target, setTimeout(findMore, PAUSE_MS, target));
  }
});

document.addEventListener("compositionend", ({ target }) => {
  if (target.matches(".facet .find") && isAsked(target)) findMore(target);
});

// Whether the server may find more: where the page has no place for all, and what may be pinyin.
function isAsked(box) {
  const isLeftOut = box.closest(".facet").querySelector(".left-out") !== null;
  return isLeftOut || /^[a-z' ]*$/.test(folded(box.value));
}

// Enter would send the form, in which this box is nothing. Escape empties it, before it ends more.
document.addEventListener(
  "keydown",
  (event) => {
    const { target, key } = event;
    if (!target.matches(".facet .find") || event.isComposing) return;
    if (key === "Enter") event.preventDefault();
    if (key !== "Escape" || !target.value) return;
    event.preventDefault();
    event.stopPropagation();
    target.value = "";
    target.dispatchEvent(new Event("input", { bubbles: true }));
  },
  true,
);

function filter(box) {
  const facet = box.closest(".facet");
  const wanted = folded(box.value);
  facet.classList.toggle("sought", wanted !== "");
  const rest = facet.querySelector(".rest");
  if (rest) rest.open = wanted !== "";
  // What the server found it folds better than we do.
  for (const item of facet.querySelectorAll("ul:not(.found) > li")) {
    const isIn = folded(item.querySelector(".value").textContent).includes(wanted);
    item.hidden = !isIn && !heard.get(box)?.has(item.querySelector("input").value);
  }
  sayWhetherAny(facet, wanted);
}

function sayWhetherAny(facet, wanted) {
  const none = facet.querySelector(".found-none");
  const isAny = facet.querySelector("li:not([hidden])") !== null;
  none.textContent = wanted && !isAny ? none.dataset.text : "";
}

// The page lists the values that most articles have; the server knows the others.
async function findMore(box) {
  const facet = box.closest(".facet");
  const found = facet.querySelector(".found");
  const wanted = box.value.trim();
  const mine = new AbortController();
  asking.get(box)?.abort();
  asking.set(box, mine);
  let items = "";
  if (wanted) {
    const parameters = asked(box.form);
    parameters.set("find", wanted);
    try {
      const answer = await fetch(`${box.dataset.more}?${parameters}`, { signal: mine.signal });
      if (!answer.ok) return;
      items = await answer.text();
    } catch {
      return; // another was asked since, or there is no network: what is listed stays
    }
  }
  keepChosen(facet, found);
  found.innerHTML = items;
  heard.set(box, leaveOutListed(facet, found));
  filter(box);
}

// What was chosen stays in the form, whatever is looked for next.
function keepChosen(facet, found) {
  const list = facet.querySelector("ul:not(.found)");
  for (const box of found.querySelectorAll(":checked")) list.append(box.closest("li"));
}

function leaveOutListed(facet, found) {
  const listed = new Set();
  const twice = new Set();
  for (const { value } of facet.querySelectorAll("ul:not(.found) input")) listed.add(value);
  for (const box of found.querySelectorAll("input")) {
    if (!listed.has(box.value)) continue;
    twice.add(box.value);
    box.closest("li").remove();
  }
  return twice;
}
