"""Forward functions of somebody else's course, and the exercises derived from them."""

from __future__ import annotations

from typing import Any

import course_bp as bp
from autograder.derived.author import exercise, one_hot, real


def gelu(x: Any) -> Any:
    return 0.5 * x * (1 + bp.tanh(0.79788 * (x + 0.044715 * x**3)))


def layer_norm(x: Any, gamma: Any, beta: Any) -> Any:
    mu = x.mean(axis=1, keepdims=True)
    centred = x - mu
    var = (centred**2).mean(axis=1, keepdims=True)
    xhat = centred / bp.sqrt(var + 1e-5)
    return gamma * xhat + beta


def huber(y: Any, t: Any) -> Any:
    error = y - t
    size = bp.abs(error)
    return bp.where(size < 1.0, 0.5 * error * error, size - 0.5).mean()


def residual(x: Any, W: Any, b: Any) -> Any:
    h = bp.relu(x @ W + b)
    return x + h


def ridge(w: Any, X: Any, y: Any, lam: Any) -> Any:
    error = X @ w - y
    return (error * error).mean() + lam * (w @ w)


def cross_entropy(z: Any, t: Any) -> Any:
    return -(t * bp.log_softmax(z, axis=1)).sum(axis=1).mean()


def chain(x: Any, z: Any) -> Any:
    a = x * z
    b = bp.exp(a)
    c = bp.log(x)
    e = bp.sin(c)
    return b + a / c + e / b


DERIVED = {
    each.id: each
    for each in (
        exercise("gelu.backward", gelu, inputs={"x": real("N", "D")}, points={"dx": 3}),
        exercise(
            "layer_norm.backward",
            layer_norm,
            inputs={"x": real("N", "D"), "gamma": real("D"), "beta": real("D")},
            points={"dx": 3, "dgamma": 1, "dbeta": 1},
        ),
        exercise(
            "huber.gradient", huber, inputs={"y": real("N"), "t": real("N")}, points={"dy": 2}
        ),
        exercise(
            "residual.backward",
            residual,
            inputs={"x": real("N", "D"), "W": real("D", "D"), "b": real("D")},
        ),
        exercise(
            "ridge.gradient",
            ridge,
            inputs={"w": real("D"), "X": real("N", "D"), "y": real("N"), "lam": real(above=0)},
            points={"dw": 2},
        ),
        exercise(
            "cross_entropy.gradient",
            cross_entropy,
            inputs={"z": real("N", "K"), "t": one_hot("N", "K")},
        ),
        exercise(
            "chain.backward",
            chain,
            inputs={"x": real(above=0, without=(1.0,), largest=3.0), "z": real(largest=2.0)},
            points={"db": 1, "dc": 1, "da": 1, "dx": 1, "dz": 1},
        ),
    )
}
