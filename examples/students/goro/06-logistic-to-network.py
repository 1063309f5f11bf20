# %% solution="quiz2.forward"
import numpy as np

sigmoid = lambda a: 1 / (1 + np.exp(-a))

def quiz2_forward(x, alpha1, alpha2, beta):
    r = {}
    r["a1"] = alpha1 @ x
    r["z1"] = sigmoid(r["a1"])
    r["a2"] = alpha2 @ r["z1"]
    r["z2"] = sigmoid(r["a2"])
    r["b"] = beta @ r["z2"]
    r["y"] = sigmoid(r["b"])
    return r

# %% solution="quiz2.backward"
def quiz2_backward(x, alpha1, alpha2, beta):
    v = quiz2_forward(x, alpha1, alpha2, beta)
    r = {}
    r["db"] = v["y"] * (1 - v["y"])
    r["dbeta"] = r["db"] * v["z2"]
    r["da2"] = r["db"] * beta * v["z2"] * (1 - v["z2"])
    r["dalpha2"] = np.outer(r["da2"], v["z1"])
    r["da1"] = alpha2.T @ r["da2"]
    r["dalpha1"] = np.outer(r["da1"], x)
    return r
