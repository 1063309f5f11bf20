"""A student's graph mirrored in our own Nodes, so that one backward pass serves all graphs.

A student's node needs `value` and `parents`. It may also have `grad`; `local`, the derivatives with
respect to its parents; `operation`, such as "mul" or "*"; and `name`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ...graph import Node, as_differentiable, record
from ...primitives.table import TABLE, Primitive
from .recognition import recognise

SYMBOLS = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "@": "matmul",
           "mul": "multiply", "sub": "subtract", "div": "divide", "truediv": "divide",
           "neg": "negative", "pow": "power", "**": "power"}  # fmt: skip


class CannotReplay(Exception):
    """The graph holds an operation whose value cannot be computed again."""


class Mirror(Mapping[Any, Node]):
    """Our Node for each node of another engine, found by which object it is.

    Nodes of a student may be equal without being the same, or have no hash.
    """

    def __init__(self, pairs: Iterable[tuple[Any, Node]] = ()) -> None:
        self._pairs = {id(theirs): (theirs, ours) for theirs, ours in pairs}

    def add(self, theirs: Any, ours: Node) -> None:
        """Note which Node stands for theirs, which is kept so that no other gets its identity."""
        self._pairs[id(theirs)] = theirs, ours

    def __getitem__(self, theirs: Any) -> Node:
        return self._pairs[id(theirs)][1]

    def __iter__(self) -> Iterator[Any]:
        return (theirs for theirs, _ in self._pairs.values())

    def __len__(self) -> int:
        return len(self._pairs)


def mirror(result: Any) -> Mirror:
    """Our Node for each node of another engine, parents first.

    Raises:
        TypeError: if one is not a node.
        ValueError: if a node comes before itself.
    """
    made, begun = Mirror(), set()
    waiting = [result]
    while waiting:
        node = waiting[-1]
        missing = [parent for parent in _parents(node) if parent not in made]
        if node in made or not missing:
            waiting.pop()
            if node not in made:
                made.add(node, _copy(node, made))
        elif id(node) in begun:
            raise ValueError(
                "this graph goes round in a circle: a node is its own parent, or a parent of its "
                "parents. Each operation has to make a new node; does one, such as +=, change an "
                "old one?"
            )
        else:
            begun.add(id(node))
            waiting += reversed(missing)
    return made


def _parents(node: Any) -> tuple[Any, ...]:
    """The parents of another engine's node; those of an input may be None.

    Raises:
        TypeError: if it is not a node.
    """
    if not (hasattr(node, "value") and hasattr(node, "parents")):
        raise TypeError(
            f"a graph is made of nodes, and {type(node).__name__} is none: it needs the "
            "attributes value and parents (and may have grad, local, operation and name)"
        )
    return tuple(node.parents or ())


def _copy(node: Any, made: Mapping[Any, Node]) -> Node:
    name = getattr(node, "name", None) or None
    parents = _parents(node)
    if not parents:
        return Node(node.value, name)
    operands = tuple(made[parent] for parent in parents)
    value = as_differentiable(node.value, "the value of a node")
    copy = record(value, operands, _operation(node))
    copy.name = name
    return copy


def _operation(node: Any) -> Primitive:
    """The table's operation; with the engine's own local derivatives, if it has them.

    Raises:
        ValueError: if the local derivatives are not as many as the parents.
    """
    said = getattr(node, "operation", None)
    name = str(getattr(said, "name", getattr(said, "__name__", said)) or "f")
    local = getattr(node, "local", None)
    parents = _parents(node)
    if local is not None and np.size(local) and len(local) != len(parents):
        raise ValueError(
            f"the node of {name} has {len(parents)} parents and {len(local)} local derivatives: "
            "local has one for each parent, in the same order"
        )
    known = TABLE.get(SYMBOLS.get(name, name))
    if known is None and said is None:
        known = recognise(node.value, [parent.value for parent in parents], local)
    if known is not None and (known.settings or len(known.vjps) != len(parents)):
        known = None
    if local is None and known is not None:
        return known
    rules = tuple(_times(d) for d in local or ())
    if known is not None:
        return replace(known, vjps=rules, jvps=rules, elementwise=True)
    return Primitive(name, unknown, rules, rules, None, "", elementwise=True)


def _times(local: Any) -> Callable[..., Any]:
    return lambda g, y, *operands: g * local


def unknown(*operands: Any) -> Any:
    """The value of an operation that is not known."""
    raise CannotReplay
