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
