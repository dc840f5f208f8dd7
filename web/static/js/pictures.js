// A picture that is gone leaves no sign of being broken: in a list its box stays, as a quiet blank, so
// that nothing moves; within an article its place goes, too.

const hide = (picture) => picture.classList.add("gone");

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
