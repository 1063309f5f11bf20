# %% solution="quiz1.forward"
import numpy as np

def quiz1_forward(x, z):
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
    # backprop goes from the output to the input
    order = ["y", "f", "e", "d", "c", "b", "a"]
    fan_out = {"x": 2, "z": 1, "a": 2, "b": 2, "c": 2, "d": 1, "e": 1, "f": 1, "y": 0}
    return {"order": order, "fan_out": fan_out}

# %% solution="quiz1.backward"
def quiz1_backward(x, z):
    values = quiz1_forward(x, z)
    de = 1 / values["b"]
    db = 1 - values["e"] / values["b"] ** 2
    dc = de * cos(values["c"]) - values["a"] / values["c"] ** 2
    da = db * values["b"] + 1 / values["c"]
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * z + dc / x, "dz": da * x}

# %% solution="circuit.gates"
def circuit_gates(w, x):
    s = w[0] * x[0] + w[1] * x[1] + w[2]
    e = np.exp(-s)
    dt = -1 / (1 + e) ** 2
    dn = dt * e
    ds = -dn
    return {"dt": dt, "dn": dn, "ds": ds, "dw0": ds * x[0], "dx0": ds * w[0], "dw1": ds * x[1], "dx1": ds * w[1], "dw2": ds}

# %% solution="circuit.sigmoid"
def circuit_sigmoid(w0, x0, w1, x1, w2):
    f = 1 / (1 + np.exp(-(w0 * x0 + w1 * x1 + w2)))
    ds = f * (1 - f)
    return {"ds": ds, "dw0": ds * x0, "dx0": ds * w0, "dw1": ds * x1, "dx1": ds * w1, "dw2": ds}
