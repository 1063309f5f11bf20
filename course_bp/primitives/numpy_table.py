"""Which function of ours stands for which of NumPy's, and which have a plain answer.

The parameters have NumPy's names, so that calls by keyword work; what is not among them is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..graph import shape_of
from . import (
    arithmetic,
    elementary,
    exponentials,
    matrices,
    powers,
    rearranging,
    rounding,
    selection,
    sorting,
    statistics,
    trigonometry,
)
from .axes import Axis
from .einsum import einsum, inner, tensordot
from .joining import stack
from .linear_algebra import dot, matmul, outer
from .reductions import max, mean, min, sum
from .scans import cumprod, cumsum, flip, prod
from .shapes import broadcast_to, reshape, transpose

Function = Callable[..., Any]

UFUNCS: dict[Any, Function] = {
    np.absolute: elementary.abs,
    np.add: arithmetic.add,
    np.arccos: trigonometry.arccos,
    np.arccosh: trigonometry.arccosh,
    np.arcsin: trigonometry.arcsin,
    np.arcsinh: trigonometry.arcsinh,
    np.arctan: trigonometry.arctan,
    np.arctan2: trigonometry.arctan2,
    np.arctanh: trigonometry.arctanh,
    np.bitwise_and: selection.logical_and,
    np.bitwise_or: selection.logical_or,
    np.cbrt: exponentials.cbrt,
    np.ceil: rounding.ceil,
    np.conjugate: arithmetic.identity,
    np.cos: elementary.cos,
    np.cosh: trigonometry.cosh,
    np.deg2rad: lambda x: x * (np.pi / 180.0),
    np.degrees: lambda x: x * (180.0 / np.pi),
    np.divide: arithmetic.divide,
    np.equal: selection.equal,
    np.exp: elementary.exp,
    np.exp2: exponentials.exp2,
    np.expm1: exponentials.expm1,
    np.fabs: elementary.abs,
    np.float_power: powers.power,
    np.floor: rounding.floor,
    np.floor_divide: rounding.floor_divide,
    np.fmax: selection.fmax,
    np.fmin: selection.fmin,
    np.greater: selection.greater,
    np.greater_equal: selection.greater_equal,
    np.hypot: trigonometry.hypot,
    np.invert: selection.logical_not,
    np.isfinite: rounding.isfinite,
    np.isinf: rounding.isinf,
    np.isnan: rounding.isnan,
    np.less: lambda x, y: selection.greater(y, x),
    np.less_equal: lambda x, y: selection.greater_equal(y, x),
    np.log: elementary.log,
    np.log10: exponentials.log10,
    np.log1p: exponentials.log1p,
    np.log2: exponentials.log2,
    np.logaddexp: elementary.logaddexp,
    np.logaddexp2: exponentials.logaddexp2,
    np.logical_and: selection.logical_and,
    np.logical_not: selection.logical_not,
    np.logical_or: selection.logical_or,
    np.matmul: matmul,
    np.maximum: selection.maximum,
    np.minimum: selection.minimum,
    np.multiply: arithmetic.multiply,
    np.negative: arithmetic.negative,
    np.not_equal: lambda x, y: selection.logical_not(selection.equal(x, y)),
    np.positive: arithmetic.identity,
    np.power: powers.power,
    np.rad2deg: lambda x: x * (180.0 / np.pi),
    np.radians: lambda x: x * (np.pi / 180.0),
    np.reciprocal: lambda x: 1.0 / x,
    np.remainder: rounding.remainder,
    np.rint: rounding.rint,
    np.sign: elementary.sign,
    np.sin: elementary.sin,
    np.sinh: trigonometry.sinh,
    np.sqrt: powers.sqrt,
    np.square: powers.square,
    np.subtract: arithmetic.subtract,
    np.tan: trigonometry.tan,
    np.tanh: elementary.tanh,
    np.trunc: rounding.trunc,
}


def _sum(a: Any, axis: Axis = None, *, keepdims: bool = False) -> Any:
    return sum(a, axis, keepdims)


def _prod(a: Any, axis: Axis = None, *, keepdims: bool = False) -> Any:
    return prod(a, axis, keepdims)


def _mean(a: Any, axis: Axis = None, *, keepdims: bool = False) -> Any:
    return mean(a, axis, keepdims)


def _max(a: Any, axis: Axis = None, *, keepdims: bool = False) -> Any:
    return max(a, axis, keepdims)


def _min(a: Any, axis: Axis = None, *, keepdims: bool = False) -> Any:
    return min(a, axis, keepdims)


def _ptp(a: Any, axis: Axis = None, *, keepdims: bool = False) -> Any:
    return statistics.ptp(a, axis, keepdims)


def _var(a: Any, axis: Axis = None, *, ddof: float = 0, keepdims: bool = False) -> Any:
    return statistics.var(a, axis, ddof, keepdims)


def _std(a: Any, axis: Axis = None, *, ddof: float = 0, keepdims: bool = False) -> Any:
    return statistics.std(a, axis, ddof, keepdims)


def _clip(a: Any, a_min: Any = None, a_max: Any = None, *, min: Any = None, max: Any = None) -> Any:
    return statistics.clip(a, min if a_min is None else a_min, max if a_max is None else a_max)


FUNCTIONS: dict[Any, Function] = {
    np.append: rearranging.append,
    np.array_split: lambda ary, indices_or_sections, axis=0: rearranging.array_split(
        ary, indices_or_sections, axis
    ),
    np.atleast_1d: rearranging.atleast_1d,
    np.atleast_2d: rearranging.atleast_2d,
    np.atleast_3d: rearranging.atleast_3d,
    np.average: lambda a, axis=None, weights=None, *, keepdims=False: statistics.average(
        a, axis, weights, keepdims
    ),
    np.broadcast_to: lambda array, shape: broadcast_to(array, shape),
    np.clip: _clip,
    np.column_stack: rearranging.column_stack,
    np.concatenate: lambda arrays, /, axis=0: rearranging.join(arrays, axis),
    np.copy: lambda a: arithmetic.identity(a),
    np.cross: rearranging.cross,
    np.cumprod: lambda a, axis=None: cumprod(a, axis),
    np.cumsum: lambda a, axis=None: cumsum(a, axis),
    np.diag: lambda v, k=0: matrices.diag(v, k),
    np.diagonal: lambda a, offset=0, axis1=0, axis2=1: matrices.diagonal(a, offset, axis1, axis2),
    np.diff: lambda a, n=1, axis=-1: rearranging.diff(a, n, axis),
    np.dot: lambda a, b: dot(a, b),
    np.dsplit: lambda ary, indices_or_sections: rearranging.dsplit(ary, indices_or_sections),
    np.dstack: rearranging.dstack,
    np.einsum: lambda *operands, optimize=False: einsum(*operands),
    np.expand_dims: lambda a, axis: rearranging.expand_dims(a, axis),
    np.flip: lambda m, axis=None: flip(m, axis),
    np.fliplr: lambda m: flip(m, 1),
    np.flipud: lambda m: flip(m, 0),
    np.full_like: lambda a, fill_value: rearranging.full_like(a, fill_value),
    np.gradient: lambda f, *varargs, axis=None: rearranging.gradient(f, *varargs, axis=axis),
    np.hsplit: lambda ary, indices_or_sections: rearranging.hsplit(ary, indices_or_sections),
    np.hstack: rearranging.hstack,
    np.inner: lambda a, b, /: inner(a, b),
    np.kron: lambda a, b: rearranging.kron(a, b),
    np.linalg.cholesky: lambda a, /: matrices.cholesky(a),
    np.linalg.det: lambda a: matrices.det(a),
    np.linalg.inv: lambda a: matrices.inv(a),
    np.linalg.norm: lambda x, ord=None, axis=None, keepdims=False: matrices.norm(
        x, ord, axis, keepdims
    ),
    np.linalg.slogdet: lambda a: matrices.slogdet(a),
    np.linalg.solve: lambda a, b: matrices.solve(a, b),
    np.linspace: lambda start, stop, num=50, endpoint=True, *, axis=0: rearranging.linspace(
        start, stop, num, endpoint, axis
    ),
    np.max: _max,
    np.mean: _mean,
    np.median: lambda a, axis=None, *, keepdims=False: sorting.median(a, axis, keepdims),
    np.min: _min,
    np.moveaxis: lambda a, source, destination: rearranging.moveaxis(a, source, destination),
    np.nan_to_num: lambda x: elementary.nan_to_num(x),
    np.ones_like: lambda a: np.ones(shape_of(a)),
    np.outer: lambda a, b: outer(a, b),
    np.pad: lambda array, pad_width, mode="constant", *, constant_values=0.0: rearranging.pad(
        array, pad_width, mode, constant_values
    ),
    np.prod: _prod,
    np.ptp: _ptp,
    np.ravel: lambda a: rearranging.ravel(a),
    np.real: lambda val: arithmetic.identity(val),
    np.repeat: lambda a, repeats, axis=None: rearranging.repeat(a, repeats, axis),
    np.reshape: lambda a, /, shape: reshape(a, shape),
    np.roll: lambda a, shift, axis=None: rearranging.roll(a, shift, axis),
    np.rollaxis: lambda a, axis, start=0: rearranging.rollaxis(a, axis, start),
    np.rot90: lambda m, k=1, axes=(0, 1): rearranging.rot90(m, k, axes),
    np.select: selection.select,
    np.sinc: lambda x: trigonometry.sinc(x),
    np.sort: lambda a, axis=-1: sorting.sort(a, axis),
    np.split: lambda ary, indices_or_sections, axis=0: rearranging.split(
        ary, indices_or_sections, axis
    ),
    np.squeeze: lambda a, axis=None: rearranging.squeeze(a, axis),
    np.stack: lambda arrays, axis=0: stack(arrays, axis),
    np.std: _std,
    np.sum: _sum,
    np.swapaxes: lambda a, axis1, axis2: rearranging.swapaxes(a, axis1, axis2),
    np.take: lambda a, indices, axis=None: rearranging.take(a, indices, axis),
    np.take_along_axis: lambda arr, indices, axis=-1: rearranging.take_along_axis(
        arr, indices, axis
    ),
    np.tensordot: lambda a, b, axes=2: tensordot(a, b, axes),
    np.tile: lambda A, reps: rearranging.tile(A, reps),
    np.trace: lambda a, offset=0, axis1=0, axis2=1: matrices.trace(a, offset, axis1, axis2),
    np.transpose: lambda a, axes=None: transpose(a, axes),
    np.tril: lambda m, k=0: matrices.triangle(m, k, lower=True),
    np.triu: lambda m, k=0: matrices.triangle(m, k, lower=False),
    np.var: _var,
    np.vdot: lambda a, b, /: dot(rearranging.ravel(a), rearranging.ravel(b)),
    np.vsplit: lambda ary, indices_or_sections: rearranging.vsplit(ary, indices_or_sections),
    np.vstack: rearranging.vstack,
    np.where: lambda condition, x, y, /: selection.where(condition, x, y),
    np.zeros_like: lambda a: np.zeros(shape_of(a)),
}

# The answer is a shape, a truth value or a whole number: nothing there to be differentiated.
ANSWERED_PLAINLY: tuple[Any, ...] = (
    np.all,
    np.allclose,
    np.any,
    np.argmax,
    np.argmin,
    np.argpartition,
    np.argsort,
    np.argwhere,
    np.array_equal,
    np.array_equiv,
    np.count_nonzero,
    np.flatnonzero,
    np.isclose,
    np.iscomplexobj,
    np.isneginf,
    np.isposinf,
    np.isrealobj,
    np.may_share_memory,
    np.ndim,
    np.nonzero,
    np.result_type,
    np.searchsorted,
    np.shape,
    np.shares_memory,
    np.size,
)

# Methods of arrays that are these functions of NumPy.
METHODS = (
    *("all", "any", "argmax", "argmin", "argsort", "clip", "cumprod", "cumsum", "diagonal", "dot"),
    *("min", "nonzero", "prod", "ptp", "ravel", "repeat", "squeeze", "std", "swapaxes", "take"),
    *("trace", "var"),
)
