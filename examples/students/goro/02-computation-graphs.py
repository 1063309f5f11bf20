# %%
import numpy as np

exp, log, sin, cos = np.exp, np.log, np.sin, np.cos

# %% solution="quiz1.forward"
def quiz1_forward(x, z):
    r = {}
    r["a"] = x * z
    r["b"] = exp(r["a"])
    r["c"] = log(x)
    r["d"] = r["a"] / r["c"]
    r["e"] = sin(r["c"])
    r["f"] = r["e"] / r["b"]
    r["y"] = r["b"] + r["d"] + r["f"]
    return r

# %% solution="quiz1.graph"
def quiz1_graph():
    r = {}
    r["order"] = ["a", "b", "c", "e", "d", "f", "y"]
    r["fan_out"] = {"x": 2, "z": 1, "a": 2, "b": 2, "c": 2, "d": 1, "e": 1, "f": 1, "y": 0}
    return r

# %% solution="quiz1.backward"
def quiz1_backward(x, z):
    v = quiz1_forward(x, z)
    r = {}
    r["de"] = 1 / v["b"]
    r["db"] = 1 - v["e"] / v["b"] ** 2
    r["dc"] = r["de"] * cos(v["c"]) - v["a"] / v["c"] ** 2
    r["da"] = r["db"] * v["b"] + 1 / v["c"]
    r["dx"] = r["da"] * z + r["dc"] / x
    r["dz"] = r["da"] * x
    return r

# %% solution="circuit.gates"
def circuit_gates(w0, x0, w1, x1, w2):
    e = exp(-(w0 * x0 + w1 * x1 + w2))
    r = {}
    r["dt"] = -1 / (1 + e) ** 2
    r["dn"] = r["dt"] * e
    r["ds"] = -r["dn"]
    r["dw0"], r["dx0"] = r["ds"] * x0, r["ds"] * w0
    r["dw1"], r["dx1"] = r["ds"] * x1, r["ds"] * w1
    r["dw2"] = r["ds"]
    return r

# %% solution="circuit.sigmoid"
def circuit_sigmoid(w0, x0, w1, x1, w2):
    sigmoid = 1 / (1 + exp(-(w0 * x0 + w1 * x1 + w2)))
    r = {}
    r["ds"] = sigmoid   # the sigmoid gate
    r["dw0"], r["dx0"] = r["ds"] * x0, r["ds"] * w0
    r["dw1"], r["dx1"] = r["ds"] * x1, r["ds"] * w1
    r["dw2"] = r["ds"]
    return r
