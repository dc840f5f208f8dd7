// A picture that is gone leaves no sign of being broken: in a list its box stays, as a quiet blank, so
// that nothing moves; in an article its words stay, or where its author wrote none, ours.

function hide(picture) {
  picture.classList.add("gone");
  const body = picture.closest(".body");
  if (body && !picture.alt) picture.alt = body.dataset.gone;
}

function hideBroken() {
  for (const picture of document.images) {
    if (picture.complete && !picture.naturalWidth && picture.currentSrc) hide(picture);
  }
}

hideBroken();
document.addEventListener("shown", hideBroken);
document.addEventListener(
  "error",
  ({ target }) => {
    if (target instanceof HTMLImageElement) hide(target);
  },
  true,
);
