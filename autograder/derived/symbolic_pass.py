"""A forward and a backward pass in formulas: each variable, and each contribution to an adjoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.derived.blocks import rules_of
from autograder.derived.recorded import Recorded, nodes_of
from autograder.derived.steps import UPSTREAM
from course_bp.broadcasting import unbroadcast
from course_bp.graph import Node, topological_order
from course_bp.primitives.table import apply
from course_bp.printing.expressions import Expression, Expressions, reachable
from course_bp.printing.notation import to_numpy

# In these, a number of the author's stays what it is, and is not multiplied into another.
_KEEP_NUMBERS = frozenset(("add", "subtract", "multiply", "divide", "maximum", "minimum"))


@dataclass(frozen=True)
class Wanted:
    """What is to be written.

    Args:
        example: the inputs by name in order, and `upstream` if the result is an array.
        leaves: the inputs that the function is differentiated with respect to.
        asked: what is handed in: a variable's name, or "d" and the name of a variable or leaf.
        constants: number → how the author spelt it.
    """

    example: Mapping[str, Any]
    leaves: Sequence[str]
    asked: Sequence[str]
    constants: Mapping[float, str]


@dataclass
class Contribution:
    """What a variable's adjoint receives from one line.

    Args:
        user: the variable of that line.
        text: the formula.
        stretched: whether it has to be broadcast to the variable's shape.
    """

    user: str
    text: str
    stretched: bool = False


@dataclass
class _Numbers:
    """Numbers that stand for themselves, as leaves."""

    constants: Mapping[float, str]
    leaves: dict[float, Node] = field(default_factory=dict)

    def spelt(self, value: float) -> str:
        """How the author wrote a number."""
        if -value in self.constants:
            return f"-{self.constants[-value]}"
        return self.constants.get(value, repr(value))


class SymbolicPass:
    """The formulas of one pass.

    Args:
        recorded: the function, with all inputs recorded.
        wanted: what is to be written.
        extra: inner values that are variables too, with their names.

    Attributes:
        blocks: variable → the operations that compute it from others.
        boundary: the nodes of variables and inputs, with their names.
        inner: each node's value in terms of variables.
        forward: variable → its formula.
        contributions: variable or leaf → what its adjoint is the sum of. None for an adjoint that
            is `upstream`, a number or another adjoint.
    """

    def __init__(self, recorded: Recorded, wanted: Wanted, extra: Mapping[Node, str]) -> None:
        self.wanted, self.output = wanted, recorded.output
        self.boundary = {node: name for name, node in recorded.leaves.items()}
        made = {block.nodes[-1]: name for name, block in recorded.blocks.items()} | dict(extra)
        for node in sorted(made, key=lambda one: one.serial):
            self.boundary[node] = made[node]
        self.blocks = {
            made[node]: nodes_of(node, self.boundary) for node in self.boundary if node in made
        }
        self._numbers = _Numbers(wanted.constants)
        self._expressions = Expressions()
        self.variables = {
            name: self._leaf(node.value, name) for node, name in self.boundary.items()
        }
        self.inner: dict[Node, Node] = {}
        self._depend = set(wanted.leaves)
        for name, nodes in self.blocks.items():
            if self._depend & set(self._reads(nodes)):
                self._depend.add(name)
        self.forward = {name: self._forward(name) for name in self.blocks}
        self.adjoints: dict[str, Node] = {}
        self.contributions: dict[str, list[Contribution]] = {}
        self._backward()

    def text(self, node: Node) -> str:
        """A node's formula.

        Args:
            node: made of variables, adjoints and numbers.
        """
        return to_numpy(self._expression(node))

    def matters(self, node: Node) -> bool:
        """Whether a recorded node is computed from what is differentiated.

        Args:
            node: one of the function's.
        """
        waiting, seen = [node], set()
        while waiting:
            one = waiting.pop()
            name = self.boundary.get(one)
            if name is not None:
                if name in self._depend:
                    return True
            elif one not in seen:
                seen.add(one)
                waiting.extend(one.parents)
        return False

    def _leaf(self, value: Any, name: str) -> Node:
        node = Node(value, name)
        self._expressions.argument(node, name)
        return node

    def _expression(self, node: Node) -> Expression:
        self._expressions.read(reversed(topological_order(node)))
        return self._expressions.of(node)

    def _reads(self, nodes: Sequence[Node]) -> list[str]:
        found = [self.boundary.get(x) for node in nodes for x in node.parents]
        own = self.boundary[nodes[-1]]
        return [name for name in dict.fromkeys(found) if name is not None and name != own]

    def _forward(self, name: str) -> str:
        nodes = self.blocks[name]
        held: dict[Node, Node] = {}
        for node in nodes:
            held[node] = apply(rules_of(node), *self._operands(node, held))
            self.inner[node] = held[node]
        return self.text(held[nodes[-1]])

    def _operands(self, node: Node, held: Mapping[Node, Node]) -> list[Any]:
        found: list[Any] = []
        for x in node.operands:
            if x.__class__ is Node:
                found.append(held[x] if x in held else self.variables[self.boundary[x]])
            elif x.__class__ is float and rules_of(node).name in _KEEP_NUMBERS:
                found.append(self._number(x))
            else:
                found.append(x)
        return found

    def _number(self, value: float) -> Any:
        """A number that stands for itself as the author wrote it, unless it is whole or a half."""
        if 2 * value == round(2 * value) or not np.isfinite(value):
            return value
        if value not in self._numbers.leaves:
            self._numbers.leaves[value] = self._leaf(value, self._numbers.spelt(value))
        return self._numbers.leaves[value]

    def _backward(self) -> None:
        wanted = self._wanted_adjoints()
        upstream = self.wanted.example.get(UPSTREAM)
        arriving: dict[str, list[tuple[str, Node]]] = {}
        for name in [*reversed(self.blocks), *(x for x in self.variables if x not in self.blocks)]:
            if name not in wanted or name not in self._depend:
                continue
            parts = arriving.get(name, [])
            if name == self.output:
                start = Node(1.0) if upstream is None else self._leaf(upstream, UPSTREAM)
                self.adjoints[name] = start
            elif parts:
                self._sum(name, parts)
            else:
                continue  # It is only compared.
            if name in self.blocks:
                for target, part in self._pulled_back(name):
                    arriving.setdefault(target, []).append((name, part))

    def _wanted_adjoints(self) -> set[str]:
        found = {name[1:] for name in self.wanted.asked if name not in self.variables}
        waiting = list(found)
        while waiting:
            name = waiting.pop()
            for user, nodes in self.blocks.items():
                if user not in found and name in self._reads(nodes):
                    found.add(user)
                    waiting.append(user)
        return found

    def _sum(self, name: str, parts: Sequence[tuple[str, Node]]) -> None:
        """Notes what an adjoint is the sum of, unless it is another one, or a number."""
        (_, first), *others = parts
        if not others and self._is_used_directly(name, self._expression(first)):
            self.adjoints[name] = first
            return
        found = [self._contribution(user, part, bool(others)) for user, part in parts]
        # A value that is broadcast can only be added to one of the whole shape.
        found.sort(key=lambda one: one.stretched)
        if found[0].stretched:
            found = [Contribution(user, self.text(part)) for user, part in parts]
        self.contributions[name] = found
        self.adjoints[name] = self._leaf(sum(part.value for _, part in parts), f"d{name}")

    def _is_used_directly(self, name: str, adjoint: Expression) -> bool:
        """Whether an adjoint needs no line: a name, a number, or an array of one number."""
        if adjoint.primitive is None:
            return True
        if f"d{name}" in self.wanted.asked or not adjoint.made_by("broadcast_to"):
            return False
        numbers = {self._expression(x) for x in self._numbers.leaves.values()}
        return all(x.primitive or x.is_number() or x in numbers for x in reachable([adjoint]))

    def _contribution(self, user: str, part: Node, one_of_several: bool) -> Contribution:
        expression = self._expression(part)
        if one_of_several and expression.made_by("broadcast_to"):
            return Contribution(user, to_numpy(expression.operands[0]), stretched=True)
        return Contribution(user, to_numpy(expression))

    def _pulled_back(self, name: str) -> Iterator[tuple[str, Node]]:
        """What a variable gives to those that it is computed from."""
        nodes = self.blocks[name]
        held = {node: self.inner[node] for node in nodes[:-1]}
        held[nodes[-1]] = self.variables[name]
        found: dict[Node, Any] = {nodes[-1]: self.adjoints[name]}
        totals: dict[str, Any] = {}
        for node in reversed(nodes):
            if node not in found:
                continue
            operands = self._operands(node, held)
            for x, rule in zip(node.operands, rules_of(node).vjps, strict=False):
                if x.__class__ is not Node or rule is None or not self.matters(x):
                    continue
                part = rule(found[node], held[node], *operands)
                part = unbroadcast(part if part.__class__ is Node else Node(part), x.shape)
                if x in self.boundary:
                    target = self.boundary[x]
                    totals[target] = totals[target] + part if target in totals else part
                else:
                    found[x] = found[x] + part if x in found else part
        yield from totals.items()
