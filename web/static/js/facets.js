// Values of a facet, found by name; and the filters' drawer in a narrow window.

const PAUSE_MS = 120;
const folded = (text) => text.normalize("NFKC").toLowerCase().trim();

let timer = 0;
let asking = null;

document.addEventListener("input", (event) => {
  const { target } = event;
  if (!target.matches(".facet .find")) return;
  filter(target);
  clearTimeout(timer);
  asking?.abort();
  // What is being composed is not yet what is looked for.
  if (target.dataset.more && !event.isComposing) {
    timer = setTimeout(() => findMore(target), PAUSE_MS);
  }
});

document.addEventListener("compositionend", ({ target }) => {
  if (target.matches(".facet .find[data-more]")) findMore(target);
});

// Enter would send the form, in which this box is nothing.
document.addEventListener("keydown", (event) => {
  if (event.target.matches(".facet .find") && event.key === "Enter") event.preventDefault();
});

function filter(box) {
  const facet = box.closest(".facet");
  const wanted = folded(box.value);
  facet.classList.toggle("sought", wanted !== "");
  const rest = facet.querySelector(".rest");
  if (rest) rest.open = wanted !== "";
  for (const item of facet.querySelectorAll("li")) {
    item.hidden = !folded(item.querySelector(".value").textContent).includes(wanted);
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
  asking?.abort();
  asking = new AbortController();
  let items = "";
  if (wanted) {
    const parameters = asked(box.form ?? document.getElementById("search"));
    parameters.set("find", wanted);
    try {
      const answer = await fetch(`${box.dataset.more}?${parameters}`, { signal: asking.signal });
      if (!answer.ok) return;
      items = await answer.text();
    } catch {
      return; // another was asked since, or there is no network: what is listed stays
    }
  }
  keepChosen(facet, found);
  found.innerHTML = items;
  leaveOutListed(facet, found);
  filter(box);
}

// What was chosen stays in the form, whatever is looked for next.
function keepChosen(facet, found) {
  const list = facet.querySelector("ul:not(.found)");
  for (const box of found.querySelectorAll(":checked")) list.append(box.closest("li"));
}

function leaveOutListed(facet, found) {
  const listed = new Set();
  for (const { value } of facet.querySelectorAll("ul:not(.found) input")) listed.add(value);
  for (const box of found.querySelectorAll("input")) {
    if (listed.has(box.value)) box.closest("li").remove();
  }
}

const asked = (form) => new URLSearchParams(new FormData(form));

// In a narrow window the filters lie over the page.
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
    if (answer.ok) fold.querySelector(".apply button").textContent = await answer.text();
  } catch {
    // Then it says what it said.
  }
});
