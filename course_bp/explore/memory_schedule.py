"""Memory against recomputation: a chain of steps, with some of its values kept.

Source: D1's references on memory (Chen et al. 2016); Griewank and Walther, Evaluating
Derivatives, chapter 12; `checkpointing.checkpoint_sequential`, which does this.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .numbers import short
from .plot import Axes
from .scene import Control, Frame, Question, Scene, View
from .svg import Element, element, picture

if TYPE_CHECKING:
    from .player import Player

MOST = 36
CELL = 29.0


@dataclass(frozen=True)
class Event:
    """A moment of the schedule: what is done, to which step, and which values are then kept."""

    what: str
    step: int
    kept: frozenset[int]


def checkpoint_memory(steps: int = 16, segments: int | None = None, predict: bool = True) -> Player:
    """Watch which values of a chain are in memory, with fewer or more checkpoints.

    Arguments:
        steps: length of the chain, 2 to 36.
        segments: how many; about the root of the length if not given.
        predict: whether to ask for the largest number of values kept.

    Raises:
        ValueError: if the chain is too short or too long.

    Source: D1's references on memory; Chen et al. 2016.
    """
    from .player import Player

    if not 2 <= steps <= MOST:
        raise ValueError(f"checkpoint_memory takes 2 to {MOST} steps, not {steps}.")
    start = segments or math.isqrt(steps)
    return Player(
        lambda values: checkpoint_scene(
            int(values.get("steps", steps)), int(values.get("segments", start)), predict
        )
    )


def schedule(steps: int, segments: int) -> Iterator[Event]:
    """What happens in a chain x0 → x1 → … of which the first value of each segment is kept.

    Going back through the step from x(i) to x(i + 1) needs x(i). The value in hand is not counted.
    """
    bounds = [steps * i // segments for i in range(segments + 1)]
    kept: set[int] = set()
    for step in range(steps):
        if step in bounds:
            kept.add(step)
        yield Event("forward", step, frozenset(kept))
    for start, stop in reversed(list(itertools.pairwise(bounds))):
        for step in range(start + 1, stop):
            kept.add(step)
            yield Event("again", step, frozenset(kept))
        for step in range(stop - 1, start - 1, -1):
            yield Event("backward", step, frozenset(kept))
            kept.discard(step)


def checkpoint_scene(steps: int, segments: int, predict: bool = True) -> Scene:
    """The scene: one frame for each computed value, forward, again and backward."""
    segments = max(1, min(segments, steps))
    events = list(schedule(steps, segments))
    peak = max(len(event.kept) for event in events)
    again = sum(event.what == "again" for event in events)
    held = [len(event.kept) for event in events]
    width = max(CELL * steps + 40, 560)
    axes = Axes(
        0,
        70,
        width - 10,
        230,
        (0, len(events)),
        (0, steps + 2),
        "values in memory",
        "operations",
        "values",
    )
    numbers = [float(i + 1) for i in range(len(events))]
    drawn = [*_cells(steps), *axes.frame(), axes.curve([], [], "blue", "curve"),
             axes.dot(0, 0, "blue", "now")]  # fmt: skip
    everything = axes.up(steps)
    drawn.append(
        element(
            "line",
            x1=axes.across(0),
            x2=axes.across(len(events)),
            y1=everything,
            y2=everything,
            class_="bp-curve",
            style="stroke:var(--orange)",
            stroke_dasharray="6 4",
        )
    )
    title = "Checkpointing: memory against recomputation"
    description = (
        f"A chain of {steps} steps in {segments} segment{'s' if segments > 1 else ''}. At most "
        f"{peak} of its {steps} values are in memory at once, and {again} are computed a "
        f"second time. Keeping everything would hold {steps} and repeat none."
    )
    question = Question(
        f"{steps} steps in {segments} segments: how many values are kept at the busiest moment?",
        float(peak),
        pending="most values in memory = ?",
    )
    words = "The input is there; nothing is computed or kept yet."
    frames = [Frame(words, "0 values in memory", row=("0", "", "", "0"))]
    before: frozenset[int] = frozenset()
    for i, event in enumerate(events):
        path = axes.path(numbers[: i + 1], [float(h) for h in held[: i + 1]])
        gone = [(f"v{v}", "style", _STYLES["gone"]) for v in before - event.kept]
        there = [(f"v{v}", "style", _STYLES["kept"]) for v in event.kept - before]
        before = event.kept
        words = _words(event)
        closing = f" {description}" if i == len(events) - 1 else ""
        frames.append(
            Frame(
                f"{words}; {len(event.kept)} values in memory.{closing}",
                f"{words}; {len(event.kept)} values",
                (f"v{event.step}", "now"),
                (*gone, *there, ("curve", "d", path), *axes.move("now", i + 1.0, float(held[i]))),
                question if i == 0 else None,
                (str(i + 1), event.what, str(event.step), str(len(event.kept))),
            )
        )
    return Scene(
        title,
        description,
        (View("chain", picture(width, 305, title, description, *drawn)),),
        tuple(frames),
        ("operation", "pass", "value", "values in memory"),
        (
            Control("steps", "Steps", float(steps), low=2, high=MOST, step=1),
            Control("segments", "Segments", float(segments), low=1, high=MOST, step=1),
        ),
        (
            "filled: the value is in memory; empty: it is not",
            f"orange dashes: {short(steps)} values, what keeping everything takes",
        ),
        predict=predict,
    )


_STYLES = {"kept": "fill:var(--sky)", "gone": "fill:none"}


def _words(event: Event) -> str:
    return {
        "forward": f"Forward: x{event.step} is there, and x{event.step + 1} is computed from it",
        "again": f"Again: x{event.step} is computed once more, since it was not kept",
        "backward": f"Backward: from x{event.step + 1} to x{event.step}",
    }[event.what]


def _cells(steps: int) -> list[Element]:
    made = []
    for i in range(steps):
        x = 20 + CELL * i
        made.append(
            element(
                "rect",
                x=x,
                y=14,
                width=CELL - 4,
                height=CELL,
                rx=3,
                class_="bp-box",
                style=_STYLES["gone"],
                data_key=f"v{i}",
            )
        )
        made.append(element("text", f"x{i}", x=x + CELL / 2 - 2, y=52, class_="bp-small middle"))
    return made
