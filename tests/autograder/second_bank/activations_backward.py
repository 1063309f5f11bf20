# ruff: noqa: E501
"""Second bank for activations.backward: activations_backward(z, upstream)
-> dsigmoid, dtanh, drelu, dsoftplus (each upstream times local, entry by entry; z up to ±900).
"""

import numpy as np


def _sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + small), small / (1 + small))


def _right(z, upstream):
    s, t = _sigmoid(z), np.tanh(z)
    return {
        "dsigmoid": upstream * s * (1 - s),
        "dtanh": upstream * (1 - t**2),
        "drelu": upstream * (z > 0),
        "dsoftplus": upstream * s,
    }


# ---- wrong ----
def wrong_upstream_forgotten(z, upstream):
    """The slopes alone, without upstream: all four."""
    return _right(z, np.ones_like(z))


def wrong_preactivation_in_slope(z, upstream):
    """The short forms with z instead of the output: dsigmoid z(1-z), dtanh 1-z²; others right."""
    return _right(z, upstream) | {
        "dsigmoid": upstream * z * (1 - z),
        "dtanh": upstream * (1 - z**2),
    }


def wrong_activation_applied_twice(z, upstream):
    """I took the slope at the output: σ(s)(1-σ(s)) and 1-tanh²(t). dsigmoid and dtanh are wrong."""
    s, t = _sigmoid(_sigmoid(z)), np.tanh(np.tanh(z))
    return _right(z, upstream) | {
        "dsigmoid": upstream * s * (1 - s),
        "dtanh": upstream * (1 - t**2),
    }


def wrong_tanh_not_squared(z, upstream):
    """1 - tanh instead of 1 - tanh². Only dtanh is wrong."""
    return _right(z, upstream) | {"dtanh": upstream * (1 - np.tanh(z))}


def wrong_tanh_like_sigmoid(z, upstream):
    """t(1 - t) as for the sigmoid. Only dtanh is wrong."""
    t = np.tanh(z)
    return _right(z, upstream) | {"dtanh": upstream * t * (1 - t)}


def wrong_relu_of_upstream(z, upstream):
    """ReLU of the gradient: keeps positive upstream wherever z is. Only drelu."""
    return _right(z, upstream) | {"drelu": np.maximum(0, upstream)}


def wrong_relu_clipped(z, upstream):
    """Clips the gradient to 0…1 where the unit is on, as the slide says. Only drelu."""
    return _right(z, upstream) | {"drelu": np.clip(upstream, 0, 1) * (z > 0)}


def wrong_relu_on_at_zero(z, upstream):
    """z >= 0: slope 1 at the kink. Only drelu, and only where z is exactly 0."""
    return _right(z, upstream) | {"drelu": upstream * (z >= 0)}


def wrong_relu_half_at_zero(z, upstream):
    """Slope one half at the kink, as central differences say. Only drelu at z = 0."""
    return _right(z, upstream) | {"drelu": upstream * np.heaviside(z, 0.5)}


def wrong_relu_value(z, upstream):
    """Upstream times the ReLU's value instead of its slope. Only drelu."""
    return _right(z, upstream) | {"drelu": upstream * np.maximum(0, z)}


def wrong_softplus_of_minus(z, upstream):
    """σ(-z), a sign lost in the exponent. Only dsoftplus."""
    return _right(z, upstream) | {"dsoftplus": upstream * _sigmoid(-z)}


def wrong_softplus_one_over(z, upstream):
    """The inner derivative e^z forgotten: 1/(1 + e^z). Only dsoftplus."""
    with np.errstate(all="ignore"):
        return _right(z, upstream) | {"dsoftplus": upstream / (1 + np.exp(z))}


def wrong_softplus_slope_of_slope(z, upstream):
    """I took σ' = σ(1-σ) for the softplus too: once too often differentiated. Only dsoftplus."""
    s = _sigmoid(z)
    return _right(z, upstream) | {"dsoftplus": upstream * s * (1 - s)}


def wrong_overflows(z, upstream):
    """e^z/(1+e^z) and the slide's first form of σ': nan far out (z = 800 and -800)."""
    with np.errstate(all="ignore"):
        return _right(z, upstream) | {
            "dsigmoid": upstream * np.exp(-z) / (np.exp(-z) + 1) ** 2,
            "dsoftplus": upstream * np.exp(z) / (1 + np.exp(z)),
        }


