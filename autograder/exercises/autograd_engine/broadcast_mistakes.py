"""Right and wrong gradients of (X + b)·c + s·X: sums along other axes, gradients left over."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.exercise import Mistake, Step

GRADIENTS: Mapping[str, Step] = {
    "dX": lambda v: v.seed * v.c + v.seed * v.s,
    "db": lambda v: (v.seed * v.c).sum(axis=0),
    "dc": lambda v: (v.seed * (v.X + v.b)).sum(axis=1, keepdims=True),
    "ds": lambda v: float((v.seed * v.X).sum()),
}


def _left_over(slug: str, at_b: int, at_c: int) -> Mistake:
    """Every node keeps what it has: 2 seeds from the first call, and more at each level below."""
    return Mistake(
        "M17",
        slug,
        {
            # X has a parent of its own, and both of them are read.
            "dX": lambda v: v.seed * ((at_b - 2) * v.c + (at_c - 2) * v.s),
            "db": lambda v: at_b * GRADIENTS["db"](v),
            "dc": lambda v: at_c * GRADIENTS["dc"](v),
            "ds": lambda v: at_c * GRADIENTS["ds"](v),
        },
        "your {part} is what a second call gives if every node adds to what the first one left, "
        "also the nodes in between.",
        name="gradients left over from an earlier call",
        question="What is in grad when backward is called for the second time?",
        once=True,
    )


WRONG_REDUCTIONS = (
    _left_over("gradients left over in between", 7, 5),
    _left_over("gradients left over in between and at the top", 9, 7),
    Mistake(
        "M19",
        "summed before the product",
        {
            "dc": lambda v: (
                v.seed.sum(axis=1, keepdims=True) * (v.X + v.b).sum(axis=1, keepdims=True)
            ),
            "ds": lambda v: float(v.seed.sum() * v.X.sum()),
        },
        "your {part} is a product of two sums, not a sum of products.",
        name="sums before the product",
        question="Each copy has its own upstream gradient and its own local derivative. Which "
        "comes first: multiplying them or adding them up?",
    ),
    Mistake(
        "M19",
        "always summed over axis 0",
        {
            "db": lambda v: v.seed * v.c if len(v.X) == 1 else (v.seed * v.c).sum(axis=0),
            "dc": lambda v: (v.seed * (v.X + v.b)).sum(axis=0),
            "ds": lambda v: (v.seed * v.X).sum(axis=0),
        },
        "your {part} is what you get if the sum always runs over axis 0, or over none.",
        name="the sum runs over axis 0, whatever was broadcast",
        question="Along which axis was this operand copied?",
    ),
    Mistake(
        "M19",
        "summed from the back",
        {"db": lambda v: (v.seed * v.c).sum(axis=-1)},
        "your {part} is summed over the columns, but b has one entry per column.",
        name="the sum runs over the last axis instead of the first",
        question="Broadcasting adds new axes. Does it add them in front or behind?",
    ),
)
