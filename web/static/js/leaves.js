// The leaves of a search: what differs from one answer's page to the next. A leaf is read from an
// answer, laid over the one shown, and can be laid back later.

const PARTS = "body > #search, body > main, body > .colophon";
const LINKS = 'head link[rel="alternate"]';

// What a page of ours has that others have not; null for a page of somebody else.
export function leafOf(page) {
  const box = page.getElementById("q");
  const parts = [...page.querySelectorAll(PARTS)];
  if (!box || !parts.length) return null;
  return {
    title: page.title,
    kind: page.body.className,
    text: box.defaultValue,
    languages: [...page.querySelectorAll(".languages a")].map((link) => link.getAttribute("href")),
    links: [...page.querySelectorAll(LINKS)],
    parts,
  };
}

// Lays `leaf` over the one shown, in one step, and returns that. What the reader unfolded and looked
// for among the filters stays so, and the keyboard stays where it was.
export function lay(leaf) {
  const shown = leafOf(document);
  const unfolded = new Set(folds().filter(({ open }) => open).map(labelOf));
  const sought = new Map(finds().map((box) => [facetOf(box).dataset.facet, box.value]));
  const focused = document.activeElement;
  const label = shown.parts.some((part) => part.contains(focused)) ? labelOf(focused) : null;

  shown.parts[0].before(...leaf.parts);
  for (const each of [...shown.parts, ...shown.links]) each.remove();
  document.head.append(...leaf.links);
  document.title = leaf.title;
  document.body.className = leaf.kind;
  // The box itself stays, with all that was typed into it since.
  document.getElementById("q").defaultValue = leaf.text;
  document.querySelectorAll(".languages a").forEach((link, at) => {
    link.setAttribute("href", leaf.languages[at]);
  });

  for (const box of finds()) seek(box, sought.get(facetOf(box).dataset.facet) ?? "");
  for (const fold of folds()) fold.open ||= unfolded.has(labelOf(fold));
  if (label !== null) refocus(focused.localName, label);
  smooth(shown);
  document.dispatchEvent(new Event("shown"));
  return shown;
}

export function focusMain() {
  document.getElementById("main").focus({ preventScroll: true });
}

// But the one that holds all filters: in a narrow window they are a layer over the results.
const folds = () => [...document.querySelectorAll(".filters details:not(.fold)")];

const finds = () => [...document.querySelectorAll(".facet .find")];
const facetOf = (box) => box.closest(".facet");

// As if it were typed; a leaf that is laid back may still show what was looked for then.
function seek(box, text) {
  if (!text && !facetOf(box).classList.contains("sought")) return;
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function refocus(name, label) {
  const same = [...document.querySelectorAll(`#search ${name}`)];
  const found = same.find((each) => labelOf(each) === label);
  if (found) found.focus({ preventScroll: true });
  else focusMain();
}

// What an element is for, the same in every answer: counts and addresses are not.
function labelOf(element) {
  const fold = element.closest("details");
  const isFold = element === fold || element.localName === "summary";
  const text = isFold ? fold.className : (element.querySelector(".value") ?? element).textContent;
  return [
    element.closest("fieldset")?.querySelector("legend").textContent,
    element.closest("nav")?.ariaLabel,
    element.closest("li")?.querySelector(".value")?.textContent,
    element.name,
    element.type === "checkbox" && element.value,
    element.dataset.from ?? headsOf(element) ?? text,
  ].join("\n");
}

// Of what is in a table.
function headsOf(element) {
  const cell = element.closest("td");
  const head = cell?.closest("table").rows[0].cells[cell.cellIndex];
  return cell && `${head.textContent} ${cell.parentElement.cells[0].textContent}`;
}

// A leaf that is kept says what its address says, not what was then chosen upon it.
function smooth({ parts }) {
  for (const part of parts) {
    if (part instanceof HTMLFormElement) part.reset();
    for (const fold of part.querySelectorAll(".fold[open]")) fold.open = false;
    for (const busy of part.querySelectorAll("[aria-busy]")) busy.removeAttribute("aria-busy");
    for (const note of part.querySelectorAll(".failed")) note.remove();
  }
}
