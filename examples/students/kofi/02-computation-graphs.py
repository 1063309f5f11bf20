# %% solution="quiz1.forward"
import numpy as np

def quiz1_forward(x: float, z: float) -> dict:
    a = x * z
    b = np.exp(a)
    c = np.log(x)
    d = a / c
    e = np.sin(c)
    f = e / b
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f, "y": b + d + f}

# %% solution="quiz1.graph"
def quiz1_graph() -> dict:
    parents = {"a": "xz", "b": "a", "c": "x", "d": "ac", "e": "c", "f": "eb", "y": "bdf"}
    everything = "".join(parents.values())
    return {
        "order": list(parents),
        "fan_out": {name: everything.count(name) for name in "xzabcdefy"},
    }

# %% solution="quiz1.backward"
def quiz1_backward(x: float, z: float) -> dict:
    v = quiz1_forward(x, z)
    df = dd = 1.0
    de = df / v["b"]
    db = 1.0 - df * v["f"] / v["b"]
    dc = de * np.cos(v["c"]) - dd * v["d"] / v["c"]
    da = db * v["b"] + dd / v["c"]
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * z + dc / x, "dz": da * x}

# %% solution="circuit.gates"
def circuit_gates(w0, x0, w1, x1, w2) -> dict:
    w = np.array([[w0], [w1], [w2]])
    x = np.array([[x0], [x1], [1.0]])
    e = np.exp(-(w.T @ x).item())
    dt = -1.0 / (1.0 + e) ** 2
    dn = dt * e
    ds = -dn
    (dw0, dw1, dw2), (dx0, dx1, _) = (ds * x).ravel(), (ds * w).ravel()
    return {"dt": dt, "dn": dn, "ds": ds, "dw0": dw0, "dx0": dx0, "dw1": dw1, "dx1": dx1, "dw2": dw2}

# %% solution="circuit.sigmoid"
def circuit_sigmoid(w0, x0, w1, x1, w2) -> dict:
    f = 1.0 / (1.0 + np.exp(-w0 * x0 - w1 * x1 - w2))
    ds = f * (1.0 - f)
    return {"ds": ds, "dw0": ds * x0, "dx0": ds * w0, "dw1": ds * x1, "dx1": ds * w1, "dw2": ds}
