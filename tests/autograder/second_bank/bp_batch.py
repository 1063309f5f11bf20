# ruff: noqa: E501, E741, RUF059
"""bp.batch: a second bank. In each docstring: [wrong: …; follows: …] names entries of the
returned dict; "wrong" is the place of the mistake, "follows" inherits the numbers from it."""

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _forward(W, b, X):
    A = {1: X}
    for l in range(2, max(W) + 1):
        A[l] = _sigmoid(A[l - 1] @ W[l] + b[l])
    return A


def _cost(A, Y):
    return 0.5 * np.sum((A[max(A)] - Y) ** 2) / len(Y)


def _errors(W, A, top):
    """BP2 from a given delta of the last layer."""
    delta = {max(W): top}
    for l in range(max(W) - 1, 1, -1):
        delta[l] = (delta[l + 1] @ W[l + 1].T) * A[l] * (1 - A[l])
    return delta


def _top(A, Y):
    last = A[max(A)]
    return (last - Y) * last * (1 - last) / len(Y)


def _gradients(A, delta):
    dW = {l: A[l - 1].T @ delta[l] for l in delta}
    db = {l: delta[l].sum(axis=0) for l in delta}
    return dW, db


def wrong_sum_for_mean(W, b, X, Y):
    """The cost is the sum over the examples in mine, no 1/N anywhere. [wrong: C, delta; follows: dW, db]"""
    A = _forward(W, b, X)
    delta = _errors(W, A, _top(A, Y) * len(Y))
    dW, db = _gradients(A, delta)
    return {"C": _cost(A, Y) * len(Y), "delta": delta, "dW": dW, "db": db}


def wrong_mean_only_in_the_cost(W, b, X, Y):
    """C has its 1/N, the errors have none. [wrong: delta; follows: dW, db]"""
    A = _forward(W, b, X)
    delta = _errors(W, A, _top(A, Y) * len(Y))
    dW, db = _gradients(A, delta)
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def wrong_averaged_twice(W, b, X, Y):
    """delta has its 1/N, and I averaged dW and db over the examples again. [wrong: dW, db]"""
    A = _forward(W, b, X)
    delta = _errors(W, A, _top(A, Y))
    dW = {l: A[l - 1].T @ delta[l] / len(X) for l in delta}
    db = {l: delta[l].mean(axis=0) for l in delta}
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def wrong_averaged_in_every_layer(W, b, X, Y):
    """I divide by N in every layer, not only at the top. [wrong: delta of the hidden layers; follows: dW, db]"""
    A = _forward(W, b, X)
    delta = {max(W): _top(A, Y)}
    for l in range(max(W) - 1, 1, -1):
        delta[l] = (delta[l + 1] @ W[l + 1].T) * A[l] * (1 - A[l]) / len(X)
    dW, db = _gradients(A, delta)
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def wrong_bias_mean(W, b, X, Y):
    """db as the mean of the rows of delta: the biases alone have 1/N twice. [wrong: db]"""
    A = _forward(W, b, X)
    delta = _errors(W, A, _top(A, Y))
    dW, db = _gradients(A, delta)
    return {
        "C": _cost(A, Y),
        "delta": delta,
        "dW": dW,
        "db": {l: delta[l].mean(axis=0) for l in delta},
    }


def wrong_bias_axis(W, b, X, Y):
    """I summed along the rows: one number for each example, shape (N,). [wrong: db]"""
    A = _forward(W, b, X)
    delta = _errors(W, A, _top(A, Y))
    dW, db = _gradients(A, delta)
    return {
        "C": _cost(A, Y),
        "delta": delta,
        "dW": dW,
        "db": {l: delta[l].sum(axis=1) for l in delta},
    }


def wrong_bias_one_number(W, b, X, Y):
    """np.sum without an axis: all biases of a layer get the same number. [wrong: db]"""
    A = _forward(W, b, X)
    delta = _errors(W, A, _top(A, Y))
    dW, db = _gradients(A, delta)
    return {
        "C": _cost(A, Y),
        "delta": delta,
        "dW": dW,
        "db": {l: np.zeros_like(b[l]) + np.sum(delta[l]) for l in delta},
    }


def wrong_bias_last_example(W, b, X, Y):
    """db from the last row of delta only. [wrong: db]"""
    A = _forward(W, b, X)
    delta = _errors(W, A, _top(A, Y))
    dW, db = _gradients(A, delta)
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": {l: delta[l][-1] for l in delta}}


