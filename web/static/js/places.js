// How far each entry of the history was scrolled. The browser cannot bring that back itself: it would
// scroll before the leaf of the entry is there.

const MAX_KEPT = 50;
const NAME = "places";

const places = new Map(recall());

// Names the entry shown, so that it is known when one comes back to it.
export function nameEntry() {
  if (!history.state?.place) history.replaceState(newState(), "");
}

// Of an entry that is to be made.
export const newState = () => ({ place: `${Date.now()}-${Math.random()}` });

export function keepPlace() {
  const place = history.state?.place;
  if (!place) return;
  places.delete(place);
  places.set(place, window.scrollY);
  if (places.size > MAX_KEPT) places.delete(places.keys().next().value);
}

// Of the entry shown, in CSS pixels from the top; undefined where one has not been.
export const placeKept = () => places.get(history.state?.place);

// At once, though the page scrolls smoothly where people do it.
export const scrollTo = (top) => window.scrollTo({ top, behavior: "instant" });

window.addEventListener("pagehide", () => {
  try {
    sessionStorage.setItem(NAME, JSON.stringify([...places]));
  } catch {
    // A browser that keeps nothing: a page that is loaded anew begins at its top.
  }
});

function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(NAME)) ?? [];
  } catch {
    return [];
  }
}
