"""Stochastic gradient descent, batch by batch, on deck D1's network with one hidden layer.

Examples are rows: h = tanh(x W + c), p = h w + b, with D1's names for the parameters. A batch's
loss is the mean of (p − y)²; the regulariser (λ/2)(Σ W² + Σ w²) acts on both weights, matrix and
vector, and leaves the biases c and b alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.domain import Real, corners
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe, Step
from autograder.exercises.layers_and_batches.forward_slips import bias_left_out
from autograder.exercises.layers_and_batches.untrained import nothing_trained
from autograder.exercises.training import right_descents
from autograder.exercises.training.regulariser import UNIT

PARAMETERS = ("W", "c", "w", "b")

PASS: dict[str, Step] = {
    "h": lambda v: np.tanh(v.x @ v.W + v.c),
    "p": lambda v: v.h @ v.w + v.b,
    "loss": lambda v: np.mean((v.p - v.y) ** 2),
    "dp": lambda v: 2 * (v.p - v.y) / len(v.y),
    "dw": lambda v: v.h.T @ v.dp,
    "db": lambda v: np.sum(v.dp),
    "dz": lambda v: np.outer(v.dp, v.w) * (1 - v.h**2),
    "dW": lambda v: v.x.T @ v.dz,
    "dc": lambda v: v.dz.sum(axis=0),
}
PENALISED: dict[str, float] = {"W": 1.0, "w": 1.0}


def forward_and_backward(
    v: SimpleNamespace, x: Any, y: Any, wrong: Mapping[str, Step] | None = None
) -> SimpleNamespace:
    """One forward and backward pass at the parameters of v, on the batch x, y."""
    now = SimpleNamespace(**{**vars(v), "x": x, "y": y})
    for name, step in PASS.items():
        setattr(now, name, (wrong or {}).get(name, step)(now))
    return now


def descend(
    v: SimpleNamespace,
    wrong: Mapping[str, Step] | None = None,
    penalised: Mapping[str, float] = PENALISED,
    keep: float = 0.0,
    with_penalty: bool = False,
    direction: float = -1.0,
) -> SimpleNamespace:
    """SGD through all batches.

    Args:
        v: the inputs.
        wrong: steps of the pass to compute otherwise.
        penalised: what multiplies λ times each parameter in its gradient.
        keep: the share of the last step's gradients that is not cleared.
        with_penalty: whether the penalty's gradient is kept too.
        direction: −1 downhill.
    """
    now = SimpleNamespace(**vars(v))
    losses = []
    left = dict.fromkeys(PARAMETERS, 0.0)
    for x, y in zip(v.x, v.y, strict=True):
        found = forward_and_backward(now, x, y, wrong)
        losses.append(found.loss)
        for name in PARAMETERS:
            data = getattr(found, f"d{name}") + keep * left[name]
            slope = data + penalised.get(name, 0.0) * v.lam * getattr(now, name)
            left[name] = slope if with_penalty else data
            setattr(now, name, getattr(now, name) + direction * v.learning_rate * slope)
    return SimpleNamespace(losses=np.array(losses), **{p: getattr(now, p) for p in PARAMETERS})


def _with_updated_w(v: SimpleNamespace) -> SimpleNamespace:
    def moved(now: SimpleNamespace) -> Any:
        w = now.w - v.learning_rate * (now.dw + v.lam * now.w)
        return np.outer(now.dp, w) * (1 - now.h**2)

    return descend(v, {"dz": moved})


def _with_stale_hidden(v: SimpleNamespace) -> SimpleNamespace:
    # The hidden layer's parameters as they were before the first step.
    return descend(v, {"h": lambda now: np.tanh(now.x @ v.W + v.c)})


def _last_slope(name: str) -> Step:
    def slope(v: SimpleNamespace) -> Any:
        but_one = descend(SimpleNamespace(**{**vars(v), "x": v.x[:-1], "y": v.y[:-1]}))
        return (getattr(but_one, name) - getattr(v.run, name)) / v.learning_rate

    return slope


# Each part by itself, so that an answer that trains nothing earns nothing.
UNTRAINED: dict[str, Step] = {
    "losses": lambda v: descend(v, direction=0.0).losses,
    **{name: attrgetter(name) for name in PARAMETERS},
}


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
        Part("losses", 1),
        Part("w", 0.5),
        Part("b", 0.5),
        Part("W", 0.5),
        Part("c", 0.5),
    ),
    probes=(
        Probe("3 batches of 7 examples, 2 inputs, 5 hidden units", draw(3, 7, 2, 5)),
        Probe("4 batches of 5 examples, 3 inputs, 3 hidden units", draw(4, 5, 3, 3)),
        Probe("λ = 0", draw(2, 3, 5, 2, lam=0.0)),
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
    ),
    tolerance=1e-9,
    why_tolerance="round-off error is carried from step to step",
    gradients=("losses", *PARAMETERS),
    mistakes=(
        Mistake(
            "M1",
            "uphill",
            {"run": lambda v: descend(v, direction=1.0)},
            "your {part} follow the gradient uphill.",
            name="a step along the gradient instead of against it",
        ),
        nothing_trained("w", UNTRAINED),
        Mistake(
            "M2",
            "2 left out",
            {"run": lambda v: descend(v, {"dp": lambda now: (now.p - now.y) / len(now.y)})},
            "your {part} come from steps whose data gradient is half as large as it should be. "
            "This loss has no ½.",
        ),
        Mistake(
            "M3",
            "sum for mean",
            {"run": lambda v: descend(v, {"dp": lambda now: 2 * (now.p - now.y)})},
            "your {part} come from steps that add up the gradients of the examples.",
        ),
        Mistake(
            "M5",
            "tanh′ left out",
            {"run": lambda v: descend(v, {"dz": lambda now: np.outer(now.dp, now.w)})},
            "your {part} come from a backward pass that skips the tanh.",
            name="the derivative of tanh is left out",
        ),
        bias_left_out("c", run=lambda v: descend(v, {"h": lambda now: np.tanh(now.x @ now.W)})),
        bias_left_out("b", run=lambda v: descend(v, {"p": lambda now: now.h @ now.w})),
        Mistake(
            "M14",
            "w updated first",
            {"run": _with_updated_w},
            "your {part} come from a loop that changes w first and then sends the error back "
            "through the new w.",
        ),
        *(
            Mistake(
                "M17",
                f"gradients pile up{slug}",
                {"run": partial(descend, keep=1.0, with_penalty=kept)},
                "your {part} come from a loop that adds the gradients of each batch to the "
                "earlier ones.",
            )
            for slug, kept in (("", False), (" with their penalties", True))
        ),
        Mistake(
            "M28",
            "hidden layer of the first step",
            {"run": _with_stale_hidden},
            "your {part} come from a loop whose hidden layer still uses the W and c from the "
            "start.",
        ),
        Mistake(
            "M22",
            "biases penalised",
            {"run": lambda v: descend(v, penalised=dict.fromkeys(PARAMETERS, 1.0))},
            "your {part} come from a loop that shrinks the biases too.",
            name="a penalty on the biases",
            question="Which of W, c, w and b does the regulariser act on?",
        ),
        Mistake(
            "M22",
            "vector w exempt",
            {"run": lambda v: descend(v, penalised={"W": 1.0})},
            "your {part} come from a loop that regularises only the matrix W.",
            name="the output weights are left out of the regulariser",
            question="What does w multiply: is it a weight or a bias?",
        ),
        Mistake(
            "M22",
            "λ forgotten",
            {"run": lambda v: descend(v, penalised={})},
            "your {part} are right when λ = 0, but otherwise λ has no effect on them.",
            name="a forgotten penalty term",
            question="What happens to your steps when λ doubles?",
        ),
        Mistake(
            "M32",
            "gradient of the last batch returned",
            {name: _last_slope(name) for name in PARAMETERS},
            "your {part} is a slope, namely the gradient of the last batch.",
            name="the gradient is returned instead of the parameter",
            question="Is this a slope, or a new weight?",
            once=True,
        ),
    ),
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
