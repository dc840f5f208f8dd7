// The form of the search: what it asks for, and its filters as the page's address has them.

export const asked = (form) => new URLSearchParams(new FormData(form));

// What was chosen among the filters since is taken back; what is typed for a search is not.
export function takeBackFilters() {
  for (const field of document.querySelectorAll(".filters input[name]")) {
    field.checked = field.defaultChecked;
    if (field.type !== "checkbox") field.value = field.defaultValue;
  }
}
