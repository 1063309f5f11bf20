"""At ±0, ±inf, nan, denormals and the largest floats, values are NumPy's and all ways agree."""

import itertools
import operator

import numpy as np
import pytest
from agreement import check_every_way, every_way

import course_bp as bp
from course_bp.primitives import TABLE, nan_to_num
from course_bp.primitives.table import apply

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")
INF = np.inf
SPECIAL = [0.0, -0.0, 1.0, -2.5, 0.5, INF, -INF, np.nan, 5e-324, 1.7e308, -1.7e308]
IN_PAIRS = [0.0, -2.5, 0.5, INF, -INF, np.nan]
NUMPY = {
    "identity": np.positive,
    "power": np.power,
    "relu": lambda x: np.maximum(x, 0.0),
    "sigmoid": lambda x: 1.0 / (1.0 + np.exp(-x)),
    "softplus": lambda x: np.logaddexp(x, 0.0),
    "root": np.sqrt,
}
ELEMENTWISE = [p for p in TABLE.values() if p.elementwise and p.name != "where"]


def arguments(primitive):
    values = SPECIAL if len(primitive.vjps) == 1 else IN_PAIRS
    return itertools.product(values, repeat=len(primitive.vjps))


@pytest.mark.parametrize("primitive", ELEMENTWISE, ids=lambda p: p.name)
def test_values_are_those_of_numpy(primitive):
    theirs = NUMPY.get(primitive.name) or getattr(np, primitive.name, None)
    for args in arguments(primitive):
        if primitive.name == "power" and args == (-INF, 0.5):
            continue  # NumPy has both, nan where the exponent is a number, inf where it is an array
        if theirs is None:
            return  # NumPy does not have it; the table of elementwise cases does.
        expected = theirs(*map(np.float64, args))
        for found in (
            apply(primitive, *args),
            apply(primitive, *map(bp.Node, args)).value,
            apply(primitive, *(bp.Node(np.array([x])) for x in args)).value[0],
        ):
            np.testing.assert_allclose(found, expected, rtol=1e-15, err_msg=str(args))


@pytest.mark.parametrize("primitive", ELEMENTWISE, ids=lambda p: p.name)
@pytest.mark.parametrize("as_array", [False, True])
def test_derivatives_agree_in_every_way(primitive, as_array):
    ordinary = np.array([1.25]) if as_array else 1.25
    for args in arguments(primitive):
        for i, x in enumerate(args):

            def f(x, args=args, i=i):
                y = apply(primitive, *args[:i], x, *args[i + 1 :])
                return bp.sum(y * 1.0) if as_array else y * 1.0

            found = every_way(f, np.array([x]) if as_array else x, ordinary)
            for way, derivative in found.items():
                np.testing.assert_allclose(
                    derivative, found["reverse"], rtol=1e-12, err_msg=f"{way} {args} {i}"
                )


@pytest.mark.parametrize("primitive", ELEMENTWISE, ids=lambda p: p.name)
def test_rules_at_floats_give_floats(primitive):
    for x in (0.5, 2.0):
        args = [bp.Node(x), bp.Node(2.0)][: len(primitive.vjps)]
        (apply(primitive, *args) * 3.0).backward()
        assert type(apply(primitive, *args).value) is float
        for arg in args:
            assert arg.grad is None or type(arg.grad) is float


@pytest.mark.parametrize(
    "f", [operator.add, operator.sub, operator.mul, operator.truediv, operator.pow,
          operator.mod, operator.floordiv]
)  # fmt: skip
def test_operators_on_numbers_give_floats(f):
    x = bp.Node(2.0)
    for y in (f(x, 3.0), f(3.0, x), f(x, x)):
        assert type(y.value) is float


