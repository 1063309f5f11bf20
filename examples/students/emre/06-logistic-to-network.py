# %% solution="quiz2.forward"
import numpy as np
import math

def logistic(values):
    return np.array([1 / (1 + math.exp(-value)) for value in values])

def quiz2_forward(x, alpha1, alpha2, beta):
    a1 = alpha1 @ x
    z1 = logistic(a1)
    a2 = alpha2 @ z1
    z2 = logistic(a2)
    b = float(beta @ z2)
    y = 1 / (1 + math.exp(-b))
    return {"a1": a1, "z1": z1, "a2": a2, "z2": z2, "b": b, "y": y}

# %% solution="quiz2.backward"
def quiz2_backward(x, alpha1, alpha2, beta):
    forward = quiz2_forward(x, alpha1, alpha2, beta)
    z1 = forward["z1"]
    z2 = forward["z2"]
    y = forward["y"]
    g_b = y * (1 - y)
    g_beta = g_b * z2
    g_a2 = g_b * beta * z2 * (1 - z2)
    g_alpha2 = g_a2.reshape(-1, 1) * z1
    g_a1 = (g_a2 @ alpha2) * z1 * (1 - z1)
    g_alpha1 = g_a1.reshape(-1, 1) * x
    return {
        "db": g_b,
        "dbeta": g_beta,
        "da2": g_a2,
        "dalpha2": g_alpha2,
        "da1": g_a1,
        "dalpha1": g_alpha1,
    }
