# %% solution="quiz2.forward"
import numpy as np

def sigma(t):
    return np.divide(1, 1 + np.exp(-t))

def quiz2_forward(x, alpha1, alpha2, beta):
    a1 = np.dot(alpha1, x)
    z1 = sigma(a1)
    a2 = np.dot(alpha2, z1)
    z2 = sigma(a2)
    b = np.dot(beta, z2)
    y = sigma(b)
    return {"a1": a1, "z1": z1, "a2": a2, "z2": z2, "b": b, "y": y}

# %% solution="quiz2.backward"
def quiz2_backward(x, alpha1, alpha2, beta):
    n = quiz2_forward(x, alpha1, alpha2, beta)
    grads = {}
    grads["db"] = n["y"] * (1 - n["y"])
    grads["dbeta"] = grads["db"] * n["z2"]
    grads["da2"] = grads["db"] * beta * n["z2"] * (1 - n["z2"])
    # input of the layer times error of the layer
    grads["dalpha2"] = np.outer(n["z1"], grads["da2"])
    grads["da1"] = np.dot(alpha2.T, grads["da2"]) * n["z1"] * (1 - n["z1"])
    grads["dalpha1"] = np.outer(x, grads["da1"])
    return grads
