# ruff: noqa: E501, B905, RUF059
"""quiz2.backward: a second bank. In each docstring: [wrong: …; follows: …] names entries of the
returned dict; "wrong" is the place of the mistake, "follows" inherits the numbers from it."""

import numpy as np


def _sigmoid(a):
    return 1 / (1 + np.exp(-a))


def _forward(x, alpha1, alpha2, beta):
    a1 = alpha1 @ x
    z1 = _sigmoid(a1)
    a2 = alpha2 @ z1
    z2 = _sigmoid(a2)
    b = beta @ z2
    return a1, z1, a2, z2, b, _sigmoid(b)


def wrong_last_sigmoid_skipped(x, alpha1, alpha2, beta):
    """I began with db = 1, as if b were the output. [wrong: db; follows: dbeta, da2, dalpha2, da1, dalpha1]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = 1.0
    da2 = db * beta * z2 * (1 - z2)
    da1 = alpha2.T @ da2 * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(da2, z1),
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_error_of_case1(x, alpha1, alpha2, beta):
    """I started with y - 1 as in Case 1, there is no loss here. [wrong: db; follows: dbeta, da2, dalpha2, da1, dalpha1]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y - 1
    da2 = db * beta * z2 * (1 - z2)
    da1 = alpha2.T @ da2 * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(da2, z1),
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_slope_from_b(x, alpha1, alpha2, beta):
    """b(1 - b) at the output instead of y(1 - y). [wrong: db; follows: dbeta, da2, dalpha2, da1, dalpha1]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = b * (1 - b)
    da2 = db * beta * z2 * (1 - z2)
    da1 = alpha2.T @ da2 * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(da2, z1),
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_minus(x, alpha1, alpha2, beta):
    """I put a minus in front, because we descend. [wrong: db; follows: dbeta, da2, dalpha2, da1, dalpha1]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = -y * (1 - y)
    da2 = db * beta * z2 * (1 - z2)
    da1 = alpha2.T @ da2 * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(da2, z1),
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_dbeta_before_the_sigmoid(x, alpha1, alpha2, beta):
    """dbeta with a2, the numbers before the sigmoid. [wrong: dbeta]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    da2 = db * beta * z2 * (1 - z2)
    da1 = alpha2.T @ da2 * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": db * a2,
        "da2": da2,
        "dalpha2": np.outer(da2, z1),
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_second_slope_left_out(x, alpha1, alpha2, beta):
    """I stopped at z2 and called it da2. [wrong: da2; follows: dalpha2, da1, dalpha1]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    da2 = db * beta
    da1 = alpha2.T @ da2 * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(da2, z1),
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_first_slope_left_out(x, alpha1, alpha2, beta):
    """da1 without the first layer's sigmoid. [wrong: da1; follows: dalpha1]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    da2 = db * beta * z2 * (1 - z2)
    da1 = alpha2.T @ da2
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(da2, z1),
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_slope_of_a_slope(x, alpha1, alpha2, beta):
    """I fed z1 into a function sigma'(a) that takes the sigmoid again. [wrong: da1; follows: dalpha1]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    da2 = db * beta * z2 * (1 - z2)
    da1 = alpha2.T @ da2 * _sigmoid(z1) * (1 - _sigmoid(z1))
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(da2, z1),
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_slope_twice(x, alpha1, alpha2, beta):
    """sigma' of layer 2 in da2 and once more on the way down to da1. [wrong: da1; follows: dalpha1]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    da2 = db * beta * z2 * (1 - z2)
    da1 = alpha2.T @ (da2 * z2 * (1 - z2)) * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(da2, z1),
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_lost_upstream_at_layer_2(x, alpha1, alpha2, beta):
    """da2 = beta times its slope; I forgot db. [wrong: da2; follows: dalpha2, da1, dalpha1]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    da2 = beta * z2 * (1 - z2)
    da1 = alpha2.T @ da2 * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(da2, z1),
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_dalpha2_before_the_sigmoid(x, alpha1, alpha2, beta):
    """What came into layer 2: I took a1, it is z1. [wrong: dalpha2]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    da2 = db * beta * z2 * (1 - z2)
    da1 = alpha2.T @ da2 * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(da2, a1),
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_outer_reshaped(x, alpha1, alpha2, beta):
    """The outer products came out the wrong way round and I reshaped them. [wrong: dalpha2, dalpha1]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    da2 = db * beta * z2 * (1 - z2)
    da1 = alpha2.T @ da2 * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(z1, da2).reshape(alpha2.shape),
        "da1": da1,
        "dalpha1": np.outer(x, da1).reshape(alpha1.shape),
    }


