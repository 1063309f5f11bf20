"""NumPy's own functions and methods on Nodes and dual numbers: np.exp(x) is exp(x).

NumPy asks an operand that is not one of its own arrays whether it has an answer. Nodes and dual
numbers have one for every function that an entry of the table or `numpy_table` names, so that code
written for arrays, such as `lambda z: 1 / (1 + np.exp(-z))`, can be differentiated as it is.
Questions whose answer has no derivative (argmax, any, shape) are answered from the plain numbers.
Everything else is refused in words: computed from the plain numbers it would have lost its
derivative.

Source: NumPy Enhancement Proposals 13 (`__array_ufunc__`) and 18 (`__array_function__`).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..dual import Dual
from ..graph import Node, describe, plain
from .arithmetic import positive
from .comparisons import is_mask
from .numpy_table import ANSWERED_PLAINLY, METHODS, answers
from .reductions import max, mean, min, sum
from .scans import cumprod, cumsum, prod
from .shapes import reshape, transpose

ANSWERS = answers()

# What says nothing: the settings by which NumPy's functions do what ours do.
_USUAL: dict[str, tuple[Any, ...]] = {
    "dtype": (None, float, np.float64, "float64", "float"),
    "order": ("C", "K", "A", None),
    "out": (None,),
    "where": (True,),
    "casting": ("same_kind", "unsafe"),
    "subok": (True, False),
    "copy": (True,),
    "kind": (None, "quicksort", "stable", "mergesort", "heapsort"),
}
_REDUCTIONS: dict[Any, Callable[..., Any]] = {
    np.add: sum,
    np.multiply: prod,
    np.maximum: max,
    np.minimum: min,
}
_ACCUMULATIONS: dict[Any, Callable[..., Any]] = {np.add: cumsum, np.multiply: cumprod}


def _array_ufunc(self: Any, ufunc: Any, method: str, *inputs: Any, **settings: Any) -> Any:
    """What np.exp(x), array + x and the like give."""
    if method == "__call__" and not settings and ufunc in ANSWERS:
        return ANSWERS[ufunc](*inputs)
    if any(x is not None for x in settings.pop("out", ())):
        raise TypeError(
            f"an array cannot take up {_called(self)} in place: write total = total + x for "
            "total += x, and leave out= away"
        )
    settings = _unusual(settings)
    if method == "reduce" and ufunc in _REDUCTIONS:
        return _bound(
            _REDUCTIONS[ufunc], f"{ufunc.__name__}.reduce", inputs, {"axis": 0} | settings
        )
    if method == "accumulate" and ufunc in _ACCUMULATIONS:
        function = _ACCUMULATIONS[ufunc]
        return _bound(function, f"{ufunc.__name__}.accumulate", inputs, {"axis": 0} | settings)
    if method != "__call__" or ufunc not in ANSWERS:
        name = ufunc.__name__ if method == "__call__" else f"{ufunc.__name__}.{method}"
        raise _no_counterpart(name, self)
    if settings:
        raise _no_setting(ufunc.__name__, settings)
    return ANSWERS[ufunc](*inputs)


def _array_function(self: Any, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
    """What np.sum(x) and the like give."""
    if function in ANSWERED_PLAINLY:
        return function(*_plain(args), **{name: _plain(x) for name, x in kwargs.items()})
    if function not in ANSWERS:
        raise _no_counterpart(function.__name__, self)
    return _bound(ANSWERS[function], function.__name__, args, _unusual(kwargs))


def _bound(function: Callable[..., Any], name: str, args: Any, settings: dict[str, Any]) -> Any:
    try:
        inspect.signature(function).bind(*args, **settings)
    except TypeError:
        raise _no_setting(name, settings) from None
    return function(*args, **settings)


def _unusual(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings that say something."""
    return {
        name: x
        for name, x in settings.items()
        if not any(x is usual or _same(x, usual) for usual in _USUAL.get(name, ()))
        and x is not getattr(np, "_NoValue", None)
    }


