"""Loss functions: one number for how far predictions are from their targets.

Each is written with this package's own operations, so it takes arrays or Nodes as predictions and
can be differentiated, drawn and printed; targets are plain numbers, or Nodes too when all of a
function's arguments are recorded. Predictions and targets have one example per row and the same
shape; shapes that would merely broadcast, such as (N,) against (N, 1), are refused, for they
silently compare every prediction with every target.

The constant in front matters, as it multiplies every gradient. N is the number of examples (rows),
K the number of outputs (columns), the sums run over all entries:

    half_squared_error                  ½ Σ (a − y)²
    summed_squared_error                  Σ (a − y)²
    mean_squared_error                    Σ (a − y)² / NK
    binary_cross_entropy                 −Σ (y log p + (1 − y) log(1 − p)) / NK
    binary_cross_entropy_with_logits      the same with p = σ(z)
    softmax_cross_entropy                −Σ y log softmax(z) / N, the softmax along each row
    hinge                                 Σ max(0, 1 − y s) / NK
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..dual import Dual
from ..graph import Node
from ..primitives import greater, log, log_softmax, maximum, mean, softplus, square, sum, where

__all__ = [
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "half_squared_error",
    "hinge",
    "mean_squared_error",
    "softmax_cross_entropy",
    "summed_squared_error",
]


def half_squared_error(a: Any, y: Any) -> Any:
    """½ Σ (a − y)², whose derivative is a − y.

    For one example this is Nielsen's quadratic cost, and D3's wherever the slide has the ½; where
    the slide leaves it out, the cost and all its gradients are twice as large.

    Args:
        a: predictions, any shape.
        y: targets, the same shape.

    Raises:
        ValueError: if the shapes differ.

    Source: D3, BP Equation 1; Nielsen, Neural Networks and Deep Learning, chapter 2; D2,
    Objective Functions.
    """
    a, target = _pair(a, y)
    return 0.5 * sum(square(a - target))


def summed_squared_error(a: Any, y: Any) -> Any:
    """Σ (a − y)², whose derivative is 2 (a − y).

    Arguments and errors as in `half_squared_error`.

    Source: D4, Full implementation of training a 2-layer Neural Network; D3, Loss.
    """
    a, target = _pair(a, y)
    return sum(square(a - target))


def mean_squared_error(a: Any, y: Any) -> Any:
    """The mean of (a − y)² over all N·K entries, whose derivative is 2 (a − y) / NK.

    D1 divides by the number of examples alone; with one output (K = 1) the two agree.
    Arguments and errors as in `half_squared_error`.

    Source: D1, Feedforward Neural Networks: XOR training.
    """
    a, target = _pair(a, y)
    return mean(square(a - target))


def binary_cross_entropy(p: Any, y: Any) -> Any:
    """The mean of −(y log p + (1 − y) log(1 − p)), from probabilities.

    This is the slides' J with its sign turned: they print the log-likelihood, the loss is minus
    that. Where p is exactly 0 or 1 and right, the loss is 0; where it is exactly 0 or 1 and wrong,
    infinite. Logits that large are better given to `binary_cross_entropy_with_logits`.

    Args:
        p: probabilities of class 1, from 0 to 1, any shape.
        y: targets from 0 to 1, the same shape.

    Raises:
        ValueError: if the shapes differ, or y or p leaves the range from 0 to 1.

    Source: D0 and D2, Case 1: Logistic Regression; Bernoulli maximum likelihood in D2's quiz.
    """
    p, target = _pair(p, y, low=0.0, high=1.0)
    probability = _value(p)
    if not np.all((probability >= 0.0) & (probability <= 1.0)):
        raise ValueError(
            "p must be probabilities, from 0 to 1; give logits to binary_cross_entropy_with_logits."
        )
    # a probability that its target multiplies by 0 must not reach the logarithm: 0 · log 0 is nan
    is_one = log(where(greater(target, 0.0), p, 1.0))
    is_zero = log(where(greater(1.0, target), 1.0 - p, 1.0))
    return -mean(target * is_one + (1.0 - target) * is_zero)


def binary_cross_entropy_with_logits(z: Any, y: Any) -> Any:
    """The mean of −(y log σ(z) + (1 − y) log(1 − σ(z))), whose derivative is (σ(z) − y) / NK.

    Computed as y softplus(−z) + (1 − y) softplus(z): both terms are positive, so that nothing
    overflows or cancels, however large the logit.

    Args:
        z: logits (what enters the sigmoid), any shape.
        y: targets from 0 to 1, the same shape.

    Raises:
        ValueError: if the shapes differ or y leaves the range from 0 to 1.
    """
    z, target = _pair(z, y, low=0.0, high=1.0)
    return mean(target * softplus(-z) + (1.0 - target) * softplus(z))


def softmax_cross_entropy(z: Any, y: Any) -> Any:
    """−Σ y log softmax(z) / N, whose derivative is (softmax(z) − y) / N.

    Args:
        z: logits, shape (N, K), or (K,) for a single example.
        y: class numbers of shape (N,) (a single whole number for a single example), or
            probabilities shaped as z, whose rows sum to 1.

    Raises:
        ValueError: if the shapes do not fit, a class number is out of range, or a row of
            probabilities does not sum to 1.

    Source: D2, Cross-entropy and Softmax.
    """
    z = _numbers(z)
    shape = np.shape(_value(z))
    if len(shape) not in (1, 2):
        raise ValueError(f"logits must have shape (N, K) or (K,), but their shape is {shape}.")
    examples = shape[0] if len(shape) == 2 else 1
    target = _class_rows(shape, y)
    return -sum(target * log_softmax(z, axis=-1)) / examples


def hinge(s: Any, y: Any) -> Any:
    """The mean of max(0, 1 − y s): no loss for a right answer with a margin of 1 or more.

    At the kink, y s = 1, the derivative is the one that `maximum` states.

    Args:
        s: scores, positive for class +1, any shape.
        y: targets −1 or +1, the same shape.

    Raises:
        ValueError: if the shapes differ or a target is neither −1 nor +1.

    Source: D2, Matching Quiz (large margin).
    """
    s, target = _pair(s, y)
    if not np.all(np.abs(_value(target)) == 1.0):
        raise ValueError("hinge needs targets −1 and +1; turn zeros and ones into 2·y − 1.")
    return mean(maximum(0.0, 1.0 - target * s))


def _value(x: Any) -> Any:
    return x.value if isinstance(x, Node | Dual) else x


def _numbers(x: Any) -> Any:
    """Nodes and dual numbers as they are, lists and whole numbers as floats."""
    if isinstance(x, Node | Dual):
        return x
    array = np.asarray(x, dtype=np.float64)
    return array if array.ndim else float(array)


def _pair(prediction: Any, y: Any, low: float = -np.inf, high: float = np.inf) -> tuple[Any, Any]:
    prediction, target = _numbers(prediction), _numbers(y)
    shapes = np.shape(_value(prediction)), np.shape(_value(target))
    if shapes[0] != shapes[1]:
        raise ValueError(
            f"predictions have shape {shapes[0]} but targets {shapes[1]}; they must be the same."
        )
    if not np.all((_value(target) >= low) & (_value(target) <= high)):
        raise ValueError(f"targets must lie from {low:g} to {high:g}.")
    return prediction, target


def _class_rows(shape: tuple[int, ...], y: Any) -> Any:
    """The targets as rows of probabilities, shaped as the logits."""
    plain = np.asarray(_value(y))
    if plain.shape == shape:
        if not np.allclose(plain.sum(axis=-1), 1.0, rtol=0.0, atol=1e-9):
            raise ValueError("each row of targets must sum to 1: one-hot or probabilities.")
        return _numbers(y)
    classes = shape[-1]
    if plain.shape != shape[:-1] or not np.issubdtype(plain.dtype, np.integer):
        raise ValueError(
            f"for logits of shape {shape} the targets must be whole numbers of shape {shape[:-1]} "
            f"or probabilities of shape {shape}; they are {plain.dtype} of shape {plain.shape}."
        )
    if not np.all((plain >= 0) & (plain < classes)):
        raise ValueError(f"class numbers must lie from 0 to {classes - 1}.")
    rows: NDArray[np.float64] = np.eye(classes)[plain]
    return rows
