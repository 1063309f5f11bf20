# %% solution="bp.output_error"
import numpy as np

σ = lambda z: (1 + np.tanh(z/2))/2
slope = lambda z: 1/(4*np.cosh(z/2)**2)

def bp_output_error(z, y):
    return dict(nabla=σ(z) - y, delta=(σ(z) - y)*slope(z))

# %% solution="bp.hidden_error"
def bp_hidden_error(W_next, delta_next, z):
    row = delta_next @ W_next
    return dict(nabla=row, delta=row @ np.diag(slope(z)))

# %% solution="bp.parameters"
def bp_parameters(delta, a_prev):
    return dict(db=1*delta, dW=np.einsum('j,k->jk', delta, a_prev))

# %% solution="bp.five_steps"
def bp_five_steps(W, b, x, y):
    # recursion over the layers: each call hands dC/da of its input back
    dW, db = {}, {}
    def arrives(l, a):
        if l not in W:
            return a - y
        z = W[l] @ a + b[l]
        db[l] = arrives(l + 1, σ(z))*slope(z)
        dW[l] = np.einsum('j,k->jk', db[l], a)
        return db[l] @ W[l]
    arrives(2, x)
    return dict(dW=dW, db=db)

# %% solution="bp.rows"
def bp_rows(X, W, dZ):
    return dict(
        db=np.ones(len(X)) @ dZ,
        dW=np.einsum('nm,nk->mk', X, dZ),
        dX=np.einsum('nk,mk->nm', dZ, W),
    )

# %% solution="bp.batch"
def bp_batch(W, b, X, Y):
    delta, dW, db, C = {}, {}, {}, []
    def arrives(l, A):
        if l not in W:
            C.append(((A - Y)**2).sum(axis=1).mean()/2)
            return (A - Y)/len(X)
        Z = A @ W[l] + b[l]
        delta[l] = arrives(l + 1, σ(Z))*slope(Z)
        db[l], dW[l], below = bp_rows(A, W[l], delta[l]).values()
        return below
    arrives(2, X)
    return dict(C=C[0], delta=delta, dW=dW, db=db)

# %% [markdown]
# A bias is a weight on a constant 1, so I put a row on top of each matrix and take it off again.

# %% solution="twenty_lines.gradients"
def twenty_lines_gradients(x, y, w1, b1, w2, b2):
    one = np.ones((len(x), 1))
    X = np.hstack([one, x])
    V1, V2 = np.vstack([b1, w1]), np.vstack([b2, w2])
    H = np.hstack([one, σ(X @ V1)])
    gap = H @ V2 - y
    G2, back = 2*H.T @ gap, 2*gap @ w2.T
    G1 = X.T @ (back*slope(X @ V1))
    return dict(
        loss=np.einsum('nk,nk->', gap, gap), grad_y_pred=2*gap, grad_w2=G2[1:], grad_b2=G2[0],
        grad_h=back, grad_w1=G1[1:], grad_b1=G1[0],
    )

# %% solution="twenty_lines.train"
def twenty_lines_train(x, y, w1, b1, w2, b2, lr, steps):
    def go(theta, left):
        if left == 0:
            return [], theta
        g = twenty_lines_gradients(x, y, *theta)
        after = [p - lr*g[n] for p, n in zip(theta, ('grad_w1', 'grad_b1', 'grad_w2', 'grad_b2'))]
        losses, end = go(after, left - 1)
        return [g['loss'], *losses], end
    losses, (w1, b1, w2, b2) = go([w1, b1, w2, b2], steps)
    return dict(losses=np.array(losses), w1=w1, b1=b1, w2=w2, b2=b2)
