"""Wrong differences: entries that move too far, with others, not back, or unseen by f."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Step
from autograder.exercises.four_ways.difference_rules import central, forward, of
from autograder.exercises.several_ways import several_ways

_Size = Callable[[Any], Any]


def unseen(rule: Callable[..., Any], always: bool = False) -> Callable[..., Any]:
    """A difference that moves the entries of a flat copy where it should be a view.

    Args:
        rule: the difference.
        always: whether it is a copy for every x, and not only if x is not row by row in memory.

    Returns:
        A function of f, x and h.
    """

    def measured(f: Callable[[Any], float], x: Any, h: float) -> Any:
        copied = always or not x.flags.c_contiguous
        return np.zeros(x.shape) if copied else rule(f, x, h)

    return measured


def _walk(v: SimpleNamespace) -> dict[str, Any]:
    """Differences where every entry stays at x − h, or at x + h for "to the right".

    The value without a step is that of the start, or "again" what it is by then.
    """
    down, up = np.array(v.x, dtype=float), np.array(v.x, dtype=float)
    names = ("central", "forward", "forward again", "to the right", "to the right again")
    found = {name: np.zeros(down.shape) for name in names}
    start = v.f(down)
    for i in np.ndindex(down.shape):
        here, before = v.f(down), v.f(up)
        down[i] += v.h
        up[i] += v.h
        above, right = v.f(down), v.f(up)
        down[i] -= 2 * v.h
        found["central"][i] = (above - v.f(down)) / (2 * v.h)
        found["forward"][i] = (above - start) / v.h
        found["forward again"][i] = (above - here) / v.h
        found["to the right"][i] = (right - start) / v.h
        found["to the right again"][i] = (right - before) / v.h
    return found


def _left(name: str) -> Step:
    return lambda v: _walk(v)[name]


def _grown(size: _Size, below: float) -> Step:
    """A difference between x + step and x + below · step, where a step is h times a size."""

    def measured(v: SimpleNamespace) -> Any:
        x = np.asarray(v.x, dtype=float)
        gradient = np.zeros(x.shape)
        for i in np.ndindex(x.shape):
            step = np.zeros(x.shape)
            step[i] = v.h * size(abs(x[i]))
            gradient[i] = (v.f(x + step) - v.f(x + below * step)) / ((1 - below) * step[i])
        return gradient

    return measured


def _by_rows(below: float) -> Step:
    """A difference whose loop runs over the first axis alone."""

    def measured(v: SimpleNamespace) -> Any:
        x = np.asarray(v.x, dtype=float)
        gradient = np.zeros(x.shape)
        for i in range(len(x)):
            step = np.zeros(x.shape)
            step[i] = v.h
            gradient[i] = (v.f(x + step) - v.f(x + below * step)) / ((1 - below) * v.h)
        return gradient

    return measured


_LEFT = (
    "your {part} is right in its first entry, but later ones are measured with the earlier "
    "entries still moved."
)
_GROWS = "in your {part}, the step depends on the size of the entry: it is h times "
_COPIED = (
    "your {part} is 0 wherever x is transposed in memory. There, reshape(-1) or ravel() makes a "
    "copy, and a step in the copy does not move x."
)

_VIEW_HINTS = (
    "Does the array that you hand to f change when you move an entry?",
    "reshape(-1) and ravel() may make a copy, and flatten() always does. Which of your "
    "arrays does f get?",
    "For a transposed matrix, m = x.T followed by m.reshape(-1)[0] = 5 leaves m as it "
    "was. m[index] = 5 with an index from np.ndindex(m.shape) changes it, and so does "
    "m.flat[0] = 5.",
)

MOVED_ENTRIES = (
    *several_ways(
        "M33",
        "entries that were not put back",
        "Where is the first entry while you measure the second?",
        ("entries not put back", {"central": _left("central")}, _LEFT),
        *(
            (
                f"{words}, entries at x − h",
                {"forward": _left(name), "central": _left("central")},
                _LEFT,
            )
            for words, name in (("f(x) once", "forward"), ("f(x) every time", "forward again"))
        ),
        *(
            (f"{words}, entries at x + h", {"forward": _left(name)}, _LEFT)
            for words, name in (
                ("f(x) once", "to the right"),
                ("f(x) every time", "to the right again"),
            )
        ),
        once=True,
    ),
    *several_ways(
        "M33",
        "a step that depends on the entry",
        "For an entry of 3, how far apart are the two points that you compare?",
        *(
            (
                f"h times {words}",
                {"forward": _grown(size, 0.0), "central": _grown(size, -1.0)},
                f"{_GROWS}{words}.",
            )
            for words, size in (
                ("max(1, |x|)", lambda size: max(1.0, size)),
                ("1 + |x|", lambda size: 1.0 + size),
                ("|x|", lambda size: size),
            )
        ),
        once=True,
    ),
    *several_ways(
        "M33",
        "whole rows are moved at once",
        "If x is a matrix, what is x[0]?",
        (
            "a loop over the first axis",
            {"forward": _by_rows(0.0), "central": _by_rows(-1.0)},
            "in your {part}, all entries of a row are moved together, so it holds the sum of "
            "their slopes.",
        ),
        once=True,
    ),
    *several_ways(
        "M33",
        "a copy that is taken for a view",
        _VIEW_HINTS[0],
        (
            "reshape of a transposed array",
            {"forward": of(unseen(forward)), "central": of(unseen(central))},
            _COPIED,
        ),
        once=True,
        hints=_VIEW_HINTS,
    ),
    # It costs every part: zeros may as well have been written without a thought.
    *several_ways(
        "M33",
        "a copy that is taken for a view",
        _VIEW_HINTS[0],
        (
            "a copy of every array",
            {"forward": of(unseen(forward, True)), "central": of(unseen(central, True))},
            "your {part} is 0 everywhere, as if f never saw a step. An entry of a copy moves, and "
            "f gets another array.",
        ),
        hints=_VIEW_HINTS,
    ),
)
