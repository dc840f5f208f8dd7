// What the form of the search asks for, as it stands.

export const asked = (form) => new URLSearchParams(new FormData(form));
