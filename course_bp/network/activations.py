"""Activation functions by name, and their derivatives for the passes written by hand.

The functions themselves are operations of this package, and so are their derivatives: σ′ is read
from the table of rules, where it stands once.

Source: D0, D1, D2, activation functions; D2, sigmoid versus tanh.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..primitives import log_softmax, relu, sigmoid, softmax, softplus, tanh
from ..reverse_mode import vjp

Activation: TypeAlias = Callable[[Any], Any]

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "activation_derivative",
    "get_activation",
    "identity",
    "require_entrywise",
]


def identity(z: Any) -> Any:
    """z itself: a linear layer, or an output that is a score or a logit."""
    return z


ACTIVATIONS: dict[str, Activation] = {
    "identity": identity,
    "relu": relu,
    "sigmoid": sigmoid,
    "softplus": softplus,
    "tanh": tanh,
}


def get_activation(activation: str | Activation) -> Activation:
    """The function of that name; a function of your own is handed back as it is.

    Raises:
        ValueError: if there is no activation of that name, or if it mixes the entries of a row,
            as softmax does: σ′(z) is then a matrix, and no product entry by entry.
    """
    if activation in (softmax, log_softmax):
        raise ValueError(
            f"{activation.__name__} mixes the entries of a row, and an activation here acts on "
            "each entry alone. Leave the output as it is and use softmax_cross_entropy as the loss."
        )
    if callable(activation):
        return activation
    if activation not in ACTIVATIONS:
        raise ValueError(
            f"There is no activation called {activation!r}; choose one of "
            f"{', '.join(ACTIVATIONS)} or give a function."
        )
    return ACTIVATIONS[activation]


def require_entrywise(activation: Activation) -> Activation:
    """Try the function on a few numbers, together and one by one, and hand it back.

    Raises:
        ValueError: if an entry of its result depends on other entries of its argument, or the
            result has another shape.
    """
    if activation in ACTIVATIONS.values():
        return activation
    z = np.array([[-1.3, 0.4, 2.1], [0.7, -0.2, 1.6]])
    with np.errstate(all="ignore"):
        together = np.asarray(activation(z.copy()))
        one_by_one = [np.asarray(activation(np.full((1, 1), entry))) for entry in z.flat]
    entrywise = together.shape == z.shape and all(one.size == 1 for one in one_by_one)
    if not (entrywise and np.allclose(together.flat, np.ravel(one_by_one), 1e-9, equal_nan=True)):
        raise ValueError(
            "an activation must act on each entry alone and keep the shape, and "
            f"{getattr(activation, '__name__', activation)} does not: of an array it makes "
            "something else than of its entries one by one. If it normalises, as softmax does, "
            "leave the output as it is and put it into the loss."
        )
    return activation


def activation_derivative(
    activation: str | Activation, z: NDArray[np.float64]
) -> NDArray[np.float64]:
    """σ′(z), entry by entry.

    Args:
        activation: a name, or a function that treats every entry in the same way.
        z: pre-activations, any shape.

    Returns:
        An array shaped as z. At a kink (relu at 0) it is what the table of rules documents.
    """
    value, pull_back = vjp(get_activation(activation), z)
    slopes: tuple[NDArray[np.float64]] = pull_back(np.ones_like(value))
    return slopes[0]
