# %% solution="quiz2.forward"
import numpy as np

def sigmoid(t):
    return 1 / (1 + np.exp(-t))

def quiz2_forward(x, alpha1, alpha2, beta):
    a1 = alpha1 @ x
    z1 = sigmoid(a1)
    a2 = alpha2 @ z1
    z2 = sigmoid(a2)
    b = beta @ z2
    y = sigmoid(b)
    return {"a1": a1, "z1": z1, "a2": a2, "z2": z2, "b": b, "y": y}

# %%
def sigmoid_prime(t):
    return sigmoid(t) * (1 - sigmoid(t))

# %% solution="quiz2.backward"
def quiz2_backward(x, alpha1, alpha2, beta):
    v = quiz2_forward(x, alpha1, alpha2, beta)
    db = sigmoid_prime(v["b"])
    dbeta = db * v["z2"]
    da2 = db * beta * sigmoid_prime(v["z2"])
    dalpha2 = np.outer(da2, v["z1"])
    da1 = alpha2.T @ da2 * sigmoid_prime(v["z1"])
    dalpha1 = np.outer(da1, x)
    return {"db": db, "dbeta": dbeta, "da2": da2, "dalpha2": dalpha2, "da1": da1, "dalpha1": dalpha1}
