"""Ways to draw inputs out of other ways: fixed ones, changed ones, some with zeros or far out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercise import Inputs

# Large enough that whoever cuts inputs off at some size, or takes small ones for 0, is wrong.
FAR = 2.0**24


def given(**values: float) -> Callable[[np.random.Generator], Inputs]:
    """Inputs that are always the same.

    Args:
        **values: the inputs by name.

    Returns:
        What a probe draws with.
    """
    return lambda rng: dict(values)


def with_changes(
    draw: Callable[[np.random.Generator], Inputs], **changes: Callable[[Any], Any]
) -> Callable[[np.random.Generator], Inputs]:
    """Inputs as they are drawn, some of them changed.

    Args:
        draw: what draws them.
        **changes: by name, what makes another input of the one that was drawn.

    Returns:
        What a probe draws with.
    """

    def drawn(rng: np.random.Generator) -> Inputs:
        inputs = draw(rng)
        return inputs | {name: change(inputs[name]) for name, change in changes.items()}

    return drawn


def times(factor: float, first: int = 0) -> Callable[[Any], Any]:
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


def always(value: Any) -> Callable[[Any], Any]:
    """A change to this value, whatever was drawn."""
    return lambda drawn: value


def with_zeros(draw: Callable[[np.random.Generator], Inputs]) -> Callable[..., Inputs]:
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
