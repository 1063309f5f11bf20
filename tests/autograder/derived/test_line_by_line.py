"""What the printed solutions of other people's functions look like."""

from __future__ import annotations

from math import pi
from typing import Any

import pytest
from derived_functions import DERIVED

from autograder.derived.author import exercise, one_hot, real
from autograder.derived.texts import solution
from course_bp import log_softmax, relu, sqrt, tanh


def gelu(x: Any) -> Any:
    u = sqrt(2 / pi) * (x + 0.044715 * x**3)
    t = tanh(u)
    return 0.5 * x * (1 + t)


def perceptron(x: Any, W1: Any, b1: Any, W2: Any, t: Any) -> Any:
    return -(t * log_softmax(relu(x @ W1 + b1) @ W2, axis=1)).sum(axis=1).mean()


def two_paths(x: Any, y: Any) -> Any:
    return x + y


GELU = """\
# forward
u = np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)
t = np.tanh(u)
# backward
dt = 0.5 * upstream * x
du = dt * (1 - t**2)
dx = 0.5 * upstream * (1 + t) + du * np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x**2)
return {"dx": dx}"""
LAYER_NORM = """\
# forward
mu = x.mean(axis=1, keepdims=True)
centred = x - mu
var = (centred**2).mean(axis=1, keepdims=True)
root = np.sqrt(var + 1e-5)
xhat = centred / root
# backward
dxhat = upstream * gamma
droot = -(dxhat * xhat / root).sum(axis=1, keepdims=True)
dvar = 0.5 * droot / root
dcentred = dxhat / root + 2 * dvar * centred / x.shape[1]
dmu = -dcentred.sum(axis=1, keepdims=True)
dx = dcentred + dmu / x.shape[1]
dgamma = (upstream * xhat).sum(axis=0)
dbeta = upstream.sum(axis=0)
return {"dx": dx, "dgamma": dgamma, "dbeta": dbeta}"""


def test_the_authors_names_and_constants_stand_in_the_solution() -> None:
    made = exercise("gelu.backward", gelu, inputs={"x": real("N", "D")})
    assert solution(made) == GELU


def test_a_sum_over_an_axis_keeps_it_and_upstream_is_used_directly() -> None:
    assert solution(DERIVED["layer_norm.backward"]) == LAYER_NORM


def test_a_function_in_one_line_is_written_in_several() -> None:
    inputs = {
        "x": real("N", "D"),
        "W1": real("D", "H"),
        "b1": real("H"),
        "W2": real("H", "K"),
        "t": one_hot("N", "K"),
    }
    text = solution(exercise("mlp.gradient", perceptron, inputs=inputs, points={"dW1": 1}))
    for line in (
        "inner = x @ W1 + b1",
        "inner2 = np.maximum(inner, 0) @ W2",
        "dinner = dinner2 @ W2.T * (inner > 0)",
        "dW1 = x.T @ dinner",
    ):
        assert line in text.splitlines()
    assert "dW2" not in text


def test_parts_that_are_equal_do_not_share_their_memory() -> None:
    made = exercise("sum.backward", two_paths, inputs={"x": real("N"), "y": real("N")})
    assert solution(made).splitlines()[-1] == 'return {"dx": dx, "dy": dy}'
    assert "dx = upstream.copy()" in solution(made)


@pytest.mark.parametrize("derived", DERIVED.values(), ids=list(DERIVED))
def test_no_name_is_a_number(derived: Any) -> None:
    text = solution(derived)
    assert not any(f"v{i} = " in text or f"c{i} = " in text for i in range(1, 9))
    assert "reshape" not in text
