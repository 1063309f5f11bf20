# ruff: noqa: E501, RUF059
"""Second bank for circuit.gates: circuit_gates(w0, x0, w1, x1, w2)
-> dt, dn, ds, dw0, dx0, dw1, dx1, dw2.  s = w0x0 + w1x1 + w2, n = -s, e = exp(n), t = 1 + e, f = 1/t.
"""

import numpy as np


def _fill(ds, w0, x0, w1, x1, w2):
    return {"dw0": ds * x0, "dx0": ds * w0, "dw1": ds * x1, "dx1": ds * w1, "dw2": ds}


def _forward(w0, x0, w1, x1, w2):
    s = w0 * x0 + w1 * x1 + w2
    e = np.exp(-s)
    t = 1 + e
    return s, -s, e, t, 1 / t


# ---- wrong ----
def wrong_reciprocal_sign(w0, x0, w1, x1, w2):
    """1/t without the minus: dt = 1/t²; every later sign is flipped."""
    s, n, e, t, f = _forward(w0, x0, w1, x1, w2)
    dt = 1 / t**2
    dn = dt * e
    ds = -dn
    return {"dt": dt, "dn": dn, "ds": ds} | _fill(ds, w0, x0, w1, x1, w2)


def wrong_reciprocal_not_squared(w0, x0, w1, x1, w2):
    """-1/t instead of -1/t²: dt wrong, all others follow."""
    s, n, e, t, f = _forward(w0, x0, w1, x1, w2)
    dt = -f
    dn = dt * e
    ds = -dn
    return {"dt": dt, "dn": dn, "ds": ds} | _fill(ds, w0, x0, w1, x1, w2)


def wrong_minus_gate_skipped(w0, x0, w1, x1, w2):
    """The gate 'times -1' forgotten on the way back: ds = dn; the five inputs follow."""
    s, n, e, t, f = _forward(w0, x0, w1, x1, w2)
    dt = -1 / t**2
    dn = dt * e
    ds = dn
    return {"dt": dt, "dn": dn, "ds": ds} | _fill(ds, w0, x0, w1, x1, w2)


def wrong_exp_of_s(w0, x0, w1, x1, w2):
    """exp(s) instead of exp(n) as the local derivative at the exponential: dn wrong, rest follows."""
    s, n, e, t, f = _forward(w0, x0, w1, x1, w2)
    dt = -1 / t**2
    dn = dt * np.exp(s)
    ds = -dn
    return {"dt": dt, "dn": dn, "ds": ds} | _fill(ds, w0, x0, w1, x1, w2)


def wrong_t_in_place_of_e(w0, x0, w1, x1, w2):
    """The exponential's local derivative read off one gate too late: t instead of e. dn wrong."""
    s, n, e, t, f = _forward(w0, x0, w1, x1, w2)
    dt = -1 / t**2
    dn = dt * t
    ds = -dn
    return {"dt": dt, "dn": dn, "ds": ds} | _fill(ds, w0, x0, w1, x1, w2)


def wrong_own_factor(w0, x0, w1, x1, w2):
    """A product hands each input its own value: dw0 = ds·w0, dx0 = ds·x0, and so on."""
    s, n, e, t, f = _forward(w0, x0, w1, x1, w2)
    dt = -1 / t**2
    dn = dt * e
    ds = -dn
    return {"dt": dt, "dn": dn, "ds": ds, "dw0": ds * w0, "dx0": ds * x0, "dw1": ds * w1,
            "dx1": ds * x1, "dw2": ds}  # fmt: skip


def wrong_bias_times_itself(w0, x0, w1, x1, w2):
    """I treated the bias as a product too: dw2 = ds·w2. Only dw2 is wrong."""
    s, n, e, t, f = _forward(w0, x0, w1, x1, w2)
    dt = -1 / t**2
    dn = dt * e
    ds = -dn
    return {"dt": dt, "dn": dn, "ds": ds} | _fill(ds, w0, x0, w1, x1, w2) | {"dw2": ds * w2}


def wrong_upstream_forgotten_at_exp(w0, x0, w1, x1, w2):
    """Only the local derivative at exp, no upstream: dn = e; ds and the inputs follow."""
    s, n, e, t, f = _forward(w0, x0, w1, x1, w2)
    dt = -1 / t**2
    dn = e
    ds = -dn
    return {"dt": dt, "dn": dn, "ds": ds} | _fill(ds, w0, x0, w1, x1, w2)


def wrong_upstream_forgotten_at_products(w0, x0, w1, x1, w2):
    """At the products I noted the local derivatives only: dw0 = x0, dx0 = w0, …; dw2 is right."""
    s, n, e, t, f = _forward(w0, x0, w1, x1, w2)
    dt = -1 / t**2
    dn = dt * e
    ds = -dn
    return {"dt": dt, "dn": dn, "ds": ds, "dw0": x0, "dx0": w0, "dw1": x1, "dx1": w1, "dw2": ds}


