# %% solution="case1.forward"
import numpy as np
import math

# one neuron: also used for the hidden units later
def case1_forward(theta, x, y_star):
    a = theta[0] + sum(weight * value for weight, value in zip(theta[1:], x))
    y = float(1 / (1 + np.exp(-a)))
    p_right = y if y_star == 1 else 1 - y
    return {"a": a, "y": y, "J": -np.log(p_right)}

# %% solution="case1.backward"
def case1_backward(theta, x, y_star):
    y = case1_forward(theta, x, y_star)["y"]
    g_y = -1 / y if y_star == 1 else 1 / (1 - y)
    g_a = g_y * y * (1 - y)
    return {
        "dy": g_y,
        "da": g_a,
        "dtheta": g_a * np.insert(x, 0, 1.0),
        "dx": g_a * np.delete(theta, 0),
    }

# %% solution="case1.batch"
def case1_batch(theta, X, y_star):
    each = [case1_forward(theta, row, label) for row, label in zip(X, y_star)]
    g_a = np.array([one["y"] - label for one, label in zip(each, y_star)]) / len(X)
    g_theta = sum(g * np.insert(row, 0, 1.0) for g, row in zip(g_a, X))
    return {"J": sum(one["J"] for one in each) / len(X), "da": g_a, "dtheta": g_theta}

# %% solution="case2.forward"
def case2_forward(alpha, beta, x, y_star):
    hidden = [case1_forward(row, x, 1.0) for row in alpha]
    units = np.array([one["y"] for one in hidden])
    top = case1_forward(beta, units, y_star)
    return {
        "a": np.array([one["a"] for one in hidden]),
        "z": np.insert(units, 0, 1.0),
        "b": top["a"],
        "y": top["y"],
        "J": top["J"],
    }

# %% solution="case2.backward"
def case2_backward(alpha, beta, x, y_star):
    units = case2_forward(alpha, beta, x, y_star)["z"][1:]
    # modules 5, 4, 3 = Case 1 with the hidden units as inputs
    top = case1_backward(beta, units, y_star)
    g_a = top["dx"] * units * (1 - units)
    return {
        "dy": top["dy"],
        "db": top["da"],
        "dbeta": top["dtheta"],
        "dz": top["dx"],
        "da": g_a,
        "dalpha": g_a.reshape(-1, 1) * np.insert(x, 0, 1.0),
        "dx": g_a @ np.delete(alpha, 0, axis=1),
    }

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
