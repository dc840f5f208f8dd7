// Suggestions below the search box, or what was searched lately while it is empty: a combobox with a
// list, by the ARIA Authoring Practices. Focus stays in the box; an option is only marked as active.

import { forget, forgetAll, recentSearches, remember } from "./recent.js";
import { asked } from "./form.js";
import { groupsOf, optionsOf } from "./suggestions.js";

const PAUSE_MS = 60;
const MOST = 6;
const MOST_RECENT = 8;
const MAX_CHARS = 200; // of a text that is completed

const box = () => document.getElementById("q");
const list = () => document.getElementById("suggestions");
const options = () => optionsOf(list());

let active = -1; // which option; -1 for the box itself
let timer = 0;
let asking = null; // the AbortController of what is being fetched
let found = []; // all there is for what is typed, until the list is closed

const isOpen = () => !list().hidden;

function open(entries) {
  list().replaceChildren(...groupsOf(entries, box().value, list().dataset));
  list().hidden = !entries.length;
  box().setAttribute("aria-expanded", String(entries.length > 0));
  activate(-1);
}

function close() {
  clearTimeout(timer);
  asking?.abort();
  found = [];
  open([]);
}

function activate(at) {
  options()[active]?.setAttribute("aria-selected", "false");
  active = at;
  const option = options()[at];
  if (!option) {
    box().removeAttribute("aria-activedescendant");
    return;
  }
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  box().setAttribute("aria-activedescendant", option.id);
}

// Round from the box through all options and back to it.
function step(by) {
  const places = options().length + 1;
  activate(((active + 1 + by + places) % places) - 1);
}

function openRecent() {
  const texts = recentSearches().slice(0, MOST_RECENT);
  const recent = texts.map((text) => ({ kind: "recent", text, query: text }));
  open(texts.length ? [...recent, { kind: "clear", text: list().dataset.clearAll }] : []);
}

// Results come by themselves and are not to be covered: titles among them stand there.
const helps = ({ kind }) => kind !== "title" || !document.querySelector(".hit");

// `isWanted`: whether one asked for the list itself.
async function suggest(isWanted) {
  asking?.abort();
  const text = box().value;
  if (!text.trim()) {
    openRecent();
    return;
  }
  if (text.length > MAX_CHARS) {
    close();
    return;
  }
  const mine = new AbortController();
  asking = mine;
  const all = await fetchSuggestions(text, mine.signal);
  if (mine.signal.aborted || document.activeElement !== box()) return;
  found = all.filter(({ id, query }) => id || query.trim() !== text.trim());
  open(isWanted ? found : found.filter(helps));
}

// Where nothing was found after all, titles join at the end of the list, which else stays as it is.
document.addEventListener("shown", () => {
  const helping = found.filter(helps);
  if (helping.length <= options().length) return;
  const before = active;
  open(helping);
  activate(before);
});

// None where there is no answer: one can search without.
async function fetchSuggestions(text, signal) {
  const parameters = new URLSearchParams({ q: text, limit: MOST });
  try {
    const answer = await fetch(`${box().dataset.suggest}?${parameters}`, { signal });
    return answer.ok ? (await answer.json()).suggestions : [];
  } catch {
    return [];
  }
}

function choose(option) {
  const { kind, query, article } = option.dataset;
  if (kind === "clear") {
    forgetAll();
    close();
  } else if (article) {
    close();
    remember();
    window.location.assign(addressOf(article));
  } else {
    box().value = query;
    box().form.requestSubmit();
  }
}

// With the search as it stands: its words are marked there, and a way leads back to it. Not where it
// finds nothing, as when the title was typed by its sound.
function addressOf(article) {
  const plain = box().dataset.article.replace("%7Bid%7D", () => article);
  if (document.querySelector(".nothing")) return plain;
  return `${plain.split("?")[0]}?${asked(box().form)}`;
}

function remove(option) {
  const at = active;
  forget(option.dataset.query);
  openRecent();
  if (at >= 0) activate(Math.min(at, options().length - 1));
}

// Keys of the box. What is not answered here is the browser's own: it moves the caret, say.
const keys = {
  ArrowDown: () => (isOpen() ? step(1) : suggest(true)),
  ArrowUp: () => (isOpen() ? step(-1) : suggest(true)),
  Enter() {
    if (active < 0) return false;
    choose(options()[active]);
    return true;
  },
  Escape() {
    if (!isOpen()) return false;
    close();
    return true;
  },
  Delete() {
    const option = options()[active];
    if (option?.dataset.kind !== "recent") return false;
    remove(option);
    return true;
  },
  Home: leave,
  End: leave,
  ArrowLeft: leave,
  ArrowRight: leave,
};

// Whoever moves the caret is back in the box.
function leave() {
  activate(-1);
  return false;
}

document.addEventListener("keydown", (event) => {
  if (event.target !== box() || event.isComposing || event.keyCode === 229) return;
  if (event.ctrlKey || event.metaKey) return;
  if (event.altKey) {
    if (event.key === "ArrowUp") close();
    else if (event.key === "ArrowDown") suggest(true);
    else return;
    event.preventDefault();
  } else if (Object.hasOwn(keys, event.key) && keys[event.key]() !== false) {
    event.preventDefault();
  }
});

function suggestSoon() {
  clearTimeout(timer);
  timer = setTimeout(suggest, PAUSE_MS, false);
}

document.addEventListener("input", (event) => {
  if (event.target === box() && !event.isComposing) suggestSoon();
});
document.addEventListener("compositionstart", ({ target }) => target === box() && close());
document.addEventListener("compositionend", ({ target }) => target === box() && suggestSoon());
document.addEventListener("focusin", ({ target }) => {
  if (target === box() && !target.value) openRecent();
});
document.addEventListener("focusout", ({ target }) => target === box() && close());
document.addEventListener("submit", ({ target }) => target === box().form && close());

// The list takes no focus.
document.addEventListener("mousedown", (event) => {
  if (list().contains(event.target)) event.preventDefault();
});
document.addEventListener("click", ({ target }) => {
  const option = list().contains(target) && target.closest("[role=option]");
  if (!option) return;
  if (target.closest(".remove")) remove(option);
  else choose(option);
});

// Without a script it is a plain box.
for (const [name, value] of Object.entries({
  role: "combobox",
  "aria-autocomplete": "list",
  "aria-controls": "suggestions",
  "aria-expanded": "false",
})) {
  box().setAttribute(name, value);
}
