"""fit: what it minimises, what it records, when it stops; and real training runs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_bp import datasets
from course_bp.network import losses
from course_bp.network.backprop import backprop
from course_bp.network.mlp import MLP
from course_bp.network.optimizers import SGD
from course_bp.network.training import fit
from course_bp.primitives import sigmoid
from course_bp.printing.source import compile_gradient
from course_bp.reverse_mode import value_and_grad


def linear_loss(parameters, X, y):
    return losses.mean_squared_error(X @ parameters["W"] + parameters["b"], y)


def linear_problem(seed=0, n=23):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 3))
    y = X @ np.array([[1.0], [-2.0], [0.5]]) + 0.7 + 0.1 * rng.normal(size=(n, 1))
    return {"W": np.zeros((3, 1)), "b": np.zeros(1)}, X, y


def test_full_batches_find_the_least_squares_solution():
    start, X, y = linear_problem()
    found = fit(linear_loss, start, X, y, SGD(0.2), epochs=500).parameters
    exact, *_ = np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), y, rcond=None)
    np.testing.assert_allclose(np.vstack([found["W"], [found["b"]]]), exact, rtol=1e-10)


def test_weight_decay_finds_the_ridge_solution_with_a_free_bias():
    start, X, y = linear_problem()
    decay = 0.3
    found = fit(linear_loss, start, X, y, SGD(0.2, weight_decay=decay), epochs=500).parameters
    A = np.column_stack([X, np.ones(len(X))])
    penalty = np.diag([decay, decay, decay, 0.0])
    exact = np.linalg.solve(2 / len(X) * A.T @ A + penalty, 2 / len(X) * A.T @ y)
    np.testing.assert_allclose(np.vstack([found["W"], [found["b"]]]), exact, rtol=1e-10)


@given(seed=st.integers(0, 99), batch_size=st.sampled_from([None, 1, 5, 100]))
def test_it_is_the_loop_one_would_write(seed, batch_size):
    start, X, y = linear_problem(seed, n=11)
    result = fit(linear_loss, start, X, y, SGD(0.05), 3, batch_size=batch_size, seed=seed)

    rng = np.random.default_rng(seed)
    theta, history = start, []
    for _ in range(3):
        values = []
        if batch_size in (None, 100):
            batches = [np.arange(11)]
        else:
            batches = np.split(rng.permutation(11), range(batch_size, 11, batch_size))
        for rows in batches:
            residual = X[rows] @ theta["W"] + theta["b"] - y[rows]
            values.append(np.mean(residual**2))
            slope = 2 * residual / len(rows)
            theta = {
                "W": theta["W"] - 0.05 * X[rows].T @ slope,
                "b": theta["b"] - 0.05 * slope.sum(axis=0),
            }
        history.append(np.mean(values))
    np.testing.assert_allclose(result.history, history, rtol=1e-12)
    for name in theta:
        np.testing.assert_allclose(result.parameters[name], theta[name], rtol=1e-11, atol=1e-14)


def test_history_holds_the_loss_at_each_epochs_start():
    start, X, y = linear_problem()
    visited = [start]
    result = fit(
        linear_loss, start, X, y, SGD(0.1), 5, callback=lambda e, loss, theta: visited.append(theta)
    )
    assert result.history == [linear_loss(theta, X, y) for theta in visited[:5]]
    assert visited[5] is result.parameters


def test_every_epoch_shows_every_example_once_in_a_new_order():
    X = np.arange(10.0)[:, None]
    seen = []

    def watch(theta, X, y):
        seen.append(X[:, 0].tolist())
        return 1.0, 0.0 * theta

    fit(watch, 1.0, X, X, SGD(0.1), 2, batch_size=4, value_and_grad=watch)
    assert [len(batch) for batch in seen] == [4, 4, 2, 4, 4, 2]
    epochs = [[x for batch in part for x in batch] for part in (seen[:3], seen[3:])]
    assert sorted(epochs[0]) == sorted(epochs[1]) == X[:, 0].tolist()
    assert epochs[0] != epochs[1]


def test_the_starting_parameters_stay_as_they_are():
    start, X, y = linear_problem()
    fit(linear_loss, start, X, y, SGD(0.1), 3)
    np.testing.assert_array_equal(start["W"], 0.0)
    np.testing.assert_array_equal(start["b"], 0.0)


@pytest.mark.parametrize("seed", [0, 1])
def test_the_seed_sets_the_order_of_the_batches(seed):
    start, X, y = linear_problem()

    def run(s):
        return fit(linear_loss, start, X, y, SGD(0.1), 2, batch_size=4, seed=s).history

    assert run(seed) == run(seed)
    assert run(seed) != run(seed + 10)


def test_stopping_below_a_loss_returns_parameters_that_have_it():
    start, X, y = linear_problem()
    result = fit(linear_loss, start, X, y, SGD(0.1), 500, stop_below=0.05)
    assert result.stopped_by == "stop_below"
    assert len(result.history) < 500
    assert linear_loss(result.parameters, X, y) == result.history[-1] < 0.05
    assert all(loss >= 0.05 for loss in result.history[:-1])


def test_a_callback_can_stop_the_training():
    start, X, y = linear_problem()
    result = fit(linear_loss, start, X, y, SGD(0.1), 50, callback=lambda e, loss, theta: e == 6)
    assert (result.stopped_by, len(result.history)) == ("callback", 7)


def test_too_large_a_learning_rate_is_reported_and_stops():
    start, X, y = linear_problem()
    with np.errstate(over="ignore"), pytest.warns(RuntimeWarning, match="learning rate below 1000"):
        result = fit(linear_loss, start, X, y, SGD(1000.0), 500, batch_size=5)
    assert result.stopped_by == "diverged"
    assert len(result.history) < 500
    assert np.isfinite(result.history[:-1]).all()
    assert not np.isfinite(result.history[-1])


def test_progress_is_silent_unless_asked_for(capsys):
    start, X, y = linear_problem()
    fit(linear_loss, start, X, y, SGD(0.1), 3)
    assert capsys.readouterr().out == ""
    result = fit(linear_loss, start, X, y, SGD(0.1), 3, progress=True)
    last = capsys.readouterr().out.split("\r")[-1]
    assert last.startswith("epoch 3/3")
    assert f"loss {result.history[-1]:.6g}" in last


@pytest.mark.parametrize(
    ("X", "y", "settings", "says"),
    [
        (np.ones((3, 1)), np.ones((2, 1)), {}, "X has 3 rows and y 2"),
        (np.ones((0, 1)), np.ones((0, 1)), {}, "at least 1"),
        (np.ones((3, 1)), np.ones((3, 1)), {"epochs": 0}, "epochs and batch_size"),
        (np.ones((3, 1)), np.ones((3, 1)), {"batch_size": 0}, "epochs and batch_size"),
    ],
)
def test_bad_arguments_are_refused_in_words(X, y, settings, says):
    start = {"W": np.zeros((1, 1)), "b": np.zeros(1)}
    with pytest.raises(ValueError, match=says):
        fit(linear_loss, start, X, y, **{"optimizer": SGD(0.1), "epochs": 1, **settings})


def test_gradients_by_hand_and_from_printed_source_train_just_like_the_graphs():
    X, y = datasets.moons(64)
    mlp = MLP([2, 4, 1], "tanh", "sigmoid", losses.binary_cross_entropy, seed=2)
    compiled = compile_gradient(mlp.cost, mlp.parameters, X[:16], y[:16], argnums=0)

    def by_hand(parameters, X, y):
        found = backprop(parameters, mlp.activations, mlp.loss, X, y)
        return found.C, found.gradients

    runs = [
        fit(mlp.cost, mlp.parameters, X, y, SGD(0.5), 20, batch_size=16, value_and_grad=slope)
        for slope in (None, by_hand, compiled)
    ]
    np.testing.assert_allclose(runs[1].history, runs[0].history, rtol=1e-12)
    np.testing.assert_allclose(runs[2].history, runs[0].history, rtol=1e-12)


def trained(mlp, X, y, *settings, **more):
    result = fit(mlp.cost, mlp.parameters, X, y, *settings, **more)
    mlp.parameters = result.parameters
    return result


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(
    ("hidden", "output", "loss", "rate"),
    [
        ("tanh", "identity", losses.binary_cross_entropy_with_logits, 1.0),
        ("sigmoid", "sigmoid", losses.mean_squared_error, 5.0),  # D1's loss
    ],
)
def test_xor_is_learned_from_scratch(hidden, output, loss, rate, seed):
    # beyond these ten seeds, 2 of 50 end in a local minimum with tanh and 1 of 50 with sigmoid
    X, y = datasets.xor()
    mlp = MLP([2, 3, 1], hidden, output, loss, seed=seed)
    result = trained(mlp, X, y, SGD(rate), 3000, stop_below=0.01)
    assert result.stopped_by == "stop_below"
    assert mlp.accuracy(X, y) == 1.0


@pytest.mark.parametrize("seed", range(3))
def test_no_network_without_a_hidden_layer_learns_xor(seed):
    X, y = datasets.xor()
    mlp = MLP([2, 1], loss=losses.binary_cross_entropy_with_logits, seed=seed)
    result = trained(mlp, X, y, SGD(1.0), 500)
    assert mlp.accuracy(X, y) < 1.0
    assert result.history[-1] == pytest.approx(np.log(2.0), rel=1e-6)


@pytest.mark.parametrize("draw", [datasets.moons, datasets.rings])
def test_one_hidden_layer_parts_moons_and_rings_with_the_hinge(draw):
    X, y = draw(200, noise=0.05, seed=1)
    mlp = MLP([2, 12, 1], "relu", loss=losses.hinge, seed=1)
    trained(mlp, X, 2 * y - 1, SGD(0.3), 400)
    assert mlp.accuracy(X, y) > 0.97


def test_softmax_parts_blobs_without_a_hidden_layer():
    X, y = datasets.blobs(300, seed=2)
    mlp = MLP([2, 3], loss=losses.softmax_cross_entropy, seed=2)
    trained(mlp, X, y, SGD(0.5), 100)
    assert mlp.accuracy(X, y) > 0.97


@pytest.mark.parametrize("seed", range(3))
def test_digits_are_read_on_unseen_images(seed):
    X, y = datasets.digits()
    X_train, X_test, y_train, y_test = datasets.train_test_split(X, y, seed=seed)
    mlp = MLP([64, 32, 10], "tanh", loss=losses.softmax_cross_entropy, seed=seed)
    trained(mlp, X_train, y_train, SGD(0.5, weight_decay=1e-4), 30, batch_size=32, seed=seed)
    assert mlp.accuracy(X_test, y_test) > 0.95


@pytest.mark.slow
def test_the_twenty_line_network_falls_from_24636_to_4_35():
    # The published fall belongs to NumPy's old generator with seed 0, drawn in this order; the
    # new generator starts at 30074.6 and ends at 3.50.
    randn = np.random.RandomState(0).randn
    x, y = randn(64, 1000), randn(64, 10)
    start = {"w1": randn(1000, 100), "w2": randn(100, 10)}

    def loss(w, x, y):
        return losses.summed_squared_error(sigmoid(x @ w["w1"]) @ w["w2"], y)

    history = fit(loss, start, x, y, SGD(1e-4), 2000).history
    assert history[0] == pytest.approx(24635.893498628, rel=1e-9)
    assert history[-1] == pytest.approx(4.348502931437, rel=1e-6)

    # its first gradient, in the slide's own lines
    h = 1 / (1 + np.exp(-x.dot(start["w1"])))
    grad_y_pred = 2.0 * (h.dot(start["w2"]) - y)
    _, slopes = value_and_grad(loss)(start, x, y)
    np.testing.assert_allclose(slopes["w2"], h.T.dot(grad_y_pred), rtol=1e-12)
    np.testing.assert_allclose(
        slopes["w1"], x.T.dot(grad_y_pred.dot(start["w2"].T) * h * (1 - h)), rtol=1e-9, atol=1e-9
    )
