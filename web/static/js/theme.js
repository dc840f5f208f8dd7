// Light or dark as the reader chose, before anything is painted: the one script that is no module.

try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.bsTheme = chosen;
} catch {
  // A browser that keeps nothing: the system's choice holds.
}
document.documentElement.classList.add("scripted");
