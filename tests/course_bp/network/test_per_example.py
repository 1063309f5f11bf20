"""The gradients of single examples, and why their mean is the gradient of the mean."""

import numpy as np
import pytest

import course_bp as bp
from course_bp import grad, per_example_gradients

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(5, 3)), RNG.uniform(size=(5, 2))
PARAMETERS = {"W": RNG.normal(size=(3, 2)), "b": RNG.normal(size=2)}


def loss(p, x, y):
    return bp.mean(bp.square(bp.sigmoid(x @ p["W"] + p["b"]) - y))


def test_the_mean_of_the_gradients_is_the_gradient_of_the_mean():
    found = per_example_gradients(loss, PARAMETERS, X, Y)
    expected = grad(loss)(PARAMETERS, X, Y)
    for name, whole in expected.items():
        assert found[name].shape == (5, *whole.shape)
        np.testing.assert_allclose(found[name].mean(axis=0), whole, rtol=1e-12, atol=1e-15)


def test_each_is_that_of_its_example():
    found = per_example_gradients(loss, PARAMETERS, X, Y)
    alone = grad(loss)(PARAMETERS, X[3:4], Y[3:4])
    np.testing.assert_array_equal(found["W"][3], alone["W"])


def test_a_single_number_as_parameter():
    found = per_example_gradients(lambda w, x: bp.mean(w * x), 2.0, np.array([1.0, 5.0]))
    np.testing.assert_array_equal(found, [1.0, 5.0])


@pytest.mark.parametrize("batch", [(X, Y[:4]), (X[:0], Y[:0]), (), (1.0, 2.0)])
def test_a_batch_that_is_none_is_refused(batch):
    with pytest.raises(ValueError, match="as many examples as the others"):
        per_example_gradients(loss, PARAMETERS, *batch)
