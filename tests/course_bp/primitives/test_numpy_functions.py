"""NumPy's functions on Nodes and dual numbers: the derivative is there, or the refusal is clear."""

import math

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

import course_bp as bp
from course_bp import Dual, Node

V, W = np.array([0.4, 1.7, 0.9]), np.array([1.1, 0.6, 2.3])
M = np.arange(6.0).reshape(2, 3) / 7

# NumPy's function, how it is called: `xp` is NumPy or, for the oracle, HIPS autograd's copy of it.
CALLS = {
    "absolute": lambda xp, x: xp.absolute(x - 1.0),
    "add": lambda xp, x: xp.add(x, W),
    "broadcast_to": lambda xp, x: (
        (xp.broadcast_to(x, (2, 3)) if xp is np else xp.ones((2, 1)) * x) * M
    ),
    "concatenate": lambda xp, x: xp.concatenate([x, W, x]) ** 2,
    "cos": lambda xp, x: xp.cos(x),
    "divide": lambda xp, x: xp.divide(W, x),
    "dot": lambda xp, x: xp.dot(M, x) * xp.dot(x, W),
    "exp": lambda xp, x: xp.exp(x),
    "fabs": lambda xp, x: xp.fabs(x - 1.0),
    "float_power": lambda xp, x: xp.power(x, W),
    "log": lambda xp, x: xp.log(x),
    "logaddexp": lambda xp, x: xp.logaddexp(W, x) * xp.logaddexp(x, 0.0),
    "matmul": lambda xp, x: xp.matmul(M, x),
    "max": lambda xp, x: xp.max(x, axis=0) * x,
    "maximum": lambda xp, x: xp.maximum(W, x),
    "mean": lambda xp, x: xp.mean(M * x, axis=1, keepdims=True) ** 2,
    "minimum": lambda xp, x: xp.minimum(x, W),
    "multiply": lambda xp, x: xp.multiply(W, x),
    "nan_to_num": lambda xp, x: np.nan_to_num(x) if xp is np else 1.0 * x,
    "negative": lambda xp, x: xp.negative(x),
    "ones_like": lambda xp, x: xp.ones_like(x) * x,
    "outer": lambda xp, x: xp.outer(x, W) * xp.outer(W, x),
    "positive": lambda xp, x: np.positive(x) if xp is np else 1.0 * x,
    "power": lambda xp, x: xp.power(W, x),
    "ravel": lambda xp, x: xp.ravel(x[:, None] * W)[::2],
    "reciprocal": lambda xp, x: xp.reciprocal(x),
    "reshape": lambda xp, x: xp.reshape(x, (3, 1)) * W,
    "sign": lambda xp, x: xp.sign(x - 1.0) * x,
    "sin": lambda xp, x: xp.sin(x),
    "sqrt": lambda xp, x: xp.sqrt(x),
    "square": lambda xp, x: xp.square(x),
    "stack": lambda xp, x: xp.stack([x, x * x], axis=1) ** 2,
    "subtract": lambda xp, x: xp.subtract(W, x),
    "sum": lambda xp, x: xp.sum(M * x, axis=0) ** 2,
    "tanh": lambda xp, x: xp.tanh(x),
    "transpose": lambda xp, x: xp.transpose(x[None, :] * M) @ M,
    "where": lambda xp, x: xp.where(x > 1.0, x, x * x),
    "zeros_like": lambda xp, x: xp.zeros_like(x) + x,
}
COMPARISONS = {
    "greater": lambda xp, x: xp.greater(W, x),
    "greater_equal": lambda xp, x: xp.greater_equal(x, 0.4),
    "less": lambda xp, x: xp.less(W, x),
    "less_equal": lambda xp, x: xp.less_equal(x, 0.4),
    "equal": lambda xp, x: xp.equal(x, 0.4),
    "not_equal": lambda xp, x: xp.not_equal(x, 0.4),
    "logical_and": lambda xp, x: xp.logical_and(x > 0.5, W > x),
    "logical_or": lambda xp, x: xp.logical_or(x > 1.0, W > x),
    "logical_not": lambda xp, x: xp.logical_not(x > 0.5),
    "bitwise_and": lambda xp, x: (x > 0.5) & (W > x),
    "bitwise_or": lambda xp, x: (x > 1.0) | (W > x),
    "invert": lambda xp, x: ~(x > 0.5),
}
SHAPES = {"shape", "ndim", "size"}


@pytest.mark.parametrize("name", CALLS)
def test_the_derivative_is_that_of_hips_autograd_in_both_modes(name):
    f = CALLS[name]
    expected = autograd.jacobian(lambda x: anp.sum(f(anp, x) * anp.cos(f(anp, x))))(V)
    value = f(np, V)
    np.testing.assert_array_equal(f(np, Node(V)).value, value)

    def scalar(x):
        return bp.sum(f(np, x) * np.cos(f(np, x)))

    np.testing.assert_allclose(bp.grad(scalar)(V), expected, rtol=1e-13, atol=1e-14)
    for tangent, slope in zip(np.eye(3), expected, strict=True):
        found = scalar(Dual(V, tangent)).tangent
        assert found == pytest.approx(slope, rel=1e-13, abs=1e-14)


