"""Functions and operators out of table entries, with a short way for the common operands.

A scalar network of some thousand nodes spends its time here, so the common cases (a Node with a
Node or a float, a plain float, a plain array) are tested first and everything else goes through
`apply`. Values and rules come from the table in either case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import numpy as np

from ..dual import Dual
from ..graph import Node, is_float64, record, record_binary
from .table import Primitive, apply, normal, shape_error

Unary: TypeAlias = Callable[[Any], Any]
Binary: TypeAlias = Callable[[Any, Any], Any]
_F = TypeVar("_F", bound=Callable[..., Any])


def on_floats(fast: Unary, general: Unary) -> Unary:
    """`fast` for Python floats; `general` for arrays, and for what `fast` has no answer to."""

    def value(x: Any) -> Any:
        if x.__class__ is float:
            try:
                return fast(x)
            except (ValueError, OverflowError):
                return float(general(x))
        return general(x)

    return value


def unary_function(primitive: Primitive, doc: str) -> Unary:
    """The public function of one operand: plain in, plain out; Node in, Node out."""
    compute = primitive.value

    def function(x: Any) -> Any:
        kind = x.__class__
        if kind is Node:
            return record(compute(x.value), (x,), primitive)
        if kind is float or kind is np.ndarray:
            return compute(x)
        return apply(primitive, x)

    return _named(function, primitive, doc)


def binary_function(primitive: Primitive, doc: str) -> Binary:
    """The public function of two operands."""
    compute = primitive.value

    def function(x: Any, y: Any) -> Any:
        left, right = x.__class__ is Node, y.__class__ is Node
        if (
            (left or right)
            and not primitive.mask
            and (left or x.__class__ is float or is_float64(x))
            and (right or y.__class__ is float or is_float64(y))
        ):
            try:
                value = compute(x.value if left else x, y.value if right else y)
            except ValueError as error:
                raise shape_error(primitive, (x, y), error) from error
            return record_binary(normal(value), x, y, primitive)
        return apply(primitive, x, y)

    return _named(function, primitive, doc)


def binary_methods(primitive: Primitive) -> tuple[Binary, Binary]:
    """The operator with the Node or Dual on the left, and with it on the right."""
    compute = primitive.value

    def method(self: Any, other: Any) -> Any:
        if self.__class__ is Node:
            try:
                if other.__class__ is Node:
                    return record_binary(compute(self.value, other.value), self, other, primitive)
                if other.__class__ is float or is_float64(other):
                    return record_binary(compute(self.value, other), self, other, primitive)
            except ValueError as error:
                raise shape_error(primitive, (self, other), error) from error
        return apply_operator(primitive, self, other)

    def reflected(self: Any, other: Any) -> Any:
        if self.__class__ is Node and (other.__class__ is float or is_float64(other)):
            try:
                return record_binary(compute(other, self.value), other, self, primitive)
            except ValueError as error:
                raise shape_error(primitive, (other, self), error) from error
        return apply_operator(primitive, other, self)

    return method, reflected


def apply_operator(primitive: Primitive, left: Any, right: Any) -> Any:
    """`apply`, unless an operand is of a kind that may know better what to do."""
    for operand in (left, right):
        if not isinstance(operand, _KNOWN):
            return NotImplemented
    return apply(primitive, left, right)


_KNOWN = (Node, Dual, int, float, complex, np.ndarray, np.generic, list, tuple)


def attach_binary(primitive: Primitive, symbol: str) -> None:
    """Give Node and Dual the operator `__symbol__` and its reflection."""
    for kind in (Node, Dual):
        method, reflected = binary_methods(primitive)
        setattr(kind, f"__{symbol}__", method)
        setattr(kind, f"__r{symbol}__", reflected)


def _named(function: _F, primitive: Primitive, doc: str) -> _F:
    function.__name__ = function.__qualname__ = primitive.name
    function.__module__ = "course_bp"
    function.__doc__ = doc
    return function
