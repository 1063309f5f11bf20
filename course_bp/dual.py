"""Dual numbers: a value and its tangent, carried through a computation together.

x + ẋε with ε² = 0: running a program on dual numbers gives its value and its derivative in one
sweep, with nothing recorded. The rules are the JVP rules of the table of primitives.

Source: D0 "Forward-mode differentiation"; D1 "Forward accumulation"; Griewank and Walther,
Evaluating Derivatives, section 3.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .graph import as_differentiable
from .values import Value


class Dual:
    """A number x + ẋε with ε² = 0.

    Args:
        value: x, a float or an array of floats.
        tangent: ẋ, of the same shape; a float tangent is stretched to it. Dual(x, 1.0) asks
            for the derivative with respect to x.

    Raises:
        TypeError: for integers and anything else that derivatives cannot be taken of.
        ValueError: if the tangent's shape does not fit.
    """

    __slots__ = ("tangent", "value")

    value: Value
    tangent: Value

    def __init__(self, value: Any, tangent: Any = 0.0) -> None:
        self.value = as_differentiable(value, "a Dual's value")
        tangent = as_differentiable(tangent, "a Dual's tangent")
        if np.shape(tangent) != np.shape(self.value):
            tangent = np.broadcast_to(tangent, np.shape(self.value)).copy()
        self.tangent = tangent

    def __repr__(self) -> str:
        return f"Dual({self.value!r}, {self.tangent!r})"

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the value; () for a float."""
        return np.shape(self.value)

    @property
    def ndim(self) -> int:
        """The number of axes of the value."""
        return np.ndim(self.value)

    __hash__ = object.__hash__

    def __eq__(self, other: Any) -> Any:
        return self.value == _value(other)

    def __ne__(self, other: Any) -> Any:
        return self.value != _value(other)

    def __lt__(self, other: Any) -> Any:
        return self.value < _value(other)

    def __le__(self, other: Any) -> Any:
        return self.value <= _value(other)

    def __gt__(self, other: Any) -> Any:
        return self.value > _value(other)

    def __ge__(self, other: Any) -> Any:
        return self.value >= _value(other)

    if TYPE_CHECKING:  # `primitives` gives these to the class, from its table

        def __add__(self, other: Any) -> Dual: ...
        def __radd__(self, other: Any) -> Dual: ...
        def __sub__(self, other: Any) -> Dual: ...
        def __rsub__(self, other: Any) -> Dual: ...
        def __mul__(self, other: Any) -> Dual: ...
        def __rmul__(self, other: Any) -> Dual: ...
        def __truediv__(self, other: Any) -> Dual: ...
        def __rtruediv__(self, other: Any) -> Dual: ...
        def __pow__(self, other: Any) -> Dual: ...
        def __rpow__(self, other: Any) -> Dual: ...
        def __matmul__(self, other: Any) -> Dual: ...
        def __rmatmul__(self, other: Any) -> Dual: ...
        def __neg__(self) -> Dual: ...
        def __pos__(self) -> Dual: ...
        def __abs__(self) -> Dual: ...
        def __getitem__(self, index: Any) -> Dual: ...
        def sum(self, axis: Any = None, keepdims: bool = False) -> Dual:
            """The sum, of all entries or along an axis."""

        def mean(self, axis: Any = None, keepdims: bool = False) -> Dual:
            """The mean, likewise."""

        def max(self, axis: Any = None, keepdims: bool = False) -> Dual:
            """The largest entry, likewise."""

        def reshape(self, *shape: Any) -> Dual:
            """The same entries in another shape."""

        @property
        def T(self) -> Dual:
            """The axes reversed."""


def _value(x: Any) -> Any:
    return x.value if x.__class__ is Dual else x
