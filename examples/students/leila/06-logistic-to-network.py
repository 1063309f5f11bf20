# %% solution="case1.forward"
import numpy as np

def case1_forward(theta, x, y_star):
    a = theta[0] + theta[1:] @ x
    y = 1 / (1 + np.exp(-a))
    J = -(y_star * np.log(y) + (1 - y_star) * np.log(1 - y))
    return {"a": a, "y": y, "J": J}

# %% solution="case1.backward"
def case1_backward(theta, x, y_star):
    y = 1 / (1 + np.exp(-(theta[0] + theta[1:] @ x)))
    dy = -y_star / y + (1 - y_star) / (1 - y)
    da = dy * y * (1 - y)
    dtheta = da * np.append(1.0, x)
    dx = da * theta[1:]
    return {"dy": dy, "da": da, "dtheta": dtheta, "dx": dx}

# %% solution="case1.batch"
def case1_batch(theta, X, y_star):
    N = len(X)
    y = 1 / (1 + np.exp(-(theta[0] + X @ theta[1:])))
    J = -np.mean(y_star * np.log(y) + (1 - y_star) * np.log(1 - y))
    da = (y - y_star) / N
    dtheta = np.append(da.sum(), X.T @ da)
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
    y, z = v["y"], v["z"]
    dy = -y_star / y + (1 - y_star) / (1 - y)
    db = dy * y * (1 - y)
    dbeta = db * z
    dz = db * beta[1:]
    da = dz * z[1:] * (1 - z[1:])
    dalpha = np.outer(da, np.append(1.0, x))
    dx = alpha[:, 1:].T @ da
    return {"dy": dy, "db": db, "dbeta": dbeta, "dz": dz, "da": da, "dalpha": dalpha, "dx": dx}

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
