"""Arrays: what was copied by broadcasting on the way forward is summed on the way back."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.draws import FAR, times, with_changes, with_zeros
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.autograd_engine.asks import ask_for_broadcast
from autograder.exercises.autograd_engine.broadcast_mistakes import (
    GRADIENTS,
    ONE_ARRAY,
    WRONG_REDUCTIONS,
    three_times,
)
from autograder.exercises.autograd_engine.passes import Recorded, topological

UNIT = "04-autograd-engine"


def _draw(rows: int, columns: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {
            "X": rng.normal(size=(rows, columns)),
            "b": rng.normal(size=columns),
            "c": rng.normal(size=(rows, 1)),
            "s": float(rng.normal()),
            "seed": rng.normal(size=(rows, columns)),
        }

    return draw


ENGINE_BROADCAST_EXERCISE = Exercise(
    id="engine.broadcast",
    unit=UNIT,
    title="Arrays and broadcasting",
    objectives=("O2",),
    deck="D2, Backpropagation (the algorithm on tensors)",
    ask=ask_for_broadcast,
    # y = (X + b)·c + s·X, and the seed says how much each entry of y counts
    steps={
        "y": lambda v: (v.X + v.b) * v.c + v.s * v.X,
        "counted": lambda v: (v.seed * v.y).sum(),
        **GRADIENTS,
    },
    parts=(
        Part("dX", 0.5, "not broadcast, used twice"),
        Part("db", 0.5, "one entry per column"),
        Part("dc", 0.5, "one entry per row, shape (N, 1)"),
        Part("ds", 0.5, "one number for the whole array"),
    ),
    probes=(
        Probe("5 rows of 3", _draw(5, 3)),
        Probe("3 rows of 3", _draw(3, 3)),
        Probe("one row of 7", _draw(1, 7)),
        Probe("one row of one", _draw(1, 1), corner=True),
        Probe("a column", _draw(4, 1), corner=True),
        Probe("many zeros", with_zeros(_draw(3, 4)), corner=True),
        *(
            Probe(f"a {size} seed", with_changes(_draw(2, 3), seed=times(factor)), corner=True)
            for size, factor in (("large", FAR), ("small", 1 / FAR))
        ),
        Probe(
            "a seed of zeros",
            lambda rng: {**_draw(2, 3)(rng), "seed": np.zeros((2, 3))},
            corner=True,
        ),
    ),
    output="counted",
    leaves={"dX": "X", "db": "b", "dc": "c", "ds": "s"},
    mistakes=(
        Mistake(
            "M19",
            "not summed back",
            {
                "db": lambda v: v.seed * v.c,
                "dc": lambda v: v.seed * (v.X + v.b),
                "ds": lambda v: v.seed * v.X,
            },
            "your {part} has the shape of the result that it was broadcast to.",
            name="a missing sum over a broadcast axis",
            question=(
                "This operand was copied to every place where it was needed. How many paths lead "
                "from one of its entries to y?"
            ),
        ),
        Mistake(
            "M20",
            "mean for sum",
            {
                "db": lambda v: (v.seed * v.c).mean(axis=0),
                "dc": lambda v: (v.seed * (v.X + v.b)).mean(axis=1, keepdims=True),
                "ds": lambda v: float((v.seed * v.X).mean()),
            },
            "your {part} is too small by a factor equal to the number of copies.",
            name="a mean over the copies instead of their sum",
            question="If one entry was copied three times, are its three paths added or averaged?",
        ),
        Mistake(
            "M20",
            "last row only",
            {"db": lambda v: (v.seed * v.c)[-1]},
            "your {part} is only the contribution of the last row.",
            name="one row instead of the sum over rows",
            question="Which rows was b added to?",
        ),
        Mistake(
            "M19",
            "axis of length 1 lost",
            {"dc": lambda v: (v.seed * (v.X + v.b)).sum(axis=1)},
            "your {part} has the right numbers, but has lost its axis of length 1.",
            name="an axis of length 1 that was lost in the sum",
            question="What is the shape of c itself?",
        ),
        Mistake(
            "M19",
            "axis of length 1 kept",
            {"db": lambda v: (v.seed * v.c).sum(axis=0, keepdims=True)},
            "your {part} has the right numbers, but also an axis that b does not have.",
            name="one axis too many after the sum",
            question="What is the shape of b itself?",
        ),
        Mistake(
            "M17",
            "gradients left over",
            {name: three_times(right) for name, right in GRADIENTS.items()},
            "your {part} is what a second call gives if it adds to what the first one left: the "
            "first had twice the seed.",
            name="gradients left over from an earlier call",
            question="What is in grad when backward is called for the second time?",
            once=True,
        ),
        *WRONG_REDUCTIONS,
        ONE_ARRAY,
        *(
            Mistake(
                "M18",
                slug,
                {"dX": step},
                "your {part} is zero. Here X was made from another node, and no gradient was "
                "left on it.",
                name="gradients that reach only the leaves",
                question="Which nodes have a gradient after the call: those without parents, or "
                "all?",
                hints=(
                    "Which nodes have a gradient after the call: those without parents, or all?",
                    "The docstring asks for the grad of every node. Where does your pass keep "
                    "what it sends to a node that has parents?",
                    "For y = X·c with X = a + b, X receives seed·c before a and b do, and keeps "
                    "it. Add everything that a node receives to its own grad, and send it on "
                    "from there.",
                ),
            )
            for slug, step in {
                "only the leaves receive": lambda v: np.zeros(v.X.shape),
                "only the leaves receive, and X was never set": lambda v: 0.0,
            }.items()
        ),
        Mistake(
            "M15",
            "overwritten",
            {"dX": lambda v: v.seed * v.s},
            "your {part} has only the contribution through s·X.",
            name="a contribution overwritten at a fan-out",
            question="How many paths lead from X to y?",
        ),
        Mistake(
            "M15",
            "overwritten, other order",
            {"dX": lambda v: v.seed * v.c + 0 * v.X},
            "your {part} has only the contribution through (X + b)·c.",
            name="a contribution overwritten at a fan-out",
            question="How many paths lead from X to y?",
        ),
        Mistake(
            "M9",
            "seed taken as 1",
            {
                "dX": lambda v: v.c + v.s + 0 * v.X,
                "db": lambda v: (v.c + 0 * v.X).sum(axis=0),
                "dc": lambda v: (v.X + v.b).sum(axis=1, keepdims=True),
                "ds": lambda v: float(v.X.sum()),
            },
            "your {part} does not depend on the seed.",
            name="a seed that is assumed to be 1",
            question="backward is given a seed. Where does it enter?",
        ),
    ),
    variants={
        "leading axes, then axes of length 1": lambda X, b, c, s, seed: ask_for_broadcast(
            _AxisByAxis, dict(X=X, b=b, c=c, s=s, seed=seed)
        ),
        "entry by entry": lambda X, b, c, s, seed: ask_for_broadcast(
            _EntryByEntry, dict(X=X, b=b, c=c, s=s, seed=seed)
        ),
    },
    hints=(
        "Compare the shape of the gradient for a parent with the shape of the parent's value.",
        "Broadcasting copies in two ways: it adds new axes in front, and it stretches axes of "
        "length 1. Sum over both kinds, but keep the axis for the second kind.",
        "Take a value of shape (1, 4) that was broadcast to (2, 3, 4). The first axis is new: "
        "sum over it, and it disappears. The axis of length 3 was stretched from 1, so sum over "
        "it with keepdims=True. What is left has shape (1, 4).",
    ),
)


class _AxisByAxis(Recorded):
    def backward(self, seed: Any) -> None:
        order = topological(self)
        for node in order:
            node.grad = np.zeros(np.shape(node.value))
        self.grad = self.grad + seed
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local, strict=True):
                share = node.grad * local
                while share.ndim > np.ndim(parent.value):
                    share = share.sum(axis=0)
                for axis, length in enumerate(np.shape(parent.value)):
                    if length == 1:
                        share = share.sum(axis=axis, keepdims=True)
                parent.grad = parent.grad + share


class _EntryByEntry(Recorded):
    def backward(self, seed: Any) -> None:
        order = topological(self)
        for node in order:
            node.grad = np.zeros(np.shape(node.value))
        self.grad[...] = seed
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local, strict=True):
                share = node.grad * local
                entries = np.arange(np.size(parent.value)).reshape(np.shape(parent.value))
                copies = np.broadcast_to(entries, share.shape)
                flat = np.bincount(copies.ravel(), share.ravel(), minlength=entries.size)
                parent.grad += flat.reshape(entries.shape)


EXERCISES = (ENGINE_BROADCAST_EXERCISE,)
