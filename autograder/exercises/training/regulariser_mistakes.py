"""What people get wrong about the gradient of the regulariser."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.training.regulariser_steps import BIASES, WEIGHTS, each


def _alone(name: str) -> Step:
    return lambda v: v.lam * v.parameters[name]


def _added(name: str, extra: Callable[[SimpleNamespace, Any, Any], Any]) -> Step:
    """The data's gradient plus what a function makes of the weight and of that gradient."""
    return lambda v: v.gradients[name] + extra(v, v.parameters[name], v.gradients[name])


def _swapped(name: str) -> Step:
    return lambda v: v.parameters[name] + v.lam * v.gradients[name]


GRADIENT_MISTAKES = (
    Mistake(
        "M22",
        "−λ",
        each(WEIGHTS, -1.0),
        "your {part} is right when λ = 0; otherwise the penalty term has the wrong sign.",
        name="a penalty term with the wrong sign",
        question="When a positive weight grows, does the penalty grow or shrink?",
    ),
    Mistake(
        "M22",
        "2λ",
        each(WEIGHTS, 2.0),
        "your {part} is right when λ = 0; otherwise the penalty term is doubled.",
        name="a doubled penalty term",
        question="The ½ of the penalty meets the 2 of the square. What is left?",
    ),
    Mistake(
        "M22",
        "λ/2",
        each(WEIGHTS, 0.5),
        "your {part} is right when λ = 0; otherwise the penalty term is halved.",
        name="a halved penalty term",
        question="What is the derivative of ½w² with respect to w?",
    ),
    Mistake(
        "M22",
        "regulariser forgotten",
        each(WEIGHTS, 0.0),
        "your {part} is the gradient of the data term alone; λ does not change it.",
        name="a forgotten penalty term",
        question="What happens to your gradient when λ doubles?",
    ),
    Mistake(
        "M22",
        "data forgotten",
        {f"d{name}": _alone(name) for name in WEIGHTS},
        "your {part} does not depend on the gradient of the data term.",
        name="a penalty that replaces the data gradient",
        question="If the data gradient changes, does yours?",
    ),
    Mistake(
        "M22",
        "bias penalised",
        each(BIASES, 1.0),
        "your {part} contains λ times the bias.",
        name="a penalty on the biases",
        question="Which tensors does the regulariser leave alone?",
    ),
    *(
        Mistake(
            "M22",
            slug,
            {f"d{name}": _added(name, extra) for name in WEIGHTS},
            f"your {{part}} {words}.",
            name=name_of_mistake,
            question=question,
        )
        for slug, extra, words, name_of_mistake, question in (
            (
                "sign of the weight",
                lambda v, w, g: v.lam * np.sign(w),
                "contains λ times the sign of the weight, as with an L1 regulariser",
                "the gradient of an L1 penalty",
                "Should a weight of 6 be pulled as hard as a weight of 2, or harder?",
            ),
            (
                "half the sign of the weight",
                lambda v, w, g: v.lam / 2 * np.sign(w),
                "contains the sign of the weight, as with an L1 regulariser",
                "the gradient of an L1 penalty",
                "Should a weight of 6 be pulled as hard as a weight of 2, or harder?",
            ),
            (
                "w² for w",
                lambda v, w, g: v.lam * w**2,
                "contains the square of the weight",
                "the penalty is not differentiated",
                "What is the derivative of w² with respect to w?",
            ),
            (
                "½w² for w",
                lambda v, w, g: v.lam / 2 * w**2,
                "contains the square of the weight",
                "the penalty is not differentiated",
                "What is the derivative of w² with respect to w?",
            ),
            (
                "penalty added",
                lambda v, w, g: v.penalty,
                "is the gradient of the data plus the penalty itself, one number for all entries",
                "the penalty itself is added instead of its gradient",
                "How does the penalty change when only one of the weights changes?",
            ),
            (
                "λ left out",
                lambda v, w, g: w,
                "contains the weight without λ",
                "λ is left out of the gradient of the penalty",
                "What should your gradient be when λ is 0?",
            ),
            (
                "λ squared",
                lambda v, w, g: v.lam**2 * w,
                "contains λ²",
                "λ is squared",
                "By what factor should the penalty's share grow when λ doubles?",
            ),
            (
                "λ times the gradient",
                lambda v, w, g: v.lam * g,
                "adds λ times the gradient, not λ times the weight",
                "the gradient where the weight belongs",
                "What does the penalty depend on: the weights, or the gradient of the data?",
            ),
            (
                "weight of length 1",
                lambda v, w, g: v.lam * w / np.linalg.norm(w),
                "contains the weight divided by the length of its matrix",
                "the gradient of a norm that is not squared",
                "Does the penalty hold ‖w‖ or ‖w‖²?",
            ),
            (
                "half the weight of length 1",
                lambda v, w, g: v.lam / 2 * w / np.linalg.norm(w),
                "contains the weight divided by the length of its matrix",
                "the gradient of a norm that is not squared",
                "Does the penalty hold ‖w‖ or ‖w‖²?",
            ),
            (
                "averaged",
                lambda v, w, g: v.lam * w / w.size,
                "contains λ times the weight, divided by the number of weights in the matrix",
                "a penalty that is averaged over the weights",
                "Is the penalty a sum over the weights or a mean?",
            ),
            (
                "λ once for all",
                lambda v, w, g: v.lam,
                "is the gradient of the data plus λ, the same for all weights",
                "the weight is left out of the penalty's gradient",
                "Should every weight be pushed equally far?",
            ),
        )
    ),
    Mistake(
        "M30",
        "weights and gradients swapped",
        {f"d{name}": _swapped(name) for name in WEIGHTS},
        "your {part} is the weight plus λ times the gradient of the data.",
        name="the weights and the gradients are swapped",
        question="Which of the two does λ multiply?",
    ),
    *(
        Mistake(
            "M22",
            f"bias penalised with {words}",
            each(BIASES, weight),
            f"your {{part}} contains {words} times the bias.",
            name="a penalty on the biases",
            question="Which tensors does the regulariser leave alone?",
        )
        for words, weight in (("2λ", 2.0), ("λ/2", 0.5), ("−λ", -1.0))
    ),
    Mistake(
        "M22",
        "bias's data forgotten",
        {f"d{name}": _alone(name) for name in BIASES},
        "your {part} is λ times the bias and does not depend on the gradient of the data term.",
        name="a penalty that replaces the data gradient",
        question="If the data gradient changes, does yours?",
    ),
)
