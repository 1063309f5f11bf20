"""Stochastic gradient descent, batch by batch, on deck D1's network with one hidden layer."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.domain import Real, corners
from autograder.draws import large_and_small, times, with_changes
from autograder.exercise import Exercise, Inputs, Part, Probe
from autograder.exercises.once import run_once
from autograder.exercises.training import right_descents
from autograder.exercises.training.descent_mistakes import MISTAKES
from autograder.exercises.training.descent_steps import PARAMETERS, descend
from autograder.exercises.training.regulariser import UNIT


def draw(batches: int, examples: int, inputs: int, hidden: int, lam: float | None = None) -> Any:
    """Mini-batches and a network to start from."""

    def draw_all(rng: np.random.Generator) -> Inputs:
        return {
            "x": rng.normal(size=(batches, examples, inputs)),
            "y": rng.normal(size=(batches, examples)),
            "W": rng.normal(size=(inputs, hidden)),
            "c": rng.normal(size=hidden),
            "w": rng.normal(size=hidden),
            "b": float(rng.normal()),
            "learning_rate": float(rng.uniform(0.05, 0.15)),
            "lam": float(rng.uniform(0.2, 0.6)) if lam is None else lam,
        }

    return draw_all


def _almost_met(rng: np.random.Generator) -> Inputs:
    """Targets so near that a penalty would be most of the loss, however small λ is."""
    inputs = draw(2, 3, 2, 3, lam=0.0)(rng)
    outputs = np.tanh(inputs["x"] @ inputs["W"] + inputs["c"]) @ inputs["w"] + inputs["b"]
    return {**inputs, "y": outputs + 1e-3 * rng.normal(size=outputs.shape)}


SGD_EXERCISE = Exercise(
    id="sgd.epoch",
    unit=UNIT,
    title="One epoch of SGD with L2",
    objectives=("O5", "O6"),
    deck="D0, A Recipe for Machine Learning, SGD; D1, model training",
    steps={
        "run": descend,
        "losses": lambda v: v.run.losses,
        "w": lambda v: v.run.w,
        "b": lambda v: v.run.b,
        "W": lambda v: v.run.W,
        "c": lambda v: v.run.c,
    },
    parts=(
        Part("losses", 1, plural=True),
        Part("w", 0.5),
        Part("b", 0.5),
        Part("W", 0.5),
        Part("c", 0.5),
    ),
    probes=(
        # So many batches that another order of them is hardly ever the same one.
        Probe("7 batches of 3 examples, 2 inputs, 5 hidden units", draw(7, 3, 2, 5)),
        Probe("4 batches of 5 examples, 3 inputs, 3 hidden units", draw(4, 5, 3, 3)),
        Probe("λ = 0", draw(5, 7, 3, 2, lam=0.0)),
        *corners(
            {"T": (1, 2), "N": (1, 2), "D": (1, 2), "H": (1, 2)},
            x=Real("T", "N", "D", largest=1.2),
            y=Real("T", "N", largest=1.2),
            W=Real("D", "H", largest=1.2),
            c=Real("H", largest=1.2),
            w=Real("H", largest=1.2),
            b=Real(largest=1.2),
            learning_rate=Real(above=0.0, below=0.2),
            lam=Real(above=0.0, below=0.6),
        ),
        Probe(
            "one batch with a large learning rate and a large λ",
            with_changes(draw(1, 4, 2, 3), learning_rate=times(2000.0), lam=times(2000.0)),
            corner=True,
        ),
        Probe("λ = 0, and targets that are almost met", _almost_met, corner=True),
        Probe(
            "a learning rate of 0",
            with_changes(
                draw(2, 4, 2, 3), learning_rate=times(0.0), **dict.fromkeys("wy", times(2.0**10))
            ),
            corner=True,
        ),
        # A second batch would meet parameters that saturate every unit.
        *large_and_small(
            draw(1, 4, 2, 3),
            "x",
            "W",
            lambda far: {"x": times(far), "W": times(1 / far)},
            before="one batch with ",
        ),
        Probe(
            "one batch with large w, b and y",
            with_changes(draw(1, 4, 2, 3), **dict.fromkeys("wby", times(2.0**10))),
            corner=True,
        ),
    ),
    tolerance=1e-9,
    why_tolerance="round-off error is carried from step to step",
    gradients=("losses", *PARAMETERS),
    mistakes=run_once(MISTAKES, "run", ("x", "y", *PARAMETERS, "learning_rate", "lam")),
    variants={
        "a dict of parameters": right_descents.by_dict,
        "weight decay first": right_descents.decay_first,
    },
    hints=(
        "For each batch, run a forward and a backward pass with the current parameters, record "
        "the loss, and then take a step for all four parameters.",
        "The loss is a mean over the batch, so dp contains 2/N. Compute all four gradients "
        "before you change any parameter. Add λw to the gradient of w and λW to the gradient of "
        "W, and nothing to those of c and b.",
        "Take one example with h = (0.5, −1), w = (1, 2), b = 0 and y = 1. Then p = −1.5 and dp "
        "= 2·(−2.5) = −5. Then dw = (−2.5, 5), db = −5, and dz = (−5, −10) times (1 − h²) = "
        "(−3.75, 0). If the only input is x = 4, dW is the row (−15, 0) and dc = (−3.75, 0).",
    ),
)


EXERCISES = (SGD_EXERCISE,)
