"""Many entries to few: sum.

`axis` is an integer, a tuple of them or None for all; `keepdims` keeps reduced axes at length 1.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from .shapes import broadcast_to, reshape
from .table import Primitive, apply, define, normal

Axis: TypeAlias = int | tuple[int, ...] | None


def restore_axes(g: Any, shape: tuple[int, ...], axis: Axis, keepdims: bool) -> Any:
    """g, the result of a reduction over `axis` of `shape`, with the lost axes as length 1."""
    if axis is None or keepdims:
        return g
    axes = {i % len(shape) for i in ((axis,) if isinstance(axis, int) else axis)}
    return reshape(g, tuple(1 if i in axes else n for i, n in enumerate(shape)))


def _source(name: str) -> Any:
    def write(x: str, axis: str, keepdims: str) -> str:
        settings = "" if axis == "None" else f", axis={axis}"
        settings += "" if keepdims == "False" else f", keepdims={keepdims}"
        return f"np.{name}({x}{settings})"

    return write


def _vjp_sum(g: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
    shape = np.shape(x) if x.__class__ in (float, np.ndarray) else x.shape
    return broadcast_to(restore_axes(g, shape, axis, keepdims), shape)


SUM: Primitive = define(
    Primitive(
        "sum",
        lambda x, axis, keepdims: normal(np.add.reduce(x, axis=axis, keepdims=keepdims)),
        (_vjp_sum,),
        (lambda t, y, x, axis, keepdims: apply(SUM, t, axis, keepdims),),
        source=_source("sum"),
        latex=r"\sum {0}",
        settings=2,
    )
)


def sum(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    """The sum of the entries, of all or along `axis`."""
    return apply(SUM, x, axis, keepdims)
