// Searches made lately, the newest first: in this browser only, and only those that were meant, not
// each letter on the way to them.

const NAME = "recent";
const MAX_KEPT = 20;

// What stands there may be of another version, or by anyone's hand.
export function recentSearches() {
  try {
    const found = JSON.parse(localStorage.getItem(NAME));
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}

export function forget(text) {
  keep(recentSearches().filter((each) => each !== text));
}

export function forgetAll() {
  keep([]);
}

export function remember() {
  const text = document.getElementById("q").value.trim();
  if (!text) return;
  keep([text, ...recentSearches().filter((each) => each !== text)].slice(0, MAX_KEPT));
}

function keep(texts) {
  try {
    if (texts.length) localStorage.setItem(NAME, JSON.stringify(texts));
    else localStorage.removeItem(NAME);
  } catch {
    // A browser that keeps nothing: there are no recent searches.
  }
}

// A search was meant when it was sent, or when something that it found is opened.
document.addEventListener("submit", ({ target }) => {
  if (target.id === "search") remember();
});
document.addEventListener("click", ({ target }) => {
  if (target.closest?.(".hit h2 a")) remember();
});
