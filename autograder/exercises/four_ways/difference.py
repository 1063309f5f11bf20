"""Your own finite differences: one-sided and central, entry by entry."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.draws import FAR, always, by_columns, times, with_changes
from autograder.exercise import Exercise, Part, Probe
from autograder.exercises.four_ways.difference_mistakes import WRONG_DIFFERENCES
from autograder.exercises.four_ways.difference_rules import central, forward, of
from autograder.exercises.four_ways.functions import lent

UNIT = "03-four-ways"
DECK = "D0, Finite Difference Method; D1, Gradient Checking"


def smooth(rng: np.random.Generator, x: Any, scale: float = 1.0) -> dict[str, Any]:
    """Coefficients of a function whose slope by every entry of x has that entry's sign."""
    sign, size = np.where(np.asarray(x) < 0, -1.0, 1.0), max(1, np.size(x))
    return {
        "scale": scale,
        "a": sign * rng.uniform(1, 2, np.shape(x)),
        "b": rng.uniform(0.2, 0.4, np.shape(x)),
        "w": sign * rng.uniform(0.5, 1.5, np.shape(x)) / np.sqrt(size),
        "k": np.zeros(np.shape(x)),
        "c": np.zeros(np.shape(x)),
    }


def point(rng: np.random.Generator, *shape: int) -> Any:
    """Entries of either sign, none of them near 0."""
    return rng.choice([-1.0, 1.0], shape) * rng.uniform(0.3, 1.2, shape)


def _draw(*shape: int, whole: bool = False) -> Any:
    def inputs(rng: np.random.Generator) -> dict[str, Any]:
        x = rng.choice([-3, -2, -1, 1, 2, 3], shape) if whole else point(rng, *shape)
        return {"f": lent(smooth(rng, x)), "x": x, "h": float(rng.uniform(1e-3, 2e-3))}

    return inputs


DIFFERENCE_EXERCISE = Exercise(
    id="checker.difference",
    unit=UNIT,
    title="Finite differences of your own",
    objectives=("O7",),
    deck=DECK,
    steps={"forward": of(forward), "central": of(central)},
    parts=(
        Part("forward", 1, "one-sided differences"),
        Part("central", 1.5, "central differences"),
    ),
    probes=(
        Probe("a vector of 5", _draw(5)),
        Probe("a matrix of 2 by 3", _draw(2, 3)),
        Probe("a transposed square matrix", with_changes(_draw(3, 3), x=by_columns)),
        Probe("integers", _draw(4, whole=True)),
        Probe("one entry", _draw(1), corner=True),
        Probe("a column", _draw(3, 1), corner=True),
        Probe("three axes", _draw(2, 1, 3), corner=True),
        Probe("integers in three axes", _draw(1, 2, 2, whole=True), corner=True),
        Probe("a matrix of integers", _draw(2, 2, whole=True), corner=True),
        *(
            Probe(f"a transposed {words}", with_changes(draw, x=by_columns), corner=True)
            for words, draw in (
                ("matrix of integers", _draw(3, 2, whole=True)),
                ("array of three axes", _draw(2, 3, 2)),
            )
        ),
        Probe("x = 0", lambda rng: {**_draw(3)(rng), "x": np.zeros(3)}, corner=True),
        Probe("a small step", lambda rng: {**_draw(3)(rng), "h": 1e-5}, corner=True),
        Probe("a large step", lambda rng: {**_draw(3)(rng), "h": 0.05}, corner=True),
        Probe("a step of 40", with_changes(_draw(3), h=always(40.0)), corner=True),
        *(
            Probe(f"x {far}", with_changes(_draw(3), x=times(factor)), corner=True)
            for far, factor in (("far from 0", 2.0**8), ("close to 0", 1 / FAR))
        ),
    ),
    tolerance=1e-8,
    why_tolerance="with steps of a thousandth, round-off stays at 1e-12 of the slope",
    gradients=("forward", "central"),
    mistakes=WRONG_DIFFERENCES,
    variants={
        "flattened": lambda f, x, h: _flattened(f, x, h),
        "rows of the identity": lambda f, x, h: _by_identity(f, x, h),
        "in place, put back exactly": lambda f, x, h: _in_place(f, x, h),
    },
    hints=(
        "Start from x as an array of floats, and from a gradient of zeros with the same shape. "
        "Go through the entries one by one.",
        "For each entry, make two new arrays that differ from x only in this entry, and evaluate "
        "f at both. How far apart are they?",
        "For x = (1, 2) and h = 0.1, the first central slope is (f(1.1, 2) − f(0.9, 2)) / 0.2, "
        "and the second is (f(1, 2.1) − f(1, 1.9)) / 0.2. For any shape, np.ndindex(x.shape) "
        "gives all indices.",
    ),
)


def _flattened(f: Any, x: Any, h: float) -> dict[str, Any]:
    flat = np.array(x, dtype=float).ravel()
    above: list[float] = []
    below: list[float] = []
    for i in range(flat.size):
        for sign, values in ((1, above), (-1, below)):
            moved = flat.copy()
            moved[i] += sign * h
            values.append(f(moved.reshape(np.shape(x))))
    up, down = (np.reshape(values, np.shape(x)) for values in (above, below))
    return {"forward": (up - f(x)) / h, "central": (up - down) / (2 * h)}


def _by_identity(f: Any, x: Any, h: float) -> dict[str, Any]:
    steps = h * np.eye(x.size).reshape(-1, *x.shape)
    one = [(f(x + step) - f(x)) / h for step in steps]
    two = [(f(x + step) - f(x - step)) / h / 2 for step in steps]
    return {"central": np.array(two).reshape(x.shape), "forward": np.array(one).reshape(x.shape)}


def _in_place(f: Any, x: Any, h: float) -> dict[str, Any]:
    x = x.astype(float)
    one, two = np.empty_like(x), np.empty_like(x)
    middle = f(x)
    for i in np.ndindex(*x.shape):
        old = x[i]
        x[i] = old + h
        above = f(x)
        x[i] = old - h
        below = f(x)
        x[i] = old
        one[i], two[i] = (above - middle) / h, (above - below) / (2 * h)
    return {"forward": one, "central": two}


EXERCISES = (DIFFERENCE_EXERCISE,)
