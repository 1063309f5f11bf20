# %% [markdown]
# One number at a time again. math.exp stops with an error if it is too large, so I never give it a
# large positive number.

# %% solution="activations.values"
import math
import numpy as np

def one_sigmoid(v):
    if v >= 0:
        return 1 / (1 + math.exp(-v))
    small = math.exp(v)
    return small / (1 + small)

def activations_values(z):
    out = {name: np.zeros(z.shape) for name in ("sigmoid", "tanh", "relu", "softplus")}
    for place in np.ndindex(z.shape):
        v = z[place]
        out["sigmoid"][place] = one_sigmoid(v)
        out["tanh"][place] = math.tanh(v)
        out["relu"][place] = v if v > 0 else 0.0
        out["softplus"][place] = max(v, 0.0) + math.log1p(math.exp(-abs(v)))
    return out

# %% solution="activations.backward"
def activations_backward(z, upstream):
    out = {name: np.zeros(z.shape) for name in ("dsigmoid", "dtanh", "drelu", "dsoftplus")}
    for place in np.ndindex(z.shape):
        v, arriving = z[place], upstream[place]
        s, t = one_sigmoid(v), math.tanh(v)
        out["dsigmoid"][place] = arriving * s * (1 - s)
        out["dtanh"][place] = arriving * (1 - t * t)
        if v > 0:
            out["drelu"][place] = arriving
        out["dsoftplus"][place] = arriving * s
    return out

# %% solution="softmax.forward"
def softmax_forward(b, targets):
    N, K = b.shape
    y, J = np.zeros((N, K)), 0.0
    for n in range(N):
        top = max(b[n])
        total = sum(math.exp(value - top) for value in b[n])
        for k in range(K):
            y[n, k] = math.exp(b[n, k] - top) / total
            J -= targets[n, k] * (b[n, k] - top - math.log(total)) / N
    return {"y": y, "J": J}

# %% solution="softmax.jacobian"
def softmax_jacobian(b, upstream):
    K = len(b)
    y = softmax_forward(b[np.newaxis], np.zeros((1, K)))["y"][0]
    jacobian, db = np.zeros((K, K)), np.zeros(K)
    for k in range(K):
        for l in range(K):
            jacobian[k, l] = y[k] * (1 - y[k]) if k == l else -y[k] * y[l]
            db[l] += upstream[k] * jacobian[k, l]
    return {"jacobian": jacobian, "db": db}

# %% solution="softmax.backward"
def softmax_backward(b, targets):
    y = softmax_forward(b, targets)["y"]
    db = np.zeros(b.shape)
    for n in range(len(b)):
        for k in range(b.shape[1]):
            db[n, k] = (y[n, k] - targets[n, k]) / len(b)
    return {"db": db}

# %% solution="losses.matching"
def losses_matching(w, X, y, t, sigma, tau):
    squares = gaussian = cross = bernoulli = hinge = 0.0
    for row, target, label in zip(X, y, t):
        score = sum(weight * value for weight, value in zip(w, row))
        squares += (target - score) ** 2
        gaussian += (target - score) ** 2 / (2 * sigma**2) + math.log(sigma * math.sqrt(2 * math.pi))
        p = one_sigmoid(score)
        cross -= label * math.log(p) + (1 - label) * math.log(1 - p)
        bernoulli -= math.log(p if label == 1 else 1 - p)
        hinge += max(0.0, 1 - (1 if label == 1 else -1) * score)
    norm = sum(weight**2 for weight in w)
    return {
        "squared_error": squares,
        "gaussian": gaussian,
        "ratio": 0.5 / sigma**2,
        "lam": (sigma / tau) ** 2,
        "penalised": squares + (sigma / tau) ** 2 * norm,
        "posterior": gaussian + norm / (2 * tau**2),
        "cross_entropy": cross,
        "bernoulli": bernoulli,
        "hinge": hinge,
        "choice": "E",
    }
