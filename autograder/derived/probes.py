"""Inputs for a derived exercise: ordinary ones, and the corners of what its statement allows.

A derivative is asked for only where it exists and can be computed: not at a kink, and not where
round-off is all that is left of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.domain import Chosen, Real, corners, drawing, size_names
from autograder.exercise import Inputs, Probe

# Sizes of the ordinary inputs: no two letters share one, so that nothing fits by accident.
_SIZES = ((3, 4, 5, 2, 6), (4, 2, 3, 5, 6), (2, 5, 4, 6, 3))
_TRIES = 12
# How many draws say whether a kind of inputs can be asked.
_ASKED = 5
# How far inputs are moved, and how far a derivative may move with them, relative to its size.
_STEP, _MOST = 1e-7, 1e-3
Solve = Callable[[Inputs], Sequence[Any]]


def derived_probes(
    inputs: Mapping[str, Real | Chosen],
    solve: Solve,
    sizes: Mapping[str, Sequence[int]],
) -> tuple[Probe, ...]:
    """The probes of an exercise.

    Args:
        inputs: the domain of each input, in order.
        solve: the right values of all parts for given inputs.
        sizes: the lengths to ask for where 1, 2 and 4 do not do.

    Returns:
        Three ordinary ones, then the corners at which the derivative exists and is stable.
    """
    names = size_names(inputs)
    ordinary = []
    for turn in range(len(_SIZES)):
        lengths = {name: _ordinary(name, i, turn, sizes) for i, name in enumerate(names)}
        kinds = {name: _kind(domain, turn) for name, domain in inputs.items()}
        words = ", ".join(f"{name} = {length}" for name, length in lengths.items())
        draw = drawing(inputs, lengths, kinds)
        ordinary.append(Probe(words or f"ordinary inputs {turn + 1}", draw))
    at_corners = [probe for probe in corners(sizes, **inputs) if is_steady(probe, solve)]
    return tuple(replace(one, draw=_steadily(one.draw, solve)) for one in [*ordinary, *at_corners])


def is_steady(probe: Probe, solve: Solve) -> bool:
    """Whether inputs can be drawn at which the derivative exists and is stable.

    Args:
        probe: draws the inputs.
        solve: the right values of all parts for given inputs.
    """
    rng = np.random.default_rng(1)
    found = sum(_holds(probe.draw(rng), solve) for _ in range(_ASKED))
    # Then as many draws without one as are tried are next to impossible.
    return found >= _ASKED - 1


def _ordinary(name: str, place: int, turn: int, sizes: Mapping[str, Sequence[int]]) -> int:
    if name not in sizes:
        return _SIZES[turn][place % len(_SIZES[turn])]
    larger = [length for length in sizes[name] if length > 1] or list(sizes[name])
    return larger[turn % len(larger)]


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
    here = solve(inputs)
    if not all(np.isfinite(value).all() for value in here):
        return False
    rng = np.random.default_rng(0)
    return all(
        _close(here, solve({name: _moved(value, sign, rng) for name, value in inputs.items()}))
        for sign in (1.0, -1.0)
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
