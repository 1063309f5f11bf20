"""Orders and arrows of passes that go wrong only on some graphs."""

from __future__ import annotations

from typing import Any

from autograder.exercise import Mistake
from autograder.exercises.autograd_engine import passes
from autograder.exercises.autograd_engine.expressions import wrong_steps


def _by_value(y: Any, right_first: bool = False) -> list[Any]:
    """A reverse topological order without the nodes whose value another one has."""
    order: list[Any] = []
    seen: set[float] = set()
    stack = [(y, False)]
    while stack:
        node, finished = stack.pop()
        if finished:
            order.append(node)
        elif node.value not in seen:
            seen.add(node.value)
            stack.append((node, True))
            parents = node.parents if right_first else reversed(node.parents)
            stack += [(parent, False) for parent in parents]
    return order[::-1]


def _marked_when_stacked(y: Any, right_on_top: bool = True) -> list[Any]:
    """A node counts as visited when it is put on the stack, not when it is taken from it."""
    order: list[Any] = []
    seen = {id(y)}
    stack = [(y, False)]
    while stack:
        node, finished = stack.pop()
        if finished:
            order.append(node)
            continue
        stack.append((node, True))
        for parent in node.parents if right_on_top else reversed(node.parents):
            if id(parent) not in seen:
                seen.add(id(parent))
                stack.append((parent, False))
    return order[::-1]


def _users_counted_once(y: Any, last: int) -> list[Any]:
    """Counts a user once, but counts down once for each of its arrows."""
    users: dict[int, int] = {}
    for node in passes.breadth_first(y):
        for parent in {id(parent) for parent in node.parents}:
            users[parent] = users.get(parent, 0) + 1
    order, ready = [], [y]
    while ready:
        node = ready.pop(last)
        order.append(node)
        for parent in node.parents:
            users[id(parent)] -= 1
            if users[id(parent)] == 0:
                ready.append(parent)
    return order


def _first_place(node: Any) -> list[tuple[Any, float]]:
    """Looks a parent's local derivative up where the parent is found first."""
    return [(parent, node.local[node.parents.index(parent)]) for parent in node.parents]


def _one_per_parent(node: Any) -> list[tuple[Any, float]]:
    """A dict from parent to local derivative: of two arrows to one parent, the last one is kept."""
    return list(dict(zip(node.parents, node.local, strict=True)).items())


def visited_by_value(*parts: str) -> tuple[Mistake, ...]:
    """Nodes that are taken for one another because their values are equal."""
    orders = {
        "visited by value": lambda y: _by_value(y),
        "visited by value, right operand searched first": lambda y: _by_value(y, True),
    }
    return tuple(
        Mistake(
            "M16",
            slug,
            wrong_steps(*parts, order=order),
            "in the part {part}, a node counts as visited when another node has the same value.",
            name="nodes that are taken for one another because their values are equal",
            question="If a and c both hold 2.0, are they the same node?",
            hints=(
                "If a and c both hold 2.0, are they the same node?",
                "What do you put into your set of visited nodes, and what do you look up in it?",
                "For y = a·b + c·d with a = c and b = d, both products hold the same number. Each "
                "of the two must still be visited.",
            ),
        )
        for slug, order in orders.items()
    )


def double_arrows(first: tuple[str, ...], one: tuple[str, ...]) -> tuple[Mistake, ...]:
    """A parent that an operation uses twice, with one of the two arrows lost.

    Args:
        first: the parts that show a look-up of the first of two local derivatives.
        one: those that show that only one arrow is kept.
    """
    hints = (
        "In y = g − g, how many arrows lead from g to y, and what is written on each?",
        "An operation may use the same node twice, and then its two local derivatives may differ. "
        "How does your loop find the one that belongs to each arrow?",
        "For y = u·u with u = 3, parents is (u, u) and local is (3, 3). u receives 3 and 3.",
    )
    question = "In y = g − g, how many arrows lead from g to y, and what is written on each?"
    return (
        Mistake(
            "M15",
            "local derivative of the first place",
            wrong_steps(*first, arrows=_first_place),
            "in the part {part}, a node that an operation uses twice receives the first local "
            "derivative twice.",
            name="a local derivative that is looked up by its parent",
            question=question,
            hints=hints,
        ),
        Mistake(
            "M15",
            "one arrow per parent",
            wrong_steps(*one, arrows=_one_per_parent),
            "in the part {part}, a node that an operation uses twice receives only once from it.",
            name="only one of two arrows to the same parent",
            question=question,
            hints=hints,
        ),
    )


def wrong_waits(*parts: str) -> tuple[Mistake, ...]:
    """Orders in which a node comes before all of its users have sent.

    Args:
        parts: two parts; of the two forms of each mistake, each spoils one of them.
    """
    by_count = {
        "users counted once, arrows counted down": lambda y: _users_counted_once(y, 0),
        "users counted once, arrows counted down, stack": lambda y: _users_counted_once(y, -1),
    }
    by_mark = {
        "marked when stacked": lambda y: _marked_when_stacked(y),
        "marked when stacked, left operand on top": lambda y: _marked_when_stacked(y, False),
    }
    return (
        *(
            Mistake(
                "M16",
                slug,
                wrong_steps(part, order=order),
                "in the part {part}, a node that one operation uses twice sends its gradient on "
                "before all its users have sent.",
                name="users are counted once, but arrows are counted down",
                question="In y = g·g, how many users does g have for your first loop, and how "
                "many times does your second loop count down?",
            )
            for part, (slug, order) in zip(parts, by_count.items(), strict=True)
        ),
        *(
            Mistake(
                "M16",
                slug,
                wrong_steps(part, order=order),
                "in the part {part}, a node counts as visited as soon as it is put on the stack, "
                "so it may come before one of its users.",
                name="a node is marked as visited too early",
                question="When a node is put on your stack, has everything below it been dealt "
                "with?",
            )
            for part, (slug, order) in zip(parts, by_mark.items(), strict=True)
        ),
    )