def wrong_rounded_as_on_the_slide(w0, x0, w1, x1, w2):
    """ds rounded to 0.2 as on the slide and computed on with: ds and the inputs are off."""
    s, n, e, t, f = _forward(w0, x0, w1, x1, w2)
    dt = -1 / t**2
    dn = dt * e
    ds = round(-dn, 1)
    return {"dt": dt, "dn": dn, "ds": ds} | _fill(ds, w0, x0, w1, x1, w2)


def wrong_bias_missing_forward(w0, x0, w1, x1, w2):
    """The forward pass without the bias: s = w0x0 + w1x1. All of it is wrong unless w2 is 0."""
    s, n, e, t, f = _forward(w0, x0, w1, x1, 0.0)
    dt = -1 / t**2
    dn = dt * e
    ds = -dn
    return {"dt": dt, "dn": dn, "ds": ds} | _fill(ds, w0, x0, w1, x1, w2)


def wrong_s_of_its_own_sigmoid(w0, x0, w1, x1, w2):
    """s(1 - s) instead of f(1 - f), pre- and post-activation mixed: ds and the inputs wrong."""
    s, n, e, t, f = _forward(w0, x0, w1, x1, w2)
    dt = -1 / t**2
    dn = dt * e
    ds = s * (1 - s)
    return {"dt": dt, "dn": dn, "ds": ds} | _fill(ds, w0, x0, w1, x1, w2)


def wrong_second_pair_copied(w0, x0, w1, x1, w2):
    """Copy and paste: dw1 and dx1 carry the first pair's factors x0 and w0."""
    s, n, e, t, f = _forward(w0, x0, w1, x1, w2)
    dt = -1 / t**2
    dn = dt * e
    ds = -dn
    return {"dt": dt, "dn": dn, "ds": ds} | _fill(ds, w0, x0, w0, x0, w2)


def wrong_finite_differences(w0, x0, w1, x1, w2):
    """The inputs by one-sided differences with h = 1e-3 instead of backpropagation: 3 digits only."""
    inputs, h = [w0, x0, w1, x1, w2], 1e-3
    s, n, e, t, f = _forward(*inputs)
    dt = -1 / t**2
    dn = dt * e
    found = {"dt": dt, "dn": dn, "ds": -dn}
    for i, name in enumerate(("dw0", "dx0", "dw1", "dx1", "dw2")):
        moved = list(inputs)
        moved[i] += h
        found[name] = (_forward(*moved)[-1] - f) / h
    return found


# ---- right ----
def right_gate_by_gate(w0, x0, w1, x1, w2):
    """As the table has it, upstream times local."""
    s, n, e, t, f = _forward(w0, x0, w1, x1, w2)
    df = 1.0
    dt = df * (-1 / t**2)
    de = dt * 1
    dn = de * np.exp(n)
    ds = dn * -1
    return {"dt": dt, "dn": dn, "ds": ds} | _fill(ds, w0, x0, w1, x1, w2)


def right_output_only(w0, x0, w1, x1, w2):
    """Everything said with f: dt = -f², ds = f(1 - f), dn = -ds."""
    f = 1 / (1 + np.exp(-(w2 + w1 * x1 + w0 * x0)))
    ds = f * (1 - f)
    return {"dt": -f * f, "dn": -ds, "ds": ds} | _fill(ds, w0, x0, w1, x1, w2)


def right_vectors(w0, x0, w1, x1, w2):
    """Weights and inputs as vectors, the bias as a weight on 1."""
    w, x = np.array([w0, w1, w2]), np.array([x0, x1, 1.0])
    n = -(w @ x)
    t = 1 + np.exp(n)
    dt = -(t**-2)
    dn = dt * (t - 1)
    dw, dx = -dn * x, -dn * w
    return {"dt": dt, "dn": dn, "ds": -dn, "dw0": dw[0], "dx0": dx[0], "dw1": dw[1],
            "dx1": dx[1], "dw2": dw[2]}  # fmt: skip


def right_tanh_form(w0, x0, w1, x1, w2):
    """Other algebra: ds = (1 - tanh²(s/2))/4, dt through 1/t."""
    s = w0 * x0 + w1 * x1 + w2
    half = np.tanh(s / 2)
    ds = (1 - half * half) / 4
    return {"dt": -((1 + half) ** 2) / 4, "dn": -ds, "ds": ds} | _fill(ds, w0, x0, w1, x1, w2)


def right_gates_as_objects(w0, x0, w1, x1, w2):
    """Each product a gate of its own with adjoints that start at 0 and grow."""
    p0, p1 = w0 * x0, w1 * x1
    s = p0 + p1 + w2
    e = np.exp(-s)
    t = 1 + e
    g = dict.fromkeys(
        ("dt", "de", "dn", "ds", "dp0", "dp1", "dw0", "dx0", "dw1", "dx1", "dw2"), 0.0
    )
    g["dt"] -= 1 / (t * t)
    g["de"] += g["dt"]
    g["dn"] += g["de"] * e
    g["ds"] -= g["dn"]
    for name in ("dp0", "dp1", "dw2"):
        g[name] += g["ds"]
    g["dw0"] += g["dp0"] * x0
    g["dx0"] += g["dp0"] * w0
    g["dw1"] += g["dp1"] * x1
    g["dx1"] += g["dp1"] * w1
    return g
