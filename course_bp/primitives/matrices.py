"""Parts of matrices and functions of them: diagonals, trace, inverse, solve, determinant, norm.

Source: Giles 2008, "An extended collection of matrix derivative results", section 2.2; Murray 2016,
"Differentiation of the Cholesky decomposition".
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dual import Dual
from ..graph import plain
from ..values import shape_of
from .axes import Axis, as_axis, numbered
from .comparisons import equal
from .elementary import abs
from .entries import primitive
from .linear_algebra import matmul
from .powers import power, root
from .reductions import max, min, sum
from .selection import where
from .shapes import index, reshape, scatter, transpose
from .table import normal

__all__ = ["cholesky", "det", "inv", "logabsdet", "solve"]


def swapped(x: Any) -> Any:
    """The last two axes exchanged: the transpose of each matrix in a stack."""
    ndim = len(shape_of(x))
    return transpose(x, (*range(ndim - 2), ndim - 1, ndim - 2))


def _times(a: Any, b: Any, vectors: bool) -> Any:
    """a bᵀ for vectors b, a bᵀ of matrices otherwise, in stacks."""
    if vectors:
        return reshape(a, (*shape_of(a), 1)) * reshape(b, (*shape_of(b)[:-1], 1, shape_of(b)[-1]))
    return matmul(a, swapped(b))


def _vjp_solve_left(g: Any, y: Any, a: Any, b: Any) -> Any:
    return -_times(solve(swapped(a), g), y, len(shape_of(b)) == 1)


@primitive(
    np.linalg.inv,
    (lambda g, y, x: -matmul(swapped(y), matmul(g, swapped(y))),),
    (lambda t, y, x: -matmul(y, matmul(t, y)),),
    source="np.linalg.inv({0})",
    latex="{0}^{{-1}}",
    numpy=((np.linalg.inv, lambda a: inv(a)),),
)
def inv(x: Any) -> Any:
    """The inverse of a square matrix, or of each in a stack.

    Raises:
        numpy.linalg.LinAlgError: if there is none.
    """
    return (x,)


@primitive(
    np.linalg.solve,
    (_vjp_solve_left, lambda g, y, a, b: solve(swapped(a), g)),
    (lambda t, y, a, b: -solve(a, matmul(t, y)), lambda t, y, a, b: solve(a, t)),
    source="np.linalg.solve({0}, {1})",
    latex=r"{0}^{{-1}} \, {1}",
    numpy=((np.linalg.solve, lambda a, b: solve(a, b)),),
)
def solve(a: Any, b: Any) -> Any:
    """The solution x of a x = b for a vector or matrix b, or stacks of matrices.

    Raises:
        numpy.linalg.LinAlgError: if a has no inverse.
    """
    return a, b


@primitive(
    lambda x: normal(np.linalg.det(x)),
    (lambda g, y, x: _scaled(g * y, swapped(inv(x))),),
    (lambda t, y, x: y * trace(matmul(inv(x), t), 0, -2, -1),),
    source="np.linalg.det({0})",
    latex=r"\det {0}",
    numpy=((np.linalg.det, lambda a: det(a)),),
)
def det(x: Any) -> Any:
    """The determinant of a square matrix, or of each in a stack.

    Its derivative is taken from the inverse: LinAlgError for a matrix that has none.
    """
    return (x,)


@primitive(
    np.linalg.cholesky,
    (lambda g, y, x: _vjp_cholesky(g, y),),
    (lambda t, y, x: _jvp_cholesky(t, y),),
    source="np.linalg.cholesky({0})",
    latex=r"\operatorname{{chol}}\left({0}\right)",
    numpy=((np.linalg.cholesky, lambda a, /: cholesky(a)),),
)
def cholesky(x: Any) -> Any:
    """The lower triangular L with L Lᵀ = x for a symmetric, positive definite matrix, or a stack.

    As in NumPy the entries above the diagonal are not read, so their derivative is 0.

    Raises:
        numpy.linalg.LinAlgError: if x is not positive definite.
    """
    return (x,)


@primitive(
    lambda x: normal(np.linalg.slogdet(x)[1]),
    (lambda g, y, x: _scaled(g, swapped(inv(x))),),
    (lambda t, y, x: trace(matmul(inv(x), t), 0, -2, -1),),
    source="np.linalg.slogdet({0})[1]",
    latex=r"\log \left|\det {0}\right|",
)
def logabsdet(x: Any) -> Any:
    """The logarithm of the absolute value of the determinant."""
    return (x,)


def _lower_half(x: Any) -> Any:
    """The lower triangle with half of the diagonal."""
    return triangle(x, -1, lower=True) + x * (0.5 * np.eye(shape_of(x)[-1]))


def _vjp_cholesky(g: Any, y: Any) -> Any:
    """L⁻ᵀ Φ(Lᵀ Ḡ) L⁻¹, where Φ is `_lower_half`, gathered in the lower triangle, which is read."""
    inner = _lower_half(matmul(swapped(y), triangle(g, 0, lower=True)))
    half = solve(swapped(y), inner)
    whole = swapped(solve(swapped(y), swapped(half)))
    return _lower_half(whole + swapped(whole)) * (1.0 * np.tri(shape_of(y)[-1]))


def _jvp_cholesky(t: Any, y: Any) -> Any:
    """L Φ(L⁻¹ Ẋ L⁻ᵀ)."""
    lower = _lower_half(t)
    inner = solve(y, swapped(solve(y, lower + swapped(lower))))
    return matmul(y, _lower_half(inner))


def _scaled(g: Any, matrix: Any) -> Any:
    return reshape(g, (*shape_of(g), 1, 1)) * matrix


def slogdet(x: Any) -> tuple[Any, Any]:
    """The sign of the determinant, a plain number, and the logarithm of its absolute value."""
    value = x.value if x.__class__ is Dual else plain(x)
    return normal(np.linalg.slogdet(value)[0]), logabsdet(x)


def diagonal(x: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    """The entries at equal places of two axes, along a new last axis, as in NumPy."""
    ndim = len(shape_of(x))
    pair = numbered((axis1, axis2), ndim)
    moved = transpose(x, (*(i for i in range(ndim) if i not in pair), *pair))
    rows, columns = shape_of(moved)[-2:]
    first, second = (0, offset) if offset >= 0 else (-offset, 0)
    places = np.arange(int(np.maximum(0, np.minimum(rows - first, columns - second))))
    return index(moved, (..., places + first, places + second))


def trace(x: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    """The sum of a diagonal."""
    return sum(diagonal(x, offset, axis1, axis2), -1)


def diag(x: Any, k: int = 0) -> Any:
    """The diagonal of a matrix; of a vector the matrix that has it as its diagonal."""
    if len(shape_of(x)) != 1:
        return diagonal(x, k)
    places = np.arange(shape_of(x)[0])
    first, second = (0, k) if k >= 0 else (-k, 0)
    size = len(places) + np.abs(k).item()
    return scatter(x, (places + first, places + second), (size, size))


def triangle(x: Any, k: int, lower: bool) -> Any:
    """x with 0 above, or below, its k-th diagonal."""
    rows, columns = shape_of(x)[-2:]
    inside = np.tri(rows, columns, k, dtype=bool) if lower else ~np.tri(rows, columns, k - 1, bool)
    return where(inside, x, 0.0)


def norm(x: Any, ord: Any = None, axis: Axis = None, keepdims: bool = False) -> Any:
    """The length of vectors, or the Frobenius, 1- or ∞-norm of matrices, as in NumPy.

    Where the length is 0 its derivative is taken to be 0.

    Raises:
        ValueError: for a norm that takes singular values.
    """
    axis, ndim = as_axis(axis), len(shape_of(x))
    if ord is None or (ord == 2 and (isinstance(axis, int) or (axis is None and ndim == 1))):
        return _length(x, axis, keepdims)
    axes = numbered(axis, ndim)
    if len(axes) == 1:
        return _vector_norm(abs(x), ord, axes[0], keepdims)
    if ord == "fro":
        return _length(x, axes, keepdims)
    if ord not in (1, -1, np.inf, -np.inf):
        raise ValueError(f"norm {ord!r} of matrices takes singular values, which have no rule here")
    first, second = axes if ord in (1, -1) else axes[::-1]
    largest = max if ord > 0 else min
    found = largest(sum(abs(x), first, True), second, True)
    return found if keepdims else _without(found, axes, ndim)


def _without(x: Any, axes: tuple[int, ...], ndim: int) -> Any:
    lost = numbered(axes, ndim)
    return reshape(x, tuple(n for i, n in enumerate(shape_of(x)) if i not in lost))


def _vector_norm(size: Any, ord: Any, axis: int, keepdims: bool) -> Any:
    if ord in (np.inf, -np.inf):
        return (max if ord > 0 else min)(size, axis, keepdims)
    if ord == 0:
        return sum(where(equal(size, 0.0), 0.0, 1.0), axis, keepdims)
    if ord == 1:
        return sum(size, axis, keepdims)
    return power(sum(power(size, float(ord)), axis, keepdims), 1.0 / ord)


def _length(x: Any, axis: Axis, keepdims: bool) -> Any:
    return root(sum(x * x, axis, keepdims))
