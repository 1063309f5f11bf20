// The frame that a picture stands in: how large it is shown, and signs where it goes on unseen.

const SIZES = ["automatic", "whole picture", "full size", "larger"];
const TALLEST = 520, READABLE = 0.85, LARGER = 1.5, SCROLL = 80;
const EDGES = { left: "◂", right: "▸", top: "▴", bottom: "▾" };

class PictureFrame {
  constructor(listeners) {
    this.size = SIZES[0];
    this.box = own(make("div", {
      class: "bp-scroll", tabindex: "0", role: "group", "data-name": "picture",
      onscroll: () => this.showEdges(), ...listeners,
    }));
    this.edges = Object.fromEntries(Object.entries(EDGES).map(([side, sign]) =>
      [side, make("span", { class: "bp-shade", "data-side": side, "aria-hidden": "true", hidden: true }, make("span", {}, sign))]));
    this.hint = make("p", { class: "bp-note", hidden: true },
      "The picture is larger than its frame: scroll it, hold Shift with the arrow keys, or choose a size.");
    this.element = make("div", {}, make("div", { class: "bp-frame" }, this.box, ...Object.values(this.edges)), this.hint);
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this.box);
  }

  name(label) { this.box.setAttribute("aria-label", label); }

  show(svg) {
    this.svg = svg;
    this.width = Number(svg.getAttribute("width"));
    this.height = Number(svg.getAttribute("height"));
    const { scrollLeft, scrollTop } = this.box;
    this.box.replaceChildren(svg);
    this.fit();
    this.box.scrollTo(scrollLeft, scrollTop);
  }

  // Small enough to be seen whole, as long as its words stay readable.
  fit() {
    const room = this.box.offsetWidth - 2; // without its border; of what is not shown it is none
    if (!this.svg || room <= 0) return;
    const whole = Math.min(1, room / this.width, (TALLEST - 2) / this.height);
    const scale = { "whole picture": whole, "full size": 1, larger: LARGER }[this.size]
      ?? (whole >= READABLE ? whole : 1);
    this.svg.setAttribute("width", Math.floor(this.width * scale));
    this.svg.setAttribute("height", Math.floor(this.height * scale));
    this.showEdges();
  }

  resize(size) {
    this.size = size;
    this.fit();
  }

  showEdges() {
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = this.box;
    const unseen = {
      left: scrollLeft, right: scrollWidth - clientWidth - scrollLeft,
      top: scrollTop, bottom: scrollHeight - clientHeight - scrollTop,
    };
    for (const [side, edge] of Object.entries(this.edges)) edge.hidden = unseen[side] <= 2;
    this.hint.hidden = scrollWidth - clientWidth <= 2 && scrollHeight - clientHeight <= 2;
  }

  scroll(key) {
    const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [];
    if (x === undefined) return false;
    this.box.scrollBy(x * SCROLL, y * SCROLL);
    return true;
  }

  // Only as far as is needed, and not smoothly: each step is a picture of its own.
  reveal(element) {
    const { box } = this;
    if (!element || box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight) return;
    const inner = element.getBoundingClientRect(), outer = box.getBoundingClientRect();
    if (inner.left < outer.left || inner.right > outer.right) box.scrollLeft += (inner.left + inner.right - outer.left - outer.right) / 2;
    if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += (inner.top + inner.bottom - outer.top - outer.bottom) / 2;
  }
}