def wrong_transposed_when_square(x, alpha1, alpha2, beta):
    """I add the .T only when NumPy complains; wrong if both hidden layers are equally large. [wrong: da1; follows: dalpha1]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    da2 = db * beta * z2 * (1 - z2)
    try:
        dz1 = alpha2 @ da2
    except ValueError:
        dz1 = alpha2.T @ da2
    da1 = dz1 * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(da2, z1),
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_sum_overwritten(x, alpha1, alpha2, beta):
    """= for += in the loop over the receiving units. [wrong: da1; follows: dalpha1]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    da2 = db * beta * z2 * (1 - z2)
    da1 = np.zeros(len(z1))
    for k in range(len(z1)):
        for j in range(len(z2)):
            da1[k] = da2[j] * alpha2[j, k] * z1[k] * (1 - z1[k])
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(da2, z1),
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_sum_first(x, alpha1, alpha2, beta):
    """I summed the weights of each column and multiplied by the summed da2. [wrong: da1; follows: dalpha1]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    da2 = db * beta * z2 * (1 - z2)
    da1 = np.sum(da2) * np.sum(alpha2, axis=0) * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(da2, z1),
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_mean_over_units(x, alpha1, alpha2, beta):
    """Mean over the receiving units instead of the sum. [wrong: da1; follows: dalpha1]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    da2 = db * beta * z2 * (1 - z2)
    da1 = (da2[:, None] * alpha2).mean(axis=0) * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(da2, z1),
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_weights_already_moved(x, alpha1, alpha2, beta):
    """I take a step with alpha2 at once and send da2 back through the new one. [wrong: da1; follows: dalpha1]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    da2 = db * beta * z2 * (1 - z2)
    dalpha2 = np.outer(da2, z1)
    alpha2 = alpha2 + 0.5 * dalpha2
    da1 = alpha2.T @ da2 * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": dalpha2,
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_dalpha1_skips_the_slope(x, alpha1, alpha2, beta):
    """For dalpha1 I used dz1 by mistake. [wrong: dalpha1]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    da2 = db * beta * z2 * (1 - z2)
    dz1 = alpha2.T @ da2
    da1 = dz1 * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(da2, z1),
        "da1": da1,
        "dalpha1": np.outer(dz1, x),
    }


def wrong_changes_beta(x, alpha1, alpha2, beta):
    """All numbers right, but `da2 = beta; da2 *= …` writes into the caller's beta. [wrong: mutates beta]"""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    da2 = beta
    da2 *= db * z2 * (1 - z2)
    da1 = alpha2.T @ da2 * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": np.outer(da2, z1),
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def wrong_finite_differences(x, alpha1, alpha2, beta):
    """I measured the matrices' slopes with a step of 0.001 on one side: not backward, and 3 to 4 digits. [wrong: dalpha2, dalpha1]"""

    def y_of(alpha1, alpha2):
        return _forward(x, alpha1, alpha2, beta)[-1]

    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    da2 = db * beta * z2 * (1 - z2)
    da1 = alpha2.T @ da2 * z1 * (1 - z1)
    h, dalpha1, dalpha2 = 1e-3, np.zeros(alpha1.shape), np.zeros(alpha2.shape)
    for at in np.ndindex(alpha1.shape):
        moved = alpha1.copy()
        moved[at] += h
        dalpha1[at] = (y_of(moved, alpha2) - y) / h
    for at in np.ndindex(alpha2.shape):
        moved = alpha2.copy()
        moved[at] += h
        dalpha2[at] = (y_of(alpha1, moved) - y) / h
    return {
        "db": db,
        "dbeta": db * z2,
        "da2": da2,
        "dalpha2": dalpha2,
        "da1": da1,
        "dalpha1": dalpha1,
    }


