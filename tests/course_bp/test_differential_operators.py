import autograd
import autograd.numpy as anp
import numpy as np
import pytest

import course_bp as bp
from course_bp import exp, grad, hessian, hvp, jacobian, log, sigmoid, sin, sum
from course_bp.differential_operators import _fewer_passes
from course_bp.recording import Recording


def rosenbrock(x):
    return sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)


def rosenbrock_of_hips(x):
    return anp.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)


X = np.random.default_rng(0).normal(size=5)


@pytest.mark.parametrize("mode", ["reverse", "forward"])
def test_jacobian_of_a_linear_map_is_its_matrix(mode):
    m = np.arange(6.0).reshape(2, 3)
    np.testing.assert_array_equal(jacobian(lambda x: m @ x, mode=mode)(np.ones(3)), m)


@pytest.mark.parametrize("mode", ["reverse", "forward"])
def test_the_jacobian_has_the_shape_of_the_result_then_of_the_argument(mode):
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=(2, 3)), rng.normal(size=(3, 4))
    j = jacobian(lambda a, b: a @ b, 1, mode=mode)(a, b)
    assert j.shape == (2, 4, 3, 4)
    np.testing.assert_allclose(j, np.einsum("ij,lk->iljk", a, np.eye(4)), atol=1e-15)


@pytest.mark.parametrize("mode", ["reverse", "forward"])
def test_jacobian_of_scalars_and_of_nested_arguments(mode):
    assert jacobian(lambda x: x**3, mode=mode)(2.0) == 12.0
    j = jacobian(lambda p: p["w"] * p["b"], mode=mode)({"w": np.array([1.0, 2.0]), "b": 3.0})
    np.testing.assert_array_equal(j["w"], 3.0 * np.eye(2))
    np.testing.assert_array_equal(j["b"], [1.0, 2.0])


def test_a_jacobian_can_be_differentiated():
    def f(x):
        return exp(x) * x[0]

    for mode in ("reverse", "forward"):
        g = grad(lambda x, mode=mode: sum(jacobian(f, mode=mode)(x) ** 2))(X)
        h = autograd.grad(lambda x: anp.sum(autograd.jacobian(lambda x: anp.exp(x) * x[0])(x) ** 2))
        np.testing.assert_allclose(g, h(X), rtol=1e-12)


def test_unknown_mode_and_several_results_are_refused():
    with pytest.raises(ValueError, match="'reverse' or 'forward'"):
        jacobian(sin, mode="sideways")
    with pytest.raises(ValueError, match="join them with stack"):
        jacobian(lambda x: (x, x))(1.0)


def test_hessian_equals_that_of_hips_autograd_and_is_symmetric():
    h = hessian(rosenbrock)(X)
    np.testing.assert_allclose(h, autograd.hessian(rosenbrock_of_hips)(X), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(h, h.T, rtol=1e-13)


def test_hessian_with_respect_to_another_argument():
    h = hessian(lambda a, x: a * sum(sin(x)), 1)(2.0, np.array([0.3, 0.4]))
    np.testing.assert_allclose(h, np.diag(-2.0 * np.sin([0.3, 0.4])), rtol=1e-15)


def test_hessian_of_nested_parameters_points_to_hvp():
    with pytest.raises(TypeError, match="use hvp"):
        hessian(lambda p: p["a"] ** 2)({"a": 1.0})


def test_hvp_is_the_hessian_times_the_direction():
    v = np.random.default_rng(2).normal(size=5)
    np.testing.assert_allclose(hvp(rosenbrock, X, v), hessian(rosenbrock)(X) @ v, rtol=1e-12)


def test_hvp_of_nested_parameters_is_symmetric():
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(7, 3)), rng.integers(2, size=7).astype(float)

    def draw():
        return {"w": rng.normal(size=3), "b": float(rng.normal())}

    def loss(p):
        s = sigmoid(x @ p["w"] + p["b"])
        return -sum(y * log(s) + (1.0 - y) * log(1.0 - s))

    p, u, v = draw(), draw(), draw()
    hu, hv = hvp(loss, p, u), hvp(loss, p, v)
    left = np.sum(hu["w"] * v["w"]) + hu["b"] * v["b"]
    right = np.sum(hv["w"] * u["w"]) + hv["b"] * u["b"]
    assert left == pytest.approx(right, rel=1e-11)
    assert left != 0.0


@pytest.mark.parametrize(
    ("f", "size", "mode"),
    [
        (lambda x: bp.sum(x, keepdims=True), 4, "reverse"),
        (lambda x: x * x, 3, "reverse"),
        (lambda x: bp.concatenate([x, x * x, x]), 2, "forward"),
    ],
)
def test_the_jacobian_takes_the_mode_with_fewer_passes(f, size, mode):
    x = np.arange(1.0, size + 1)
    assert _fewer_passes(Recording(f, 0, (x,), {})) == mode
    np.testing.assert_array_equal(jacobian(f)(x), jacobian(f, mode=mode)(x))
