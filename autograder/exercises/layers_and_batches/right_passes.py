"""Backward passes of any depth that are right and written otherwise than the reference."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.layers_and_batches.formulas import sigmoid, slope


def one_by_one(W: Any, b: Any, X: Any, Y: Any) -> dict[str, Any]:
    """Example by example, as columns, each gradient added up."""
    last, count = max(W), len(X)
    cost = 0.0
    rows: dict[int, list[Any]] = {layer: [] for layer in W}
    dW = {layer: np.zeros(W[layer].shape) for layer in W}
    db = {layer: np.zeros(b[layer].shape) for layer in W}
    for x, y in zip(X, Y, strict=True):
        a = {1: x}
        for layer in W:
            a[layer] = 1 / (1 + np.exp(-(W[layer].T @ a[layer - 1] + b[layer])))
        cost += ((a[last] - y) ** 2).sum() / (2 * count)
        g = (a[last] - y) / count
        for layer in range(last, 1, -1):
            g = g * (a[layer] - a[layer] ** 2)
            rows[layer].append(g)
            db[layer] += g
            dW[layer] += np.outer(a[layer - 1], g)
            g = W[layer] @ g
    return {"C": cost, "delta": {n: np.array(r) for n, r in rows.items()}, "dW": dW, "db": db}


def by_columns(W: Any, b: Any, X: Any, Y: Any) -> dict[str, Any]:
    """The batch turned, and turned back at the end."""
    A, last = {1: X.T}, max(W)
    for layer in W:
        A[layer] = (np.tanh((W[layer].T @ A[layer - 1] + b[layer][:, None]) / 2) + 1) / 2
    delta = {last: (A[last] - Y.T) * A[last] * (1 - A[last]) / X.shape[0]}
    for layer in range(last - 1, 1, -1):
        delta[layer] = (W[layer + 1] @ delta[layer + 1]) * A[layer] * (1 - A[layer])
    return {
        "C": float(np.sum((A[last] - Y.T) ** 2) / 2 / X.shape[0]),
        "delta": {layer: d.T for layer, d in delta.items()},
        "db": {layer: d @ np.ones(d.shape[1]) for layer, d in delta.items()},
        "dW": {layer: (d @ A[layer - 1].T).T for layer, d in delta.items()},
    }


def with_ones(W: Any, b: Any, X: Any, Y: Any) -> dict[str, Any]:
    """The biases as a first row of the weights, and 1/N at the very end."""
    ones = np.ones((len(X), 1))
    full = {layer: np.vstack([b[layer], W[layer]]) for layer in W}
    entering, out = {}, X
    for layer in W:
        entering[layer] = np.hstack([ones, out])
        out = 1 / (1 + np.exp(-entering[layer] @ full[layer]))
    error = out - Y
    result: dict[str, Any] = {"C": np.mean((error**2).sum(axis=1)) / 2}
    result.update(delta={}, db={}, dW={})
    for layer in reversed(list(W)):
        error = error * out * (1 - out)
        both = entering[layer].T @ error / len(X)
        result["delta"][layer] = error / len(X)
        result["db"][layer], result["dW"][layer] = both[0], both[1:]
        error, out = (error @ full[layer].T)[:, 1:], entering[layer][:, 1:]
    return result


def goodfellow(W: Any, b: Any, x: Any, y: Any) -> dict[str, Any]:
    """Algorithm 6.4: one g on its way down."""
    h = {1: x}
    for k in W:
        h[k] = 1 / (1 + np.exp(-(b[k] + W[k] @ h[k - 1])))
    g = h[max(W)] - y
    grads: dict[str, Any] = {"dW": {}, "db": {}}
    for k in reversed(list(W)):
        g = g * h[k] * (1 - h[k])
        grads["db"][k] = g
        grads["dW"][k] = g[:, None] * h[k - 1][None, :]
        g = W[k].T @ g
    return grads


def by_recursion(W: Any, b: Any, x: Any, y: Any) -> dict[str, Any]:
    """Each layer asks the one above for ∂C/∂a of what it hands on."""
    grads: dict[str, Any] = {"dW": {}, "db": {}}

    def through(layer: int, a: Any) -> Any:
        """∂C/∂a of what enters the layer."""
        if layer > max(W):
            return a - y
        out = (np.tanh((W[layer] @ a + b[layer]) / 2) + 1) / 2
        delta = through(layer + 1, out) * (out - out**2)
        grads["db"][layer] = delta
        grads["dW"][layer] = np.outer(delta, a)
        return delta @ W[layer]

    through(2, x)
    return grads


def by_jacobians(W: Any, b: Any, x: Any, y: Any) -> dict[str, Any]:
    """A product of Jacobians for each layer, from the bottom up."""
    last = max(W)
    a = {1: x}
    for layer in W:
        a[layer] = sigmoid(W[layer] @ a[layer - 1] + b[layer])
    grads: dict[str, Any] = {"dW": {}, "db": {}}
    for layer in W:
        jacobian = np.diag(slope(a[layer]))
        for upper in range(layer + 1, last + 1):
            jacobian = np.diag(slope(a[upper])) @ W[upper] @ jacobian
        grads["db"][layer] = (a[last] - y) @ jacobian
        grads["dW"][layer] = np.einsum("j,k->jk", grads["db"][layer], a[layer - 1])
    return grads
