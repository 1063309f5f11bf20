# ruff: noqa: E501, B905, RUF059
"""case2.backward: a second bank. In each docstring: [wrong: …; follows: …] names entries of the
returned dict; "wrong" is the place of the mistake, "follows" inherits the numbers from it."""

import numpy as np


def _sigmoid(a):
    return 1 / (1 + np.exp(-a))


def _forward(alpha, beta, x):
    a = alpha[:, 0] + alpha[:, 1:] @ x
    z = np.concatenate([[1.0], _sigmoid(a)])
    b = beta @ z
    return a, z, b, _sigmoid(b)


def _finish(alpha, beta, x, dy, db, dbeta, dz, da):
    return {
        "dy": dy,
        "db": db,
        "dbeta": dbeta,
        "dz": dz,
        "da": da,
        "dalpha": np.outer(da, np.r_[1.0, x]),
        "dx": alpha[:, 1:].T @ da,
    }


def wrong_slides_sum_first(alpha, beta, x, y_star):
    """I did what the slide says: sum the weights, times the summed errors. [wrong: dx]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = db * beta[1:]
    da = dz * z[1:] * (1 - z[1:])
    found = _finish(alpha, beta, x, db / (y * (1 - y)), db, db * z, dz, da)
    found["dx"] = da.sum() * alpha[:, 1:].sum(axis=0)
    return found


def wrong_hidden_slope_left_out(alpha, beta, x, y_star):
    """I passed dz on as da; the hidden sigmoid is missing. [wrong: da; follows: dalpha, dx]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = db * beta[1:]
    return _finish(alpha, beta, x, db / (y * (1 - y)), db, db * z, dz, dz.copy())


def wrong_hidden_slope_from_a(alpha, beta, x, y_star):
    """s(1 - s) with a, the number before the sigmoid. [wrong: da; follows: dalpha, dx]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = db * beta[1:]
    return _finish(alpha, beta, x, db / (y * (1 - y)), db, db * z, dz, dz * a * (1 - a))


def wrong_hidden_slope_twice(alpha, beta, x, y_star):
    """I had the slope in dz already and took it once more. [wrong: dz; follows: da, dalpha, dx]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    slope = z[1:] * (1 - z[1:])
    dz = db * beta[1:] * slope
    return _finish(alpha, beta, x, db / (y * (1 - y)), db, db * z, dz, dz * slope)


def wrong_slope_of_the_output(alpha, beta, x, y_star):
    """I used y(1 - y) for the hidden units too. [wrong: da; follows: dalpha, dx]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = db * beta[1:]
    return _finish(alpha, beta, x, db / (y * (1 - y)), db, db * z, dz, dz * y * (1 - y))


def wrong_output_slope_left_out(alpha, beta, x, y_star):
    """db = dy, I skipped module 4. [wrong: db; follows: dbeta, dz, da, dalpha, dx]"""
    a, z, b, y = _forward(alpha, beta, x)
    dy = -y_star / y + (1 - y_star) / (1 - y)
    db = dy
    dz = db * beta[1:]
    return _finish(alpha, beta, x, dy, db, db * z, dz, dz * z[1:] * (1 - z[1:]))


def wrong_sign_of_the_slides(alpha, beta, x, y_star):
    """I used the slide's dJ/dy. [wrong: dy; follows: db, dbeta, dz, da, dalpha, dx]"""
    a, z, b, y = _forward(alpha, beta, x)
    dy = y_star / y + (1 - y_star) / (y - 1)
    db = dy * y * (1 - y)
    dz = db * beta[1:]
    return _finish(alpha, beta, x, dy, db, db * z, dz, dz * z[1:] * (1 - z[1:]))


def wrong_dbeta_from_a(alpha, beta, x, y_star):
    """For dbeta I multiplied by a, before the sigmoid, not by z. [wrong: dbeta]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = db * beta[1:]
    dbeta = db * np.concatenate([[1.0], a])
    return _finish(alpha, beta, x, db / (y * (1 - y)), db, dbeta, dz, dz * z[1:] * (1 - z[1:]))


def wrong_bias_of_output_is_zero(alpha, beta, x, y_star):
    """z_0 is a constant, so I set the derivative by beta_0 to 0. [wrong: dbeta]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = db * beta[1:]
    dbeta = db * z
    dbeta[0] = 0.0
    return _finish(alpha, beta, x, db / (y * (1 - y)), db, dbeta, dz, dz * z[1:] * (1 - z[1:]))


