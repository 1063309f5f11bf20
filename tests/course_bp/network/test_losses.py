"""Losses against plain formulas, their gradients against HIPS autograd, and their extremes."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad as hips_grad
from autograd import hessian_vector_product as hips_hvp
from hypothesis import given
from hypothesis import strategies as st

from course_bp import datasets
from course_bp.differential_operators import hvp
from course_bp.dual import Dual
from course_bp.network import losses
from course_bp.printing.source import compile_gradient
from course_bp.reverse_mode import grad, value_and_grad


def logistic(z):
    return 1.0 / (1.0 + anp.exp(-z))


def cross_entropy_formula(p, y):
    return -anp.mean(y * anp.log(p) + (1 - y) * anp.log(1 - p))


def softmax_formula(z, y):
    p = anp.exp(z) / anp.sum(anp.exp(z), axis=1, keepdims=True)
    return -anp.sum(y * anp.log(p)) / z.shape[0]


def real(rng, shape):
    return rng.normal(size=shape)


def zero_or_one(rng, shape):
    return rng.integers(0, 2, size=shape).astype(float)


def plus_or_minus_one(rng, shape):
    return 2 * zero_or_one(rng, shape) - 1


def soft(rng, shape):
    return rng.uniform(size=shape)


def one_hot_rows(rng, shape):
    return datasets.one_hot(rng.integers(0, shape[1], size=shape[0]), shape[1])


def soft_rows(rng, shape):
    rows = rng.uniform(0.1, 1.0, size=shape)
    return rows / rows.sum(axis=1, keepdims=True)


# loss, the formula written anew, what predictions and targets look like
CASES = {
    "half": (losses.half_squared_error, lambda a, y: 0.5 * anp.sum((a - y) ** 2), real, real),
    "summed": (losses.summed_squared_error, lambda a, y: anp.sum((a - y) ** 2), real, real),
    "mean": (losses.mean_squared_error, lambda a, y: anp.mean((a - y) ** 2), real, real),
    "bce": (losses.binary_cross_entropy, cross_entropy_formula, soft, zero_or_one),
    "bce, soft targets": (losses.binary_cross_entropy, cross_entropy_formula, soft, soft),
    "bce from logits": (
        losses.binary_cross_entropy_with_logits,
        lambda z, y: cross_entropy_formula(logistic(z), y),
        real,
        zero_or_one,
    ),
    "bce from logits, soft targets": (
        losses.binary_cross_entropy_with_logits,
        lambda z, y: cross_entropy_formula(logistic(z), y),
        real,
        soft,
    ),
    "softmax": (losses.softmax_cross_entropy, softmax_formula, real, one_hot_rows),
    "softmax, soft targets": (losses.softmax_cross_entropy, softmax_formula, real, soft_rows),
    "hinge": (
        losses.hinge,
        lambda s, y: anp.mean(anp.maximum(0.0, 1 - y * s)),
        real,
        plus_or_minus_one,
    ),
}


@pytest.mark.parametrize("case", CASES)
@given(seed=st.integers(0, 9999), rows=st.integers(1, 5), columns=st.integers(1, 4))
def test_value_and_gradient(case, seed, rows, columns):
    loss, formula, predictions, targets = CASES[case]
    rng = np.random.default_rng(seed)
    a, y = predictions(rng, (rows, columns)), targets(rng, (rows, columns))
    value, gradient = value_and_grad(loss)(a, y)
    np.testing.assert_allclose(value, formula(a, y), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(gradient, hips_grad(formula)(a, y), rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("case", CASES)
@given(seed=st.integers(0, 9999))
def test_forward_mode_and_second_derivatives(case, seed):
    loss, formula, predictions, targets = CASES[case]
    rng = np.random.default_rng(seed)
    a, y, v = predictions(rng, (3, 2)), targets(rng, (3, 2)), rng.normal(size=(3, 2))
    slope = np.sum(hips_grad(formula)(a, y) * v)
    np.testing.assert_allclose(loss(Dual(a, v), y).tangent, slope, rtol=1e-10, atol=1e-13)
    if case != "hinge":  # flat wherever it is smooth, and HIPS autograd warns of that
        expected = hips_hvp(formula)(a, y, v)
        found = hvp(lambda a: loss(a, y), a, v)
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("case", CASES)
def test_printed_source_serves_other_predictions_and_targets(case):
    loss, formula, predictions, targets = CASES[case]
    rng = np.random.default_rng(0)
    shape = (3, 2)
    printed = compile_gradient(loss, predictions(rng, shape), targets(rng, shape), argnums=0)
    for _ in range(5):
        a, y = predictions(rng, shape), targets(rng, shape)
        value, gradient = printed(a, y)
        np.testing.assert_allclose(value, formula(a, y), rtol=1e-12)
        np.testing.assert_allclose(gradient, hips_grad(formula)(a, y), rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("case", [name for name in CASES if name != "hinge"])
def test_targets_can_be_differentiated_by_too(case):
    loss, formula, predictions, _ = CASES[case]
    rng = np.random.default_rng(0)
    a, y = predictions(rng, (3, 2)), soft_rows(rng, (3, 2))
    np.testing.assert_allclose(
        grad(loss, argnums=1)(a, y), hips_grad(formula, 1)(a, y), rtol=1e-11, atol=1e-14
    )


def test_class_numbers_and_one_hot_rows_are_the_same_targets():
    rng = np.random.default_rng(0)
    z, labels = rng.normal(size=(7, 3)), rng.integers(0, 3, size=7)
    by_number = value_and_grad(losses.softmax_cross_entropy)(z, labels)
    by_row = value_and_grad(losses.softmax_cross_entropy)(z, datasets.one_hot(labels, 3))
    assert by_number[0] == by_row[0]
    np.testing.assert_array_equal(by_number[1], by_row[1])


def test_one_example_without_a_row_axis():
    z = np.array([0.3, -1.2, 2.0])
    one_row = losses.softmax_cross_entropy(z[None, :], [2])
    assert losses.softmax_cross_entropy(z, 2) == pytest.approx(one_row, rel=1e-15)
    assert losses.softmax_cross_entropy(z, [0.0, 0.0, 1.0]) == pytest.approx(one_row, rel=1e-15)
    assert losses.binary_cross_entropy_with_logits(0.3, 1.0) == pytest.approx(
        np.log1p(np.exp(-0.3))
    )


def test_duplicating_the_batch_doubles_sums_and_keeps_means():
    rng = np.random.default_rng(1)
    for name, (loss, _, predictions, targets) in CASES.items():
        a, y = predictions(rng, (3, 2)), targets(rng, (3, 2))
        factor = 2.0 if name in ("half", "summed") else 1.0
        twice = loss(np.vstack([a, a]), np.vstack([y, y]))
        assert twice == pytest.approx(factor * loss(a, y), rel=1e-13), name


@pytest.mark.parametrize(
    ("z", "y", "value", "slope"),
    [(800.0, 1.0, 0.0, 0.0), (-800.0, 0.0, 0.0, 0.0), (800.0, 0.0, 800.0, 1.0),
     (-800.0, 1.0, 800.0, -1.0), (800.0, 0.25, 600.0, 0.75)],
)  # fmt: skip
def test_binary_cross_entropy_of_huge_logits(z, y, value, slope):
    found = value_and_grad(losses.binary_cross_entropy_with_logits)(z, y)
    assert found == (value, slope)


def test_binary_cross_entropy_keeps_its_digits_for_confident_answers():
    # log(1 + e⁻ᶻ) is e⁻ᶻ to 17 digits here; a difference of large terms would give 0
    value, slope = value_and_grad(losses.binary_cross_entropy_with_logits)(40.0, 1.0)
    assert value == pytest.approx(np.exp(-40.0), rel=1e-15)
    assert slope == pytest.approx(-np.exp(-40.0), rel=1e-15)


@pytest.mark.parametrize(("p", "y"), [(1.0, 1.0), (0.0, 0.0)])
def test_a_certain_and_right_probability_costs_nothing(p, y):
    assert losses.binary_cross_entropy(p, y) == 0.0
    assert np.isfinite(grad(losses.binary_cross_entropy)(p, y))


@pytest.mark.parametrize(("p", "y"), [(0.0, 1.0), (1.0, 0.0), (0.0, 0.5)])
def test_a_certain_and_wrong_probability_costs_infinitely_much(p, y):
    with np.errstate(divide="ignore"):
        assert losses.binary_cross_entropy(p, y) == np.inf


def test_softmax_cross_entropy_of_huge_logits():
    z = np.array([[800.0, -800.0, 0.0], [800.0, -800.0, 0.0]])
    value, slope = value_and_grad(losses.softmax_cross_entropy)(z, np.array([0, 1]))
    assert value == 800.0
    np.testing.assert_array_equal(slope, [[0.0, 0.0, 0.0], [0.5, -0.5, 0.0]])


def test_the_gradient_of_softmax_cross_entropy_sums_to_zero_along_each_row():
    rng = np.random.default_rng(3)
    slope = grad(losses.softmax_cross_entropy)(rng.normal(size=(6, 4)), rng.integers(0, 4, 6))
    np.testing.assert_allclose(slope.sum(axis=1), 0.0, atol=1e-16)


def test_hinge_ignores_examples_beyond_the_margin():
    slope = grad(losses.hinge)(np.array([3.0, 0.5, -1.0]), [1.0, 1.0, 1.0])
    np.testing.assert_allclose(slope, [0.0, -1 / 3, -1 / 3], rtol=1e-15)


SHAPE_MISFITS = [((4, 1), (4,)), ((4,), (4, 1)), ((4, 2), (4, 1)), ((1, 2), (4, 2))]


@pytest.mark.parametrize("name", [n for n in losses.__all__ if n != "softmax_cross_entropy"])
@pytest.mark.parametrize(("a", "y"), SHAPE_MISFITS)
def test_shapes_that_would_broadcast_are_refused(name, a, y):
    with pytest.raises(ValueError, match="must be the same"):
        getattr(losses, name)(np.full(a, 0.5), np.ones(y))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: losses.binary_cross_entropy([1.5], [1.0]), "probabilities, from 0 to 1"),
        (lambda: losses.binary_cross_entropy([np.nan], [1.0]), "probabilities, from 0 to 1"),
        (lambda: losses.binary_cross_entropy([0.5], [-1.0]), "from 0 to 1"),
        (lambda: losses.binary_cross_entropy_with_logits([0.5], [2.0]), "from 0 to 1"),
        (lambda: losses.hinge([0.5], [0.0]), "2·y − 1"),
        (lambda: losses.softmax_cross_entropy(np.ones((2, 3)), [0, 3]), "from 0 to 2"),
        (lambda: losses.softmax_cross_entropy(np.ones((2, 3)), [0, -1]), "from 0 to 2"),
        (lambda: losses.softmax_cross_entropy(np.ones((2, 3)), [0.0, 1.0]), "whole numbers"),
        (lambda: losses.softmax_cross_entropy(np.ones((2, 3)), [0, 1, 2]), "whole numbers"),
        (lambda: losses.softmax_cross_entropy(np.ones((2, 3)), np.ones((2, 3))), "sum to 1"),
        (lambda: losses.softmax_cross_entropy(np.ones((2, 3, 4)), [0, 1]), r"\(N, K\) or \(K,\)"),
    ],
)
def test_targets_and_predictions_out_of_range_are_refused(call, says):
    with pytest.raises(ValueError, match=says):
        call()
