"""Case 2: a network with one hidden layer, as modules 1 to 5 of the slides.

    module     forward                                   backward
    5 loss     J = −(y* log y + (1 − y*) log(1 − y))     dJ/dy
    4 sigmoid  y = σ(b)                                  dJ/db = y − y*
    3 linear   b = Σ_j β_j z_j, j = 0 … D                dJ/dβ_j = dJ/db z_j,  dJ/dz_j = dJ/db β_j
    2 sigmoid  z_j = σ(a_j), j = 1 … D                   dJ/da_j = dJ/dz_j z_j (1 − z_j)
    1 linear   a_j = Σ_i α_ji x_i, i = 0 … M             dJ/dα_ji = dJ/da_j x_i
                                                         dJ/dx_i = Σ_j dJ/da_j α_ji

Modules 3 to 5 are Case 1 with the hidden units z for inputs, and that is how they are computed.
What is put right: J is the loss and not the log-likelihood; x_0 = 1 and z_0 = 1 stand in front of
the inputs and of the hidden units for the biases; and in the last line the sum over j runs over
the products dJ/da_j α_ji, where the slide has Σ_j α_ji alone.

Source: D0 and D2, Backpropagation, Case 2: Neural Network.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..primitives import sigmoid
from . import case1_logistic_regression as case1

FloatArray: TypeAlias = NDArray[np.float64]

__all__ = ["Case2Backward", "Case2Forward", "backward", "forward"]


class Case2Forward(NamedTuple):
    """What the forward pass computes, in its order."""

    x: FloatArray
    """The inputs with x_0 = 1 in front, shape (M + 1,)."""
    a: FloatArray
    """What enters the hidden units 1 … D, shape (D,)."""
    z: FloatArray
    """The hidden units with z_0 = 1 in front, shape (D + 1,)."""
    b: float
    """The logit."""
    y: float
    """σ(b), the probability of class 1."""
    J: float
    """The loss."""


class Case2Backward(NamedTuple):
    """What the backward pass computes, in its order."""

    dJ_dy: float
    dJ_db: float
    dJ_dbeta: FloatArray
    """Shape (D + 1,)."""
    dJ_dz: FloatArray
    """Shape (D + 1,); entry 0 belongs to the constant z_0 and goes no further."""
    dJ_da: FloatArray
    """Shape (D,)."""
    dJ_dalpha: FloatArray
    """Shape (D, M + 1)."""
    dJ_dx: FloatArray
    """Shape (M + 1,); entry 0 belongs to the constant x_0."""


def forward(alpha: ArrayLike, beta: ArrayLike, x: ArrayLike, y_star: int) -> Case2Forward:
    """From the inputs to the loss.

    Args:
        alpha: the weights into the hidden layer, shape (D, M + 1); column 0 is the bias.
        beta: the weights into the output, shape (D + 1,); entry 0 is the bias.
        x: the inputs x_1 … x_M, shape (M,), without the constant 1.
        y_star: the class of the example, 0 or 1.

    Raises:
        ValueError: if the shapes do not fit or y_star is neither 0 nor 1.
    """
    hidden_weights = np.asarray(alpha, dtype=np.float64)
    inputs = np.asarray(x, dtype=np.float64)
    if inputs.ndim != 1 or hidden_weights.shape[1:] != (len(inputs) + 1,):
        raise ValueError(
            f"x must have shape (M,) and alpha, whose first column is the bias, shape (D, M + 1); "
            f"they have shapes {inputs.shape} and {hidden_weights.shape}."
        )
    if np.shape(beta) != (len(hidden_weights) + 1,):
        raise ValueError(
            f"beta, which starts with the bias, must have shape ({len(hidden_weights) + 1},) for "
            f"{len(hidden_weights)} hidden units, but its shape is {np.shape(beta)}."
        )
    x_with_constant = np.concatenate([[1.0], inputs])
    a = hidden_weights @ x_with_constant
    output = case1.forward(beta, sigmoid(a), y_star)
    return Case2Forward(x_with_constant, a, output.x, output.a, output.y, output.J)


def backward(alpha: ArrayLike, beta: ArrayLike, values: Case2Forward, y_star: int) -> Case2Backward:
    """From the loss back to α, β and x.

    Args:
        alpha: as in `forward`.
        beta: as in `forward`.
        values: what `forward` returned for the same alpha and beta.
        y_star: as in `forward`.
    """
    output = case1.backward(
        beta, case1.Case1Forward(values.z, values.b, values.y, values.J), y_star
    )
    z = values.z[1:]
    dJ_da = output.dJ_dx[1:] * z * (1.0 - z)
    return Case2Backward(
        dJ_dy=output.dJ_dy,
        dJ_db=output.dJ_da,
        dJ_dbeta=output.dJ_dtheta,
        dJ_dz=output.dJ_dx,
        dJ_da=dJ_da,
        dJ_dalpha=np.outer(dJ_da, values.x),
        dJ_dx=dJ_da @ np.asarray(alpha, dtype=np.float64),
    )