def wrong_last_example_wins(W, b, X, Y):
    """A loop over the examples that overwrites dW and db instead of adding. [wrong: dW, db]"""
    A = _forward(W, b, X)
    delta = _errors(W, A, _top(A, Y))
    dW, db = {}, {}
    for n in range(len(X)):
        for l in delta:
            dW[l] = np.outer(A[l - 1][n], delta[l][n])
            db[l] = delta[l][n]
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def wrong_output_slope_left_out(W, b, X, Y):
    """BP1 without sigma'. [wrong: delta of layer L; follows: delta below, dW, db]"""
    A = _forward(W, b, X)
    delta = _errors(W, A, (A[max(A)] - Y) / len(Y))
    dW, db = _gradients(A, delta)
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def wrong_hidden_slope_left_out(W, b, X, Y):
    """BP2 without sigma'. [wrong: delta of the hidden layers; follows: dW, db]"""
    A = _forward(W, b, X)
    delta = {max(W): _top(A, Y)}
    for l in range(max(W) - 1, 1, -1):
        delta[l] = delta[l + 1] @ W[l + 1].T
    dW, db = _gradients(A, delta)
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def wrong_sigmoid_twice(W, b, X, Y):
    """My sigma'(z) takes the sigmoid itself, and I fed it with a. [wrong: delta of the hidden layers; follows: dW, db]"""
    A = _forward(W, b, X)
    delta = {max(W): _top(A, Y)}
    for l in range(max(W) - 1, 1, -1):
        s = _sigmoid(A[l])
        delta[l] = delta[l + 1] @ W[l + 1].T * s * (1 - s)
    dW, db = _gradients(A, delta)
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def wrong_slope_of_layer_above(W, b, X, Y):
    """In BP2 I took the slope of layer l + 1 before the product. [wrong: delta of the hidden layers; follows: dW, db]"""
    A = _forward(W, b, X)
    delta = {max(W): _top(A, Y)}
    for l in range(max(W) - 1, 1, -1):
        delta[l] = (delta[l + 1] * A[l + 1] * (1 - A[l + 1])) @ W[l + 1].T
    dW, db = _gradients(A, delta)
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def wrong_activation_of_this_layer(W, b, X, Y):
    """In BP4 I took what left the layer, not what came in: fits only where layers are equal. [wrong: dW]"""
    A = _forward(W, b, X)
    delta = _errors(W, A, _top(A, Y))
    dW, db = _gradients(A, delta)
    for l in delta:
        if A[l].shape == A[l - 1].shape:
            dW[l] = A[l].T @ delta[l]
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def wrong_input_before_the_sigmoid(W, b, X, Y):
    """BP4 with z of the layer below instead of a. [wrong: dW above the first matrix]"""
    A, Z = {1: X}, {1: X}
    for l in range(2, max(W) + 1):
        Z[l] = A[l - 1] @ W[l] + b[l]
        A[l] = _sigmoid(Z[l])
    delta = _errors(W, A, _top(A, Y))
    dW, db = _gradients(A, delta)
    return {
        "C": _cost(A, Y),
        "delta": delta,
        "dW": {l: Z[l - 1].T @ delta[l] for l in delta},
        "db": db,
    }


def wrong_dW_transposed(W, b, X, Y):
    """dW as Nielsen has it, (units, inputs), for rows: right numbers, turned round. [wrong: dW]"""
    A = _forward(W, b, X)
    delta = _errors(W, A, _top(A, Y))
    dW, db = _gradients(A, delta)
    return {
        "C": _cost(A, Y),
        "delta": delta,
        "dW": {l: delta[l].T @ A[l - 1] for l in delta},
        "db": db,
    }


