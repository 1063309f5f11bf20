// A page without Python: what was recorded, and the scenes for other values of some controls.

class Recording {
  constructor(recorded) {
    this.recorded = recorded; // each has a scene, and the values that it was made for
    this.listeners = [];
    this.state = { ...recorded[0], frame: recorded[0].scene.opening, live: false, problem: "" };
  }

  get(key) { return this.state[key]; }
  set(key, value) { this.state[key] = value; }
  on(event, listener) { if (event === "change:scene") this.listeners.push(listener); }
  save_changes() {}

  send({ set, frame }) {
    const wanted = { ...this.state.values, ...set };
    const found = this.recorded.find(({ values }) => Object.entries(values).every(([key, value]) => wanted[key] === value));
    this.state = { ...this.state, ...found, frame };
    this.listeners.forEach((listener) => listener());
  }
}

export function showRecording(element, recorded) {
  const model = new Recording(recorded);
  const player = new Player(model, element);
  model.on("change:scene", () => {
    player.load();
    for (const heading of document.querySelectorAll(`[data-title-of="${element.id}"]`))
      heading.textContent = player.scene.title;
  });
}
