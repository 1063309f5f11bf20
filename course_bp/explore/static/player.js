// Shows a scene: pictures that change frame by frame. Python made all of it; nothing is computed
// here but which frame is shown, and whether a guess is near the answer.

const SPEEDS = { slow: 1800, normal: 900, fast: 250, "very fast": 33 };
let instances = 0;

class Player {
  constructor(model, root) {
    this.model = model;
    this.id = `bp${++instances}`;
    this.timer = null;
    this.predicting = null;
    this.view = 0;
    this.root = root;
    root.classList.add("bp-player");
    this.load(true);
  }

  get scene() { return this.model.get("scene"); }
  get frames() { return this.scene.frames; }
  get last() { return this.frames.length - 1; }

  // ---- building -------------------------------------------------------------------------------
  load(first = false) {
    const focused = this.root.contains(document.activeElement) ? document.activeElement.dataset.name : null;
    const shape = JSON.stringify([this.scene.title, this.scene.controls.map((c) => c.key), this.scene.views.length]);
    if (shape !== this.shape) {
      this.shape = shape;
      this.view = 0;
      if (first) this.predicting = this.scene.predict;
      this.root.replaceChildren(this.buildPicture(), this.buildBar(), this.buildText(), this.buildControls(), this.buildMore());
    }
    this.showValues();
    this.showView();
    this.range.max = this.last;
    this.at = -1;
    this.go(Math.min(this.model.get("frame"), this.last));
    if (focused) this.root.querySelector(`[data-name="${CSS.escape(focused)}"]`)?.focus();
  }

  buildPicture() {
    this.frameBox = own(make("div", {
      class: "bp-scroll", tabindex: "0", role: "group", "data-name": "picture",
      "aria-label": `${this.scene.title}: picture. Arrow keys step, Home and End jump, the space bar plays.`,
      onkeydown: (event) => this.key(event),
      onclick: (event) => this.pick(event),
    }));
    return this.frameBox;
  }

  buildBar() {
    this.playButton = button("▶ Play", () => this.toggle(), "Play or pause");
    this.range = own(make("input", {
      type: "range", min: 0, max: this.last, value: 0, "data-name": "range", "aria-label": "Jump to step",
      oninput: () => { this.pause(); this.go(Number(this.range.value)); },
    }));
    this.count = make("span", { class: "bp-count" });
    this.speed = this.choice("Speed", Object.keys(SPEEDS), "normal", () => { if (this.timer) { this.pause(); this.play(); } });
    const parts = [
      button("Reset", () => { this.pause(); this.go(0); }, "Back to the beginning"),
      button("◀ Back", () => { this.pause(); this.go(this.at - 1); }, "One step back"),
      this.playButton,
      button("Step ▶", () => { this.pause(); this.forward(); }, "One step on"),
      button("End", () => { this.pause(); this.go(this.last); }, "To the last step"),
      this.range, this.count, this.speed.label,
    ];
    parts.forEach((part, i) => { if (part.tagName === "BUTTON") part.dataset.name = `button${i}`; });
    if (this.scene.views.length > 1) {
      const labels = this.scene.views.map((view) => view.label);
      const select = this.choice("Show", labels, labels[0], () => {
        this.view = labels.indexOf(select.input.value);
        this.showView();
        const at = this.at;
        this.at = -1;
        this.go(at);
      });
      parts.push(select.label);
    }
    if (this.frames.some((frame) => frame.question)) {
      this.predict = own(make("input", { type: "checkbox", "data-name": "predict" }));
      this.predict.checked = Boolean(this.predicting);
      this.predict.addEventListener("change", () => { this.predicting = this.predict.checked; this.closeQuestion(); this.pause(); });
      parts.push(make("label", {}, this.predict, " Predict before it shows"));
    }
    return make("div", { class: "bp-bar", role: "group", "aria-label": "Steps" }, ...parts);
  }

  choice(label, options, value, action) {
    const input = own(make("select", { "data-name": `choice ${label}`, onchange: action },
      ...options.map((option) => make("option", { value: option, selected: option === value }, option))));
    return { input, label: make("label", {}, `${label} `, input) };
  }

  buildText() {
    this.formula = make("p", { class: "bp-formula" });
    this.say = make("p", { class: "bp-say", "aria-live": "polite", "aria-atomic": "true" });
    this.question = make("form", { class: "bp-question", hidden: true });
    return make("div", { class: "bp-text" }, this.formula, this.say, this.question);
  }

