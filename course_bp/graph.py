"""The computation graph: a node for every value, an edge for every use of it.

Running ordinary arithmetic on `Node`s writes down what was computed, as a Wengert list does:
each node holds its value, the operands it was made from and the operation that made it.
`topological_order` reads that record back for `backward_pass` and `forward_mode`.

Source: D0 "Reverse-mode differentiation" (forward in topological order, backward in reverse);
D1 "Memory" (the Wengert list); Griewank and Walther, Evaluating Derivatives, chapter 3.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from .values import Value, is_float64, kind_of

if TYPE_CHECKING:
    from .primitives.table import Primitive

next_serial = itertools.count(1).__next__
_by_serial = attrgetter("serial")


class Node:
    """A value that remembers how it was computed.

    Args:
        value: a float, a float64 array or (nested) list of floats. Integers are refused, since
            a small step away from an integer is not an integer.
        name: what messages, drawings and printed source call the node.

    Attributes:
        value: a Python float, or a float64 array with at least one axis.
        grad: None until a backward pass reached the node; then see `backward`.
        operands: all that the operation was given, in order: Nodes, constants and settings
            such as an axis. Empty for a leaf.
        parents: those of the operands that are Nodes.
        operation: the `Primitive` that made the node, None for a leaf.
        serial: the running number of the node; a parent's is always smaller than its child's.

    Operators, comparisons and indexing work as in NumPy, with arrays and floats on either side,
    and so do the methods sum, mean, max and reshape, T, and NumPy's functions as far as the table
    has a rule for them. A comparison is recorded like the rest, so that `where(x > 0, …)` remains
    what it says when it is printed; `if x > 0:` asks for its truth, `&`, `|` and `~` join several,
    and `x[x > 0]` picks entries.

    Raises:
        TypeError: for integers, booleans, complex numbers and anything that is not a number.
    """

    # Two operands lie in two slots: a tuple around each pair would double the objects that the
    # garbage collector looks at, half the time of a scalar network. Any other number of them is
    # a tuple in _left, and _right says so.
    __slots__ = ("_left", "_right", "grad", "name", "operation", "serial", "value")

    value: Value
    grad: Any
    _left: Any
    _right: Any
    operation: Primitive | None
    name: str | None
    serial: int

    def __init__(self, value: Any, name: str | None = None) -> None:
        self.value = as_differentiable(value, name or "a Node")
        self.grad = None
        self.operands = ()
        self.operation = None
        self.name = name
        self.serial = next_serial()

    @property
    def operands(self) -> tuple[Any, ...]:
        """All that the operation was given, in order."""
        return self._left if self._right is MANY else (self._left, self._right)

    @operands.setter
    def operands(self, operands: tuple[Any, ...]) -> None:
        self._left, self._right = operands if len(operands) == 2 else (operands, MANY)

    @property
    def parents(self) -> tuple[Node, ...]:
        """The nodes this one was computed from, in the order of the operands."""
        return tuple(operand for operand in self.operands if operand.__class__ is Node)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the value; () for a float."""
        value = self.value
        return () if value.__class__ is float else value.shape  # type: ignore[union-attr]

    @property
    def ndim(self) -> int:
        """The number of axes of the value."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """The number of entries of the value."""
        return int(np.size(self.value))

    def backward(self, seed: Value | None = None) -> None:
        """Run the backward pass from this node and leave the gradients on the nodes.

        A leaf's `grad` is added to, call after call, as in PyTorch: set it to None before the
        next step of a training loop. Every other node's `grad` is the adjoint of the latest
        pass alone, so that each can be read and none is counted twice.

        Args:
            seed: the derivative with respect to this node, of its shape; 1 for a scalar.

        Raises:
            ValueError: if the node is not a scalar and no seed is given, or if the shapes differ.

        Source: D0 "Reverse-mode differentiation".
        """
        from .backward_pass import backward_pass, seed_for

        backward_pass(topological_order(self), [(self, seed_for(self, seed))])

    def __repr__(self) -> str:
        label = f", name={self.name!r}" if self.name else ""
        made_by = f", operation={self.operation.name}" if self.operation else ""
        return f"Node({self.value!r}{label}{made_by})"

    def __format__(self, spec: str) -> str:
        return format(self.value, spec) if spec else repr(self)

    # A node is the key of its adjoint, whatever its value: x == y makes a node, no comparison.
    __hash__ = object.__hash__

    def __bool__(self) -> bool:
        return bool(self.value)

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("a scalar Node has no length")
        return self.shape[0]

    def __iter__(self) -> Iterator[Node]:
        return (self[i] for i in range(len(self)))

    if TYPE_CHECKING:  # `primitives` gives these to the class, from its table

        def __add__(self, other: Any) -> Node: ...
        def __radd__(self, other: Any) -> Node: ...
        def __sub__(self, other: Any) -> Node: ...
        def __rsub__(self, other: Any) -> Node: ...
        def __mul__(self, other: Any) -> Node: ...
        def __rmul__(self, other: Any) -> Node: ...
        def __truediv__(self, other: Any) -> Node: ...
        def __rtruediv__(self, other: Any) -> Node: ...
        def __pow__(self, other: Any) -> Node: ...
        def __rpow__(self, other: Any) -> Node: ...
        def __matmul__(self, other: Any) -> Node: ...
        def __rmatmul__(self, other: Any) -> Node: ...
        def __neg__(self) -> Node: ...
        def __pos__(self) -> Node: ...
        def __abs__(self) -> Node: ...
        def __lt__(self, other: Any) -> Node: ...
        def __le__(self, other: Any) -> Node: ...
        def __gt__(self, other: Any) -> Node: ...
        def __ge__(self, other: Any) -> Node: ...
        def __and__(self, other: Any) -> Node: ...
        def __or__(self, other: Any) -> Node: ...
        def __invert__(self) -> Node: ...
        def __getitem__(self, index: Any) -> Node: ...
        def sum(self, axis: Any = None, keepdims: bool = False) -> Node:
            """The sum, of all entries or along an axis."""

        def mean(self, axis: Any = None, keepdims: bool = False) -> Node:
            """The mean, likewise."""

        def max(self, axis: Any = None, keepdims: bool = False) -> Node:
            """The largest entry, likewise."""

        def reshape(self, *shape: Any) -> Node:
            """The same entries in another shape."""

        @property
        def T(self) -> Node:
            """The axes reversed."""


MANY = object()  # in the place of the second operand: the first is a tuple of them all
_new = object.__new__


def record(value: Value, operands: tuple[Any, ...], operation: Primitive | None) -> Node:
    """The node that an operation makes; its value is trusted to be a float or float64 array."""
    if len(operands) == 2:
        return record_binary(value, *operands, operation)
    return record_binary(value, operands, MANY, operation)


def record_binary(value: Value, left: Any, right: Any, operation: Primitive | None) -> Node:
    """The node that an operation on two operands makes."""
    node = _new(Node)
    node.value = value
    node.grad = None
    node._left = left
    node._right = right
    node.operation = operation
    node.name = None
    node.serial = next_serial()
    return node


def topological_order(*results: Node, since: int = 0) -> list[Node]:
    """The nodes and every node they were computed from, each before all its parents.

    Nodes are numbered as they are made and can only be made from nodes that exist, so sorting
    what is reachable by number, latest first, puts every child before its parents.

    Args:
        results: where to begin; a single one comes out first.
        since: a serial number; older nodes are listed, but what they were made from is not.
    """
    seen = set(results)
    waiting = list(results)
    while waiting:
        node = waiting.pop()
        for operand in node._left if node._right is MANY else (node._left, node._right):
            if operand.__class__ is Node and operand not in seen:
                seen.add(operand)
                if operand.serial >= since:
                    waiting.append(operand)
    return sorted(seen, key=_by_serial, reverse=True)


def plain(x: Any) -> Any:
    """The number behind a Node; anything else as it is."""
    return x.value if x.__class__ is Node else x


def describe(x: Any) -> str:
    """How a message calls an operand: by its name if it has one, else by what made it."""
    if x.__class__ is not Node:
        return f"the constant of shape {np.shape(x)}"
    if x.name:
        return f"'{x.name}' of shape {x.shape}"
    kind = f"the result of {x.operation.name}" if x.operation else "an unnamed leaf"
    return f"{kind} of shape {x.shape}"


def as_differentiable(value: Any, what: str) -> Value:
    """`value` as a float or float64 array that can be differentiated with respect to.

    Raises:
        TypeError: for integers, booleans, complex numbers and anything that is not a number.
    """
    if value.__class__ is float or is_float64(value):
        return value  # type: ignore[no-any-return]
    if value.__class__ is Node:
        return value.value
    array = np.asarray(value)
    if array.dtype.kind in "iub":
        raise TypeError(
            f"{what} is of the integer type {array.dtype}, and derivatives need real numbers: "
            "write 3.0 for 3, or array.astype(float)"
        )
    if array.dtype.kind != "f":
        raise TypeError(
            f"{what} must be a float or an array of floats, not {kind_of(value, array)}"
        )
    if array.ndim == 0:
        return float(array)
    return array.astype(np.float64, copy=False)
