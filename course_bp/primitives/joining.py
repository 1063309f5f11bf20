"""Joining arrays: concatenate and stack.

They take any number of operands, so their rules are made for the position of the operand: an
adjoint is cut where the operand was put, a tangent is put there among zeros.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..values import shape_of
from .axes import as_axis
from .entries import primitive
from .shapes import index, scatter
from .table import EachOperand

__all__ = ["concatenate", "stack"]


def _place_in_concatenation(position: int, operands: Sequence[Any]) -> tuple[slice, ...]:
    """The slices of the result that hold the operand at this position."""
    *arrays, axis = operands
    lengths = [shape_of(x)[axis] for x in arrays]
    start = int(np.sum(lengths[:position]))
    whole = (slice(None),) * (axis % len(shape_of(arrays[0])))
    return (*whole, slice(start, start + lengths[position]))


def _place_in_stack(position: int, operands: Sequence[Any]) -> tuple[Any, ...]:
    """The index of the result that holds the operand at this position."""
    axis = operands[-1] % (len(shape_of(operands[0])) + 1)
    return (*(slice(None),) * axis, position)


def _rules(place: Any) -> tuple[EachOperand, EachOperand]:
    """The VJP and the JVP rules of a joining, from the place that an operand takes."""

    def vjp(position: int, g: Any, y: Any, *operands: Any) -> Any:
        return index(g, place(position, operands))

    def jvp(position: int, t: Any, y: Any, *operands: Any) -> Any:
        return scatter(t, place(position, operands), shape_of(y))

    return EachOperand(vjp), EachOperand(jvp)


@primitive(
    lambda *operands: np.concatenate(operands[:-1], axis=operands[-1]),
    *_rules(_place_in_concatenation),
    source=lambda *parts: f"np.concatenate([{', '.join(parts[:-1])}], axis={parts[-1]})",
    latex=lambda *parts: r"\left[" + ", ".join(parts[:-1]) + r"\right]",
    settings=1,
    linear=True,
)
def concatenate(arrays: Sequence[Any], axis: int = 0) -> Any:
    """Arrays one after another along an axis that they have."""
    return (*arrays, as_axis(axis))


@primitive(
    lambda *operands: np.stack(operands[:-1], axis=operands[-1]),
    *_rules(_place_in_stack),
    source=lambda *parts: f"np.stack([{', '.join(parts[:-1])}], axis={parts[-1]})",
    latex=lambda *parts: r"\left[" + ", ".join(parts[:-1]) + r"\right]",
    settings=1,
    linear=True,
    numpy=((np.stack, lambda arrays, axis=0: stack(arrays, axis)),),
)
def stack(arrays: Sequence[Any], axis: int = 0) -> Any:
    """Numbers or arrays of one shape side by side along a new axis."""
    return (*arrays, as_axis(axis))