def right_vectors(x, alpha1, alpha2, beta):
    """One line a step, in the order of the text."""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y * (1 - y)
    dbeta, dz2 = db * z2, db * beta
    da2 = dz2 * z2 * (1 - z2)
    dalpha2, dz1 = np.outer(da2, z1), da2 @ alpha2
    da1 = dz1 * z1 * (1 - z1)
    return {
        "db": db,
        "dbeta": dbeta,
        "da2": da2,
        "dalpha2": dalpha2,
        "da1": da1,
        "dalpha1": np.outer(da1, x),
    }


def right_loops(x, alpha1, alpha2, beta):
    """Loops over j and k."""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    (D1, D0), D2 = alpha1.shape, len(beta)
    db = y * (1 - y)
    dbeta, da2, da1 = [0.0] * D2, [0.0] * D2, [0.0] * D1
    dalpha2, dalpha1 = np.zeros((D2, D1)), np.zeros((D1, D0))
    for j in range(D2):
        dbeta[j] = db * z2[j]
        da2[j] = db * beta[j] * z2[j] * (1 - z2[j])
        for k in range(D1):
            dalpha2[j, k] = da2[j] * z1[k]
            da1[k] += da2[j] * alpha2[j, k] * z1[k] * (1 - z1[k])
    for k in range(D1):
        for i in range(D0):
            dalpha1[k, i] = da1[k] * x[i]
    return {
        "db": db,
        "dbeta": np.array(dbeta),
        "da2": np.array(da2),
        "dalpha2": dalpha2,
        "da1": np.array(da1),
        "dalpha1": dalpha1,
    }


def right_einsum(x, alpha1, alpha2, beta):
    """Everything in index notation."""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    db = y - y * y
    s2, s1 = z2 - z2**2, z1 - z1**2
    return {
        "db": db,
        "dbeta": np.einsum(",j->j", db, z2),
        "da2": np.einsum(",j,j->j", db, beta, s2),
        "dalpha2": np.einsum(",j,j,k->jk", db, beta, s2, z1),
        "da1": np.einsum(",j,j,jk,k->k", db, beta, s2, alpha2, s1),
        "dalpha1": np.einsum(",j,j,jk,k,i->ki", db, beta, s2, alpha2, s1, x),
    }


def right_jacobians_from_below(x, alpha1, alpha2, beta):
    """Builds the Jacobians dy/da1 = dy/db · db/da2 · da2/da1 from the input's side."""
    a1, z1, a2, z2, b, y = _forward(x, alpha1, alpha2, beta)
    a2_by_a1 = alpha2 @ np.diag(z1 * (1 - z1))
    b_by_a2 = beta @ np.diag(z2 * (1 - z2))
    b_by_a1 = b_by_a2 @ a2_by_a1
    slope = y * (1 - y)
    return {
        "dalpha1": slope * b_by_a1[:, None] * x[None, :],
        "da1": slope * b_by_a1,
        "dalpha2": slope * b_by_a2[:, None] * z1,
        "da2": slope * b_by_a2,
        "dbeta": slope * z2,
        "db": slope,
    }


def right_any_depth(x, alpha1, alpha2, beta):
    """A loop over layers, beta as a matrix of one row; slopes by cosh."""
    layers = [alpha1, alpha2, beta[None, :]]
    values, sums = [x], []
    for weights in layers:
        sums.append(weights @ values[-1])
        values.append(1 / (1 + np.exp(-sums[-1])))
    arriving, found = np.ones(1), []
    for weights, a, came_in in zip(layers[::-1], sums[::-1], values[-2::-1]):
        error = arriving / (4 * np.cosh(a / 2) ** 2)
        found.append((error, error[:, None] * came_in))
        arriving = weights.T @ error
    (db, dbeta), (da2, dalpha2), (da1, dalpha1) = found
    return {
        "db": db[0],
        "dbeta": dbeta[0],
        "da2": da2,
        "dalpha2": dalpha2,
        "da1": da1,
        "dalpha1": dalpha1,
    }