def wrong_beta_shifted(alpha, beta, x, y_star):
    """I dropped the last entry of beta and not the bias. [wrong: dz; follows: da, dalpha, dx]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = db * beta[:-1]
    return _finish(alpha, beta, x, db / (y * (1 - y)), db, db * z, dz, dz * z[1:] * (1 - z[1:]))


def wrong_dz_lost_upstream(alpha, beta, x, y_star):
    """dz is just beta, I forgot to multiply by db. [wrong: dz; follows: da, dalpha, dx]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = beta[1:].copy()
    return _finish(alpha, beta, x, db / (y * (1 - y)), db, db * z, dz, dz * z[1:] * (1 - z[1:]))


def wrong_dz_for_the_constant_too(alpha, beta, x, y_star):
    """I kept z_0 in dz, D + 1 entries, and dropped it only for da. [wrong: dz]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = db * beta
    da = dz[1:] * z[1:] * (1 - z[1:])
    return _finish(alpha, beta, x, db / (y * (1 - y)), db, db * z, dz, da)


def wrong_bias_column_last(alpha, beta, x, y_star):
    """I appended the 1 to x at the end, so the biases' column comes last. [wrong: dalpha]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = db * beta[1:]
    da = dz * z[1:] * (1 - z[1:])
    found = _finish(alpha, beta, x, db / (y * (1 - y)), db, db * z, dz, da)
    found["dalpha"] = np.outer(da, np.append(x, 1.0))
    return found


def wrong_dalpha_reshaped(alpha, beta, x, y_star):
    """outer gave the other shape, so I reshaped it until it fitted. [wrong: dalpha]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = db * beta[1:]
    da = dz * z[1:] * (1 - z[1:])
    found = _finish(alpha, beta, x, db / (y * (1 - y)), db, db * z, dz, da)
    found["dalpha"] = np.outer(np.r_[1.0, x], da).reshape(alpha.shape)
    return found


def wrong_dalpha_lost_slope(alpha, beta, x, y_star):
    """For dalpha I used dz instead of da. [wrong: dalpha]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = db * beta[1:]
    da = dz * z[1:] * (1 - z[1:])
    found = _finish(alpha, beta, x, db / (y * (1 - y)), db, db * z, dz, da)
    found["dalpha"] = np.outer(dz, np.r_[1.0, x])
    return found


def wrong_dx_transposed_when_square(alpha, beta, x, y_star):
    """I tried the product without a transpose and transposed only if NumPy complained; wrong for D = M. [wrong: dx]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = db * beta[1:]
    da = dz * z[1:] * (1 - z[1:])
    found = _finish(alpha, beta, x, db / (y * (1 - y)), db, db * z, dz, da)
    try:
        found["dx"] = alpha[:, 1:] @ da
    except ValueError:
        found["dx"] = alpha[:, 1:].T @ da
    return found


def wrong_dx_overwritten(alpha, beta, x, y_star):
    """My loop over the units says = where += had to be: only the last unit counts. [wrong: dx]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = db * beta[1:]
    da = dz * z[1:] * (1 - z[1:])
    found = _finish(alpha, beta, x, db / (y * (1 - y)), db, db * z, dz, da)
    dx = np.zeros(len(x))
    for j in range(len(da)):
        for i in range(len(x)):
            dx[i] = da[j] * alpha[j, i + 1]
    found["dx"] = dx
    return found


def wrong_dx_averaged(alpha, beta, x, y_star):
    """I took the mean over the hidden units instead of the sum. [wrong: dx]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = db * beta[1:]
    da = dz * z[1:] * (1 - z[1:])
    found = _finish(alpha, beta, x, db / (y * (1 - y)), db, db * z, dz, da)
    found["dx"] = np.mean(da[:, None] * alpha[:, 1:], axis=0)
    return found


def wrong_dx_columns_shifted(alpha, beta, x, y_star):
    """I cut off the last column of alpha where the biases' had to go. [wrong: dx]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = db * beta[1:]
    da = dz * z[1:] * (1 - z[1:])
    found = _finish(alpha, beta, x, db / (y * (1 - y)), db, db * z, dz, da)
    found["dx"] = da @ alpha[:, :-1]
    return found


