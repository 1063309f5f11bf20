# %% solution="quiz1.forward"
from math import cos, exp, log, sin

def quiz1_forward(x, z):
    a = x * z
    b = exp(a)
    c = log(x)
    d = a / c
    e = sin(c)
    f = e / b
    y = b + d + f
    keys = ["a", "b", "c", "d", "e", "f", "y"]
    vals = [a, b, c, d, e, f, y]
    return dict(zip(keys, vals))

# %% solution="quiz1.graph"
def quiz1_graph():
    order = ["a", "b", "c", "d", "e", "f", "y"]
    fan_out = {"x": 2, "z": 1, "a": 2, "b": 2, "c": 2, "d": 1, "e": 1, "f": 1, "y": 0}
    return {"order": order, "fan_out": fan_out}

# %% solution="quiz1.backward"
def quiz1_backward(x, z):
    a = x * z
    b = exp(a)
    c = log(x)
    e = sin(c)
    dy = 1
    dd = dy
    df = dy
    de = df / b
    db = dy - df * e / b**2
    dc = de * cos(c) - dd * a / c**2
    # (exp(a))' = exp(a) = b
    da = b + dd / c
    dx = da * z + dc / x
    dz = da * x
    keys = ["da", "db", "dc", "dd", "de", "df", "dx", "dz"]
    vals = [da, db, dc, dd, de, df, dx, dz]
    return dict(zip(keys, vals))

# %% solution="circuit.gates"
def circuit_gates(w0, x0, w1, x1, w2):
    s = w0 * x0 + w1 * x1 + w2
    e = exp(-s)
    t = 1 + e
    dt = -1 / t**2
    dn = e          # derivative of exp is exp
    ds = -dn
    keys = ["dt", "dn", "ds", "dw0", "dx0", "dw1", "dx1", "dw2"]
    vals = [dt, dn, ds, ds * x0, ds * w0, ds * x1, ds * w1, ds]
    return dict(zip(keys, vals))

# %% solution="circuit.sigmoid"
def circuit_sigmoid(w0, x0, w1, x1, w2):
    s = w0 * x0 + w1 * x1 + w2
    f = 1 / (1 + exp(-s))
    ds = (1 - f) * f
    keys = ["ds", "dw0", "dx0", "dw1", "dx1", "dw2"]
    vals = [ds, ds * x0, ds * w0, ds * x1, ds * w1, ds]
    return dict(zip(keys, vals))
