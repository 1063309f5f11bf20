"""Graphs of any depth that pickle and copy: importing this gives Node what `pickle` and `copy` ask.

Both follow references, one call within another, and a chain of a thousand nodes is too deep for
that. So a node hands over its ancestors before itself, oldest first: when the turn of each comes,
what it was made from is known already. What is shared stays shared, within a graph and beside it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from .graph import Node, next_serial, topological_order
from .primitives.table import TABLE, Primitive

_turn = threading.local()


class _Ancestors:
    """What a node was computed from; pickled as a list, oldest first."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return list, (), None, self._oldest_first()

    def _oldest_first(self) -> Iterator[Node]:
        _turn.taken = True  # those that follow need not hand over their ancestors again
        try:
            yield from topological_order(self._node)[:0:-1]
        finally:
            _turn.taken = False


def _blank_node() -> Node:
    return Node.__new__(Node)


def _reduce_node(self: Node, protocol: Any) -> tuple[Any, ...]:
    before = None if getattr(_turn, "taken", False) else _Ancestors(self)
    state = before, self.value, self.grad, self.operands, self.operation, self.name
    return _blank_node, (), state


def _set_state(self: Node, state: tuple[Any, ...]) -> None:
    _, self.value, self.grad, self.operands, self.operation, self.name = state
    self.serial = next_serial()


def _from_table(name: str) -> Primitive:
    return TABLE[name]


def _reduce_primitive(self: Primitive, protocol: Any) -> Any:
    """A primitive is the one of its name in the table, whose rules no pickle could hold."""
    if TABLE.get(self.name) is self:
        return _from_table, (self.name,)
    return object.__reduce_ex__(self, protocol)


Node.__reduce_ex__ = _reduce_node  # type: ignore[assignment]
Node.__setstate__ = _set_state  # type: ignore[attr-defined]
Primitive.__reduce_ex__ = _reduce_primitive  # type: ignore[assignment]
