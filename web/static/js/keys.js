// Keys that lead about the page. web/keys.py has the table of them that the help shows.

const help = () => document.getElementById("keys");
const links = () => [...document.querySelectorAll(".hit h2 a")];

// From the hit where the keyboard is, else from the first that is in sight.
function moveTo(by) {
  const all = links();
  const here = all.findIndex((link) => link.closest(".hit").contains(document.activeElement));
  const inSight = all.findIndex((link) => link.getBoundingClientRect().bottom > 0);
  const link = here < 0 ? all[inSight] : all[here + by];
  link?.focus({ preventScroll: true });
  link?.closest(".hit").scrollIntoView({ block: "nearest" });
  return link !== undefined;
}

function toBox() {
  document.getElementById("q").select();
  return true;
}

function openHelp() {
  help().showModal();
  return true;
}

const keys = { "/": toBox, j: () => moveTo(1), k: () => moveTo(-1), "?": openHelp };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, dialog")) return;
  if (Object.hasOwn(keys, event.key) && keys[event.key]()) event.preventDefault();
});

// Escape leaves the box, once it has nothing else to end: suggestions, or what was typed since one
// came, which browsers empty the box of.
let atFocus = "";

document.addEventListener("focusin", ({ target }) => {
  if (target.id === "q") atFocus = target.value;
});
document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (key !== "Escape" || event.defaultPrevented || event.isComposing) return;
  if (target.id !== "q" || (target.value && target.value !== atFocus)) return;
  event.preventDefault();
  target.blur();
});

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-opens=keys]")) openHelp();
  // Beside the dialog is its own backdrop.
  if (target === help() || target.closest("#keys a")) help().close();
});

// What is pointed at by an address may be folded.
document.addEventListener("click", ({ target }) => {
  const link = target.closest('#keys a[href="#help"]');
  if (link) document.getElementById("help").open = true;
});
