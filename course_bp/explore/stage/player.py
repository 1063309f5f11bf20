"""The widget: shows a scene, and asks Python for a new one when the learner sets something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from itertools import product
from math import isfinite, prod
from numbers import Real
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from .page import write_page
from .scene import Control, Frame, Recorded, Scene, Values
from .still import Still
from .svg import script, static_file

Builder = Callable[[Values], Scene]

MOST_RECORDED = 100


class Player(anywidget.AnyWidget):
    """A scene that moves, in a notebook.

    Args:
        build: makes the scene for the values of its controls; called with {} first, when every
            control has its first value.
        more: gives further frames, for scenes that go on as long as one likes.
        record: makes a scene for a page, where `build` would disturb what is shown.

    Attributes:
        scene: the scene as plain data, as the browser has it.
        frame: the number of the frame that is shown.
        values: what the learner has set, by the controls' keys.
        problem: why a value could not be used, shown below the controls.
        changed: what the learner set last.
        latest: the player that was made last.
    """

    latest: ClassVar[Player | None] = None

    _esm = script()
    _css = static_file("picture.css") + static_file("player.css")
    scene = traitlets.Dict().tag(sync=True)
    frame = traitlets.Int(0).tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    problem = traitlets.Unicode("").tag(sync=True)
    live = traitlets.Bool(True).tag(sync=True)

    def __init__(
        self,
        build: Builder,
        more: Callable[[], list[Frame]] | None = None,
        record: Builder | None = None,
    ) -> None:
        self._build, self._more, self._record = build, more, record or build
        self.changed: Values = {}
        self.current = build({})
        super().__init__(
            scene=self.current.data(),
            frame=self.current.opening % len(self.current.frames),
            values={control.key: control.value for control in self.current.controls},
        )
        self.on_msg(self._message)
        Player.latest = self

    def set(self, **values: Any) -> None:
        """Set controls by their labels or keys, as the learner would: `player.set(x=3.0)`.

        A value that cannot be used is said in `problem`, and changes nothing.

        Raises:
            ValueError: if there is no such control.
        """
        self.changed = self._by_key(values)
        now = {**self.values, **self.changed}
        try:
            now |= checked(self.current.controls, now)
            self.current = self._build(now)
        except (ValueError, ArithmeticError) as error:
            self.problem = f"{error}"
            return
        except Exception as error:  # a student's own function or engine may stop in any way
            self.problem = f"{type(error).__name__}: {error}"
            return
        self.problem = ""
        bounded = {c.key: c.value for c in self.current.controls if c.low is not None}
        self.values = now | bounded
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

    def _by_key(self, values: Mapping[str, Any]) -> Values:
        keys = {c.label: c.key for c in self.current.controls}
        if unknown := set(values) - {*keys, *keys.values()}:
            there = ", ".join(keys) or "none"
            raise ValueError(f"there is no control {', '.join(unknown)}; there are: {there}")
        return {keys.get(key, key): value for key, value in values.items()}

    def export(self, path: str | Path, **recorded: Iterable[float | str]) -> Path:
        """Write the scene as one HTML file that needs no server and fetches nothing.

        Args:
            path: of the file, such as "page.html".
            recorded: values of controls that the page is to offer, by their labels or keys, such
                as x=(1.0, 2.0, 3.0); by default those that the exploration thinks best.

        Returns:
            The path.

        Raises:
            TypeError: if the values of one are not a list.
            ValueError: if there is no such control, or there are more than 100 scenes.
        """
        return write_page(path, [self.recorded(**recorded)])

    def recorded(self, **values: Iterable[float | str]) -> Iterator[Recorded]:
        """The scene that is shown, and those for other values of some controls.

        Arguments and errors as `export`.
        """
        wanted = {c.key: c.recorded for c in self.current.controls if c.recorded}
        for key, given in self._by_key(values).items():
            if isinstance(given, str) or not isinstance(given, Iterable):
                raise TypeError(f"a page needs a list of values: {key}=({given!r}, …).")
            numbers = (float(x) if isinstance(x, Real) else x for x in given)
            wanted[key] = tuple(dict.fromkeys(numbers))
        now = checked(self.current.controls, self.values)
        wanted = {key: (*found, *({now[key]} - {*found})) for key, found in wanted.items()}
        if (count := prod(map(len, wanted.values()))) > MOST_RECORDED:
            raise ValueError(f"a page holds at most {MOST_RECORDED} scenes, not {count}.")
        shown = {key: now[key] for key in wanted}
        yield shown, _offering(self.current, wanted)
        for combination in product(*wanted.values()):
            chosen = dict(zip(wanted, combination, strict=True))
            if chosen != shown:
                scene = self._record(checked(self.current.controls, {**self.values, **chosen}))
                yield chosen, _offering(scene, wanted)

    def draw(self) -> Still:
        """The picture as it is now, which shows itself in a notebook and can be saved."""
        now = self.current
        return Still(now.svg(frame=self.frame), now.description, now.title)

    def table(self) -> str:
        """All steps as a table in plain text."""
        return self.current.text()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        shown = super()._repr_mimebundle_(**kwargs)
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        still = {"text/plain": self.table(), "text/html": self.current.html()}
        return {**(data or {}), **still}, metadata


def _offering(scene: Scene, wanted: Mapping[str, tuple[float | str, ...]]) -> Scene:
    """The scene with what a page offers written at its controls."""
    controls = tuple(replace(c, recorded=wanted.get(c.key, ())) for c in scene.controls)
    return replace(scene, controls=controls)


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
        if not isinstance(value, Real) or not isfinite(value):
            raise ValueError(f"{control.label} must be a number.")
        found[control.key] = float(value)
    return found
