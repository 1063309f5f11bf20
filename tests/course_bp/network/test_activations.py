"""Activations by name and their derivatives for the passes written by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import course_bp
from course_bp.network import activations

# written out anew, for complex numbers too
FORMULAS = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "softplus": lambda z: np.log(1 + np.exp(z)),
    "relu": lambda z: np.where(z.real > 0, z, 0),
}


def test_every_activation_has_a_formula_here():
    assert FORMULAS.keys() == activations.ACTIVATIONS.keys()


@pytest.mark.parametrize("name", FORMULAS)
@given(seed=st.integers(0, 9999), shape=st.sampled_from([(), (3,), (2, 3)]))
def test_value_and_derivative_agree_with_the_complex_step(name, seed, shape):
    z = np.random.default_rng(seed).normal(scale=3.0, size=shape)
    np.testing.assert_allclose(
        activations.get_activation(name)(z), FORMULAS[name](z + 0j).real, rtol=1e-13, atol=1e-15
    )
    step = 1e-30
    expected = FORMULAS[name](z + 1j * step).imag / step
    found = activations.activation_derivative(name, z)
    assert np.shape(found) == shape
    np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("sigmoid", 0, 0), ("tanh", 0, 0), ("relu", 0, 1), ("softplus", 0, 1), ("identity", 1, 1)],
)
def test_derivatives_at_the_extremes(name, low, high):
    found = activations.activation_derivative(name, np.array([-800.0, 800.0]))
    np.testing.assert_allclose(found, [low, high], atol=1e-300)


def test_relu_passes_nothing_back_at_its_kink():
    np.testing.assert_array_equal(
        activations.activation_derivative("relu", np.array([-1.0, 0.0, 1e-300])), [0.0, 0.0, 1.0]
    )


def test_a_function_of_your_own():
    def cube(z):
        return z * z * z

    assert activations.get_activation(cube) is cube
    z = np.array([-1.0, 0.5, 2.0])
    np.testing.assert_allclose(activations.activation_derivative(cube, z), 3 * z**2, rtol=1e-15)


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"'swish'.*identity, relu, sigmoid, softplus, tanh"):
        activations.get_activation("swish")


@pytest.mark.parametrize("mixing", [course_bp.softmax, course_bp.log_softmax])
def test_an_activation_that_mixes_entries_is_refused(mixing: object) -> None:
    with pytest.raises(ValueError, match="softmax_cross_entropy"):
        course_bp.MLP([3, 4, 2], output=mixing)
