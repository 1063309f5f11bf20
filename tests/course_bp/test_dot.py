"""np.dot and np.outer of every number of axes: NumPy's value, and the derivative of that."""

import itertools

import numpy as np
import pytest
from derivative_oracles import check_jacobians

import course_bp as bp

SHAPES = [(), (3,), (2, 3), (2, 2, 3), (2, 1, 2, 3)]
PAIRS = list(itertools.product(SHAPES, SHAPES))


def operands(left, right):
    rng = np.random.default_rng(0)
    return tuple(rng.normal(size=s) if s else float(rng.normal()) for s in (left, right))


def turned(shape):
    """The shape with the length 3 as the last axis but one, where dot wants it."""
    return shape if len(shape) < 2 else (*shape[:-2], shape[-1], shape[-2])


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_dot(left, right):
    a, b = operands(left, turned(right))
    expected = np.dot(a, b)
    for found in (np.dot(bp.Node(a), b), np.dot(a, bp.Node(b)), np.dot(bp.Dual(a), b)):
        assert np.shape(found.value) == np.shape(expected)
        np.testing.assert_allclose(found.value, expected, rtol=1e-14)
    ours = lambda a, b: bp.primitives.dot(a, b)  # noqa: E731
    check_jacobians(ours, [a, b])


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_outer(left, right):
    a, b = operands(left, right)
    np.testing.assert_array_equal(np.outer(bp.Node(a), b).value, np.outer(a, b))
    np.testing.assert_array_equal(np.outer(a, bp.Node(b)).value, np.outer(a, b))
    check_jacobians(lambda a, b: bp.primitives.outer(a, b), [a, b])


@pytest.mark.parametrize("shapes", [((0, 3), (3, 2)), ((2, 0), (0, 2)), ((2, 2, 0), (3, 0, 2))])
def test_dot_of_axes_without_entries(shapes):
    a, b = map(np.ones, shapes)
    np.testing.assert_array_equal(np.dot(bp.Node(a), b).value, np.dot(a, b))
    gradient = bp.grad(lambda a: bp.sum(np.dot(a, b)))(a)
    assert gradient.shape == a.shape


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="matmul of"):
        np.dot(bp.Node(np.ones((2, 3))), np.ones((4, 2, 2)))
