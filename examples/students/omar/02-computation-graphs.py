# %% solution="quiz1.forward"
import numpy as np

def quiz1_forward(x, z):
    t1 = x * z
    t2 = np.exp(t1)
    t3 = np.log(x)
    t4 = t1 / t3
    t5 = np.sin(t3)
    t6 = t5 / t2
    t7 = t2 + t4 + t6
    return {"a": t1, "b": t2, "c": t3, "d": t4, "e": t5, "f": t6, "y": t7}

# %% solution="quiz1.graph"
def quiz1_graph():
    return {
        "order": ["a", "b", "c", "d", "e", "f", "y"],
        # how many numbers go in
        "fan_out": {"x": 0, "z": 0, "a": 2, "b": 1, "c": 1, "d": 2, "e": 1, "f": 2, "y": 3},
    }

# %% solution="quiz1.backward"
def quiz1_backward(x, z):
    v = quiz1_forward(x, z)
    g = {"y": 1.0}
    # y = b + d + f
    g["b"] = g["y"]
    g["d"] = g["y"]
    g["f"] = g["y"]
    # f = e / b
    g["e"] = g["f"] / v["b"]
    g["b"] = -g["f"] * v["e"] / v["b"] ** 2
    # e = sin c
    g["c"] = g["e"] * np.cos(v["c"])
    # d = a / c
    g["a"] = g["d"] / v["c"]
    g["c"] = -g["d"] * v["a"] / v["c"] ** 2
    # c = log x
    g["x"] = g["c"] / x
    # b = exp a
    g["a"] = g["b"] * v["b"]
    # a = x z
    g["x"] = g["a"] * z
    g["z"] = g["a"] * x
    return {"d" + node: g[node] for node in g}

# %% solution="circuit.gates"
def circuit_gates(w0, x0, w1, x1, w2):
    s = w0 * x0 + w1 * x1 + w2
    e = np.exp(-s)
    t = 1 + e
    g = {}
    g["dt"] = -1 / t**2
    g["dn"] = g["dt"] * e
    g["ds"] = -g["dn"]
    g["dw0"] = g["ds"] * x0
    g["dx0"] = g["ds"] * w0
    g["dw1"] = g["ds"] * x1
    g["dx1"] = g["ds"] * w1
    g["dw2"] = g["ds"]
    return g

# %% solution="circuit.sigmoid"
def circuit_sigmoid(w0, x0, w1, x1, w2):
    s = w0 * x0 + w1 * x1 + w2
    # sigmoid' = sigmoid (1 - sigmoid)
    ds = s * (1 - s)
    return {"ds": ds, "dw0": ds * x0, "dx0": ds * w0, "dw1": ds * x1, "dx1": ds * w1, "dw2": ds}
