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

from ..stage.numbers import short, whole
from ..stage.plot import Axes
from ..stage.scene import Control, Frame, Question, Scene, View
from ..stage.svg import Element, element, picture

if TYPE_CHECKING:
    from ..stage.player import Player

MOST = 36
CELL, SIDE = 29.0, 320.0


@dataclass(frozen=True)
class Event:
    """A moment of the schedule: what is done, to which step, and which values are then kept."""

    what: str
    step: int
    kept: frozenset[int]


def checkpoint_memory(steps: int = 16, segments: int | None = None, predict: bool = True) -> Player:
    """Watch which values of a chain are in memory, with fewer or more checkpoints.

    Args:
        steps: length of the chain, 2 to 36.
        segments: how many, 1 to the length; about the root of the length if not given.
        predict: whether to ask for the largest number of values kept.

    Raises:
        TypeError: if one is not a whole number.
        ValueError: if the chain is too short or too long, or has not so many segments.

    Source: D1's references on memory; Chen et al. 2016.
    """
    from ..stage.player import Player

    if not 2 <= whole(steps, "checkpoint_memory takes") <= MOST:
        raise ValueError(f"checkpoint_memory takes 2 to {MOST} steps, not {steps}.")
    start = math.isqrt(steps) if segments is None else whole(segments, "segments is")
    if not 1 <= start <= steps:
        raise ValueError(f"{steps} steps make 1 to {steps} segments, not {segments}.")
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


@dataclass(frozen=True)
class Cost:
    """What a number of segments costs: values kept at the busiest moment, and computed twice."""

    memory: int
    again: int


def cost(steps: int, segments: int) -> Cost:
    """The cost of the schedule."""
    events = list(schedule(steps, segments))
    return Cost(
        max(len(event.kept) for event in events), sum(event.what == "again" for event in events)
    )


def checkpoint_scene(steps: int, segments: int, predict: bool = True) -> Scene:
    """The scene: one frame for each computed value, forward, again and backward."""
    segments = max(1, min(segments, steps))
    events = list(schedule(steps, segments))
    here = cost(steps, segments)
    title = "Checkpointing: memory against recomputation"
    description = (
        f"A chain of {steps} steps in {segments} segment{'s' if segments > 1 else ''}. At most "
        f"{here.memory} of its {steps} values are in memory at once, and {here.again} are computed "
        f"a second time. Keeping everything would hold {steps} and repeat none."
    )
    memory = _memory_axes(steps, len(events))
    return Scene(
        title,
        description,
        (View("chain", _drawing(steps, segments, memory, title, description)),),
        tuple(_frames(steps, segments, events, memory, description)),
        ("operation", "pass", "value", "values in memory", "computed again"),
        (
            Control("steps", "Steps", float(steps), low=2, high=MOST, step=1,
                    recorded=(8.0, 16.0, 32.0)),
            Control("segments", "Segments", float(segments), low=1, high=MOST, step=1,
                    recorded=(1.0, 2.0, 4.0, 8.0, 16.0)),
        ),
        (
            "filled: the value is in memory; empty: it is not",
            f"orange dashes: {short(steps)} values, what keeping everything takes",
            "on the right: a dot for each number of segments, the large one for this number",
        ),
        predict=predict,
    )  # fmt: skip


def _frames(
    steps: int, segments: int, events: list[Event], axes: Axes, description: str
) -> Iterator[Frame]:
    yield Frame(
        "The input is there; nothing is computed or kept yet.", "nothing in memory",
        row=("0", "", "", "0", "0"), part="Forward pass",
    )  # fmt: skip
    question = Question(
        f"{steps} steps in {segments} segments: how many values are kept at the busiest moment?",
        float(cost(steps, segments).memory),
        pending="most values in memory = ?",
    )
    held = [float(len(event.kept)) for event in events]
    first_back = next(i for i, event in enumerate(events) if event.what != "forward")
    before: frozenset[int] = frozenset()
    again = 0
    for i, event in enumerate(events):
        again += event.what == "again"
        path = axes.path([float(k + 1) for k in range(i + 1)], held[: i + 1])
        gone = [(f"v{v}", "style", _STYLES["gone"]) for v in before - event.kept]
        there = [(f"v{v}", "style", _STYLES["kept"]) for v in event.kept - before]
        before = event.kept
        count = f"{len(event.kept)} value{'s' if len(event.kept) != 1 else ''}"
        names = ", ".join(f"x{v}" for v in sorted(event.kept))
        yield Frame(
            f"{_words(event)}; {count} in memory, {again} computed again."
            + (f" {description}" if i == len(events) - 1 else ""),
            f"kept: {{{names}}}, {count} of {steps}; computed again: {again}",
            (f"v{event.step}", "now"),
            (*gone, *there, ("curve", "d", path), *axes.move("now", i + 1.0, held[i])),
            question if i == 0 else None,
            (str(i + 1), event.what, str(event.step), str(len(event.kept)), str(again)),
            part="Backward pass" if i == first_back else "",
        )


def _memory_axes(steps: int, operations: int) -> Axes:
    width = max(CELL * steps - SIDE + 30, 450.0)
    return Axes(0, 70, width, 240, (0, operations), (0, steps + 2), "values in memory",
                "operations", "values")  # fmt: skip


def _drawing(steps: int, segments: int, memory: Axes, title: str, description: str) -> Element:
    end = memory.across(memory.xs[1])
    everything = memory.up(steps)
    line = element(
        "line", x1=memory.across(0), x2=end, y1=everything, y2=everything, class_="bp-curve",
        style="stroke:var(--orange)", stroke_dasharray="6 4",
    )  # fmt: skip
    curve, dot = memory.curve([], [], "blue", "curve"), memory.dot(0, 0, "blue", "now")
    trade = _trade(steps, segments, memory.width + 10)
    drawn = [*_cells(steps), *memory.frame(), curve, line, dot, *trade]
    return picture(memory.width + SIDE, 315, title, description, *drawn)


def _trade(steps: int, segments: int, x: float) -> list[Element]:
    """Memory against recomputation, for every number of segments."""
    axes = Axes(x, 70, SIDE - 10, 240, (0, steps), (0, steps + 2), "every number of segments",
                "computed again", "most values in memory")  # fmt: skip
    costs = [cost(steps, n) for n in range(1, steps + 1)]
    dots = [
        element("circle", cx=axes.across(c.again), cy=axes.up(c.memory), r=3, class_="bp-dot",
                style="fill:var(--paper)")
        for c in costs
    ]  # fmt: skip
    here = costs[segments - 1]
    return [*axes.frame(), *dots, axes.dot(here.again, here.memory, "green")]


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
        made.append(element("text", f"x{i}", x=x + CELL / 2 - 2, y=57, class_="bp-small middle"))
    return made
