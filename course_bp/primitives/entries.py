"""Entering an operation in the table: its entry is written above its public function.

    @elementwise(np.arctan, lambda g, y, x: g / (1.0 + x * x), source="np.arctan({0})", …)
    def arctan(x: Any) -> Any: "The angle whose tangent is x."

A scalar network of some thousand nodes spends its time in these functions, so those of one or two
operands test the common cases first (Nodes, plain floats, plain arrays); everything else goes
through `apply`. Values and rules come from the table in either case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

import numpy as np

from ..graph import Node, record, record_binary
from ..values import is_float64
from .table import Primitive, Rule, apply, define, normal, shape_error

_F = TypeVar("_F", bound=Callable[..., Any])


def elementwise(
    value: Callable[..., Any], *rules: Rule | None, **fields: Any
) -> Callable[[_F], _F]:
    """Enter an elementwise operation: its Jacobians are diagonal, so VJP and JVP are one rule.

    Args:
        value: the operation on floats and arrays.
        rules: one for each operand, None where there is no derivative.
        fields: those of `Primitive` that differ from their defaults.

    Returns:
        A decorator of the function that describes the operation: its name, parameters and
        docstring count, and it needs no body.
    """

    def enter(described: _F) -> _F:
        name = described.__name__
        entry = define(Primitive(name, value, rules, rules, elementwise=True, **fields))
        return _as_described(_FUNCTIONS[len(rules)](entry), described, entry)

    return enter


def primitive(
    value: Callable[..., Any],
    vjps: Sequence[Rule | None],
    jvps: Sequence[Rule | None],
    **fields: Any,
) -> Callable[[_F], _F]:
    """Enter any other operation.

    Args:
        value: the operation on floats and arrays, called with all operands and settings.
        vjps, jvps: the rules, one for each operand.
        fields: those of `Primitive` that differ from their defaults.

    Returns:
        A decorator of the function that makes the operands and settings of its arguments.
    """

    def enter(operands_of: _F) -> _F:
        entry = define(Primitive(operands_of.__name__, value, vjps, jvps, **fields))

        def function(*args: Any, **kwargs: Any) -> Any:
            return apply(entry, *operands_of(*args, **kwargs))

        return _as_described(function, operands_of, entry)

    return enter


def on_floats(fast: Callable[[Any], Any], general: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """`fast` for Python floats; `general` for arrays, and for what `fast` has no answer to."""

    def value(x: Any) -> Any:
        if x.__class__ is float:
            try:
                return fast(x)
            except (ValueError, OverflowError):
                return float(general(x))
        return general(x)

    return value


def _of_one_operand(entry: Primitive) -> Callable[..., Any]:
    compute = entry.value
    if entry.mask:  # its truth values are recorded as numbers
        return lambda x: apply(entry, x)

    def function(x: Any) -> Any:
        kind = x.__class__
        if kind is Node:
            return record(compute(x.value), (x,), entry)
        if kind is float or kind is np.ndarray:
            return compute(x)
        return apply(entry, x)

    return function


def _of_two_operands(entry: Primitive) -> Callable[..., Any]:
    compute = entry.value

    def function(x: Any, y: Any) -> Any:
        left, right = x.__class__ is Node, y.__class__ is Node
        if (
            (left or right)
            and not entry.mask
            and (left or x.__class__ is float or is_float64(x))
            and (right or y.__class__ is float or is_float64(y))
        ):
            try:
                value = compute(x.value if left else x, y.value if right else y)
            except ValueError as error:
                raise shape_error(entry, (x, y), error) from error
            return record_binary(normal(value), x, y, entry)
        return apply(entry, x, y)

    return function


_FUNCTIONS = {1: _of_one_operand, 2: _of_two_operands}


def _as_described(function: Callable[..., Any], described: _F, entry: Primitive) -> _F:
    """The public function under the name, with the signature and the words of the description."""
    public: Any = wraps(described)(function)
    public.__module__ = "course_bp"
    object.__setattr__(entry, "function", public)  # the entry and its function name each other
    return public  # type: ignore[no-any-return]
