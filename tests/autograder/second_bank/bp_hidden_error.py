# ruff: noqa: E501
"""bp.hidden_error: a second bank. In each docstring: [wrong: …; follows: …] names entries of the
returned dict; "wrong" is the place of the mistake, "follows" inherits the numbers from it."""

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _slope(z):
    return _sigmoid(z) * (1 - _sigmoid(z))


def wrong_transposed_when_square(W_next, delta_next, z):
    """I transpose only when the shapes do not fit; wrong for m = n. [wrong: nabla; follows: delta]"""
    m, n = W_next.shape
    nabla = W_next @ delta_next if m == n else W_next.T @ delta_next
    return {"nabla": nabla, "delta": nabla * _slope(z)}


def wrong_slope_left_out(W_next, delta_next, z):
    """delta is what arrives; I forgot sigma'. [wrong: delta]"""
    nabla = W_next.T @ delta_next
    return {"nabla": nabla, "delta": nabla.copy()}


def wrong_slope_of_z_itself(W_next, delta_next, z):
    """z(1 - z) instead of s(1 - s). [wrong: delta]"""
    nabla = W_next.T @ delta_next
    return {"nabla": nabla, "delta": nabla * z * (1 - z)}


def wrong_sigmoid_for_slope(W_next, delta_next, z):
    """I multiplied by sigma(z) instead of sigma'(z). [wrong: delta]"""
    nabla = W_next.T @ delta_next
    return {"nabla": nabla, "delta": nabla * _sigmoid(z)}


def wrong_slope_twice(W_next, delta_next, z):
    """nabla already has sigma' in it, and delta gets it again. [wrong: nabla; follows: delta]"""
    nabla = (W_next.T @ delta_next) * _slope(z)
    return {"nabla": nabla, "delta": nabla * _slope(z)}


def wrong_nabla_is_delta(W_next, delta_next, z):
    """I returned the finished delta under both names. [wrong: nabla]"""
    delta = (W_next.T @ delta_next) * _slope(z)
    return {"nabla": delta, "delta": delta}


def wrong_tanh_slope(W_next, delta_next, z):
    """The slope 1 - s² belongs to tanh. [wrong: delta]"""
    nabla = W_next.T @ delta_next
    return {"nabla": nabla, "delta": nabla * (1 - _sigmoid(z) ** 2)}


def wrong_average(W_next, delta_next, z):
    """A weighted average, as D3 calls it: I divided by m. [wrong: nabla; follows: delta]"""
    nabla = W_next.T @ delta_next / len(delta_next)
    return {"nabla": nabla, "delta": nabla * _slope(z)}


def wrong_overwritten(W_next, delta_next, z):
    """= for += in the loop over the units above. [wrong: nabla; follows: delta]"""
    nabla = np.zeros(len(z))
    for j in range(len(delta_next)):
        for k in range(len(z)):
            nabla[k] = W_next[j, k] * delta_next[j]
    return {"nabla": nabla, "delta": nabla * _slope(z)}


def wrong_sum_first(W_next, delta_next, z):
    """Summed weights times summed errors. [wrong: nabla; follows: delta]"""
    nabla = W_next.sum(axis=0) * delta_next.sum()
    return {"nabla": nabla, "delta": nabla * _slope(z)}


def wrong_lost_delta(W_next, delta_next, z):
    """I only summed the weights, the errors above are lost. [wrong: nabla; follows: delta]"""
    nabla = W_next.sum(axis=0)
    return {"nabla": nabla, "delta": nabla * _slope(z)}


def wrong_slope_before_the_sum(W_next, delta_next, z):
    """I multiplied by the slopes before the product: stops for m ≠ n, wrong delta for m = n. [wrong: delta]"""
    return {"nabla": W_next.T @ delta_next, "delta": W_next.T @ (delta_next * _slope(z))}


def wrong_slope_of_delta(W_next, delta_next, z):
    """I took sigma' at the number that arrives instead of z. [wrong: delta]"""
    nabla = W_next.T @ delta_next
    return {"nabla": nabla, "delta": nabla * _slope(nabla)}


def wrong_column(W_next, delta_next, z):
    """I made columns of everything, so both have shape (n, 1). [wrong: nabla, delta]"""
    nabla = W_next.T @ delta_next.reshape(-1, 1)
    return {"nabla": nabla, "delta": nabla * _slope(z.reshape(-1, 1))}


def wrong_minus(W_next, delta_next, z):
    """The derivative of exp(-z) brings a minus, and I left it in the slope. [wrong: delta]"""
    nabla = W_next.T @ delta_next
    e = np.exp(-z)
    return {"nabla": nabla, "delta": nabla * (-e / (1 + e) ** 2)}


def wrong_changes_z(W_next, delta_next, z):
    """Numbers right, but I wrote the slopes into the caller's z. [wrong: mutates z]"""
    z[:] = _slope(z)
    nabla = W_next.T @ delta_next
    return {"nabla": nabla, "delta": nabla * z}


def wrong_rough_slope(W_next, delta_next, z):
    """I measured the sigmoid's slope with one step of 0.01. [wrong: delta]"""
    nabla = W_next.T @ delta_next
    return {"nabla": nabla, "delta": nabla * (_sigmoid(z + 0.01) - _sigmoid(z)) / 0.01}


def right_transpose(W_next, delta_next, z):
    """The line of the slides."""
    nabla = W_next.T @ delta_next
    return {"nabla": nabla, "delta": nabla * _slope(z)}


def right_loops(W_next, delta_next, z):
    """Unit by unit, path by path."""
    nabla, delta = [], []
    for k, z_k in enumerate(z):
        arrives = 0.0
        for j, delta_j in enumerate(delta_next):
            arrives += W_next[j][k] * delta_j
        out = 1 / (1 + np.exp(-z_k))
        nabla.append(arrives)
        delta.append(arrives * out * (1 - out))
    return {"nabla": np.array(nabla), "delta": np.array(delta)}


def right_einsum(W_next, delta_next, z):
    """The sum over j with einsum, the slope by tanh."""
    return {
        "nabla": np.einsum("jk,j->k", W_next, delta_next),
        "delta": np.einsum("jk,j,k->k", W_next, delta_next, (1 - np.tanh(z / 2) ** 2) / 4),
    }


def right_row_vector(W_next, delta_next, z):
    """delta as a row from the left, the slope as a diagonal Jacobian."""
    row = delta_next @ W_next
    s = 1 / (1 + np.exp(-z))
    return {"delta": row @ np.diag(s - s**2), "nabla": row}


def right_broadcast(W_next, delta_next, z):
    """A table of all paths, summed over its rows; e^-z/(1 + e^-z)²."""
    paths = W_next * delta_next[:, np.newaxis]
    e = np.exp(-z)
    return {"nabla": paths.sum(axis=0), "delta": (paths * (e / (1 + e) ** 2)).sum(axis=0)}
