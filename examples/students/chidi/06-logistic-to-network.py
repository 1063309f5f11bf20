# %% solution="case1.forward"
import numpy as np

def case1_forward(theta, x, y_star):
    a = np.r_[1, x] @ theta
    return {"a": a, "y": (1 + np.tanh(a / 2)) / 2, "J": np.logaddexp(0, a) - y_star * a}

# %% solution="case1.backward"
def case1_backward(theta, x, y_star):
    y = (1 + np.tanh(np.r_[1, x] @ theta / 2)) / 2
    gap = y - y_star
    return {"dy": gap / (y - y * y), "da": gap, "dtheta": gap * np.r_[1, x], "dx": gap * theta[1:]}

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
    gap = y - y_star
    row = gap * beta[1:] @ np.diag((z - z * z)[1:])     # gradient of J by a, as a row
    return {
        "dy": gap / (y - y * y),
        "db": gap,
        "dbeta": np.einsum("j,->j", z, gap),
        "dz": gap * beta[1:],
        "da": row,
        "dalpha": np.einsum("j,i->ji", row, np.r_[1, x]),
        "dx": (row @ alpha)[1:],
    }

# %% solution="quiz2.forward"
import numpy as np

def quiz2_forward(x, alpha1, alpha2, beta):
    σ = lambda t: (1 + np.tanh(t/2))/2
    a1 = np.einsum('ji,i->j', alpha1, x)
    z1 = σ(a1)
    a2 = np.einsum('ji,i->j', alpha2, z1)
    z2 = σ(a2)
    b = np.einsum('j,j->', beta, z2)
    return dict(a1=a1, z1=z1, a2=a2, z2=z2, b=b, y=σ(b))

# %% [markdown]
# Backward as a product of Jacobians: $\frac{\partial y}{\partial a^{(1)}} =
# \frac{dy}{db}\,\beta^T\,\mathrm{diag}(\sigma'(a^{(2)}))\,\alpha^{(2)}\,\mathrm{diag}(\sigma'(a^{(1)}))$

# %% solution="quiz2.backward"
def quiz2_backward(x, alpha1, alpha2, beta):
    f = quiz2_forward(x, alpha1, alpha2, beta)
    slope = lambda t: 1/(4*np.cosh(t/2)**2)      # σ'(t), no need of z
    S1, S2 = np.diag(slope(f['a1'])), np.diag(slope(f['a2']))
    db = slope(f['b'])
    J2 = db*beta @ S2            # row vector, dy/da2
    J1 = J2 @ alpha2 @ S1        # dy/da1
    return {
        'db': db, 'da2': J2, 'da1': J1,
        'dbeta': db*f['z2'],
        'dalpha1': J1[:, None]*x[None, :],
        'dalpha2': J2[:, None]*f['z1'][None, :],
    }
