"""The five-step algorithm of decks D1 and D3: a network of any depth, one example.

z^l = W^l a^{l−1} + b^l, a^l = σ(z^l), C = ½ Σ (a^L − y)². For one example ∂C/∂b^l is δ^l itself,
so the biases carry the errors down.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from autograder.draws import with_zeros
from autograder.exercise import Exercise, Inputs, Part, Probe
from autograder.exercises.layers_and_batches import any_depth_further, right_passes
from autograder.exercises.layers_and_batches.any_depth_mistakes import MISTAKES, back, weights
from autograder.exercises.layers_and_batches.asks import ask_network
from autograder.exercises.layers_and_batches.deep import (
    carried_down,
    feedforward,
    in_each_layer,
)
from autograder.exercises.layers_and_batches.far_out import far_out
from autograder.exercises.layers_and_batches.formulas import UNIT, slope


def _network(*sizes: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {
            "W": [rng.normal(size=(n, m)) for m, n in pairwise(sizes)],
            "b": [rng.normal(size=n) for n in sizes[1:]],
            "x": rng.normal(size=sizes[0]),
            "y": rng.uniform(0.1, 0.9, size=sizes[-1]),
        }

    return draw


FIVE_STEPS_EXERCISE = Exercise(
    id="bp.five_steps",
    unit=UNIT,
    title="The five-step algorithm, any depth",
    objectives=("O4",),
    deck="D1 and D3, Back Propagation Algorithm; D1, Algorithm 6.4 of Goodfellow",
    ask=ask_network,
    steps={
        "f": lambda v: feedforward(v, v.x, lambda W, a, b: W @ a + b),
        "entering": lambda v: v.f.a,
        "at_output": lambda v: (v.f.out - v.y) * slope(v.f.out),
        "back": back,
        "db_L": lambda v: v.at_output,
        **carried_down("db"),
        **in_each_layer("dW", "db", weights),
    },
    parts=(
        Part("db_L", 0.4, "db[L]"),
        Part("dW_L", 0.3, "dW[L]"),
        Part("db_next", 0.4, "db[L−1]"),
        Part("dW_next", 0.3, "dW[L−1]"),
        Part("db_rest", 0.3, "db of the layers below"),
        Part("dW_rest", 0.3, "dW of the layers below"),
    ),
    probes=(
        Probe("layers of 5, 7, 4 and 3", _network(5, 7, 4, 3)),
        Probe("four layers of 3", _network(3, 3, 3, 3)),
        Probe("six layers", _network(2, 4, 3, 2, 3, 5)),
        Probe("no hidden layer", _network(4, 3), special=True),
        *(
            Probe(name, _network(*sizes), corner=True)
            for name, sizes in (
                ("one unit in each of two layers", (1, 1)),
                ("one hidden layer, of one unit", (3, 1, 2)),
                ("one input and one output", (1, 4, 3, 1)),
            )
        ),
        Probe("many zeros", with_zeros(_network(3, 4, 2)), corner=True),
        *far_out(_network(2, 3, 2), "x", "y"),
    ),
    tolerance=1e-8,
    why_tolerance="1 − a loses digits where sigmoids are close to 1, layer after layer",
    derivatives=("db_L", "dW_L", "db_next", "dW_next", "db_rest", "dW_rest"),
    mistakes=(*MISTAKES, *any_depth_further.FURTHER),
    variants={
        "Goodfellow's loop with one g": right_passes.goodfellow,
        "recursion": right_passes.by_recursion,
        "Jacobians forward": right_passes.by_jacobians,
    },
    hints=(
        "Go forward and keep every z and a. Then go down from L with one error at a time: use "
        "BP1 once, BP2 for every step down, and BP3 and BP4 at each layer.",
        "At layer l you need three things: the W and the error of the layer above, σ′ of layer l, "
        "and the inputs of layer l. Those inputs are the a of layer l − 1. range(L - 1, 1, -1) "
        "counts down to 2.",
        "Take one hidden layer (L = 3). At the top, δ3 = (a3 − y) a3(1 − a3), db3 = δ3, and dW3 is "
        "the table of δ3 times a2. Below it, δ2 = (W3ᵀ δ3) a2(1 − a2), db2 = δ2, and dW2 is the "
        "table of δ2 times x. A loop does the last three for every layer below the top.",
    ),
)


EXERCISES = (FIVE_STEPS_EXERCISE,)
