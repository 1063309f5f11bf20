"""Right and wrong gradients of (X + b)·c + s·X: sums along other axes, gradients left over."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.exercise import Mistake, Step
from autograder.exercises.autograd_engine.asks import SHARE_OF_THE_DIFFERENCE

GRADIENTS: Mapping[str, Step] = {
    "dX": lambda v: v.seed * v.c + v.seed * v.s,
    "db": lambda v: (v.seed * v.c).sum(axis=0),
    "dc": lambda v: (v.seed * (v.X + v.b)).sum(axis=1, keepdims=True),
    "ds": lambda v: float((v.seed * v.X).sum()),
}


def three_times(right: Step) -> Step:
    """What is left if a call adds to what a first one with twice the seed has left."""
    return lambda v: 3 * right(v)


def _left_over(slug: str, at_b: int, at_c: int) -> Mistake:
    """Every node keeps what it has: 2 seeds from the first call, and more at each level below."""
    shown = 2 * SHARE_OF_THE_DIFFERENCE
    return Mistake(
        "M17",
        slug,
        {
            # X has a parent of its own, and both of them are read.
            "dX": lambda v: v.seed * ((at_b - shown) * v.c + (at_c - shown) * v.s),
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


ONE_ARRAY = Mistake(
    "M27",
    "one array for two nodes",
    {"dX": lambda v: GRADIENTS["dX"](v) + v.seed},
    "your {part} shows it: in y = (X + W) + X, the grads of X and W are one and the same array, so "
    "that what is added to X's in place is added to W's too.",
    name="one array that is the grad of two nodes, and is changed in place",
    question="After parent.grad = share, who else holds that array? What does += do to it?",
    hints=(
        "After parent.grad = share, who else holds that array? What does += do to it?",
        "An array that a node receives may be the grad of another node: with a local derivative "
        "of 1, share is the node's own grad. Which line of yours changes an array in place?",
        "Take a = np.ones(2), b = a, b += 1: now a holds twos as well. Write "
        "b = b + 1, which makes a new array, or begin with a copy.",
    ),
)
AT_THE_LEAVES = Mistake(
    "M17",
    "gradients left over at the leaves",
    {
        "dX": lambda v: (1 - 2 * SHARE_OF_THE_DIFFERENCE) * GRADIENTS["dX"](v),
        **{name: three_times(GRADIENTS[name]) for name in ("db", "dc", "ds")},
    },
    "your {part} is what a second call gives if the leaves add to what the first one left: the "
    "first had twice the seed.",
    name="gradients left over from an earlier call at the nodes without parents",
    question="Which nodes are set to zero at the beginning of a call, and which are not?",
    once=True,
)
WRONG_REDUCTIONS = (
    AT_THE_LEAVES,
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
