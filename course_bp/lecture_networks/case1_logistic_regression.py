"""Case 1: logistic regression, forward and backward, line by line as on the slide.

One example at a time, in the slide's own names. Two things are put right:

- The slide's J is the log-likelihood, which one would climb. Here J is the loss, its negative,
  which one descends: J = −(y* log y + (1 − y*) log(1 − y)), so that dJ/da = y − y*.
- The slide sums from j = 0: θ_0 is the bias, and x_0 = 1 stands in front of the inputs. Here
  `forward` puts that 1 there.

Source: D0 and D2, Backpropagation, Case 1: Logistic Regression.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..network.losses import binary_cross_entropy_with_logits
from ..primitives import sigmoid

FloatArray: TypeAlias = NDArray[np.float64]

__all__ = ["Case1Backward", "Case1Forward", "backward", "forward"]


class Case1Forward(NamedTuple):
    """What the forward pass computes, in its order."""

    x: FloatArray
    """The inputs with x_0 = 1 in front, shape (D + 1,)."""
    a: float
    """Σ_j θ_j x_j, the logit."""
    y: float
    """σ(a), the probability of class 1."""
    J: float
    """The loss, −log of the probability given to the class that was right."""


class Case1Backward(NamedTuple):
    """What the backward pass computes, in its order."""

    dJ_dy: float
    dJ_da: float
    dJ_dtheta: FloatArray
    """Shape (D + 1,); entry 0 belongs to the bias."""
    dJ_dx: FloatArray
    """Shape (D + 1,); entry 0 belongs to the constant x_0."""


def forward(theta: ArrayLike, x: ArrayLike, y_star: int) -> Case1Forward:
    """From the inputs to the loss.

    Args:
        theta: the bias θ_0 and the weights θ_1 … θ_D, shape (D + 1,).
        x: the inputs x_1 … x_D, shape (D,), without the constant 1.
        y_star: the class of the example, 0 or 1.

    Raises:
        ValueError: if the shapes do not fit or y_star is neither 0 nor 1.
    """
    weights = np.asarray(theta, dtype=np.float64)
    inputs = np.asarray(x, dtype=np.float64)
    if inputs.ndim != 1 or weights.shape != (len(inputs) + 1,):
        raise ValueError(
            f"x must have shape (D,) and theta, which starts with the bias, shape (D + 1,); "
            f"they have shapes {inputs.shape} and {weights.shape}."
        )
    if y_star not in (0, 1):
        raise ValueError(f"y_star is the class of one example, 0 or 1, but it is {y_star}.")
    x_with_constant = np.concatenate([[1.0], inputs])
    a = float(weights @ x_with_constant)
    J = float(binary_cross_entropy_with_logits(a, float(y_star)))
    return Case1Forward(x_with_constant, a, float(sigmoid(a)), J)


def backward(theta: ArrayLike, values: Case1Forward, y_star: int) -> Case1Backward:
    """From the loss back to θ and x.

    Args:
        theta: as in `forward`.
        values: what `forward` returned for the same theta.
        y_star: as in `forward`.

    For a logit beyond 709 on the wrong side dJ/dy is too large for a float and comes out infinite.
    dJ/da does not: its two factors are multiplied on paper, dJ/dy · y(1 − y) = y − y*.
    """
    with np.errstate(over="ignore"):
        dJ_dy = float(-1.0 - np.exp(-values.a) if y_star == 1 else 1.0 + np.exp(values.a))
    dJ_da = values.y - y_star
    return Case1Backward(
        dJ_dy, dJ_da, dJ_da * values.x, dJ_da * np.asarray(theta, dtype=np.float64)
    )