  buildControls() {
    this.fields = new Map();
    const fieldset = make("fieldset", { class: "bp-controls" }, make("legend", {}, "Change and see"));
    for (const control of this.scene.controls) fieldset.append(this.control(control), " ");
    this.problem = make("p", { class: "bp-problem", role: "alert" });
    const note = this.model.get("live")
      ? this.scene.note
      : this.scene.controls.length ? "This page is a recording: to change these, run the cell in a notebook." : this.scene.note;
    if (note) fieldset.append(make("p", { class: "bp-note" }, note));
    fieldset.append(this.problem);
    fieldset.hidden = !this.scene.controls.length && !note;
    return fieldset;
  }

  control(control) {
    const id = `${this.id}-${control.key}`;
    const live = this.model.get("live");
    const send = (value) => {
      this.pause();
      this.model.set("values", { ...this.model.get("values"), [control.key]: value });
      this.model.save_changes();
    };
    let field;
    if (control.choices.length) {
      field = make("select", { id }, ...control.choices.map((c) => make("option", { value: c }, c)));
      field.addEventListener("change", () => send(field.value));
    } else {
      const slider = control.low !== null && control.high !== null;
      field = make("input", slider
        ? { id, type: "range", min: control.low, max: control.high, step: control.step ?? "any" }
        : { id, type: "number", step: "any" });
      field.addEventListener("change", () => {
        const value = parseNumber(field.value);
        if (Number.isFinite(value)) send(value);
        else this.problem.textContent = `${control.label} needs a number.`;
      });
    }
    field.disabled = !live;
    field.dataset.name = `control ${control.key}`;
    const output = field.type === "range" ? make("output", { for: id }) : "";
    if (output) field.addEventListener("input", () => { output.textContent = written(Number(field.value)); });
    this.fields.set(control.key, { field: own(field), output });
    return make("label", { class: "bp-control" }, `${control.label} `, field, output);
  }

  buildMore() {
    this.tableBody = make("tbody");
    this.table = make("details", { class: "bp-more" },
      own(make("summary", { "data-name": "table" }, "The steps so far as a table")),
      make("div", { class: "bp-scroll", tabindex: "0", role: "region", "aria-label": "Table of the steps so far" },
        make("table", {}, make("thead", {}, make("tr", {}, ...this.scene.head.map((h) => make("th", { scope: "col" }, h)))), this.tableBody)));
    this.table.addEventListener("toggle", () => this.showTable());
    this.table.hidden = !this.scene.head.length;
    const legend = make("ul", {}, ...this.scene.legend.map((line) => make("li", {}, line)));
    const words = make("details", { class: "bp-more" },
      own(make("summary", { "data-name": "words" }, "The picture in words")), make("p", {}, this.scene.description), legend);
    return make("div", {}, this.table, words);
  }

  // ---- showing --------------------------------------------------------------------------------
  showView() {
    const parsed = new DOMParser().parseFromString(this.scene.views[this.view].svg, "image/svg+xml");
    const svg = document.importNode(parsed.documentElement, true);
    const { scrollLeft, scrollTop } = this.frameBox;
    this.frameBox.replaceChildren(svg);
    this.frameBox.scrollTo(scrollLeft, scrollTop);
    this.stage = new Stage(svg);
  }

  showValues() {
    const values = this.model.get("values");
    this.problem.textContent = this.model.get("problem") ?? "";
    for (const control of this.scene.controls) {
      const { field, output } = this.fields.get(control.key);
      field.value = values[control.key] ?? control.value;
      if (output) output.textContent = written(Number(field.value));
    }
  }

  showTable() {
    if (!this.table.open) return;
    const rows = this.frames.slice(0, this.at + 1).filter((frame) => frame.row.length);
    this.tableBody.replaceChildren(...rows.map((frame) => make("tr", {}, ...frame.row.map((cell) => make("td", {}, cell)))));
  }

