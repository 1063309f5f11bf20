"""One variable of a forward function: what computes it, and what its adjoint gives to others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from course_bp.broadcasting import unbroadcast
from course_bp.graph import Node
from course_bp.primitives.table import Primitive, normal

Values = Callable[[str], Any]
# What an edge gives instead of its rule, called with the adjoint, the result and the operands.
Rule = Callable[..., Any]


@dataclass(frozen=True)
class Read:
    """A rule or an operation that reads another value where one of its arguments belongs.

    Args:
        rule: the right rule, or what computes the operation's value.
        slot: which of its arguments is exchanged. Those of a rule are the adjoint, the result and
            the operands.
        instead: what it reads: an operation's number in the block, or a variable's name.
    """

    rule: Rule
    slot: int
    instead: int | str


# What an operation's value is instead: a function of its right value and the operands.
Slip = Callable[..., Any] | Read


@dataclass(frozen=True)
class Edge:
    """One use of an operand by an operation.

    Args:
        block: the variable whose block it lies in.
        place: the operation's number in the block, in the order of computation.
        position: which of the operation's operands it is.
    """

    block: str
    place: int
    position: int


@dataclass(frozen=True)
class Block:
    """The operations that compute one variable from earlier ones.

    Args:
        name: the variable.
        nodes: the operations in the order of computation, the variable itself last.
        boundary: the nodes that other blocks or the inputs hold, with their names.
        given: the inputs that are not recorded, such as labels, by name.
        constants: number → how the author spelt it.
    """

    name: str
    nodes: tuple[Node, ...]
    boundary: Mapping[Node, str]
    given: Mapping[str, Any]
    constants: Mapping[float, str] = field(default_factory=dict)

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The variables that it is computed from, in the order in which it reads them."""
        found = [self.boundary.get(x) for node in self.nodes for x in node.parents]
        return tuple(dict.fromkeys(name for name in found if name is not None))

    def edges(self) -> Iterator[tuple[Edge, Node, Node]]:
        """Each use of an operand with the operation's node and the operand's."""
        for place, node in enumerate(self.nodes):
            for position, operand in enumerate(node.operands):
                if operand.__class__ is Node and rules_of(node).vjps[position] is not None:
                    yield Edge(self.name, place, position), node, operand

    def value(self, values: Values, slips: Mapping[int, Slip] | None = None) -> Any:
        """The variable, from the values of those that it reads.

        Args:
            values: the value of a variable by its name.
            slips: operations by their number that are computed wrongly.
        """
        return self._inner(values, slips)[self.nodes[-1]]

    def pull_back(
        self,
        values: Values,
        adjoint: Any,
        target: str,
        changed: Mapping[Edge, Rule | Read] | None = None,
        slips: Mapping[int, Slip] | None = None,
    ) -> Any:
        """What a variable receives from this block in a backward pass.

        Args:
            values: the value of a variable by its name.
            adjoint: of the block's own variable.
            target: the variable that receives.
            changed: edges at which another rule stands.
            slips: operations by their number that are computed wrongly in the forward pass.

        Returns:
            The contribution, in the shape of the target.
        """
        held = self._inner(values, slips)
        shapes = {node: np.shape(value) for node, value in held.items()}
        found: dict[Node, Any] = {self.nodes[-1]: adjoint}
        total: Any = None
        for place in range(len(self.nodes) - 1, -1, -1):
            node = self.nodes[place]
            if node not in found:
                continue
            operands = [held[x] if x.__class__ is Node else x for x in node.operands]
            for position, operand in enumerate(node.operands):
                rule = rules_of(node).vjps[position] if operand.__class__ is Node else None
                if rule is None or self.boundary.get(operand, target) != target:
                    continue
                arguments = [found[node], held[node], *operands]
                if changed and (other := changed.get(Edge(self.name, place, position))):
                    rule = other.rule if isinstance(other, Read) else other
                    if isinstance(other, Read):
                        arguments[other.slot] = self._read(other, held, values)
                part = rule(*arguments)
                part = unbroadcast(normal(part), shapes[operand])
                if operand in self.boundary:
                    total = part if total is None else total + part
                else:
                    found[operand] = found[operand] + part if operand in found else part
        if total is None:
            shape = np.shape(values(target))
            return np.zeros(shape) if shape else 0.0
        return total

    def _inner(self, values: Values, slips: Mapping[int, Slip] | None = None) -> dict[Node, Any]:
        held: dict[Node, Any] = {}
        for place, node in enumerate(self.nodes):
            operands = []
            for x in node.operands:
                if x.__class__ is Node and x not in held:
                    held[x] = values(self.boundary[x])
                operands.append(held[x] if x.__class__ is Node else x)
            held[node] = normal(rules_of(node).value(*operands))
            slip = slips.get(place) if slips else None
            if isinstance(slip, Read):
                operands[slip.slot] = self._read(slip, held, values)
                held[node] = normal(slip.rule(*operands))
            elif slip is not None:
                held[node] = normal(slip(held[node], *operands))
        return held

    def _read(self, read: Read, held: Mapping[Node, Any], values: Values) -> Any:
        where = read.instead
        return values(where) if isinstance(where, str) else held[self.nodes[where]]


def rules_of(node: Node) -> Primitive:
    """The entry of the table that made an inner node."""
    assert node.operation is not None
    return node.operation


def arrays_of(node: Node) -> tuple[Any, ...]:
    """The operands of an operation without its settings, such as an axis.

    Args:
        node: an inner node.
    """
    return node.operands[: len(node.operands) - rules_of(node).settings]
