# %% solution="case1.forward"
import numpy as np

def s(t):
    return 1 / (1 + np.exp(-t))

def case1_forward(theta, x, y_star):
    a = theta[0]
    for j in range(len(x)):
        a = a + theta[j + 1] * x[j]
    y = s(a)
    if y_star == 1:
        J = -np.log(y)
    else:
        J = -np.log(1 - y)
    print("J =", J)
    return dict(a=a, y=y, J=J)

# %% solution="case1.backward"
def case1_backward(theta, x, y_star):
    y = case1_forward(theta, x, y_star)["y"]
    grad_a = y - y_star
    grad_theta = np.zeros(len(theta))
    grad_theta[0] = grad_a
    grad_x = np.zeros(len(x))
    for j in range(len(x)):
        grad_theta[j + 1] = grad_a * x[j]
        grad_x[j] = grad_a * theta[j + 1]
    return dict(dy=grad_a / (y * (1 - y)), da=grad_a, dtheta=grad_theta, dx=grad_x)

# %% solution="case1.batch"
def case1_batch(theta, X, y_star):
    N = len(X)
    y = s(X @ theta[1:] + theta[0])
    J = np.where(y_star == 1, -np.log(y), -np.log(1 - y)).sum() / N
    grad_a = (y - y_star) / N
    grad_theta = np.zeros(len(theta))
    for n in range(N):
        grad_theta[0] += grad_a[n]
        grad_theta[1:] += grad_a[n] * X[n]
    return dict(J=J, da=grad_a, dtheta=grad_theta)

# %% solution="case2.forward"
def case2_forward(alpha, beta, x, y_star):
    D = len(alpha)
    a = np.zeros(D)
    z = np.ones(D + 1)
    for j in range(D):
        a[j] = alpha[j, 0] + alpha[j, 1:].dot(x)
        z[j + 1] = s(a[j])
    b = sum(beta * z)
    y = s(b)
    return dict(a=a, z=z, b=b, y=y, J=-np.log(y) if y_star == 1 else -np.log(1 - y))

# %% solution="case2.backward"
def case2_backward(alpha, beta, x, y_star):
    v = case2_forward(alpha, beta, x, y_star)
    y, hidden = v["y"], v["z"][1:]
    grad_b = y - y_star
    grad_z = grad_b * beta[1:]
    grad_a = grad_z * hidden * (1 - hidden)
    grad_alpha = np.zeros_like(alpha)
    grad_x = np.zeros(len(x))
    for j in range(len(alpha)):
        grad_alpha[j, 0] = grad_a[j]
        grad_alpha[j, 1:] = grad_a[j] * x
        grad_x = grad_a[j] * alpha[j, 1:]
    return dict(dy=grad_b / (y * (1 - y)), db=grad_b, dbeta=grad_b * v["z"], dz=grad_z, da=grad_a, dalpha=grad_alpha, dx=grad_x)

# %% solution="quiz2.forward"
def quiz2_forward(x, alpha1, alpha2, beta):
    a1 = alpha1 @ x
    z1 = s(a1)
    a2 = alpha2 @ z1
    z2 = s(a2)
    b = beta @ z2
    y = s(b)
    print("y =", y)
    return dict(a1=a1, z1=z1, a2=a2, z2=z2, b=b, y=y)

# %% solution="quiz2.backward"
def quiz2_backward(x, alpha1, alpha2, beta):
    v = quiz2_forward(x, alpha1, alpha2, beta)
    z1, z2, y = v["z1"], v["z2"], v["y"]
    grad_b = y * (1 - y)
    grad_beta = grad_b * z2
    grad_a2 = grad_b * beta * z2 * (1 - z2)
    grad_alpha2 = np.outer(grad_a2, z1)
    grad_z1 = np.zeros_like(z1)
    for j in range(len(beta)):
        grad_z1 = grad_a2[j] * alpha2[j]
    grad_a1 = grad_z1 * z1 * (1 - z1)
    grad_alpha1 = np.outer(grad_a1, x)
    return dict(db=grad_b, dbeta=grad_beta, da2=grad_a2, dalpha2=grad_alpha2, da1=grad_a1, dalpha1=grad_alpha1)
