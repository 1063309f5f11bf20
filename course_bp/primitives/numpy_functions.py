"""NumPy's own functions and methods on Nodes and dual numbers: np.exp(x) is exp(x).

NumPy asks an operand that is no array of its own whether it has an answer. Nodes and dual numbers
have one for every function that stands for an entry of the table, so that code written for arrays,
such as `lambda z: 1 / (1 + np.exp(-z))`, can be differentiated as it is. What has no entry is
refused in words: an answer computed from the plain numbers would have lost its derivative.

Source: NumPy Enhancement Proposals 13 (`__array_ufunc__`) and 18 (`__array_function__`).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..dual import Dual
from ..graph import Node, describe, plain, shape_of
from .linear_algebra import dot, outer
from .reductions import max, mean, sum
from .selection import is_mask
from .shapes import reshape
from .table import TABLE

# What no entry of the table stands for.
_OTHERS: dict[Any, Callable[..., Any]] = {
    np.dot: dot,
    np.ndim: lambda a: len(shape_of(a)),
    np.ones_like: lambda a: np.ones(shape_of(a)),
    np.outer: outer,
    np.shape: shape_of,
    np.size: lambda a: int(np.prod(shape_of(a))),
    np.zeros_like: lambda a: np.zeros(shape_of(a)),
}


def _answers() -> dict[Any, Callable[..., Any]]:
    """What answers for each of NumPy's functions, from the entries of the table."""
    found = dict(_OTHERS)
    for entry in TABLE.values():
        for each in entry.numpy:
            function, answer = each if isinstance(each, tuple) else (each, entry.function)
            found[function] = answer
    return found


ANSWERS = _answers()


def _array_ufunc(self: Any, ufunc: Any, method: str, *inputs: Any, **settings: Any) -> Any:
    """What np.exp(x), array + x and the like give."""
    function = ANSWERS.get(ufunc)
    if function is None or method != "__call__":
        name = ufunc.__name__ if method == "__call__" else f"{ufunc.__name__}.{method}"
        raise _no_counterpart(name, self)
    if "out" in settings:
        raise TypeError(
            f"an array cannot take up {_called(self)} in place: write total = total + x for "
            "total += x, and leave out= away"
        )
    if settings:
        raise _no_setting(ufunc.__name__, settings)
    return function(*inputs)


def _array_function(self: Any, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
    """What np.sum(x) and the like give."""
    ours = ANSWERS.get(function)
    if ours is None:
        raise _no_counterpart(function.__name__, self)
    try:
        inspect.signature(ours).bind(*args, **kwargs)
    except TypeError:
        raise _no_setting(function.__name__, kwargs) from None
    return ours(*args, **kwargs)


def _array(self: Any, dtype: Any = None, copy: Any = None) -> Any:
    """A mask as a boolean array; nothing else may leave the graph unnoticed."""
    if self.__class__ is Node and is_mask(self):
        return np.asarray(self.value, bool if dtype is None else dtype)
    raise TypeError(
        f"{_called(self)} cannot be made a NumPy array without losing its derivative: use stack "
        "or concatenate to join Nodes, or read the plain number with .value"
    )


def _float(self: Any) -> float:
    raise TypeError(
        f"float() and the functions of math would cut {_called(self)} from its derivative: use "
        "exp, log, sin, … of course_bp or NumPy, or read the plain number with .value"
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


_METHODS: Sequence[tuple[str, Callable[..., Any]]] = (
    ("__array_ufunc__", _array_ufunc),
    ("__array_function__", _array_function),
    ("__array__", _array),
    ("__float__", _float),
    ("sum", sum),
    ("mean", mean),
    ("max", max),
    ("reshape", _reshape_method),
)
for kind in (Node, Dual):
    for name, method in _METHODS:
        setattr(kind, name, method)