def wrong_tanh_by_exponentials(z, upstream):
    """4/(e^z + e^-z)² squared as (e^z - e^-z)/(e^z + e^-z): nan at ±800. Only dtanh, far out."""
    with np.errstate(all="ignore"):
        t = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
        return _right(z, upstream) | {"dtanh": upstream * (1 - t * t)}


def wrong_upstream_changed(z, upstream):
    """drelu writes zeros into the upstream array itself, and I compute it first: dsigmoid, dtanh
    and dsoftplus then lack their entries at z <= 0, and the caller's array is changed."""
    drelu = upstream
    drelu[z <= 0] = 0
    return _right(z, upstream) | {"drelu": drelu}


def wrong_summed(z, upstream):
    """I summed each over the last axis, as in a matrix layer: the shapes are wrong (all four)."""
    return {name: np.asarray(value).sum(axis=-1) for name, value in _right(z, upstream).items()}


def wrong_finite_differences(z, upstream):
    """One-sided differences with h = 1e-5 instead of formulas: 5 digits for dsigmoid,
    dtanh and dsoftplus; drelu is right except at z = 0, where it gets 1."""
    h = 1e-5

    def softplus(v):
        return np.maximum(v, 0) + np.log1p(np.exp(-np.abs(v)))

    def relu(v):
        return np.maximum(v, 0)

    pairs = {"dsigmoid": _sigmoid, "dtanh": np.tanh, "drelu": relu, "dsoftplus": softplus}
    return {name: upstream * (f(z + h) - f(z)) / h for name, f in pairs.items()}


def wrong_sigmoid_sign(z, upstream):
    """s(s - 1): the sign of σ' turned round. Only dsigmoid."""
    s = _sigmoid(z)
    return _right(z, upstream) | {"dsigmoid": upstream * s * (s - 1)}


# ---- right ----
def right_from_outputs(z, upstream):
    """The short forms, from each activation's own value."""
    return _right(z, upstream)


def right_small_exponentials(z, upstream):
    """Everything with e = exp(-|z|): σ' = e/(1+e)², tanh' = 4q/(1+q)² with q = e²; where for masks."""
    e = np.exp(-np.abs(z))
    q = e * e
    return {
        "dsigmoid": upstream * e / (1 + e) ** 2,
        "dtanh": upstream * 4 * q / (1 + q) ** 2,
        "drelu": np.where(z > 0, upstream, 0.0),
        "dsoftplus": upstream * np.where(z >= 0, 1.0, e) / (1 + e),
    }


def right_by_tanh(z, upstream):
    """Other algebra: σ(z) = (1 + tanh(z/2))/2 … with σ(z)σ(-z) for the slope (exact far out)."""
    s, minus = _sigmoid(z), _sigmoid(-z)
    drelu = np.array(upstream, dtype=float)
    drelu[z <= 0] = 0.0
    return {
        "dsigmoid": upstream * (s * minus),
        "dtanh": upstream * 4 * _sigmoid(2 * z) * _sigmoid(-2 * z),
        "drelu": drelu,
        "dsoftplus": (1 - minus) * upstream if np.all(z > -20) else upstream * s,
    }


def right_loops(z, upstream):
    """Entry by entry in a Python loop over the flat arrays, any shape."""
    import math

    names = ("dsigmoid", "dtanh", "drelu", "dsoftplus")
    out = {name: np.zeros(np.shape(z)) for name in names}
    for place in np.ndindex(np.shape(z)):
        v, g = float(z[place]), float(upstream[place])
        s = 1 / (1 + math.exp(-v)) if v > -700 else math.exp(v) if v > -745 else 0.0
        out["dsigmoid"][place] = g * s * (1 - s)
        out["dtanh"][place] = g * (1 - math.tanh(v)) * (1 + math.tanh(v))
        out["drelu"][place] = g if v > 0 else 0.0
        out["dsoftplus"][place] = g * s
    return out


def right_logaddexp(z, upstream):
    """σ = exp(-logaddexp(0, -z)), with NumPy's own stable function."""
    s = np.exp(-np.logaddexp(0, -z))
    t = np.tanh(z)
    return {
        "dsigmoid": s * (1 - s) * upstream,
        "dtanh": upstream - upstream * t * t,
        "drelu": upstream * np.heaviside(z, 0.0),
        "dsoftplus": s * upstream,
    }
