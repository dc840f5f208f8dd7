// Back to the list as it was left, scrolled where one was. A page that sends no referrer may not see
// addresses in the history, so the list leaves behind which entry it is and what it shows.

const hasList = () => document.querySelector(".hits") !== null;

const withoutPlace = (address) => {
  const url = new URL(address);
  url.searchParams.sort();
  return url.pathname + url.search;
};

function entryOfList(address) {
  const list = recall("list");
  if (!list || list.shown !== withoutPlace(address)) return null;
  const entries = window.navigation?.entries() ?? [];
  return entries.slice(0, window.navigation?.currentEntry.index).find(({ key }) => key === list.key);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".back a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const entry = entryOfList(link.href);
  if (!entry) return;
  event.preventDefault();
  window.navigation.traverseTo(entry.key);
});

window.addEventListener("pagehide", () => {
  if (!hasList()) return;
  const key = window.navigation?.currentEntry?.key;
  remember("list", { key, shown: withoutPlace(window.location.href) });
});

// There the keyboard goes on from the article that was read.
window.addEventListener("pageshow", ({ persisted }) => {
  if (document.querySelector(".reading article")) remember("read", window.location.pathname);
  if (!hasList()) return;
  const [entry] = performance.getEntriesByType("navigation");
  if (!persisted && entry?.type !== "back_forward" && !/^#a-\d/.test(window.location.hash)) return;
  const read = recall("read");
  const links = [...document.querySelectorAll(".hit h2 a")];
  links.find((link) => link.pathname === read)?.focus();
});

// A browser that keeps nothing throws.
function remember(name, value) {
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Then the link leads to the list, and the list begins at the hit.
  }
}

function recall(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}
