"""SGD and its regulariser over nested parameters."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_bp.network.optimizers import SGD, is_bias, l2_gradient, l2_penalty


class Layer(NamedTuple):
    W: np.ndarray
    b: np.ndarray


def network(rng):
    return {
        "hidden": [{"W": rng.normal(size=(3, 5)), "b": rng.normal(size=5)}],
        "output": Layer(rng.normal(size=(5, 2)), rng.normal(size=2)),
        "scale": 0.7,
    }


def leaves(parameters):
    hidden, output = parameters["hidden"][0], parameters["output"]
    return {
        "W1": hidden["W"],
        "b1": hidden["b"],
        "W2": output.W,
        "b2": output.b,
        "scale": parameters["scale"],
    }


@given(
    seed=st.integers(0, 999), rate=st.floats(1e-6, 10.0), decay=st.sampled_from([0.0, 1e-3, 0.5])
)
def test_a_step_is_the_formula_on_every_parameter(seed, rate, decay):
    rng = np.random.default_rng(seed)
    theta, gradient = network(rng), network(rng)
    new = leaves(SGD(rate, weight_decay=decay).step(theta, gradient))
    for name, w in leaves(theta).items():
        penalty = 0.0 if name.startswith("b") else decay
        expected = w - rate * (leaves(gradient)[name] + penalty * w)
        np.testing.assert_allclose(new[name], expected, rtol=1e-13, atol=1e-13)


def test_a_step_keeps_the_nesting_and_leaves_its_arguments_alone():
    theta, gradient = network(np.random.default_rng(0)), network(np.random.default_rng(1))
    kept = [np.copy(leaf) for tree in (theta, gradient) for leaf in leaves(tree).values()]
    new = SGD(0.1, weight_decay=0.1).step(theta, gradient)
    assert isinstance(new["output"], Layer)
    assert isinstance(new["hidden"], list)
    now = [leaf for tree in (theta, gradient) for leaf in leaves(tree).values()]
    for before, after in zip(kept, now, strict=True):
        np.testing.assert_array_equal(before, after)
    for name, leaf in leaves(new).items():
        assert not np.shares_memory(leaf, leaves(theta)[name])
        assert not np.shares_memory(leaf, leaves(gradient)[name])


def test_a_bare_array_or_float_is_a_parameter_too():
    np.testing.assert_array_equal(SGD(0.5).step(np.array([1.0, 2.0]), np.ones(2)), [0.5, 1.5])
    assert SGD(0.5).step(3.0, 2.0) == 2.0


def test_decay_alone_shrinks_weights_and_not_biases():
    theta = [{"W": np.full((2, 2), 4.0), "b": np.full(2, 4.0)}]
    zero = [{"W": np.zeros((2, 2)), "b": np.zeros(2)}]
    [new] = SGD(0.5, weight_decay=0.1).step(theta, zero)
    np.testing.assert_allclose(new["W"], 4.0 * (1 - 0.5 * 0.1), rtol=1e-15)
    np.testing.assert_array_equal(new["b"], 4.0)


@pytest.mark.parametrize(
    ("path", "leaf", "bias"),
    [
        (("b",), np.ones(3), True),
        ((0, "b"), np.ones((1, 3)), True),
        (("b2",), np.ones(3), True),
        (("bias_1",), np.ones(3), True),
        (("output_bias",), np.ones(3), True),
        (("biases", 2), np.ones(3), True),
        (("beta",), np.ones(3), False),
        (("theta",), np.ones(3), False),
        (("W",), np.ones(3), False),
        (("blocks", 0, "W"), np.ones((3, 2)), False),
        ((0,), np.ones((3, 2)), False),
        ((1,), np.ones(3), True),
        ((), 2.0, True),
        (("output", 0), np.ones((3, 2)), False),
        (("output", 1), np.ones(2), True),
    ],
)
def test_what_counts_as_a_bias(path, leaf, bias):
    assert is_bias(path, leaf) is bias


def test_the_caller_may_choose_what_is_exempt():
    theta = {"W": np.ones((2, 2)), "b": np.ones(2)}
    new = SGD(1.0, 0.25, exempt=lambda path, leaf: path[-1] == "W").step(
        theta, {"W": np.zeros((2, 2)), "b": np.zeros(2)}
    )
    np.testing.assert_array_equal(new["W"], 1.0)
    np.testing.assert_array_equal(new["b"], 0.75)


@given(seed=st.integers(0, 999), decay=st.floats(0.0, 10.0))
def test_the_gradient_of_the_penalty_is_its_slope(seed, decay):
    rng = np.random.default_rng(seed)
    theta, direction = network(rng), network(rng)

    def penalty(t):
        return l2_penalty(SGD(1.0).step(theta, leafwise(direction, -t)), decay)

    # the penalty is quadratic, so the central difference is exact but for rounding
    slope = penalty(0.5) - penalty(-0.5)
    inner = sum(
        np.sum(g * leaves(direction)[name]) for name, g in leaves(l2_gradient(theta, decay)).items()
    )
    np.testing.assert_allclose(slope, inner, rtol=1e-10, atol=1e-12)


def leafwise(tree, factor):
    return {
        "hidden": [{k: factor * v for k, v in tree["hidden"][0].items()}],
        "output": Layer(*(factor * v for v in tree["output"])),
        "scale": factor * tree["scale"],
    }


def test_the_penalty_is_half_lambda_times_the_squares_of_the_weights():
    theta = [np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([100.0, 100.0])]
    assert l2_penalty(theta, 0.5) == pytest.approx(0.25 * 14.0, rel=1e-15)


@pytest.mark.parametrize("value", [0.0, -0.1, np.inf, np.nan])
def test_a_learning_rate_that_goes_nowhere_is_refused(value):
    with pytest.raises(ValueError, match="learning_rate must be a finite number above 0"):
        SGD(value)


@pytest.mark.parametrize("value", [-1e-9, np.inf, np.nan])
def test_a_weight_decay_that_rewards_large_weights_is_refused(value):
    with pytest.raises(ValueError, match="weight_decay must be a finite number at least 0"):
        SGD(0.1, weight_decay=value)
    with pytest.raises(ValueError, match="weight_decay"):
        l2_penalty([1.0], value)
    with pytest.raises(ValueError, match="weight_decay"):
        l2_gradient([1.0], value)


@pytest.mark.parametrize(
    ("parameters", "gradients", "says"),
    [
        ([{"W": np.ones((2, 3))}], [{"W": np.ones((3, 2))}], r"parameters\[0\]\['W'\].*\(3, 2\)"),
        ([np.ones((2, 1))], [np.ones(2)], r"parameters\[0\]"),
        ({"W": 1.0, "b": 1.0}, {"W": 1.0}, r"no gradient for parameters\['b'\]"),
        ([1.0], [1.0, 2.0], r"gradients\[1\] is the gradient of nothing"),
        ([1.0], {"W": 1.0}, r"no gradient for parameters\[0\]"),
        (1.0, [1.0], "no gradient for parameters"),
    ],
)
def test_gradients_that_do_not_fit_are_refused_with_their_place(parameters, gradients, says):
    with pytest.raises(ValueError, match=says):
        SGD(0.1).step(parameters, gradients)


def test_two_dicts_may_list_their_keys_in_different_orders():
    new = SGD(1.0).step({"W": 1.0, "b": 2.0}, {"b": 20.0, "W": 10.0})
    assert new == {"W": -9.0, "b": -18.0}
