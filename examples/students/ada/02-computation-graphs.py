# %% solution="quiz1.forward"
import numpy as np

def quiz1_forward(x, z):
    # one operation per line
    a = x * z
    b = np.exp(a)
    c = np.log(x)
    d = a / c
    e = np.sin(c)
    f = e / b
    y = b + d + f
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f, "y": y}

# %% solution="quiz1.graph"
def quiz1_graph():
    return {
        "order": ["a", "b", "c", "d", "e", "f", "y"],
        "fan_out": {"x": 2, "z": 1, "a": 2, "b": 2, "c": 2, "d": 1, "e": 1, "f": 1, "y": 0},
    }

# %% solution="quiz1.backward"
def quiz1_backward(x, z):
    v = quiz1_forward(x, z)
    a, b, c, e = v["a"], v["b"], v["c"], v["e"]

    dy = 1.0
    dd = dy
    df = dy
    de = df / b
    db = dy - df * e / b**2            # straight from y, and through f
    dc = de * np.cos(c) - dd * a / c**2  # through e, and through d
    da = db * b + dd / c                # through b, and through d
    dx = da * z + dc / x
    dz = da * x
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": dx, "dz": dz}

# %% solution="circuit.gates"
def circuit_gates(w0, x0, w1, x1, w2):
    # forward
    s = w0 * x0 + w1 * x1 + w2
    n = -s
    e = np.exp(n)
    t = 1 + e
    # backward: upstream * local
    df = 1.0
    dt = df * (-1 / t**2)
    de = dt * 1
    dn = de * e
    ds = dn * (-1)
    return {
        "dt": dt,
        "dn": dn,
        "ds": ds,
        "dw0": ds * x0,
        "dx0": ds * w0,
        "dw1": ds * x1,
        "dx1": ds * w1,
        "dw2": ds,
    }

# %% solution="circuit.sigmoid"
def circuit_sigmoid(w0, x0, w1, x1, w2):
    s = w0 * x0 + w1 * x1 + w2
    f = 1 / (1 + np.exp(-s))
    ds = f * (1 - f)
    return {"ds": ds, "dw0": ds * x0, "dx0": ds * w0, "dw1": ds * x1, "dx1": ds * w1, "dw2": ds}
