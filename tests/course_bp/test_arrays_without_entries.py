"""Arrays without entries: a gradient has its argument's shape all the same."""

import numpy as np
import pytest

import course_bp as bp

FUNCTIONS = {
    "sum": lambda x: x,
    "product": lambda x: x * x,
    "stretched": lambda x: x + np.ones((2, *(max(n, 1) for n in x.shape))) * np.ones(x.shape),
    "reshaped": lambda x: bp.reshape(x, (-1, 5)) if np.size(x) else bp.reshape(x, (0, 5)),
    "transposed": lambda x: x.T * 2.0,
    "joined": lambda x: bp.concatenate([x, x], -1),
    "chosen": lambda x: bp.where(x > 0, x, 0.0),
    "reduced": lambda x: bp.sum(x, -1),
    "a product of matrices": lambda x: x.T @ x,
    "all entries": lambda x: x[...],
    "by a number": lambda x: bp.exp(x) / 3.0,
}
SHAPES = [(0,), (0, 2), (2, 0), (1, 0), (0, 1)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_gradient_has_the_arguments_shape(name, shape):
    f = lambda x: bp.sum(FUNCTIONS[name](x))  # noqa: E731
    x = np.zeros(shape)
    assert bp.grad(f)(x).shape == shape
    assert bp.symbolic_gradient(f)(x).shape == shape
    assert bp.compile_gradient(f, x)(x)[1].shape == shape
    assert bp.jvp(f, (x,), (x,))[1] == 0.0
    assert bp.hvp(f, x, x).shape == shape
    assert bp.hessian(f)(x).shape == shape + shape


@pytest.mark.parametrize("shape", [*SHAPES, (2, 1), (0, 0), (2, 0, 1)])
def test_masks_of_any_shape_pick_entries(shape):
    rng = np.random.default_rng(0)
    x = rng.normal(size=shape)
    for axes in range(1, len(shape) + 1):
        mask = rng.random(shape[:axes]) > 0.5
        expected = np.zeros(shape)
        expected[mask] = 2.0
        found = bp.grad(lambda x, mask=mask: bp.sum(x[mask] * 2.0))(x)
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("mode", ["reverse", "forward"])
def test_a_jacobian_has_both_shapes(mode):
    assert bp.jacobian(lambda x: x * 2.0, mode=mode)(np.zeros((0, 2))).shape == (0, 2, 0, 2)
    assert bp.jacobian(lambda x: bp.sum(x, 0), mode=mode)(np.zeros((0, 2))).shape == (2, 0, 2)


def test_an_axis_of_length_one_stretched_to_none_is_summed_back():
    assert bp.grad(lambda x: bp.sum(x + np.ones((3, 0))))(np.ones((1, 1))).shape == (1, 1)
    assert bp.grad(lambda x: bp.sum(x + np.ones((3, 0))))(np.ones((1, 0))).shape == (1, 0)
    assert bp.grad(lambda x: bp.sum(x + np.ones((3, 0))))(1.0) == 0.0


def test_the_largest_of_none_is_refused():
    with pytest.raises(ValueError, match="max of 'x' of shape"):
        bp.max(bp.Node(np.zeros(0), "x"))