def wrong_W_transposed_when_square(W, b, X, Y):
    """In BP2 I transpose only where the shapes demand it. [wrong: delta below a square layer; follows: dW, db]"""
    A = _forward(W, b, X)
    delta = {max(W): _top(A, Y)}
    for l in range(max(W) - 1, 1, -1):
        try:
            arrives = delta[l + 1] @ W[l + 1]
            arrives = arrives * A[l]  # stops if the widths differ
            delta[l] = arrives * (1 - A[l])
        except ValueError:
            delta[l] = delta[l + 1] @ W[l + 1].T * A[l] * (1 - A[l])
    dW, db = _gradients(A, delta)
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def wrong_new_weights_for_the_next_delta(W, b, X, Y):
    """I make the step with W[l] at once and use the new W for the layer below. [wrong: delta of the hidden layers; follows: dW, db]"""
    A = _forward(W, b, X)
    delta, dW, db = {}, {}, {}
    error = _top(A, Y)
    for l in range(max(W), 1, -1):
        delta[l], dW[l], db[l] = error, A[l - 1].T @ error, error.sum(axis=0)
        new = W[l] - 1.0 * dW[l]
        error = error @ new.T * A[l - 1] * (1 - A[l - 1])
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def wrong_mean_over_outputs_too(W, b, X, Y):
    """np.mean over everything: divided by N and by the number of outputs. [wrong: C, delta; follows: dW, db]"""
    A = _forward(W, b, X)
    delta = _errors(W, A, _top(A, Y) / Y.shape[1])
    dW, db = _gradients(A, delta)
    return {"C": 0.5 * np.mean((A[max(A)] - Y) ** 2), "delta": delta, "dW": dW, "db": db}


