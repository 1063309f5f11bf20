"""Case 2, every quantity of modules 1 to 5, against the graph and the complex step."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_bp.graph import Node
from course_bp.lecture_networks import case2_neural_network as case2
from course_bp.primitives import log, matmul, sigmoid

STEP = 1e-30


def loss(alpha, beta, x, y_star):
    """The loss written anew, for complex numbers too."""
    z = 1 / (1 + np.exp(-(alpha @ np.concatenate([[1.0], x]))))
    y = 1 / (1 + np.exp(-(beta @ np.concatenate([[1.0], z]))))
    return -(y_star * np.log(y) + (1 - y_star) * np.log(1 - y))


def complex_step(f, v):
    units = np.eye(v.size).reshape(v.size, *v.shape)
    return np.array([f(v + 1j * STEP * unit).imag / STEP for unit in units]).reshape(v.shape)


def draw(seed, hidden, inputs):
    rng = np.random.default_rng(seed)
    alpha, beta = rng.normal(size=(hidden, inputs + 1)), rng.normal(size=hidden + 1)
    return alpha, beta, rng.normal(size=inputs), int(rng.integers(2))


@given(seed=st.integers(0, 9999), hidden=st.integers(1, 4), inputs=st.integers(1, 4))
def test_loss_and_gradients(seed, hidden, inputs):
    alpha, beta, x, y_star = draw(seed, hidden, inputs)
    values = case2.forward(alpha, beta, x, y_star)
    slopes = case2.backward(alpha, beta, values, y_star)
    assert values.J == pytest.approx(loss(alpha, beta, x, y_star), rel=1e-12)
    for found, expected in [
        (slopes.dJ_dalpha, complex_step(lambda v: loss(v, beta, x, y_star), alpha)),
        (slopes.dJ_dbeta, complex_step(lambda v: loss(alpha, v, x, y_star), beta)),
        (slopes.dJ_dx[1:], complex_step(lambda v: loss(alpha, beta, v, y_star), x)),
    ]:
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-14)


@given(seed=st.integers(0, 9999))
def test_every_intermediate_equals_the_node_of_the_graph(seed):
    alpha, beta, x, y_star = draw(seed, 3, 2)
    values = case2.forward(alpha, beta, x, y_star)
    slopes = case2.backward(alpha, beta, values, y_star)

    nodes = {"alpha": Node(alpha), "beta": Node(beta), "x": Node(values.x)}
    nodes["a"] = matmul(nodes["alpha"], nodes["x"])
    nodes["z"] = sigmoid(nodes["a"])
    nodes["b"] = matmul(nodes["beta"][1:], nodes["z"]) + nodes["beta"][0]
    nodes["y"] = sigmoid(nodes["b"])
    y = nodes["y"]
    J = -(y_star * log(y) + (1.0 - y_star) * log(1.0 - y))
    J.backward()

    assert values.J == pytest.approx(J.value, rel=1e-12)
    for name in ("a", "b", "y"):
        np.testing.assert_allclose(getattr(values, name), nodes[name].value, rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(values.z[1:], nodes["z"].value, rtol=1e-13, atol=1e-15)
    for name in ("y", "b", "beta", "a", "alpha", "x"):
        np.testing.assert_allclose(
            getattr(slopes, f"dJ_d{name}"), nodes[name].grad, rtol=1e-10, atol=1e-14, err_msg=name
        )
    np.testing.assert_allclose(slopes.dJ_dz[1:], nodes["z"].grad, rtol=1e-10, atol=1e-14)


def test_the_printed_slope_with_respect_to_x_is_another_number():
    alpha, beta, x, y_star = draw(4, 3, 3)
    values = case2.forward(alpha, beta, x, y_star)
    slopes = case2.backward(alpha, beta, values, y_star)
    for printed in (slopes.dJ_da * alpha[:, 1:].sum(axis=0), alpha[:, 1:].sum(axis=0)):
        error = np.linalg.norm(printed - slopes.dJ_dx[1:]) / np.linalg.norm(slopes.dJ_dx[1:])
        assert error > 0.3


def test_the_constants_stand_in_front():
    alpha, beta, x, y_star = draw(1, 3, 2)
    values = case2.forward(alpha, beta, x, y_star)
    assert values.x[0] == values.z[0] == 1.0
    np.testing.assert_array_equal(values.x[1:], x)
    slopes = case2.backward(alpha, beta, values, y_star)
    assert slopes.dJ_dbeta[0] == slopes.dJ_db
    np.testing.assert_array_equal(slopes.dJ_dalpha[:, 0], slopes.dJ_da)


@pytest.mark.parametrize("y_star", [0, 1])
def test_huge_logits(y_star):
    values = case2.forward(np.full((2, 2), 800.0), np.full(3, 800.0), [1.0], y_star)
    slopes = case2.backward(np.full((2, 2), 800.0), np.full(3, 800.0), values, y_star)
    assert pytest.approx(0.0 if y_star else 2400.0) == values.J
    for slope in (slopes.dJ_db, slopes.dJ_dbeta, slopes.dJ_dalpha, slopes.dJ_dx):
        assert np.isfinite(slope).all()


@pytest.mark.parametrize(
    ("alpha", "beta", "x", "y_star", "says"),
    [
        (np.ones((3, 2)), np.ones(4), np.ones(2), 1, r"\(D, M \+ 1\).*\(2,\) and \(3, 2\)"),
        (np.ones(3), np.ones(4), np.ones(2), 1, r"\(D, M \+ 1\)"),
        (np.ones((3, 3)), np.ones(3), np.ones(2), 1, r"\(4,\) for 3 hidden units"),
        (np.ones((3, 3)), np.ones(4), np.ones(2), -1, "0 or 1"),
    ],
)
def test_bad_arguments_are_refused_in_words(alpha, beta, x, y_star, says):
    with pytest.raises(ValueError, match=says):
        case2.forward(alpha, beta, x, y_star)
