"""Finite differences against derivatives known by formula, by SymPy's digits and by the decks."""

from typing import NamedTuple

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import course_bp as bp
from course_bp.finite_differences import (
    CountedCalls,
    finite_difference,
    finite_difference_jacobian,
)

METHODS = ["central", "forward", "richardson", "complex"]
TOLERANCE = {"forward": 1e-6, "central": 5e-8, "richardson": 1e-9, "complex": 1e-14}


def deck_j(x):
    return np.cos(np.sin(x**2) + 3 * x**2)


def quiz1(x, z):
    return np.exp(x * z) + x * z / np.log(x) + np.sin(np.log(x)) / np.exp(x * z)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("x", "expected"),
    [(0.5, -3.334146414145), (0.7, -5.067782043789), (1.3, 1.636774229341), (2.0, 9.099148544832)],
)
def test_derivative_of_the_deck_example(method, x, expected):
    found = finite_difference(deck_j, method=method)(x)
    assert isinstance(found, float)
    assert abs(found - expected) <= max(TOLERANCE[method] * abs(expected), 1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_quiz1_by_both_arguments(method):
    dx, dz = finite_difference(quiz1, argnums=(0, 1), method=method)(2.0, 3.0)
    assert dx == pytest.approx(1208.36656055419, rel=TOLERANCE[method])
    assert dz == pytest.approx(809.739809413939, rel=TOLERANCE[method])


def test_argnums_chooses_the_argument_and_may_count_from_the_end():
    assert finite_difference(quiz1, argnums=1)(2.0, 3.0) == pytest.approx(809.7398, rel=1e-6)
    assert finite_difference(quiz1, argnums=-1)(2.0, 3.0) == pytest.approx(809.7398, rel=1e-6)


def test_keyword_arguments_are_passed_on():
    def f(x, power):
        return x**power

    assert finite_difference(f)(2.0, power=3.0) == pytest.approx(12.0)


@pytest.mark.parametrize("method", ["central", "forward", "richardson"])
def test_course_functions_can_be_differentiated(method):
    def f(x):
        return bp.sum(bp.tanh(x) * bp.sigmoid(x) / bp.exp(bp.sin(x)) + bp.sqrt(x) @ bp.log(x))

    x = np.array([0.3, 1.7])
    found = finite_difference(f, method=method)(x)
    np.testing.assert_allclose(found, bp.grad(f)(x), rtol=1e-6)


def test_complex_step_of_course_functions():
    def f(x):
        return bp.tanh(x) * bp.sigmoid(x) / bp.exp(bp.sin(x)) + bp.sqrt(x) * bp.log(x)

    assert finite_difference(f, method="complex")(0.3) == pytest.approx(bp.grad(f)(0.3), rel=1e-14)


def test_complex_step_refuses_an_imaginary_part_that_is_dropped_on_the_way():
    def f(x):
        return np.sum(x * x) + np.sum(x.astype(float))

    with pytest.raises(TypeError, match="imaginary part"):
        finite_difference(f, method="complex")(np.array([0.5]))


@pytest.mark.parametrize("method", METHODS)
def test_jacobian_has_output_shape_then_input_shape(method):
    rng = np.random.default_rng(0)
    W, x = rng.normal(size=(4, 3)), rng.normal(size=3)
    by_w, by_x = finite_difference_jacobian(lambda W, x: W @ x, (0, 1), method)(W, x)
    expected = np.einsum("ij,k->ijk", np.eye(4), x)
    np.testing.assert_allclose(by_w, expected, atol=1e-7)
    np.testing.assert_allclose(by_x, W, atol=1e-7)


def test_jacobian_equals_that_of_hips_autograd():
    def f(x):
        return anp.tanh(anp.outer(x, x)) @ anp.exp(-x)

    x = np.random.default_rng(3).normal(size=4)
    expected = autograd.jacobian(f)(x)
    for method in ("central", "forward", "richardson"):
        found = finite_difference_jacobian(f, method=method)(x)
        np.testing.assert_allclose(found, expected, rtol=0, atol=TOLERANCE[method])


class Layer(NamedTuple):
    W: np.ndarray
    b: np.ndarray


@pytest.mark.parametrize("method", METHODS)
def test_gradient_keeps_the_nested_structure(method):
    rng = np.random.default_rng(1)
    params = {
        "layers": [Layer(rng.normal(size=(2, 3)), rng.normal(size=2))],
        "scale": (1.5, np.array(0.4)),
    }

    def f(params, x):
        layer = params["layers"][0]
        return np.sum(np.tanh(layer.W @ x + layer.b)) * params["scale"][0] + params["scale"][1] ** 2

    x = rng.normal(size=3)
    found = finite_difference(f, method=method)(params, x)
    slope = 1.5 * (1 - np.tanh(params["layers"][0].W @ x + params["layers"][0].b) ** 2)
    assert isinstance(found["layers"][0], Layer)
    assert isinstance(found["scale"][0], float)
    np.testing.assert_allclose(found["layers"][0].W, np.outer(slope, x), atol=1e-7)
    np.testing.assert_allclose(found["layers"][0].b, slope, atol=1e-7)
    np.testing.assert_allclose(found["scale"][1], 2 * params["scale"][1], atol=1e-7)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(-3, 3), min_size=1, max_size=4),
    st.integers(0, 10_000),
    st.sampled_from(METHODS),
)
def test_random_polynomials(x, seed, method):
    point = np.array(x)
    powers = np.random.default_rng(seed).integers(0, 4, size=(3, point.size))

    def f(x):
        return sum(np.prod(x**p) for p in powers)

    expected = [
        sum(p[i] * point[i] ** max(p[i] - 1, 0) * np.prod(np.delete(point**p, i)) for p in powers)
        for i in range(point.size)
    ]
    size = 1 + np.max(np.abs(point)) ** 9
    found = finite_difference(f, method=method)(point)
    np.testing.assert_allclose(found, expected, atol=TOLERANCE[method] * size)


