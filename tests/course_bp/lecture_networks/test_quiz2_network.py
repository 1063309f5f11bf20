"""Quiz 2's network, every quantity, against the graph and the complex step."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_bp.graph import Node
from course_bp.lecture_networks import quiz2_network as quiz2
from course_bp.primitives import matmul, sigmoid

STEP = 1e-30


def logistic(a):
    return 1 / (1 + np.exp(-a))


def output(alpha1, alpha2, beta, x):
    """y written anew, for complex numbers too."""
    return logistic(beta @ logistic(alpha2 @ logistic(alpha1 @ x)))


def complex_step(f, v):
    units = np.eye(v.size).reshape(v.size, *v.shape)
    return np.array([f(v + 1j * STEP * unit).imag / STEP for unit in units]).reshape(v.shape)


def draw(seed, d0, d1, d2):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) for shape in [(d1, d0), (d2, d1), (d2,), (d0,)]]


sizes = st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4))


@given(seed=st.integers(0, 9999), sizes=sizes)
def test_value_and_gradients(seed, sizes):
    arguments = draw(seed, *sizes)
    values = quiz2.forward(*arguments)
    slopes = quiz2.backward(*arguments[:3], values)
    assert values.y == pytest.approx(output(*arguments), rel=1e-14)
    for position, name in enumerate(["alpha1", "alpha2", "beta", "x"]):

        def y(v, position=position):
            return output(*[v if i == position else u for i, u in enumerate(arguments)])

        expected = complex_step(y, arguments[position])
        np.testing.assert_allclose(
            getattr(slopes, f"dy_d{name}"), expected, rtol=1e-11, atol=1e-16, err_msg=name
        )


@given(seed=st.integers(0, 9999))
def test_every_intermediate_equals_the_node_of_the_graph(seed):
    arguments = draw(seed, 4, 3, 2)
    values = quiz2.forward(*arguments)
    slopes = quiz2.backward(*arguments[:3], values)

    names = ["alpha1", "alpha2", "beta", "x"]
    nodes = {name: Node(v) for name, v in zip(names, arguments, strict=True)}
    nodes["a1"] = matmul(nodes["alpha1"], nodes["x"])
    nodes["z1"] = sigmoid(nodes["a1"])
    nodes["a2"] = matmul(nodes["alpha2"], nodes["z1"])
    nodes["z2"] = sigmoid(nodes["a2"])
    nodes["b"] = matmul(nodes["beta"], nodes["z2"])
    nodes["y"] = sigmoid(nodes["b"])
    nodes["y"].backward()
    for name in values._fields:
        np.testing.assert_allclose(getattr(values, name), nodes[name].value, rtol=1e-13, atol=1e-15)
    for name in ("b", "beta", "z2", "a2", "alpha2", "z1", "a1", "alpha1", "x"):
        np.testing.assert_allclose(
            getattr(slopes, f"dy_d{name}"), nodes[name].grad, rtol=1e-11, atol=1e-15, err_msg=name
        )


@pytest.mark.parametrize(
    "shapes",
    [
        [(4, 3), (3, 2), (2,), (4,)],  # the slide's transposes
        [(3, 4), (2, 3), (3,), (4,)],
        [(3, 4), (2, 3), (2,), (3,)],
        [(3, 4), (2, 3), (2, 1), (4,)],
        [(3, 4), (2, 3), (2,), (4, 1)],
    ],
)
def test_shapes_that_do_not_fit_are_refused_in_words(shapes):
    with pytest.raises(ValueError, match=r"\(D1, D0\), \(D2, D1\), \(D2,\) and \(D0,\)"):
        quiz2.forward(*(np.ones(shape) for shape in shapes))