def wrong_beta_after_a_step(alpha, beta, x, y_star):
    """I updated beta at once and used the new one for dz. [wrong: dz; follows: da, dalpha, dx]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dbeta = db * z
    beta = beta - 0.1 * dbeta
    dz = db * beta[1:]
    return _finish(alpha, beta, x, db / (y * (1 - y)), db, dbeta, dz, dz * z[1:] * (1 - z[1:]))


def wrong_changes_beta(alpha, beta, x, y_star):
    """All numbers are right, but dz is a view of beta and *= changes the caller's beta. [wrong: mutates beta]"""
    a, z, b, y = _forward(alpha, beta, x)
    db = y - y_star
    dz = beta[1:]
    dz *= db
    return _finish(alpha, beta, x, db / (y * (1 - y)), db, db * z, dz, dz * z[1:] * (1 - z[1:]))


def right_matrix(alpha, beta, x, y_star):
    """Modules 5 to 1, a line each."""
    a, z, b, y = _forward(alpha, beta, x)
    dy = -y_star / y + (1 - y_star) / (1 - y)
    db = dy * y * (1 - y)
    dz = db * beta[1:]
    return _finish(alpha, beta, x, dy, db, db * z, dz, dz * z[1:] * (1 - z[1:]))


def right_loops(alpha, beta, x, y_star):
    """Indices and loops only."""
    D, M = alpha.shape[0], alpha.shape[1] - 1
    ones = [1.0, *x]
    a = [sum(alpha[j][i] * ones[i] for i in range(M + 1)) for j in range(D)]
    z = [1.0] + [1 / (1 + np.exp(-a[j])) for j in range(D)]
    y = 1 / (1 + np.exp(-sum(beta[j] * z[j] for j in range(D + 1))))
    dy = (1 - y_star) / (1 - y) - y_star / y
    db = dy * y * (1 - y)
    dbeta, dz, da = np.zeros(D + 1), np.zeros(D), np.zeros(D)
    dalpha, dx = np.zeros((D, M + 1)), np.zeros(M)
    for j in range(D + 1):
        dbeta[j] = db * z[j]
    for j in range(D):
        dz[j] = db * beta[j + 1]
        da[j] = dz[j] * z[j + 1] * (1 - z[j + 1])
        for i in range(M + 1):
            dalpha[j, i] = da[j] * ones[i]
        for i in range(M):
            dx[i] += da[j] * alpha[j, i + 1]
    return {"dy": dy, "db": db, "dbeta": dbeta, "dz": dz, "da": da, "dalpha": dalpha, "dx": dx}


def right_einsum(alpha, beta, x, y_star):
    """The index formulas as einsum."""
    x1 = np.r_[1.0, x]
    z = np.r_[1.0, _sigmoid(np.einsum("ji,i->j", alpha, x1))]
    y = _sigmoid(np.einsum("j,j->", beta, z))
    db = y - y_star
    dz = db * beta
    da = np.einsum("j,j,j->j", dz, z, 1 - z)  # entry 0 is 0, since z_0 = 1
    return {
        "dy": db / (y * (1 - y)),
        "db": db,
        "dbeta": db * z,
        "dz": dz[1:],
        "da": da[1:],
        "dalpha": np.einsum("j,i->ji", da[1:], x1),
        "dx": np.einsum("j,ji->i", da[1:], alpha)[1:],
    }


def right_jacobians(alpha, beta, x, y_star):
    """Row vector times Jacobians of the modules, from the left."""
    a, z, b, y = _forward(alpha, beta, x)
    dy = np.array([[(y - y_star) / (y - y**2)]])
    db = dy @ np.array([[y - y**2]])
    dz = db @ beta[None, 1:]
    da = dz @ np.diag(z[1:] - z[1:] ** 2)
    dx = da @ alpha[:, 1:]
    dalpha = da.T @ np.hstack([[1.0], x])[None, :]
    return {
        "dy": dy.item(),
        "db": db.item(),
        "dbeta": (db @ z[None, :])[0],
        "dz": dz[0],
        "da": da[0],
        "dalpha": dalpha,
        "dx": dx[0],
    }


def right_unit_by_unit(alpha, beta, x, y_star):
    """Each hidden unit as a little Case 1 of its own; rows stacked at the end."""
    a, z, b, y = _forward(alpha, beta, x)
    p_right = y if y_star else 1 - y
    dy = (-1 if y_star else 1) / p_right
    db = y - y_star
    rows, dx = [], np.zeros_like(x)
    for weights, out, down in zip(alpha, z[1:], beta[1:]):
        error = db * down * out * (1 - out)
        rows.append(error * np.insert(x, 0, 1))
        dx = dx + error * weights[1:]
    dalpha = np.vstack(rows)
    return {
        "dx": dx,
        "dalpha": dalpha,
        "da": dalpha[:, 0].copy(),
        "dz": db * beta[1:],
        "dbeta": db * z,
        "db": db,
        "dy": dy,
    }
