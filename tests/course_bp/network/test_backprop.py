"""BP1–BP4 and Algorithm 6.4 against the graph, node by node, and against HIPS autograd."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad as hips_grad
from hypothesis import given
from hypothesis import strategies as st

from course_bp.datasets import one_hot
from course_bp.graph import Node
from course_bp.network import losses
from course_bp.network.backprop import algorithm_6_4, backprop
from course_bp.network.mlp import MLP
from course_bp.network.optimizers import l2_penalty
from course_bp.reverse_mode import value_and_grad

HIPS_ACTIVATION = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": anp.tanh,
    "relu": lambda z: anp.maximum(z, 0.0),
    "softplus": lambda z: anp.log(1 + anp.exp(z)),
}


def hips_softmax_cross_entropy(z, y):
    return -anp.sum(y * (z - anp.log(anp.sum(anp.exp(z), axis=-1, keepdims=True)))) / len(z)


# loss, the same for HIPS autograd, the output activation, the kind of targets
LOSSES = {
    "half": (losses.half_squared_error, lambda a, y: 0.5 * anp.sum((a - y) ** 2), "tanh"),
    "summed": (losses.summed_squared_error, lambda a, y: anp.sum((a - y) ** 2), "identity"),
    "mean": (losses.mean_squared_error, lambda a, y: anp.mean((a - y) ** 2), "softplus"),
    "bce": (
        losses.binary_cross_entropy,
        lambda p, y: -anp.mean(y * anp.log(p) + (1 - y) * anp.log(1 - p)),
        "sigmoid",
    ),
    "softmax": (losses.softmax_cross_entropy, hips_softmax_cross_entropy, "identity"),
}

# depth 1 to 4, square layers and non-square ones, every activation in the middle
SHAPES = [
    ([4, 3], []),
    ([2, 3, 5], ["sigmoid"]),
    ([3, 3, 3, 3], ["tanh", "relu"]),
    ([5, 2, 3, 4, 2], ["softplus", "identity", "sigmoid"]),
]


def network(sizes, hidden, loss_name, rng):
    """A network with random biases, for zero biases hide mistakes; and a batch with targets."""
    loss, _, output = LOSSES[loss_name]
    mlp = MLP(sizes, hidden=hidden, output=output, loss=loss, seed=rng)
    for layer in mlp.parameters:
        layer["b"] = rng.normal(size=layer["b"].shape)
    examples, outputs = 7, sizes[-1]
    x = rng.normal(size=(examples, sizes[0]))
    if loss_name == "softmax":
        y = one_hot(rng.integers(0, outputs, examples), outputs)
    else:
        y = rng.uniform(size=(examples, outputs))
    return mlp, x, y


def assert_close(found, expected, where=""):
    scale = np.max(np.abs(expected), initial=1e-300)
    np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-13 * scale, err_msg=where)


@pytest.mark.parametrize("loss_name", LOSSES)
@pytest.mark.parametrize(("sizes", "hidden"), SHAPES)
def test_every_intermediate_equals_the_node_of_the_graph(sizes, hidden, loss_name):
    mlp, x, y = network(sizes, hidden, loss_name, np.random.default_rng(11))
    by_hand = mlp.backprop(x, y)

    leaves = [{name: Node(value) for name, value in layer.items()} for layer in mlp.parameters]
    z, a = mlp.forward(Node(x), leaves)
    C = mlp.loss(a[len(sizes)], y)
    C.backward()

    assert by_hand.C == pytest.approx(C.value, rel=1e-15)
    assert by_hand.z.keys() == by_hand.delta.keys() == set(range(2, len(sizes) + 1))
    assert by_hand.a.keys() == set(range(1, len(sizes) + 1))
    for layer in by_hand.z:
        np.testing.assert_array_equal(by_hand.z[layer], z[layer].value)
        np.testing.assert_array_equal(by_hand.a[layer], a[layer].value)
        assert_close(by_hand.delta[layer], z[layer].grad, f"delta[{layer}]")
        assert_close(by_hand.dW[layer], leaves[layer - 2]["W"].grad, f"dW[{layer}]")
        assert_close(by_hand.db[layer], leaves[layer - 2]["b"].grad, f"db[{layer}]")
    assert_close(by_hand.nabla_a_C, a[len(sizes)].grad, "nabla_a_C")


@pytest.mark.parametrize("loss_name", LOSSES)
@given(shape=st.sampled_from(SHAPES), seed=st.integers(0, 9999))
def test_gradients_equal_hips_autograd(loss_name, shape, seed):
    sizes, hidden = shape
    mlp, x, y = network(sizes, hidden, loss_name, np.random.default_rng(seed))
    _, hips_loss, output = LOSSES[loss_name]

    def cost(parameters):
        a = x
        for layer, name in zip(parameters, [*hidden, output], strict=True):
            a = HIPS_ACTIVATION[name](anp.dot(a, layer["W"]) + layer["b"])
        return hips_loss(a, y)

    for found, expected in zip(
        mlp.backprop(x, y).gradients, hips_grad(cost)(mlp.parameters), strict=True
    ):
        for name in ("W", "b"):
            np.testing.assert_allclose(found[name], expected[name], rtol=1e-8, atol=1e-12)


@given(seed=st.integers(0, 9999))
def test_gradients_are_nested_as_the_parameters_and_equal_value_and_grad(seed):
    mlp, x, y = network(*SHAPES[3], "half", np.random.default_rng(seed))
    value, gradients = value_and_grad(mlp.cost)(mlp.parameters, x, y)
    by_hand = mlp.backprop(x, y)
    assert by_hand.C == value
    for found, expected in zip(by_hand.gradients, gradients, strict=True):
        assert found.keys() == expected.keys()
        for name in found:
            assert_close(found[name], expected[name], name)


def test_a_batch_with_sum_loss_is_the_sum_of_its_examples():
    mlp, x, y = network(*SHAPES[1], "half", np.random.default_rng(5))
    whole = mlp.backprop(x, y)
    singles = [mlp.backprop(x[i : i + 1], y[i : i + 1]) for i in range(len(x))]
    for layer in whole.dW:
        assert_close(whole.dW[layer], sum(one.dW[layer] for one in singles))
        assert_close(whole.db[layer], sum(one.db[layer] for one in singles))
        assert_close(whole.delta[layer], np.vstack([one.delta[layer] for one in singles]))


def test_backprop_changes_nothing_and_repeats_itself():
    mlp, x, y = network(*SHAPES[2], "half", np.random.default_rng(6))
    kept = [value.copy() for layer in mlp.parameters for value in layer.values()]
    first, second = mlp.backprop(x, y), mlp.backprop(x, y)
    for before, after in zip(
        kept, (v for layer in mlp.parameters for v in layer.values()), strict=True
    ):
        np.testing.assert_array_equal(before, after)
    for layer in first.dW:
        np.testing.assert_array_equal(first.dW[layer], second.dW[layer])


def columns(mlp):
    return [p["W"].T for p in mlp.parameters], [p["b"] for p in mlp.parameters], mlp.activations


@pytest.mark.parametrize("loss_name", LOSSES)
@pytest.mark.parametrize(("sizes", "hidden"), SHAPES)
def test_algorithm_6_4_equals_the_nodes_of_the_graph(sizes, hidden, loss_name):
    mlp, xs, ys = network(sizes, hidden, loss_name, np.random.default_rng(12))
    weights, biases, functions = columns(mlp)
    x, y, weight_decay = xs[0], ys[0], 0.3
    found = mlp.algorithm_6_4(x, y, weight_decay)

    W = [Node(w) for w in weights]
    b = [Node(v) for v in biases]
    h, a = [Node(x)], [None]
    for k, f in enumerate(functions):
        a.append(b[k] + W[k] @ h[k])
        h.append(f(a[-1]))
    J = mlp.loss(h[-1], y) + l2_penalty({"W": W, "b": b}, weight_decay)
    J.backward()

    assert found.J == pytest.approx(J.value, rel=1e-15)
    assert found.h.keys() == found.grad_h.keys() == set(range(len(sizes)))
    assert found.a.keys() == found.grad_a.keys() == set(range(1, len(sizes)))
    for k in found.h:
        np.testing.assert_array_equal(found.h[k], h[k].value)
        assert_close(found.grad_h[k], h[k].grad, f"grad_h[{k}]")
    for k in found.a:
        np.testing.assert_array_equal(found.a[k], a[k].value)
        assert_close(found.grad_a[k], a[k].grad, f"grad_a[{k}]")
        assert_close(found.grad_W[k], W[k - 1].grad, f"grad_W[{k}]")
        assert_close(found.grad_b[k], b[k - 1].grad, f"grad_b[{k}]")


@given(seed=st.integers(0, 9999), shape=st.sampled_from(SHAPES))
def test_the_columns_of_algorithm_6_4_are_the_rows_of_bp1_to_bp4(seed, shape):
    mlp, xs, ys = network(*shape, "summed", np.random.default_rng(seed))
    rows = mlp.backprop(xs, ys)
    singles = [mlp.algorithm_6_4(x, y) for x, y in zip(xs, ys, strict=True)]
    for layer in rows.dW:
        k = layer - 1
        assert_close(rows.dW[layer].T, sum(one.grad_W[k] for one in singles))
        assert_close(rows.db[layer], sum(one.grad_b[k] for one in singles))
        assert_close(rows.delta[layer], np.stack([one.grad_a[k] for one in singles]))
        assert_close(rows.a[layer], np.stack([one.h[k] for one in singles]))


def test_the_regulariser_of_algorithm_6_4_adds_lambda_w_to_weights_alone():
    mlp, xs, ys = network(*SHAPES[1], "half", np.random.default_rng(8))
    plain, decayed = mlp.algorithm_6_4(xs[0], ys[0]), mlp.algorithm_6_4(xs[0], ys[0], 0.25)
    squares = 0.0
    for k, layer in enumerate(mlp.parameters, start=1):
        np.testing.assert_allclose(
            decayed.grad_W[k] - plain.grad_W[k], 0.25 * layer["W"].T, rtol=1e-12, atol=1e-15
        )
        np.testing.assert_array_equal(decayed.grad_b[k], plain.grad_b[k])
        squares += np.sum(layer["W"] ** 2)
    assert decayed.J - plain.J == pytest.approx(0.125 * squares, rel=1e-12)


def test_the_functions_serve_networks_that_are_no_mlp_object():
    mlp, xs, ys = network(*SHAPES[1], "half", np.random.default_rng(9))
    by_function = backprop(mlp.parameters, mlp.activations, mlp.loss, xs, ys)
    np.testing.assert_array_equal(by_function.dW[2], mlp.backprop(xs, ys).dW[2])
    column = algorithm_6_4(*columns(mlp), mlp.loss, xs[0], ys[0])
    np.testing.assert_array_equal(column.grad_W[1], mlp.algorithm_6_4(xs[0], ys[0]).grad_W[1])