@pytest.mark.parametrize("name", COMPARISONS)
def test_comparisons_are_masks(name):
    expected = COMPARISONS[name](np, V)
    mask = COMPARISONS[name](np, Node(V))
    assert isinstance(mask, Node)
    np.testing.assert_array_equal(mask.value, expected)
    np.testing.assert_array_equal(np.asarray(mask), expected)
    assert np.asarray(mask).dtype == bool


def test_shapes():
    x = Node(M)
    assert (np.shape(x), np.ndim(x), np.size(x)) == ((2, 3), 2, 6)


def test_a_students_own_sigmoid_can_be_differentiated_in_every_way():
    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    result = bp.compare_four_ways(sigmoid, 0.3)
    slope = sigmoid(0.3) * (1 - sigmoid(0.3))
    for way in result:
        assert way.problem is None
        assert way.derivative == pytest.approx(slope, rel=1e-9)
    assert "np.exp(-z)" in bp.to_source(sigmoid, 0.3)


@pytest.mark.parametrize(
    "f",
    [
        lambda x: M @ x + np.float64(2.0) * x[:2],
        lambda x: np.float64(2.0) / x - W,
        lambda x: W**x / W,
        lambda x: np.float64(2.0) ** x,
    ],
)
def test_arrays_and_numpy_numbers_on_the_left(f):
    np.testing.assert_allclose(f(Node(V)).value, f(V), rtol=1e-15)
    np.testing.assert_allclose(bp.jacobian(f)(V), autograd.jacobian(f)(V), rtol=1e-13)


@pytest.mark.parametrize("kind", [Node, Dual])
def test_methods_as_arrays_have_them(kind):
    x = kind(M)
    for method in ("sum", "mean", "max"):
        for axis in (None, 0, 1, (0, 1)):
            for keepdims in (False, True):
                found = getattr(x, method)(axis, keepdims).value
                expected = getattr(M, method)(axis=axis, keepdims=keepdims)
                np.testing.assert_allclose(found, expected, rtol=1e-15)
    assert x.reshape(3, 2).shape == x.reshape((3, 2)).shape == x.T.shape == (3, 2)
    assert x.reshape(-1).shape == (6,)


def test_masks_join_and_pick_entries():
    def f(x):
        return bp.sum(x[(x > 0.5) & ~(x == W)] ** 2) + bp.sum(W[x < 1.0]) * x[0]

    expected = 2 * V * (V > 0.5)
    expected[0] += W[V < 1.0].sum()
    np.testing.assert_allclose(bp.grad(f)(V), expected, rtol=1e-15)
    _, gradient = bp.compile_gradient(f, V)(V)
    np.testing.assert_allclose(gradient, expected, rtol=1e-15)


def test_joined_masks_are_printed():
    def hat(x):
        return bp.sum(bp.where((x > 0) & (x < 1), x, 0.0))

    assert "np.logical_and(x > 0, 1 > x)" in bp.to_source(hat, V)
    np.testing.assert_array_equal(bp.compile_gradient(hat, V)(V[::-1].copy())[1], [1.0, 0.0, 1.0])


def add_in_place(x):
    total = np.zeros(3)
    total += x


def write_an_entry(x):
    total = np.zeros(3)
    total[0] = x[0]


@pytest.mark.parametrize("kind", [Node, Dual])
@pytest.mark.parametrize(
    ("f", "words"),
    [
        (np.frexp, "np.frexp has no rule"),
        (lambda x: np.heaviside(x, 0.5), "np.heaviside has no rule"),
        (np.linalg.svd, "np.svd has no rule"),
        (np.subtract.reduce, "np.subtract.reduce has no rule"),
        (lambda x: np.sum(x, dtype=np.float32), "not with dtype"),
        (lambda x: np.array([x[0], x[1]]), "use stack"),
        (lambda x: np.exp(x, where=V > 1), "not with where"),
        (add_in_place, "total = total"),
        (np.asarray, r"cannot be made a NumPy array.*\.value"),
        (lambda x: math.exp(x[0]), "functions of math"),
        (float, r"functions of math .* of shape \(3,\)"),
    ],
)
def test_what_would_lose_the_derivative_is_refused(kind, f, words):
    with pytest.raises(TypeError, match=words):
        f(kind(V))


def test_an_entry_of_an_array_takes_no_node():
    with pytest.raises((TypeError, ValueError)) as caught:
        write_an_entry(Node(V))
    assert "use stack([x, y])" in str(caught.value.__cause__ or caught.value)


@pytest.mark.parametrize("f", [lambda x: x & x, lambda x: 0 & x, lambda x: ~x, lambda x: x | V])
def test_only_comparisons_are_joined(f):
    with pytest.raises(TypeError, match="each comparison needs its brackets"):
        f(Node(V))


def test_a_number_is_no_index():
    with pytest.raises(TypeError, match="cannot be made a NumPy array"):
        Node(V)[Node(V)]


def test_the_plus_sign():
    assert bp.grad(lambda x: +x * x)(3.0) == 6.0


def test_a_scalar_node_can_be_formatted():
    assert f"{Node(2.0) / 3.0:.3f}" == "0.667"


def test_dual_numbers_are_compared_by_value():
    x = Dual(0.0, 1.0)
    assert x == 0.0
    assert (x != 0.0) is False
    assert bp.where(x == 0.0, x, 2.0).tangent == 1.0
