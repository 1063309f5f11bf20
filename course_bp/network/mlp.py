"""A multilayer perceptron: layers of a matrix product, a bias and an activation.

Examples are rows, as in D4: X is (N, n_in), a layer computes σ(X W + b) with W of shape
(n_in, n_out). `backprop.py` has the table that translates this into the columns of the other
decks.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..dual import Dual
from ..graph import Node
from ..primitives import relu, sigmoid, softplus
from .activations import Activation, get_activation, require_entrywise
from .backprop import Algorithm64, Backprop, Layer, Loss, algorithm_6_4, backprop, feedforward
from .losses import half_squared_error

FloatArray: TypeAlias = NDArray[np.float64]
Parameters: TypeAlias = list[Layer]

__all__ = ["MLP"]


class MLP:
    """A network of fully connected layers.

    Args:
        sizes: units per layer from the inputs to the outputs, such as [2, 3, 1].
        hidden: the activation of the hidden layers, by name ("sigmoid", "tanh", "relu",
            "softplus", "identity") or as a function; or a sequence with one for each of them.
        output: the activation of the last layer.
        loss: from (outputs, targets) to a scalar; see `losses`.
        seed: for the initial weights, a whole number or a `numpy.random.Generator`.

    Attributes:
        parameters: for each layer {"W": (n_in, n_out), "b": (n_out,)}; assign to it what `fit`
            found. Weights start as normal numbers of variance 2 / (n_in + n_out) (Glorot and
            Bengio 2010), or 2 / n_in under relu and softplus (He et al. 2015); biases at 0.
        activations: for each layer its function.

    Raises:
        ValueError: if there are fewer than two sizes, one is below 1, an activation has no such
            name or mixes the entries of its argument, or their sequence has the wrong length.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        hidden: str | Activation | Sequence[str | Activation] = "sigmoid",
        output: str | Activation = "identity",
        loss: Loss = half_squared_error,
        seed: int | np.random.Generator = 0,
    ) -> None:
        if len(sizes) < 2 or min(sizes) < 1:
            raise ValueError(
                f"sizes must name at least inputs and outputs, each at least 1; they are {sizes}."
            )
        hidden_layers = len(sizes) - 2
        if isinstance(hidden, str) or callable(hidden):
            hidden = [hidden] * hidden_layers
        if len(hidden) != hidden_layers:
            raise ValueError(
                f"sizes {list(sizes)} make {hidden_layers} hidden layers, but there are "
                f"{len(hidden)} activations for them."
            )
        rng = np.random.default_rng(seed)
        self.sizes = tuple(sizes)
        self.loss = loss
        self.activations = [require_entrywise(get_activation(name)) for name in (*hidden, output)]
        self.parameters: Parameters = [
            {"W": rng.normal(0.0, _spread(n_in, n_out, sigma), (n_in, n_out)), "b": np.zeros(n_out)}
            for (n_in, n_out), sigma in zip(pairwise(sizes), self.activations, strict=True)
        ]

    def forward(self, x: Any, parameters: Parameters | None = None) -> tuple[Any, Any]:
        """The forward pass with everything on the way.

        Args:
            x: inputs, shape (N, n_in), array or Node.
            parameters: arrays or Nodes to use instead of the network's own.

        Returns:
            z and a by layer number, as `feedforward` gives them; with Nodes, the graph's nodes.

        Raises:
            ValueError: if x does not have one column for each input.
        """
        self._require_rows(x)
        layers = self.parameters if parameters is None else parameters
        return feedforward(layers, self.activations, x)

    def __call__(self, x: Any, parameters: Parameters | None = None) -> Any:
        """The outputs for the inputs x, shape (N, n_out); arguments as in `forward`."""
        return self.forward(x, parameters)[1][len(self.sizes)]

    def cost(self, parameters: Parameters, x: Any, y: Any) -> Any:
        """The loss of the outputs against the targets y, as a function of the parameters.

        This is what `grad`, `value_and_grad` and `fit` differentiate.
        """
        return self.loss(self(x, parameters), y)

    def backprop(self, x: ArrayLike, y: ArrayLike) -> Backprop:
        """The gradient of the cost by BP1–BP4, with every z, a and δ on the way.

        Args:
            x: inputs, shape (N, n_in).
            y: targets, as the loss wants them.
        """
        self._require_rows(x)
        return backprop(self.parameters, self.activations, self.loss, x, y)

    def algorithm_6_4(self, x: ArrayLike, y: ArrayLike, weight_decay: float = 0.0) -> Algorithm64:
        """The gradient for one example by Goodfellow's Algorithm 6.4, in the book's columns.

        Args:
            x: one input, shape (n_in,).
            y: its target, as the loss wants it.
            weight_decay: λ.
        """
        if np.shape(x) != self.sizes[:1]:
            raise ValueError(
                f"x must be one example of shape ({self.sizes[0]},), but its shape is "
                f"{np.shape(x)}."
            )
        weights = [layer["W"].T for layer in self.parameters]
        biases = [layer["b"] for layer in self.parameters]
        return algorithm_6_4(weights, biases, self.activations, self.loss, x, y, weight_decay)

    def predict(self, x: Any) -> NDArray[np.int64]:
        """Class numbers, shape (N,): the largest of several outputs; of a single one, its side.

        A single output is class 1 above 0.5 if it leaves a sigmoid, above 0 otherwise.
        """
        outputs: FloatArray = self(x)
        if self.sizes[-1] > 1:
            classes: NDArray[np.int64] = outputs.argmax(axis=1)
            return classes
        threshold = 0.5 if self.activations[-1] is sigmoid else 0.0
        return (outputs[:, 0] > threshold).astype(np.int64)

    def accuracy(self, x: Any, y: ArrayLike) -> float:
        """Which part of the examples `predict` gets right.

        Args:
            x: inputs, shape (N, n_in).
            y: class numbers of shape (N,) or (N, 1), where −1 counts as class 0; or one-hot rows.
        """
        targets = np.asarray(y)
        if targets.ndim == 2 and targets.shape[1] > 1:
            targets = targets.argmax(axis=1)
        if len(targets) != len(x):
            raise ValueError(
                f"x has {len(x)} rows but y has {len(targets)}; they must be the same."
            )
        classes = np.maximum(targets.reshape(len(targets)), 0)
        return float(np.mean(self.predict(x) == classes))

    def _require_rows(self, x: Any) -> None:
        shape = np.shape(x.value if isinstance(x, Node | Dual) else x)
        if len(shape) != 2 or shape[1] != self.sizes[0]:
            raise ValueError(
                f"x must have shape (N, {self.sizes[0]}), one example per row, but its shape is "
                f"{shape}."
            )


def _spread(n_in: int, n_out: int, activation: Activation) -> float:
    if activation in (relu, softplus):
        return float(np.sqrt(2.0 / n_in))
    return float(np.sqrt(2.0 / (n_in + n_out)))
