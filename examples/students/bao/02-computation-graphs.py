# %% [markdown]
# I wrote a mini tape: every node remembers its parents together with the local derivative,
# and the backward loop is then the same for all three graphs.

# %%
import math

def run_backward(tape, last):
    """tape: list of (name, [(parent, local derivative), ...]) in forward order"""
    adj = {last: 1.0}
    for name, parents in tape[::-1]:
        for parent, local in parents:
            adj[parent] = adj.get(parent, 0.0) + adj[name] * local
    return adj

# %% solution="quiz1.forward"
def quiz1_forward(x, z):
    nodes = {}
    nodes["a"] = x * z
    nodes["c"] = math.log(x)
    nodes["b"] = math.exp(nodes["a"])
    nodes["e"] = math.sin(nodes["c"])
    nodes["d"] = nodes["a"] / nodes["c"]
    nodes["f"] = nodes["e"] / nodes["b"]
    nodes["y"] = sum(nodes[k] for k in "bdf")
    return nodes

# %% solution="quiz1.graph"
def quiz1_graph():
    used_by = {
        "x": ["a", "c"],
        "z": ["a"],
        "a": ["b", "d"],
        "b": ["f", "y"],
        "c": ["d", "e"],
        "d": ["y"],
        "e": ["f"],
        "f": ["y"],
        "y": [],
    }
    order, waiting = [], list(used_by)
    while waiting:
        for n in waiting:
            if not any(n in used_by[m] for m in waiting):
                order.append(n)
                waiting.remove(n)
                break
    return {"order": order, "fan_out": {n: len(users) for n, users in used_by.items()}}

# %% solution="quiz1.backward"
def quiz1_backward(x, z):
    v = quiz1_forward(x, z)
    tape = [
        ("a", [("x", z), ("z", x)]),
        ("b", [("a", v["b"])]),
        ("c", [("x", 1 / x)]),
        ("d", [("a", 1 / v["c"]), ("c", -v["d"] / v["c"])]),
        ("e", [("c", math.cos(v["c"]))]),
        ("f", [("e", 1 / v["b"]), ("b", -v["f"] / v["b"])]),
        ("y", [("b", 1), ("d", 1), ("f", 1)]),
    ]
    return {"d" + name: value for name, value in run_backward(tape, "y").items()}

# %% solution="circuit.gates"
def circuit_gates(w0, x0, w1, x1, w2):
    n = -(w0 * x0 + w1 * x1 + w2)
    t = 1 + math.exp(n)
    tape = [
        ("p", [("w0", x0), ("x0", w0)]),
        ("q", [("w1", x1), ("x1", w1)]),
        ("s", [("p", 1), ("q", 1), ("w2", 1)]),
        ("n", [("s", -1)]),
        ("e", [("n", math.exp(n))]),
        ("t", [("e", 1)]),
        ("f", [("t", -(t**-2))]),
    ]
    return {"d" + k: g for k, g in run_backward(tape, "f").items()}

# %% solution="circuit.sigmoid"
def circuit_sigmoid(w0, x0, w1, x1, w2):
    f = 1 / (1 + math.exp(-(w0 * x0 + w1 * x1 + w2)))
    tape = [
        ("s", [("w0", x0), ("x0", w0), ("w1", x1), ("x1", w1), ("w2", 1)]),
        ("f", [("s", f - f * f)]),
    ]
    return {"d" + k: g for k, g in run_backward(tape, "f").items()}
