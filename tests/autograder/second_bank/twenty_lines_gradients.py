# ruff: noqa: E501, B905, RET504
"""twenty_lines.gradients: a second bank. In each docstring: [wrong: …; follows: …] names entries of
the returned dict; "wrong" is the place of the mistake, "follows" inherits the numbers from it."""

import numpy as np


def _forward(x, w1, b1, w2, b2):
    h = 1 / (1 + np.exp(-(x @ w1 + b1)))
    return h, h @ w2 + b2


def _all(x, y, w1, b1, w2, b2):
    h, y_pred = _forward(x, w1, b1, w2, b2)
    g = 2 * (y_pred - y)
    grad_h = g @ w2.T
    grad_a = grad_h * h * (1 - h)
    return {
        "loss": np.sum((y_pred - y) ** 2),
        "grad_y_pred": g,
        "grad_w2": h.T @ g,
        "grad_b2": g.sum(axis=0),
        "grad_h": grad_h,
        "grad_w1": x.T @ grad_a,
        "grad_b1": grad_a.sum(axis=0),
    }


def _below(x, w2, h, g, loss):
    """Everything below a given grad_y_pred, rightly."""
    grad_h = g @ w2.T
    grad_a = grad_h * h * (1 - h)
    return {
        "loss": loss,
        "grad_y_pred": g,
        "grad_w2": h.T @ g,
        "grad_b2": g.sum(axis=0),
        "grad_h": grad_h,
        "grad_w1": x.T @ grad_a,
        "grad_b1": grad_a.sum(axis=0),
    }


def wrong_no_factor_two(x, y, w1, b1, w2, b2):
    """y_pred - y as before, with the ½ in my head. [wrong: grad_y_pred; follows: all other gradients]"""
    h, y_pred = _forward(x, w1, b1, w2, b2)
    return _below(x, w2, h, y_pred - y, np.sum((y_pred - y) ** 2))


def wrong_mean_over_examples(x, y, w1, b1, w2, b2):
    """Mean over the examples, as in bp.batch. [wrong: loss, grad_y_pred; follows: all other gradients]"""
    h, y_pred = _forward(x, w1, b1, w2, b2)
    return _below(x, w2, h, 2 * (y_pred - y) / len(x), np.sum((y_pred - y) ** 2) / len(x))


def wrong_mean_in_the_loss_only(x, y, w1, b1, w2, b2):
    """np.mean for the loss, gradients of the sum. [wrong: loss]"""
    h, y_pred = _forward(x, w1, b1, w2, b2)
    return _below(x, w2, h, 2 * (y_pred - y), np.mean((y_pred - y) ** 2))


def wrong_half_in_the_loss(x, y, w1, b1, w2, b2):
    """½ in the loss, from the sections before. [wrong: loss]"""
    h, y_pred = _forward(x, w1, b1, w2, b2)
    return _below(x, w2, h, 2 * (y_pred - y), 0.5 * np.sum((y_pred - y) ** 2))


def wrong_sign(x, y, w1, b1, w2, b2):
    """y - y_pred. [wrong: grad_y_pred; follows: all other gradients]"""
    h, y_pred = _forward(x, w1, b1, w2, b2)
    return _below(x, w2, h, 2 * (y - y_pred), np.sum((y_pred - y) ** 2))


def wrong_sigmoid_at_the_output(x, y, w1, b1, w2, b2):
    """I put a sigmoid on the output too, out of habit. [wrong: loss, grad_y_pred and all that follows]"""
    h, b = _forward(x, w1, b1, w2, b2)
    y_pred = 1 / (1 + np.exp(-b))
    g = 2 * (y_pred - y)
    below = _below(x, w2, h, g * y_pred * (1 - y_pred), np.sum((y_pred - y) ** 2))
    return {**below, "grad_y_pred": g}


def wrong_output_slope(x, y, w1, b1, w2, b2):
    """y_pred has no sigmoid, but I multiplied by y_pred(1 - y_pred) below it. [wrong: grad_w2, grad_b2, grad_h; follows: grad_w1, grad_b1]"""
    h, y_pred = _forward(x, w1, b1, w2, b2)
    g = 2 * (y_pred - y)
    below = _below(x, w2, h, g * y_pred * (1 - y_pred), np.sum((y_pred - y) ** 2))
    return {**below, "grad_y_pred": g}


