/** How well texts stand out from what is behind them, as WCAG 2 measures it: from 1, not at all, to 21. */

/** Each visible piece of text in what the selectors find, with its contrast. */
export async function contrasts(page, selectors) {
  await page.evaluate(motionHasEnded);
  const pieces = await page.evaluate(piecesOf, selectors);
  return pieces.map(({ text, colour, behind }) => {
    const ground = behind.reduceRight((below, above) => mixed(above, below), [255, 255, 255, 1]);
    return { text, contrast: ratio(mixed(colour, ground), ground) };
  });
}

/** Runs in the page: waits for what fades in or moves; a caret blinks for ever. */
async function motionHasEnded() {
  const ending = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}

/** Runs in the page: each element that has text of its own, its colour, and the backgrounds below it, the nearest first. */
function piecesOf(selectors) {
  const numbers = (colour) => {
    const [red, green, blue, alpha = 1] = (colour.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
    return [red, green, blue, alpha];
  };
  const isSeen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const ownText = (element) =>
    [...element.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.textContent.trim())
      .join(" ")
      .trim();
  const backgrounds = (element) => {
    const found = [];
    for (let at = element; at !== null; at = at.parentElement) {
      found.push(numbers(getComputedStyle(at).backgroundColor));
    }
    return found;
  };
  const isIcon = (element) => /(^| )codicon-/.test(element.className);
  return selectors
    .flatMap((selector) => [...document.querySelectorAll(selector)])
    .flatMap((found) => [found, ...found.querySelectorAll("*")])
    .filter((element) => isSeen(element) && ownText(element) !== "" && !isIcon(element))
    .map((element) => ({
      text: ownText(element),
      colour: numbers(getComputedStyle(element).color),
      behind: backgrounds(element),
    }));
}

/** What is seen of a colour, as far as it can be seen through, on another. */
function mixed([red, green, blue, alpha], below) {
  return [...[red, green, blue].map((part, index) => part * alpha + below[index] * (1 - alpha)), 1];
}

function ratio(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
