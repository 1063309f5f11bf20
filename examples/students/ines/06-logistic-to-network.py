# %% solution="quiz2.forward"
import numpy as np

def sig(u):
    return 1 / (1 + np.exp(-u))

def quiz2_forward(x, alpha1, alpha2, beta):
    a1 = alpha1 @ x
    z1 = sig(a1)
    a2 = alpha2 @ z1
    z2 = sig(a2)
    b = beta @ z2
    y = sig(b)
    keys = ["a1", "z1", "a2", "z2", "b", "y"]
    vals = [a1, z1, a2, z2, b, y]
    return dict(zip(keys, vals))

# %%
def sig_prime(z):
    # z is already the output of sig
    return z * (1 - z)

# %% solution="quiz2.backward"
def quiz2_backward(x, alpha1, alpha2, beta):
    v = quiz2_forward(x, alpha1, alpha2, beta)
    db = sig_prime(v["y"])
    dbeta = db * v["z2"]
    da2 = beta * sig_prime(v["z2"])
    dalpha2 = np.outer(da2, v["z1"])
    da1 = alpha2.T @ da2 * sig_prime(v["z1"])
    dalpha1 = np.outer(da1, x)
    keys = ["db", "dbeta", "da2", "dalpha2", "da1", "dalpha1"]
    vals = [db, dbeta, da2, dalpha2, da1, dalpha1]
    return dict(zip(keys, vals))