def _same(x: Any, usual: Any) -> bool:
    return isinstance(x, str | type | np.dtype) and bool(x == usual)


def _plain(x: Any) -> Any:
    """x with plain numbers instead of Nodes and dual numbers, in lists and tuples too."""
    if x.__class__ is Dual:
        return x.value
    if isinstance(x, list | tuple):
        return type(x)(map(_plain, x))
    return plain(x)


def _array(self: Any, dtype: Any = None, copy: Any = None) -> Any:
    """A mask as a boolean array; nothing else may leave the graph unnoticed."""
    if self.__class__ is Node and is_mask(self):
        return np.asarray(self.value, bool if dtype is None else dtype)
    raise TypeError(
        f"{_called(self)} cannot be made a NumPy array, or an entry of one, without losing its "
        "derivative: use stack or concatenate to join Nodes, where to choose between them, or "
        "read the plain number with .value"
    )


def _float(self: Any) -> float:
    raise TypeError(
        f"float() and the functions of math would cut {_called(self)} from its derivative: use "
        "exp, log, sin, … of course_bp or NumPy, or read the plain number with .value. To gather "
        "numbers in an array use stack([x, y]); an array of floats cannot take one up"
    )


def _no_counterpart(name: str, x: Any) -> TypeError:
    return TypeError(
        f"np.{name} has no rule in the table, so {_called(x)} would lose its derivative: write it "
        "with operations that course_bp has (TABLE lists them), or use the plain number, .value"
    )


def _no_setting(name: str, settings: dict[str, Any]) -> TypeError:
    given = f", not with {', '.join(settings)}" if settings else ""
    return TypeError(
        f"np.{name} takes Nodes and dual numbers with the arguments of course_bp's function{given}"
    )


def _called(x: Any) -> str:
    return (
        describe(x) if x.__class__ is Node else f"a dual number of shape {np.shape(plain(x).value)}"
    )


def _reshape_method(self: Any, *shape: Any) -> Any:
    """The same entries in another shape, given as in NumPy: x.reshape(2, 3) or ((2, 3))."""
    return reshape(self, shape[0] if len(shape) == 1 else shape)


def _transpose_method(self: Any, *axes: Any) -> Any:
    """The axes in another order, given as in NumPy: x.transpose(1, 0) or ((1, 0))."""
    return transpose(self, (axes[0] if len(axes) == 1 else axes) or None)


def _flatten(self: Any) -> Any:
    """The entries in one row."""
    return reshape(self, (int(np.prod(self.shape)),))


def _astype(self: Any, dtype: Any) -> Any:
    """x itself: it holds float64 numbers, and derivatives need nothing else."""
    if np.dtype(dtype) != np.float64:
        raise TypeError(
            f"{_called(self)} holds float64 numbers, and keeps no derivative as {dtype}"
        )
    return positive(self)


def _method(name: str) -> Callable[..., Any]:
    """The method of arrays that is a function of NumPy."""
    function = getattr(np, name, None)

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        return function(self, *args, **kwargs)  # type: ignore[misc]

    method.__name__ = name
    method.__doc__ = f"np.{name} of it."
    return method


_OURS: Sequence[tuple[str, Callable[..., Any]]] = (
    ("__array_ufunc__", _array_ufunc),
    ("__array_function__", _array_function),
    ("__array__", _array),
    ("__float__", _float),
    ("sum", sum),
    ("mean", mean),
    ("max", max),
    ("reshape", _reshape_method),
    ("transpose", _transpose_method),
    ("flatten", _flatten),
    ("copy", positive),
    ("astype", _astype),
    *((name, _method(name)) for name in METHODS),
)
for kind in (Node, Dual):
    for name, function in _OURS:
        setattr(kind, name, function)
    setattr(kind, "dtype", property(lambda self: np.dtype(np.float64)))  # noqa: B010
