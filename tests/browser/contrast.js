// Texts whose contrast with what is behind them is below 4.5 (WCAG 2.2, 1.4.3 and "relative
// luminance"), each as "text: ratio"; what only decorates (aria-hidden) is passed over.
() => {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  const parts = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };

  const luminance = (colour) => {
    const [r, g, b] = parts(colour)
      .slice(0, 3)
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      const band = /rgba?\([^)]*\)/.exec(style.backgroundImage);
      if (each.localName === "mark" && band) return band[0];
      if (parts(style.backgroundColor)[3] > 0) return style.backgroundColor;
    }
    return "white";
  };

  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || !element.checkVisibility() || element.closest("[aria-hidden]")) continue;
    const pair = [luminance(getComputedStyle(element).color), luminance(behind(element))];
    const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    if (ratio < 4.5) found.push(`${text}: ${ratio.toFixed(2)}`);
  }
  return found;
}
