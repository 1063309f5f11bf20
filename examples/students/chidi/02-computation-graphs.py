# %% solution="quiz1.forward"
from math import *   # as in the maths course

def quiz1_forward(x, z):
    L, P = log(x), x*z
    # sin(log x)/exp(xz) = sin(log x)*exp(-xz)
    return dict(a=P, b=exp(P), c=L, d=P/L, e=sin(L), f=sin(L)*exp(-P), y=exp(P) + P/L + sin(L)*exp(-P))

# %% solution="quiz1.graph"
def quiz1_graph():
    # log first, it does not matter as long as the parents are there
    return dict(order=tuple("xzcead") + ("b", "f", "y"), fan_out=dict(a=2, b=2, c=2, d=1, e=1, f=1, x=2, y=0, z=1))

# %% [markdown]
# By hand on paper:
#
# $y(a, c) = e^a + a/c + e^{-a}\sin c$ with $a = xz$, $c = \log x$, so
# $y_a = e^a + 1/c - e^{-a}\sin c$ and $y_c = -a/c^2 + e^{-a}\cos c$.

# %% solution="quiz1.backward"
def quiz1_backward(x, z):
    a, c = x*z, log(x)
    ya = exp(a) + 1/c - sin(c)/exp(a)
    yc = cos(c)/exp(a) - a/c**2
    return {
        'dz': x*ya,
        'dx': z*ya + yc/x,
        'da': ya,
        'dc': yc,
        'de': exp(-a),
        'db': 1 - sin(c)*exp(-2*a),
    }

# %% solution="circuit.gates"
def circuit_gates(w0, x0, w1, x1, w2):
    # t = 1/f, so dt = -f^2 ; e = t - 1 = (1-f)/f, so dn = -f^2 (1-f)/f = -f(1-f)
    f = 1/(1 + exp(-w0*x0 - w1*x1 - w2))
    g = f*(1 - f)
    return dict(dt=-f**2, dn=-g, ds=g, dw2=g, dw0=g*x0, dw1=g*x1, dx0=g*w0, dx1=g*w1)

# %% solution="circuit.sigmoid"
def circuit_sigmoid(*inputs):
    w0, x0, w1, x1, w2 = inputs
    # sigma'(s) = 1 / (e^(s/2) + e^(-s/2))^2
    s = w0*x0 + w1*x1 + w2
    g = (exp(s/2) + exp(-s/2))**-2
    return dict(zip(('ds', 'dw0', 'dx0', 'dw1', 'dx1', 'dw2'), (g, g*x0, g*w0, g*x1, g*w1, g)))
