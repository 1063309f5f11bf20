"""Inputs for a derived exercise: ordinary ones, and the corners of what its statement allows.

A derivative is asked for only where it exists and can be computed: not at a kink, and not where
round-off is all that is left of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.derived.not_derivable import NotDerivable
from autograder.domain import Chosen, Real, corners, drawing, size_names
from autograder.exercise import Inputs, Probe, Step
from autograder.solving import solve_steps

# Sizes of the ordinary inputs: no two letters share one, so that nothing fits by accident.
_SIZES = ((3, 4, 5, 2, 6), (4, 2, 3, 5, 6), (2, 5, 4, 6, 3))
_TRIES = 12
# How many draws say whether a kind of inputs can be asked.
_ASKED = 5
# How far inputs are moved, and how far a derivative may move with them, relative to its size.
_STEP, _MOST = 1e-7, 1e-3
# A relative error put into every step, and how much of it may arrive: 1e-10 / 2.2e-16 / 10.
_NOISE, _ARRIVES = 1e-9, 4.5e4
# Patterns of signs and choices that are rarer than this are not waited for.
_COMMON, _SEEN, _LONGEST_WAIT = 0.04, 200, 60
# The right values of all parts for given inputs, with a relative error in every step.
Solve = Callable[[Inputs, float], Sequence[Any]]
# Which sides of its choices a function takes for given inputs, entry by entry.
Patterns = Callable[[Inputs], set[Any]]


def derived_probes(
    inputs: Mapping[str, Real | Chosen],
    solve: Solve,
    sizes: Mapping[str, Sequence[int]],
    patterns: Patterns | None = None,
) -> tuple[Probe, ...]:
    """The probes of an exercise.

    Args:
        inputs: the domain of each input, in order.
        solve: the right values of all parts for given inputs.
        sizes: the lengths to ask for where 1, 2 and 4 do not do.
        patterns: the sides that the function's choices take, if it makes any.

    Returns:
        Three ordinary ones; one in which every common combination of choices is taken, if the
        function makes any; then the corners at which the derivative exists and is stable.
    """
    names = size_names(inputs)
    ordinary = []
    for turn in range(len(_SIZES)):
        lengths = {name: _ordinary(name, i, turn, sizes) for i, name in enumerate(names)}
        kinds = {name: _kind(domain, turn) for name, domain in inputs.items()}
        words = ", ".join(f"{name} = {length}" for name, length in lengths.items())
        draw = drawing(inputs, lengths, kinds)
        ordinary.append(Probe(words or f"ordinary inputs {turn + 1}", draw))
    if patterns is not None:
        lengths = {name: _long(name, i, sizes) for i, name in enumerate(names)}
        kinds = {name: next(iter(domain.kinds())) for name, domain in inputs.items()}
        draw = _all_patterns(drawing(inputs, lengths, kinds), patterns)
        ordinary.append(Probe("inputs on every side of each choice", draw))
    at_corners = [probe for probe in corners(sizes, **inputs) if is_steady(probe, solve)]
    return tuple(replace(one, draw=_steadily(one.draw, solve)) for one in [*ordinary, *at_corners])


def solved(
    given: Inputs, steps: Mapping[str, Step], names: Sequence[str], noise: float
) -> list[Any]:
    """The values of some steps.

    Args:
        given: the inputs.
        steps: all steps, in the order of computation.
        names: those that are wanted.
        noise: a relative error that is put into every step, to see how much of it arrives.
    """
    rng = np.random.default_rng(0)

    def inexact(step: Step) -> Step:
        def noisy(values: SimpleNamespace) -> Any:
            value = step(values)
            if not isinstance(value, float | np.ndarray):
                return value
            return value * (1 + noise * rng.uniform(-1, 1, np.shape(value)))

        return noisy

    tried = {name: inexact(step) for name, step in steps.items()} if noise else steps
    values = solve_steps(tried, given)
    return [getattr(values, name) for name in names]


def is_steady(probe: Probe, solve: Solve) -> bool:
    """Whether inputs can be drawn at which the derivative exists and is stable.

    Args:
        probe: draws the inputs.
        solve: the right values of all parts for given inputs.
    """
    rng = np.random.default_rng(1)
    try:
        found = sum(_holds(probe.draw(rng), solve) for _ in range(_ASKED))
    except NotDerivable:
        raise
    except Exception as error:
        error.add_note(f"this was for {probe.name}; if that is not allowed, say so in sizes=…")
        raise
    # Then as many draws without one as are tried are next to impossible.
    return found >= _ASKED - 1


def _ordinary(name: str, place: int, turn: int, sizes: Mapping[str, Sequence[int]]) -> int:
    if name not in sizes:
        return _SIZES[turn][place % len(_SIZES[turn])]
    larger = [length for length in sizes[name] if length > 1] or list(sizes[name])
    return larger[turn % len(larger)]


def _long(name: str, place: int, sizes: Mapping[str, Sequence[int]]) -> int:
    return max(sizes[name]) if name in sizes else 8 + place


def _all_patterns(
    draw: Callable[[np.random.Generator], Inputs], patterns: Patterns
) -> Callable[[np.random.Generator], Inputs]:
    """Draws until every common pattern is among the entries, or as many as can be had."""
    rng = np.random.default_rng(0)
    seen = Counter(one for _ in range(_SEEN) for one in patterns(draw(rng)))
    common = {one for one, times in seen.items() if times >= _COMMON * _SEEN}

    def drawn(rng: np.random.Generator) -> Inputs:
        best = draw(rng)
        lacking = len(common - patterns(best))
        for _ in range(_LONGEST_WAIT):
            if not lacking:
                break
            other = draw(rng)
            if (left := len(common - patterns(other))) < lacking:
                best, lacking = other, left
        return best

    return drawn


def _kind(domain: Real | Chosen, turn: int) -> str:
    kinds = [kind for kind in domain.kinds() if kind in ("", "positive", "negative")]
    return (kinds or list(domain.kinds()))[turn % max(len(kinds), 1)]


def _steadily(
    draw: Callable[[np.random.Generator], Inputs], solve: Solve
) -> Callable[[np.random.Generator], Inputs]:
    """Draws again while the derivative does not exist there, or is lost in round-off."""

    def again(rng: np.random.Generator) -> Inputs:
        inputs = draw(rng)
        for _ in range(_TRIES):
            if _holds(inputs, solve):
                break
            inputs = draw(rng)
        return inputs

    return again


def _holds(inputs: Inputs, solve: Solve) -> bool:
    here = solve(inputs, 0.0)
    if not all(np.isfinite(value).all() for value in here):
        return False
    if not _few_digits_are_lost(here, solve(inputs, _NOISE)):
        return False
    rng = np.random.default_rng(0)
    return all(
        _close(here, solve({name: _moved(value, sign, rng) for name, value in inputs.items()}, 0.0))
        for sign in (1.0, -1.0)
    )


def _few_digits_are_lost(here: Sequence[Any], noisy: Sequence[Any]) -> bool:
    """Whether another order of the same operations would give the same digits."""
    return all(
        bool((np.abs(np.subtract(a, b)) <= _NOISE * _ARRIVES * np.abs(a)).all())
        for a, b in zip(here, noisy, strict=True)
    )


def _moved(value: Any, sign: float, rng: np.random.Generator) -> Any:
    if isinstance(value, float):
        return value + sign * _STEP * max(abs(value), 1e-3)
    if not isinstance(value, np.ndarray) or value.dtype.kind != "f" or not value.size:
        return value
    # Zeros are moved too: they lie at many a kink.
    size = np.maximum(np.abs(value), 1e-3)
    return value + sign * _STEP * size * rng.uniform(0.5, 1.0, value.shape)


def _close(first: Sequence[Any], second: Sequence[Any]) -> bool:
    with np.errstate(all="ignore"):
        return all(
            np.abs(np.subtract(a, b)).max(initial=0.0) <= _MOST * np.abs(a).max(initial=0.0) + 1e-9
            for a, b in zip(first, second, strict=True)
        )
