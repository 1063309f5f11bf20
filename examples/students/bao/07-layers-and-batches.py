# %% solution="bp.output_error"
import math
import numpy as np

def one_sigmoid(v):
    return 1.0 / (1.0 + math.exp(-v))

def bp_output_error(z, y):
    nabla, delta = np.zeros(len(z)), np.zeros(len(z))
    for j in range(len(z)):
        a = one_sigmoid(z[j])
        nabla[j] = a - y[j]
        delta[j] = nabla[j] * a * (1 - a)
    return {"nabla": nabla, "delta": delta}

# %% solution="bp.hidden_error"
def bp_hidden_error(W_next, delta_next, z):
    m, n = W_next.shape
    nabla, delta = np.zeros(n), np.zeros(n)
    for k in range(n):
        for j in range(m):
            nabla[k] += W_next[j, k] * delta_next[j]
        a = one_sigmoid(z[k])
        delta[k] = nabla[k] * a * (1 - a)
    return {"nabla": nabla, "delta": delta}

# %% solution="bp.parameters"
def bp_parameters(delta, a_prev):
    dW = np.zeros((len(delta), len(a_prev)))
    for j in range(len(delta)):
        for k in range(len(a_prev)):
            dW[j, k] = a_prev[k] * delta[j]
    return {"db": delta.copy(), "dW": dW}

# %% solution="bp.five_steps"
def bp_five_steps(W, b, x, y):
    L = max(W)
    a, z = {1: x}, {}
    for l in range(2, L + 1):
        z[l] = np.array([sum(W[l][j] * a[l - 1]) + b[l][j] for j in range(len(b[l]))])
        a[l] = np.array([one_sigmoid(v) for v in z[l]])
    error = bp_output_error(z[L], y)["delta"]
    dW, db = {}, {}
    for l in range(L, 1, -1):
        here = bp_parameters(error, a[l - 1])
        dW[l], db[l] = here["dW"], here["db"]
        if l > 2:
            error = bp_hidden_error(W[l], error, z[l - 1])["delta"]
    return {"dW": dW, "db": db}

# %% solution="bp.rows"
def bp_rows(X, W, dZ):
    N, m = X.shape
    n = W.shape[1]
    db, dW, dX = np.zeros(n), np.zeros((m, n)), np.zeros((N, m))
    for i in range(N):
        for j in range(n):
            db[j] += dZ[i, j]
            for k in range(m):
                dW[k, j] += X[i, k] * dZ[i, j]
                dX[i, k] += W[k, j] * dZ[i, j]
    return {"db": db, "dW": dW, "dX": dX}

# %% solution="bp.batch"
def bp_batch(W, b, X, Y):
    # one example after the other, everything divided by N
    N, L = len(X), max(W)
    C = 0.0
    delta = {l: np.zeros((N, len(b[l]))) for l in W}
    dW = {l: np.zeros(W[l].shape) for l in W}
    db = {l: np.zeros(b[l].shape) for l in W}
    for i in range(N):
        a = {1: X[i]}
        for l in range(2, L + 1):
            a[l] = np.array([one_sigmoid(v) for v in W[l].T @ a[l - 1] + b[l]])
        C += 0.5 * sum((a[L] - Y[i]) ** 2) / N
        error = (a[L] - Y[i]) * a[L] * (1 - a[L]) / N
        for l in range(L, 1, -1):
            delta[l][i] = error
            dW[l] += np.outer(a[l - 1], error)
            db[l] += error
            error = (W[l] @ error) * a[l - 1] * (1 - a[l - 1])
    return {"C": C, "delta": delta, "dW": dW, "db": db}

# %% solution="twenty_lines.gradients"
def twenty_lines_gradients(x, y, w1, b1, w2, b2):
    h = np.zeros((len(x), len(b1)))
    for i in range(len(x)):
        for j in range(len(b1)):
            h[i, j] = one_sigmoid(sum(x[i] * w1[:, j]) + b1[j])
    gap = h @ w2 + b2 - y
    above = bp_rows(h, w2, 2 * gap)
    below = bp_rows(x, w1, above["dX"] * h * (1 - h))
    return {
        "loss": sum(value**2 for row in gap for value in row),
        "grad_y_pred": 2 * gap,
        "grad_w2": above["dW"],
        "grad_b2": above["db"],
        "grad_h": above["dX"],
        "grad_w1": below["dW"],
        "grad_b1": below["db"],
    }

# %% solution="twenty_lines.train"
def twenty_lines_train(x, y, w1, b1, w2, b2, lr, steps):
    now = {"w1": w1, "b1": b1, "w2": w2, "b2": b2}
    losses = []
    for step in range(steps):
        g = twenty_lines_gradients(x, y, **now)
        losses.append(g["loss"])
        now = {name: now[name] - lr * g["grad_" + name] for name in now}
    return {"losses": np.array(losses), **now}
