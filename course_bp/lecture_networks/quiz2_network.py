"""Quiz 2: a network with two hidden layers of sigmoids, y = σ(βᵀ σ(α⁽²⁾ σ(α⁽¹⁾ x))).

α⁽ⁱ⁾ has shape (D⁽ⁱ⁾, D⁽ⁱ⁻¹⁾), one row for each unit it feeds. With that shape the transposes on the
slide must go, and the derivative asked for is the one with two indices, ∂y/∂α⁽ⁱ⁾_jk. There are no
biases. As in the whole deck, a is what enters a sigmoid and z is what leaves it.

Source: D0, Differentiation Quiz #2.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..primitives import sigmoid

FloatArray: TypeAlias = NDArray[np.float64]

__all__ = ["Quiz2Backward", "Quiz2Forward", "backward", "forward"]


class Quiz2Forward(NamedTuple):
    """What the forward pass computes, in its order."""

    x: FloatArray
    a1: FloatArray
    z1: FloatArray
    a2: FloatArray
    z2: FloatArray
    b: float
    y: float


class Quiz2Backward(NamedTuple):
    """What the backward pass computes, in its order; each has the shape of what it belongs to."""

    dy_db: float
    dy_dbeta: FloatArray
    dy_dz2: FloatArray
    dy_da2: FloatArray
    dy_dalpha2: FloatArray
    dy_dz1: FloatArray
    dy_da1: FloatArray
    dy_dalpha1: FloatArray
    dy_dx: FloatArray


def forward(alpha1: ArrayLike, alpha2: ArrayLike, beta: ArrayLike, x: ArrayLike) -> Quiz2Forward:
    """From the inputs to the output.

    Args:
        alpha1: weights from the inputs to the first hidden layer, shape (D1, D0).
        alpha2: weights from the first to the second hidden layer, shape (D2, D1).
        beta: weights from the second hidden layer to the output, shape (D2,).
        x: the inputs, shape (D0,).

    Raises:
        ValueError: if the shapes do not fit one another.
    """
    inputs, first, second, last = (
        np.asarray(value, dtype=np.float64) for value in (x, alpha1, alpha2, beta)
    )
    expected = (first.shape[:1] + inputs.shape, last.shape + first.shape[:1])
    if inputs.ndim != 1 or last.ndim != 1 or (first.shape, second.shape) != expected:
        raise ValueError(
            "alpha1, alpha2, beta and x must have shapes (D1, D0), (D2, D1), (D2,) and (D0,), but "
            f"they have {first.shape}, {second.shape}, {last.shape} and {inputs.shape}."
        )
    a1 = first @ inputs
    z1 = sigmoid(a1)
    a2 = second @ z1
    z2 = sigmoid(a2)
    b = float(last @ z2)
    return Quiz2Forward(inputs, a1, z1, a2, z2, b, float(sigmoid(b)))


def backward(
    alpha1: ArrayLike, alpha2: ArrayLike, beta: ArrayLike, values: Quiz2Forward
) -> Quiz2Backward:
    """From the output back to β, α⁽²⁾, α⁽¹⁾ and x.

    Args:
        alpha1: as in `forward`.
        alpha2: as in `forward`.
        beta: as in `forward`.
        values: what `forward` returned for the same weights.
    """
    x, z1, z2, y = values.x, values.z1, values.z2, values.y
    dy_db = y * (1.0 - y)
    dy_dz2 = dy_db * np.asarray(beta, dtype=np.float64)
    dy_da2 = dy_dz2 * z2 * (1.0 - z2)
    dy_dz1 = dy_da2 @ np.asarray(alpha2, dtype=np.float64)
    dy_da1 = dy_dz1 * z1 * (1.0 - z1)
    return Quiz2Backward(
        dy_db=dy_db,
        dy_dbeta=dy_db * z2,
        dy_dz2=dy_dz2,
        dy_da2=dy_da2,
        dy_dalpha2=np.outer(dy_da2, z1),
        dy_dz1=dy_dz1,
        dy_da1=dy_da1,
        dy_dalpha1=np.outer(dy_da1, x),
        dy_dx=dy_da1 @ np.asarray(alpha1, dtype=np.float64),
    )