@pytest.mark.parametrize("x", [0.1, 1.7, 12345.678])
@pytest.mark.parametrize("method", ["central", "forward"])
def test_the_rounding_of_the_step_is_taken_into_account(method, x):
    assert finite_difference(lambda x: 1.0 * x, method=method)(x) == pytest.approx(1, rel=1e-15)


def test_large_coordinates_get_large_steps():
    found = finite_difference(lambda x: x**2)(1e9)
    assert found == pytest.approx(2e9, rel=1e-9)


@pytest.mark.parametrize(
    ("method", "evaluations"),
    [("central", 12), ("forward", 7), ("richardson", 24), ("complex", 11)],
)
def test_number_of_evaluations_depends_on_the_inputs_alone(method, evaluations):
    x = np.linspace(0.1, 1, 6)
    one = CountedCalls(lambda x: np.sum(np.sin(x)))
    many = CountedCalls(lambda x: np.sin(np.outer(np.arange(50), x)))
    finite_difference(one, method=method)(x)
    finite_difference_jacobian(many, method=method)(x)
    assert one.calls == many.calls == evaluations


@pytest.mark.parametrize("method", METHODS)
def test_a_function_that_writes_into_its_input_cannot_harm_the_caller(method):
    x = np.array([1.0, 2.0])
    other = np.array([3.0, 4.0])

    def f(x, other):
        value = np.sum(x * x)
        x *= 0
        return value

    found = finite_difference(f, method=method)(x, other)
    np.testing.assert_allclose(found, [2, 4], rtol=1e-6)
    np.testing.assert_array_equal(x, [1, 2])


def test_a_function_that_reuses_its_output_buffer_is_read_in_time():
    buffer = np.zeros(2)

    def f(x):
        np.multiply(x, 3.0, out=buffer)
        return buffer

    np.testing.assert_allclose(finite_difference_jacobian(f)(np.ones(2)), 3 * np.eye(2), atol=1e-8)


def test_float32_input_is_differentiated_in_float64():
    x = np.array([0.5, 1.5], dtype=np.float32)
    found = finite_difference(lambda x: np.sum(np.sin(x)))(x)
    assert found.dtype == np.float64
    np.testing.assert_allclose(found, np.cos(x.astype(float)), rtol=1e-9)


def test_float32_arithmetic_asks_for_a_step():
    def f(x):
        return np.sum(np.sin(x.astype(np.float32)))

    with pytest.raises(ValueError, match=r"float32.*step=1e-3"):
        finite_difference(f)(np.array([0.5]))
    assert finite_difference(f, step=1e-2)(np.array([0.5]))[0] == pytest.approx(0.8776, rel=1e-3)


@pytest.mark.parametrize("x", [2, np.array([1, 2]), np.array([True])])
def test_integer_input_is_refused_with_the_remedy(x):
    with pytest.raises(TypeError, match=r"astype\(float\)"):
        finite_difference(np.sum)(x)


@pytest.mark.parametrize(
    ("bad", "error", "words"),
    [
        (lambda: finite_difference(3.0), TypeError, "f must be a function"),
        (lambda: finite_difference_jacobian("f"), TypeError, "f must be a function"),
        (lambda: finite_difference(np.sin, method="newton"), ValueError, "central, forward"),
        (lambda: finite_difference(np.sin, step=0.0), ValueError, "positive"),
        (lambda: finite_difference(np.sin, step=-1e-3), ValueError, "positive"),
        (lambda: finite_difference(np.sin, argnums=1)(1.0), TypeError, "given 1"),
        (lambda: finite_difference(np.sin)(np.nan), ValueError, "is not finite"),
        (lambda: finite_difference(np.sin)(np.zeros(0)), ValueError, "is empty"),
        (lambda: finite_difference(np.sin)("x"), TypeError, "must hold real numbers"),
        (lambda: finite_difference(np.sin)(1j), TypeError, "must hold real numbers"),
        (lambda: finite_difference(np.sin, step=1e-20)(1.0), ValueError, "too small"),
        (lambda: finite_difference(np.sin)(np.zeros(2)), TypeError, r"shape \(2,\)"),
        (lambda: finite_difference(lambda x: int(x))(1.5), TypeError, "whole numbers"),
        (lambda: finite_difference(lambda x: None)(1.5), TypeError, "NoneType"),
        (lambda: finite_difference(lambda x: np.inf)(1.0), ValueError, "not finite at x = 1"),
        (lambda: finite_difference(abs, method="complex")(1.0), TypeError, "imaginary part"),
    ],
)
def test_bad_input_is_named(bad, error, words):
    with pytest.raises(error, match=words):
        bad()


