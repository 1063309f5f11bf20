"""The form of a practice question in a notebook: a field per derivative, and buttons.

It stands below the question, whose formula only the notebook itself can typeset, and sends what is
typed to Python. What is said comes back in a live region, so screen readers announce it. Fields of
ipywidgets would lose keys to the notebook's shortcuts.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import anywidget
import traitlets

from autograder.feedback.next_hint import Hint
from autograder.feedback.result import CheckResult
from autograder.practice.given import NotAsked
from autograder.practice.shown import Shown

NEW = "<p>Above is another function.</p>"
NOTHING = "Type a number into at least one field."
_SCRIPT = """
export default {
  render({ model, el }) {
    const form = document.createElement("div");
    form.setAttribute("role", "group");
    form.setAttribute("aria-label", "Your answer");
    const fields = document.createElement("div");
    const said = document.createElement("div");
    said.setAttribute("role", "status");
    fields.className = "fields";
    el.classList.add("course-bp-form");
    form.append(fields);
    const inputs = new Map();
    const typed = () =>
      Object.fromEntries([...inputs].map(([name, input]) => [name, input.value]));
    const check = () => model.send({ what: "check", typed: typed() });
    const button = (label, press) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = label;
      made.setAttribute("data-lm-suppress-shortcuts", "true");
      made.addEventListener("click", press);
      form.append(made);
    };
    const draw = () => {
      inputs.clear();
      fields.replaceChildren();
      for (const name of model.get("names")) {
        const label = document.createElement("label");
        const input = document.createElement("input");
        input.type = "text";
        input.autocomplete = "off";
        input.spellcheck = false;
        input.setAttribute("data-lm-suppress-shortcuts", "true");
        input.addEventListener("keydown", (event) => { if (event.key === "Enter") check(); });
        label.append(name, " ", input);
        fields.append(label);
        inputs.set(name, input);
      }
    };
    const tell = () => { said.innerHTML = model.get("said"); };
    button("Check", check);
    button("Hint", () => model.send({ what: "hint" }));
    button("Solution", () => model.send({ what: "solution" }));
    button("Next", () => model.send({ what: "next" }));
    button("My record", () => model.send({ what: "record" }));
    el.append(form, said);
    draw();
    tell();
    model.on("change:number", draw);
    model.on("change:said", tell);
    return () => { model.off("change:number", draw); model.off("change:said", tell); };
  },
};
"""

_STYLE = """
.course-bp-form { color: var(--jp-content-font-color1, #1a1a1a); max-width: 60em; }
.course-bp-form .fields { display: flex; flex-wrap: wrap; gap: 6px 18px; margin: 6px 0; }
.course-bp-form input, .course-bp-form button {
  font: inherit; min-height: 28px; padding: 3px 9px; border: 1px solid #767676;
  border-radius: 4px; color: inherit; background: var(--jp-layout-color2, #f3f3f3);
}
.course-bp-form input { width: 12em; background: var(--jp-layout-color0, #ffffff); }
.course-bp-form button { margin: 4px 8px 4px 0; cursor: pointer; }
.course-bp-form :is(input, button):focus-visible {
  outline: 3px solid #0072b2; outline-offset: 2px;
}
"""


class Task(Protocol):
    """What the form does with a question; `session.Practice` is one."""

    @property
    def asked(self) -> list[str]:
        """The names of the fields."""
        ...

    def answer(self, **numbers: Any) -> CheckResult:
        """Judges numbers."""
        ...

    def hint(self) -> Hint:
        """Gives the next hint."""
        ...

    def solution(self) -> Shown:
        """Shows the solution."""
        ...

    def next(self) -> Any:
        """Draws the next question."""
        ...

    def record(self) -> Any:
        """The learner's record."""
        ...


class Form(anywidget.AnyWidget):
    """The form.

    Args:
        task: the question, which each button asks for something.
        redraw: shows the question anew when it is another one.

    Attributes:
        number: which question it is, from 1.
        names: the names of the fields.
        said: what was said last, as HTML without script.
    """

    _esm = _SCRIPT
    _css = _STYLE
    number = traitlets.Int(1).tag(sync=True)
    names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)

    def __init__(self, task: Task, redraw: Callable[[], Any]) -> None:
        super().__init__(names=task.asked)
        self._task, self._redraw = task, redraw
        self.on_msg(self._press)

    def __repr__(self) -> str:
        buttons = ", ".join(["Check", "Hint", "Solution", "Next", "My record"])
        return f"A form for {', '.join(self.names)}, with the buttons {buttons}."

    def _press(self, widget: Any, content: Mapping[str, Any], buffers: Any) -> None:
        what = content.get("what")
        if what == "next":
            self._task.next()
            self._redraw()
            with self.hold_sync():
                self.names, self.said = self._task.asked, NEW
                self.number += 1
        elif what == "check":
            self.said = self._checked(content.get("typed", {}))
        elif what in ("hint", "solution", "record"):
            self.said = getattr(self._task, what)()._repr_html_()

    def _checked(self, typed: Mapping[str, str]) -> str:
        try:
            numbers = {
                name: read_number(name, text) for name, text in typed.items() if text.strip()
            }
            if not numbers:
                raise NotAsked(NOTHING)
            return self._task.answer(**numbers)._repr_html_()
        except NotAsked as problem:
            return Hint(str(problem))._repr_html_()


def read_number(name: str, text: str) -> Any:
    """A number, or an array as nested lists, from what was typed.

    Args:
        name: of the field.
        text: such as "-1.3" or "[[1, 2], [3, 4]]".

    Raises:
        NotAsked: if it is neither.
    """
    try:
        return ast.literal_eval(text.strip().replace("−", "-"))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        raise NotAsked(
            f"{name}: {text.strip()[:40]!r} is not a number. Write -1.3, or [[1, 2], [3, 4]] for "
            "an array with two rows."
        ) from None
