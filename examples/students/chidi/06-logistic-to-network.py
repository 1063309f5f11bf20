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
