"""Case 1, logistic regression on many examples at once: the mean loss and its gradient."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.domain import Real, bits, corners
from autograder.draws import large_and_small, times
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.logistic_to_network import (
    case1_batch_mistakes,
    case1_batch_theta_mistakes,
)
from autograder.exercises.logistic_to_network.case1_batch_mistakes import with_ones
from autograder.exercises.logistic_to_network.case1_forward import UNIT, loss, sigmoid
from autograder.exercises.logistic_to_network.wrong_losses import wrong_losses


def _batch(examples: int, inputs: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        classes = np.zeros(examples)
        classes[rng.permutation(examples)[: examples // 2]] = 1.0
        return {
            "theta": rng.normal(size=inputs + 1),
            "X": rng.normal(size=(examples, inputs)),
            "y_star": classes,
        }

    return draw


def _confident(rng: np.random.Generator) -> Inputs:
    """Losses of 10 to 16, not far from where 1 − y has no digits left."""
    theta, X = rng.uniform(0.5, 1.5, size=4), rng.uniform(0.5, 1.5, size=(5, 3))
    return {"theta": theta * 16 / (with_ones(X) @ theta).max(), "X": X, "y_star": np.zeros(5)}


BATCH_EXERCISE = Exercise(
    id="case1.batch",
    unit=UNIT,
    title="Case 1, many examples at once",
    objectives=("O4", "O6"),
    deck="D0 and D2, Case 1; D2, logistic regression recap",
    steps={
        "y": lambda v: sigmoid(with_ones(v.X) @ v.theta),
        "J": lambda v: np.mean(loss(v.y, v.y_star)),
        "da": lambda v: (v.y - v.y_star) / len(v.X),
        "dtheta": lambda v: with_ones(v.X).T @ v.da,
    },
    parts=(Part("J", 0.4), Part("da", 0.5, "dJ/da"), Part("dtheta", 0.6, "dJ/dθ")),
    probes=(
        Probe("seven examples, three inputs", _batch(7, 3)),
        # As many examples as entries in θ.
        Probe("five examples, four inputs", _batch(5, 4)),
        *corners(theta=Real("D+1", largest=1.5), X=Real("N", "D", largest=1.5), y_star=bits("N")),
        Probe("outputs confident and wrong", _confident, corner=True),
        *large_and_small(
            _batch(4, 3), "X", "θ", lambda far: {"X": times(far), "theta": times(1 / far, 1)}
        ),
    ),
    output="J",
    leaves={"dtheta": "theta"},
    tolerance=1e-9,
    why_tolerance="1 − y loses digits where a sigmoid is close to 1",
    batch="X",
    mistakes=(
        *wrong_losses(np.mean),
        Mistake(
            "M13",
            "bias at the other end",
            {"y": lambda v: sigmoid(v.X @ v.theta[:-1] + v.theta[-1])},
            "your {part} is what you get if the last entry of θ is taken for the bias.",
            name="the bias is taken from the wrong end of θ",
            question="x₀ = 1 stands in front of each x. Which entry of θ does it multiply?",
        ),
        Mistake(
            "M1",
            "sigmoid of −a",
            {"y": lambda v: sigmoid(-with_ones(v.X) @ v.theta)},
            "your {part} is what you get with 1 − y instead of y.",
            name="the sigmoid of −a",
            question="What should y be close to when a is large and positive?",
        ),
        Mistake(
            "M3",
            "sum for mean in J",
            {"J": lambda v: np.sum(loss(v.y, v.y_star))},
            "your {part} grows with the number of examples.",
            name="a sum where a mean is needed",
        ),
        Mistake(
            "M21",
            "every output with every class, in J",
            {
                "J": lambda v: (
                    -np.mean(
                        np.mean(v.y_star) * np.log(v.y) + (1 - np.mean(v.y_star)) * np.log(1 - v.y)
                    )
                )
            },
            "your {part} is what you get when every class is replaced by the mean of the "
            "classes. Every output was combined with every class.",
        ),
        Mistake(
            "M1",
            "y* − y",
            {"da": lambda v: (v.y_star - v.y) / len(v.X)},
            "your {part} has the right size but the opposite sign, on every input.",
        ),
        Mistake(
            "M3",
            "1/N left out",
            {"da": lambda v: v.y - v.y_star},
            "your {part} is too large by a factor that equals the number of examples.",
            name="a sum where a mean is needed",
        ),
        Mistake(
            "M21",
            "every output with every class",
            {"da": lambda v: (v.y - np.mean(v.y_star)) / len(v.X)},
            "your {part} is what you get when every class is replaced by the mean of the "
            "classes. Every output was combined with every class.",
        ),
        Mistake(
            "M7",
            "an extra σ′",
            {"da": lambda v: (v.y - v.y_star) / len(v.X) * v.y * (1 - v.y)},
            "your {part} contains y(1 − y), which the loss has cancelled.",
        ),
        Mistake(
            "M5",
            "σ′ left out",
            {"da": lambda v: (-v.y_star / v.y + (1 - v.y_star) / (1 - v.y)) / len(v.X)},
            "your {part} is dJ/dy; the step from y to a is missing.",
        ),
        Mistake(
            "M4",
            "averaged again",
            {"dtheta": lambda v: with_ones(v.X).T @ v.da / len(v.X)},
            "your {part} is divided by the number of examples again, but da already contains 1/N.",
            question="Does your da already contain 1/N?",
        ),
        Mistake(
            "M20",
            "the bias from the mean",
            {"dtheta": lambda v: np.r_[v.da.mean(), v.X.T @ v.da]},
            "the first entry of your {part} is a mean over the examples, but every example "
            "should add its own share.",
        ),
        Mistake(
            "M13",
            "the bias at the other end of dθ",
            {"dtheta": lambda v: np.r_[v.X.T @ v.da, v.da.sum()]},
            "your {part} has the derivative of the bias in its last place.",
            name="the bias stands at the wrong end of dθ",
            question="x₀ = 1 stands in front of each x. Where does its derivative belong?",
        ),
        Mistake(
            "M31",
            "the bias gets nothing",
            {"dtheta": lambda v: np.r_[0.0, v.X.T @ v.da]},
            "the first entry of your {part} is zero, as if x₀ were 0.",
            name="the derivative of the bias is left out",
            question="What is x₀ in every example?",
        ),
        *case1_batch_mistakes.FURTHER,
        *case1_batch_theta_mistakes.FURTHER,
    ),
    variants={
        "example by example": lambda theta, X, y_star: _batch_by_loop(theta, X, y_star),
        "signs and softplus": lambda theta, X, y_star: _batch_by_signs(theta, X, y_star),
    },
    hints=(
        "The mean of the losses is a sum with 1/N in front. What does each example contribute?",
        "da has one entry per example: what you found for one example, times 1/N. dtheta adds "
        "up, over the examples, da times the inputs, with x₀ = 1 for the bias.",
        "Take two examples with one input each. Then dJ/dθ₀ = da₁ + da₂ and dJ/dθ₁ = da₁x₁ + "
        "da₂x₂, where x₁ and x₂ are the inputs of the two. As a product, this is the transpose "
        "of the inputs, one row per example, times da.",
    ),
)


def _batch_by_loop(theta: Any, X: Any, y_star: Any) -> dict[str, Any]:
    total, da, dtheta = 0.0, [], np.zeros(len(theta))
    for x, target in zip(X, y_star, strict=True):
        full = np.concatenate([[1.0], x])
        y = 1 / (1 + np.exp(-(theta @ full)))
        total += -np.log(y) if target == 1 else -np.log(1 - y)
        da.append((y - target) / len(X))
        dtheta += full * da[-1]
    return {"J": total / len(X), "da": np.array(da), "dtheta": dtheta}


def _batch_by_signs(theta: Any, X: Any, y_star: Any) -> dict[str, Any]:
    sign = 1 - 2 * y_star
    margin = sign * (X @ theta[1:] + theta[0])
    da = sign / (1 + np.exp(-margin)) / X.shape[0]
    return {
        "J": np.logaddexp(0, margin).mean(),
        "da": da,
        "dtheta": np.r_[da.sum(), da @ X],
    }


EXERCISES = (BATCH_EXERCISE,)
