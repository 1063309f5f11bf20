// Shows a scene: pictures that change frame by frame. Python made all of it; nothing is computed
// here but which frame is shown, and whether a guess is near the answer.

const SPEEDS = { slow: 1800, normal: 900, fast: 250, "very fast": 33 };
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
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
  get endless() { return this.scene.endless && this.model.get("live") && !this.ended; }
  get last() { return this.frames.length - 1; }

  // ---- building -------------------------------------------------------------------------------
  load(first = false) {
    this.asked = this.ended = false;
    const focused = this.root.contains(document.activeElement) ? document.activeElement.dataset.name : null;
    if (first) {
      this.predicting = this.scene.predict;
      this.parts = ["picture", "bar", "text", "controls", "more"].map((name) => this.build(name));
      this.root.replaceChildren(...this.parts.map(({ element }) => element));
    } else {
      this.parts = this.parts.map((part) => this.rebuilt(part));
    }
    this.showWords();
    this.showParts();
    this.showValues();
    this.showView();
    this.range.max = this.last;
    this.at = -1;
    this.go(Math.min(this.model.get("frame"), this.last));
    if (focused) this.root.querySelector(`[data-name="${CSS.escape(focused)}"]`)?.focus();
  }

  // What a part of the player depends on; it is built anew only when that has changed, so that
  // what the learner chose stays.
  shape(name) {
    const { views, controls, head } = this.scene;
    return JSON.stringify({
      bar: [views.map(({ label }) => label), this.asks],
      controls: controls.map(({ key, choices, recorded, group }) => [key, choices, recorded, group]),
      more: head,
    }[name] ?? "");
  }

  get asks() { return this.frames.some((frame) => frame.question); }

  build(name) {
    const element = this[`build${name[0].toUpperCase()}${name.slice(1)}`]();
    return { name, element, shape: this.shape(name) };
  }

  rebuilt(part) {
    if (part.shape === this.shape(part.name)) return part;
    const made = this.build(part.name);
    part.element.replaceWith(made.element);
    return made;
  }

  buildPicture() {
    this.pictureFrame = new PictureFrame(
      { onkeydown: (event) => this.key(event), onclick: (event) => this.pick(event) },
    );
    return this.pictureFrame.element;
  }

  buildBar() {
    this.playButton = button("▶ Play", () => this.toggle(), "Play or pause");
    this.range = own(make("input", {
      type: "range", min: 0, max: this.last, value: 0, "data-name": "range", "aria-label": "Jump to step",
      oninput: () => this.jump(Number(this.range.value)),
    }));
    this.count = make("span", { class: "bp-count" });
    this.speed = this.choice("Speed", Object.keys(SPEEDS), this.speed?.input.value ?? (calm() ? "slow" : "normal"), () => { if (this.timer) { this.pause(); this.play(); } });
    const parts = [
      button("Reset", () => this.jump(0), "Back to the beginning"),
      button("◀ Back", () => this.jump(this.at - 1), "One step back"),
      this.playButton,
      button("Step ▶", () => { this.pause(); this.forward(); }, "One step on"),
      button("End", () => this.jump(this.last), "To the last step"),
      this.range, this.count, this.speed.label,
    ];
    parts.forEach((part, i) => { if (part.tagName === "BUTTON") part.dataset.name = `button${i}`; });
    if (this.view >= this.scene.views.length) this.view = 0;
    if (this.scene.views.length > 1) {
      const labels = this.scene.views.map((view) => view.label);
      const select = this.choice("View", labels, labels[this.view], () => {
        this.view = labels.indexOf(select.input.value);
        this.showView();
        const at = this.at;
        this.at = -1;
        this.go(at);
      });
      parts.push(select.label);
    }
    if (this.asks) {
      this.predict = own(make("input", { type: "checkbox", "data-name": "predict" }));
      this.predict.checked = Boolean(this.predicting);
      this.predict.addEventListener("change", () => { this.predicting = this.predict.checked; this.closeQuestion(); this.pause(); });
      parts.push(make("label", {}, this.predict, " Predict before it shows"));
    }
    const size = this.choice("Size", SIZES, this.pictureFrame.size, () => this.pictureFrame.resize(size.input.value));
    this.partBar = make("div", { class: "bp-bar", role: "group", "aria-label": "Parts" });
    return make("div", {},
      make("div", { class: "bp-bar", role: "group", "aria-label": "Steps" }, ...parts, size.label), this.partBar);
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
    this.controls = new Controls(this.scene, this.model.get("live"), this.id, (key, value) => {
      this.pause();
      this.model.send({ set: { [key]: value }, frame: this.at });
    });
    return this.controls.element;
  }

  buildMore() {
    this.tableBody = make("tbody");
    this.table = make("details", { class: "bp-more" },
      own(make("summary", { "data-name": "table" }, "The steps so far as a table")),
      own(make("div", { class: "bp-scroll", tabindex: "0", role: "region", "aria-label": "Table of the steps so far" },
        make("table", {}, make("thead", {}, make("tr", {}, ...this.scene.head.map((h) => make("th", { scope: "col" }, h)))), this.tableBody))));
    this.table.addEventListener("toggle", () => this.showTable());
    this.table.hidden = !this.scene.head.length;
    this.words = make("div");
    const words = make("details", { class: "bp-more" },
      own(make("summary", { "data-name": "words" }, "The picture in words")), this.words);
    return make("div", {}, this.table, words);
  }

  append({ frames }) {
    this.asked = false;
    this.ended = !frames.length;
    if (this.ended && this.at >= this.last) this.pause();
    this.frames.push(...frames);
    this.range.max = this.last;
    this.count.textContent = `${this.at} / ${this.last}`;
  }

  // ---- showing --------------------------------------------------------------------------------
  showWords() {
    this.words.replaceChildren(make("p", {}, this.scene.description),
      make("ul", {}, ...this.scene.legend.map((line) => make("li", {}, line))));
  }

  // A switch between the parts of a scene, such as its forward and its backward pass.
  showParts() {
    this.sections = this.frames.flatMap(({ part }, start) => (part ? [{ part, start }] : []));
    const buttons = this.sections.map(({ part, start }) => {
      const made = button(part, () => this.jump(start), `To where this begins: step ${start}`);
      made.dataset.name = `part ${part}`;
      return made;
    });
    this.partBar.replaceChildren(...(buttons.length > 1 ? [make("span", {}, "Go to"), ...buttons] : []));
    this.partBar.hidden = buttons.length < 2;
  }

  showPart() {
    const now = this.sections.findLastIndex(({ start }) => start <= this.at);
    this.partBar.querySelectorAll("button").forEach((each, i) => each.setAttribute("aria-pressed", i === now));
  }

  showView() {
    const parsed = new DOMParser().parseFromString(this.scene.views[this.view].svg, "image/svg+xml");
    const svg = document.importNode(parsed.documentElement, true);
    this.stage = new Stage(svg);
    this.pictureFrame.name(`${this.scene.title}: picture. Arrow keys step, Home and End jump, the space bar plays, Shift and arrows scroll.`);
    this.pictureFrame.show(svg);
  }

  showValues() {
    const values = this.model.get("values");
    this.controls.showNote(this.scene);
    this.controls.problem.textContent = this.model.get("problem") ?? "";
    this.controls.show(Object.fromEntries(this.scene.controls.map((c) => [c.key, values[c.key] ?? c.value])));
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
    this.controls.follow(frame.fields);
    this.showTable();
    this.pictureFrame.reveal(this.stage.marked[0]);
    this.showPart();
    if (this.model.get("frame") !== target) {
      this.model.set("frame", target);
      if (!this.timer) this.model.save_changes();
    }
  }

  forward() {
    if (!this.question.hidden) { this.question.querySelector("input")?.focus(); return; }
    const next = this.frames[this.at + 1];
    if (this.endless && !this.asked && this.at + 10 >= this.last) {
      this.asked = true;
      this.model.send({ frame: this.at });
    }
    if (!next) return;
    if (this.predicting && next.question) this.ask(next.question);
    else this.go(this.at + 1);
  }

  ask(question) {
    this.pause();
    this.formula.textContent = question.pending;
    this.say.textContent = question.prompt;
    const goOn = () => { this.go(this.at + 1); this.pictureFrame.box.focus(); };
    this.question.hidden = false;
    showQuestion(this.question, question, goOn);
  }

  jump(number) {
    this.pause();
    this.go(number);
  }

  closeQuestion() {
    this.question.hidden = true;
    this.question.replaceChildren();
  }

  // ---- playing --------------------------------------------------------------------------------
  toggle() { this.timer ? this.pause() : this.play(); }

  play() {
    if (this.at >= this.last && !this.endless) this.go(0);
    // a screen reader could not follow, and is told where it ends
    this.say.setAttribute("aria-live", "off");
    this.playButton.textContent = "⏸ Pause";
    this.timer = setInterval(() => {
      const before = this.at;
      this.forward();
      if (!this.endless && (this.at >= this.last || before === this.at)) this.pause();
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
    if (event.shiftKey) {
      if (this.pictureFrame.scroll(event.key)) event.preventDefault();
      return;
    }
    const actions = {
      ArrowRight: () => { this.pause(); this.forward(); },
      ArrowLeft: () => this.jump(this.at - 1),
      Home: () => this.jump(0),
      End: () => this.jump(this.last),
      " ": () => this.toggle(),
    };
    if (!(event.key in actions)) return;
    event.preventDefault();
    actions[event.key]();
  }

  pick(event) {
    const { add, input } = event.target.closest("[data-add], [data-input]")?.dataset ?? {};
    if (add) this.controls.add(add);
    else if (input) this.controls.lead(input);
  }
}

export default {
  render({ model, el }) {
    const player = new Player(model, el);
    const reload = () => player.load();
    const jump = () => { if (model.get("frame") !== player.at) player.go(model.get("frame")); };
    const complain = () => { player.controls.problem.textContent = model.get("problem"); };
    const append = (message) => player.append(message);
    model.on("msg:custom", append);
    model.on("change:scene", reload);
    model.on("change:frame", jump);
    model.on("change:problem", complain);
    return () => {
      player.pause();
      player.pictureFrame.observer.disconnect();
      model.off("msg:custom", append);
      model.off("change:scene", reload);
      model.off("change:frame", jump);
      model.off("change:problem", complain);
    };
  },
};

