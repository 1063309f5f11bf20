"""Every rule of the table against complex step or Richardson, on random shapes."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from derivative_oracles import check_jacobians
from elementwise_cases import BINARY, POSITIVE, REAL, UNARY, draw
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import course_bp as bp
from course_bp.primitives import (
    TABLE,
    equal,
    greater,
    greater_equal,
    index,
    scatter,
)
from course_bp.primitives.table import Primitive, apply

REDUCTIONS = {
    "logsumexp": (bp.logsumexp, False),
    "max": (bp.max, False),
    "mean": (bp.mean, True),
    "min": (bp.min, False),
    "prod": (bp.prod, True),
    "sum": (bp.sum, True),
}
ALONG_AN_AXIS = {"log_softmax": bp.log_softmax, "softmax": bp.softmax}
SHAPING = {"broadcast_to", "concatenate", "index", "matmul", "reshape", "scatter", "stack"}
SHAPING |= {"transpose", "cumsum", "sort", "arrange", "put_back", "einsum"}
MATRICES = {"inv", "solve", "det", "logabsdet", "cholesky"}
WITHOUT_DERIVATIVE = {"equal", "greater", "greater_equal", "sign"}
WITHOUT_DERIVATIVE |= {"floor", "ceil", "trunc", "rint", "floor_divide"}
WITHOUT_DERIVATIVE |= {"isnan", "isinf", "isfinite"}
WITHOUT_DERIVATIVE |= {"logical_and", "logical_not", "logical_or"}

quick = settings(max_examples=15, deadline=None)
seeds = st.integers(0, 2**32 - 1)
shapes = hnp.array_shapes(min_dims=0, max_dims=3, max_side=3)


def apart(rng, shape):
    """Entries in random order with gaps, so that no two compete for a maximum."""
    n = int(np.prod(shape))
    return rng.permutation(np.linspace(-2.0, 2.0, n) if n > 1 else np.ones(n)).reshape(shape)


def test_every_primitive_is_covered_here():
    covered = {*UNARY, *BINARY, *REDUCTIONS, *ALONG_AN_AXIS, *SHAPING, *WITHOUT_DERIVATIVE}
    assert covered | MATRICES == set(TABLE)


@pytest.mark.parametrize("name", UNARY)
@quick
@given(shape=shapes, seed=seeds)
def test_unary(name, shape, seed):
    f, _, interval, analytic = UNARY[name]
    check_jacobians(f, [draw(np.random.default_rng(seed), shape, interval)], analytic)


@pytest.mark.parametrize("name", BINARY)
@quick
@given(shapes=hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3), seed=seeds)
def test_binary_with_broadcasting(name, shapes, seed):
    f, _, interval, analytic = BINARY[name]
    rng = np.random.default_rng(seed)
    check_jacobians(f, [draw(rng, s, interval) for s in shapes.input_shapes], analytic)


RANKS = [(), (2,), (3, 2), (2, 3, 2)]


@pytest.mark.parametrize("left", RANKS)
@pytest.mark.parametrize("right", RANKS)
@pytest.mark.parametrize("name", sorted(BINARY.keys() - {"where"}))
def test_broadcasting_in_every_combination_of_ranks(name, left, right):
    rng = np.random.default_rng(1)
    f, _, _, analytic = BINARY[name]
    check_jacobians(f, [draw(rng, left, POSITIVE), draw(rng, right, POSITIVE)], analytic)


@pytest.mark.parametrize("chosen", RANKS)
@pytest.mark.parametrize("shape", RANKS)
def test_a_choice_is_broadcast_in_every_combination_of_ranks(chosen, shape):
    rng = np.random.default_rng(1)
    condition = rng.uniform(size=(3, 2)) > 0.5
    f = lambda x, y: bp.where(condition, x, y)  # noqa: E731
    check_jacobians(f, [draw(rng, chosen, REAL), draw(rng, shape, REAL)])


@pytest.mark.parametrize(
    "shapes", [((1, 3), (2, 1)), ((2, 1, 3), (3,)), ((1,), (2, 1)), ((1, 1), ())]
)
def test_broadcasting_of_axes_of_length_one(shapes):
    rng = np.random.default_rng(2)
    check_jacobians(bp.multiply, [draw(rng, s, REAL) for s in shapes])


@pytest.mark.parametrize("name", REDUCTIONS)
@quick
@given(shape=hnp.array_shapes(min_dims=1, max_dims=3, max_side=3), data=st.data(), seed=seeds)
def test_reductions(name, shape, data, seed):
    f, analytic = REDUCTIONS[name]
    axis = data.draw(st.none() | hnp.valid_tuple_axes(len(shape), min_size=1))
    if axis is not None and len(axis) == 1:
        axis = axis[0]
    keepdims = data.draw(st.booleans())
    x = apart(np.random.default_rng(seed), shape)
    check_jacobians(lambda x: f(x, axis, keepdims), [x], analytic)


@pytest.mark.parametrize("name", ALONG_AN_AXIS)
@quick
@given(shape=hnp.array_shapes(min_dims=1, max_dims=3, max_side=3), data=st.data(), seed=seeds)
def test_softmax(name, shape, data, seed):
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    x = apart(np.random.default_rng(seed), shape)
    check_jacobians(lambda x: ALONG_AN_AXIS[name](x, axis), [x], analytic=False)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((3,), (3,)),
        ((2, 3), (3,)),
        ((3,), (3, 2)),
        ((2, 3), (3, 4)),
        ((2, 2, 3), (3,)),
        ((3,), (2, 3, 2)),
        ((2, 2, 3), (3, 2)),
        ((2, 3), (2, 3, 2)),
        ((2, 1, 2, 3), (3, 3, 2)),
    ],
)
def test_matmul(left, right):
    rng = np.random.default_rng(3)
    check_jacobians(bp.matmul, [draw(rng, left, REAL), draw(rng, right, REAL)])


@pytest.mark.parametrize(
    ("f", "shape"),
    [
        (lambda x: bp.reshape(x, (3, 2)), (2, 3)),
        (lambda x: bp.reshape(x, -1), (2, 3)),
        (lambda x: bp.transpose(x), (2, 3)),
        (lambda x: bp.transpose(x, (2, 0, 1)), (2, 3, 2)),
        (lambda x: bp.broadcast_to(x, (2, 3, 2)), (3, 1)),
        (lambda x: bp.broadcast_to(x, (2,)), ()),
        (lambda x: index(x, 1), (3,)),
        (lambda x: index(x, (slice(None), 0)), (2, 3)),
        (lambda x: index(x, (..., None, slice(None, None, 2))), (2, 3)),
        (lambda x: index(x, np.array([0, 2, 0])), (3, 2)),
        (lambda x: index(x, (np.array([0, 1, 1]), np.array([2, 2, 2]))), (2, 3)),
        (lambda x: index(x, np.array([True, False, True])), (3,)),
        (lambda x: scatter(x, np.array([0, 0, 1]), (2,)), (3,)),
        (lambda x: scatter(x, slice(1, 3), (4,)), (2,)),
        (lambda x: bp.stack([x, 2.0 * x, x * x], axis=1), (2, 3)),
        (lambda x: bp.stack([x, 2.0 * x], axis=-1), ()),
        (lambda x: bp.concatenate([x, x * x], axis=1), (2, 3)),
        (lambda x: bp.concatenate([x, x * x, 3.0 * x]), (2, 2)),
        (lambda x: bp.concatenate([np.ones((2, 1)), x], axis=-1), (2, 2)),
    ],
)
def test_shaping(f, shape):
    check_without_complex_zeros(f, draw(np.random.default_rng(4), shape, REAL))


def check_without_complex_zeros(f, x):
    """Scattering fills real zeros, so these are held against Richardson."""
    check_jacobians(f, [x], analytic=False)


@pytest.mark.filterwarnings("ignore:Output seems independent")
@pytest.mark.parametrize("name", {**UNARY, **BINARY})
def test_gradient_and_second_derivatives_equal_those_of_hips_autograd(name):
    mine, theirs, interval, _ = {**UNARY, **BINARY}[name]
    rng = np.random.default_rng(5)
    args = [draw(rng, (3,), interval) for _ in range(1 if name in UNARY else 2)]
    weights = rng.normal(size=3)
    for i in range(len(args)):
        for ours, oracle in (
            (bp.grad(lambda *a: bp.sum(weights * mine(*a)), i), autograd.grad),
            (bp.hessian(lambda *a: bp.sum(weights * mine(*a)), i), autograd.hessian),
        ):
            expected = oracle(lambda *a: anp.sum(weights * theirs(*a)), i)(*args)
            np.testing.assert_allclose(ours(*args), expected, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (lambda x: bp.sum(bp.matmul(x, x) ** 2), lambda x: anp.sum(anp.matmul(x, x) ** 2)),
        (lambda x: bp.sum(bp.max(x, 0) ** 2), lambda x: anp.sum(anp.max(x, 0) ** 2)),
        (lambda x: bp.sum(bp.mean(x, 1) ** 3), lambda x: anp.sum(anp.mean(x, 1) ** 3)),
        (
            lambda x: bp.sum(bp.logsumexp(x, 1) ** 2),
            lambda x: anp.sum(anp.log(anp.sum(anp.exp(x), 1)) ** 2),
        ),
        (
            lambda x: bp.sum(bp.softmax(x) ** 2),
            lambda x: anp.sum((anp.exp(x) / anp.sum(anp.exp(x), -1, keepdims=True)) ** 2),
        ),
        (
            lambda x: bp.sum(bp.log_softmax(x) ** 2),
            lambda x: anp.sum((x - anp.log(anp.sum(anp.exp(x), -1, keepdims=True))) ** 2),
        ),
        (
            lambda x: bp.sum(bp.concatenate([x, x.T]) ** 3 * x[0, 1]),
            lambda x: anp.sum(anp.concatenate([x, x.T]) ** 3 * x[0, 1]),
        ),
        (
            lambda x: bp.sum(bp.stack([x, x * x]) ** 2 * bp.reshape(x, (1, 9))[0, 4]),
            lambda x: anp.sum(anp.stack([x, x * x]) ** 2 * anp.reshape(x, (1, 9))[0, 4]),
        ),
    ],
)
def test_second_derivatives_of_the_other_primitives(mine, theirs):
    x = apart(np.random.default_rng(6), (3, 3))
    np.testing.assert_allclose(bp.grad(mine)(x), autograd.grad(theirs)(x), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(
        bp.hessian(mine)(x), autograd.hessian(theirs)(x), rtol=1e-11, atol=1e-11
    )


# Extremes and kinks


def test_nothing_overflows_at_800():
    z = np.array([-800.0, 0.0, 800.0])
    np.testing.assert_array_equal(bp.sigmoid(z), [0.0, 0.5, 1.0])
    np.testing.assert_array_equal(bp.softplus(z), [0.0, np.log(2.0), 800.0])
    assert bp.logsumexp(z) == 800.0
    np.testing.assert_array_equal(bp.softmax(z), [0.0, 0.0, 1.0])
    np.testing.assert_array_equal(bp.log_softmax(z), [-1600.0, -800.0, 0.0])
    np.testing.assert_array_equal(bp.tanh(z), [-1.0, 0.0, 1.0])


@pytest.mark.parametrize("f", [bp.sigmoid, bp.softplus, bp.tanh, bp.relu])
@pytest.mark.parametrize("x", [-800.0, 800.0])
def test_scalars_and_arrays_agree_at_the_extremes(f, x):
    assert f(x) == f(np.array([x]))[0]
    assert np.isfinite(bp.grad(f)(x))


@pytest.mark.parametrize(
    "f", [bp.logsumexp, lambda z: bp.log_softmax(z)[0], lambda z: bp.softmax(z)[0]]
)
def test_gradients_at_the_extremes_are_finite(f):
    assert np.all(np.isfinite(bp.grad(f)(np.array([-800.0, 0.0, 800.0]))))


def test_rows_with_infinite_entries():
    rows = np.array([[-np.inf, -np.inf], [-np.inf, 1.0], [np.inf, 1.0]])
    np.testing.assert_array_equal(bp.logsumexp(rows, 1), [-np.inf, 1.0, np.inf])
    np.testing.assert_array_equal(
        bp.grad(lambda x: bp.sum(bp.logsumexp(x, 1)))(rows[:2]), [[0.0, 0.0], [0.0, 1.0]]
    )
    np.testing.assert_array_equal(bp.softmax(rows[1]), [0.0, 1.0])
    np.testing.assert_array_equal(bp.log_softmax(rows[1]), [-np.inf, 0.0])


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("row", [[-np.inf, -np.inf], [np.inf, 1.0]])
def test_a_softmax_that_does_not_exist_is_nan(row):
    assert np.isnan(bp.softmax(np.array(row))).any()
    assert np.isnan(bp.log_softmax(np.array(row))).any()


def test_the_mean_of_nothing_is_refused():
    with pytest.raises(ValueError, match=r"no entry to take the mean of in shape \(0,\)"):
        bp.mean(np.ones(0))
    with pytest.raises(ValueError, match=r"mean of 'x' of shape .*no entry"):
        bp.mean(bp.Node(np.ones((2, 0)), "x"), 1)


def test_a_sigmoid_far_below_zero_keeps_its_relative_precision():
    assert bp.sigmoid(-40.0) == pytest.approx(np.exp(-40.0), rel=1e-15)


@pytest.mark.parametrize(
    ("f", "slope"),
    [(bp.relu, 0.0), (bp.abs, 0.0), (lambda x: bp.maximum(x, 0.0), 0.5), (bp.sign, 0.0)],
)
def test_the_subgradient_at_the_kink_is_the_documented_one(f, slope):
    assert bp.grad(f)(0.0) == slope


def test_relu_masks_where_the_argument_is_not_positive_whatever_arrives():
    _, pull = bp.vjp(bp.relu, np.array([-1.0, 2.0]))
    np.testing.assert_array_equal(pull(np.array([-2.0, -2.0]))[0], [0.0, -2.0])


def test_tied_maxima_share_the_derivative():
    np.testing.assert_array_equal(bp.grad(bp.max)(np.array([1.0, 3.0, 3.0])), [0.0, 0.5, 0.5])


@pytest.mark.parametrize("exponent", [2.0, 3, 1, 0, np.array([2.0, 0.0])])
def test_powers_of_zero_have_finite_derivatives(exponent):
    g = bp.grad(lambda x: bp.sum(x**exponent))(np.zeros(2))
    assert np.all(np.isfinite(g))
    assert np.isfinite(bp.grad(lambda b: bp.power(0.0, b))(2.0))


def test_a_fractional_power_of_a_negative_number_is_nan_not_complex():
    with pytest.warns(RuntimeWarning, match="invalid"):
        assert np.isnan(bp.power(-8.0, 1 / 3))


def test_division_by_zero_gives_infinity_as_in_numpy():
    with pytest.warns(RuntimeWarning, match="divide by zero"):
        assert (bp.Node(1.0) / 0.0).value == np.inf


def test_overflow_gives_infinity_as_in_numpy():
    with pytest.warns(RuntimeWarning, match="overflow"):
        assert bp.exp(bp.Node(1000.0)).value == np.inf


@pytest.mark.parametrize("comparison", [greater, greater_equal, equal])
def test_comparisons_have_no_derivative(comparison):
    assert bp.grad(lambda x: 1.0 * comparison(x, 2.0))(2.0) == 0.0


def test_functions_take_plain_numbers_and_return_plain_ones():
    assert type(bp.exp(1)) in (float, np.float64)
    assert type(bp.sum(np.ones(3))) is float
    assert isinstance(bp.matmul(np.ones((2, 3)), np.ones(3)), np.ndarray)
    assert not isinstance(bp.softmax(np.ones(3)), bp.Node)


# The helper itself: it must refuse rules that are wrong


def wrong(name, value, *rules):
    primitive = Primitive(name, value, rules, rules, source="", latex="")
    return lambda *args: apply(primitive, *args)


@pytest.mark.parametrize(
    "f",
    [
        pytest.param(wrong("sign", lambda x: x * x, lambda g, y, x: -2.0 * g * x), id="sign"),
        pytest.param(wrong("half", lambda x: x * x, lambda g, y, x: g * x), id="factor"),
        pytest.param(
            wrong("late", np.sin, lambda g, y, x: bp.cos(x) + 0.0 * g), id="upstream dropped"
        ),
        pytest.param(wrong("zero", np.exp, lambda g, y, x: 0.0 * g), id="zero derivative"),
        pytest.param(wrong("missing", np.exp, None), id="no rule"),
        pytest.param(wrong("y for x", np.exp, lambda g, y, x: g * x), id="value for argument"),
        pytest.param(wrong("tiny", lambda x: 1e-7 * x, lambda g, y, x: 0.0 * g), id="tiny"),
        pytest.param(
            wrong("one", np.sin, lambda g, y, x: g * bp.cos(x) * np.array([1.0, 1.0, 0.0])),
            id="one entry lost",
        ),
        pytest.param(
            wrong("divided", np.sin, lambda g, y, x: bp.cos(x) / (g + 2.0) * 3.0),
            id="divided by upstream",
        ),
    ],
)
def test_the_helper_refuses_a_wrong_unary_rule(f):
    with pytest.raises(AssertionError):
        check_jacobians(f, [np.array([0.3, -0.7, 1.1])])


def test_the_helper_refuses_operands_that_are_swapped():
    f = wrong("swapped", np.multiply, lambda g, y, a, b: g * a, lambda g, y, a, b: g * b)
    with pytest.raises(AssertionError):
        check_jacobians(f, [np.array([0.3, 0.5]), np.array([0.7, 1.1])])


def test_the_helper_refuses_a_transposed_rule_even_on_square_matrices():
    primitive = Primitive(
        "transposed",
        np.matmul,
        (lambda g, y, a, b: g @ b, lambda g, y, a, b: a.T @ g),
        (lambda t, y, a, b: t @ b, lambda t, y, a, b: a @ t),
        source="",
        latex="",
    )
    rng = np.random.default_rng(7)
    with pytest.raises(AssertionError, match="reverse mode, argument 0"):
        check_jacobians(
            lambda a, b: apply(primitive, a, b), [rng.normal(size=(2, 2)), rng.normal(size=(2, 2))]
        )


@pytest.mark.parametrize("name", ["exp", "log", "sin", "cos", "tanh", "sigmoid", "sqrt", "square"])
@pytest.mark.parametrize(
    "value", [1, np.int64(1), np.float32(1.0), np.array([1, 1]), np.array(1.0)]
)
def test_whole_numbers_give_what_floats_give(name: str, value: object) -> None:
    function = getattr(bp, name)
    expected = np.broadcast_to(function(1.0), np.shape(value))
    np.testing.assert_allclose(function(value), expected, rtol=1e-7)
