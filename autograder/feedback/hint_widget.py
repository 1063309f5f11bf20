"""The hint button as the browser sees it.

A button of ipywidgets would not do: a notebook takes keys that are pressed on it for commands, and
what it says would come together with its live region, which screen readers announce only if it was
there before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

_SCRIPT = """
export default {
  render({ model, el }) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = model.get("label");
    button.setAttribute("data-lm-suppress-shortcuts", "true");
    button.addEventListener("click", () => model.send({}));
    const said = document.createElement("p");
    said.setAttribute("role", "status");
    const tell = () => { said.textContent = model.get("said"); };
    el.classList.add("course-bp-next-hint");
    el.append(button, said);
    tell();
    model.on("change:said", tell);
    return () => model.off("change:said", tell);
  },
};
"""

_STYLE = """
.course-bp-next-hint button {
  font: inherit; padding: 3px 9px; min-height: 28px; margin: 4px 0; cursor: pointer;
  border: 1px solid #767676; border-radius: 4px;
  color: var(--jp-content-font-color1, #1a1a1a); background: var(--jp-layout-color2, #f3f3f3);
}
.course-bp-next-hint button:focus-visible { outline: 3px solid #0072b2; outline-offset: 2px; }
.course-bp-next-hint p {
  border-left: 4px solid #56b4e9; margin: 4px 0; padding: 4px 0 4px 12px; max-width: 52em;
  line-height: 1.45; color: var(--jp-content-font-color1, #1a1a1a);
}
.course-bp-next-hint p:empty { border: 0; padding: 0; }
"""


class HintButton(anywidget.AnyWidget):
    """The button, and below it what it has said, which screen readers are told as it changes.

    Args:
        exercise_id: which exercise's hints to give.
        next_hint: gives the next one, an object with the words in `text`.

    Attributes:
        label: what stands on the button.
        said: the words of the last hint.
    """

    _esm = _SCRIPT
    _css = _STYLE
    label = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)

    def __init__(self, exercise_id: str, next_hint: Callable[[str], Any]) -> None:
        super().__init__(label=f"Next hint for {exercise_id}")
        self._exercise_id, self._next_hint = exercise_id, next_hint
        self.on_msg(self._press)

    def _press(self, widget: Any, content: Any, buffers: Any) -> None:
        self.said = self._next_hint(self._exercise_id).text
