"""The four ways of differentiating, raced: operations for the whole gradient of one function.

Source: D0, "Approaches to Differentiation" (pros and cons); D1, cost O(n · cost(f)) forward,
O(m · cost(f)) backward.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from ...four_ways import FourWays, compare_four_ways
from ...primitives import exp, sin
from ..stage.numbers import short, whole
from ..stage.scene import Control, Frame, Question, Scene, View
from ..stage.svg import Element, element, picture

if TYPE_CHECKING:
    from ..stage.player import Player

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "product of all": lambda *x: reduce(lambda a, b: a * b, x),
    "sum of sines of neighbours' products": lambda *x: reduce(
        lambda a, b: a + b, [sin(p * q) for p, q in zip(x, (*x[1:], x[0]), strict=True)]
    ),
    "exp of the sum of squares": lambda *x: exp(reduce(lambda a, b: a + b, [v * v for v in x])),
}
COLOURS = ("orange", "pink", "blue", "green")
TICKS, BAR, LEFT, ROW = 30, 400.0, 150.0, 54.0
MOST_INPUTS = 12


def race(inputs: int = 6, predict: bool = True) -> Player:
    """Race the four ways to the whole gradient; the ruler is operations, not seconds.

    Args:
        inputs: how many inputs the function has, 1 to 12.
        predict: whether to ask who will win.

    Raises:
        TypeError: if it is not a whole number.
        ValueError: if there are too few inputs or too many.

    Source: D0, "Approaches to Differentiation".
    """
    from ..stage.player import Player

    if not 1 <= whole(inputs, "race takes") <= MOST_INPUTS:
        raise ValueError(f"race takes 1 to {MOST_INPUTS} inputs, not {inputs}.")
    first = next(iter(FUNCTIONS))

    def build(values: dict[str, Any]) -> Scene:
        return race_scene(values.get("function", first), int(values.get("inputs", inputs)), predict)

    return Player(build)


def race_scene(name: str, inputs: int, predict: bool = True) -> Scene:
    """The scene: the bars grow as operations are spent, and stop when their way has finished."""
    point = np.linspace(0.4, 1.3, inputs).tolist()
    found = compare_four_ways(FUNCTIONS[name], *point, argnums=tuple(range(inputs)))
    counts = {way.name: int(way.operations or 0) for way in found}
    longest = max(*counts.values(), 1)
    title = f"Four ways to the gradient of a function of {inputs} inputs"
    description = (
        f"Bars of the operations that each way takes for all {inputs} derivatives of the "
        f"{name}: {', '.join(f'{way} {count}' for way, count in counts.items())}. The function "
        f"itself takes {found.operations_of_f}; the symbolic derivatives written out without "
        f"sharing take {found.tree_size}."
    )
    frames = [
        Frame(
            "Ready. One tick is a share of the longest way's operations.",
            "0 operations",
            row=("0", *("" for _ in counts)),
        )
    ]
    for tick in range(1, TICKS + 1):
        frames.append(_frame(longest * tick / TICKS, longest, counts, tick == 1))
    return Scene(
        title,
        description,
        (View("bars", _drawing(title, description, found, counts)),),
        tuple(frames),
        ("operations so far", *counts),
        (
            Control(
                "function", "Function", name, choices=tuple(FUNCTIONS), recorded=tuple(FUNCTIONS)
            ),
            Control(
                "inputs",
                "Inputs",
                float(inputs),
                low=1,
                high=MOST_INPUTS,
                step=1,
                recorded=tuple(map(float, range(1, MOST_INPUTS + 1))),
            ),
        ),
        ("a bar ends where its way has the whole gradient: ✓ and the number of operations",),
        predict=predict,
    )


def _frame(spent: float, longest: int, counts: dict[str, int], first: bool) -> Frame:
    changes = []
    row = [str(round(spent))]
    done = []
    for i, (way, count) in enumerate(counts.items()):
        width = BAR * min(spent, count) / longest
        finished = spent >= count
        changes.append((f"bar.{i}", "width", f"{width:.1f}"))
        changes.append((f"mark.{i}", "text", f"✓ {count} operations" if finished else ""))
        row.append("done" if finished else f"{short(100 * spent / count, 2)} %")
        done += [way] if finished else []
    arrived = f"Arrived: {', '.join(done)}." if done else "Nobody has arrived yet."
    fastest = min(counts, key=lambda way: counts[way])
    alone = sum(count == counts[fastest] for count in counts.values()) == 1
    question = Question(
        "Which way needs the fewest operations for the whole gradient?",
        fastest,
        tuple(counts),
        tuple(f"{way} takes {count} operations here." for way, count in counts.items()),
        "fewest operations: ?",
    )
    counted = ", ".join(
        f"{way} {min(round(spent), count)}/{count}" for way, count in counts.items()
    )
    return Frame(
        f"After {round(spent)} operations. {arrived}",
        f"{round(spent)} operations: {counted}",
        changes=tuple(changes),
        question=question if first and alone else None,
        row=tuple(row),
    )


def _drawing(title: str, description: str, found: FourWays, counts: dict[str, int]) -> Element:
    drawn = []
    for i, (way, colour) in enumerate(zip(counts, COLOURS, strict=True)):
        y = 20 + ROW * i
        calls = found[way].evaluations
        drawn += [
            element("text", way, x=12, y=y + 16, class_="bp-name"),
            element(
                "text",
                f"calls f {calls} time{'s' if calls != 1 else ''}",
                x=12,
                y=y + 32,
                class_="bp-small",
            ),
            element("rect", x=LEFT, y=y, width=BAR, height=30, class_="bp-axis"),
            element(
                "rect",
                x=LEFT,
                y=y,
                width=0,
                height=30,
                style=f"fill:var(--{colour})",
                data_key=f"bar.{i}",
            ),
            element("text", "", x=LEFT + BAR + 10, y=y + 20, data_key=f"mark.{i}"),
        ]
    below = (
        f"f itself: {found.operations_of_f} operations; symbolic without sharing: {found.tree_size}"
    )
    drawn.append(element("text", below, x=12, y=20 + ROW * 4 + 14, class_="bp-small"))
    return picture(LEFT + BAR + 150, ROW * 4 + 50, title, description, *drawn)
