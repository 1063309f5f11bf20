"""Recorded graphs as expressions fit for printing: shared where equal, and simplified.

Backward rules written for any operand leave a factor 1 here, a stretched constant there. As
expressions are built, such residues are removed and equal expressions become one, so that what
is printed computes nothing twice.

Source: Griewank and Walther, Evaluating Derivatives, section 6.2 (source transformation);
hash-consing: Filliâtre and Conchon 2006.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .graph import Node, shape_of, topological_order
from .primitives.table import TABLE, Primitive


@dataclass(eq=False, slots=True)
class Expression:
    """An operation on expressions, or what those start from.

    Attributes:
        primitive: the operation; None for an argument or a constant.
        operands: expressions, and the operation's settings.
        shape: of the value.
        constant: the number or array, if it is one.
        name: what it is called, if it has a name.
        number: the running number, larger than that of any operand.
    """

    primitive: Primitive | None
    operands: tuple[Any, ...]
    shape: tuple[int, ...]
    constant: Any
    name: str | None
    number: int

    @property
    def parents(self) -> list[Expression]:
        """Those of the operands that are expressions."""
        return [x for x in self.operands if isinstance(x, Expression)]

    def is_number(self, value: float | None = None) -> bool:
        """Whether it is a constant number, or that one."""
        return self.constant.__class__ is float and value in (None, self.constant)

    def made_by(self, name: str) -> bool:
        """Whether the operation of that name made it."""
        return self.primitive is not None and self.primitive.name == name


class Expressions:
    """All expressions of one printed function, no two of them equal."""

    def __init__(self) -> None:
        self._known: dict[Any, Expression] = {}
        self._of_node: dict[Node, Expression] = {}

    def __len__(self) -> int:
        return len(self._known)

    def argument(self, node: Node, name: str) -> Expression:
        """The expression of a function's argument, recorded as this leaf."""
        expression = self._enter(("argument", name), None, (), node.shape, None)
        expression.name = name
        self._of_node[node] = expression
        return expression

    def constant(self, value: Any) -> Expression:
        """The expression of a number or array."""
        key = value if value.__class__ is float else id(value)
        return self._enter(("constant", key), None, (), shape_of(value), value)

    def of(self, x: Any) -> Expression:
        """The expression of a Node that was read, of a leaf that is none of the arguments, or of
        a number or array.
        """
        if x.__class__ is not Node:
            return self.constant(x)
        return self._of_node[x] if x in self._of_node else self.constant(x.value)

    def read(self, nodes: Iterable[Node]) -> None:
        """Turn the nodes of a graph, parents first, into expressions."""
        for node in nodes:
            if node in self._of_node:
                continue
            operation = node.operation
            if operation is None:
                continue
            if operation.source is None:
                self._of_node[node] = self._expand(operation, node.operands)
            else:
                arrays = len(node.operands) - operation.settings
                operands = [self.of(x) for x in node.operands[:arrays]]
                self._of_node[node] = self.make(
                    operation, (*operands, *node.operands[arrays:]), node.shape
                )

    def make(
        self, primitive: Primitive, operands: Sequence[Any], shape: tuple[int, ...]
    ) -> Expression:
        """The simplest known expression of an operation on expressions."""
        if primitive.elementwise:
            operands = _without_stretching(operands, shape)
            if all(x.is_number() for x in operands):
                return self.constant(float(primitive.value(*[x.constant for x in operands])))
        simplify = _SIMPLER.get(primitive.name)
        simpler = simplify(self, *operands) if simplify else None
        if simpler is not None and simpler.shape == shape:
            return simpler
        keys = tuple(_key(x) for x in operands)
        if primitive.name in ("add", "multiply"):
            keys = tuple(sorted(keys))
        return self._enter((primitive, keys), primitive, tuple(operands), shape, None)

    def call(self, name: str, *operands: Expression) -> Expression:
        """An elementwise operation of the table, by its name."""
        shape = np.broadcast_shapes(*(x.shape for x in operands))
        return self.make(TABLE[name], operands, shape)

    def _expand(self, operation: Primitive, operands: Sequence[Any]) -> Expression:
        """What an operation does, told in other primitives."""
        inner = [Node(x.value) if x.__class__ is Node else x for x in operands]
        for new, old in zip(inner, operands, strict=True):
            if new.__class__ is Node:
                self._of_node[new] = self._of_node[old]
        result = operation.value(*inner)
        self.read(reversed(topological_order(result)))
        return self._of_node[result]

    def _enter(
        self,
        key: Any,
        primitive: Primitive | None,
        operands: tuple[Any, ...],
        shape: tuple[int, ...],
        constant: Any,
    ) -> Expression:
        if key not in self._known:
            number = len(self._known)
            self._known[key] = Expression(primitive, operands, shape, constant, None, number)
        return self._known[key]


