# ruff: noqa: E501
"""Second bank for softmax.backward: softmax_backward(b, targets) -> db, with the 1/N of the mean."""

import numpy as np


def _softmax(b):
    e = np.exp(b - b.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


# ---- wrong ----
def wrong_mean_forgotten(b, targets):
    """y - target without the 1/N of the mean: N times too large (right for N = 1)."""
    return {"db": _softmax(b) - targets}


def wrong_divided_by_all_entries(b, targets):
    """Divided by the number of all entries, N·K, instead of N (np.size instead of len)."""
    return {"db": (_softmax(b) - targets) / b.size}


def wrong_divided_by_classes(b, targets):
    """Divided by the number of classes K instead of N: right only where N = K."""
    return {"db": (_softmax(b) - targets) / b.shape[1]}


def wrong_sign(b, targets):
    """target - y: the log-likelihood's gradient, one would climb it."""
    return {"db": (targets - _softmax(b)) / len(b)}


def wrong_axis(b, targets):
    """Softmax over the examples (axis 0) instead of the classes."""
    e = np.exp(b - b.max(axis=0))
    return {"db": (e / e.sum(axis=0) - targets) / len(b)}


def wrong_sum_over_all(b, targets):
    """The denominator sums over the whole batch: right only for one example."""
    e = np.exp(b - b.max())
    return {"db": (e / e.sum() - targets) / len(b)}


def wrong_overflows(b, targets):
    """The formula as printed: nan from logits of about 710 on; right for small ones."""
    with np.errstate(all="ignore"):
        e = np.exp(b)
        return {"db": (e / e.sum(axis=1, keepdims=True) - targets) / len(b)}


def wrong_one_maximum_for_all(b, targets):
    """Subtracts the maximum of the whole batch: a row far below underflows to 0/0 = nan."""
    with np.errstate(all="ignore"):
        e = np.exp(b - b.max())
        return {"db": (e / e.sum(axis=1, keepdims=True) - targets) / len(b)}


def wrong_only_right_class(b, targets):
    """The gradient only at the right class, (y - 1) there and 0 elsewhere: other classes lost."""
    y = _softmax(b)
    return {"db": targets * (y - 1) / len(b)}


def wrong_diagonal_only(b, targets):
    """The softmax treated entry by entry: -t/y times y(1-y), the off-diagonal terms lost."""
    y = _softmax(b)
    return {"db": -targets * (1 - y) / len(b)}


def wrong_stops_at_probabilities(b, targets):
    """Stops at the probabilities: dJ/dy = -t/y, the softmax's Jacobian forgotten."""
    y = np.maximum(_softmax(b), 1e-300)
    return {"db": -targets / y / len(b)}


def wrong_two_steps(b, targets):
    """Both nodes one after the other with the Jacobian: right for moderate logits, and
    0 times infinity = nan where the right class's probability is rounded to 0."""
    y = _softmax(b)
    with np.errstate(all="ignore"):
        dy = -targets / y / len(b)
        return {"db": y * (dy - (dy * y).sum(axis=1, keepdims=True))}


def wrong_clipped_probabilities(b, targets):
    """As in two steps, with y clipped at 1e-12 against the nan: a confidently wrong row gets a
    gradient of nearly 0 instead of ±1/N."""
    y = _softmax(b)
    dy = -targets / np.maximum(y, 1e-12) / len(b)
    return {"db": y * (dy - (dy * y).sum(axis=1, keepdims=True))}


def wrong_logits_minus_targets(b, targets):
    """The logits instead of the probabilities: (b - t)/N."""
    return {"db": (b - targets) / len(b)}


def wrong_sigmoids(b, targets):
    """A sigmoid for each class instead of the softmax: rows do not sum to 0."""
    s = np.exp(-np.logaddexp(0, -b))
    return {"db": (s - targets) / len(b)}


def wrong_times_sigma_prime(b, targets):
    """The quadratic loss's habit: (y - t)·y·(1 - y), the slope too much."""
    y = _softmax(b)
    return {"db": (y - targets) * y * (1 - y) / len(b)}


def wrong_logits_changed(b, targets):
    """Right numbers, but the caller's logits are shifted in place (b -= max): in-place mutation."""
    b -= b.max(axis=1, keepdims=True)
    return {"db": (_softmax(b) - targets) / len(b)}


def wrong_summed_over_batch(b, targets):
    """Summed over the examples, as a bias would be: shape (K,) instead of (N, K)."""
    return {"db": (_softmax(b) - targets).mean(axis=0)}


def wrong_transposed_when_square(b, targets):
    """max without keepdims broadcasts along the wrong axis where N = K; elsewhere it would crash,
    so I transpose there: shapes fit, square batches are wrong. Not shift-proof: sum as well."""
    e = np.exp(
        np.clip(b - (b.max(axis=1) if len(b) == b.shape[1] else b.max(axis=1)[:, None]), -700, 700)
    )
    total = e.sum(axis=1)
    y = e / (total if len(b) == b.shape[1] else total[:, None])
    return {"db": (y - targets) / len(b)}


def wrong_finite_difference(b, targets):
    """One-sided differences of J with h = 1e-4 instead of backpropagation: some four digits."""

    def J(c):
        top = c.max(axis=1, keepdims=True)
        logs = c - top - np.log(np.exp(c - top).sum(axis=1, keepdims=True))
        return -(np.where(targets > 0, logs, 0.0) * targets).sum() / len(c)

    db, h = np.zeros(b.shape), 1e-4
    for place in np.ndindex(b.shape):
        moved = np.array(b, dtype=float)
        moved[place] += h
        db[place] = (J(moved) - J(b)) / h
    return {"db": db}


# ---- right ----
def right_short(b, targets):
    """(y - t)/N."""
    return {"db": (_softmax(b) - targets) / len(b)}


def right_logsumexp(b, targets):
    """Via log y = b - logsumexp(b), exponential at the end; mean as a product with 1/N."""
    total = np.logaddexp.reduce(b, axis=1, keepdims=True)
    return {"db": (np.exp(b - total) - targets) * (1.0 / b.shape[0])}


def right_loops(b, targets):
    """Example by example, class by class, the right class found with argmax."""
    N, K = b.shape
    db = np.zeros((N, K))
    for i in range(N):
        top = max(b[i])
        e = [np.exp(v - top) for v in b[i]]
        total = sum(e)
        right = int(np.argmax(targets[i]))
        for k in range(K):
            db[i, k] = (e[k] / total - (1.0 if k == right else 0.0)) / N
    return {"db": db}


def right_pairs(b, targets):
    """y_k = 1 / Σ_l exp(b_l - b_k), without any maximum: overflow gives 1/inf = 0, which is right."""
    with np.errstate(over="ignore"):
        y = 1 / np.exp(b[:, None, :] - b[:, :, None]).sum(axis=2)
    return {"db": (y - targets) / b.shape[0]}


def right_einsum_jacobian_of_log(b, targets):
    """Full Jacobian of log y, ∂log y_k/∂b_l = [k = l] - y_l, contracted with -t/N by einsum."""
    y = _softmax(b)
    N, K = b.shape
    jacobian = np.eye(K)[None] - y[:, None, :]
    return {"db": np.einsum("ik,ikl->il", -targets / N, jacobian)}
