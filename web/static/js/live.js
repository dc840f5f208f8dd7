// Search as you type: an answer's page is fetched from the address that the form would lead to, and
// its leaf laid over the one shown. Other pages are led to as ever.

import { asked, takeBackFilters } from "./form.js";
import { focusMain, lay, leafOf } from "./leaves.js";
import { keepPlace, nameEntry, newState, placeKept, scrollTo } from "./places.js";

const PAUSE_MS = 120; // after a keystroke, before one asks
const BUSY_MS = 300; // without an answer, before the page says that it waits
const MAX_LEAVES = 20; // kept to go back to at once

const coarse = window.matchMedia("(pointer: coarse)");
const box = () => document.getElementById("q");
const form = () => document.getElementById("search");
const withoutHash = (address) => new URL(address, document.baseURI).href.split("#")[0];

// Leaves laid aside, by their addresses, the latest last.
const leaves = new Map();
let shown = withoutHash(window.location.href);
let going = null; // the AbortController of what is being fetched
let isTyped = false; // whether that is for what was typed, not for a link
let timer = 0;
let isBurst = false; // whether the entry shown was made by the typing that goes on

// Only on the pages of searches; from others, the form leads there.
const isLive = () => form()?.action && new URL(form().action).pathname === window.location.pathname;

function addressOfForm() {
  const address = new URL(form().action);
  address.search = asked(form());
  return withoutHash(address);
}

function cancel() {
  clearTimeout(timer);
  going?.abort();
  going = null;
  setBusy(false);
}

function setBusy(isBusy) {
  const main = document.getElementById("main");
  if (isBusy) main.setAttribute("aria-busy", "true");
  else main.removeAttribute("aria-busy");
}

// Fetches what `address` leads to and has `arrive` show it, unless something else is asked for
// meanwhile. Where there is no network, `fail` is called; an answer that is no page of ours is shown
// as the browser shows it, or `fail` again.
async function visit(address, arrive, fail, refuse = () => window.location.assign(address)) {
  cancel();
  isTyped = false;
  const mine = new AbortController();
  going = mine;
  const waiting = setTimeout(setBusy, BUSY_MS, true);
  let leaf = null;
  let hasAnswer = true;
  try {
    leaf = await fetchLeaf(address, mine.signal);
  } catch {
    hasAnswer = false; // given up for another, or no network
  }
  clearTimeout(waiting);
  if (going !== mine) return;
  going = null;
  setBusy(false);
  if (leaf) arrive(leaf);
  else if (hasAnswer) refuse();
  else fail();
}

