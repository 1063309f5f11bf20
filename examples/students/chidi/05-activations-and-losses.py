# %% [markdown]
# Everything from one stable function: $\mathrm{softplus}(z) = \log(e^0 + e^z)$, so
# $\sigma(z) = e^{-\mathrm{softplus}(-z)}$ and $\sigma'(z) = e^{-\mathrm{softplus}(z) - \mathrm{softplus}(-z)}$.

# %% solution="activations.values"
import numpy as np

softplus_ = lambda z: np.logaddexp(0, z)

def activations_values(z):
    return dict(sigmoid=np.exp(-softplus_(-z)), tanh=np.tanh(z), relu=z * (z > 0), softplus=softplus_(z))

# %% solution="activations.backward"
def activations_backward(z, upstream):
    t = np.tanh(z)
    return dict(
        dsigmoid=upstream * np.exp(-softplus_(z) - softplus_(-z)),
        dtanh=upstream * (1 - t) * (1 + t),
        drelu=np.where(z > 0, upstream, 0.0),
        dsoftplus=upstream * np.exp(-softplus_(-z)),
    )

# %% solution="softmax.forward"
def log_softmax_(b):
    return b - np.logaddexp.reduce(b, axis=-1, keepdims=True)

def softmax_forward(b, targets):
    L = log_softmax_(b)
    return dict(y=np.exp(L), J=-np.einsum('nk,nk->', targets, L)/b.shape[0])

# %% solution="softmax.jacobian"
def softmax_jacobian(b, upstream):
    y = np.exp(log_softmax_(b))
    J = y[:, None]*(np.eye(b.size) - y)
    return dict(jacobian=J, db=J.T @ upstream)

# %% solution="softmax.backward"
def softmax_backward(b, targets):
    return dict(db=(np.exp(log_softmax_(b)) - targets)/b.shape[0])

# %% solution="losses.matching"
def losses_matching(w, X, y, t, sigma, tau):
    gap, signed = y - X @ w, (2*t - 1)*(X @ w)
    S, P = gap @ gap, w @ w
    G = 0.5*S/sigma**2 + 0.5*len(y)*np.log(2*np.pi*sigma**2)
    return dict(
        squared_error=S, gaussian=G, ratio=0.5/sigma**2,
        lam=sigma**2/tau**2, penalised=S + P*sigma**2/tau**2, posterior=G + 0.5*P/tau**2,
        cross_entropy=np.logaddexp(0, -signed).sum(), bernoulli=np.logaddexp(0, -signed).sum(),
        hinge=np.clip(1 - signed, 0, None).sum(), choice='E',
    )
