# %% solution="quiz2.forward"
import numpy as np

def s(t):
    return 1 / (1 + np.exp(-t))

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
