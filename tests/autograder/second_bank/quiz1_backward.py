# ruff: noqa: E501, E741, RUF059
"""Second bank for quiz1.backward: quiz1_backward(x, z) -> db, de, dc, da, dx, dz.

y = b + d + f with a = xz, b = exp(a), c = log(x), d = a/c, e = sin(c), f = e/b.
"""

import numpy as np


def _forward(x, z):
    a = x * z
    b = np.exp(a)
    c = np.log(x)
    d = a / c
    e = np.sin(c)
    f = e / b
    return a, b, c, d, e, f, b + d + f


# ---- wrong ----
def wrong_f_forgotten_at_b(x, z):
    """b goes into f too and I forgot it: db is wrong (1 only), then da, dx, dz follow from it."""
    a, b, c, d, e, f, y = _forward(x, z)
    db = 1.0
    de = 1 / b
    dc = -a / c**2 + de * np.cos(c)
    da = 1 / c + db * b
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * z + dc / x, "dz": da * x}


def wrong_db_plus_sign(x, z):
    """The quotient's denominator lost its minus at f: db = 1 + e/b²; da, dx, dz follow."""
    a, b, c, d, e, f, y = _forward(x, z)
    db = 1 + e / b**2
    de = 1 / b
    dc = -a / c**2 + de * np.cos(c)
    da = 1 / c + db * b
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * z + dc / x, "dz": da * x}


def wrong_dc_no_square(x, z):
    """The quotient's denominator without its square at d: dc has -a/c instead of -a/c²; dx follows."""
    a, b, c, d, e, f, y = _forward(x, z)
    db = 1 - e / b**2
    de = 1 / b
    dc = -a / c + de * np.cos(c)
    da = 1 / c + db * b
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * z + dc / x, "dz": da * x}


def wrong_dc_overwritten(x, z):
    """dc is assigned twice, the second time forgets the way through d: dc wrong, dx follows."""
    a, b, c, d, e, f, y = _forward(x, z)
    dd = df = 1.0
    de = df / b
    db = 1 - df * e / b**2
    dc = dd * -a / c**2
    dc = de * np.cos(c)
    da = dd / c + db * b
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * z + dc / x, "dz": da * x}


def wrong_dx_lost_log(x, z):
    """x goes into c as well and I forgot: dx has only the way through a. Only dx is wrong."""
    a, b, c, d, e, f, y = _forward(x, z)
    db = 1 - e / b**2
    de = 1 / b
    dc = -a / c**2 + de * np.cos(c)
    da = 1 / c + db * b
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * z, "dz": da * x}


def wrong_dx_dz_swapped_factors(x, z):
    """The product's factors mixed up: dx gets da·x and dz gets da·z. dx and dz are wrong."""
    a, b, c, d, e, f, y = _forward(x, z)
    db = 1 - e / b**2
    de = 1 / b
    dc = -a / c**2 + de * np.cos(c)
    da = 1 / c + db * b
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * x + dc / x, "dz": da * z}


def wrong_cos_of_e(x, z):
    """I put the sine's output into the cosine: cos(e) instead of cos(c). dc wrong, dx follows."""
    a, b, c, d, e, f, y = _forward(x, z)
    db = 1 - e / b**2
    de = 1 / b
    dc = -a / c**2 + de * np.cos(e)
    da = 1 / c + db * b
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * z + dc / x, "dz": da * x}


def wrong_local_exp_of_b(x, z):
    """I took exp once more at b = exp(a): local derivative exp(b). da wrong, dx and dz follow."""
    with np.errstate(all="ignore"):
        a, b, c, d, e, f, y = _forward(x, z)
        db = 1 - e / b**2
        de = 1 / b
        dc = -a / c**2 + de * np.cos(c)
        da = 1 / c + db * np.exp(b)
        return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * z + dc / x, "dz": da * x}


def wrong_upstream_forgotten_at_b(x, z):
    """I multiply by the local derivative only at b = exp(a), without db: da = 1/c + b."""
    a, b, c, d, e, f, y = _forward(x, z)
    db = 1 - e / b**2
    de = 1 / b
    dc = -a / c**2 + de * np.cos(c)
    da = 1 / c + b
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * z + dc / x, "dz": da * x}


def wrong_visited_too_early(x, z):
    """I visited b before f: what b hands to a lacks f's share, though db itself ends up right.

    da is wrong (1/c + 1·b), dx and dz follow; db, de, dc are right.
    """
    a, b, c, d, e, f, y = _forward(x, z)
    db = da = dc = 0.0
    db += 1.0
    da += db * b
    da += 1 / c
    dc += -a / c**2
    de = 1 / b
    db += -e / b**2
    dc += de * np.cos(c)
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * z + dc / x, "dz": da * x}