  go(number) {
    this.closeQuestion();
    const target = Math.max(0, Math.min(number, this.last));
    if (target === this.at + 1) this.frames[target].changes.forEach((patch) => this.stage.apply(patch));
    else if (target !== this.at) {
      this.stage.reset();
      for (let i = 0; i <= target; i++) this.frames[i].changes.forEach((patch) => this.stage.apply(patch));
    }
    this.at = target;
    const frame = this.frames[target];
    this.stage.mark(frame.now);
    this.formula.textContent = frame.formula;
    this.say.textContent = frame.say;
    this.range.value = target;
    this.range.setAttribute("aria-valuetext", `step ${target} of ${this.last}`);
    this.count.textContent = `${target} / ${this.last}`;
    this.showTable();
    this.scrollToNow();
    if (this.model.get("frame") !== target) {
      this.model.set("frame", target);
      if (!this.timer) this.model.save_changes();
    }
  }

  scrollToNow() {
    const element = this.stage.marked[0];
    if (!element || this.frameBox.scrollWidth <= this.frameBox.clientWidth && this.frameBox.scrollHeight <= this.frameBox.clientHeight) return;
    const box = element.getBoundingClientRect(), frame = this.frameBox.getBoundingClientRect();
    if (box.left < frame.left || box.right > frame.right) this.frameBox.scrollLeft += (box.left + box.right - frame.left - frame.right) / 2;
    if (box.top < frame.top || box.bottom > frame.bottom) this.frameBox.scrollTop += (box.top + box.bottom - frame.top - frame.bottom) / 2;
  }

  forward() {
    if (!this.question.hidden) { this.question.querySelector("input")?.focus(); return; }
    const next = this.frames[this.at + 1];
    if (!next) { if (this.scene.endless && this.model.get("live")) this.model.send("continue"); }
    else if (this.predicting && next.question) this.ask(next.question);
    else this.go(this.at + 1);
  }

  ask(question) {
    this.pause();
    this.formula.textContent = question.pending;
    this.say.textContent = question.prompt;
    const goOn = () => { this.go(this.at + 1); this.frameBox.focus(); };
    this.question.hidden = false;
    showQuestion(this.question, question, goOn);
  }

  closeQuestion() {
    this.question.hidden = true;
    this.question.replaceChildren();
  }

  // ---- playing --------------------------------------------------------------------------------
  toggle() { this.timer ? this.pause() : this.play(); }

  play() {
    if (this.at >= this.last && !this.scene.endless) this.go(0);
    // a screen reader could not follow, and is told where it ends
    this.say.setAttribute("aria-live", "off");
    this.playButton.textContent = "⏸ Pause";
    this.timer = setInterval(() => {
      const before = this.at;
      this.forward();
      if (this.at >= this.last && !(this.scene.endless && this.model.get("live"))) this.pause();
      if (before === this.at && !this.scene.endless) this.pause();
    }, SPEEDS[this.speed.input.value]);
  }

  pause() {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = null;
    this.playButton.textContent = "▶ Play";
    this.say.setAttribute("aria-live", "polite");
    this.say.textContent = this.frames[this.at].say;
    this.model.save_changes();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const actions = {
      ArrowRight: () => { this.pause(); this.forward(); },
      ArrowLeft: () => { this.pause(); this.go(this.at - 1); },
      Home: () => { this.pause(); this.go(0); },
      End: () => { this.pause(); this.go(this.last); },
      " ": () => this.toggle(),
    };
    if (!(event.key in actions)) return;
    event.preventDefault();
    actions[event.key]();
  }

  pick(event) {
    const key = event.target.closest("[data-input]")?.getAttribute("data-input");
    if (!key) return;
    for (const [name, { field }] of this.fields)
      if (name === key || name.startsWith(`${key}[`)) { field.focus(); field.select?.(); return; }
  }
}

export default {
  render({ model, el }) {
    const player = new Player(model, el);
    const reload = () => player.load();
    const jump = () => { if (model.get("frame") !== player.at) player.go(model.get("frame")); };
    const complain = () => { player.problem.textContent = model.get("problem"); };
    model.on("change:scene", reload);
    model.on("change:frame", jump);
    model.on("change:problem", complain);
    return () => {
      player.pause();
      model.off("change:scene", reload);
      model.off("change:frame", jump);
      model.off("change:problem", complain);
    };
  },
};

export function showRecording(el, scene) {
  const state = { scene, frame: scene.opening, values: {}, live: false, problem: "" };
  return new Player({ get: (key) => state[key], set: (key, value) => { state[key] = value; }, save_changes() {} }, el);
}
