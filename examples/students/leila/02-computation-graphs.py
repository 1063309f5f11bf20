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
    print("a =", a)
    print("b =", b)
    print("c =", c)
    print("d =", d)
    print("e =", e)
    print("f =", f)
    print("y =", y)

# %%
quiz1_forward(2.0, 3.0)

# %% solution="quiz1.graph"
def quiz1_graph():
    print("order: a, b, c, d, e, f, y")
    print("fan-out: x 2, z 1, a 2, b 2, c 2, d 1, e 1, f 1, y 0")

# %% solution="quiz1.backward"
def quiz1_backward(x, z):
    a = x * z
    b = np.exp(a)
    c = np.log(x)
    e = np.sin(c)
    db = 1 - e / b**2
    de = 1 / b
    dc = de * np.cos(c) - a / c**2
    da = db * b + 1 / c
    dx = da * z + dc / x
    dz = da * x
    print(f"{db=}, {de=}, {dc=}, {da=}, {dx=}, {dz=}")

# %% solution="circuit.gates"
def circuit_gates(w0, x0, w1, x1, w2):
    s = w0 * x0 + w1 * x1 + w2
    t = 1 + np.exp(-s)
    dt = -1 / t**2
    dn = dt * np.exp(-s)
    ds = -dn
    result = {"dt": dt, "dn": dn, "ds": ds, "dw0": ds * x0, "dx0": ds * w0, "dw1": ds * x1, "dx1": ds * w1, "dw2": ds}
    print(result)
    return result

# %% solution="circuit.sigmoid"
def circuit_sigmoid(w0, x0, w1, x1, w2):
    s = w0 * x0 + w1 * x1 + w2
    f = 1 / (1 + np.exp(-s))
    ds = f * (1 - f)
    result = {"ds": ds, "dw0": ds * x0, "dx0": ds * w0, "dw1": ds * x1, "dx1": ds * w1, "dw2": ds}
    print(result)
    return result
