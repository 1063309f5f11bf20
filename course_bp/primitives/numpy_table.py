"""NumPy's functions that no entry of the table stands for: made of several, or answered plainly.

The parameters have NumPy's names, so that calls by keyword work; what is not among them is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..values import shape_of
from . import matrices, rearranging, selection, stacking, statistics
from .arithmetic import positive
from .axes import Axis
from .einstein import inner, tensordot
from .linear_algebra import dot, outer
from .scans import cumprod, flip
from .sorting import median
from .table import TABLE

Function = Callable[..., Any]


def _ptp(a: Any, axis: Axis = None, *, keepdims: bool = False) -> Any:
    return statistics.ptp(a, axis, keepdims)


def _var(a: Any, axis: Axis = None, *, ddof: float = 0, keepdims: bool = False) -> Any:
    return statistics.var(a, axis, ddof, keepdims)


def _std(a: Any, axis: Axis = None, *, ddof: float = 0, keepdims: bool = False) -> Any:
    return statistics.std(a, axis, ddof, keepdims)


def _clip(a: Any, a_min: Any = None, a_max: Any = None, *, min: Any = None, max: Any = None) -> Any:
    return statistics.clip(a, min if a_min is None else a_min, max if a_max is None else a_max)


OTHERS: dict[Any, Function] = {
    np.conjugate: positive,
    np.deg2rad: lambda x: x * (np.pi / 180.0),
    np.degrees: lambda x: x * (180.0 / np.pi),
    np.rad2deg: lambda x: x * (180.0 / np.pi),
    np.radians: lambda x: x * (np.pi / 180.0),
    np.append: stacking.append,
    np.array_split: lambda ary, indices_or_sections, axis=0: stacking.array_split(
        ary, indices_or_sections, axis
    ),
    np.atleast_1d: stacking.atleast_1d,
    np.atleast_2d: stacking.atleast_2d,
    np.atleast_3d: stacking.atleast_3d,
    np.average: lambda a, axis=None, weights=None, *, keepdims=False: statistics.average(
        a, axis, weights, keepdims
    ),
    np.clip: _clip,
    np.column_stack: stacking.column_stack,
    np.concatenate: lambda arrays, /, axis=0: stacking.join(arrays, axis),
    np.copy: lambda a: positive(a),
    np.cross: rearranging.cross,
    np.cumprod: lambda a, axis=None: cumprod(a, axis),
    np.diag: lambda v, k=0: matrices.diag(v, k),
    np.diagonal: lambda a, offset=0, axis1=0, axis2=1: matrices.diagonal(a, offset, axis1, axis2),
    np.diff: lambda a, n=1, axis=-1: rearranging.diff(a, n, axis),
    np.dot: lambda a, b: dot(a, b),
    np.dsplit: lambda ary, indices_or_sections: stacking.dsplit(ary, indices_or_sections),
    np.dstack: stacking.dstack,
    np.expand_dims: lambda a, axis: rearranging.expand_dims(a, axis),
    np.flip: lambda m, axis=None: flip(m, axis),
    np.fliplr: lambda m: flip(m, 1),
    np.flipud: lambda m: flip(m, 0),
    np.full_like: lambda a, fill_value: rearranging.full_like(a, fill_value),
    np.gradient: lambda f, *varargs, axis=None: rearranging.gradient(f, *varargs, axis=axis),
    np.hsplit: lambda ary, indices_or_sections: stacking.hsplit(ary, indices_or_sections),
    np.hstack: stacking.hstack,
    np.inner: lambda a, b, /: inner(a, b),
    np.kron: lambda a, b: rearranging.kron(a, b),
    np.linalg.norm: lambda x, ord=None, axis=None, keepdims=False: matrices.norm(
        x, ord, axis, keepdims
    ),
    np.linalg.slogdet: lambda a: matrices.slogdet(a),
    np.linspace: lambda start, stop, num=50, endpoint=True, *, axis=0: rearranging.linspace(
        start, stop, num, endpoint, axis
    ),
    np.median: lambda a, axis=None, *, keepdims=False: median(a, axis, keepdims),
    np.moveaxis: lambda a, source, destination: rearranging.moveaxis(a, source, destination),
    np.ones_like: lambda a: np.ones(shape_of(a)),
    np.outer: lambda a, b: outer(a, b),
    np.pad: lambda array, pad_width, mode="constant", *, constant_values=0.0: rearranging.pad(
        array, pad_width, mode, constant_values
    ),
    np.ptp: _ptp,
    np.ravel: lambda a: rearranging.ravel(a),
    np.real: lambda val: positive(val),
    np.repeat: lambda a, repeats, axis=None: rearranging.repeat(a, repeats, axis),
    np.roll: lambda a, shift, axis=None: rearranging.roll(a, shift, axis),
    np.rollaxis: lambda a, axis, start=0: rearranging.rollaxis(a, axis, start),
    np.rot90: lambda m, k=1, axes=(0, 1): rearranging.rot90(m, k, axes),
    np.select: selection.select,
    np.split: lambda ary, indices_or_sections, axis=0: stacking.split(
        ary, indices_or_sections, axis
    ),
    np.squeeze: lambda a, axis=None: rearranging.squeeze(a, axis),
    np.std: _std,
    np.swapaxes: lambda a, axis1, axis2: rearranging.swapaxes(a, axis1, axis2),
    np.take: lambda a, indices, axis=None: rearranging.take(a, indices, axis),
    np.take_along_axis: lambda arr, indices, axis=-1: rearranging.take_along_axis(
        arr, indices, axis
    ),
    np.tensordot: lambda a, b, axes=2: tensordot(a, b, axes),
    np.tile: lambda A, reps: rearranging.tile(A, reps),
    np.trace: lambda a, offset=0, axis1=0, axis2=1: matrices.trace(a, offset, axis1, axis2),
    np.tril: lambda m, k=0: matrices.triangle(m, k, lower=True),
    np.triu: lambda m, k=0: matrices.triangle(m, k, lower=False),
    np.var: _var,
    np.vdot: lambda a, b, /: dot(rearranging.ravel(a), rearranging.ravel(b)),
    np.vsplit: lambda ary, indices_or_sections: stacking.vsplit(ary, indices_or_sections),
    np.vstack: stacking.vstack,
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


def answers() -> dict[Any, Function]:
    """What answers for each of NumPy's functions: the entries of the table, and the others."""
    found = dict(OTHERS)
    for entry in TABLE.values():
        for each in entry.numpy:
            function, answer = each if isinstance(each, tuple) else (each, entry.function)
            found[function] = answer
    return found
