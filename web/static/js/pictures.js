// A picture that is gone leaves no sign of being broken: in a list its box stays, as a quiet blank, so
// that nothing moves; in an article its words stay, or where its author wrote none, ours.

function hide(picture) {
  const body = picture.closest(".body");
  if (body) picture.replaceWith(wordsOf(picture, body));
  else picture.classList.add("gone");
}

// A picture with words would show the browser's own sign of being broken beside them.
function wordsOf(picture, body) {
  const words = document.createElement("span");
  words.className = "picture gone";
  words.textContent = picture.alt || body.dataset.gone;
  return words;
}

function hideBroken() {
  for (const picture of [...document.images]) {
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
