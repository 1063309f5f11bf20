"""Stochastic gradient descent with an L2 regulariser, over parameters nested as you like.

A model's parameters are arrays (or floats) in lists, tuples and dicts, nested to any depth; its
gradients have the same nesting. A step reads all of both and returns new parameters. It changes
nothing in place, so that no gradient can ever be computed from weights already moved.

Source: D0, A Recipe for Machine Learning, and objective O5; the regulariser is the λΩ(θ) of
Goodfellow, Bengio and Courville, Deep Learning, Algorithm 6.4, with Ω = ½ Σ ‖W‖² over the weights.
"""

import math
import re
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from ..graph import plain
from ..primitives import square, sum
from ..tree import Path, path_name, tree_flatten, tree_paths

Parameters: TypeAlias = Any
Exempt: TypeAlias = Callable[[Path, Any], bool]

__all__ = ["SGD", "is_bias", "l2_gradient", "l2_penalty"]

_BIAS_NAME = re.compile(r"(b|bias|biases)(_?\d+)?|\w+_(b|bias)", re.IGNORECASE)


def is_bias(path: Path, leaf: Any) -> bool:
    """Whether a parameter is a bias, which the regulariser leaves alone.

    Under a key such as "b", "b2" or "bias" lies a bias, under any other key a weight. A position
    in a list or tuple says less: there a parameter is a bias if the list has such a key, or if it
    has fewer than two axes.

    Args:
        path: the keys and positions that lead to the parameter, outermost first.
        leaf: the parameter, array or Node.

    Penalising a bias would pull the output towards its value at 0 inputs without making the
    function any smoother (Deep Learning, section 7.1).
    """
    names = [key for key in path if isinstance(key, str)]
    if names and _BIAS_NAME.fullmatch(names[-1]):
        return True
    named_itself = bool(path) and isinstance(path[-1], str)
    return not named_itself and np.ndim(plain(leaf)) < 2


def l2_penalty(parameters: Parameters, weight_decay: float, exempt: Exempt = is_bias) -> Any:
    """The regulariser λΩ(θ) = (λ/2) Σ w², summed over every entry of every weight.

    Args:
        parameters: arrays, floats or Nodes, nested; with Nodes the result is a Node.
        weight_decay: λ, at least 0.
        exempt: `exempt(path, leaf)` says which parameters are left out; by default biases.

    Raises:
        ValueError: if weight_decay is negative or not finite.
    """
    _require(weight_decay, "weight_decay", zero_allowed=True)
    penalty: Any = 0.0
    for path, leaf in tree_paths(parameters):
        if not exempt(path, leaf):
            penalty = penalty + sum(square(leaf))
    return 0.5 * weight_decay * penalty


def l2_gradient(
    parameters: Parameters, weight_decay: float, exempt: Exempt = is_bias
) -> Parameters:
    """The gradient of `l2_penalty`: λw for a weight, 0 for what is exempt; nested as parameters."""
    _require(weight_decay, "weight_decay", zero_allowed=True)
    _, rebuild = tree_flatten(parameters)
    return rebuild(
        [
            leaf * (0.0 if exempt(path, leaf) else weight_decay)
            for path, leaf in tree_paths(parameters)
        ]
    )


class SGD:
    """Gradient descent with a fixed learning rate: θ ← θ − η (∇J + λ w).

    Args:
        learning_rate: η, above 0.
        weight_decay: λ, at least 0; 0 leaves the regulariser out.
        exempt: `exempt(path, leaf)` says which parameters λ does not touch; by default biases.

    Raises:
        ValueError: if learning_rate or weight_decay is out of range or not finite.
    """

    def __init__(
        self, learning_rate: float, weight_decay: float = 0.0, exempt: Exempt = is_bias
    ) -> None:
        self.learning_rate = _require(learning_rate, "learning_rate", zero_allowed=False)
        self.weight_decay = _require(weight_decay, "weight_decay", zero_allowed=True)
        self.exempt = exempt

    def step(self, parameters: Parameters, gradients: Parameters) -> Parameters:
        """One step downhill.

        Args:
            parameters: θ, arrays or floats, nested.
            gradients: ∇J without the regulariser's share, nested and shaped as parameters.

        Returns:
            The new parameters, nested as the old ones, which stay as they were.

        Raises:
            ValueError: if nesting or shapes differ; the message names the place.
        """
        leaves = tree_paths(parameters)
        slopes = _in_order_of([path for path, _ in leaves], gradients)
        _, rebuild = tree_flatten(parameters)
        return rebuild(
            [self._moved(*pair, slope) for pair, slope in zip(leaves, slopes, strict=True)]
        )

    def _moved(self, path: Path, leaf: Any, slope: Any) -> Any:
        if np.shape(leaf) != np.shape(slope):
            raise ValueError(
                f"{path_name('parameters', path)} has shape {np.shape(leaf)} but its gradient has "
                f"shape {np.shape(slope)}; they must be the same."
            )
        if self.weight_decay and not self.exempt(path, leaf):
            slope = slope + self.weight_decay * leaf
        return leaf - self.learning_rate * slope


def _in_order_of(paths: list[Path], gradients: Parameters) -> list[Any]:
    """The gradients' leaves, each found by its path, for two dicts may differ in order."""
    slopes = dict(tree_paths(gradients))
    for path in paths:
        if path not in slopes:
            raise ValueError(f"there is no gradient for {path_name('parameters', path)}.")
    if len(slopes) > len(paths):
        extra = next(path for path in slopes if path not in paths)
        raise ValueError(
            f"{path_name('gradients', extra)} is the gradient of nothing: the parameters have "
            "nothing in that place."
        )
    return [slopes[path] for path in paths]


def _require(value: float, name: str, *, zero_allowed: bool) -> float:
    if not math.isfinite(value) or value < 0.0 or (value == 0.0 and not zero_allowed):
        bound = "at least 0" if zero_allowed else "above 0"
        raise ValueError(f"{name} must be a finite number {bound}, but it is {value}.")
    return float(value)
