// The switch between light, dark and what the system has; theme.js applies the choice before paint.

const order = ["system", "light", "dark"];
const root = document.documentElement;

const chosen = () => root.dataset.bsTheme ?? "system";

function apply(theme) {
  if (theme === "system") delete root.dataset.bsTheme;
  else root.dataset.bsTheme = theme;
  show();
}

// The button says what is in force, and the browser's own frame takes the colour of the page.
function show() {
  const theme = chosen();
  for (const button of document.querySelectorAll("button.theme")) {
    button.title = button.dataset[theme];
    button.setAttribute("aria-label", button.title);
  }
  for (const meta of document.querySelectorAll("meta[data-scheme]")) {
    const { scheme } = meta.dataset;
    const system = `(prefers-color-scheme: ${scheme})`;
    meta.media = theme === "system" ? system : theme === scheme ? "all" : "not all";
  }
}

document.addEventListener("click", ({ target }) => {
  if (!target.closest("button.theme")) return;
  const theme = order[(order.indexOf(chosen()) + 1) % order.length];
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // A browser that keeps nothing: the choice holds for this page.
  }
  apply(theme);
});

// Chosen in another window.
window.addEventListener("storage", ({ key, newValue }) => {
  if (key === "theme") apply(order.includes(newValue) ? newValue : "system");
});

show();
document.addEventListener("shown", show);
