"""The matrix product.

Source: D1 and D3 (BP1–BP4 are its two rules), D4 "the 20-line network"; for C = A B the adjoints
are Ā = C̄ Bᵀ and B̄ = Aᵀ C̄ (Giles 2008, section 2.2.2).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..values import shape_of
from .arithmetic import multiply
from .entries import primitive
from .operators import attach_binary
from .shapes import reshape, transpose
from .table import PRODUCT, SIGN, TABLE, normal

__all__ = ["dot", "matmul", "outer"]


def _flip(x: Any) -> Any:
    """The last two axes swapped."""
    if x.ndim == 2:
        return x.T
    return transpose(x, (*range(x.ndim - 2), x.ndim - 1, x.ndim - 2))


def _as_matrices(g: Any, a: Any, b: Any) -> tuple[Any, Any, Any]:
    """g, a and b with a vector a written as a row, a vector b as a column, and g to match."""
    shape: tuple[int, ...] = () if g.__class__ is float else g.shape
    if a.ndim == 1:
        a = reshape(a, (1, *a.shape))
        shape = (*shape[:-1], 1, shape[-1]) if b.ndim > 1 else (*shape, 1)
    if b.ndim == 1:
        b = reshape(b, (*b.shape, 1))
        shape = (*shape, 1)
    return reshape(g, shape), a, b


def _vjp_left(g: Any, y: Any, a: Any, b: Any) -> Any:
    if b.ndim == 2 >= a.ndim:
        return g @ b.T
    if a.ndim <= 2 and b.ndim == 1:
        return (g if a.ndim == 1 else reshape(g, (-1, 1))) * b
    g, _, b = _as_matrices(g, a, b)
    adjoint = g @ _flip(b)
    return adjoint if a.ndim > 1 else reshape(adjoint, (*adjoint.shape[:-2], a.shape[0]))


def _vjp_right(g: Any, y: Any, a: Any, b: Any) -> Any:
    if a.ndim == 2 >= b.ndim:
        return a.T @ g
    if a.ndim == 1 and b.ndim <= 2:
        return g * a if b.ndim == 1 else reshape(a, (-1, 1)) * g
    g, a, _ = _as_matrices(g, a, b)
    adjoint = _flip(a) @ g
    return adjoint if b.ndim > 1 else reshape(adjoint, adjoint.shape[:-1])


@primitive(
    lambda a, b: normal(np.matmul(a, b)),
    (_vjp_left, _vjp_right),
    (lambda t, y, a, b: matmul(t, b), lambda t, y, a, b: matmul(a, t)),
    source="{0} @ {1}",
    latex=r"{0} \, {1}",
    precedence=PRODUCT,
    binds=(PRODUCT, SIGN),
    product=True,
    numpy=(np.matmul,),
)
def matmul(x: Any, y: Any) -> Any:
    """The matrix product x @ y of vectors, matrices or stacks of matrices, as in NumPy."""
    return x, y


attach_binary(TABLE["matmul"], "matmul")


def dot(x: Any, y: Any) -> Any:
    """NumPy's dot: x's last axis with y's last but one, and all the others side by side.

    Up to matrices that is the matrix product; a number multiplies.
    """
    left, right = shape_of(x), shape_of(y)
    if not left or not right:
        return multiply(x, y)
    if len(left) == 1 or len(right) <= 2:
        return matmul(x, y)
    length = right[-2]
    others = (*right[:-2], right[-1])
    order = (len(right) - 2, *range(len(right) - 2), len(right) - 1)
    rows = reshape(x, (math.prod(left[:-1]), left[-1]))
    columns = reshape(transpose(y, order), (length, math.prod(others)))
    return reshape(matmul(rows, columns), (*left[:-1], *others))


def outer(x: Any, y: Any) -> Any:
    """Each entry of x times each of y, as a matrix."""
    sizes = math.prod(shape_of(x)), math.prod(shape_of(y))
    return reshape(x, (sizes[0], 1)) * reshape(y, (1, sizes[1]))
