"""A small network that learns in the plane, step by step: what the playground shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ... import datasets
from ...network.backprop import Backprop, backprop
from ...network.losses import binary_cross_entropy_with_logits
from ...network.mlp import MLP
from ...network.optimizers import SGD
from ...primitives import sigmoid
from ...reverse_mode import value_and_grad

DATA = ("XOR", "moons", "rings")
OWN, MOST_EXAMPLES = "your own", 500
EPOCHS_A_FRAME = 5
Parameters = list[dict[str, NDArray[np.float64]]]
Examples = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True)
class Settings:
    """What the learner chose.

    Attributes:
        data: "XOR", "moons", "rings" or "your own".
        hidden: units in each hidden layer; empty for none.
        activation: of the hidden layers.
        rate: the learning rate.
        stop_below: training ends when the loss is below this.
    """

    data: str = "XOR"
    hidden: tuple[int, ...] = (3,)
    activation: str = "tanh"
    rate: float = 0.5
    stop_below: float = 0.02


class Training:
    """A network, its data, and all the parameters that it went through.

    Args:
        settings: what to train, and how.
        seed: for the initial weights.
        own: the examples of "your own".

    Attributes:
        X, y: the examples, shapes (N, 2) and (N, 1).
        history: for each frame its parameters and loss.
        stopped: why no further frame is made, or "".
    """

    def __init__(self, settings: Settings, seed: int = 0, own: Examples | None = None) -> None:
        self.settings = settings
        self.X, self.y = own if own and settings.data == OWN else points(settings.data)
        self.net = MLP(
            [2, *settings.hidden, 1],
            hidden=settings.activation,
            loss=binary_cross_entropy_with_logits,
            seed=seed,
        )
        self.optimizer = SGD(settings.rate)
        self._slope = value_and_grad(self.net.cost)
        self.history: list[tuple[Parameters, float]] = []
        self.stopped = ""
        self.begin(self.net.parameters)

    def begin(self, parameters: Parameters, at: int = 0) -> None:
        """Go on from these parameters, in the place of frame `at` and all that followed."""
        del self.history[at:]
        loss = float(self.net.cost(parameters, self.X, self.y))
        self.stopped = ""
        self._record(parameters, loss)

    def advance(self, frames: int) -> int:
        """Train for so many frames, or until the loss is below the limit; how many there were."""
        for done in range(frames):
            if self.stopped:
                return done
            parameters, _ = self.history[-1]
            for _ in range(EPOCHS_A_FRAME):
                _, gradients = self._slope(parameters, self.X, self.y)
                parameters = self.optimizer.step(parameters, gradients)
            self._record(parameters, float(self.net.cost(parameters, self.X, self.y)))
        return frames

    def _record(self, parameters: Parameters, loss: float) -> None:
        self.history.append((parameters, loss))
        if not np.isfinite(loss):
            self.stopped = "the loss is no longer finite: choose a smaller learning rate"
        elif loss < self.settings.stop_below:
            self.stopped = f"the loss is below {self.settings.stop_below:g}"

    def accuracy(self, frame: int) -> float:
        """Which part of the examples the network of a frame gets right."""
        outputs = self.net(self.X, self.history[frame][0])
        return float(np.mean((outputs > 0.0) == (self.y > 0.5)))

    def backward(self, frame: int) -> Backprop:
        """The backward pass through the network of a frame."""
        net = self.net
        return backprop(self.history[frame][0], net.activations, net.loss, self.X, self.y)

    def activity(self, frame: int, x: Any) -> list[NDArray[np.float64]]:
        """What every unit says to inputs x of shape (N, 2): one column per unit, one array per
        layer.

        The first is the inputs; of the last, the output, it is the probability of class 1.
        """
        _, a = self.net.forward(x, self.history[frame][0])
        layers: Sequence[Any] = [a[i] for i in sorted(a)]
        return [*layers[:-1], sigmoid(layers[-1])]


def own_points(X: Any, y: Any) -> Examples:
    """A learner's own examples as arrays.

    Args:
        X: two coordinates for each example.
        y: its class, 0 or 1.

    Raises:
        ValueError: if they are anything else, or more than 500.
    """
    made = np.array(X, dtype=np.float64), np.array(y, dtype=np.float64).reshape(-1, 1)
    count = len(made[1])
    if made[0].shape != (count, 2) or not 2 <= count <= MOST_EXAMPLES:
        raise ValueError(
            f"your own data are 2 to {MOST_EXAMPLES} rows of two coordinates and as many classes, "
            f"not shapes {made[0].shape} and {np.shape(y)}."
        )
    if not np.isfinite(made[0]).all() or not np.isin(made[1], (0.0, 1.0)).all():
        raise ValueError("coordinates must be finite, and classes 0 or 1.")
    if not np.ptp(made[0], axis=0).any():
        raise ValueError(
            "your own data are the same point again and again; there is nothing to separate."
        )
    return made


def points(name: str) -> Examples:
    """The examples of a data set, centred so that both coordinates lie around 0."""
    if name == "XOR":
        X, y = datasets.xor()
        return 2.0 * X - 1.0, y
    if name == "moons":
        X, y = datasets.moons(120)
        return X - np.array([0.5, 0.25]), y
    if name == "rings":
        return datasets.rings(120)
    raise ValueError(f"there is no data set {name!r}; the playground has {', '.join(DATA)}.")
