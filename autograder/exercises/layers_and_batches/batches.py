"""A batch of rows through a network of any depth: Z = X W + b, as in deck D4.

The cost is the mean over the examples of ½ Σ (a − y)², so 1/N enters once, at the output.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from autograder.draws import with_zeros
from autograder.exercise import Exercise, Inputs, Part, Probe
from autograder.exercises.layers_and_batches import batch_further, right_passes
from autograder.exercises.layers_and_batches.asks import ask_network
from autograder.exercises.layers_and_batches.batch_mistakes import MISTAKES
from autograder.exercises.layers_and_batches.batch_steps import back, biases, gradient, weights
from autograder.exercises.layers_and_batches.deep import (
    carried_down,
    feedforward,
    one_line,
)
from autograder.exercises.layers_and_batches.far_out import far_out
from autograder.exercises.layers_and_batches.formulas import UNIT, slope


def _network(examples: int, *sizes: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {
            "W": [rng.normal(size=(m, n)) for m, n in pairwise(sizes)],
            "b": [rng.normal(size=n) for n in sizes[1:]],
            "X": rng.normal(size=(examples, sizes[0])),
            "Y": rng.uniform(0.1, 0.9, size=(examples, sizes[-1])),
        }

    return draw


BATCH_EXERCISE = Exercise(
    id="bp.batch",
    unit=UNIT,
    title="A batch through a network of any depth",
    objectives=("O4",),
    deck="D1 and D3, BP1 to BP4; D4, batches as rows",
    ask=ask_network,
    steps={
        "f": lambda v: feedforward(v, v.X, lambda W, a, b: a @ W + b),
        "entering": lambda v: v.f.a,
        "C": lambda v: 0.5 * np.sum((v.f.out - v.Y) ** 2) / len(v.X),
        "back": back(lambda v, W, delta, layer: (delta @ W.T) * slope(v.f.a[layer])),
        "delta_L": lambda v: (v.f.out - v.Y) / len(v.X) * slope(v.f.out),
        **carried_down("delta"),
        **biases(lambda v, layer, delta: delta.sum(axis=0)),
        **weights(gradient),
    },
    parts=(
        Part("C", 0.3),
        Part("delta_L", 0.4, "delta[L]"),
        Part("db_L", 0.2, "db[L]"),
        Part("dW_L", 0.2, "dW[L]"),
        Part("delta_next", 0.4, "delta[L−1]"),
        Part("db_next", 0.2, "db[L−1]"),
        Part("dW_next", 0.2, "dW[L−1]"),
        Part("delta_rest", 0.2, "delta further down"),
        Part("db_rest", 0.2, "db further down"),
        Part("dW_rest", 0.2, "dW further down"),
    ),
    probes=(
        Probe("7 examples, layers of 5, 4, 2 and 3", _network(7, 5, 4, 2, 3)),
        Probe("5 examples, four layers of 3", _network(5, 3, 3, 3, 3)),
        Probe("3 examples, six layers", _network(3, 2, 4, 3, 2, 3, 5)),
        Probe("11 examples, no hidden layer", _network(11, 4, 3), special=True),
        *(
            Probe(name, _network(*sizes), corner=True)
            for name, sizes in (
                ("one example, one unit in each of two layers", (1, 1, 1)),
                ("one example, one hidden layer of one unit", (1, 3, 1, 2)),
                ("one example, layers of 2, 3 and 2", (1, 2, 3, 2)),
                ("two examples, layers of 2, 2 and 2", (2, 2, 2, 2)),
                ("four examples, one input and one output", (4, 1, 4, 3, 1)),
            )
        ),
        Probe("many zeros", with_zeros(_network(3, 3, 4, 2)), corner=True),
        *far_out(_network(3, 2, 3, 2), "X", "Y"),
    ),
    tolerance=1e-8,
    why_tolerance="1 − a loses digits where sigmoids are close to 1, layer after layer",
    batch="X",
    derivatives=(
        "delta_L",
        "db_L",
        "dW_L",
        "delta_next",
        "db_next",
        "dW_next",
        "delta_rest",
        "db_rest",
        "dW_rest",
    ),
    mistakes=one_line((*MISTAKES, *batch_further.FURTHER)),
    variants={
        "example by example": right_passes.one_by_one,
        "columns inside": right_passes.by_columns,
        "a column of ones for the bias": right_passes.with_ones,
    },
    hints=(
        "This is your five-step algorithm with one row per example. Which products change their "
        "order, and where are the examples added up?",
        "1/N belongs to the cost, so it enters with delta[L] and comes down with it. No other "
        "line contains it. The sum over the examples is inside the product for dW, and you write "
        "it out for db.",
        "With one hidden layer, delta3 = (A3 − Y)/N · A3(1 − A3); db3 is the sum of its rows; "
        "dW3 = A2ᵀ delta3; delta2 = (delta3 W3ᵀ) · A2(1 − A2), and so on down. Test it with a "
        "batch of one example against your five steps.",
    ),
)


EXERCISES = (BATCH_EXERCISE,)