def _key(x: Any) -> Any:
    if isinstance(x, Expression):
        return x.number
    if isinstance(x, tuple):
        return tuple(map(_key, x))
    return id(x) if isinstance(x, np.ndarray) else repr(x)


def _without_stretching(operands: Sequence[Any], shape: tuple[int, ...]) -> Sequence[Any]:
    """The operands, not stretched first where broadcasting would do it anyway."""
    found = list(operands)
    for i, x in enumerate(found):
        if x.made_by("broadcast_to"):
            trial = [*found[:i], x.operands[0], *found[i + 1 :]]
            if np.broadcast_shapes(*(y.shape for y in trial)) == shape:
                found = trial
    return found


def _add(make: Expressions, a: Expression, b: Expression) -> Expression | None:
    if a.is_number(0.0):
        return b
    if b.is_number(0.0):
        return a
    if b.made_by("negative"):
        return make.call("subtract", a, b.operands[0])
    if a.made_by("negative"):
        return make.call("subtract", b, a.operands[0])
    return None


def _subtract(make: Expressions, a: Expression, b: Expression) -> Expression | None:
    if b.is_number(0.0):
        return a
    if a.is_number(0.0):
        return make.call("negative", b)
    if b.made_by("negative"):
        return make.call("add", a, b.operands[0])
    return None


def _multiply(make: Expressions, a: Expression, b: Expression) -> Expression | None:
    if b.is_number() and not a.is_number():
        return make.call("multiply", b, a)
    if a.is_number(1.0):
        return b
    if a.is_number(-1.0):
        return make.call("negative", b)
    if a.is_number():
        return _scale(make, a, b)
    if a.made_by("negative"):
        return make.call("negative", make.call("multiply", a.operands[0], b))
    if b.made_by("negative"):
        return make.call("negative", make.call("multiply", a, b.operands[0]))
    for x, other in ((b, a), (a, b)):
        if x.made_by("divide") and x.operands[0].is_number(1.0):
            return make.call("divide", other, x.operands[1])
    return None


def _scale(make: Expressions, a: Expression, b: Expression) -> Expression | None:
    """A number times an expression that has a number in it already."""
    if b.made_by("negative"):
        return make.call("multiply", make.constant(-a.constant), b.operands[0])
    if b.made_by("multiply") and b.operands[0].is_number():
        return make.call("multiply", make.call("multiply", a, b.operands[0]), b.operands[1])
    if b.made_by("divide") and b.operands[0].is_number():
        return make.call("divide", make.call("multiply", a, b.operands[0]), b.operands[1])
    if b.made_by("divide") and b.operands[1].is_number():
        return make.call("multiply", make.call("divide", a, b.operands[1]), b.operands[0])
    return None


def _divide(make: Expressions, a: Expression, b: Expression) -> Expression | None:
    if b.is_number(1.0):
        return a
    if a.made_by("negative"):
        return make.call("negative", make.call("divide", a.operands[0], b))
    if b.is_number() and a.made_by("multiply") and a.operands[0].is_number():
        return make.call("multiply", make.call("divide", a.operands[0], b), a.operands[1])
    return None


def _negative(make: Expressions, x: Expression) -> Expression | None:
    if x.made_by("negative"):
        return _first(x)
    if x.made_by("subtract"):
        return make.call("subtract", x.operands[1], x.operands[0])
    if x.made_by("multiply") and x.operands[0].is_number():
        return make.call("multiply", make.constant(-x.operands[0].constant), x.operands[1])
    return None


def _power(make: Expressions, a: Expression, b: Expression) -> Expression | None:
    return a if b.is_number(1.0) else None


def _transpose(make: Expressions, x: Expression, axes: Any) -> Expression | None:
    if axes is None and len(x.shape) < 2:
        return x
    return _first(x) if axes is None and x.made_by("transpose") and x.operands[1] is None else None


def _reshape(make: Expressions, x: Expression, shape: tuple[int, ...]) -> Expression | None:
    """Nothing if the shape is the same; one step in place of two."""
    if x.made_by("reshape") and _first(x).shape != shape:
        return make.make(TABLE["reshape"], (_first(x), shape), shape)
    return _first(x) if x.made_by("reshape") else x


def _unchanged(make: Expressions, x: Expression, *settings: Any) -> Expression | None:
    """The operand, which `make` takes if it has the result's shape already."""
    return x


def _reduce(make: Expressions, x: Expression, *settings: Any) -> Expression | None:
    return x if x.shape == () else None


def _first(x: Expression) -> Expression:
    first: Expression = x.operands[0]
    return first


_SIMPLER: dict[str, Callable[..., Expression | None]] = {
    "add": _add,
    "subtract": _subtract,
    "multiply": _multiply,
    "divide": _divide,
    "negative": _negative,
    "power": _power,
    "identity": _unchanged,
    "transpose": _transpose,
    "reshape": _reshape,
    "broadcast_to": _unchanged,
    "sum": _reduce,
    "mean": _reduce,
    "max": _reduce,
}
