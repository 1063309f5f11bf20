"""Slips in a step of gradient descent on deck D1's network that no part shows by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.layers_and_batches.forward_slips import bias_left_out, no_activation
from autograder.exercises.layers_and_batches.untrained import nothing_trained

Wrong = Mapping[str, Step]
_SLOPE = "the slope of tanh is written wrongly"
_ASK_SLOPE = "What is the derivative of tanh, written with its value h?"
_SHRUNK = "the wrong sum or mean for the bias"


def pass_slips(run: Callable[[Wrong], Wrong], **graded: Step) -> tuple[Mistake, ...]:
    """Slips in one forward and backward pass, carried on from step to step.

    Args:
        run: gives the steps of an exercise whose passes are computed with wrong steps.
        **graded: the part that is b, if it is graded. A b with one number per example costs it
            too, because of its form.

    Returns:
        The mistakes.
    """
    return (
        *(
            Mistake(
                "M21",
                f"every output with every target{where}",
                run(wrong),
                "your {part} comes from the difference of every output and every target, as if "
                "p − y were a table of all of them.",
            )
            for where, wrong in (
                ("", {"loss": _over_all_pairs, "dp": _from_all_pairs}),
                (", in the loss", {"loss": _over_all_pairs}),
                (", in the gradient", {"dp": _from_all_pairs}),
            )
        ),
        Mistake(
            "M5",
            "tanh′ left out",
            run({"dz": lambda v: _to_hidden(v)}),
            "your {part} comes from a backward pass that skips the tanh.",
            name="the derivative of tanh is left out",
        ),
        *(
            Mistake(
                id,
                f"tanh′ as {words}",
                run({"dz": _with_slope(slope)}),
                f"your {{part}} comes from a backward pass that multiplies by {words}.",
                name=name,
                question=question,
            )
            for id, words, name, question, slope in (
                (
                    "M8",
                    "h(1 − h)",
                    "the sigmoid's slope is used for tanh",
                    "Which activation do the hidden units have, and what is its derivative?",
                    lambda v: v.h * (1 - v.h),
                ),
                ("M8", "1 − h", _SLOPE, _ASK_SLOPE, lambda v: 1 - v.h),
                ("M8", "h²", _SLOPE, _ASK_SLOPE, lambda v: v.h**2),
                ("M8", "(1 − h)²", _SLOPE, _ASK_SLOPE, lambda v: (1 - v.h) ** 2),
                ("M8", "1 + h²", _SLOPE, _ASK_SLOPE, lambda v: 1 + v.h**2),
                (
                    "M6",
                    "1 − tanh²(h), although h is already the output of tanh",
                    "tanh is applied once more in its own slope",
                    "Is h the number before tanh or after it?",
                    lambda v: 1 - np.tanh(v.h) ** 2,
                ),
                (
                    "M6",
                    "1 − z², where z is the number before tanh",
                    "the slope of tanh is evaluated with the number before it",
                    "In 1 − (…)², which number belongs in the brackets: before tanh or after it?",
                    lambda v: 1 - (v.x @ v.W + v.c) ** 2,
                ),
            )
        ),
        *(
            Mistake(
                "M8",
                f"sigmoid for tanh{slug}",
                run(
                    {
                        "h": lambda v: 1 / (1 + np.exp(-(v.x @ v.W + v.c))),
                        "dz": _with_slope(slope),
                    }
                ),
                "your {part} comes from a network whose hidden units are sigmoids.",
                name="the sigmoid is used instead of tanh",
                question="Which activation does this network have in its hidden units?",
            )
            for slug, slope in (
                ("", lambda v: v.h * (1 - v.h)),
                (", with the slope of tanh", lambda v: 1 - v.h**2),
            )
        ),
        no_activation("tanh", **run({"h": lambda v: v.x @ v.W + v.c})),
        bias_left_out("c", **run({"h": lambda v: np.tanh(v.x @ v.W)})),
        bias_left_out("b", **run({"p": lambda v: v.h @ v.w})),
        bias_left_out(
            "in either layer", **run({"h": lambda v: np.tanh(v.x @ v.W), "p": lambda v: v.h @ v.w})
        ),
        *_sizes(run, graded),
        *_left_alone(run),
        Mistake(
            "M31",
            "w left out on the way back",
            run({"dz": lambda v: np.outer(v.dp, np.ones(len(v.w))) * (1 - v.h**2)}),
            "your {part} comes from a backward pass that does not multiply by w on its way to the "
            "hidden units.",
            name="the output weights are left out on the way back",
            question="By how much does p change when one hidden unit changes by 1?",
        ),
    )


def _sizes(run: Callable[[Wrong], Wrong], graded: Wrong) -> tuple[Mistake, ...]:
    """A constant in front of some of the gradients."""
    return (
        Mistake(
            "M2",
            "2 left out",
            run({"dp": lambda v: (v.p - v.y) / len(v.y)}),
            "your {part} comes from steps whose data gradient is half as large as it should be. "
            "This loss has no ½.",
        ),
        Mistake(
            "M3",
            "sum for mean",
            run({"dp": lambda v: 2 * (v.p - v.y)}),
            "your {part} comes from steps that add up the gradients of the examples.",
            name="a sum where a mean is needed",
        ),
        Mistake(
            "M3",
            "sum for mean, 2 left out",
            run({"dp": lambda v: v.p - v.y}),
            "your {part} comes from steps that follow p − y, without the 2 and without the mean.",
            name="the 2 and the mean are left out",
            question="Differentiate the loss with respect to one entry of p. Which constants are "
            "in front?",
        ),
        Mistake(
            "M4",
            "mean taken twice",
            run({"dp": lambda v: 2 * (v.p - v.y) / len(v.y) ** 2}),
            "your {part} comes from steps that divide by the number of examples twice.",
        ),
        Mistake(
            "M4",
            "mean taken twice below",
            run({"dz": lambda v: _to_hidden(v) * (1 - v.h**2) / len(v.y)}),
            "your {part} comes from a backward pass that divides by the number of examples once "
            "more below the output.",
        ),
        *(
            Mistake(
                "M20",
                f"mean for {'both biases' if len(wrong) == 2 else next(iter(wrong))}",
                run(wrong),
                "your {part} comes from a loop in which a bias follows the mean over the examples, "
                "although dp already contains the 1/N.",
                name=_SHRUNK,
            )
            for wrong in (
                {"db": lambda v: np.mean(v.dp), "dc": lambda v: v.dz.mean(axis=0)},
                {"db": lambda v: np.mean(v.dp)},
                {"dc": lambda v: v.dz.mean(axis=0)},
            )
        ),
        Mistake(
            "M19",
            "db not summed",
            {**run({"db": lambda v: v.dp}), **graded},
            "your {part} comes from a loop in which b becomes one number per example. The gradient "
            "of b is not summed over the examples.",
        ),
    )


def _left_alone(run: Callable[[Wrong], Wrong]) -> tuple[Mistake, ...]:
    """Parameters that a loop forgets."""
    still: dict[str, Step] = {
        "W": lambda v: np.zeros(v.W.shape),
        "c": lambda v: np.zeros(v.c.shape),
        "w": lambda v: np.zeros(v.w.shape),
        "b": lambda v: 0.0,
    }
    return tuple(
        Mistake(
            id,
            f"no data gradient for {names}",
            run({f"d{name}": still[name] for name in names.split(" and ")}),
            f"your {{part}} comes from a loop in which the loss never changes {names}.",
            name=name,
            question="Which of the four parameters change from step to step?",
            hints=nothing_trained(names[0], {}).hints if id == "M28" else None,
        )
        for id, names, name in (
            ("M20", "c and b", "biases that are never trained"),
            ("M20", "c", "biases that are never trained"),
            ("M20", "b", "biases that are never trained"),
            ("M28", "W and c", "a hidden layer that is never trained"),
            ("M28", "w and b", "an output layer that is never trained"),
        )
    )


def updated_first(
    run: Callable[[Wrong], Wrong], lam: Callable[[Any], float]
) -> tuple[Mistake, ...]:
    """Steps in which one layer moves before the gradient of the other one is computed.

    Args:
        run: gives the steps of an exercise whose passes are computed with wrong steps.
        lam: the strength of the penalty, from the inputs.
    """

    def moved(v: SimpleNamespace, name: str, slope: Any) -> Any:
        value = getattr(v, name)
        share = lam(v) if name in ("W", "w") else 0.0
        return value - v.learning_rate * (slope + share * value)

    def with_new_w(v: SimpleNamespace) -> Any:
        return np.outer(v.dp, moved(v, "w", v.dw)) * (1 - v.h**2)

    def after_output(v: SimpleNamespace) -> Any:
        w = moved(v, "w", v.dw)
        dp = 2 * (v.h @ w + moved(v, "b", v.db) - v.y) / len(v.y)
        return np.outer(dp, w) * (1 - v.h**2)

    def hidden_moved(v: SimpleNamespace) -> tuple[Any, Any]:
        dz = _to_hidden(v) * (1 - v.h**2)
        h = np.tanh(v.x @ moved(v, "W", v.x.T @ dz) + moved(v, "c", dz.sum(axis=0)))
        return h, 2 * (h @ v.w + v.b - v.y) / len(v.y)

    def dw_after_hidden(v: SimpleNamespace) -> Any:
        h, dp = hidden_moved(v)
        return h.T @ dp

    return (
        Mistake(
            "M14",
            "w updated first",
            run({"dz": with_new_w}),
            "your {part} comes from a loop that changes w first and then sends the error back "
            "through the new w.",
        ),
        Mistake(
            "M14",
            "output layer updated first",
            run({"dz": after_output}),
            "your {part} comes from a loop that changes w and b first and finds the gradients of "
            "the hidden layer with the new ones.",
        ),
        Mistake(
            "M14",
            "hidden layer updated first",
            run({"dw": dw_after_hidden, "db": lambda v: np.sum(hidden_moved(v)[1])}),
            "your {part} comes from a loop that changes W and c first and finds the gradients of "
            "w and b with the new ones.",
        ),
    )


def _over_all_pairs(v: SimpleNamespace) -> Any:
    return np.mean((v.p[:, None] - v.y) ** 2)


def _from_all_pairs(v: SimpleNamespace) -> Any:
    return 2 * (v.p - np.mean(v.y)) / len(v.y)


def _to_hidden(v: SimpleNamespace) -> Any:
    return np.outer(v.dp, v.w)


def _with_slope(slope: Step) -> Step:
    return lambda v: _to_hidden(v) * slope(v)
