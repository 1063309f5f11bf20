# %% solution="quiz2.forward"
import numpy as np

def sigmoid(a):
    return 1.0 / (1.0 + np.exp(-a))

def quiz2_forward(x, alpha1, alpha2, beta) -> dict:
    a1 = alpha1 @ x
    z1 = sigmoid(a1)
    a2 = alpha2 @ z1
    z2 = sigmoid(a2)
    b = beta @ z2
    return {"a1": a1, "z1": z1, "a2": a2, "z2": z2, "b": b, "y": sigmoid(b)}

# %% solution="quiz2.backward"
def quiz2_backward(x, alpha1, alpha2, beta) -> dict:
    v = quiz2_forward(x, alpha1, alpha2, beta)
    # column vectors, so that delta @ z.T has the shape of the weights
    x, beta = x.reshape(-1, 1), beta.reshape(-1, 1)
    z1, z2 = v["z1"].reshape(-1, 1), v["z2"].reshape(-1, 1)
    db = v["y"] * (1.0 - v["y"])
    dbeta = db * z2
    da2 = db * beta * z2 * (1.0 - z2)
    dalpha2 = da2 @ z1.T
    da1 = (alpha2.T @ da2) * z1 * (1.0 - z1)
    dalpha1 = da1 @ x.T
    return {"db": db, "dbeta": dbeta, "da2": da2, "dalpha2": dalpha2, "da1": da1, "dalpha1": dalpha1}
