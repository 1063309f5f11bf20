import numpy as np
import pytest

import course_bp as bp
from course_bp import (
    Node,
    cos,
    exp,
    grad,
    log,
    sigmoid,
    sin,
    sum,
    value_and_grad,
    vjp,
)


def quiz1(x, z):
    return exp(x * z) + x * z / log(x) + sin(log(x)) / exp(x * z)


def test_quiz1_function_style_equals_object_style():
    y, (dx, dz) = value_and_grad(quiz1, (0, 1))(2.0, 3.0)
    x, z = Node(2.0), Node(3.0)
    node = quiz1(x, z)
    node.backward()
    assert (y, dx, dz) == (node.value, x.grad, z.grad)
    assert y == pytest.approx(412.086547564723, rel=1e-14)
    assert (dx, dz) == (
        pytest.approx(1208.36656055419, rel=1e-14),
        pytest.approx(809.739809413939, rel=1e-14),
    )


@pytest.mark.parametrize(
    ("x", "expected"),
    [(0.5, -3.334146414145), (0.7, -5.067782043789), (1.3, 1.636774229341), (2.0, 9.099148544832)],
)
def test_the_j_example(x, expected):
    def j(x):
        t = x**2
        return cos(sin(t) + 3 * t)

    assert grad(j)(x) == pytest.approx(expected, rel=1e-12)


def test_the_sigmoid_circuit():
    def circuit(w0, x0, w1, x1, w2):
        return sigmoid(w0 * x0 + w1 * x1 + w2)

    value, grads = value_and_grad(circuit, range(5))(2.0, -1.0, -3.0, -2.0, -3.0)
    assert value == pytest.approx(0.731058578630, rel=1e-11)
    expected = (-0.196611933241, 0.393223866483, -0.393223866483, -0.589835799724, 0.196611933241)
    assert grads == pytest.approx(expected, rel=1e-11)


def test_gradients_come_in_the_form_of_the_parameters():
    rng = np.random.default_rng(0)
    params = {"layers": [(rng.normal(size=(3, 4)), np.zeros(4))], "scale": 2.0}
    x = rng.normal(size=(5, 3))

    def loss(params):
        ((w, b),) = params["layers"]
        return params["scale"] * sum(sigmoid(x @ w + b))

    g = grad(loss)(params)
    s = 1 / (1 + np.exp(-x @ params["layers"][0][0]))
    dz = 2.0 * s * (1 - s)
    np.testing.assert_allclose(g["layers"][0][0], x.T @ dz, rtol=1e-13)
    np.testing.assert_allclose(g["layers"][0][1], dz.sum(0), rtol=1e-13)
    assert g["scale"] == pytest.approx(s.sum(), rel=1e-14)
    assert isinstance(g["layers"][0], tuple)


def test_an_argument_that_is_not_used_has_a_zero_gradient():
    g = grad(lambda p: 3.0 * p["a"])({"a": 1.0, "b": np.ones(2)})
    assert g["a"] == 3.0
    np.testing.assert_array_equal(g["b"], np.zeros(2))


def test_a_constant_function_has_a_zero_gradient():
    assert grad(lambda x: 5.0)(1.0) == 0.0


def test_derivatives_of_derivatives():
    assert grad(grad(lambda x: x**3))(2.0) == 12.0
    assert grad(grad(grad(sin)))(0.3) == pytest.approx(-np.cos(0.3), rel=1e-15)


def test_a_nested_derivative_is_not_confused_with_the_outer_one():
    assert grad(lambda x: x * grad(lambda z: x * z)(x))(3.0) == 6.0
    assert grad(lambda w: grad(lambda x: w * x * x)(2.0))(3.0) == 4.0


def test_nodes_from_outside_are_not_touched_by_an_inner_gradient():
    w = Node(3.0)
    inner = grad(lambda x: w * x * x)(2.0)
    assert w.grad is None
    assert inner.value == 12.0
    inner.backward()
    assert w.grad == 4.0


def test_vjp_can_pull_back_many_adjoints():
    m = np.arange(6.0).reshape(2, 3)
    value, pull = vjp(lambda x: m @ x, np.ones(3))
    np.testing.assert_array_equal(value, [3.0, 12.0])
    for i in range(2):
        (row,) = pull(np.eye(2)[i])
        np.testing.assert_array_equal(row, m[i])


def test_grad_of_an_array_says_what_to_do():
    with pytest.raises(ValueError, match=r"that of a scalar.*shape \(3,\).*sum or mean"):
        grad(lambda x: 2.0 * x)(np.ones(3))


def test_an_integer_argument_is_named():
    with pytest.raises(TypeError, match=r"params\['W1'\] is of the integer type"):
        grad(lambda params: params["W1"])({"W1": 3})


def test_a_function_that_returns_nothing_is_named():
    def forgot(x):
        x * x

    with pytest.raises(TypeError, match=r"forgot returned NoneType.*lack a return"):
        grad(forgot)(1.0)


def test_an_argument_that_is_not_there():
    with pytest.raises(TypeError, match="asks for argument 1"):
        grad(lambda x: x, 1)(1.0)


def two_results(x):
    return {"square": x * x, "parts": [2.0 * x, sum(x)]}


def test_vjp_takes_an_adjoint_built_like_the_result_in_any_order():
    x = np.array([1.0, 2.0])
    value, pull = vjp(two_results, x)
    (found,) = pull({"parts": (np.array([5.0, 7.0]), 11.0), "square": np.array([1.0, 3.0])})
    np.testing.assert_array_equal(found, [2.0 + 10.0 + 11.0, 12.0 + 14.0 + 11.0])
    assert value["parts"][1] == 3.0


@pytest.mark.parametrize(
    "seed",
    [
        [np.ones(2), np.ones(2), 1.0],
        {"square": np.ones(2), "parts": np.ones(2)},
        {"square": np.ones(2), "sums": [np.ones(2), 1.0]},
        np.ones(2),
    ],
)
def test_vjp_refuses_an_adjoint_built_otherwise(seed):
    _, pull = vjp(two_results, np.array([1.0, 2.0]))
    with pytest.raises(ValueError, match=r"two_results returns result\['square'\].*likewise"):
        pull(seed)


class TestDifferentiate:
    def test_with_respect_to_inner_nodes(self):
        x = Node(2.0, "x")
        square = x * x
        y = square * square + x
        assert bp.differentiate(y, square) == 8.0
        assert bp.differentiate(y, [square, x, y]) == [8.0, 33.0, 1.0]

    def test_no_grad_is_touched(self):
        x = Node(2.0)
        square = x * x
        x.grad = square.grad = 5.0
        bp.differentiate(square * 3.0, [square, x])
        assert (x.grad, square.grad) == (5.0, 5.0)

    def test_what_the_result_does_not_depend_on_has_the_derivative_0(self):
        x, other = Node(np.ones(2)), Node(np.ones((2, 3)))
        np.testing.assert_array_equal(bp.differentiate(bp.sum(x), other), np.zeros((2, 3)))

    def test_recorded_derivatives_can_be_differentiated_again(self):
        x = Node(2.0)
        square = x * x
        first = bp.differentiate(square * square, square, recorded=True)
        assert bp.differentiate(first, x) == 8.0

    def test_arrays_take_a_seed(self):
        x = Node(np.array([1.0, 2.0]))
        h = bp.exp(x)
        seed = np.array([1.0, -1.0])
        np.testing.assert_array_equal(bp.differentiate(h * h, h, seed), 2.0 * h.value * seed)
        with pytest.raises(ValueError, match="starts at a scalar"):
            bp.differentiate(h, x)
