# %% solution="case1.forward"
import numpy as np

def sigma(t):
    return np.divide(1, 1 + np.exp(-t))

def with_one(x):
    return np.concatenate(([1.0], x))

def case1_forward(theta, x, y_star):
    n = {"a": np.dot(theta, with_one(x))}
    n["y"] = sigma(n["a"])
    n["J"] = -np.dot([y_star, 1 - y_star], np.log([n["y"], 1 - n["y"]]))
    return n

# %% solution="case1.backward"
def case1_backward(theta, x, y_star):
    n = case1_forward(theta, x, y_star)
    grads = {}
    grads["dy"] = (1 - y_star) / (1 - n["y"]) - y_star / n["y"]
    grads["da"] = np.multiply(grads["dy"], n["y"] * (1 - n["y"]))
    grads["dtheta"] = np.multiply(grads["da"], with_one(x))
    grads["dx"] = np.multiply(grads["da"], theta)[1:]
    return grads

# %% solution="case1.batch"
def case1_batch(theta, X, y_star):
    rows = np.column_stack((np.ones(len(X)), X))
    y = sigma(np.dot(rows, theta))
    J = -(np.dot(y_star, np.log(y)) + np.dot(1 - y_star, np.log(1 - y))) / len(X)
    da = np.divide(y - y_star, len(X))
    return {"J": J, "da": da, "dtheta": np.dot(da, rows)}

# %% solution="case2.forward"
def case2_forward(alpha, beta, x, y_star):
    n = {"a": np.dot(alpha, with_one(x))}
    n["z"] = with_one(sigma(n["a"]))
    n["b"] = np.dot(beta, n["z"])
    n["y"] = sigma(n["b"])
    n["J"] = -np.dot([y_star, 1 - y_star], np.log([n["y"], 1 - n["y"]]))
    return n

# %% solution="case2.backward"
def case2_backward(alpha, beta, x, y_star):
    n = case2_forward(alpha, beta, x, y_star)
    hidden = n["z"][1:]
    grads = {}
    grads["dy"] = (1 - y_star) / (1 - n["y"]) - y_star / n["y"]
    grads["db"] = np.multiply(grads["dy"], n["y"] * (1 - n["y"]))
    grads["dbeta"] = np.multiply(grads["db"], n["z"])
    grads["dz"] = np.multiply(grads["db"], beta)[1:]
    grads["da"] = np.multiply(grads["dz"], hidden * (1 - hidden))
    # input of the layer times error of the layer
    grads["dalpha"] = np.outer(with_one(x), grads["da"])
    grads["dx"] = np.dot(grads["da"], alpha)[1:]
    return grads

# %% solution="quiz2.forward"
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
