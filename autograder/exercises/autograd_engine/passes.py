"""Backward passes over a recorded graph: the right one, and the ways in which it goes wrong.

A node has `value`, `parents`, `local` (its derivative by each parent) and `grad`. Every pass here
is the right one with a single thing changed: the order of the visits, what is done with an
increment, the seed, or the zeros at the beginning.

Source: D0, Automatic Differentiation – Reverse Mode; D2, Backpropagation (algorithm on nodes).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Order = Callable[[Any], Iterable[Any]]
Receive = Callable[[Any, float, bool], None]


def topological(y: Any, right_first: bool = False) -> list[Any]:
    """Every node after all its parents, by depth-first search with a stack of our own."""
    order: list[Any] = []
    seen: set[int] = set()
    stack = [(y, False)]
    while stack:
        node, finished = stack.pop()
        if finished:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            parents = node.parents if right_first else reversed(node.parents)
            stack += [(parent, False) for parent in parents if id(parent) not in seen]
    return order


def reverse_topological(y: Any) -> list[Any]:
    """Every node before all its parents: the right order of a backward pass."""
    return topological(y)[::-1]


def reverse_topological_from_the_right(y: Any) -> list[Any]:
    """Another right order, which only a wrong way of receiving can tell from the first."""
    return topological(y, right_first=True)[::-1]


def preorder(y: Any) -> list[Any]:
    """Depth first, each node when it is first met, left parent first."""
    order, stack, seen = [], [y], set()
    while stack:
        node = stack.pop()
        if id(node) not in seen:
            seen.add(id(node))
            order.append(node)
            stack.extend(reversed(node.parents))
    return order


def preorder_from_the_right(y: Any) -> list[Any]:
    """Depth first, each node when it is first met, right parent first, as with a plain stack."""
    order, stack, seen = [], [y], set()
    while stack:
        node = stack.pop()
        if id(node) not in seen:
            seen.add(id(node))
            order.append(node)
            stack.extend(node.parents)
    return order


def breadth_first(y: Any) -> list[Any]:
    """Level by level, each node when it is first met."""
    order, seen = [y], {id(y)}
    for node in order:
        for parent in node.parents:
            if id(parent) not in seen:
                seen.add(id(parent))
                order.append(parent)
    return order


def leaves(y: Any) -> list[Any]:
    """The nodes without parents."""
    return [node for node in breadth_first(y) if not node.parents]


def inner_nodes(y: Any) -> list[Any]:
    """The nodes that have parents."""
    return [node for node in breadth_first(y) if node.parents]


def every_arrival(y: Any) -> Iterable[Any]:
    """Depth first, each node as often as somebody sends to it: no set of visited nodes."""
    stack = [y]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.parents))


def as_often_as_it_waits(y: Any, left_on_top: bool = False) -> list[Any]:
    """A reverse topological order that holds a node once for each time it was put on the stack.

    A node goes below those of its parents that are not done yet, and may be on the stack already.
    """
    order, done, waiting = [], set(), [y]
    while waiting:
        node = waiting[-1]
        missing = [parent for parent in node.parents if id(parent) not in done]
        if missing:
            waiting += missing[::-1] if left_on_top else missing
        else:
            order.append(node)
            done.add(id(node))
            waiting.pop()
    return order[::-1]


def as_often_as_it_waits_left_on_top(y: Any) -> list[Any]:
    """The same with the parents put on the stack in the other order."""
    return as_often_as_it_waits(y, left_on_top=True)


def add(node: Any, increment: float, first: bool) -> None:
    """The right thing to do with an increment."""
    node.grad += increment


def overwrite(node: Any, increment: float, first: bool) -> None:
    """The last increment replaces all earlier ones."""
    node.grad = increment


def keep_the_first(node: Any, increment: float, first: bool) -> None:
    """Later increments are dropped."""
    if first:
        node.grad = increment


def backward_pass(
    y: Any,
    order: Order = reverse_topological,
    receive: Receive = add,
    seed: float = 1.0,
    start: Order | None = breadth_first,
    times_upstream: bool = True,
    arrows: Callable[[Any], Iterable[tuple[Any, float]]] = lambda node: zip(
        node.parents, node.local, strict=True
    ),
) -> None:
    """Leaves dy/dnode in every node's `grad`.

    Args:
        y: the result.
        order: the order of the visits.
        receive: what a node does with an increment.
        seed: the gradient at y.
        start: which nodes get a zero first; None leaves everything as it was.
        times_upstream: whether an increment has its upstream factor.
        arrows: the parents of a node that it sends to, each with its local derivative.
    """
    for node in start(y) if start else ():
        node.grad = 0.0
    y.grad = seed
    received: set[int] = set()
    for node in order(y):
        for parent, local in arrows(node):
            increment = node.grad * local if times_upstream else local
            receive(parent, increment, id(parent) not in received)
            received.add(id(parent))


def with_lasting_marks(y: Any, start: Order | None = None, zeros: bool = True) -> None:
    """Marks the nodes that it visits, and skips those that an earlier call has marked.

    Args:
        y: the result.
        start: which nodes get a zero first (default: those that are not skipped).
        zeros: whether any node does.
    """
    order: list[Any] = []
    stack = [(y, False)]
    while stack:
        node, finished = stack.pop()
        if finished:
            order.append(node)
        elif not getattr(node, "marked", False):
            node.marked = True
            stack.append((node, True))
            stack += [(parent, False) for parent in node.parents]
    backward_pass(y, lambda _: order[::-1], start=(start or (lambda _: order)) if zeros else None)


def to_the_leaves(y: Any) -> None:
    """Carries dy/dy = 1 along every path and leaves it only where the path ends."""
    for node in breadth_first(y):
        node.grad = 0.0
    stack = [(y, 1.0)]
    while stack:
        node, arrived = stack.pop()
        if not node.parents:
            node.grad += arrived
        stack += [(p, arrived * local) for p, local in zip(node.parents, node.local, strict=True)]


class Recorded:
    """A node as the unit's notebook gives it: what a student's class begins with."""

    def __init__(self, value: Any, parents: tuple[Any, ...] = (), local: tuple[Any, ...] = ()):
        self.value = value
        self.parents = parents
        self.local = local
        self.grad: Any = 0.0


def engine(run: Callable[..., None] = backward_pass, **changes: Any) -> type:
    """A class whose `backward` is a pass, such as `backward_pass` with other arguments."""

    class Engine(Recorded):
        def backward(self) -> None:
            run(self, **changes)

    return Engine