def wrong_slope_left_out(x, y, w1, b1, w2, b2):
    """Nothing between grad_h and the first layer. [wrong: grad_w1, grad_b1]"""
    found = _all(x, y, w1, b1, w2, b2)
    return {**found, "grad_w1": x.T @ found["grad_h"], "grad_b1": found["grad_h"].sum(axis=0)}


def wrong_slope_in_grad_h(x, y, w1, b1, w2, b2):
    """My grad_h is the derivative before the sigmoid; the first layer is right. [wrong: grad_h]"""
    found = _all(x, y, w1, b1, w2, b2)
    h, _ = _forward(x, w1, b1, w2, b2)
    return {**found, "grad_h": found["grad_h"] * h * (1 - h)}


def wrong_slope_twice(x, y, w1, b1, w2, b2):
    """The slope in grad_h and again below. [wrong: grad_h; follows: grad_w1, grad_b1]"""
    found = _all(x, y, w1, b1, w2, b2)
    h, _ = _forward(x, w1, b1, w2, b2)
    grad_h = found["grad_h"] * h * (1 - h)
    grad_a = grad_h * h * (1 - h)
    return {**found, "grad_h": grad_h, "grad_w1": x.T @ grad_a, "grad_b1": grad_a.sum(axis=0)}


def wrong_relu_mask(x, y, w1, b1, w2, b2):
    """grad_h[h < 0] = 0, as in the versions with ReLU. [wrong: grad_w1, grad_b1]"""
    found = _all(x, y, w1, b1, w2, b2)
    before = x @ w1 + b1
    grad_a = np.where(before < 0, 0.0, found["grad_h"])
    return {**found, "grad_w1": x.T @ grad_a, "grad_b1": grad_a.sum(axis=0)}


def wrong_slope_from_before(x, y, w1, b1, w2, b2):
    """s(1 - s) with the numbers before the sigmoid. [wrong: grad_w1, grad_b1]"""
    found = _all(x, y, w1, b1, w2, b2)
    a = x @ w1 + b1
    grad_a = found["grad_h"] * a * (1 - a)
    return {**found, "grad_w1": x.T @ grad_a, "grad_b1": grad_a.sum(axis=0)}


def wrong_b1_from_grad_h(x, y, w1, b1, w2, b2):
    """For b1 alone I summed grad_h and forgot the sigmoid. [wrong: grad_b1]"""
    found = _all(x, y, w1, b1, w2, b2)
    return {**found, "grad_b1": found["grad_h"].sum(axis=0)}


def wrong_biases_averaged(x, y, w1, b1, w2, b2):
    """The mean over the rows for both biases. [wrong: grad_b1, grad_b2]"""
    found = _all(x, y, w1, b1, w2, b2)
    return {**found, "grad_b1": found["grad_b1"] / len(x), "grad_b2": found["grad_b2"] / len(x)}


def wrong_bias_axis(x, y, w1, b1, w2, b2):
    """axis=1: one number for each example. [wrong: grad_b2]"""
    found = _all(x, y, w1, b1, w2, b2)
    return {**found, "grad_b2": found["grad_y_pred"].sum(axis=1)}


def wrong_bias_one_number(x, y, w1, b1, w2, b2):
    """The same sum over everything for every output's bias. [wrong: grad_b2]"""
    found = _all(x, y, w1, b1, w2, b2)
    return {**found, "grad_b2": np.full(b2.shape, found["grad_y_pred"].sum())}


def wrong_bias_of_one_row(x, y, w1, b1, w2, b2):
    """The bias takes the first example's derivative only. [wrong: grad_b2]"""
    found = _all(x, y, w1, b1, w2, b2)
    return {**found, "grad_b2": found["grad_y_pred"][0]}


