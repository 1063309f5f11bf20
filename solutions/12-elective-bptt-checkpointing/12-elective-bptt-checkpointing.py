# %% [markdown]
# # Elective: Backprop through time with checkpoints
#
# **You will be able to** send a gradient back through a long sequence while keeping only a few of
# its states (objectives O2 and O8).
#
# **Time:** 45 minutes. **You need:** Unit 09. **Points:** this notebook is a bonus. Its two points
# stand outside the hundred of the course, and nothing later needs it.
#
# **From the lectures:** the references of D1 (*So you think you know backpropagation?*),
# A. Gruslys and others on memory-efficient backpropagation through time.

# %% locked="imports"
import numpy as np

import course_bp
from autograder.check import check, hint
from course_bp.notebook import attempt

# %% [markdown] covers="D1:memory-efficient BPTT (Gruslys 2016); D1:sublinear-memory training (Chen 2016)"
# ## A question to begin with
#
# A recurrent network reads a book, letter by letter, and keeps its state after every letter, for
# the backward pass. A million states of a thousand numbers are eight gigabytes. **Which of them
# could you throw away, and what would you do when you need them back?**
#
# The smallest recurrent network has one unit:
#
# $$h_t = \tanh(w\,h_{t-1} + u\,x_t), \quad t = 1 \dots T, \qquad L = \tfrac12 (h_T - y)^2 .$$
#
# The same $w$ and $u$ are used in every step. In the graph this is a fan-out of $T$, and their
# gradients are sums over all steps.
#
# **A worked example** without the tanh, $h_t = w h_{t-1}$, with $h_0 = 1$, $w = 2$ and three steps:
# the states are $1, 2, 4, 8$. For $L = h_3$ each use of $w$ adds $\frac{dL}{dh_t}\,h_{t-1}$. The
# derivatives with respect to $h_3, h_2, h_1$ are $1, 2, 4$, so $\frac{dL}{dw} = 1\cdot4 + 2\cdot2 + 4\cdot1 = 12$,
# and indeed $\frac{d}{dw}w^3 = 3w^2 = 12$.
#
# Here it is as a graph, unrolled in time. It asks before it shows. How many contributions does $w$
# wait for?


# %% tags=["explore"]
from course_bp import explore


def three_steps(w, h0):
    h1 = w * h0
    h2 = w * h1
    return {"h1": h1, "h2": h2, "L": w * h2}


explore.step(three_steps, 2.0, 1.0, title="Three steps in time", predict=True)

# %% [markdown]
# *In words:* for three, one from each step in time; each of them is $4$ here.
#
# **Checkpoints.** On the way forward keep the state at the *start* of each segment of `length`
# steps and drop the others. On the way back take the segments from the last to the first: compute
# its states again from the checkpoint, go back through them, forget them. Only one number passes
# from a segment to the one before it, the derivative with respect to the state between them.
#
# ### Exercise: `bptt.checkpointed`


# %% solution="bptt.checkpointed"
def bptt_checkpointed(x, y, h0, w, u, length):
    """Backpropagates through a sequence, keeping one state a segment.

    Args:
        x: the inputs, shape (T,), at least one.
        y: the target, a float.
        h0: the first state, a float.
        w: the weight of the state, a float.
        u: the weight of the input, a float.
        length: the steps in a segment, an int that divides T.

    Returns:
        A dict with "checkpoints", an array of shape (T / length,) or a list, the states at the start
        of each segment, h0 being the first; and the floats "loss", "dw", "du", "dh0".

    Example:
        With length = T there is one checkpoint, h0.
    """
    ### BEGIN SOLUTION
    checkpoints, h = [], h0
    for t in range(len(x)):
        if t % length == 0:
            checkpoints.append(h)
        h = np.tanh(w * h + u * x[t])
    loss, dh, dw, du = 0.5 * (h - y) ** 2, h - y, 0.0, 0.0
    for segment in reversed(range(len(checkpoints))):
        start = segment * length
        states = [checkpoints[segment]]
        for t in range(start, start + length):
            states.append(np.tanh(w * states[-1] + u * x[t]))
        for t in reversed(range(length)):
            dz = dh * (1 - states[t + 1] ** 2)
            dw += dz * states[t]
            du += dz * x[start + t]
            dh = dz * w
    return {"checkpoints": np.array(checkpoints), "loss": loss, "dw": dw, "du": du, "dh0": dh}
    ### END SOLUTION


# %% check="bptt.checkpointed"
check("bptt.checkpointed", bptt_checkpointed)

# %% tags=["explore"]
# Stuck? Take away the # in front of the next line, and run this cell.
# hint("bptt.checkpointed")

# %% [markdown]
# **What to notice.** The gradient is the same for every length of the segments; only memory and
# work differ. The next cell compares yours with the library's, which keeps everything.

# %% tags=["explore"]
x = np.random.default_rng(12).normal(0, 0.4, 36)


def everything_kept(w):
    h = 0.5
    for value in x:
        h = course_bp.tanh(w * h + 0.6 * value)
    return 0.5 * (h - 0.3) ** 2


def compare():
    for length in (1, 6, 36):
        mine = bptt_checkpointed(x, 0.3, 0.5, 1.1, 0.6, length)
        gap = abs(mine["dw"] - course_bp.grad(everything_kept)(1.1))
        print(f"segments of {length:2d}: {len(mine['checkpoints']):2d} checkpoints", end=", ")
        print(f"dw differs from the library's by {gap:.0e}")


attempt(compare)

# %% [markdown]
# ## Summary and further reading
#
# - Shared weights are a fan-out over time: their gradients add up over all steps.
# - One checkpoint a segment, and a second forward pass, buy memory of about $2\sqrt T$ states.
# - A. Gruslys, R. Munos, I. Danihelka, M. Lanctot, A. Graves, "Memory-efficient backpropagation
#   through time" (2016).
