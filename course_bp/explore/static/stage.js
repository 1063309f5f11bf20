// What the player is made of: elements, numbers, and a picture whose parts are found by key.
// Python joins the files of this folder to the one module that the browser gets.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

// Notebooks take keys from what is focused, unless it says that it wants them itself.
function own(element) {
  element.setAttribute("data-lm-suppress-shortcuts", "true");
  return element;
}

function button(label, action, hint) {
  return own(make("button", { type: "button", onclick: action, title: hint }, label));
}

// JupyterLab keeps Enter's usual effect from fields within a notebook.
function onEnter(field, action) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    action();
  });
}

function parseNumber(text) {
  const plain = text.trim().replace(/[−–]/g, "-").replace(",", ".");
  const fraction = plain.split("/");
  if (fraction.length > 2 || fraction.some((part) => part.trim() === "")) return NaN;
  return fraction.length === 2 ? Number(fraction[0]) / Number(fraction[1]) : Number(plain);
}

function written(x) {
  return String(Number(x.toPrecision(6))).replace("-", "−");
}

class Stage {
  // One picture: finds elements by key, and changes only what differs.
  constructor(svg) {
    this.svg = svg;
    this.byKey = new Map();
    this.first = new Map();
    this.marked = [];
    for (const element of svg.querySelectorAll("[data-key]"))
      for (const key of element.getAttribute("data-key").split(" ")) {
        if (!this.byKey.has(key)) this.byKey.set(key, []);
        this.byKey.get(key).push(element);
      }
  }

  read(element, attribute) {
    return attribute === "text" ? element.textContent : element.getAttribute(attribute);
  }

  write(element, attribute, value) {
    if (attribute === "text") element.textContent = value ?? "";
    else if (value === null) element.removeAttribute(attribute);
    else element.setAttribute(attribute, value);
  }

  apply([key, attribute, value]) {
    for (const element of this.byKey.get(key) ?? []) {
      if (!this.first.has(element)) this.first.set(element, {});
      const first = this.first.get(element);
      if (!(attribute in first)) first[attribute] = this.read(element, attribute);
      this.write(element, attribute, value);
    }
  }

  reset() {
    for (const [element, attributes] of this.first)
      for (const [attribute, value] of Object.entries(attributes)) this.write(element, attribute, value);
  }

  mark(keys) {
    for (const element of this.marked) element.removeAttribute("data-now");
    this.marked = keys.flatMap((key) => this.byKey.get(key) ?? []);
    for (const element of this.marked) element.setAttribute("data-now", "");
  }
}
