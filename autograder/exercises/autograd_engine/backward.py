"""The backward pass of an engine: seed, fan-out, order, operands swapped, a second call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.domain import Real
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.autograd_engine import passes, right_engines
from autograder.exercises.autograd_engine.asks import ask_for_gradients
from autograder.exercises.autograd_engine.expressions import (
    DIFFERENCE,
    DOUBLE_ARROW,
    PRODUCT,
    SUM,
    as_answer,
    entry_names,
    expression,
    right_steps,
    wrong_steps,
)
from autograder.exercises.autograd_engine.pass_mistakes import (
    left_over,
    marked_for_good,
    only_the_leaves,
    visited_as_often_as_it_waits,
    wrong_receipt,
)
from autograder.exercises.autograd_engine.wrong_orders import (
    double_arrows,
    visited_by_value,
    wrong_waits,
)

UNIT = "04-autograd-engine"

PARTS = {
    "tree": "every node used once",
    "fan_out": "leaves used twice",
    "order": "inner nodes used twice",
    "swapped": "the same with the operands swapped",
    "again": "a second call, and one from another node",
}


def _draw(values: Callable[[np.random.Generator, int], Any]) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        def numbers(count: int) -> Any:
            return values(rng, count)

        # s = a + b, p = ab, then y = (s + p) + sp: everything is used twice
        sums_first = ((SUM, 0, 1), (PRODUCT, 0, 1), (SUM, 2, 3), (PRODUCT, 2, 3), (SUM, 4, 5))
        products_first = ((SUM, 0, 1), (PRODUCT, 0, 1), (SUM, 3, 2), (PRODUCT, 3, 2), (SUM, 5, 4))
        return {
            "tree_in": [
                expression(numbers(1)),
                expression(numbers(4), (PRODUCT, 0, 1), (PRODUCT, 4, 2), (SUM, 5, 3), inner=True),
                # ab + cd with c = a and d = b: nodes that differ and have equal values
                expression(np.tile(numbers(2), 2), (PRODUCT, 0, 1), (PRODUCT, 2, 3), (SUM, 4, 5)),
            ],
            "fan_out_in": [
                expression(numbers(1), (SUM, 0, 0)),
                expression(numbers(1), (PRODUCT, 0, 0)),
                expression(numbers(2), (PRODUCT, 0, 1), (SUM, 2, 0)),
                expression(numbers(2), (PRODUCT, 0, 1), (SUM, 0, 2)),
            ],
            "order_in": [
                expression(numbers(2), *sums_first),
                # g = x², then y = g·g²
                expression(numbers(1), (PRODUCT, 0, 0), (PRODUCT, 1, 1), (PRODUCT, 1, 2)),
                # g = ab, then y = g·(gc): no node is both operands
                expression(numbers(3), (PRODUCT, 0, 1), (PRODUCT, 3, 2), (PRODUCT, 3, 4)),
                expression(numbers(2), (PRODUCT, 0, 1), (SUM, 2, 0)),
                expression(numbers(3), *DOUBLE_ARROW[0]),
            ],
            "swapped_in": [
                expression(numbers(2), *products_first),
                expression(numbers(1), (PRODUCT, 0, 0), (PRODUCT, 1, 1), (PRODUCT, 2, 1)),
                expression(numbers(3), (PRODUCT, 0, 1), (PRODUCT, 3, 2), (PRODUCT, 4, 3)),
                expression(numbers(2), (PRODUCT, 0, 1), (SUM, 0, 2)),
                # g = ab, y = (g − g) + a: one parent twice, with two local derivatives
                expression(numbers(2), (PRODUCT, 0, 1), (DIFFERENCE, 2, 2), (SUM, 3, 0)),
                expression(numbers(3), *DOUBLE_ARROW[1]),
            ],
            "again_in": [
                # p = ab, y = p + a, z = p·p: twice from y, then from z, then from p below both
                expression(
                    numbers(2), (PRODUCT, 0, 1), (SUM, 2, 0), (PRODUCT, 2, 2), calls=(3, 3, 4, 2)
                ),
                # y = g·(gc) and y = (gc)·g, twice from y
                expression(
                    numbers(3), (PRODUCT, 0, 1), (PRODUCT, 3, 2), (PRODUCT, 3, 4), calls=(5, 5)
                ),
                expression(
                    numbers(3), (PRODUCT, 0, 1), (PRODUCT, 3, 2), (PRODUCT, 4, 3), calls=(5, 5)
                ),
            ],
        }

    return draw


def _between(low: float, high: float) -> Any:
    return _draw(lambda rng, count: rng.uniform(low, high, size=count))


def everything_read(draw: Callable[[np.random.Generator], Inputs], repeated: str) -> Any:
    """The same expressions with the gradients of all nodes read.

    Args:
        draw: draws the expressions of each part.
        repeated: the input whose expressions have every call made twice. No other has, so that
            an engine that goes wrong on a second call goes wrong in one part only.
    """

    def every_node(rng: np.random.Generator) -> Inputs:
        return {
            name: [
                {
                    **one,
                    "inner": True,
                    "calls": [call for call in one["calls"] for _ in range(1 + (name == repeated))],
                }
                for one in expressions
            ]
            for name, expressions in draw(rng).items()
        }

    return every_node


def _values(kind: str) -> Any:
    draw_one = Real("n", largest=20.0).kinds()[kind]
    return everything_read(_draw(lambda rng, count: draw_one(rng, (count,))), "again_in")


ENGINE_BACKWARD_EXERCISE = Exercise(
    id="engine.backward",
    unit=UNIT,
    title="The backward pass of your engine",
    objectives=("O2",),
    deck="D0, Automatic Differentiation – Reverse Mode, Backward Computation; D2, Backpropagation",
    ask=ask_for_gradients,
    steps=right_steps(*PARTS),
    parts=tuple(Part(name, 1, label, entries=entry_names(name)) for name, label in PARTS.items()),
    probes=(
        Probe("leaves between 0.5 and 1.5", _between(0.5, 1.5)),
        Probe("leaves between −3 and −1", _between(-3.0, -1.0)),
        *(
            Probe(f"leaves {kind}", _values(kind), corner=True)
            for kind in ("of very different sizes", "with zeros")
        ),
    ),
    tolerance=1e-11,
    why_tolerance="a handful of products and sums",
    gradients=tuple(PARTS),
    mistakes=(
        Mistake(
            "M18",
            "no seed",
            wrong_steps(*PARTS, seed=0.0),
            "your {part} is zero everywhere, even where y itself is the leaf.",
            name="a missing seed at the top",
            question="What is dy/dy?",
        ),
        Mistake(
            "M9",
            "local derivatives without upstream",
            wrong_steps("tree", "order", "swapped", "again", times_upstream=False),
            "in the part {part}, a node sends only its local derivative, whatever it has received.",
            name="the incoming gradient is dropped",
        ),
        *wrong_receipt(
            "overwritten",
            passes.overwrite,
            "in the part {part}, every node that is used twice keeps only the contribution that "
            "came last.",
            name="a contribution overwritten at a fan-out",
            question="In y = a + a, how many contributions does a receive, and what is their sum?",
        ),
        *wrong_receipt(
            "first increment kept",
            passes.keep_the_first,
            "in the part {part}, every node that is used twice keeps only the contribution that "
            "came first.",
            name="later contributions are dropped at a fan-out",
            question="A node is visited once, but it may receive twice. Does yours?",
        ),
        only_the_leaves("tree"),
        *visited_as_often_as_it_waits("order again", "swapped again"),
        *visited_by_value("tree"),
        *double_arrows(("swapped",), ("fan_out", "order", "swapped", "again")),
        *wrong_waits("order", "swapped"),
        Mistake(
            "M16",
            "depth first, left to right",
            wrong_steps("order", "swapped", order=passes.preorder),
            "your {part} is what you get if each node sends its gradient on as soon as it is "
            "first reached, with the left operand visited first.",
            name=(
                "depth-first order, in which a node sends its gradient on before all its users "
                "have sent theirs"
            ),
            question="When you come to g in g·g², has g² already sent its share to g?",
        ),
        Mistake(
            "M16",
            "depth first, right to left",
            wrong_steps("order", "swapped", order=passes.preorder_from_the_right),
            "your {part} is what you get if each node sends its gradient on as soon as it is "
            "taken from a stack, with the right operand first.",
            name=(
                "stack order, in which a node sends its gradient on before all its users have "
                "sent theirs"
            ),
            question="When you come to g in g²·g, has g² already sent its share to g?",
        ),
        Mistake(
            "M16",
            "breadth first",
            wrong_steps("order", order=passes.breadth_first),
            "your {part} is what you get if nodes are visited level by level, starting from y.",
            name=(
                "breadth-first order, in which the nearest node is visited first, not the one "
                "made last"
            ),
            question=(
                "In g·g², g is one arrow away from y, and also two arrows away. When may it send "
                "its gradient on?"
            ),
        ),
        Mistake(
            "M16",
            "no visited set",
            wrong_steps("order", "swapped", "again", order=passes.every_arrival),
            "in the part {part}, a node that is reached twice sends its gradient on twice, the "
            "second time with everything that it has received so far.",
            name="recursion without a set of visited nodes",
            question="How many times does g send its gradient to x, and how many times should it?",
        ),
        Mistake(
            "M16",
            "parents before children",
            wrong_steps(*PARTS, order=passes.topological),
            "in the part {part}, only the operands of the last operation received anything. All "
            "the others were visited before they had received anything.",
            name="the order of the forward pass",
            question="Which node knows its gradient at the very beginning? Is it visited first?",
        ),
        *left_over("again"),
        *marked_for_good("again"),
    ),
    variants={
        "recursive search, as in small engines": as_answer(right_engines.Recursive, *PARTS),
        "counting users": as_answer(right_engines.CountingUsers, *PARTS),
        "gradients in a dict": as_answer(right_engines.InADict, *PARTS),
    },
    hints=(
        "There are three steps: find an order of the nodes, set zeros and a seed, then visit "
        "each node once.",
        "A node may send its gradient on only when all the nodes that use it have sent theirs. "
        "List the nodes with each one after its parents, and go through the list from the end.",
        "For y = g·g with g = x·x, the list is x, g, y. Set all grads to 0, then the grad of y "
        "to 1. At y: g receives g and g. At g: x receives twice as well. At x: no parents, done. "
        "Each visit loops over zip(self.parents, self.local) and adds.",
    ),
)

EXERCISES = (ENGINE_BACKWARD_EXERCISE,)
