from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from derived_functions import DERIVED
from judging import verdict_on

from autograder.derived.less_likely import less_likely_mistakes
from autograder.feedback.words import named_mistakes


def names(id: str, answer: Any) -> tuple[str, ...]:
    return named_mistakes(verdict_on(DERIVED[id], answer))


def test_a_slip_in_the_forward_pass_is_followed_into_the_backward_pass() -> None:
    def layer_norm_backward(x: Any, gamma: Any, beta: Any, upstream: Any) -> dict[str, Any]:
        mu = x.mean(axis=1, keepdims=True)
        centred = x - mu
        var = (centred**2).mean(axis=1, keepdims=True)
        root = np.sqrt(var + 1e-5)
        xhat = centred * root  # the slip
        dxhat = upstream * gamma
        dvar = (dxhat * -xhat / root).sum(axis=1, keepdims=True) * 0.5 / root
        dcentred = dxhat / root + 2 * centred * dvar / x.shape[1]
        dx = dcentred - dcentred.mean(axis=1, keepdims=True)
        return {"dx": dx, "dgamma": (upstream * xhat).sum(0), "dbeta": upstream.sum(0)}

    found = names("layer_norm.backward", layer_norm_backward)
    assert found == ("a slip in the forward pass, in the line for xhat",)


@pytest.mark.parametrize(
    ("slope", "name"),
    [
        (lambda t: 1 - t, "the square missing in the slope of tanh"),
        (lambda t: 1 - 2 * t * t, "a slip in the derivative of tanh(u)"),
        (lambda t: 2 - t * t, "a slip in the derivative of tanh(u)"),
    ],
)
def test_a_slip_in_a_local_derivative_is_named(slope: Any, name: str) -> None:
    def gelu_backward(x: Any, upstream: Any) -> dict[str, Any]:
        u = 0.79788 * (x + 0.044715 * x**3)
        t = np.tanh(u)
        du = 0.79788 * (1 + 3 * 0.044715 * x**2)
        return {"dx": upstream * (0.5 * (1 + t) + 0.5 * x * slope(t) * du)}

    assert names("gelu.backward", gelu_backward) == (name,)


def test_an_earlier_right_part_rules_out_what_would_have_spoilt_it() -> None:
    def layer_norm_backward(x: Any, gamma: Any, beta: Any, upstream: Any) -> dict[str, Any]:
        right = DERIVED["layer_norm.backward"].answer()(
            x=x, gamma=gamma, beta=beta, upstream=upstream
        )
        return {**right, "dx": 2 * right["dx"] + 0.1}

    assert names("layer_norm.backward", layer_norm_backward) == ()


def test_no_two_of_them_have_the_same_slug() -> None:
    for derived in DERIVED.values():
        slugs = [one.slug for one in less_likely_mistakes(derived.derived_from.derivation)]
        assert len(set(slugs)) == len(slugs)
