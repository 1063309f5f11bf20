"""Ways to draw inputs: always the same, or drawn and then changed, with zeros, or far from 0."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.exercise import Inputs, Probe

Draw = Callable[[np.random.Generator], Inputs]
Change = Callable[[Any], Any]
# Large enough that whoever cuts inputs off at some size, or takes small ones for 0, is wrong.
FAR = 2.0**24


def given(**values: float) -> Draw:
    """Inputs that are always the same.

    Args:
        **values: the inputs by name.

    Returns:
        What a probe draws with.
    """
    return lambda rng: dict(values)


def with_changes(draw: Draw, **changes: Change) -> Draw:
    """Inputs as they are drawn, some of them changed.

    Args:
        draw: what draws them.
        **changes: by name, what turns the input that was drawn into another.

    Returns:
        What a probe draws with.
    """

    def drawn(rng: np.random.Generator) -> Inputs:
        inputs = draw(rng)
        return inputs | {name: change(inputs[name]) for name, change in changes.items()}

    return drawn


def large_and_small(
    draw: Draw,
    one: str,
    other: str,
    changes: Callable[[float], Mapping[str, Change]],
    before: str = "",
) -> tuple[Probe, ...]:
    """Corners in which one input is large and another small, and the other way round.

    Args:
        draw: what draws ordinary inputs.
        one: what the first of the two is called.
        other: what the second is called.
        changes: takes the factor of the first, and says how inputs change, by name.
        before: what the names of the probes begin with.

    Returns:
        Two probes.
    """
    return tuple(
        Probe(f"{before}{a} {one} and {b} {other}", with_changes(draw, **changes(far)), corner=True)
        for a, b, far in (("large", "small", FAR), ("small", "large", 1 / FAR))
    )


def times(factor: float, first: int = 0) -> Change:
    """A change that multiplies an array by a factor.

    A power of two leaves all digits as they are. So one of two inputs can be large and the other
    small, and their product is what it was.

    Args:
        factor: what to multiply by.
        first: the entries before this one on the last axis, such as a bias, stay as they are.
    """

    def change(value: Any) -> Any:
        if not first:
            return value * factor
        made = np.array(value)
        made[..., first:] *= factor
        return made

    return change


def by_columns(value: Any) -> Any:
    """The same array, column by column in memory as a transposed one is: reshaped, it is copied."""
    return np.asfortranarray(value)


def always(value: Any) -> Change:
    """A change to this value, whatever was drawn."""
    return lambda drawn: value


def with_zeros(draw: Draw) -> Draw:
    """Inputs as they are drawn, but every other entry of each array is 0.

    Args:
        draw: what draws them.

    Returns:
        What a probe draws with.
    """

    def sparse(rng: np.random.Generator) -> Inputs:
        inputs = draw(rng)
        for array in _arrays(inputs):
            array[rng.random(array.shape) < 0.5] = 0.0
        return inputs

    return sparse


def _arrays(value: Any) -> list[Any]:
    if isinstance(value, np.ndarray):
        return [value]
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [array for one in held for array in _arrays(one)]
