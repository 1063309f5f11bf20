"""Axes and shapes in every form that NumPy takes: from the end, tuples, NumPy's integers."""

import itertools

import numpy as np
import pytest
from agreement import check_every_way

import course_bp as bp

CUBE = np.random.default_rng(0).permutation(np.linspace(-1.0, 2.0, 24)).reshape(2, 3, 4)
WEIGHTS = np.random.default_rng(1).normal(size=(4, 4, 4, 4))

REDUCTIONS = {"sum": np.sum, "mean": np.mean, "max": np.max, "logsumexp": np.logaddexp.reduce}
ALONG_AN_AXIS = ["softmax", "log_softmax"]
AXES = [-1, -3, np.int64(1), np.int32(-2), (-1, 0), (np.int64(2), np.int64(-3)), (1,), None]
ORDERS = [
    (-1, 0, 1),
    (-1, -2, -3),
    (0, -1, 1),
    (np.int64(2), np.int64(0), np.int64(1)),
    [1, -1, 0],
    np.array([2, -3, 1]),
]


def weighted(y):
    """A sum in which each entry of y has its own weight."""
    shape = np.shape(y)
    return bp.sum(
        y * WEIGHTS[tuple(slice(0, n) for n in (*shape, *(1,) * (4 - len(shape))))].reshape(shape)
    )


def agrees(f, x=CUBE):
    """The value is NumPy's own where f is written for NumPy; the gradient that of the weights."""
    return check_every_way(lambda x: weighted(f(x)), x, measured(f, x), rtol=1e-7)


def measured(f, x):
    return bp.finite_difference(lambda x: float(weighted(f(x))), method="richardson")(x)


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("name", REDUCTIONS)
def test_reductions(name, axis):
    for keepdims in (False, np.bool_(True)):
        found = getattr(bp, name)(bp.Node(CUBE), axis, keepdims)
        if name != "logsumexp" or not isinstance(axis, tuple | None):
            expected = REDUCTIONS[name](CUBE, axis=axis, keepdims=bool(keepdims))
            np.testing.assert_allclose(found.value, expected, rtol=1e-14)
        agrees(lambda x, k=keepdims: getattr(bp, name)(x, axis, k))


@pytest.mark.parametrize("axis", [-1, -2, np.int64(0), np.int64(-1)])
@pytest.mark.parametrize("name", ALONG_AN_AXIS)
def test_along_an_axis(name, axis):
    agrees(lambda x: getattr(bp, name)(x, axis))


@pytest.mark.parametrize("axes", ORDERS, ids=str)
def test_transpose(axes):
    np.testing.assert_array_equal(np.transpose(bp.Node(CUBE), axes).value, np.transpose(CUBE, axes))
    agrees(lambda x: np.transpose(x, axes))


def test_every_order_of_the_axes_of_a_cube_counted_from_either_end():
    for order in itertools.permutations(range(3)):
        for signs in itertools.product((0, 3), repeat=3):
            axes = tuple(i - s for i, s in zip(order, signs, strict=True))
            _, pull = bp.vjp(lambda x, axes=axes: bp.transpose(x, axes), CUBE)
            moved = np.transpose(CUBE, axes)
            np.testing.assert_array_equal(pull(moved.copy())[0], CUBE)


@pytest.mark.parametrize("axis", [-1, -3, np.int64(1), np.int64(-2)])
@pytest.mark.parametrize("name", ["concatenate", "stack"])
def test_joining(name, axis):
    agrees(lambda x: getattr(bp, name)([x[:, :2, :2], x[:, 1:, 2:] * x[:, 1:, 2:]], axis))


@pytest.mark.parametrize(
    "shape", [np.int64(24), (np.int64(4), -1), [6, 4], np.array([2, 12]), -1], ids=str
)
def test_reshape(shape):
    np.testing.assert_array_equal(bp.reshape(bp.Node(CUBE), shape).value, CUBE.reshape(shape))
    x = CUBE[:, :, :1].copy()
    if np.size(shape) == 1 or -1 in tuple(shape):
        agrees(lambda x: bp.reshape(x[:, :2], np.int64(4)), x)


@pytest.mark.parametrize("shape", [(np.int64(2), 3), [2, 3], np.int64(3)], ids=str)
def test_broadcast_to(shape):
    agrees(lambda x: bp.broadcast_to(x, shape), np.array([0.4, 0.7, -0.2]))


@pytest.mark.parametrize("where", [np.int64(1), (np.int64(-1), 0), (slice(None), np.int64(2))])
def test_index(where):
    agrees(lambda x: x[where])


@pytest.mark.parametrize("axis", [3, -4, (0, 3), "0", 1.0, [0]], ids=str)
@pytest.mark.parametrize("name", [*REDUCTIONS, *ALONG_AN_AXIS])
def test_an_axis_that_is_none_is_refused(name, axis):
    with pytest.raises((ValueError, TypeError)):
        getattr(bp, name)(bp.Node(CUBE), axis)


@pytest.mark.parametrize("axes", [(0, 1), (0, 1, 1), (0, 1, 3), (0, 1, -4)])
def test_an_order_of_axes_that_is_none_is_refused(axes):
    with pytest.raises(ValueError, match="transpose of"):
        bp.transpose(bp.Node(CUBE), axes)


def test_settings_are_printed_as_plain_numbers():
    source = bp.to_source(
        lambda x: bp.sum(np.sum(x, axis=np.int64(-1)) * x[:, :, np.int64(0)]), CUBE
    )
    assert "x.sum(axis=-1)" in source
    assert "int64" not in source
