# %% solution="activations.values"
import numpy as np

def activations_values(z):
    r = {}
    small = np.exp(-abs(z))
    r["sigmoid"] = np.where(z < 0, small, 1) / (1 + small)
    r["tanh"] = np.tanh(z)
    r["relu"] = np.maximum(0, z)
    r["softplus"] = np.logaddexp(z, 0)
    return r

# %% solution="activations.backward"
def activations_backward(z, upstream):
    v = activations_values(z)
    r = {}
    r["dsigmoid"] = upstream * v["sigmoid"]
    r["dtanh"] = upstream * (1 - v["tanh"] ** 2)
    r["drelu"] = upstream * np.where(z > 0, 1, 0)
    r["dsoftplus"] = upstream * v["sigmoid"]
    return r

# %% solution="softmax.forward"
def softmax_forward(b, targets):
    r = {}
    shifted = b - b.max(axis=1)[:, None]
    sums = np.exp(shifted).sum(axis=1)[:, None]
    r["y"] = np.exp(shifted) / sums
    r["J"] = np.sum(targets * (np.log(sums) - shifted)) / len(b)
    return r

# %% solution="softmax.jacobian"
def softmax_jacobian(b, upstream):
    e = np.exp(b - max(b))
    y = e / sum(e)
    r = {}
    r["jacobian"] = np.diag(y) - y[:, None] * y[None, :]
    r["db"] = r["jacobian"] @ upstream     # symmetric
    return r

# %% solution="softmax.backward"
def softmax_backward(b, targets):
    return {"db": (softmax_forward(b, targets)["y"] - targets) / len(b)}

# %% solution="losses.matching"
# stopped here, the table with the eight terms is for tomorrow
def losses_matching(w, X, y, t, sigma, tau):
    raise NotImplementedError()
