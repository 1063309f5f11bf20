"""Recorded graphs as expressions fit for printing: shared where equal, and simplified.

Backward rules written for any operand leave a factor 1 here, a stretched constant there. As
expressions are built, such residues are removed and equal expressions become one, so that what
is printed computes nothing twice.

Source: Griewank and Walther, Evaluating Derivatives, section 6.2 (source transformation);
hash-consing: Filliâtre and Conchon 2006.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..graph import Node, topological_order
from ..primitives.table import TABLE, Primitive
from ..values import shape_of
from .simplification import SIMPLER


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

    def is_written(self, how: str) -> bool:
        """Whether a printer has to write its operation in that way."""
        return self.primitive is not None and self.primitive.written == how

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

    def full(self, value: float, shape: tuple[int, ...]) -> Expression:
        """The expression of an array that holds one number throughout, or of the number."""
        number = self.constant(value)
        return self.make(TABLE["broadcast_to"], (number, shape), shape) if shape else number

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
            numbers = [_spread_number(x) for x in operands]
            if None not in numbers:
                return self.full(float(primitive.value(*numbers)), shape)
            single = [_spread(x) for x in operands]
            if shape and all(x.shape == () for x in single):
                return self.make(
                    TABLE["broadcast_to"], (self.make(primitive, single, ()), shape), shape
                )
        if primitive.name == "reshape":
            operands = (operands[0], shape)  # instead of a −1
        simplify = SIMPLER.get(primitive.name)
        simpler = simplify(self, *operands) if simplify else None
        if simpler is not None and simpler.shape == shape:
            return simpler
        keys = tuple(_key(x) for x in operands)
        if primitive.commutative:
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


def reachable(outputs: Sequence[Expression]) -> list[Expression]:
    """The expressions that the outputs need, operands first."""
    seen = set(outputs)
    waiting = list(seen)
    while waiting:
        for p in waiting.pop().parents:
            if p not in seen:
                seen.add(p)
                waiting.append(p)
    return sorted(seen, key=lambda e: e.number)


def _key(x: Any) -> Any:
    if isinstance(x, Expression):
        return x.number
    if isinstance(x, tuple):
        return tuple(map(_key, x))
    return id(x) if isinstance(x, np.ndarray) else repr(x)


def _spread_number(x: Expression) -> float | None:
    """The number that x is, or holds in every entry."""
    x = _spread(x)
    return x.constant if x.is_number() else None


def _spread(x: Expression) -> Expression:
    """The number whose value x has in every entry, or x itself."""
    return x.operands[0] if x.made_by("broadcast_to") and x.operands[0].shape == () else x


def _without_stretching(operands: Sequence[Any], shape: tuple[int, ...]) -> Sequence[Any]:
    """The operands, not stretched first where broadcasting would do it anyway."""
    found = list(operands)
    for i in range(len(found)):
        while found[i].made_by("broadcast_to") or _only_leads_with_ones(found[i]):
            trial = [*found[:i], found[i].operands[0], *found[i + 1 :]]
            if np.broadcast_shapes(*(y.shape for y in trial)) != shape:
                break
            found = trial
    return found


def _only_leads_with_ones(x: Expression) -> bool:
    """Whether x is something reshaped to have axes of length 1 in front."""
    if not x.made_by("reshape"):
        return False
    inner: tuple[int, ...] = x.operands[0].shape
    return x.shape == (1,) * (len(x.shape) - len(inner)) + inner
