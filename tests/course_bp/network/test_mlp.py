"""The MLP's construction, forward pass and predictions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import course_bp as bp
from course_bp.datasets import xor
from course_bp.differential_operators import hvp
from course_bp.dual import Dual
from course_bp.forward_mode import jvp
from course_bp.network.activations import sigmoid, tanh
from course_bp.network.mlp import MLP
from course_bp.reverse_mode import grad


@given(sizes=st.lists(st.integers(1, 6), min_size=2, max_size=5), rows=st.integers(1, 4))
def test_shapes_of_parameters_and_layers(sizes, rows):
    mlp = MLP(sizes)
    for layer, n_in, n_out in zip(mlp.parameters, sizes, sizes[1:], strict=False):
        assert layer["W"].shape == (n_in, n_out)
        assert layer["b"].shape == (n_out,)
    z, a = mlp.forward(np.ones((rows, sizes[0])))
    for number, size in enumerate(sizes, start=1):
        assert a[number].shape == (rows, size)
    for number, size in enumerate(sizes[1:], start=2):
        assert z[number].shape == (rows, size)
    np.testing.assert_array_equal(mlp(np.ones((rows, sizes[0]))), a[len(sizes)])


def test_the_forward_pass_is_the_formula():
    mlp = MLP([3, 4, 2], hidden="tanh", output="sigmoid")
    first, second = mlp.parameters
    first["b"], second["b"] = np.array([1.0, -1.0, 0.5, 0.2]), np.array([0.3, -0.7])
    x = np.random.default_rng(1).normal(size=(5, 3))
    hidden = np.tanh(x @ first["W"] + first["b"])
    expected = 1 / (1 + np.exp(-(hidden @ second["W"] + second["b"])))
    np.testing.assert_allclose(mlp(x), expected, rtol=1e-14)


def test_two_relu_units_solve_xor_exactly():
    # the weights of Goodfellow, Bengio and Courville, Deep Learning, section 6.1
    mlp = MLP([2, 2, 1], hidden="relu")
    mlp.parameters = [
        {"W": np.ones((2, 2)), "b": np.array([0.0, -1.0])},
        {"W": np.array([[1.0], [-2.0]]), "b": np.zeros(1)},
    ]
    X, y = xor()
    np.testing.assert_array_equal(mlp(X), y)


def test_each_hidden_layer_may_have_its_own_activation():
    mlp = MLP([2, 3, 3, 1], hidden=["tanh", np.cos], output="sigmoid")
    assert mlp.activations == [tanh, np.cos, sigmoid]


def test_the_same_seed_gives_the_same_weights():
    one, same, other = MLP([5, 4], seed=3), MLP([5, 4], seed=3), MLP([5, 4], seed=4)
    np.testing.assert_array_equal(one.parameters[0]["W"], same.parameters[0]["W"])
    assert not np.array_equal(one.parameters[0]["W"], other.parameters[0]["W"])


@pytest.mark.parametrize(
    ("hidden", "variance"), [("tanh", 2 / 500), ("sigmoid", 2 / 500), ("relu", 2 / 300)]
)
def test_initial_weights_have_the_stated_variance(hidden, variance):
    layer = MLP([300, 200, 1], hidden=hidden).parameters[0]
    assert layer["W"].var() == pytest.approx(variance, rel=0.03)
    assert layer["W"].mean() == pytest.approx(0.0, abs=0.001)
    np.testing.assert_array_equal(layer["b"], 0.0)


def test_other_parameters_can_be_tried_without_changing_the_network():
    mlp = MLP([2, 2])
    x = np.array([[1.0, 2.0]])
    own = mlp(x)
    zero = [{"W": np.zeros((2, 2)), "b": np.array([5.0, 6.0])}]
    np.testing.assert_array_equal(mlp(x, zero), [[5.0, 6.0]])
    np.testing.assert_array_equal(mlp(x), own)


def test_the_cost_can_be_differentiated_forward_twice_and_by_the_inputs():
    rng = np.random.default_rng(4)
    mlp = MLP([3, 4, 2], hidden="tanh", output="sigmoid", seed=rng)
    x, y = rng.normal(size=(5, 3)), rng.uniform(size=(5, 2))

    def cost(parameters):
        return mlp.cost(parameters, x, y)

    direction = [{k: rng.normal(size=v.shape) for k, v in p.items()} for p in mlp.parameters]
    slopes = grad(cost)(mlp.parameters)
    inner = sum(np.sum(s[k] * d[k]) for s, d in zip(slopes, direction, strict=True) for k in s)
    assert jvp(cost, (mlp.parameters,), (direction,))[1] == pytest.approx(inner, rel=1e-12)

    h = 1e-5
    pairs = list(zip(mlp.parameters, direction, strict=True))
    ahead, behind = (
        grad(cost)([{k: p[k] + s * d[k] for k in p} for p, d in pairs]) for s in (h, -h)
    )
    for found, plus, minus in zip(hvp(cost, mlp.parameters, direction), ahead, behind, strict=True):
        for k in found:
            np.testing.assert_allclose(found[k], (plus[k] - minus[k]) / (2 * h), atol=1e-8)

    step = rng.normal(size=x.shape)
    by_inputs = grad(lambda x: mlp.cost(mlp.parameters, x, y))(x)
    tangent = mlp.cost(mlp.parameters, Dual(x, step), y).tangent
    assert tangent == pytest.approx(np.sum(by_inputs * step), rel=1e-12)


def linear(output, bias):
    """A network whose outputs are its inputs plus a bias, through the output activation."""
    mlp = MLP([len(bias), len(bias)], output=output)
    mlp.parameters = [{"W": np.eye(len(bias)), "b": np.array(bias)}]
    return mlp


def test_predict_takes_the_largest_of_several_outputs():
    x = np.array([[0.0, 3.0, 1.0], [2.0, 0.0, 1.0]])
    np.testing.assert_array_equal(linear("identity", [0.0, 0.0, 0.0]).predict(x), [1, 0])
    np.testing.assert_array_equal(linear("identity", [0.0, 0.0, 9.0]).predict(x), [2, 2])


@pytest.mark.parametrize("output", ["identity", "sigmoid", "tanh"])
def test_predict_splits_a_single_output_where_the_logit_changes_sign(output):
    x = np.array([[-2.0], [-0.1], [0.1], [2.0]])
    np.testing.assert_array_equal(linear(output, [0.0]).predict(x), [0, 0, 1, 1])


@pytest.mark.parametrize("y", [[0, 1, 1], [[0.0], [1.0], [1.0]], [-1, 1, 1], [[-1], [1], [1]]])
def test_accuracy_of_a_single_output_for_every_form_of_targets(y):
    assert linear("identity", [0.0]).accuracy(np.array([[-1.0], [1.0], [-1.0]]), y) == 2 / 3


@pytest.mark.parametrize("y", [[1, 0, 1], np.eye(2)[[1, 0, 1]]])
def test_accuracy_of_several_outputs_for_every_form_of_targets(y):
    x = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 0.0]])
    assert linear("identity", [0.0, 0.0]).accuracy(x, y) == 2 / 3


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: MLP([3]), "at least inputs and outputs"),
        (lambda: MLP([3, 0, 1]), "each at least 1"),
        (lambda: MLP([3, 2, 1], hidden="sine"), "no activation called 'sine'"),
        (lambda: MLP([3, 2, 1], hidden=["tanh", "tanh"]), "1 hidden layers.*2 activations"),
        (lambda: MLP([3, 1])(np.ones((4, 2))), r"\(N, 3\).*\(4, 2\)"),
        (lambda: MLP([3, 1])(np.ones(3)), r"\(N, 3\).*\(3,\)"),
        (lambda: MLP([3, 1]).backprop(np.ones(3), np.ones((1, 1))), r"\(N, 3\)"),
        (lambda: MLP([3, 1]).algorithm_6_4(np.ones((1, 3)), np.ones(1)), r"\(3,\)"),
        (lambda: MLP([1, 1]).accuracy(np.ones((4, 1)), [1, 1, 1]), "4 rows but y has 3"),
    ],
)
def test_bad_arguments_are_refused_in_words(call, says):
    with pytest.raises(ValueError, match=says):
        call()


@pytest.mark.parametrize(
    "mixing",
    [
        lambda z: bp.exp(z) / bp.sum(bp.exp(z), 1, True),
        lambda z: z - bp.mean(z, 0),
        lambda z: z / bp.sqrt(bp.sum(z * z)),
        lambda z: bp.max(z, 1, True) * z,
        lambda z: z[:, :1],
        lambda z: bp.sum(z),
    ],
)
def test_an_activation_of_ones_own_that_mixes_entries_is_refused(mixing):
    with pytest.raises(ValueError, match="must act on each entry alone"):
        MLP([2, 3, 2], output=mixing)


@pytest.mark.parametrize(
    "own",
    [
        lambda z: 1 / (1 + np.exp(-z)),
        lambda z: bp.where(z > 0, z, 0.01 * z),
        lambda z: z * bp.sigmoid(z),
        lambda z: bp.log(z),
        lambda z: 0.0 * z,
    ],
)
def test_an_activation_of_ones_own_is_welcome(own):
    assert MLP([2, 3, 2], hidden=own).activations[0] is own
