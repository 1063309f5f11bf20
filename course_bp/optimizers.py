"""Stochastic gradient descent with an L2 regulariser, over parameters nested as you like.

A model's parameters are arrays (or floats) in lists, tuples and dicts, nested to any depth; its
gradients have the same nesting. A step reads all of both and returns new parameters. It changes
nothing in place, so that no gradient can ever be computed from weights already moved.

Source: D0, A Recipe for Machine Learning, and objective O5; the regulariser is the λΩ(θ) of
Goodfellow, Bengio and Courville, Deep Learning, Algorithm 6.4, with Ω = ½ Σ ‖W‖² over the weights.
"""

import math
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import numpy as np

Parameters: TypeAlias = Any
Path: TypeAlias = tuple[str | int, ...]
Exempt: TypeAlias = Callable[[Path, Any], bool]

__all__ = ["SGD", "is_bias", "l2_gradient", "l2_penalty"]

_BIAS_NAME = re.compile(r"(b|bias|biases)(_?\d+)?|\w+_(b|bias)", re.IGNORECASE)


def is_bias(path: Path, leaf: Any) -> bool:
    """Whether a parameter is a bias, which the regulariser leaves alone.

    A name settles it: under a dict's key (or a named tuple's field) such as "b", "b2" or "bias"
    lies a bias, under any other name a weight. Without a name anywhere above it, a parameter with
    fewer than two axes is a bias.

    Args:
        path: the keys and positions that lead to the parameter, outermost first.
        leaf: the parameter.

    Penalising a bias would pull the output towards its value at 0 inputs without making the
    function any smoother (Deep Learning, section 7.1).
    """
    names = [key for key in path if isinstance(key, str)]
    if names:
        return _BIAS_NAME.fullmatch(names[-1]) is not None
    return np.ndim(leaf) < 2


def l2_penalty(parameters: Parameters, weight_decay: float, exempt: Exempt = is_bias) -> Any:
    """The regulariser λΩ(θ) = (λ/2) Σ w², summed over every entry of every weight.

    Args:
        parameters: arrays or floats, nested.
        weight_decay: λ, at least 0.
        exempt: `exempt(path, leaf)` says which parameters are left out; by default biases.

    Raises:
        ValueError: if weight_decay is negative or not finite.
    """
    _require(weight_decay, "weight_decay", zero_allowed=True)
    penalty: Any = 0.0
    for path, leaf in _leaves(parameters):
        if not exempt(path, leaf):
            penalty = penalty + np.sum(leaf * leaf)
    return 0.5 * weight_decay * penalty


def l2_gradient(
    parameters: Parameters, weight_decay: float, exempt: Exempt = is_bias
) -> Parameters:
    """The gradient of `l2_penalty`: λw for a weight, 0 for what is exempt; nested as parameters."""
    _require(weight_decay, "weight_decay", zero_allowed=True)
    return _map(lambda path, leaf: leaf * (0.0 if exempt(path, leaf) else weight_decay), parameters)


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
        return _map(self._moved, parameters, gradients)

    def _moved(self, path: Path, leaf: Any, gradient: Any) -> Any:
        if np.shape(leaf) != np.shape(gradient):
            raise ValueError(
                f"At {_place(path)} the parameter has shape {np.shape(leaf)} but its gradient "
                f"has shape {np.shape(gradient)}; they must be the same."
            )
        if self.weight_decay and not self.exempt(path, leaf):
            gradient = gradient + self.weight_decay * leaf
        return leaf - self.learning_rate * gradient


def _map(function: Callable[..., Any], tree: Any, *others: Any, path: Path = ()) -> Any:
    """Call function(path, leaf, …) on the leaves that stand at the same place in every tree."""
    for other in others:
        _require_same_nesting(tree, other, path)
    if isinstance(tree, dict):
        return {
            key: _map(function, tree[key], *(other[key] for other in others), path=(*path, key))
            for key in tree
        }
    if isinstance(tree, list | tuple):
        names = getattr(tree, "_fields", range(len(tree)))
        mapped = [
            _map(function, *children, path=(*path, name))
            for name, *children in zip(names, tree, *others, strict=True)
        ]
        if isinstance(tree, list):
            return mapped
        return type(tree)(*mapped) if hasattr(tree, "_fields") else tuple(mapped)
    return function(path, tree, *others)


def _leaves(tree: Any) -> Iterator[tuple[Path, Any]]:
    found: list[tuple[Path, Any]] = []
    _map(lambda path, leaf: found.append((path, leaf)), tree)
    return iter(found)


def _require_same_nesting(tree: Any, other: Any, path: Path) -> None:
    if isinstance(tree, dict):
        same = isinstance(other, dict) and tree.keys() == other.keys()
    elif isinstance(tree, list | tuple):
        same = isinstance(other, list | tuple) and len(tree) == len(other)
    else:
        same = not isinstance(other, dict | list | tuple)
    if not same:
        raise ValueError(
            f"At {_place(path)} the gradients are nested differently from the parameters: "
            f"{_outline(other)} against {_outline(tree)}."
        )


def _outline(tree: Any) -> str:
    if isinstance(tree, dict):
        return f"a dict with keys {sorted(map(str, tree))}"
    if isinstance(tree, list | tuple):
        return f"a {type(tree).__name__} of length {len(tree)}"
    return f"a single {type(tree).__name__}"


def _place(path: Path) -> str:
    return "parameters" + "".join(f"[{key!r}]" for key in path)


def _require(value: float, name: str, *, zero_allowed: bool) -> float:
    if not math.isfinite(value) or value < 0.0 or (value == 0.0 and not zero_allowed):
        bound = "at least 0" if zero_allowed else "above 0"
        raise ValueError(f"{name} must be a finite number {bound}, but it is {value}.")
    return float(value)
