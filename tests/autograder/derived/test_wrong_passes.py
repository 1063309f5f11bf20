from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from derived_functions import DERIVED
from judging import verdict_on

from autograder.feedback.words import named_mistakes


def test_mean_and_variance_taken_for_constants_have_a_name() -> None:
    def layer_norm_backward(x: Any, gamma: Any, beta: Any, upstream: Any) -> dict[str, Any]:
        root = np.sqrt(x.var(axis=1, keepdims=True) + 1e-5)
        xhat = (x - x.mean(axis=1, keepdims=True)) / root
        return {
            "dx": upstream * gamma / root,
            "dgamma": (upstream * xhat).sum(0),
            "dbeta": upstream.sum(0),
        }

    found = named_mistakes(verdict_on(DERIVED["layer_norm.backward"], layer_norm_backward))
    assert found == ("the variables var and mu treated as constants",)


@pytest.mark.parametrize(
    ("lost", "name"),
    [
        ("b", "a path missing at the fan-out of a"),
        ("y", "a path missing at the fan-out of a"),
    ],
)
def test_a_lost_path_is_named_by_the_variable(lost: str, name: str) -> None:
    def chain_backward(x: float, z: float) -> dict[str, Any]:
        a = x * z
        b, c = np.exp(a), np.log(x)
        e = np.sin(c)
        db = 1 - e / b**2
        dc = -a / c**2 + np.cos(c) / b
        da = {"b": 1 / c, "y": db * b}[lost]
        return {"db": db, "dc": dc, "da": da, "dx": da * z + dc / x, "dz": da * x}

    assert named_mistakes(verdict_on(DERIVED["chain.backward"], chain_backward)) == (name,)


def test_an_ignored_upstream_gradient_is_named() -> None:
    def residual_backward(x: Any, W: Any, b: Any, upstream: Any) -> dict[str, Any]:
        ones = np.ones_like(upstream)
        dz = ones * (x @ W + b > 0)
        return {"dx": ones + dz @ W.T, "dW": x.T @ dz, "db": dz.sum(0)}

    found = named_mistakes(verdict_on(DERIVED["residual.backward"], residual_backward))
    assert found == ("the upstream gradient ignored",)


def test_a_line_whose_derivative_is_left_out_is_named() -> None:
    def chain_backward(x: float, z: float) -> dict[str, Any]:
        a = x * z
        b, c = np.exp(a), np.log(x)
        e = np.sin(c)
        db = 1 - e / b**2
        dc = -a / c**2 + np.cos(c) / b
        da = db * b + 1 / c
        return {"db": db, "dc": dc, "da": da, "dx": da * z + dc, "dz": da * x}

    (found,) = named_mistakes(verdict_on(DERIVED["chain.backward"], chain_backward))
    assert "left out" in found


def test_what_is_lost_through_a_square_is_not_called_a_wrong_sign() -> None:
    def ridge_gradient(w: Any, X: Any, y: Any, lam: Any) -> dict[str, Any]:
        return {"dw": 2 * lam * w}

    found = named_mistakes(verdict_on(DERIVED["ridge.gradient"], ridge_gradient))
    assert found == ("a path missing at the fan-out of w",)
