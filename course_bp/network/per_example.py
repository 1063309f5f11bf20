"""The gradient of every example of a batch by itself.

The loss of a batch is the mean of its examples' losses, and differentiation is linear: the gradient
of the mean is the mean of the gradients. Here are those gradients, to be averaged, compared or
looked at one by one.

Source: D0 and D2 (the risk is a mean over examples; stochastic gradient descent uses some of them).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..reverse_mode import grad
from ..tree import tree_map, tree_paths
from ..values import shape_of


def per_example_gradients(loss: Callable[..., Any], parameters: Any, *batch: Any) -> Any:
    """The gradients of loss(parameters, *example) for each example of a batch.

        g = per_example_gradients(loss, W, X, Y)     # shape (N, *W.shape)
        g.mean(axis=0)                               # grad(loss)(W, X, Y), if loss takes the mean

    It takes one forward and one backward pass per example, each on a batch of one.

    Args:
        loss: a scalar function of parameters and a batch, as for `grad`.
        parameters: a float, an array, or nested lists, tuples and dicts of them.
        batch: arrays whose first axis counts the examples, or nested ones.

    Returns:
        The gradients in the parameters' form, each with a first axis for the examples.

    Raises:
        ValueError: if there is no example, or the arrays do not have the same number of them.
        TypeError, ValueError: as `grad` does.
    """
    counts = {shape_of(x)[:1] for x in (x for _, x in tree_paths(batch))}
    if len(counts) != 1 or counts in ({()}, {(0,)}):
        found = " and ".join(str(shape_of(x)) for _, x in tree_paths(batch)) or "none"
        raise ValueError(
            "each array of the batch needs as many examples as the others along its first axis, "
            f"and at least one; the shapes are {found}"
        )
    ((count,),) = counts
    gradients = [
        grad(loss)(parameters, *tree_map(lambda x, i=i: x[i : i + 1], batch)) for i in range(count)
    ]
    return tree_map(lambda *each: np.stack(each), *gradients)
