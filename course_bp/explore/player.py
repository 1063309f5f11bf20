"""The widget: shows a scene, and asks Python for a new one when the learner sets something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from .page import page
from .scene import Control, Frame, Scene
from .svg import script, static_file

Values = dict[str, Any]
Builder = Callable[[Values], Scene]


class Player(anywidget.AnyWidget):
    """A scene that moves, in a notebook.

    Arguments:
        build: makes the scene for the values of its controls; called with {} first, when every
            control has its first value.
        more: gives further frames, for scenes that go on as long as one likes.

    Attributes:
        scene: the scene as plain data, as the browser has it.
        frame: the number of the frame that is shown.
        values: what the learner has set, by the controls' keys.
        problem: why a value could not be used, shown below the controls.
        changed: what the learner set last.
    """

    _esm = script()
    _css = static_file("picture.css") + static_file("player.css")
    scene = traitlets.Dict().tag(sync=True)
    frame = traitlets.Int(0).tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    problem = traitlets.Unicode("").tag(sync=True)
    live = traitlets.Bool(True).tag(sync=True)

    def __init__(self, build: Builder, more: Callable[[], list[Frame]] | None = None) -> None:
        self._build, self._more = build, more
        self.changed: Values = {}
        self.current = build({})
        super().__init__(
            scene=self.current.data(),
            frame=self.current.opening % len(self.current.frames),
            values={control.key: control.value for control in self.current.controls},
        )
        self.on_msg(self._message)

    def set(self, **values: Any) -> None:
        """Set controls by their labels or keys, as the learner would: `player.set(x=3.0)`.

        A value that cannot be used is said in `problem`, and changes nothing.

        Raises:
            ValueError: if there is no such control.
        """
        keys = {c.label: c.key for c in self.current.controls}
        if unknown := set(values) - {*keys, *keys.values()}:
            there = ", ".join(keys) or "none"
            raise ValueError(f"there is no control {', '.join(unknown)}; there are: {there}")
        self.changed = {keys.get(key, key): value for key, value in values.items()}
        now = {**self.values, **self.changed}
        try:
            self.current = self._build(checked(self.current.controls, now))
        except (ValueError, ArithmeticError) as error:
            self.problem = f"{error}"
            return
        except Exception as error:  # a student's own function or engine may stop in any way
            self.problem = f"{type(error).__name__}: {error}"
            return
        self.problem = ""
        self.values = now
        self.scene = self.current.data()
        self.frame = min(self.frame, len(self.current.frames) - 1)

    def _message(self, widget: Any, content: Any, buffers: Any) -> None:
        self.frame = int(content["frame"])
        if "set" in content:
            self.set(**content["set"])
        elif self._more is not None:
            frames = self._more()
            self.current = replace(self.current, frames=self.current.frames + tuple(frames))
            self.send({"frames": [asdict(frame) for frame in frames]})

    def export(self, path: str | Path) -> Path:
        """Write the scene as one HTML file that needs no server and fetches nothing.

        Arguments:
            path: of the file, such as "page.html".

        Returns:
            The path.
        """
        path = Path(path)
        path.write_text(page(self.current), "utf-8")
        return path

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        shown = super()._repr_mimebundle_(**kwargs)
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        still = {"text/plain": self.current.text(), "text/html": self.current.html()}
        return {**(data or {}), **still}, metadata


def checked(controls: tuple[Control, ...], values: Mapping[str, Any]) -> Values:
    """The values that controls may have; others keep what they are.

    Raises:
        ValueError: if a number is none.
    """
    found: Values = {}
    for control in controls:
        value = values.get(control.key, control.value)
        if control.choices:
            found[control.key] = value if value in control.choices else control.value
            continue
        if not isinstance(value, int | float) or value != value or abs(value) == float("inf"):
            raise ValueError(f"{control.label} must be a number.")
        found[control.key] = float(value)
    return found
