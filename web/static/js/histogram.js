// A stretch of time is taken from the histogram: dragged over by mouse or finger, or by keys.

const PLACES = "[data-from]";

// What is being chosen: from one place to another of a picture; null for nothing.
let reach = null;
let isDragged = false;

const pictureOf = (target) => target.closest?.(".histogram svg");
const placesOf = (picture) => [...picture.querySelectorAll(PLACES)];

// Tab leads to one bar of a picture only, arrows lead on from there.
function letOneBeReached() {
  for (const picture of document.querySelectorAll(".histogram svg")) {
    const links = [...picture.querySelectorAll("a")];
    const one = links.find((link) => link.hasAttribute("aria-current")) ?? links.at(-1);
    for (const link of links) link.setAttribute("tabindex", link === one ? 0 : -1);
  }
}

letOneBeReached();
document.addEventListener("shown", () => {
  reach = null;
  isDragged = false;
  letOneBeReached();
});

function stretchOf({ picture, from, to }) {
  return placesOf(picture).slice(Math.min(from, to), Math.max(from, to) + 1);
}

function setReach(picture, from, to) {
  reach = { picture, from, to };
  const inside = stretchOf(reach);
  for (const place of placesOf(picture)) place.classList.toggle("in-reach", inside.includes(place));
  tell(picture, inside);
}

function dropReach() {
  if (!reach) return;
  for (const place of placesOf(reach.picture)) place.classList.remove("in-reach");
  tell(reach.picture, []);
  reach = null;
}

// Below the picture stands what is pointed at: a finger sees no tooltip.
function tell(picture, places) {
  const figure = picture.closest(".histogram");
  const output = figure.querySelector("output");
  if (places.length < 2) {
    output.textContent = places[0]?.querySelector("title").textContent ?? output.dataset.usual;
    return;
  }
  const count = places.reduce((sum, place) => sum + Number(place.dataset.count), 0);
  output.textContent = figure.dataset.stretch
    .replace("{first}", places[0].dataset.from)
    .replace("{last}", places.at(-1).dataset.to)
    .replace("{count}", count.toLocaleString("en"));
}

function take() {
  const inside = stretchOf(reach);
  const { elements } = document.getElementById("search");
  const days = new Map([
    [elements.from, inside[0].dataset.from],
    [elements.to, inside.at(-1).dataset.to],
  ]);
  // Where no days can be typed, as on the front page, the fields are of this stretch only: what is
  // searched for next begins with none.
  const unsent = [...days.keys()].filter(({ disabled }) => disabled);
  for (const [field, day] of days) {
    field.value = day;
    field.disabled = false;
  }
  elements.from.form.requestSubmit();
  for (const field of unsent) {
    field.value = "";
    field.disabled = true;
  }
}

// By place, not by what is under the pointer: that may be above or beside the picture.
function placeAt(picture, x) {
  const { left, width } = picture.getBoundingClientRect();
  const count = placesOf(picture).length;
  return Math.max(0, Math.min(count - 1, Math.floor(((x - left) / width) * count)));
}

document.addEventListener("pointerdown", (event) => {
  const picture = pictureOf(event.target);
  if (!picture || event.button !== 0 || !event.isPrimary) return;
  const place = placeAt(picture, event.clientX);
  isDragged = true;
  setReach(picture, place, place);
});

document.addEventListener("pointermove", (event) => {
  if (isDragged && reach) {
    setReach(reach.picture, reach.from, placeAt(reach.picture, event.clientX));
  }
});

document.addEventListener("pointerup", () => {
  if (!isDragged) return;
  isDragged = false;
  // One bar is a link, which the click that comes now follows.
  if (reach && reach.from !== reach.to) take();
  else dropReach();
});

// Such as when a finger scrolls the page.
document.addEventListener("pointercancel", () => {
  isDragged = false;
  dropReach();
});

// A link would be dragged away itself.
document.addEventListener("dragstart", (event) => {
  if (pictureOf(event.target)) event.preventDefault();
});

document.addEventListener("pointerover", ({ target }) => {
  const picture = pictureOf(target);
  const place = target.closest?.(PLACES);
  if (picture && place && !reach) tell(picture, [place]);
});

document.addEventListener("pointerout", ({ target, relatedTarget }) => {
  const picture = pictureOf(target);
  if (picture && !picture.contains(relatedTarget) && !reach) tell(picture, []);
});

document.addEventListener("focusin", ({ target }) => {
  const picture = pictureOf(target);
  if (picture && !reach) tell(picture, [target]);
});

document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const picture = pictureOf(target);
  if (!picture || picture.contains(relatedTarget) || isDragged) return;
  dropReach();
  tell(picture, []);
});

const NEXT = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  Home: () => 0,
  End: (at, last) => last,
};

document.addEventListener("keydown", (event) => {
  const picture = pictureOf(event.target);
  if (!picture || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in NEXT) {
    event.preventDefault();
    move(picture, event.target, NEXT[event.key], event.shiftKey);
  } else if (event.key === "Escape" && reach) {
    event.stopPropagation();
    dropReach();
    tell(picture, [event.target]);
  } else if (event.key === "Enter" && reach && reach.from !== reach.to) {
    event.preventDefault();
    take();
  }
});

// Only bars with articles can be reached; what lies between two of them is in a stretch all the same.
function move(picture, from, next, isStretched) {
  const links = [...picture.querySelectorAll("a")];
  const to = links[next(links.indexOf(from), links.length - 1)];
  if (!to) return;
  from.setAttribute("tabindex", -1);
  to.setAttribute("tabindex", 0);
  const places = placesOf(picture);
  if (isStretched) setReach(picture, reach?.from ?? places.indexOf(from), places.indexOf(to));
  else dropReach();
  to.focus();
}
