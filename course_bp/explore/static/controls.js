// What the learner sets: fields, lists and sliders. A recording has a list of what was recorded.

const MOST_OPEN = 16;

class Controls {
  // `send` is called with a key and a value.
  constructor(scene, live, id, send) {
    Object.assign(this, { live, id, send, fields: new Map() });
    this.element = make("fieldset", { class: "bp-controls" }, make("legend", {}, "Change and see"));
    const groups = new Map();
    for (const control of scene.controls) {
      if (!groups.has(control.group)) groups.set(control.group, []);
      groups.get(control.group).push(this.labelled(control), " ");
    }
    for (const [name, fields] of groups)
      this.element.append(...(name ? [this.folded(name, fields)] : fields));
    this.note = make("p", { class: "bp-note" });
    this.problem = make("p", { class: "bp-problem", role: "alert" });
    this.element.append(this.note, this.problem);
    this.showNote(scene);
  }

  showNote(scene) {
    this.note.textContent = this.advice(scene);
    this.element.hidden = !scene.controls.length && !this.note.textContent;
  }

  advice({ controls, note }) {
    if (this.live || !controls.length) return note;
    return controls.some((control) => control.recorded.length)
      ? "This page is a recording: its lists offer what was computed beforehand. To set anything else, run the cell in a notebook."
      : "This page is a recording: to change these, run the cell in a notebook.";
  }

  folded(name, fields) {
    const count = fields.length / 2; // each has a space behind it
    return make("details", { class: "bp-group", open: count <= MOST_OPEN },
      own(make("summary", { "data-name": `group ${name}` }, `${name} (${count})`)), ...fields);
  }

  labelled(control) {
    const id = `${this.id}-${control.key}`;
    const offered = this.live || !control.recorded.length ? control.choices : control.recorded;
    const field = own(offered.length ? this.list(control, id, offered) : this.number(control, id));
    field.disabled = !this.live && !control.recorded.length;
    field.dataset.name = `control ${control.key}`;
    const output = field.type === "range" ? make("output", { for: id }) : "";
    if (output) field.addEventListener("input", () => { output.textContent = written(Number(field.value)); });
    this.fields.set(control.key, { control, field, output });
    return make("span", { class: "bp-control" }, make("label", { for: id }, `${control.label} `), field, output);
  }

  list(control, id, offered) {
    const field = make("select", { id }, ...offered.map((x) => make("option", { value: x }, typeof x === "number" ? written(x) : x)));
    field.addEventListener("change", () => this.send(control.key, offered[field.selectedIndex]));
    return field;
  }

  number(control, id) {
    const slider = control.low !== null && control.high !== null;
    const field = make("input", slider
      ? { id, type: "range", min: control.low, max: control.high, step: control.step ?? "any" }
      : { id, type: "number", step: "any" });
    const commit = () => {
      if (field.value === field.dataset.shown) return;
      field.dataset.shown = field.value;
      const value = parseNumber(field.value);
      if (Number.isFinite(value)) this.send(control.key, value);
      else this.problem.textContent = `${control.label} needs a number.`;
    };
    field.addEventListener("change", commit);
    onEnter(field, commit);
    return field;
  }

  show(values) {
    for (const [key, value] of Object.entries(values)) {
      const { field, output } = this.fields.get(key) ?? {};
      if (!field) continue;
      field.value = typeof value === "number" ? Number(value.toPrecision(6)) : value;
      field.dataset.shown = field.value;
      if (output) output.textContent = written(Number(field.value));
    }
  }

  // Of a playing scene: what is being typed stays.
  follow(values) {
    for (const [key, value] of Object.entries(values))
      if (this.fields.get(key)?.field !== document.activeElement) this.show({ [key]: value });
  }

  // The field that a click in the picture leads to; of an array the first entry's.
  lead(key) {
    for (const [name, { field }] of this.fields) {
      if (name !== key && !name.startsWith(`${key}[`)) continue;
      const folded = field.closest("details");
      if (folded) folded.open = true;
      field.focus();
      field.select?.();
      return;
    }
  }

  // One more of what a control counts, such as the nodes of a layer.
  add(key) {
    const { control, field } = this.fields.get(key);
    const now = Number(field.value);
    if (this.live) { if (now < control.high) this.send(key, now + control.step); return; }
    const next = control.recorded.filter((x) => x > now).sort((a, b) => a - b)[0];
    if (next !== undefined) this.send(key, next);
  }
}
