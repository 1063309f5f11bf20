"""How unit 10 asks: a backward function with a planted mistake is built from numbers.

The network is h = σ(x W1 + b1), p = h W2 + b2 with rows as examples, its loss ½ Σ (p − y)² / N.
Which name belongs to which numbers is known to the judge alone.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.inside.asking import CannotAsk, call_with_inputs


def suspect(
    scale: float,
    power: float,
    slope: float,
    again: float,
    square: float,
    extra: float,
    bias: float,
    moved: float,
    keep: float,
) -> Callable[..., dict[str, Any]]:
    """Builds a backward function of (x, y, W1, b1, W2, b2), right or not.

    Args:
        scale: a factor of the error at the output.
        power: how often that error is divided by N.
        slope: the exponent of the sigmoid's slope.
        again: 1 if the sigmoid is taken once more before its slope.
        square: 1 if W2 stands where its transpose belongs, whenever that runs.
        extra: how often the lower layer's gradients are divided by N once more.
        bias: how often the biases' gradients are divided by N once more.
        moved: the learning rate with which W2 is changed before its use.
        keep: the share of an earlier call's gradients that is not cleared, for arguments of the
            same shapes.
    """
    left: dict[tuple[Any, ...], dict[str, Any]] = {}

    def backward(x: Any, y: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> dict[str, Any]:
        x, y, W1, b1, W2, b2 = (np.array(a, dtype=float) for a in (x, y, W1, b1, W2, b2))
        n = len(x)
        h = 1 / (1 + np.exp(-(x @ W1 + b1)))
        dp = scale * (h @ W2 + b2 - y) / n**power
        dW2 = h.T @ dp
        used = W2 - moved * dW2
        dh = dp @ (used if square and W2.shape[0] == W2.shape[1] else used.T)
        out = 1 / (1 + np.exp(-h)) if again else h
        dz = dh * (out * (1 - out)) ** slope / n**extra
        found = {
            "dW1": x.T @ dz,
            "db1": dz.sum(axis=0) / n**bias,
            "dW2": dW2,
            "db2": dp.sum(axis=0) / n**bias,
        }
        if keep:
            shapes = tuple(a.shape for a in (x, y, W1, b1, W2, b2))
            for name, gradient in left.get(shapes, {}).items():
                found[name] = found[name] + keep * gradient
            left[shapes] = {name: gradient.copy() for name, gradient in found.items()}
        return found

    return backward


def ask_for_names(answer: Any, inputs: dict[str, Sequence[Sequence[float]]]) -> Mapping[str, Any]:
    """Hands each suspect to the student's function and gathers the names.

    Args:
        answer: the student's function of one suspect; a function of the inputs is just called.
        inputs: groups of suspects, each a list of rows of numbers.

    Returns:
        For each group, under its name and "_named", the names in the order of its suspects.

    Raises:
        CannotAsk: if the answer is not a function, or a name is not a string.
    """
    if not callable(answer) or not _takes_one(answer):
        return call_with_inputs(answer, inputs)
    return {
        f"{group}_named": [_name(answer(suspect(*numbers))) for numbers in rows]
        for group, rows in inputs.items()
    }


def _takes_one(answer: Callable[..., Any]) -> bool:
    parameters = inspect.signature(answer).parameters.values()
    needed = [p for p in parameters if p.default is p.empty]
    return len(needed) == 1 and needed[0].kind is not inspect.Parameter.VAR_POSITIONAL


def _name(value: Any) -> str:
    if not isinstance(value, str):
        raise CannotAsk(
            "Your function should return a name such as 'M5' or 'right', but it returned "
            f"{value!r}."
        )
    return value.strip()