def wrong_w2_moved_first(x, y, w1, b1, w2, b2):
    """I updated w2 at once and found grad_h with the new one. [wrong: grad_h; follows: grad_w1, grad_b1]"""
    h, y_pred = _forward(x, w1, b1, w2, b2)
    g = 2 * (y_pred - y)
    new = w2 - 0.01 * (h.T @ g)
    below = _below(x, new, h, g, np.sum((y_pred - y) ** 2))
    return below


def wrong_transposed_when_square(x, y, w1, b1, w2, b2):
    """.T on w2 only if the shapes demand it; wrong for H = D_out. [wrong: grad_h; follows: grad_w1, grad_b1]"""
    h, y_pred = _forward(x, w1, b1, w2, b2)
    way = w2.T if w2.shape[0] == w2.shape[1] else w2
    return _below(x, way, h, 2 * (y_pred - y), np.sum((y_pred - y) ** 2))


def wrong_grad_h_overwritten(x, y, w1, b1, w2, b2):
    """= for += in the loop over the outputs. [wrong: grad_h; follows: grad_w1, grad_b1]"""
    found = _all(x, y, w1, b1, w2, b2)
    h, _ = _forward(x, w1, b1, w2, b2)
    grad_h = np.zeros_like(h)
    for k in range(w2.shape[1]):
        grad_h = np.outer(found["grad_y_pred"][:, k], w2[:, k])
    grad_a = grad_h * h * (1 - h)
    return {**found, "grad_h": grad_h, "grad_w1": x.T @ grad_a, "grad_b1": grad_a.sum(axis=0)}


def wrong_weights_averaged(x, y, w1, b1, w2, b2):
    """I divided the weights' gradients by N, not the biases' and not the loss. [wrong: grad_w1, grad_w2]"""
    found = _all(x, y, w1, b1, w2, b2)
    return {**found, "grad_w1": found["grad_w1"] / len(x), "grad_w2": found["grad_w2"] / len(x)}


def wrong_updates_like_the_slide(x, y, w1, b1, w2, b2):
    """Numbers right, but at the end I do the slide's w2 -= … on the caller's arrays. [wrong: mutates w1, w2]"""
    found = _all(x, y, w1, b1, w2, b2)
    w1 -= 1e-4 * found["grad_w1"]
    w2 -= 1e-4 * found["grad_w2"]
    return found


def wrong_changes_y(x, y, w1, b1, w2, b2):
    """Numbers right, but the difference is made in the caller's y. [wrong: mutates y]"""
    h, y_pred = _forward(x, w1, b1, w2, b2)
    y *= -1
    y += y_pred
    return _below(x, w2, h, 2 * y, np.sum(y**2))


def wrong_measured(x, y, w1, b1, w2, b2):
    """grad_w1 by moving each weight by 0.01: no backward pass, few digits. [wrong: grad_w1]"""
    found = _all(x, y, w1, b1, w2, b2)
    grad_w1 = np.zeros(w1.shape)
    for at in np.ndindex(w1.shape):
        moved = w1.copy()
        moved[at] += 0.01
        grad_w1[at] = (np.sum((_forward(x, moved, b1, w2, b2)[1] - y) ** 2) - found["loss"]) / 0.01
    return {**found, "grad_w1": grad_w1}


def right_slide(x, y, w1, b1, w2, b2):
    """The slide's lines, with biases."""
    h = 1 / (1 + np.exp(-(x.dot(w1) + b1)))
    y_pred = h.dot(w2) + b2
    loss = np.square(y_pred - y).sum()
    grad_y_pred = 2.0 * (y_pred - y)
    grad_w2 = h.T.dot(grad_y_pred)
    grad_h = grad_y_pred.dot(w2.T)
    grad_w1 = x.T.dot(grad_h * h * (1 - h))
    return {
        "loss": loss,
        "grad_y_pred": grad_y_pred,
        "grad_w2": grad_w2,
        "grad_b2": grad_y_pred.sum(axis=0),
        "grad_h": grad_h,
        "grad_w1": grad_w1,
        "grad_b1": (grad_h * h * (1 - h)).sum(axis=0),
    }


