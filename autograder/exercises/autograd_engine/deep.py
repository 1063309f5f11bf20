"""Deep graphs: ten thousand operations in a row, shared at every level, without recursion."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.autograd_engine import passes, right_engines
from autograder.exercises.autograd_engine.asks import ask_for_gradients
from autograder.exercises.autograd_engine.backward import UNIT, everything_read
from autograder.exercises.autograd_engine.expressions import (
    DOUBLE_ARROW,
    PRODUCT,
    SUM,
    as_answer,
    expression,
    right_steps,
    wrong_steps,
)
from autograder.exercises.autograd_engine.pass_mistakes import (
    left_over,
    marked_for_good,
    only_the_leaves,
    visited_as_often_as_it_waits,
)
from autograder.exercises.autograd_engine.wrong_orders import (
    double_arrows,
    visited_by_value,
    wrong_waits,
)

PARTS = ("chain", "ladder", "skips")


def _chain(rng: np.random.Generator, length: int) -> Inputs:
    """v ← v·c or v + c, with a new c each time."""
    leaves = rng.uniform(0.99, 1.01, size=length + 1)
    leaves[2::2] -= 1.0  # what is added stays small
    operations = [(SUM if k % 2 else PRODUCT, length + k if k else 0, k + 1) for k in range(length)]
    return expression(leaves, *operations)


def _levels(rng: np.random.Generator, count: int, back: int) -> Inputs:
    """v ← a·v + b·w, then the last v times a number, where w is v itself or the v before it.

    Args:
        rng: where the numbers come from.
        count: how many levels.
        back: 0 for w = v (the number of paths doubles at every level), 1 for the v before (the
            recursion of the Fibonacci numbers).
    """
    a = rng.uniform(0.4, 0.6, size=count)
    b = 1.0 - a + rng.uniform(-0.01, 0.01, size=count)
    leaves = [*rng.uniform(0.5, 1.5, size=3), *a, *b]
    operations, w, v, size = [], 0, 1, len(leaves)
    for k in range(count):
        left, right = 3 + k, 3 + count + k
        operations += [
            (PRODUCT, left, v),
            (PRODUCT, right, w if back else v),
            (SUM, size, size + 1),
        ]
        w, v, size = v, size + 2, size + 3
    return expression(leaves, *operations, (PRODUCT, v, 2))


def _draw(chain: int, ladder: int, skips: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        def numbers(count: int) -> Any:
            return rng.uniform(0.5, 1.5, size=count)

        # A square beside the deep graph tells overwriting from a wrong order.
        square = expression(numbers(1), (PRODUCT, 0, 0))
        # The square of abc + d, then abc + d itself, and the square twice more
        short = ((PRODUCT, 0, 1), (PRODUCT, 4, 2), (SUM, 5, 3))
        # g = ab, which both operands of the last operation need: a node that may wait twice
        twice = ((PRODUCT, 0, 1), (SUM, 2, 2))
        left, right = ((PRODUCT, 2, 2), (PRODUCT, 2, 3)), ((PRODUCT, 2, 2), (PRODUCT, 3, 2))
        return {
            "chain_in": [
                _chain(rng, chain),
                expression(numbers(4), *short, (PRODUCT, 6, 6), calls=(-1, -2, -1, -1), inner=True),
            ],
            "ladder_in": [_levels(rng, ladder, back=0), square, expression(numbers(2), *twice)],
            "skips_in": [
                _levels(rng, skips, back=1),
                square,
                *(expression(numbers(2), (PRODUCT, 0, 1), *rest) for rest in (left, right)),
                *(expression(numbers(3), *operations) for operations in DOUBLE_ARROW),
                # ab + cd with c = a and d = b: nodes that differ and have equal values
                expression(np.tile(numbers(2), 2), (PRODUCT, 0, 1), (PRODUCT, 2, 3), (SUM, 4, 5)),
            ],
        }

    return draw


ENGINE_DEEP_EXERCISE = Exercise(
    id="engine.deep",
    unit=UNIT,
    title="Ten thousand operations",
    objectives=("O2", "O8"),
    deck="D4, Recursion; D1, Forward and backward modes: computational costs",
    ask=ask_for_gradients,
    costly=True,
    steps=right_steps(*PARTS),
    parts=(
        Part("chain", 0.8, "10 000 operations in a row"),
        Part("ladder", 0.6, "every level used twice"),
        Part("skips", 0.6, "every level used by the next two"),
    ),
    probes=(
        Probe("10 000 operations", _draw(chain=10_000, ladder=200, skips=500)),
        *(
            Probe(name, everything_read(_draw(*sizes), "chain_in"), corner=True)
            for name, sizes in (("one operation", (1, 1, 1)), ("a few operations", (4, 2, 3)))
        ),
    ),
    tolerance=1e-9,
    why_tolerance="10 000 operations, each with its round-off",
    gradients=PARTS,
    mistakes=(
        Mistake(
            "M18",
            "no seed",
            wrong_steps(*PARTS, seed=0.0),
            "your {part} is zero everywhere.",
            name="a missing seed at the top",
            question="What is dy/dy?",
        ),
        Mistake(
            "M9",
            "local derivatives without upstream",
            wrong_steps(*PARTS, times_upstream=False),
            "in the part {part}, a node sends only its local derivative, whatever it has received.",
            name="the incoming gradient is dropped",
        ),
        Mistake(
            "M15",
            "overwritten",
            wrong_steps("ladder", "skips", receive=passes.overwrite),
            "in the part {part}, every node that is used twice keeps only the contribution that "
            "came last.",
            name="a contribution overwritten at a fan-out",
            question="In y = a + a, how many contributions does a receive, and what is their sum?",
        ),
        Mistake(
            "M15",
            "overwritten, right operand searched first",
            wrong_steps(
                "ladder",
                "skips",
                receive=passes.overwrite,
                order=passes.reverse_topological_from_the_right,
            ),
            "in the part {part}, every node that is used twice keeps only the contribution that "
            "came last.",
            name="a contribution overwritten at a fan-out",
            question="In y = a + a, how many contributions does a receive, and what is their sum?",
        ),
        only_the_leaves("chain"),
        *visited_as_often_as_it_waits("ladder skips", "ladder skips"),
        *visited_by_value("skips"),
        *double_arrows(("skips",), ("chain", "ladder", "skips"))[1:],
        *wrong_waits("skips", "skips"),
        left_over("chain")[0],
        *marked_for_good("chain"),
        Mistake(
            "M16",
            "plain stack",
            wrong_steps("ladder", "skips", order=passes.preorder_from_the_right),
            "your {part} is what you get if each node sends its gradient on as soon as it is "
            "first taken from a stack.",
            name=(
                "stack order, in which a node sends its gradient on before all its users have "
                "sent theirs"
            ),
            question=(
                "Your list of waiting nodes is a stack. What must be true of a node before it "
                "may send its gradient on?"
            ),
        ),
        Mistake(
            "M16",
            "plain stack, left first",
            wrong_steps("ladder", "skips", order=passes.preorder),
            "your {part} is what you get if each node sends its gradient on as soon as it is "
            "first reached, with the left operand visited first.",
            name=(
                "depth-first order, in which a node sends its gradient on before all its users "
                "have sent theirs"
            ),
            question=(
                "Your list of waiting nodes is a stack. What must be true of a node before it "
                "may send its gradient on?"
            ),
        ),
        Mistake(
            "M16",
            "queue",
            wrong_steps("skips", order=passes.breadth_first),
            "your {part} is what you get if nodes are visited level by level, starting from y.",
            name=(
                "breadth-first order, in which the nearest node is visited first, not the one "
                "made last"
            ),
            question=(
                "A node can be close to y by one path and far from it by another. Which one counts?"
            ),
        ),
        Mistake(
            "M16",
            "parents before children",
            wrong_steps(*PARTS, order=passes.topological),
            "in the part {part}, only the operands of the last operation received anything.",
            name="the order of the forward pass",
            question="Which node knows its gradient at the very beginning? Is it visited first?",
        ),
    ),
    variants={
        "counting users": as_answer(right_engines.CountingUsers, *PARTS),
        "nodes marked open and done": as_answer(right_engines.InADict, *PARTS),
    },
    hints=(
        "Python keeps a list of the calls that have not returned yet. You can keep such a list "
        "yourself, and yours has no limit of a thousand.",
        "There are two ways. For each node on your stack, remember how many of its parents you "
        "have dealt with. Or first count how many users every node has, and visit a node when all "
        "of its users have sent.",
        "Here is the counting for y = g·g² with g = x·x: y has no users, g² has one, g has three "
        "(y once, g² twice), and x has two. Begin with y. Whenever a node sends its gradient on, "
        "lower the counts of its parents; a parent whose count reaches zero is next. So g waits "
        "until g² has sent.",
    ),
)

EXERCISES = (ENGINE_DEEP_EXERCISE,)
