# %% solution="bp.output_error"
import numpy as np

sigma = lambda z: 1 / (1 + np.exp(-z))

def bp_output_error(z, y):
    r = {}
    a = sigma(z)
    r["nabla"] = a - y
    r["delta"] = r["nabla"] * a * (1 - a)
    return r

# %% solution="bp.hidden_error"
def bp_hidden_error(W_next, delta_next, z):
    r = {}
    r["nabla"] = W_next.T @ delta_next
    r["delta"] = r["nabla"].copy()
    return r

# %% solution="bp.parameters"
def bp_parameters(delta, a_prev):
    return {"db": delta, "dW": delta[:, None] * a_prev}

# %% solution="bp.five_steps"
def bp_five_steps(W, b, x, y):
    L = max(W)
    a, z = {1: x}, {}
    for l in range(2, L + 1):
        z[l] = W[l] @ a[l - 1] + b[l]
        a[l] = sigma(z[l])
    r = {"dW": {}, "db": {}}
    r["db"][L] = bp_output_error(z[L], y)["delta"]
    for l in range(L - 1, 1, -1):
        r["db"][l] = bp_hidden_error(W[l + 1], r["db"][l + 1], z[l])["delta"]
    for l in W:
        r["dW"][l] = r["db"][l][:, None] * a[l - 1]
    return r

# %% solution="bp.rows"
def bp_rows(X, W, dZ):
    r = {}
    r["db"] = sum(dZ)
    r["dW"] = X.T @ dZ
    r["dX"] = dZ @ W.T
    return r

# %% solution="bp.batch"
def bp_batch(W, b, X, Y):
    L = max(W)
    a = {1: X}
    for l in range(2, L + 1):
        a[l] = sigma(a[l - 1] @ W[l] + b[l])
    r = {"C": np.sum((a[L] - Y) ** 2) / 2 / len(X), "delta": {}, "dW": {}, "db": {}}
    r["delta"][L] = (a[L] - Y) * a[L] * (1 - a[L]) / len(X)
    for l in range(L, 1, -1):
        back = bp_rows(a[l - 1], W[l], r["delta"][l])
        r["dW"][l], r["db"][l] = back["dW"], back["db"]
        if l > 2:
            r["delta"][l - 1] = back["dX"]
    return r

# %% solution="twenty_lines.gradients"
def twenty_lines_gradients(x, y, w1, b1, w2, b2):
    h = sigma(x @ w1 + b1)
    y_pred = h @ w2 + b2
    r = {}
    r["loss"] = np.sum((y_pred - y) ** 2)
    r["grad_y_pred"] = 2 * (y_pred - y)
    top = bp_rows(h, w2, r["grad_y_pred"])
    r["grad_w2"], r["grad_b2"], r["grad_h"] = top["dW"], top["db"], top["dX"]
    low = bp_rows(x, w1, r["grad_h"])
    r["grad_w1"], r["grad_b1"] = low["dW"], low["db"]
    return r
