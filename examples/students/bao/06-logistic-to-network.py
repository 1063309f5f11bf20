# %% solution="case1.forward"
import numpy as np

def case1_forward(theta, x, y_star):
    a = theta[0] + theta[1:] @ x
    y = 1 / (1 + np.exp(-a))
    J = -(y_star * np.log(y) + (1 - y_star) * np.log(1 - y))
    return {"a": a, "y": y, "J": J}

# %% solution="case1.backward"
def case1_backward(theta, x, y_star):
    inputs = [1.0, *x]
    a = sum(t * u for t, u in zip(theta, inputs))
    y = 1 / (1 + np.exp(-a))
    dy = -1 / y if y_star == 1 else 1 / (1 - y)
    da = y - y_star
    dtheta, dx = np.zeros(len(theta)), np.zeros(len(x))
    for j in range(len(theta)):
        dtheta[j] += da * inputs[j]
        if j > 0:
            dx[j - 1] += da * theta[j]
    return {"dy": dy, "da": da, "dtheta": dtheta, "dx": dx}

# %% solution="case1.batch"
def case1_batch(theta, X, y_star):
    J, da, dtheta = 0.0, np.zeros(len(X)), np.zeros(len(theta))
    for n in range(len(X)):
        J += case1_forward(theta, X[n], y_star[n])["J"] / len(X)
        one = case1_backward(theta, X[n], y_star[n])
        da[n] = one["da"] / len(X)
        dtheta += one["dtheta"] / len(X)
    return {"J": J, "da": da, "dtheta": dtheta}

# %% solution="case2.forward"
def case2_forward(alpha, beta, x, y_star):
    a = alpha[:, 0] + alpha[:, 1:] @ x
    z = np.append(1.0, 1 / (1 + np.exp(-a)))
    b = beta @ z
    y = 1 / (1 + np.exp(-b))
    J = -(y_star * np.log(y) + (1 - y_star) * np.log(1 - y))
    return {"a": a, "z": z, "b": b, "y": y, "J": J}

# %% solution="case2.backward"
def case2_backward(alpha, beta, x, y_star):
    v = case2_forward(alpha, beta, x, y_star)
    D, M = len(v["a"]), len(x)
    dy = -1 / v["y"] if y_star == 1 else 1 / (1 - v["y"])
    db = v["y"] - y_star
    dbeta = np.array([db * unit for unit in v["z"]])
    dz, da = np.zeros(D), np.zeros(D)
    dalpha, dx = np.zeros((D, M + 1)), np.zeros(M)
    for j in range(D):
        dz[j] = db * beta[j + 1]
        da[j] = dz[j] * v["z"][j + 1] * (1 - v["z"][j + 1])
        dalpha[j, 0] = da[j]
        for i in range(M):
            dalpha[j, i + 1] = da[j] * x[i]
            dx[i] += da[j] * alpha[j, i + 1]
    return {"dy": dy, "db": db, "dbeta": dbeta, "dz": dz, "da": da, "dalpha": dalpha, "dx": dx}

# %% [markdown]
# Everything with explicit indices like in the lecture (j = unit, k = unit below). Slow but I can
# see what happens.

# %% solution="quiz2.forward"
import math
import numpy as np

def one_sigmoid(t):
    return 1.0 / (1.0 + math.exp(-t))

def quiz2_forward(x, alpha1, alpha2, beta):
    D0, D1, D2 = len(x), alpha1.shape[0], alpha2.shape[0]
    a1 = np.zeros(D1)
    z1 = np.zeros(D1)
    for j in range(D1):
        for i in range(D0):
            a1[j] += alpha1[j][i] * x[i]
        z1[j] = one_sigmoid(a1[j])
    a2 = np.zeros(D2)
    z2 = np.zeros(D2)
    for j in range(D2):
        for k in range(D1):
            a2[j] += alpha2[j][k] * z1[k]
        z2[j] = one_sigmoid(a2[j])
    b = 0.0
    for j in range(D2):
        b += beta[j] * z2[j]
    return dict(a1=a1, z1=z1, a2=a2, z2=z2, b=b, y=one_sigmoid(b))

# %% solution="quiz2.backward"
def quiz2_backward(x, alpha1, alpha2, beta):
    fw = quiz2_forward(x, alpha1, alpha2, beta)
    z1, z2, y = fw["z1"], fw["z2"], fw["y"]
    D0, D1, D2 = len(x), len(z1), len(z2)

    db = y - y * y
    dbeta, da2, da1 = np.zeros(D2), np.zeros(D2), np.zeros(D1)
    dalpha2, dalpha1 = np.zeros((D2, D1)), np.zeros((D1, D0))

    for j in range(D2):
        dbeta[j] = db * z2[j]
        da2[j] = db * beta[j] * (z2[j] - z2[j] ** 2)
        for k in range(D1):
            dalpha2[j, k] = da2[j] * z1[k]

    for k in range(D1):
        through = 0.0
        for j in range(D2):          # z1[k] goes into every unit j of layer 2
            through += da2[j] * alpha2[j, k]
        da1[k] = through * (z1[k] - z1[k] ** 2)
        for i in range(D0):
            dalpha1[k, i] = da1[k] * x[i]

    return dict(db=db, dbeta=dbeta, da2=da2, dalpha2=dalpha2, da1=da1, dalpha1=dalpha1)
