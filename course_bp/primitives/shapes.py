"""Moving entries without changing them: reshape, transpose, stretching, indexing.

All are linear, so a JVP rule does to the tangent what was done to the value; the VJP rule is the
transposed map.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..dual import Dual
from ..graph import Node
from ..values import shape_of
from .axes import as_shape
from .entries import primitive
from .table import CALL, normal

__all__ = ["broadcast_to", "index", "reshape", "scatter", "transpose"]


def _broadcast_to(x: Any, shape: tuple[int, ...]) -> Any:
    if x.__class__ is float and shape:
        filled = np.empty(shape)
        filled.fill(x)
        return filled
    return np.broadcast_to(x, shape)


def _inverse(axes: Sequence[int] | None) -> tuple[int, ...] | None:
    return (
        None if axes is None else tuple(int(i) for i in np.argsort([i % len(axes) for i in axes]))
    )


def _scatter(g: Any, where: Any, shape: tuple[int, ...]) -> Any:
    out = np.zeros(shape, complex if np.iscomplexobj(g) else float)
    if picks_once(where):
        out[where] = g
    else:
        np.add.at(out, where, g)  # an entry that is picked twice receives twice
    return out


def picks_once(where: Any) -> bool:
    """Whether the index picks no entry twice: integers, slices, None, … or a mask."""
    parts = where if where.__class__ is tuple else (where,)
    return all(
        part is None
        or part is Ellipsis
        or isinstance(part, int | np.integer | slice)
        or (isinstance(part, np.ndarray) and part.dtype == bool)
        for part in parts
    )


def _write_broadcast(x: str, shape: str) -> str:
    short = shape[1:-2] if shape.endswith(",)") else shape
    named = {"0.0": "zeros", "1.0": "ones"}
    return f"np.{named[x]}({short})" if x in named else f"np.full({short}, {x})"


@primitive(
    lambda x, shape: normal(np.reshape(x, shape)),
    (lambda g, y, x, shape: reshape(g, shape_of(x)),),
    (lambda t, y, x, shape: reshape(t, shape),),
    source="np.reshape({0}, {1})",
    latex=r"\operatorname{{reshape}}\left({0}\right)",
    settings=1,
    linear=True,
    view=True,
    numpy=((np.reshape, lambda a, /, shape: reshape(a, shape)),),
)
def reshape(x: Any, shape: int | tuple[int, ...]) -> Any:
    """The same entries in another shape; one length may be −1, to be worked out."""
    return x, as_shape(shape)


@primitive(
    np.transpose,
    (lambda g, y, x, axes: transpose(g, _inverse(axes)),),
    (lambda t, y, x, axes: transpose(t, axes),),
    source=lambda x, axes: f"{x}.T" if axes == "None" else f"np.transpose({x}, {axes})",
    latex=r"{0}^\top",
    binds=(CALL,),
    settings=1,
    linear=True,
    view=True,
    numpy=((np.transpose, lambda a, axes=None: transpose(a, axes)),),
)
def transpose(x: Any, axes: Sequence[int] | None = None) -> Any:
    """The axes in another order; by default reversed, which for a matrix is its transpose."""
    return x, None if axes is None else as_shape(axes)


@primitive(
    _broadcast_to,
    (lambda g, y, x, shape: g,),
    (lambda t, y, x, shape: broadcast_to(t, shape),),
    source=_write_broadcast,
    latex="{0}",
    settings=1,
    linear=True,
    numpy=((np.broadcast_to, lambda array, shape: broadcast_to(array, shape)),),
)
def broadcast_to(x: Any, shape: int | Sequence[int]) -> Any:
    """x stretched to `shape` by NumPy's broadcasting."""
    return x, as_shape(shape)


@primitive(
    lambda x, where: normal(x[where]),
    (lambda g, y, x, where: scatter(g, where, shape_of(x)),),
    (lambda t, y, x, where: index(t, where),),
    source=lambda x, where: f"{x}[{where}]",
    latex=r"{0}_{{{1}}}",
    binds=(CALL,),
    settings=1,
    linear=True,
    view=True,
    written="subscript",
)
def index(x: Any, where: Any) -> Any:
    """x[where], with NumPy's indices: integers, slices, None, `...`, masks, arrays of integers.

    A mask may be a comparison of Nodes; which entries it picks is settled now.
    """
    return x, _plain_index(where)


@primitive(
    _scatter,
    (lambda g, y, x, where, shape: index(g, where),),
    (lambda t, y, x, where, shape: scatter(t, where, shape),),
    source="scatter({0}, {1}, {2})",
    latex=r"\operatorname{{scatter}}\left({0}\right)",
    settings=2,
    linear=True,
    written="entries",
)
def scatter(x: Any, where: Any, shape: tuple[int, ...]) -> Any:
    """Zeros of `shape` with x added at `where`: the transposed map of `index`."""
    return x, where, shape


def _plain_index(where: Any) -> Any:
    if where.__class__ is tuple:
        return tuple(map(_plain_index, where))
    if isinstance(where, np.integer):
        return int(where)
    return np.asarray(where) if where.__class__ is Node else where


for kind in (Node, Dual):
    setattr(kind, "T", property(transpose))  # noqa: B010  (declared in the class)
    setattr(kind, "__getitem__", index)  # noqa: B010
