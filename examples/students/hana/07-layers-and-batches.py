# %% solution="bp.output_error"
import numpy as np

def sigma(t):
    return np.divide(1, 1 + np.exp(-t))

def bp_output_error(z, y):
    a = sigma(z)
    nabla = np.subtract(a, y)
    return {"nabla": nabla, "delta": np.multiply(nabla, a * (1 - a))}

# %% solution="bp.hidden_error"
def bp_hidden_error(W_next, delta_next, z):
    nabla = np.dot(delta_next, W_next)
    return {"nabla": nabla, "delta": np.multiply(nabla, sigma(z) * sigma(-z))}

# %% solution="bp.parameters"
def bp_parameters(delta, a_prev):
    # input of the layer times error of the layer
    return {"db": np.copy(delta), "dW": np.outer(a_prev, delta)}

# %% solution="bp.five_steps"
def bp_five_steps(W, b, x, y):
    n = [x]
    for l in W:
        n.append(sigma(np.dot(W[l], n[-1]) + b[l]))
    grads = {"dW": {}, "db": {}}
    g = n[-1] - y
    for l in reversed(list(W)):
        g = np.multiply(g, n[l - 1] * (1 - n[l - 1]))
        grads["db"][l] = g
        grads["dW"][l] = np.outer(n[l - 2], g)
        g = np.dot(g, W[l])
    return grads

# %% solution="bp.rows"
def bp_rows(X, W, dZ):
    return {
        "db": np.sum(dZ, axis=0),
        "dW": np.dot(np.transpose(X), dZ),
        "dX": np.dot(dZ, np.transpose(W)),
    }

# %% solution="bp.batch"
def bp_batch(W, b, X, Y):
    n = [X]
    for l in W:
        n.append(sigma(np.dot(n[-1], W[l]) + b[l]))
    grads = {"C": np.sum(np.square(n[-1] - Y)) / (2 * len(X)), "delta": {}, "dW": {}, "db": {}}
    g = np.divide(n[-1] - Y, len(X))
    for l in reversed(list(W)):
        grads["delta"][l] = np.multiply(g, n[l - 1] * (1 - n[l - 1]))
        grads["db"][l], grads["dW"][l], g = bp_rows(n[l - 2], W[l], grads["delta"][l]).values()
    return grads

# %% solution="twenty_lines.gradients"
def twenty_lines_gradients(x, y, w1, b1, w2, b2):
    h = sigma(np.dot(x, w1) + b1)
    gap = np.dot(h, w2) + b2 - y
    grads = {"loss": np.sum(np.square(gap)), "grad_y_pred": 2 * gap}
    grads["grad_b2"], grads["grad_w2"], grads["grad_h"] = bp_rows(h, w2, 2 * gap).values()
    inner = np.multiply(grads["grad_h"], h * (1 - h))
    grads["grad_b1"], grads["grad_w1"], _ = bp_rows(x, w1, inner).values()
    return grads

# %% solution="twenty_lines.train"
def twenty_lines_train(x, y, w1, b1, w2, b2, lr, steps):
    n = {"w1": np.copy(w1), "b1": np.copy(b1), "w2": np.copy(w2), "b2": np.copy(b2)}
    losses = np.zeros(steps)
    for step in range(steps):
        grads = twenty_lines_gradients(x, y, n["w1"], n["b1"], n["w2"], n["b2"])
        losses[step] = grads["loss"]
        for name in n:
            n[name] -= lr * grads["grad_" + name]     # my own copies
    n["losses"] = losses
    return n
