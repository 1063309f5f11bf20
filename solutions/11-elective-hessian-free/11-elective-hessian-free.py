# %% [markdown]
# # Elective: A Hessian-free step
#
# **You will be able to** use curvature without ever forming a Hessian (objective O8).
#
# **Time:** 45 minutes. **You need:** Unit 09. **Points:** this notebook is a bonus. Its two points
# stand outside the hundred of the course, and nothing later needs it.
#
# **From the lectures:** the references of D1 (*So you think you know backpropagation?*), J. Martens
# and I. Sutskever on Hessian-free optimisation.

# %% locked="imports"
import numpy as np

from autograder.check import check, hint
from course_bp import binary_cross_entropy_with_logits, hvp
from course_bp.notebook import attempt

# %% [markdown] covers="D1:Hessian-free (Martens)"
# ## A question to begin with
#
# In a long narrow valley the gradient points at the wall. Newton's step, $-H^{-1} g$, points along
# the valley. But for a million weights $H$ has $10^{12}$ entries. **Can you solve $Hd = -g$ without
# having $H$?**
#
# Yes, if you can *multiply* by it. The method of conjugate gradients solves $A d = r_0$, for a
# symmetric positive matrix $A$, by a few products with $A$. From $d = 0$, $r = s = r_0$, each
# iteration does
#
# $$\alpha = \frac{r\cdot r}{s \cdot As},\quad d \leftarrow d + \alpha s,\quad
# r' = r - \alpha A s,\quad s \leftarrow r' + \frac{r'\cdot r'}{r \cdot r}\, s,\quad r \leftarrow r'.$$
#
# Far from the minimum $H$ may be nearly flat in some directions, and the step would be huge. So one
# adds a **damping** $\mu$ and solves $(H + \mu I)\,d = -g$.
#
# **A worked example**, with a matrix so small that we see it whole:
# $A = \begin{pmatrix}4&1\\1&3\end{pmatrix}$, $r_0 = (1, 2)$. First iteration: $As = (6, 7)$,
# $\alpha = \frac{5}{20} = \frac14$, so $d = (\frac14, \frac12)$ and $r = (-\frac12, \frac14)$. The new
# direction is $r + \frac{5/16}{5}\,s = (-\frac7{16}, \frac38)$. Second iteration:
# $\alpha = \frac4{11}$, and $d = (\frac1{11}, \frac7{11})$:

# %%
A = np.array([[4.0, 1.0], [1.0, 3.0]])
print("A d after one iteration: ", A @ np.array([1 / 4, 1 / 2]))
print("A d after two iterations:", A @ np.array([1 / 11, 7 / 11]))

# %% [markdown]
# After two iterations the system of two unknowns is solved. With many unknowns one stops early,
# and keeps most of the gain.
#
# ### Exercise: `hessian_free.step`
#
# For logistic regression, $p = \sigma(x\theta)$ and $L$ the mean cross-entropy over $N$ examples,
# you know the gradient from Unit 06. (Here the loss is a mean, and there is no bias.) Derive $Hv$:
# how does the gradient change when $\theta$ moves along $v$? Two products with $x$ are enough. Then
# take the step.


# %% solution="hessian_free.step"
def hessian_free_step(x, y, theta, v, damping, iterations):
    """Computes the gradient, a Hessian–vector product and a Hessian-free step.

    Args:
        x: inputs, shape (N, D).
        y: targets 0.0 or 1.0, shape (N,).
        theta: parameters, shape (D,).
        v: a direction, shape (D,).
        damping: μ, a float above 0.
        iterations: how many iterations of conjugate gradients to take, an int from 1 to D. No
            residual is 0 before the last.

    Returns:
        A dict with "gradient", "hv" (H times v, without damping) and "step" (the d after these
        iterations for (H + μI) d = −gradient, from d = 0), each of shape (D,).

    Example:
        For v = 0, "hv" is 0.
    """
    ### BEGIN SOLUTION
    p = 1 / (1 + np.exp(-(x @ theta)))
    gradient = x.T @ (p - y) / len(y)

    def times(direction):
        return x.T @ (p * (1 - p) * (x @ direction)) / len(y)

    d, r = np.zeros(len(theta)), -gradient
    s = r
    for _ in range(iterations):
        turned = times(s) + damping * s
        alpha = (r @ r) / (s @ turned)
        d, new = d + alpha * s, r - alpha * turned
        s, r = new + (new @ new) / (r @ r) * s, new
    return {"gradient": gradient, "hv": times(v), "step": d}
    ### END SOLUTION


# %% check="hessian_free.step"
check("hessian_free.step", hessian_free_step)

# %% tags=["explore"]
# Stuck? Take away the # in front of the next line, and run this cell.
# hint("hessian_free.step")

# %% [markdown]
# **What to notice.** The next cell compares your $Hv$ with the library's (forward over reverse), and
# five of your steps with five of plain descent, on badly scaled data.

# %% tags=["explore"]
rng = np.random.default_rng(11)
x = rng.normal(size=(200, 6)) * np.array([0.05, 0.1, 0.3, 1.0, 3.0, 6.0])
y = (rng.random(200) < 1 / (1 + np.exp(-x @ np.array([9.0, -6.0, 3.0, 1.0, -0.5, 0.2])))) * 1.0


def loss(theta):
    return binary_cross_entropy_with_logits(x @ theta, y)


def compare():
    start, direction = np.zeros(6), rng.normal(size=6)
    gap = hessian_free_step(x, y, start, direction, 0.0, 1)["hv"] - hvp(loss, start, direction)
    print(f"your H v and the library's differ by {np.abs(gap).max():.0e}")
    newton = plain = start
    for _ in range(5):
        newton = newton + hessian_free_step(x, y, newton, newton, 1e-3, 6)["step"]
        plain = plain - 0.3 * hessian_free_step(x, y, plain, plain, 0.0, 1)["gradient"]
    print(
        f"loss: start {loss(start):.4f}, descent {loss(plain):.4f}, Hessian-free {loss(newton):.4f}"
    )


attempt(compare)

# %% [markdown]
# ## Summary and further reading
#
# - $Hv$ costs about as much as two gradients; conjugate gradients need nothing else.
# - Damping keeps the step where the quadratic picture can be trusted.
# - J. Martens, "Deep learning via Hessian-free optimization" (2010); J. Martens, I. Sutskever,
#   "Training deep and recurrent networks with Hessian-free optimization" (2012).
