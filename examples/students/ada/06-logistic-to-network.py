# %% solution="quiz2.forward"
import numpy as np

def sigmoid(a):
    return 1 / (1 + np.exp(-a))

def quiz2_forward(x, alpha1, alpha2, beta):
    a1 = alpha1 @ x        # (D1,)
    z1 = sigmoid(a1)
    a2 = alpha2 @ z1       # (D2,)
    z2 = sigmoid(a2)
    b = beta @ z2          # a number
    y = sigmoid(b)
    return {"a1": a1, "z1": z1, "a2": a2, "z2": z2, "b": b, "y": y}

# %% solution="quiz2.backward"
def quiz2_backward(x, alpha1, alpha2, beta):
    v = quiz2_forward(x, alpha1, alpha2, beta)
    z1, z2, y = v["z1"], v["z2"], v["y"]

    db = y * (1 - y)
    dbeta = db * z2
    dz2 = db * beta
    da2 = dz2 * z2 * (1 - z2)
    dalpha2 = np.outer(da2, z1)     # (D2, D1) like alpha2
    dz1 = alpha2.T @ da2            # sum over everything that z1 feeds
    da1 = dz1 * z1 * (1 - z1)
    dalpha1 = np.outer(da1, x)
    return {"db": db, "dbeta": dbeta, "da2": da2, "dalpha2": dalpha2, "da1": da1, "dalpha1": dalpha1}
