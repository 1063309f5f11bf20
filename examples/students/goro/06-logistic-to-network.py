# %% solution="case1.forward"
import numpy as np

sigmoid = lambda a: 1 / (1 + np.exp(-a))

def case1_forward(theta, x, y_star):
    r = {}
    r["a"] = theta @ np.r_[1.0, x]
    r["y"] = sigmoid(r["a"])
    r["J"] = -np.log(abs(1 - y_star - r["y"]))   # y if the class is 1, else 1 - y
    return r

# %% solution="case1.backward"
def case1_backward(theta, x, y_star):
    v = case1_forward(theta, x, y_star)
    r = {}
    r["dy"] = 1 / (1 - y_star - v["y"])
    r["da"] = r["dy"]
    r["dtheta"] = r["da"] * np.r_[1.0, x]
    r["dx"] = r["da"] * theta[1:]
    return r

# %% solution="case1.batch"
def case1_batch(theta, X, y_star):
    X1 = np.c_[np.ones(len(X)), X]
    y = sigmoid(X1 @ theta)
    r = {}
    r["J"] = np.mean(-np.log(abs(1 - y_star - y)))
    r["da"] = (y - y_star) / len(y)
    r["dtheta"] = np.einsum("n,nj->j", r["da"], X1)
    return r

# %% solution="case2.forward"
def case2_forward(alpha, beta, x, y_star):
    r = {}
    r["a"] = alpha @ np.r_[1.0, x]
    r["z"] = np.r_[1.0, sigmoid(r["a"])]
    r["b"] = beta @ r["z"]
    r["y"] = sigmoid(r["b"])
    r["J"] = -np.log(abs(1 - y_star - r["y"]))
    return r

# %% solution="case2.backward"
def case2_backward(alpha, beta, x, y_star):
    v = case2_forward(alpha, beta, x, y_star)
    r = {}
    r["dy"] = 1 / (1 - y_star - v["y"])
    r["db"] = v["y"] - y_star
    r["dbeta"] = r["db"] * v["z"]
    r["dz"] = r["db"] * beta[1:]
    r["da"] = r["dz"]
    r["dalpha"] = r["da"][:, None] * np.r_[1.0, x]
    r["dx"] = (r["da"] @ alpha)[1:]
    return r

# %% solution="quiz2.forward"
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
