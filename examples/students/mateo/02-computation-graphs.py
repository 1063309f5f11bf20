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
    order = ["a", "b", "c", "d", "e", "f", "y"]
    # TODO y?
    fan_out = {"x": 2, "z": 1, "a": 2, "b": 2, "c": 2, "d": 1, "e": 1, "f": 1}
    return {"order": order, "fan_out": fan_out}

# %% solution="quiz1.backward"
def quiz1_backward(x, z):
    vals = quiz1_forward(x, z)
    dy = 1
    dd = dy
    df = dy
    de = df / vals["b"]
    # db has two paths, come back to this
    raise NotImplementedError()
