"""Reading a graph, ours or a student's, into what pictures and step-throughs need.

A student's graph is mirrored in our own Nodes first, see `other_engines`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import Any

import numpy as np

from ...graph import Node, record, topological_order
from ...primitives.table import Primitive, normal
from ...printing.indices import subscript
from ...values import Value
from ..stage.numbers import short
from .other_engines import Mirror, mirror, unknown


@dataclass(frozen=True)
class ReadGraph:
    """A graph with everything named.

    Attributes:
        result: the node that the graph computes.
        order: all nodes, operands before what is made of them.
        names: what each node is called, no two the same.
        own_gradients: the gradients that a student's engine left on its nodes, or that a student
            found by other means.
        node_of: our Node for each node of a student's engine.
    """

    result: Node
    order: tuple[Node, ...]
    names: Mapping[Node, str]
    own_gradients: Mapping[Node, Any] = field(default_factory=dict)
    node_of: Mapping[Any, Node] = field(default_factory=Mirror)

    def beside(self, yours: Mapping[str, Any]) -> ReadGraph:
        """The same graph with your own gradients, by the names of nodes.

        Raises:
            TypeError: if one is not a number or array.
        """
        found = {node: yours[name] for node, name in self.names.items() if name in yours}
        for node, x in found.items():
            if x is not None and np.asarray(x).dtype.kind not in "fiub":
                raise TypeError(f"your gradient of {self.names[node]} is not a number: {x!r}")
        return replace(self, own_gradients={**self.own_gradients, **found})

    def ours(self, node: Any) -> Node:
        """The Node of this graph that stands for a node of the graph it was read from."""
        return self.node_of.get(node, node)

    @property
    def leaves(self) -> list[Node]:
        """The nodes that were given rather than computed."""
        return [node for node in self.order if node.operation is None]

    @property
    def can_replay(self) -> bool:
        """Whether every operation is known, so that changed inputs can be followed."""
        return all(x.operation is None or x.operation.value is not unknown for x in self.order)

    @property
    def stuck(self) -> list[Node]:
        """The computed nodes through which nothing can go back."""
        return [x for x in self.order if x.operation is not None and not len(x.operation.vjps)]

    def formula(self, node: Node, written: Callable[[Any], str] | None = None) -> str:
        """How a node was computed, such as "a · b".

        Args:
            node: one that was computed.
            written: how an operand is written; by default its name, or its number if it has none.
        """
        assert node.operation is not None
        arrays = len(node.operands) - node.operation.settings
        parts = [(written or self.written)(x) for x in node.operands[:arrays]]
        if node.operation.written == "subscript":
            return f"{parts[0]}[{subscript(node.operands[1])}]"
        return fill(node.operation, parts)

    def written(self, operand: Any) -> str:
        """The name of a node, the number of a constant."""
        return self.names[operand] if operand.__class__ is Node else short(operand)

    def replay(self, changed: Mapping[Node, Value]) -> dict[Node, Value]:
        """The values of all nodes after some were changed; what was recorded is followed.

        Raises:
            CannotReplay: if what follows holds an unknown operation.
        """
        values: dict[Node, Value] = dict(changed)
        for node in self.order:
            if node in values:
                continue
            operands = node.operands
            if node.operation is not None and any(
                x.__class__ is Node and values[x] is not x.value for x in operands
            ):
                now = [values[x] if x.__class__ is Node else x for x in operands]
                values[node] = normal(node.operation.value(*now))
            else:
                values[node] = node.value
        return values

    def recorded_anew(self, leaves: Mapping[Node, Value]) -> ReadGraph:
        """The same operations recorded on other inputs, in the same order under the same names.

        Raises:
            CannotReplay: if an operation is not known.
        """
        values = self.replay(leaves)
        new: dict[Node, Node] = {}
        for node in self.order:
            if node.operation is None:
                new[node] = Node(values[node], node.name)
            else:
                operands = tuple(new[x] if x.__class__ is Node else x for x in node.operands)
                new[node] = record(values[node], operands, node.operation)
        return ReadGraph(
            new[self.result],
            tuple(new.values()),
            {new[node]: name for node, name in self.names.items()},
            node_of=Mirror((x, new[self.ours(x)]) for x in [*self.order, *self.node_of]),
        )


def fill(operation: Primitive, parts: Sequence[str]) -> str:
    """An operation written on its operands, in the way of a formula."""
    source = operation.source
    if isinstance(source, str) and "np." not in source and "{" in source:
        return source.format(*parts).replace(" * ", " · ").replace(" ** ", "^").replace("-", "−")
    return f"{operation.name}({', '.join(parts)})"


def read_graph(result: Any, names: Mapping[str, Any] | None = None) -> ReadGraph:
    """Read the graph that ends in a node.

    Args:
        result: a Node, or a node of an engine with at least `value` and `parents`.
        names: names for nodes that have none of their own, such as {"a": a}; what is not a node of
            this graph is left out, so `globals()` will do.

    Raises:
        TypeError: if it is not a node, with what a node needs.
    """
    if result.__class__ is Node:
        order = tuple(reversed(topological_order(result)))
        return ReadGraph(result, order, _names(order, names or {}))
    mirrored = mirror(result)
    given = {key: mirrored[x] for key, x in (names or {}).items() if _is_in(x, mirrored)}
    own = {node: x.grad for x, node in mirrored.items() if _has_gradient(x)}
    order = tuple(mirrored.values())
    return ReadGraph(order[-1], order, _names(order, given), own, mirrored)


def _names(order: Sequence[Node], given: Mapping[str, Any]) -> dict[Node, str]:
    """Names that nodes have, or were given, or else v1, v2, … as they come; no two the same."""
    inside = set(order)
    names = {x: n for n, x in given.items() if x.__class__ is Node and x in inside and n[:1] != "_"}
    names.update({node: node.name for node in order if node.name})
    free_for_result = (x for x in ("y", "f", "result") if x not in names.values())
    names.setdefault(order[-1], next(free_for_result, "out"))
    taken: set[str] = set()
    for node in order:
        if node in names:
            names[node] = unused_name(names[node], taken)
    unnamed = (node for node in order if node not in names)
    free = (f"v{i}" for i in count(1) if f"v{i}" not in taken)
    return names | dict(zip(unnamed, free, strict=False))


def unused_name(name: str, taken: set[str]) -> str:
    """The name, or with a number behind it if it is taken; it is then taken."""
    free = next(x for x in chain([name], (f"{name} ({i})" for i in count(2))) if x not in taken)
    taken.add(free)
    return free


def _is_in(x: Any, mirrored: Mapping[Any, Node]) -> bool:
    return hasattr(x, "parents") and x in mirrored


def _has_gradient(x: Any) -> bool:
    found = getattr(x, "grad", None)
    return found is not None and bool(np.any(np.asarray(found) != 0.0))
