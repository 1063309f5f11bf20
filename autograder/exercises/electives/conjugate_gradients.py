"""Conjugate gradients for the damped system of logistic regression, right or with a slip."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

Product = Callable[[SimpleNamespace, Any], Any]


def sigmoid(a: Any) -> Any:
    """1/(1 + e⁻ᵃ).

    Args:
        a: a number or an array.
    """
    return 1 / (1 + np.exp(-a))


def damped(v: SimpleNamespace, direction: Any) -> Any:
    """The matrix of the system, H + damping·I, times a direction.

    Args:
        v: the inputs and the Hessian.
        direction: what is multiplied.
    """
    return v.hessian @ direction + v.damping * direction


def conjugate_gradients(
    v: SimpleNamespace,
    times: Product = damped,
    times_for_rest: Product | None = None,
    uphill: float = -1.0,
    more: int = 0,
    share: Callable[[Any, Any], Any] = lambda new, old: new @ new / (old @ old),
    added_to: str = "direction",
    numerator: str = "residual",
    sum_up: bool = True,
    rest_sign: float = -1.0,
    shared: str = "",
) -> Any:
    """The step after some iterations.

    Args:
        v: the inputs, the gradient and the Hessian.
        times: the product of the system's matrix and a direction.
        times_for_rest: that product where the residual is updated, if it is another one there.
        uphill: what multiplies the gradient on the right-hand side.
        more: how many iterations more than asked for.
        share: how much of the old direction the next one keeps, from the new and old residuals.
        added_to: what the share multiplies, "direction" or "residual".
        numerator: whose square is divided to give the length of a step.
        sum_up: whether the steps are added up.
        rest_sign: the sign with which the product is added to the residual.
        shared: the direction is at first the same array as the residual, which changes in place
            "after" it was used for d, or "before" that.
    """
    step = np.zeros(len(v.gradient))
    residual = uphill * v.gradient
    direction = residual.copy()
    for iteration in range(v.iterations + more):
        turned = times(v, direction)
        vectors = {"residual": residual, "direction": direction}
        length = vectors[numerator] @ vectors[numerator] / (direction @ turned)
        away = turned if times_for_rest is None else times_for_rest(v, direction)
        rest = residual + rest_sign * length * away
        if shared and iteration == 0:
            vectors["direction"] = rest
        moved = vectors["direction"] if shared == "before" else direction
        step = length * moved + (step if sum_up else 0.0)
        direction = rest + share(rest, residual) * vectors[added_to]
        residual = rest
    return step
