# %% solution="quiz2.forward"
import numpy as np

def quiz2_forward(x, alpha1, alpha2, beta):
    sigmoid = lambda t: 1 / (1 + np.exp(-t))
    a1 = alpha1 @ x
    z1 = sigmoid(a1)
    a2 = alpha2 @ z1
    z2 = sigmoid(a2)
    b = beta @ z2
    return {"a1": a1, "z1": z1, "a2": a2, "z2": z2, "b": b, "y": sigmoid(b)}

# %% solution="quiz2.backward"
def quiz2_backward(x, alpha1, alpha2, beta):
    values = quiz2_forward(x, alpha1, alpha2, beta)
    z1, z2, y = values["z1"], values["z2"], values["y"]
    db = y * (1 - y)
    dbeta = db * z2
    # reuse the arrays to save memory
    da2 = beta
    da2 *= db * z2 * (1 - z2)
    dalpha2 = np.outer(da2, z1)
    da1 = alpha2.T @ da2
    da1 *= z1 * (1 - z1)
    return {"db": db, "dbeta": dbeta, "da2": da2, "dalpha2": dalpha2, "da1": da1, "dalpha1": np.outer(da1, x)}
