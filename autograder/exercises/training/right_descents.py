"""Epochs of SGD written otherwise than the reference."""

from __future__ import annotations

from typing import Any

import numpy as np


def by_dict(
    x: Any, y: Any, W: Any, c: Any, w: Any, b: float, learning_rate: float, lam: float
) -> dict[str, Any]:
    """All parameters as matrices in one dict."""
    theta = {"W": W, "c": c, "w": w[:, None], "b": np.array([[b]])}
    losses = np.zeros(len(x))
    for t in range(len(x)):
        h = np.tanh(x[t] @ theta["W"] + theta["c"])
        error = h @ theta["w"] + theta["b"] - y[t][:, None]
        losses[t] = (error**2).sum() / error.size
        error = 2 / error.size * error
        back = error @ theta["w"].T * (1 - h * h)
        slopes = {
            "W": x[t].T @ back + lam * theta["W"],
            "c": back.sum(0),
            "w": h.T @ error + lam * theta["w"],
            "b": error.sum(0, keepdims=True),
        }
        theta = {name: theta[name] - learning_rate * slopes[name] for name in theta}
    return {**theta, "losses": losses, "w": theta["w"][:, 0], "b": theta["b"].item()}


def decay_first(
    x: Any, y: Any, W: Any, c: Any, w: Any, b: float, learning_rate: float, lam: float
) -> dict[str, Any]:
    """The penalty as a decay of the weights, before the step."""
    W, c, w = W.copy(), c.copy(), w.copy()
    losses = []
    for inputs, targets in zip(x, y, strict=True):
        h = np.tanh(inputs @ W + c)
        error = h @ w + b - targets
        losses.append(float(np.mean(error**2)))
        dz = 2 * error[:, None] * w * (1 - h**2)
        dW, dc = np.einsum("nd,nh->dh", inputs, dz) / len(error), dz.mean(axis=0)
        dw, db = 2 * error @ h / len(error), 2 * error.mean()
        W *= 1 - learning_rate * lam
        w *= 1 - learning_rate * lam
        W -= learning_rate * dW
        w -= learning_rate * dw
        c -= learning_rate * dc
        b -= learning_rate * db
    return {"W": W, "c": c, "w": w, "b": b, "losses": np.array(losses)}
