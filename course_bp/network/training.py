"""Training: empirical risk minimisation by stochastic gradient descent.

Source: D0 and D2, A Recipe for Machine Learning (whose left side should read θ^(t+1)); D4, the
training loop.
"""

import math
import warnings
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..reverse_mode import value_and_grad as graph_value_and_grad
from .optimizers import SGD, Parameters
from .progress import ProgressBar

__all__ = ["FitResult", "fit"]


@dataclass(frozen=True)
class FitResult:
    """What `fit` found.

    Attributes:
        parameters: θ at the end, nested as it came in.
        history: the loss of each epoch, without the regulariser: the mean over its batches of the
            loss just before each update. With one batch per epoch, history[t] is the loss at θ^(t).
        stopped_by: "epochs" if it ran them all, "stop_below", "callback", or "diverged".
    """

    parameters: Parameters
    history: list[float]
    stopped_by: str


def fit(
    loss: Callable[[Any, Any, Any], Any],
    parameters: Parameters,
    X: NDArray[np.float64],
    y: NDArray[Any],
    optimizer: SGD,
    epochs: int,
    *,
    batch_size: int | None = None,
    seed: int | np.random.Generator = 0,
    stop_below: float = -math.inf,
    callback: Callable[[int, float, Parameters], Any] | None = None,
    progress: bool = False,
    value_and_grad: Callable[[Parameters, Any, Any], tuple[float, Parameters]] | None = None,
) -> FitResult:
    """Minimise a loss over examples.

    Args:
        loss: `loss(parameters, X, y)`, a scalar, such as `MLP.cost`.
        parameters: where to start; arrays or floats, nested. They stay as they are.
        X: inputs, one example per row.
        y: targets, one a row.
        optimizer: takes the steps.
        epochs: how many times to go through the examples, at most.
        batch_size: examples per step, drawn again without repetition in every epoch; None for all
            at once, in their own order.
        seed: for the order of the batches, a whole number or a `numpy.random.Generator`.
        stop_below: stop as soon as an epoch's loss is below this.
        callback: called after every epoch as `callback(epoch, loss, parameters)`, counting from 0;
            returning True stops the training.
        progress: whether to show a progress bar.
        value_and_grad: `value_and_grad(parameters, X, y)`, your own gradient instead of the
            graph's: written by hand, or faster, from `compile_gradient(loss, parameters, X, y,
            argnums=0)`, which serves batches of one size.

    Returns:
        The parameters, the history and why it stopped. With one batch per epoch, stopping below a
        loss returns the very parameters that have that loss.

    Raises:
        ValueError: if X and y differ in length or are empty, or a count is below 1.

    When the loss is no longer finite, training stops and a RuntimeWarning says so.
    """
    size = len(X) if batch_size is None else batch_size
    if len(X) != len(y) or len(X) == 0:
        raise ValueError(f"X has {len(X)} rows and y {len(y)}; they need the same, at least 1.")
    if epochs < 1 or size < 1:
        raise ValueError(f"epochs and batch_size must be at least 1; they are {epochs} and {size}.")
    slope = graph_value_and_grad(loss) if value_and_grad is None else value_and_grad
    rng = np.random.default_rng(seed)
    history: list[float] = []
    stopped_by = "epochs"
    with ProgressBar(epochs) if progress else nullcontext() as bar:
        for epoch in range(epochs):
            start, losses = parameters, []
            for rows in _batches(len(X), size, rng):
                value, gradients = slope(parameters, X[rows], y[rows])
                losses.append(float(value))
                if not math.isfinite(losses[-1]):
                    break
                parameters = optimizer.step(parameters, gradients)
            history.append(sum(losses) / len(losses))
            if bar is not None:
                bar.update(epoch + 1, f"loss {history[-1]:.6g}")
            if not math.isfinite(history[-1]):
                stopped_by = "diverged"
                warnings.warn(
                    f"The loss is {history[-1]} in epoch {epoch}: training stopped. "
                    f"Try a learning rate below {optimizer.learning_rate:g}.",
                    RuntimeWarning,
                    stacklevel=2,
                )
            elif history[-1] < stop_below:
                stopped_by = "stop_below"
                if len(losses) == 1:
                    parameters = start
            elif callback is not None and callback(epoch, history[-1], parameters) is True:
                stopped_by = "callback"
            if stopped_by != "epochs":
                break
    return FitResult(parameters, history, stopped_by)


def _batches(
    examples: int, size: int, rng: np.random.Generator
) -> Iterator[slice | NDArray[np.int64]]:
    if size >= examples:
        yield slice(None)
        return
    order = rng.permutation(examples)
    for first in range(0, examples, size):
        yield order[first : first + size]
