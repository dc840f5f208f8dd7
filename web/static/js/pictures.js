// A picture that is gone takes its place with it.

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
