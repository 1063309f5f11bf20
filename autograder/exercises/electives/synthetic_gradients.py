"""Jaderberg and others (2017): a hidden layer that does not wait for its gradient."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.domain import Real, corners
from autograder.draws import large_and_small, times, with_changes
from autograder.exercise import Exercise, Inputs, Part, Probe
from autograder.exercises.electives.predictor_mistakes import PREDICTOR_MISTAKES
from autograder.exercises.electives.synthetic_mistakes import LAYER_MISTAKES


def _decoupled(examples: int, inputs: int, hidden: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {
            "x": rng.normal(size=(examples, inputs)),
            "W": rng.normal(size=(inputs, hidden)),
            "A": rng.normal(size=(hidden, hidden)),
            "c": rng.normal(size=hidden),
            "true_dh": rng.normal(size=(examples, hidden)),
        }

    return draw


SYNTHETIC_EXERCISE = Exercise(
    id="synthetic.gradients",
    unit="13-elective-synthetic-gradients",
    title="Synthetic gradients",
    objectives=("O4", "O8"),
    deck="D1, references: decoupled neural interfaces (Jaderberg, Czarnecki)",
    steps={
        "h": lambda v: np.tanh(v.x @ v.W),
        "guess": lambda v: v.h @ v.A + v.c,
        "dW": lambda v: v.x.T @ (v.guess * (1 - v.h**2)),
        "loss": lambda v: 0.5 * np.sum((v.guess - v.true_dh) ** 2) / len(v.x),
        "dA": lambda v: v.h.T @ (v.guess - v.true_dh) / len(v.x),
        "dc": lambda v: (v.guess - v.true_dh).sum(axis=0) / len(v.x),
    },
    parts=(
        Part("guess", 0.4, "the synthetic gradient"),
        Part("dW", 0.6),
        Part("loss", 0.2),
        Part("dA", 0.5),
        Part("dc", 0.3),
    ),
    probes=(
        Probe("7 examples, 3 inputs, 5 hidden units", _decoupled(7, 3, 5)),
        Probe("5 examples, 3 inputs, 3 hidden units", _decoupled(5, 3, 3)),
        *corners(
            x=Real("N", "D", largest=1.5),
            W=Real("D", "H", largest=1.5),
            A=Real("H", "H", largest=1.5),
            c=Real("H", largest=1.5),
            true_dh=Real("N", "H", largest=3.0),
        ),
        *large_and_small(
            _decoupled(3, 2, 4), "x", "W", lambda far: {"x": times(far), "W": times(1 / far)}
        ),
        Probe(
            "large A, c and true gradient",
            with_changes(
                _decoupled(3, 2, 4), **dict.fromkeys(("A", "c", "true_dh"), times(2.0**10))
            ),
            corner=True,
        ),
    ),
    output="loss",
    leaves={"dA": "A", "dc": "c"},
    batch="x",
    gradients=("dW",),
    mistakes=(*LAYER_MISTAKES, *PREDICTOR_MISTAKES),
    variants={
        "bias as a column": lambda *inputs: _bias_as_column(*inputs),
        "einsum": lambda *inputs: _by_einsum(*inputs),
    },
    hints=(
        "There are two small networks: the layer itself, which trusts the guess, and the "
        "predictor, which learns from the true gradient when it comes.",
        "For dW, put the guess where dL/dh would be. For dA and dc, the predictor is a linear "
        "regression from h to the true gradient.",
        "Take one example and one unit: h = 0.5, A = 2 and c = 1 give the guess 2. With x = 3, "
        "dW = 3·2·(1 − 0.25) = 4.5. If the truth is 1.5, the error is 0.5, dA = 0.25 and dc = "
        "0.5.",
    ),
)


def _bias_as_column(x: Any, W: Any, A: Any, c: Any, true_dh: Any) -> dict[str, Any]:
    h = np.tanh(x @ W)
    wide, both = np.column_stack([h, np.ones(len(h))]), np.vstack([A, c])
    guess = wide @ both
    error = guess - true_dh
    slope = wide.T @ error / len(x)
    return {
        "guess": guess,
        "dW": x.T @ (guess / np.cosh(x @ W) ** 2),
        "loss": np.vdot(error, error) / (2 * len(x)),
        "dA": slope[:-1],
        "dc": slope[-1],
    }


def _by_einsum(x: Any, W: Any, A: Any, c: Any, true_dh: Any) -> dict[str, Any]:
    h = np.tanh(np.einsum("ni,ih->nh", x, W))
    guess = np.einsum("nh,hk->nk", h, A) + c
    error = (guess - true_dh) / len(x)
    return {
        "dc": error.sum(0),
        "dA": np.einsum("nh,nk->hk", h, error),
        "loss": 0.5 * len(x) * (error**2).sum(),
        "dW": np.einsum("ni,nh->ih", x, guess - guess * h * h),
        "guess": guess,
    }


EXERCISES = (SYNTHETIC_EXERCISE,)