def wrong_no_half(W, b, X, Y):
    """I forgot the ½ and differentiated the square with its 2. [wrong: C, delta; follows: dW, db]"""
    A = _forward(W, b, X)
    delta = _errors(W, A, 2 * _top(A, Y))
    dW, db = _gradients(A, delta)
    return {"C": 2 * _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def wrong_sign(W, b, X, Y):
    """y - a at the top. [wrong: delta; follows: dW, db]"""
    A = _forward(W, b, X)
    delta = _errors(W, A, -_top(A, Y))
    dW, db = _gradients(A, delta)
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def wrong_bias_forgotten_forward(W, b, X, Y):
    """My forward pass adds the bias in the last layer only. [wrong: C and all that follows from the forward pass]"""
    A = {1: X}
    for l in range(2, max(W) + 1):
        A[l] = _sigmoid(A[l - 1] @ W[l] + (b[l] if l == max(W) else 0.0))
    delta = _errors(W, A, _top(A, Y))
    dW, db = _gradients(A, delta)
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def wrong_lost_upstream(W, b, X, Y):
    """Every hidden layer starts from the output's delta of ones: errors above are lost. [wrong: delta of the hidden layers; follows: dW, db]"""
    A = _forward(W, b, X)
    delta = {max(W): _top(A, Y)}
    for l in range(max(W) - 1, 1, -1):
        delta[l] = np.ones_like(delta[l + 1]) @ W[l + 1].T * A[l] * (1 - A[l]) / len(X)
    dW, db = _gradients(A, delta)
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def wrong_two_layers_only(W, b, X, Y):
    """Written for one hidden layer; with more, the first ones get no delta. [wrong: delta, dW, db of deep networks: entries missing]"""
    A = _forward(W, b, X)
    L = max(W)
    delta = {L: _top(A, Y)}
    if L > 2:
        delta[L - 1] = delta[L] @ W[L].T * A[L - 1] * (1 - A[L - 1])
    dW, db = _gradients(A, delta)
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def wrong_empties_the_dict(W, b, X, Y):
    """Numbers right, but I take the layers out of the caller's W with pop. [wrong: mutates W]"""
    A = _forward(W, b, X)
    delta, error, cost = {}, _top(A, Y), _cost(A, Y)
    while W:
        l = max(W)
        delta[l] = error
        error = error @ W.pop(l).T * A[l - 1] * (1 - A[l - 1])
    dW, db = _gradients(A, delta)
    return {"C": cost, "delta": delta, "dW": dW, "db": db}


def wrong_difference_of_costs(W, b, X, Y):
    """dW and db measured with a step of 0.01 on one side: no backward pass, two or three digits. [wrong: dW, db]"""
    A = _forward(W, b, X)
    delta = _errors(W, A, _top(A, Y))
    C, h = _cost(A, Y), 0.01
    dW = {l: np.zeros(W[l].shape) for l in W}
    db = {l: np.zeros(b[l].shape) for l in b}
    for l in W:
        for at in np.ndindex(W[l].shape):
            moved = {**W, l: W[l].copy()}
            moved[l][at] += h
            dW[l][at] = (_cost(_forward(moved, b, X), Y) - C) / h
        for at in np.ndindex(b[l].shape):
            moved = {**b, l: b[l].copy()}
            moved[l][at] += h
            db[l][at] = (_cost(_forward(W, moved, X), Y) - C) / h
    return {"C": C, "delta": delta, "dW": dW, "db": db}


def right_rows(W, b, X, Y):
    """Rows from end to end, 1/N at the top."""
    A = _forward(W, b, X)
    delta = _errors(W, A, _top(A, Y))
    dW, db = _gradients(A, delta)
    return {"C": _cost(A, Y), "delta": delta, "dW": dW, "db": db}


def right_example_by_example(W, b, X, Y):
    """Each example on its own with vectors, divided and added up."""
    N, L = len(X), max(W)
    C = 0.0
    delta = {l: np.zeros((N, len(b[l]))) for l in W}
    dW = {l: np.zeros(W[l].shape) for l in W}
    db = {l: np.zeros(b[l].shape) for l in W}
    for n in range(N):
        a = {1: X[n]}
        for l in range(2, L + 1):
            a[l] = 1 / (1 + np.exp(-(W[l].T @ a[l - 1] + b[l])))
        C += sum((a[L] - Y[n]) ** 2) / 2 / N
        error = (a[L] - Y[n]) * a[L] * (1 - a[L]) / N
        for l in range(L, 1, -1):
            delta[l][n] = error
            dW[l] += np.outer(a[l - 1], error)
            db[l] += error
            error = W[l] @ error * a[l - 1] * (1 - a[l - 1])
    return {"C": C, "delta": delta, "dW": dW, "db": db}


def right_columns(W, b, X, Y):
    """Transposed to Nielsen's columns and back at the end; the whole divided by N once."""
    N, L = len(X), max(W)
    V = {l: W[l].T for l in W}
    A = {1: X.T}
    for l in sorted(V):
        A[l] = 1 / (1 + np.exp(-(V[l] @ A[l - 1] + b[l][:, None])))
    D = {L: (A[L] - Y.T) * (A[L] - A[L] ** 2)}
    for l in sorted(V, reverse=True)[1:]:
        D[l] = (V[l + 1].T @ D[l + 1]) * (A[l] - A[l] ** 2)
    return {
        "C": np.sum((A[L] - Y.T) ** 2) / (2 * N),
        "delta": {l: D[l].T / N for l in D},
        "dW": {l: (D[l] @ A[l - 1].T).T / N for l in D},
        "db": {l: D[l] @ np.ones(N) / N for l in D},
    }


def right_einsum(W, b, X, Y):
    """Index notation, filled from the top down."""
    A = {1: X}
    for l in sorted(W):
        A[l] = (1 + np.tanh((np.einsum("nm,mk->nk", A[l - 1], W[l]) + b[l]) / 2)) / 2
    L = max(W)
    gap = A[L] - Y
    delta = {L: np.einsum("nk,nk,nk->nk", gap, A[L], 1 - A[L]) / Y.shape[0]}
    for l in range(L, 2, -1):
        delta[l - 1] = np.einsum("nk,mk,nm,nm->nm", delta[l], W[l], A[l - 1], 1 - A[l - 1])
    return {
        "C": np.einsum("nk,nk->", gap, gap) / 2 / Y.shape[0],
        "delta": delta,
        "dW": {l: np.einsum("nm,nk->mk", A[l - 1], delta[l]) for l in delta},
        "db": {l: np.einsum("nk->k", delta[l]) for l in delta},
    }


def right_recursion(W, b, X, Y):
    """A function that calls itself for the layers above and fills the dicts on its way back."""
    N, delta, dW, db = len(X), {}, {}, {}

    def arriving(a, l):
        """dC/da of the layer below l, given its output a; and C."""
        if l > max(W):
            return (a - Y) / N, float(np.mean(np.sum((a - Y) ** 2, axis=1)) / 2)
        out = 1 / (1 + np.exp(-(a @ W[l] + b[l])))
        above, C = arriving(out, l + 1)
        delta[l] = above * out * (1 - out)
        dW[l], db[l] = a.T.dot(delta[l]), np.add.reduce(delta[l])
        return delta[l] @ W[l].T, C

    C = arriving(X, 2)[1]
    return {"C": C, "delta": delta, "dW": dW, "db": db}
