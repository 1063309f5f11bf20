# %% solution="quiz1.forward"
import numpy as np

def quiz1_forward(x, z):
    a = x * z
    b = np.exp(a)
    c = np.log(x)
    d = a / c
    e = np.sin(c)
    f = e / b
    y = b + d + f
    print("y =", y)
    return dict(a=a, b=b, c=c, d=d, e=e, f=f, y=y)

# %%
quiz1_forward(2, 3)   # 412.0865..., same as on the slide

# %% solution="quiz1.graph"
def quiz1_graph():
    return dict(order=list("abcdefy"), fan_out=dict(x=2, z=1, a=2, b=2, c=2, d=1, e=1, f=1, y=0))

# %% solution="quiz1.backward"
def quiz1_backward(x, z):
    a = x * z
    b = np.exp(a)
    c = np.log(x)
    e = np.sin(c)

    grad_y = 1.0
    # y = b + d + f
    grad_b = grad_y
    grad_d = grad_y
    grad_f = grad_y
    # f = e / b
    grad_e = grad_f / b
    grad_b += grad_f * (-e / b**2)
    # e = sin(c)
    grad_c = grad_e * np.cos(c)
    # d = a / c
    grad_a = grad_d / c
    grad_c = grad_d * (-a / c**2)
    # c = log(x)
    grad_x = grad_c / x
    # b = exp(a)
    grad_a += grad_b * b
    # a = x * z
    grad_x += grad_a * z
    grad_z = grad_a * x
    return dict(da=grad_a, db=grad_b, dc=grad_c, dd=grad_d, de=grad_e, df=grad_f, dx=grad_x, dz=grad_z)

# %% solution="circuit.gates"
def circuit_gates(w0, x0, w1, x1, w2):
    e = np.exp(-(w0 * x0 + w1 * x1 + w2))
    t = 1 + e
    grad_t = -1 / t**2
    grad_e = grad_t
    grad_n = grad_e * e
    grad_s = -grad_n
    return dict(
        dt=grad_t, de=grad_e, dn=grad_n, ds=grad_s,
        dw0=grad_s * x0, dx0=grad_s * w0, dw1=grad_s * x1, dx1=grad_s * w1, dw2=grad_s,
    )

# %% solution="circuit.sigmoid"
def circuit_sigmoid(w0, x0, w1, x1, w2):
    f = 1 / (1 + np.exp(-(w0 * x0 + w1 * x1 + w2)))
    grad_s = f * (1 - f)
    return dict(ds=grad_s, dw0=grad_s * x0, dx0=grad_s * w0, dw1=grad_s * x1, dx1=grad_s * w1, dw2=grad_s)
