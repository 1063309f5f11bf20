"""Right and wrong gradients for a checker to judge, drawn as data."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any, Literal

import numpy as np

from autograder.exercises.four_ways.difference import point, smooth
from autograder.exercises.four_ways.functions import lent

Case = dict[str, Any]


def exact_gradient(f: Case, x: Any) -> Any:
    """The gradient of the function that the coefficients describe, off its corners."""
    curved = f["a"] * f["b"] * np.cos(f["b"] * x) + (f["w"] * x).sum() * f["w"]
    return f["scale"] * curved + f["k"] * np.sign(x - f["c"])


def _exact(case: Case) -> Any:
    (f,) = case["f"].parameters
    return exact_gradient(f, case["x"])


def _expected(case: Case) -> bool | None:
    """Whether the claim is right; None at a corner, where there is no gradient."""
    (f,), x, claimed = case["f"].parameters, case["x"], case["claimed"]
    if np.any((f["k"] != 0) & (x == f["c"])):
        return None
    exact = exact_gradient(f, x)
    return claimed.shape == exact.shape and bool(
        (np.abs(claimed - exact) <= 1e-9 * np.abs(exact)).all()
    )


def _cases(draw: Callable[[], tuple[Case, Any]], *changes: Callable[[Any], Any]) -> list[Case]:
    """The right gradient, and those that the changes make of it.

    Each is claimed of a function of its own, so that one claim says nothing about another.
    """
    cases = []
    for change in (lambda g: g, *changes):
        f, x = draw()
        claim = np.asarray(change(exact_gradient(f, x)))
        cases.append({"f": lent(f), "claimed": claim, "x": x.copy()})
    return cases


def _one_entry_off(gradient: Any) -> Any:
    gradient.flat[gradient.size // 2] *= 1.02
    return gradient


def _one_entry_lost(gradient: Any) -> Any:
    gradient.flat[gradient.size // 3] = 0.0
    return gradient


def _two_swapped(gradient: Any) -> Any:
    low, high = np.argmin(gradient), np.argmax(gradient)
    gradient.flat[[low, high]] = gradient.flat[[high, low]]
    return gradient


def _largest_but_one_lost(gradient: Any) -> Any:
    gradient.flat[np.argsort(np.abs(gradient), axis=None)[-2]] = 0.0
    return gradient


def _with_a_steep_entry(f: Case, x: Any) -> tuple[Case, Any]:
    """The function with its first slope made twenty thousand times as large as all others."""
    w = f["w"].copy()
    w.flat[0] = 0.0
    slopes = np.abs(exact_gradient({**f, "w": w}, x))
    a = f["a"].copy()
    a.flat[0] *= 20_000 * slopes.flat[1:].max() / slopes.flat[0]
    return {**f, "a": a, "w": w}, x


def _with_a_flat_entry(f: Case, x: Any) -> tuple[Case, Any]:
    """The function and a point at which its second entry is at the top of a sine."""
    w, flat = f["w"].copy(), x.copy()
    w.flat[1] = 0.0
    flat.flat[1] = np.pi / 2 / f["b"].flat[1]
    return {**f, "w": w}, flat


def _largest_lost(gradient: Any) -> Any:
    gradient.flat[np.abs(gradient).argmax()] = 0.0
    return gradient


def _not_a_number(gradient: Any) -> Any:
    gradient.flat[0] = np.nan
    return gradient


def draw_cases(*shape: int, many: int, order: Literal["C", "F"] = "C") -> Any:
    """A way of drawing the cases of every part.

    Args:
        shape: the shape of x.
        many: how many entries x has where one of them is claimed wrongly.
        order: whether x lies in memory row by row, or column by column as a transposed array does.
    """

    def inputs(rng: np.random.Generator) -> dict[str, Any]:
        x, longer = point(rng, *shape), point(rng, many)
        whole = rng.choice([-3, -2, -1, 1, 2, 3], shape)

        def plain(at: Any = x, scale: float = 1.0) -> tuple[Case, Any]:
            return smooth(rng, at, scale), at

        def idle() -> tuple[Case, Any]:
            f = smooth(rng, x)
            for name in "aw":
                f[name].flat[1] = 0.0
            return f, x

        def cornered(at_one: bool = False) -> tuple[Case, Any]:
            corners = x + 0.2
            if at_one:
                corners.flat[1] = x.flat[1]
            return {**smooth(rng, x), "k": rng.uniform(0.5, 1.5, shape), "c": corners}, x

        cases = {
            "plain": _cases(plain, lambda g: 2 * g, np.negative, lambda g: g / 2) + _cases(plain),
            "one_entry": _cases(
                partial(plain, longer), _one_entry_off, _one_entry_lost, _two_swapped
            ),
            # The smallest slopes lie below the absolute tolerances that libraries have by default.
            "scale": _cases(partial(plain, x, 1e-7), np.zeros_like, np.negative)
            + _cases(partial(plain, x, 1e-11), np.zeros_like)[1:]
            + _cases(partial(plain, x, 1e6), lambda g: 1.05 * g)
            + _cases(lambda: _with_a_steep_entry(*plain()), _largest_but_one_lost),
            # In a right claim and in a wrong one there is a 0.
            "zeros": _cases(plain, _largest_lost)[1:]
            + _cases(idle, lambda g: np.where(g == 0, 0.3, g))
            + _cases(partial(plain, x, 0.0), lambda g: g + 0.01)
            # A slope that is 0 in passing: a difference leaves round-off there.
            + _cases(lambda: _with_a_flat_entry(*plain())),
            "whole_numbers": _cases(partial(plain, whole), np.negative, lambda g: 2 * g),
            "form": _cases(plain, _not_a_number, lambda g: g[..., None], lambda g: 2 * g),
            "corners": _cases(cornered, lambda g: 0.7 * g) + _cases(partial(cornered, True)),
        }
        for part in cases.values():
            rng.shuffle(part)
            for case in part:
                case["x"] = np.array(case["x"], order=order)
        return {"cases": cases}

    return inputs


def problem_of(name: str) -> Any:
    """How the verdicts on one part's cases are judged: by the exact gradients."""

    def problem(verdicts: Any, right: SimpleNamespace) -> str | None:
        if not isinstance(verdicts, list):
            return "there are no verdicts to look at."
        for verdict, case in zip(verdicts, right.cases[name], strict=True):
            expected = _expected(case)
            if isinstance(verdict, str):
                return f"your checker stopped with {verdict}"
            if expected is not None and verdict != expected:
                return _in_words(case, expected)
        return None

    return problem


def _in_words(case: Case, expected: bool) -> str:
    if expected:
        return f"your checker rejects a right gradient; {_size(case)}."
    claimed, exact = case["claimed"], _exact(case)
    if claimed.shape != exact.shape:
        what = "with a different shape from x"
    elif not np.isfinite(claimed).all():
        what = "with an entry that is nan"
    elif (wrong := (claimed != exact)).sum() <= 2 < wrong.size:
        what = f"with {wrong.sum()} of {wrong.size} entries wrong"
    else:
        what = f"that is wrong in {wrong.sum()} of {wrong.size} entries; {_size(case)}"
    return f"your checker accepts a gradient {what}."


def _size(case: Case) -> str:
    exact = np.abs(_exact(case))
    kind = "integers" if case["x"].dtype.kind == "i" else "floats"
    shape = case["x"].shape
    size = f"the slopes are about {exact.max():.0e} in size" if exact.any() else "all slopes are 0"
    return f"x holds {kind} and has shape {shape}, and {size}"