def right_loops(x, y, w1, b1, w2, b2):
    """Every index by itself."""
    N, D, H, K = len(x), x.shape[1], w2.shape[0], w2.shape[1]
    loss, g, grad_h = 0.0, np.zeros((N, K)), np.zeros((N, H))
    grad_w2, grad_b2 = np.zeros((H, K)), np.zeros(K)
    grad_w1, grad_b1 = np.zeros((D, H)), np.zeros(H)
    for n in range(N):
        h = [
            1 / (1 + np.exp(-(b1[j] + sum(x[n, i] * w1[i, j] for i in range(D))))) for j in range(H)
        ]
        for k in range(K):
            gap = b2[k] + sum(h[j] * w2[j, k] for j in range(H)) - y[n, k]
            loss += gap * gap
            g[n, k] = 2 * gap
            grad_b2[k] += 2 * gap
            for j in range(H):
                grad_w2[j, k] += h[j] * 2 * gap
                grad_h[n, j] += 2 * gap * w2[j, k]
        for j in range(H):
            error = grad_h[n, j] * h[j] * (1 - h[j])
            grad_b1[j] += error
            for i in range(D):
                grad_w1[i, j] += error * x[n, i]
    return {
        "loss": loss,
        "grad_y_pred": g,
        "grad_w2": grad_w2,
        "grad_b2": grad_b2,
        "grad_h": grad_h,
        "grad_w1": grad_w1,
        "grad_b1": grad_b1,
    }


def right_einsum(x, y, w1, b1, w2, b2):
    """Index notation, tanh for the sigmoid."""
    h = 0.5 + 0.5 * np.tanh(0.5 * (np.einsum("ni,ij->nj", x, w1) + b1))
    gap = np.einsum("nj,jk->nk", h, w2) + b2 - y
    error = 2 * np.einsum("nk,jk,nj->nj", gap, w2, h - h**2)
    return {
        "loss": np.einsum("nk,nk->", gap, gap),
        "grad_y_pred": gap + gap,
        "grad_w2": 2 * np.einsum("nj,nk->jk", h, gap),
        "grad_b2": 2 * np.einsum("nk->k", gap),
        "grad_h": 2 * np.einsum("nk,jk->nj", gap, w2),
        "grad_w1": np.einsum("ni,nj->ij", x, error),
        "grad_b1": np.einsum("nj->j", error),
    }


def right_bias_as_weight(x, y, w1, b1, w2, b2):
    """A column of ones on each layer's input; the bias is the matrix's first row."""
    ones = np.ones((len(x), 1))
    X, V1, V2 = np.hstack([ones, x]), np.vstack([b1, w1]), np.vstack([b2, w2])
    h = 1 / (1 + np.exp(-X @ V1))
    Hh = np.hstack([ones, h])
    gap = Hh @ V2 - y
    G2 = Hh.T @ (2 * gap)
    grad_H = 2 * gap @ V2.T
    G1 = X.T @ (grad_H[:, 1:] * h * (1 - h))
    return {
        "loss": float(np.trace(gap.T @ gap)),
        "grad_y_pred": 2 * gap,
        "grad_w2": G2[1:],
        "grad_b2": G2[0],
        "grad_h": grad_H[:, 1:],
        "grad_w1": G1[1:],
        "grad_b1": G1[0],
    }


def right_example_by_example(x, y, w1, b1, w2, b2):
    """Vectors for one example at a time, added up."""
    rows_g, rows_h = [], []
    loss, gw1, gb1, gw2, gb2 = 0.0, 0.0, 0.0, 0.0, 0.0
    for x_n, y_n in zip(x, y):
        h = 1 / (1 + np.exp(-(w1.T @ x_n + b1)))
        g = 2 * (w2.T @ h + b2 - y_n)
        back = w2 @ g
        loss = loss + g @ g / 4
        gw2, gb2 = gw2 + np.outer(h, g), gb2 + g
        gw1, gb1 = gw1 + np.outer(x_n, back * h * (1 - h)), gb1 + back * h * (1 - h)
        rows_g.append(g)
        rows_h.append(back)
    return {
        "loss": loss,
        "grad_y_pred": np.array(rows_g),
        "grad_w2": gw2,
        "grad_b2": gb2,
        "grad_h": np.array(rows_h),
        "grad_w1": gw1,
        "grad_b1": gb1,
    }
