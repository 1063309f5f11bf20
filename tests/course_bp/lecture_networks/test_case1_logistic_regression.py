"""Case 1 against the complex step, finite differences of a formula, and the slide's errors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_bp.lecture_networks import case1_logistic_regression as case1
from course_bp.network.losses import binary_cross_entropy_with_logits
from course_bp.primitives import matmul
from course_bp.reverse_mode import grad

STEP = 1e-30


def loss(theta, x, y_star):
    """The loss written anew, for complex numbers too."""
    y = 1 / (1 + np.exp(-(theta @ np.concatenate([[1.0], x]))))
    return -(y_star * np.log(y) + (1 - y_star) * np.log(1 - y))


def complex_step(f, v):
    return np.array([f(v + 1j * STEP * unit).imag / STEP for unit in np.eye(len(v))])


def draw(seed, inputs):
    rng = np.random.default_rng(seed)
    return rng.normal(size=inputs + 1), rng.normal(size=inputs), int(rng.integers(2))


@given(seed=st.integers(0, 9999), inputs=st.integers(1, 6))
def test_loss_and_gradients(seed, inputs):
    theta, x, y_star = draw(seed, inputs)
    values = case1.forward(theta, x, y_star)
    slopes = case1.backward(theta, values, y_star)
    assert values.J == pytest.approx(loss(theta, x, y_star), rel=1e-12)
    np.testing.assert_allclose(
        slopes.dJ_dtheta, complex_step(lambda t: loss(t, x, y_star), theta), rtol=1e-10, atol=1e-14
    )
    np.testing.assert_allclose(
        slopes.dJ_dx[1:], complex_step(lambda v: loss(theta, v, y_star), x), rtol=1e-10, atol=1e-14
    )


@given(seed=st.integers(0, 9999))
def test_gradients_equal_the_graphs(seed):
    theta, x, y_star = draw(seed, 4)
    values = case1.forward(theta, x, y_star)

    def J(theta, x):
        return binary_cross_entropy_with_logits(matmul(theta, x), float(y_star))

    dtheta, dx = grad(J, argnums=(0, 1))(theta, values.x)
    slopes = case1.backward(theta, values, y_star)
    np.testing.assert_allclose(slopes.dJ_dtheta, dtheta, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(slopes.dJ_dx, dx, rtol=1e-12, atol=1e-15)


@given(seed=st.integers(0, 9999))
def test_the_two_factors_on_the_slide_multiply_to_the_combined_one(seed):
    theta, x, y_star = draw(seed, 3)
    values = case1.forward(theta, x, y_star)
    slopes = case1.backward(theta, values, y_star)
    dy_da = np.exp(-values.a) / (np.exp(-values.a) + 1) ** 2
    assert slopes.dJ_dy * dy_da == pytest.approx(slopes.dJ_da, rel=1e-10)
    # dJ/dy of the log-likelihood as printed; the loss has the opposite sign
    printed = y_star / values.y + (1 - y_star) / (values.y - 1)
    assert slopes.dJ_dy == pytest.approx(-printed, rel=1e-10)


@given(seed=st.integers(0, 9999))
def test_a_step_against_the_gradient_lowers_the_loss(seed):
    theta, x, y_star = draw(seed, 3)
    values = case1.forward(theta, x, y_star)
    moved = theta - 1e-3 * case1.backward(theta, values, y_star).dJ_dtheta
    assert case1.forward(moved, x, y_star).J < values.J


@pytest.mark.parametrize(
    ("weight", "y_star", "J", "dJ_da", "dJ_dy"),
    [(800.0, 1, 0.0, 0.0, -1.0), (800.0, 0, 800.0, 1.0, np.inf),
     (-800.0, 0, 0.0, 0.0, 1.0), (-800.0, 1, 800.0, -1.0, -np.inf)],
)  # fmt: skip
def test_huge_logits(weight, y_star, J, dJ_da, dJ_dy):
    values = case1.forward([0.0, weight], [1.0], y_star)
    slopes = case1.backward([0.0, weight], values, y_star)
    assert (values.J, slopes.dJ_da, slopes.dJ_dy) == (J, dJ_da, dJ_dy)


@pytest.mark.parametrize(
    ("theta", "x", "y_star", "says"),
    [
        ([1.0, 2.0], [1.0, 2.0], 1, r"\(D \+ 1,\).*\(2,\) and \(2,\)"),
        ([1.0, 2.0], [[1.0]], 1, r"\(D \+ 1,\)"),
        ([1.0, 2.0], [1.0], 2, "0 or 1, but it is 2"),
        ([1.0, 2.0], [1.0], 0.5, "0 or 1"),
    ],
)
def test_bad_arguments_are_refused_in_words(theta, x, y_star, says):
    with pytest.raises(ValueError, match=says):
        case1.forward(theta, x, y_star)
