"""Mistakes of a backward pass that several exercises on engines know."""

from __future__ import annotations

from typing import Any

from autograder.exercise import Mistake
from autograder.exercises.autograd_engine import passes
from autograder.exercises.autograd_engine.expressions import wrong_steps


def wrong_receipt(
    slug: str, receive: passes.Receive, evidence: str, name: str, question: str
) -> tuple[Mistake, ...]:
    """What a node does wrong with increments, in either of the two usual right orders.

    Args:
        slug: the mistake's, for the order in which the left operand is searched first.
        receive: what a node does with an increment.
        evidence: what the numbers show.
        name: the mistake's name.
        question: the question that leads on.
    """
    orders = {
        slug: passes.reverse_topological,
        f"{slug}, right operand searched first": passes.reverse_topological_from_the_right,
    }
    parts = ("fan_out", "order", "swapped", "again")
    return tuple(
        Mistake(
            "M15",
            one,
            wrong_steps(*parts, receive=receive, order=order),
            evidence,
            name=name,
            question=question,
        )
        for one, order in orders.items()
    )


def only_the_leaves(*parts: str) -> Mistake:
    """An engine that carries gradients through the inner nodes but leaves none on them."""
    return Mistake(
        "M18",
        "only the leaves receive",
        wrong_steps(*parts, run=passes.to_the_leaves),
        "in the part {part}, the leaves are right, but the nodes between them and y are left at "
        "zero.",
        name="gradients that reach only the leaves",
        question="After the call, what is in the grad of y, and of the nodes in between?",
        hints=(
            "After the call, what is in the grad of y, and of the nodes in between?",
            "The docstring asks for the grad of self and of every node, not only of the leaves. "
            "Where does your pass keep what it sends to a node that has parents?",
            "For y = p·c with p = a·b, the call leaves 1 on y, c on p, p on c, and then bc and ac "
            "on a and b. Add everything that a node receives to its own grad, and send it on "
            "from there.",
        ),
    )


def left_over(part: str) -> tuple[Mistake, ...]:
    """A pass that begins without zeros, at all nodes or at some.

    Args:
        part: the part that calls `backward` more than once.
    """
    kinds = {
        "gradients left over": (None, "no node starts at zero", ""),
        "gradients left over in between": (
            passes.leaves,
            "the nodes with parents keep what earlier calls left, and send it on again",
            " at the nodes in between",
        ),
        "gradients left over at the leaves": (
            passes.inner_nodes,
            "the nodes without parents add to what earlier calls left",
            " at the nodes without parents",
        ),
    }
    return tuple(
        Mistake(
            "M17",
            slug,
            wrong_steps(part, start=start),
            f"the first call is right, but in a later one {evidence}.",
            name=f"gradients left over from an earlier call{where}",
            question="What is in grad when backward is called for the second time, and at which "
            "nodes?",
        )
        for slug, (start, evidence, where) in kinds.items()
    )


def marked_for_good(part: str) -> tuple[Mistake, ...]:
    """A mark on the nodes that nobody takes away, so that a later call skips what it should visit.

    Args:
        part: the part that calls `backward` more than once.
    """
    kinds: dict[str, dict[str, Any]] = {
        "marks that stay": {},
        "marks that stay, zeros everywhere": {"start": passes.breadth_first},
        "marks that stay, no zeros": {"zeros": False},
    }
    return tuple(
        Mistake(
            "M17",
            slug,
            wrong_steps(part, run=passes.with_lasting_marks, **changes),
            "in the part {part}, the first call is right, but a later one skips the nodes that an "
            "earlier one has visited.",
            name="a mark on the nodes that stays from an earlier call",
            question="Where do you note that a node has been visited, and is the note still there "
            "when backward is called again?",
            hints=(
                "Where do you note that a node has been visited, and is the note still there when "
                "backward is called again?",
                "Which nodes does your second call visit, and which should it visit?",
                "Take y = p + a with p = ab, and call backward at y and then at p. The second call "
                "should visit p, a and b. If a note on the nodes says that they have been visited, "
                "it visits none of them. A set that is made in each call forgets the earlier ones.",
            ),
        )
        for slug, changes in kinds.items()
    )


def visited_as_often_as_it_waits(left: str, right: str) -> tuple[Mistake, ...]:
    """A stack on which nodes wait below their parents, some of them twice.

    Args:
        left: the parts that it spoils when the right operand ends on top, as in a plain `+=`.
        right: those that it spoils when the left one does.
    """
    orders = {
        "visited twice": (left, passes.as_often_as_it_waits),
        "visited twice, left operand on top": (right, passes.as_often_as_it_waits_left_on_top),
    }
    return tuple(
        Mistake(
            "M16",
            slug,
            wrong_steps(*parts.split(), order=order),
            "in the part {part}, a node that was put on the list of waiting nodes twice is in the "
            "order twice, and sends its gradient on twice.",
            name="a node visited twice because it waited twice",
            question="In y = g·g, how many times is g put on your list of waiting nodes, and how "
            "many times does it occur in the order that you walk through?",
        )
        for slug, (parts, order) in orders.items()
    )
