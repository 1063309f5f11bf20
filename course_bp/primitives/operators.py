"""The operators of Nodes and dual numbers, with a short way for the common operands.

A scalar network of some thousand nodes spends its time here, so the common cases (a Node with a
Node or a float) are tested first and everything else goes through `apply`. Values and rules come
from the table in either case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from ..dual import Dual
from ..graph import Node, record_binary
from ..values import is_float64
from .table import Primitive, apply, shape_error

Unary: TypeAlias = Callable[[Any], Any]
Binary: TypeAlias = Callable[[Any, Any], Any]


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
