"""Where a derivative exists: the larger of two lines, f(x) = max(p x + q, r x + s)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.draws import FAR, times, with_changes
from autograder.exercise import Exercise, Inputs, Part, Probe
from autograder.exercises.efficiency.kinks_mistakes import MISTAKES
from autograder.exercises.efficiency.kinks_steps import gap, left_slope, right_slope
from autograder.exercises.efficiency.naumann import UNIT


def _not_told(value: Any, v: SimpleNamespace) -> str | None:
    if not isinstance(value, bool | np.bool_):
        return "it should be True or False."
    if bool(value) == v.differentiable:
        return None
    kind = "above the other line" if v.gap else "where the two lines meet"
    return f"it is wrong for some point that is {kind}."


def _numbers(rng: np.random.Generator) -> list[float]:
    """Five different numbers with so few binary digits that lines meet exactly.

    They have five decimal digits or more, which a measured slope that was rounded does not have.
    """
    return [float(2 * n + 1) / 256 for n in rng.choice(np.arange(50, 640), 5, replace=False)]


def _one_above(sign: float, steeper: bool, at_0: bool = False) -> Any:
    """One line above at x: the flatter one, or the steeper one, which is above `at_0` or not."""

    def draw(rng: np.random.Generator) -> Inputs:
        x, a, q, b, distance = _numbers(rng)
        p, r = sorted((a, b), reverse=(sign > 0) == steeper)
        if steeper:
            distance = abs(p - r) * x * (2 if at_0 else 0.5)
        return {"p": p, "q": q, "r": r, "s": p * x + q - r * x - sign * distance, "x": x}

    return draw


def _meeting(order: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        x, a, q, b, _ = _numbers(rng)
        p, r = sorted((a, b))[::order]
        return {"p": p, "q": q, "r": r, "s": p * x + q - r * x, "x": x}

    return draw


def _one_line_twice(rng: np.random.Generator) -> Inputs:
    x, p, q, _, _ = _numbers(rng)
    return {"p": p, "q": q, "r": p, "s": q, "x": x}


# Of two lines: the sign of what the first has more of, slope and height at x.
_KINDS = {
    "the first line above and steeper": (1, 1),
    "the first line above and flatter": (-1, 1),
    "the second line above and steeper": (-1, -1),
    "the second line above and flatter": (1, -1),
    "the lines meet, the first one steeper": (1, 0),
    "the lines meet, the second one steeper": (-1, 0),
    "parallel, the first line above": (0, 1),
    "parallel, the second line above": (0, -1),
    "one line twice": (0, 0),
}


def _lines(kind: tuple[int, int], sign: float) -> Any:
    """Two lines as a kind has them, of slopes of either sign, at an x of a sign."""

    def draw(rng: np.random.Generator) -> Inputs:
        steeper, higher = kind
        x, a, q, more, up = _numbers(rng)
        x *= sign
        p = a * float(rng.choice([-1.0, 1.0]))
        r = p - steeper * more
        return {"p": p, "q": q, "r": r, "s": (p - r) * x + q - higher * up, "x": x}

    return draw


def _lower(draw: Any) -> Any:
    """The same lines, so far below that both are negative at 0."""
    return with_changes(draw, q=lambda q: q - 8.0, s=lambda s: s - 8.0)


def _times(factor: float, draw: Any) -> Any:
    """Lines as steep and high as this, seen at the same x."""
    return with_changes(draw, **dict.fromkeys("pqrs", times(factor)))


def _stretched(factor: float, draw: Any) -> Any:
    """The same lines, with x drawn out."""
    return with_changes(draw, x=times(factor), p=times(1 / factor), r=times(1 / factor))


def _without(line: str, draw: Any) -> Any:
    """As much taken from both lines as makes one of them 0 everywhere."""

    def shifted(rng: np.random.Generator) -> Inputs:
        v = draw(rng)
        slope, height = (v["p"], v["q"]) if line == "first" else (v["r"], v["s"])
        heights = {"q": v["q"] - height, "s": v["s"] - height}
        return {**v, "p": v["p"] - slope, "r": v["r"] - slope, **heights}

    return shifted


def _almost_meeting(sign: float) -> Any:
    """Two lines that meet less than 0.001 from x, and are told from equal ones all the same."""

    def draw(rng: np.random.Generator) -> Inputs:
        x, p, q, more, _ = _numbers(rng)
        r = p + 1 + more
        return {"p": p, "q": q, "r": r, "s": p * x + q - r * x - sign * 2.0**-11, "x": x}

    return draw


KINKS_EXERCISE = Exercise(
    id="kinks.slopes",
    unit=UNIT,
    title="Kinks: where there is a derivative",
    objectives=("O8",),
    deck="D0, Approaches to Differentiation; D2, ReLU",
    steps={
        "gap": gap,
        "left": left_slope,
        "right": right_slope,
        "differentiable": lambda v: v.gap != 0 or v.p == v.r,
    },
    parts=(
        Part("left", 0.35, "the slope to the left"),
        Part("right", 0.35, "the slope to the right"),
        Part("differentiable", 0.3, accept=_not_told),
    ),
    probes=(
        Probe("the first line above and steeper", _one_above(1.0, True)),
        Probe("the second line above and steeper", _one_above(-1.0, True)),
        Probe("the first line above and steeper, at 0 too", _one_above(1.0, True, at_0=True)),
        Probe("the first line above and flatter", _one_above(1.0, False)),
        Probe("the second line above and flatter", _one_above(-1.0, False)),
        Probe("the lines meet, and the second one is steeper", _meeting(1)),
        Probe("the lines meet, and the first one is steeper", _meeting(-1)),
        Probe("x = 0, the first line above", _lines((1, 1), 0.0)),
        Probe("x = 0, the second line above", _lines((1, -1), 0.0)),
        Probe("the same line twice", _one_line_twice, special=True),
        Probe("two parallel lines", _lines((0, 1), 1.0), special=True),
        *(
            Probe(f"{name}, {where}", _lines(kind, sign), corner=True)
            for name, kind in _KINDS.items()
            for where, sign in (("x below 0", -1.0), ("x = 0", 0.0), ("x above 0", 1.0))
        ),
        *(
            Probe(f"a crossing close to x, on its {side}", _almost_meeting(sign), corner=True)
            for side, sign in (("right", 1.0), ("left", -1.0))
        ),
        *(
            Probe(f"{name}, lower down", _lower(_lines(kind, 1.0)), corner=True)
            for name, kind in _KINDS.items()
        ),
        *(
            Probe(f"{name}, with numbers {size}", _times(factor, _lines(kind, -1.0)), corner=True)
            for name, kind in _KINDS.items()
            for size, factor in (("of 100 and more", 2.0**10), ("of almost 0", 1 / FAR))
        ),
        *(
            Probe(f"{name}, with x {where}", _stretched(factor, _lines(kind, 1.0)), corner=True)
            for name, kind in _KINDS.items()
            for where, factor in (("far from 0", FAR), ("close to 0", 1 / FAR))
        ),
        *(
            Probe(f"{name}, and the {line} is 0", _without(line, _lines(kind, 1.0)), corner=True)
            for name, kind in _KINDS.items()
            for line in ("first", "second")
        ),
    ),
    tolerance=1e-12,
    why_tolerance="the slopes are given numbers",
    mistakes=MISTAKES,
    variants={
        "by values beside it": lambda p, q, r, s, x: _beside(p, q, r, s, x),
        "by cases": lambda p, q, r, s, x: _by_cases(p, q, r, s, x),
    },
    hints=(
        "Compare the two lines at x first. You need to think about left and right only if they "
        "have the same value there.",
        "Where they meet, the steeper line is above on the right, the flatter one on the left. A "
        "derivative exists if the two slopes agree.",
        "Take max(2x, 5x) at 0. A distance h to the left, the lines are at −2h and −5h; a "
        "distance h to the right, they are at 2h and 5h. So the slope is 2 on the left and 5 on "
        "the right, and there is no derivative. For max(2x, 2x) the two slopes agree, so there "
        "the derivative exists.",
    ),
)


def _beside(p: float, q: float, r: float, s: float, x: float) -> dict[str, Any]:
    def slope(side: float) -> float:
        gap = (p - r) * x + (q - s)
        if gap == 0:
            gap = (p - r) * side
        return p if gap > 0 else r

    left, right = slope(-1.0), slope(1.0)
    return {"left": left, "right": right, "differentiable": left == right}


def _by_cases(p: float, q: float, r: float, s: float, x: float) -> dict[str, Any]:
    first, second = p * x + q, r * x + s
    if first > second:
        return {"left": p, "right": p, "differentiable": True}
    if first < second:
        return {"left": r, "right": r, "differentiable": True}
    flat, steep = sorted([p, r])
    return {"left": flat, "right": steep, "differentiable": bool(np.isclose(p, r))}


EXERCISES = (KINKS_EXERCISE,)