@pytest.mark.parametrize(
    ("a", "b", "value", "slopes"),
    [
        (3.0, -INF, 3.0, (1.0, 0.0)),
        (-INF, -INF, -INF, (0.0, 0.0)),
        (INF, -INF, INF, (1.0, 0.0)),
        (INF, 2.0, INF, (1.0, 0.0)),
        (INF, INF, INF, (np.nan, np.nan)),
        (1000.0, 1000.0, 1000.0 + np.log(2.0), (0.5, 0.5)),
        (-1000.0, 0.0, 0.0, (0.0, 1.0)),
    ],
)
def test_logaddexp(a, b, value, slopes):
    assert np.logaddexp(bp.Node(a), b).value == value
    assert np.logaddexp(a, bp.Node(b)).value == value
    check_every_way(lambda a: np.logaddexp(a, b) * 1.0, a, slopes[0], 1.0)
    check_every_way(lambda b: np.logaddexp(a, b) * 1.0, b, slopes[1], 1.0)


def test_logaddexp_summed_up_from_minus_infinity_is_logsumexp():
    def total(scores):
        s = -INF
        for i in range(3):
            s = np.logaddexp(scores[i], s)
        return s

    x = np.array([1.0, 2.0, 3.0])
    check_every_way(total, x, bp.softmax(x))


@pytest.mark.parametrize(
    ("row", "value", "slopes"),
    [
        ([-INF, -INF], -INF, [0.0, 0.0]),
        ([-INF, 1.0], 1.0, [0.0, 1.0]),
        ([INF, INF], INF, [np.nan, np.nan]),
        ([np.nan, 1.0], np.nan, [np.nan, np.nan]),
    ],
)
@pytest.mark.parametrize("axis", [None, -1])
def test_logsumexp(row, value, slopes, axis):
    x = np.array(row)
    np.testing.assert_array_equal(bp.logsumexp(x, axis), value)
    np.testing.assert_array_equal(
        bp.compile_gradient(lambda x: bp.logsumexp(x, axis), np.zeros(2))(x)[0], value
    )
    check_every_way(lambda x: bp.logsumexp(x, axis) * 1.0, x, slopes, np.zeros(2))


@pytest.mark.parametrize("row", [[INF, 1.0], [INF, -INF]])
def test_the_share_of_an_infinite_entry_in_logsumexp_does_not_exist(row):
    for way, slopes in every_way(bp.logsumexp, np.array(row), np.zeros(2)).items():
        assert np.isnan(slopes[0]), way


@pytest.mark.parametrize(
    "row", [[-INF, -INF], [INF, 1.0], [INF, INF], [-INF, 2.0], [1e308, -1e308]]
)
@pytest.mark.parametrize("f", [bp.softmax, bp.log_softmax])
def test_softmax_in_every_way(row, f):
    found = every_way(lambda x: f(x)[0] * 1.0, np.array(row), np.zeros(2))
    for way, derivative in found.items():
        np.testing.assert_allclose(derivative, found["reverse"], rtol=1e-12, err_msg=way)


def test_numbers_that_are_none_become_numbers():
    x = np.array([np.nan, INF, -INF, 2.0])
    np.testing.assert_array_equal(nan_to_num(x), np.nan_to_num(x))
    check_every_way(lambda x: bp.sum(nan_to_num(x) * 3.0), x, [0.0, 0.0, 0.0, 3.0], np.ones(4))


@pytest.mark.parametrize(
    "entries", [[-INF, 1.0], [INF, 1.0], [INF, INF], [np.nan, 1.0], [0.0, -0.0]]
)
@pytest.mark.parametrize("name", ["sum", "mean", "max"])
def test_reductions_in_every_way(name, entries):
    x = np.array(entries)
    f = getattr(bp, name)
    np.testing.assert_array_equal(f(bp.Node(x)).value, getattr(np, name)(x))
    found = every_way(lambda x: f(x) * 1.0, x, np.array([1.0, 2.0]))
    for way, derivative in found.items():
        np.testing.assert_array_equal(derivative, found["reverse"], err_msg=way)
