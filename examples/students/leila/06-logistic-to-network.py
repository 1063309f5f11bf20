# %% solution="quiz2.forward"
import numpy as np

def quiz2_forward(x, alpha1, alpha2, beta):
    def sigmoid(t):
        return 1 / (1 + np.exp(-t))

    a1 = np.matmul(alpha1, x)
    z1 = sigmoid(a1)
    a2 = np.matmul(alpha2, z1)
    z2 = sigmoid(a2)
    b = np.matmul(beta, z2)
    y = sigmoid(b)
    return {"a1": a1, "z1": z1, "a2": a2, "z2": z2, "b": b, "y": y}

# %% solution="quiz2.backward"
def quiz2_backward(x, alpha1, alpha2, beta):
    v = quiz2_forward(x, alpha1, alpha2, beta)
    db = v["y"] * (1 - v["y"])
    print("dy/db", db)
    dbeta = db * v["z2"]
    print("dy/dbeta", dbeta)
    da2 = db * beta * v["z2"] * (1 - v["z2"])
    dalpha2 = np.outer(da2, v["z1"])
    print("dy/dalpha2", dalpha2)
    da1 = np.matmul(alpha2.T, da2) * v["z1"] * (1 - v["z1"])
    dalpha1 = np.outer(da1, x)
    print("dy/dalpha1", dalpha1)