# The complex step of functions made of pieces

PIECEWISE = {
    "abs": lambda v: bp.sum(bp.abs(v) * v),
    "sign": lambda v: bp.sum(bp.sign(v) * v * v),
    "relu": lambda v: bp.sum(bp.relu(v) * v),
    "maximum": lambda v: bp.sum(bp.maximum(v, 0.1) * v),
    "minimum": lambda v: bp.sum(bp.minimum(v, 0.1) * v),
    "max": lambda v: bp.max(v) * v[0],
    "greater": lambda v: bp.sum(bp.where(bp.primitives.greater(v, 0.0), v, v * v)),
    "where": lambda v: bp.sum(bp.where(v > 0, v, v * v)),
    "softplus": lambda v: bp.sum(bp.softplus(v)),
    "sigmoid": lambda v: bp.sum(bp.sigmoid(3.0 * v)),
    "logsumexp": bp.logsumexp,
    "softmax": lambda v: bp.softmax(v)[0],
    "log_softmax": lambda v: bp.log_softmax(v)[0],
    "scatter": lambda v: bp.sum(bp.primitives.scatter(v, np.array([0, 0, 1]), (3,)) ** 2),
    "joining": lambda v: bp.mean(bp.concatenate([bp.stack([v, v * v]), bp.stack([v, v])])),
}


@pytest.mark.parametrize("name", PIECEWISE)
def test_complex_step_through_the_pieces_of_course_functions(name):
    f, v = PIECEWISE[name], np.array([0.3, -0.7, 1.2])
    found = finite_difference(f, method="complex")(v)
    np.testing.assert_allclose(found, bp.grad(f)(v), rtol=1e-13)


@pytest.mark.parametrize(
    ("name", "f"),
    [
        ("abs", lambda v: bp.sum(bp.abs(v - 0.5))),
        ("sign", lambda v: bp.sum(v * bp.sign(v - 0.5))),
        ("relu", lambda v: bp.sum(bp.relu(0.5 - v))),
        ("maximum", lambda v: bp.sum(bp.maximum(v, 0.5))),
        ("minimum", lambda v: bp.sum(bp.minimum(2.0 * v, v + 0.5))),
        ("max", lambda v: bp.max(bp.stack([v[0], 1.0 - v[0]]))),
        ("greater", lambda v: bp.sum(bp.where(bp.primitives.greater(v, 0.5), v, 2.0 * v))),
    ],
)
def test_complex_step_refuses_a_kink_and_names_it(name, f):
    with pytest.raises(TypeError, match=f"{name} is not analytic"):
        finite_difference(f, method="complex")(np.array([0.5, 1.5]))


def test_complex_step_is_not_troubled_by_a_kink_that_nothing_moves_through():
    f = lambda v: bp.sum(bp.relu(0.0 * v)) + v[0]  # noqa: E731
    np.testing.assert_array_equal(finite_difference(f, method="complex")(np.ones(2)), [1.0, 0.0])


@pytest.mark.parametrize(
    "f",
    [
        lambda v: np.sum(np.abs(v) * v),
        lambda v: np.sum(v * np.conj(v)),
        lambda v: np.sum(v * v.real),
        lambda v: np.sum(v * np.sign(v)),
        lambda v: v[0] * np.sum(np.abs(v)),
    ],
)
def test_complex_step_refuses_what_loses_half_of_the_imaginary_part(f):
    with pytest.raises(TypeError, match="disagrees with real steps"):
        finite_difference(f, method="complex")(np.array([0.3, -0.7]))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("f", [np.log, np.sqrt, lambda x: x**0.5])
def test_complex_step_refuses_points_where_f_has_no_real_value(f):
    with pytest.raises((ValueError, TypeError)):
        finite_difference(f, method="complex")(-1.0)


@pytest.mark.parametrize(
    "f",
    [lambda v: 1e9 + np.sin(v[0]), lambda v: np.sin(1e9 * v[0]), lambda v: np.tanh(90.0 * v[1])],
)
def test_complex_step_is_believed_where_real_steps_see_nothing(f):
    finite_difference(f, method="complex")(np.array([0.3, 1.2]))