// Answers that say what went wrong are pages, too.
async function fetchLeaf(address, signal) {
  const answer = await fetch(address, { headers: { Accept: "text/html" }, signal });
  if (!answer.headers.get("Content-Type")?.startsWith("text/html")) return null;
  return leafOf(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

function put(leaf, address) {
  leaves.delete(shown);
  leaves.set(shown, lay(leaf));
  if (leaves.size > MAX_LEAVES) leaves.delete(leaves.keys().next().value);
  shown = address;
  announce();
}

// What is put in with its text is not read out; what changes its text is.
function announce() {
  const summary = document.querySelector(".summary [role=status]");
  summary?.removeAttribute("role");
  const said = summary ?? document.querySelector(".nothing h2");
  document.getElementById("announced").textContent = said?.textContent ?? "";
}

// A new entry in the history, but not for each letter, nor for what is shown already.
function enter(address) {
  keepPlace();
  if (isBurst || address === shown) history.replaceState(history.state, "", address);
  else history.pushState(newState(), "", address);
}

// Typing.

function type() {
  clearTimeout(timer);
  const address = addressOfForm();
  if (address === shown) {
    cancel();
    failedNote()?.remove();
  } else {
    visit(address, (leaf) => arriveTyped(leaf, address), sayFailed, sayFailed);
    isTyped = true;
  }
}

function arriveTyped(leaf, address) {
  if (!box().value) isBurst = false; // what was there before it was emptied can be gone back to
  enter(address);
  isBurst = document.activeElement === box();
  put(leaf, address);
}

const failedNote = () => document.querySelector("#main > .failed");

// What was typed stays, and so do the answers to what was typed before.
function sayFailed() {
  const main = document.getElementById("main");
  if (failedNote()) return;
  const note = document.createElement("p");
  note.className = "note problem failed";
  note.role = "alert";
  note.textContent = box().dataset.failed;
  main.prepend(note);
}

// Filters are shown as they hold.
function failToFilter() {
  takeBackFilters();
  sayFailed();
}

// What was typed meanwhile is asked for then.
window.addEventListener("online", () => {
  if (failedNote() && isLive()) type();
});

function typeSoon() {
  // The page that a link was leading to would take the place of what is being typed.
  if (!isTyped) cancel();
  clearTimeout(timer);
  timer = setTimeout(type, PAUSE_MS);
}

// An input method composes letters into words: only those are asked for.
document.addEventListener("input", (event) => {
  if (event.target === box() && isLive() && !event.isComposing) typeSoon();
});
document.addEventListener("compositionstart", ({ target }) => {
  if (target === box() && isLive()) cancel();
});
document.addEventListener("compositionend", ({ target }) => {
  if (target === box() && isLive()) typeSoon();
});
document.addEventListener("focusout", ({ target }) => {
  if (target === box()) isBurst = false;
});

// The form, sent by Enter, by its button, or by filters, which stay in sight.

document.addEventListener("submit", (event) => {
  if (event.target !== form() || event.defaultPrevented || !isLive()) return;
  event.preventDefault();
  const address = addressOfForm();
  if (address === shown) isBurst = false; // now, as what is typed next may cancel this visit
  // Who searches looks at the top of what is found, who narrows it, at the filters.
  const isSearching = document.querySelector(".masthead").contains(document.activeElement);
  const isFiltering = document.querySelector(".filters") !== null && !isSearching;
  if (coarse.matches) box().blur(); // a keyboard on the screen would cover what is found
  visit(
    address,
    (leaf) => {
      enter(address);
      isBurst = false;
      put(leaf, address);
      if (!isFiltering) scrollTo(0);
    },
    isFiltering ? failToFilter : sayFailed,
  );
});

// Links to searches.

const leadsElsewhere = (event, link) =>
  event.defaultPrevented ||
  event.button !== 0 ||
  event.ctrlKey ||
  event.metaKey ||
  event.shiftKey ||
  event.altKey ||
  link.hasAttribute("target") ||
  link.hasAttribute("download");

// In another language all of a page is another.
function isSearch(address) {
  const here = new URL(window.location.href);
  return (
    address.origin === here.origin &&
    address.pathname === here.pathname &&
    !address.hash &&
    address.searchParams.get("lang") === here.searchParams.get("lang")
  );
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || leadsElsewhere(event, link) || !isLive()) return;
  const address = new URL(link.getAttribute("href"), document.baseURI); // SVG's href is no text
  if (!isSearch(address)) return;
  event.preventDefault();
  isBurst = false;
  visit(
    address.href,
    (leaf) => arriveByLink(leaf, address.href, link),
    sayFailed,
  );
});

// Links that narrow or sort lie beside what they change; others lead to the top of something else.
function arriveByLink(leaf, address, link) {
  const stays = link.closest(".filters, .summary");
  enter(address);
  put(leaf, address);
  box().value = leaf.text;
  if (stays) return;
  link.closest(".help")?.removeAttribute("open");
  scrollTo(0);
  focusMain();
}

// Back and forward.

const reload = () => window.location.reload();

window.addEventListener("popstate", () => {
  const address = withoutHash(window.location.href);
  if (address === shown && !going) return; // from one part of the page to another
  isBurst = false;
  cancel();
  const place = placeKept() ?? 0;
  const arrive = (leaf) => {
    if (address !== shown) put(leaf, address);
    box().value = leaf.text;
    scrollTo(place);
  };
  const kept = address === shown ? leafOf(document) : leaves.get(address);
  if (kept) arrive(kept);
  else visit(address, arrive, reload, reload);
});

window.addEventListener("scroll", () => going || keepPlace(), { passive: true });

if (isLive()) {
  history.scrollRestoration = "manual";
  nameEntry();
  const place = placeKept();
  if (place !== undefined) scrollTo(place);
}
