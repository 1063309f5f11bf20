# %% [markdown]
# # Elective: Synthetic gradients
#
# **You will be able to** train a layer that does not wait for the backward pass (objectives O4 and
# O8).
#
# **Time:** 45 minutes. **You need:** Unit 07. **Points:** this notebook is a bonus. Its two points
# stand outside the hundred of the course, and nothing later needs it.
#
# **From the lectures:** the references of D1 (*So you think you know backpropagation?*),
# M. Jaderberg, W. Czarnecki and others on decoupled neural interfaces.

# %% locked="imports"
import numpy as np

from autograder.check import check, hint
from course_bp.finite_differences import finite_difference
from course_bp.notebook import attempt

# %% [markdown] covers="D1:synthetic gradients (Jaderberg, Czarnecki)"
# ## A question to begin with
#
# Layer 1 of a deep network has done its part of the forward pass. Now it waits: for all layers
# above, for the loss, for the whole way back. **Could it guess the gradient that will arrive, and
# learn from the guess?**
#
# Give it a small helper, a linear predictor that looks at the layer's output and guesses the
# gradient $\partial L/\partial h$:
#
# $$h = \tanh(x W), \qquad \hat g = h A + c .$$
#
# The layer takes its step *as if* $\hat g$ were the gradient. When the true gradient $g$ arrives
# at last, the helper learns from it, by least squares over the $N$ examples:
#
# $$\ell = \frac1{N}\sum_i \tfrac12 \lVert \hat g_i - g_i\rVert^2 .$$
#
# Two gradients, kept apart: $W$ learns from $\hat g$; $A$ and $c$ learn from $\ell$.
#
# **A worked example** for the helper, with one example, one unit, $h = 2$, $A = 1$, $c = -1$: the
# guess is $1$. The truth is $4$. So $\ell = 4.5$; measured slopes:

# %%
for name, slope in (
    ("A", finite_difference(lambda A: 0.5 * (2 * A - 1 - 4) ** 2)(1.0)),
    ("c", finite_difference(lambda c: 0.5 * (2 * 1 + c - 4) ** 2)(-1.0)),
):
    print(f"dℓ/d{name} = {slope:.6f}: the guess should rise")

# %% [markdown]
# ### Exercise: `synthetic.gradients`


# %% solution="synthetic.gradients"
def synthetic_gradients(x, W, A, c, true_dh):
    """Computes the guess, the layer's gradient made from it, and the predictor's own gradients.

    Args:
        x: inputs, shape (N, D).
        W: the layer's weights, shape (D, H).
        A: the predictor's matrix, shape (H, H).
        c: the predictor's bias, shape (H,).
        true_dh: the gradient dL/dh that arrives later, shape (N, H). If L is a mean over the
            examples, its 1/N is already in here.

    Returns:
        A dict with "guess", shape (N, H); "dW", shape (D, H), the layer's gradient if the guess
        were dL/dh, so without a further 1/N; "loss", the predictor's loss ℓ, a float; "dA",
        shape (H, H), and "dc", shape (H,), its gradients. (The predictor's loss is not sent back
        into h.)

    Example:
        With A and c all zeros the guess is 0, and so is "dW".
    """
    ### BEGIN SOLUTION
    h = np.tanh(x @ W)
    guess = h @ A + c
    error = (guess - true_dh) / len(x)
    return {
        "guess": guess,
        "dW": x.T @ (guess * (1 - h**2)),
        "loss": 0.5 * np.sum((guess - true_dh) ** 2) / len(x),
        "dA": h.T @ error,
        "dc": error.sum(axis=0),
    }
    ### END SOLUTION


# %% check="synthetic.gradients"
check("synthetic.gradients", synthetic_gradients)

# %% tags=["explore"]
# Stuck? Take away the # in front of the next line, and run this cell.
# hint("synthetic.gradients")

# %% [markdown]
# **What to notice.** The next cell trains a tiny network three times: with the first layer left as
# it is, with guesses made from $h$ alone, and with guesses from $h$ and the target. (The target
# comes in as one more hidden unit that only the helper looks at.) The first layer never waits for
# the true gradient; its helper sees that later.


# %% tags=["explore"]
def train(moving, label_seen, steps=3000):
    rng = np.random.default_rng(13)
    x = rng.normal(size=(64, 3))
    y = np.sin(x[:, 0]) * x[:, 1]
    W, w = rng.normal(size=(3, 16)) * 0.5, rng.normal(size=16) * 0.3
    A, c = np.zeros((17, 17)), np.zeros(17)
    for _ in range(steps):
        h = np.tanh(x @ W)
        error = (h @ w - y) / len(x)
        true_dh = np.column_stack([np.outer(h @ w - y, w), np.zeros(len(x))])
        wide_x = np.column_stack([x, 0.5 * y * label_seen])
        wide_W = np.block([[W, np.zeros((3, 1))], [np.zeros((1, 16)), np.ones((1, 1))]])
        found = synthetic_gradients(wide_x, wide_W, A, c, true_dh)
        W = W - 0.1 * moving * found["dW"][:3, :16] / len(x)
        w = w - 0.1 * h.T @ error
        A, c = A - 0.1 * found["dA"], c - 0.1 * found["dc"]
    return np.mean((np.tanh(x @ W) @ w - y) ** 2)


def three_trainings():
    print(f"first layer left as it is:     loss {train(0.0, 0.0):.4f}")
    print(f"guesses from h alone:          loss {train(1.0, 0.0):.4f}")
    print(f"guesses from h and the target: loss {train(1.0, 1.0):.4f}")


attempt(three_trainings)

# %% [markdown]
# Guesses from $h$ alone gain nothing here, and there is a reason: once $w$ fits the targets by least
# squares, what is left of them has no linear relation to $h$, so the best *linear* guess from $h$ is
# zero. A helper that sees the target can do better. Jaderberg and others also give theirs the labels,
# and hidden layers.
#
# ## Summary and further reading
#
# - A layer needs *a* gradient, and a learned guess can serve until the truth comes.
# - Keep the two losses apart: what trains the layer, and what trains the guess.
# - M. Jaderberg and others, "Decoupled neural interfaces using synthetic gradients" (2017);
#   W. M. Czarnecki and others, "Understanding synthetic gradients and decoupled neural interfaces"
#   (2017).
