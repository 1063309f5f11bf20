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

# %% solution="quiz2.forward"
import numpy as np

def quiz2_forward(x, alpha1, alpha2, beta):
    a1 = alpha1 @ x
    z1 = 1 / (1 + np.exp(-a1))
    a2 = alpha2 @ z1
    z2 = 1 / (1 + np.exp(-a2))
    b = beta @ z2
    y = 1 / (1 + np.exp(-b))
    return {"a1": a1, "z1": z1, "a2": a2, "z2": z2, "b": b, "y": y}

# %% solution="quiz2.backward"
def quiz2_backward(x, alpha1, alpha2, beta):
    vals = quiz2_forward(x, alpha1, alpha2, beta)
    db = vals["y"] * (1 - vals["y"])
    dbeta = db * vals["z2"]
    # the two layers are still missing
    return {"db": db, "dbeta": dbeta}
