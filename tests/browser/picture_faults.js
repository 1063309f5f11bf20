// Steps through the player of a page in each of its views. Gives what is said at each step, and what
// is wrong with the pictures: words outside the picture or their box, words on words, dots on words,
// words too faint for their background.
() => {
  const player = document.querySelector(".bp-player");
  const named = (name) => [...player.querySelectorAll("button")].find((b) => b.textContent.includes(name));
  const last = Number(player.querySelector("[aria-label='Jump to step']").max);
  const faults = new Set();
  const said = [];

  const box = (element) => element.getBoundingClientRect();
  const within = (a, b) => a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
  // A line of text is higher than its letters: lines may touch.
  const meet = (a, b, slack) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > slack;

  const luminance = (colour) => {
    const parts = colour.match(/[\d.]+/g).slice(0, 3).map((part) => Number(part) / 255)
      .map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };

  const check = () => {
    const svg = player.querySelector(".bp-svg");
    const paper = getComputedStyle(svg).backgroundColor;
    const texts = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim())
      .map((element) => ({ element, words: element.textContent, at: box(element) }));
    const dots = [...svg.querySelectorAll(".bp-dot")].map(box);
    for (const { element, words, at } of texts) {
      if (!within(at, box(svg))) faults.add(`outside the picture: ${words}`);
      const node = element.closest(".bp-node");
      if (node && !within(at, box(node.querySelector(".bp-box:last-of-type")))) faults.add(`outside its box: ${words}`);
      const ratio = contrast(getComputedStyle(element).fill, paper);
      if (ratio < 4.5) faults.add(`too faint, ${ratio.toFixed(1)}: ${words}`);
      if (dots.some((dot) => meet(at, dot, 2))) faults.add(`below a dot: ${words}`);
    }
    texts.forEach((a, i) => texts.slice(i + 1).forEach((b) => {
      if (meet(a.at, b.at, 3)) faults.add(`one on the other: ${a.words} | ${b.words}`);
    }));
  };

  const predict = player.querySelector("[data-name='predict']");
  if (predict?.checked) predict.click();
  const views = player.querySelector("[data-name='choice View']");
  for (let view = 0; view < (views?.length ?? 1); view++) {
    if (views) { views.selectedIndex = view; views.dispatchEvent(new Event("change")); }
    named("Reset").click();
    for (let step = 0; step <= last; step++) {
      if (step) named("Step").click();
      check();
      if (!view) said.push(player.querySelector("[aria-live]").textContent);
    }
  }
  return { faults: [...faults], said };
}
