# %% solution="quiz1.forward"
import numpy as np

def quiz1_forward(x, z):
    node_a = np.multiply(x, z)
    node_b = np.exp(node_a)
    node_c = np.log(x)
    node_d = np.divide(node_a, node_c)
    node_e = np.sin(node_c)
    node_f = np.divide(node_e, node_b)
    node_y = np.sum([node_b, node_d, node_f])
    return {"a": node_a, "b": node_b, "c": node_c, "d": node_d, "e": node_e, "f": node_f, "y": node_y}

# %% solution="quiz1.graph"
def quiz1_graph():
    edges = "xa za ab xc ad cd ce ef bf by dy fy".split()
    return {
        "order": ["a", "b", "c", "d", "e", "f", "y"],
        "fan_out": {node: sum(edge[0] == node for edge in edges) for node in "xzabcdefy"},
    }

# %% solution="quiz1.backward"
def quiz1_backward(x, z):
    n = quiz1_forward(x, z)
    grads = {"db": 1.0, "dd": 1.0, "df": 1.0}
    grads["de"] = grads["df"] / n["b"]
    grads["db"] += -grads["df"] * n["e"] / n["b"] ** 2
    grads["dc"] = grads["de"] * np.cos(n["c"])
    grads["dc"] += -grads["dd"] * n["a"] / n["c"] ** 2
    grads["da"] = grads["dd"] / n["c"]
    grads["da"] += grads["db"] * n["b"]
    grads["dx"] = grads["dc"] / x
    grads["dx"] += grads["da"] * z
    grads["dz"] = grads["da"] * x
    return grads

# %% solution="circuit.gates"
def circuit_gates(w0, x0, w1, x1, w2):
    w = np.array([w0, w1, w2])
    x = np.array([x0, x1, 1.0])
    e = np.exp(-w @ x)
    dt = -1 / (1 + e) ** 2
    dn = dt * e
    ds = -dn
    dw = ds * x
    dx = ds * w
    return {"dt": dt, "dn": dn, "ds": ds, "dw0": dw[0], "dx0": dx[0], "dw1": dw[1], "dx1": dx[1], "dw2": dw[2]}

# %% solution="circuit.sigmoid"
def circuit_sigmoid(w0, x0, w1, x1, w2):
    w = np.array([w0, w1, w2])
    x = np.array([x0, x1, 1.0])
    f = 1 / (1 + np.exp(-w @ x))
    ds = f * (1 - f)
    dw = ds * x
    dx = ds * w
    return {"ds": ds, "dw0": dw[0], "dx0": dx[0], "dw1": dw[1], "dx1": dx[1], "dw2": dw[2]}
