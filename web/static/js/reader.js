// Reading an article: its hits one after another, its outline, its keys.

const still = window.matchMedia("(prefers-reduced-motion: reduce)");

// Hits. A hit is one mark or, across inline tags, several.

const marksOf = (hit) => document.querySelectorAll(`#hit-${hit}, [data-of="hit-${hit}"]`);

let current = 0; // counted from 1; 0 before any was gone to

function showHit(bar, hit) {
  for (const mark of marksOf(current)) mark.classList.remove("current");
  current = hit;
  const marks = marksOf(hit);
  for (const mark of marks) mark.classList.add("current");
  for (let fold = marks[0].closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
  marks[0].scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
  bar.querySelector(".place").textContent = bar.dataset.place.replace("{at}", hit);
}

// The first step leads on from what is being read, not from the beginning.
function firstHit(step, count) {
  let hit = 1;
  while (hit <= count && marksOf(hit)[0].getBoundingClientRect().top < 0) hit += 1;
  return step > 0 ? hit : hit - 1;
}

function step(bar, by) {
  const count = Number(bar.dataset.count);
  const hit = current ? current + by : firstHit(by, count);
  showHit(bar, ((hit - 1 + count) % count) + 1);
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-step]");
  if (button) step(button.closest(".hit-bar"), Number(button.dataset.step));
});

// Keys: an element of the page says which one it is for.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, dialog")) return;
  const key = CSS.escape(event.key);
  const control = document.querySelector(`.reading [aria-keyshortcuts="${key}"]`);
  if (!control) return;
  event.preventDefault();
  control.click();
});

// The outline says where one is: below the last heading that passed the upper third of the window.
function followOutline() {
  const links = new Map();
  for (const link of document.querySelectorAll(".outline a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  if (!links.size) return;
  const observer = new IntersectionObserver(
    () => {
      const passed = [...links.keys()].filter(
        (heading) => heading.getBoundingClientRect().top < window.innerHeight / 3 + 1,
      );
      markCurrent(links, passed.at(-1));
    },
    { rootMargin: "0px 0px -66.6%" },
  );
  for (const heading of links.keys()) observer.observe(heading);
}

function markCurrent(links, here) {
  for (const [heading, link] of links) {
    if (heading === here) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
  const link = links.get(here);
  const box = link?.closest(".outline");
  if (!box) return;
  const [at, around] = [link.getBoundingClientRect(), box.getBoundingClientRect()];
  if (at.top < around.top || at.bottom > around.bottom) {
    box.scrollTop += at.top - around.top - box.clientHeight / 2;
  }
}

// A fold of the outline has done its work when one goes to a heading.
document.addEventListener("click", ({ target }) => {
  if (target.closest(".outline a")) target.closest("details").open = false;
});

followOutline();
const [, asked] = /^#hit-(\d+)$/.exec(window.location.hash) ?? [];
const bar = document.querySelector(".hit-bar");
if (bar && asked && document.getElementById(`hit-${asked}`)) showHit(bar, Number(asked));