def wrong_finite_difference_of_inputs(x, z):
    """dx and dz by a one-sided difference with h = 1e-4: only some four digits; the rest is right."""
    a, b, c, d, e, f, y = _forward(x, z)
    h = 1e-4
    db = 1 - e / b**2
    de = 1 / b
    dc = -a / c**2 + de * np.cos(c)
    da = 1 / c + db * b
    return {
        "db": db,
        "de": de,
        "dc": dc,
        "da": da,
        "dx": (_forward(x + h, z)[-1] - y) / h,
        "dz": (_forward(x, z + h)[-1] - y) / h,
    }


def wrong_log10(x, z):
    """I used log10 and the derivative 1/x: c is not the natural log; de is right, dc, da, dx, dz
    are wrong (and db slightly)."""
    a, b = x * z, np.exp(x * z)
    c = np.log10(x)
    e = np.sin(c)
    db = 1 - e / b**2
    de = 1 / b
    dc = -a / c**2 + de * np.cos(c)
    da = 1 / c + db * b
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * z + dc / x, "dz": da * x}


def wrong_rounded(x, z):
    """Everything right, then rounded to four decimals because the slide does: all entries rounded."""
    right = right_adjoints(x, z)
    return {name: round(float(value), 4) for name, value in right.items()}


def wrong_de_is_e_over_b(x, z):
    """I handed the value f = e/b on to e instead of 1/b: de wrong; dc and dx follow."""
    a, b, c, d, e, f, y = _forward(x, z)
    db = 1 - e / b**2
    de = f
    dc = -a / c**2 + de * np.cos(c)
    da = 1 / c + db * b
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * z + dc / x, "dz": da * x}


def wrong_dz_also_through_c(x, z):
    """I gave z the log's share too, as x has it: only dz is wrong."""
    a, b, c, d, e, f, y = _forward(x, z)
    db = 1 - e / b**2
    de = 1 / b
    dc = -a / c**2 + de * np.cos(c)
    da = 1 / c + db * b
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * z + dc / x, "dz": da * x + dc / z}


# ---- right ----
def right_adjoints(x, z):
    """The plain way, `+=` at every arrow, in reverse order."""
    a, b, c, d, e, f, y = _forward(x, z)
    g = dict.fromkeys("abcdefxz", 0.0)
    for name in "bdf":
        g[name] += 1.0
    g["e"] += g["f"] / b
    g["b"] += g["f"] * -e / b**2
    g["c"] += g["e"] * np.cos(c)
    g["a"] += g["d"] / c
    g["c"] += g["d"] * -a / c**2
    g["x"] += g["c"] / x
    g["a"] += g["b"] * b
    g["x"] += g["a"] * z
    g["z"] += g["a"] * x
    return {"d" + name: value for name, value in g.items()}


def right_values_reused(x, z):
    """Other algebra: -f/b at b, -d/c at c, exp's output reused, e² + cos² = 1 not needed."""
    a, b, c, d, e, f, y = _forward(x, z)
    db = 1 - f / b
    de = 1 / b
    dc = de * np.cos(c) - d / c
    da = db * b + d / a if a != 0 else db * b + 1 / c
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": z * da + dc / x, "dz": x * da}


def right_closed_form(x, z):
    """All in x and z at once, from the formula on paper."""
    p, l = np.exp(x * z), np.log(x)
    db = 1 - np.sin(l) * p**-2.0
    da = p - np.sin(l) / p + 1 / l
    dc = np.cos(l) / p - x * z / (l * l)
    return {
        "db": db,
        "de": np.exp(-x * z),
        "dc": dc,
        "da": da,
        "dx": z * p + z / l - z / l**2 + np.cos(l) / (x * p) - z * np.sin(l) / p,
        "dz": x * da,
    }


def right_matrix_of_locals(x, z):
    """The local derivatives in a matrix, solved backward by substitution from the last node."""
    a, b, c, d, e, f, y = _forward(x, z)
    names = ["x", "z", "c", "a", "e", "b", "f", "d", "y"]
    at = {name: i for i, name in enumerate(names)}
    local = np.zeros((9, 9))  # local[i, j] = d names[j] / d names[i]
    for start, end, slope in (
        ("x", "a", z), ("z", "a", x), ("x", "c", 1 / x), ("a", "b", b), ("a", "d", 1 / c),
        ("c", "d", -a / c**2), ("c", "e", np.cos(c)), ("e", "f", 1 / b), ("b", "f", -e / b**2),
        ("b", "y", 1.0), ("d", "y", 1.0), ("f", "y", 1.0),
    ):  # fmt: skip
        local[at[start], at[end]] = slope
    adjoint = np.zeros(9)
    adjoint[at["y"]] = 1.0
    for i in range(7, -1, -1):
        adjoint[i] = local[i] @ adjoint
    return {"d" + name: float(adjoint[at[name]]) for name in ("b", "e", "c", "a", "x", "z")}
