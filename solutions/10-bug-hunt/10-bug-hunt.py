# %% [markdown]
# # Unit 10: Bug hunt
#
# **You will be able to**
#
# - correct formulas that a slide prints with a slip, and prove the correction with a number;
# - design inputs that make a wrong gradient show itself, and name its mistake from the outside
#   (objectives O2 and O7).
#
# **Time:** about two hours. **You need:** Units 02 to 07: by now you have met each of these
# mistakes, perhaps in your own code.
#
# **From the lectures:** slips on slides of D0 and D2 (CMU 10-601, 2018 and 2016), D1 (*So you think
# you know backpropagation?*) and D3 (Purdue, Lecture 18.2). Slides are written at night, like code.

# %% locked="imports"
import numpy as np

from autograder.check import check, hint
from course_bp.finite_differences import finite_difference


def network_loss(x, y, W1, b1, W2, b2):
    """The loss of the network of this unit: half the squared error, averaged over examples."""
    h = 1 / (1 + np.exp(-(x @ W1 + b1)))
    p = h @ W2 + b2
    return 0.5 * np.sum((p - y) ** 2) / len(x)


def right_backward(x, y, W1, b1, W2, b2):
    """The gradients of network_loss by its four parameters, as a dict."""
    h = 1 / (1 + np.exp(-(x @ W1 + b1)))  # (N, H)
    dp = (h @ W2 + b2 - y) / len(x)  # (N, K)
    dz = (dp @ W2.T) * h * (1 - h)  # (N, H)
    return {"dW1": x.T @ dz, "db1": dz.sum(axis=0), "dW2": h.T @ dp, "db2": dp.sum(axis=0)}


# %% [markdown]
# ## A question to begin with
#
# A colleague's network does not learn well. The code of the backward pass is out of reach, in a
# library, or in a thousand lines; but you may *call* it, with any input you like. **Which inputs do
# you choose?**
#
# A random batch is a start. But look at what these three probes would never show:

# %%
rng = np.random.default_rng(10)
x, W1, b1 = rng.normal(size=(1, 2)), rng.normal(size=(2, 4)), rng.normal(size=4)
W2, b2, y = rng.normal(size=(4, 3)), rng.normal(size=3), rng.normal(size=(1, 3))
dp = 1 / (1 + np.exp(-(x @ W1 + b1))) @ W2 + b2 - y
print("one example: sum − mean over the batch:    ", np.abs(dp.sum(axis=0) - dp.mean(axis=0)).max())
ones = np.ones(3)
print("upstream of ones: dropped − multiplied:    ", np.abs(ones * 0.25 - 0.25).max())
square = np.array([[2.0, 1.0], [1.0, 3.0]])
print("symmetric weights: transposed − as it is:  ", np.abs(square.T - square).max())

# %% [markdown]
# Three mistakes, three differences of exactly zero. A probe is good if every mistake that you can
# think of changes some number of the answer.

# %% [markdown] covers="erratum 1; erratum 11; erratum 13; erratum 15; erratum 21"
# ## First hunt: slides
#
# Here are six formulas as they are printed. Each has a slip.
#
# | name | where | as printed | the setting |
# |---|---|---|---|
# | `sigmoid` | D1, the sigmoid's derivative | $g(z) = \dfrac{1}{1 - e^{-z}}$ | a number $z > 0$ |
# | `da_top` | D0 and D2, Case 1 | $\dfrac{dJ}{da} = y^* - y$ | $y = \sigma(a)$, entry by entry; $J$ is the *loss*, to be made small |
# | `dx` | D0 and D2, Case 2 | $\dfrac{da_j}{dx_i} = \sum_j \alpha_{ji}$, times $\dfrac{dJ}{da_j}$, summed | `da[j]` is $dJ/da_j$; wanted: $dJ/dx_i$ |
# | `delta` | D3, BP-2 | $\delta^l = \big((w^{l+1})^T \delta^{l+1}\big) \odot \sigma'(z^l)$ | used with $z^{l+1} = (w^{l+1})^T a^l$; $a^l = \sigma(z^l)$ |
# | `descent` | D1, why $-\nabla f$ | among all $u$ with $\lVert u\rVert = 1$, $-\nabla f$ descends fastest | wanted: this $u$ |
# | `dz_relu` | D2, ReLU | for units that are off, "clip the gradient" | `upstream` arrives at ReLU's output, `before` is its input |
#
# The slide's form, the correct form and a proof in two lines: for the sigmoid it goes like this.
# (The others are yours; write such a proof for each before you trust your correction.)

# %%
for z in (0.5, 5.0):
    print(f"z = {z}: printed {1 / (1 - np.exp(-z)):.4f}, which is not between 0 and 1")

# %% [markdown]
# ### Exercise: `slides.corrected`
#
# Compute all six in their correct form. At 0 the ReLU's slope is 0, as in Unit 05.


# %% solution="slides.corrected"
def slides_corrected(z, y, y_star, alpha, da, w, delta_above, a, gradient, before, upstream):
    """Computes six quantities whose formulas are printed with a slip.

    Args:
        z: a float, the sigmoid's input.
        y: outputs of sigmoid units, shape (J,).
        y_star: their targets, 0.0 or 1.0, shape (J,).
        alpha: weights, shape (J, I): alpha[j, i] leads from input i to unit j.
        da: the gradient of a loss by the units' pre-activations, shape (J,).
        w: weights of the layer above, shape (J, K): z_above = w.T @ a, so w[j, k] leads from unit
            j to unit k above.
        delta_above: δ of the layer above, shape (K,).
        a: the layer's activations, sigmoids, shape (J,).
        gradient: ∇f at a point, shape (I,), not all 0.
        before: what enters some ReLUs, shape (M,).
        upstream: the incoming gradient, at their outputs, shape (M,).

    Returns:
        A dict with "sigmoid", a float; "da_top", shape (J,), the gradient of the cross-entropy by
        the pre-activations; "dx", shape (I,); "delta", shape (J,); "descent", shape (I,);
        "dz_relu", shape (M,), the gradient with respect to the ReLUs' inputs.

    Example:
        At z = 0, where the printed formula divides by zero, "sigmoid" would be 0.5.
    """
    ### BEGIN SOLUTION
    return {
        "sigmoid": 1 / (1 + np.exp(-z)),
        "da_top": y - y_star,
        "dx": alpha.T @ da,
        "delta": (w @ delta_above) * a * (1 - a),
        "descent": -gradient / np.linalg.norm(gradient),
        "dz_relu": upstream * (before > 0),
    }
    ### END SOLUTION


# %% check="slides.corrected"
check("slides.corrected", slides_corrected)

# %% tags=["explore"]
# Stuck? Take away the # in front of the next line, and run this cell.
# hint("slides.corrected")

# %% [markdown]
# **What to notice.** Most of these slips survive a quick look because some special case hides them:
# a square layer, a positive gradient, a symmetric weight. The best reader of formulas is a random
# number.

# %% [markdown] covers="O7"
# ## Second hunt: functions
#
# The network of this unit has one hidden layer of sigmoids; examples are rows:
#
# $$h = \sigma(x W_1 + b_1), \qquad p = h W_2 + b_2, \qquad
# L = \frac{1}{N}\sum_{i}\tfrac12\lVert p_i - y_i\rVert^2 .$$
#
# The locked cell at the top has its loss and its right backward pass, `right_backward`. We trust
# it only since we have measured it:

# %%
sizes = ((5, 2), (5, 3), (2, 4), (4,), (4, 3), (3,))
probe = [rng.normal(size=shape) for shape in sizes]
measured = finite_difference(network_loss, argnums=(2, 3, 4, 5))(*probe)
for (name, value), slope in zip(right_backward(*probe).items(), measured, strict=True):
    print(f"{name}: differs from the measured slopes by {np.abs(value - slope).max():.0e}")

# %% [markdown]
# A **suspect** is a function that takes the same six arguments and returns the same dict, and leaves
# your arrays as they are. It is right, or it has *one* of these mistakes (the numbers are those of
# the catalogue that the checks use, which holds more than ten):
#
# | name | what the suspect does |
# |---|---|
# | `"M1"` | all gradients have the wrong sign |
# | `"M2"` | all gradients are doubled, or all are halved |
# | `"M3"` | the gradient of a sum over the examples, not of their mean |
# | `"M4"` | averaged twice: below the output layer it divides by $N$ once more |
# | `"M5"` | the sigmoid's derivative is left out |
# | `"M6"` | the sigmoid's derivative takes $\sigma(h)$ where $h$ belongs: $\sigma(h)(1 - \sigma(h))$ |
# | `"M11"` | $W_2$ where its transpose belongs, wherever that runs without an error (and right elsewhere) |
# | `"M14"` | $W_2$ is changed by a step of gradient descent, of unknown rate, before the error goes back through it |
# | `"M17"` | each call adds to the gradients of all earlier calls whose six arguments had the same shapes |
# | `"M20"` | for both biases the mean over the examples is taken where the sum belongs |
# | `"right"` | nothing wrong |
#
# **A worked example.** This suspect is the library of a friend. One probe, four ratios:


# %%
def friend(x, y, W1, b1, W2, b2):
    found = right_backward(x, y, W1, b1, W2, b2)
    return {name: value if name == "dW2" else value * 1.5 for name, value in found.items()}


right, found = right_backward(*probe), friend(*probe)
for name in right:
    ratios = found[name] / right[name]
    print(f"{name}: found / right between {ratios.min():.3f} and {ratios.max():.3f}")

# %% [markdown]
# `dW2` is right and the other three are $1.5$ times too large: none of the mistakes in our table,
# but the reading is the same. *Which tensors are wrong? Is the ratio one number, and which? Does it
# depend on the sizes, on the call?*
#
# A warning about the ratio: behind a sum over examples, a factor that differs from example to
# example leaves no clean ratio. Then compute what the suspected mistake *would* give, and compare.
#
# Before you code, fill this in on paper: for each row of the table, one probe that shows it, and
# one that hides it.

# %% [markdown]
# ### Exercise: `suspects.named`
#
# Write a detective: a function that gets a suspect, calls it with inputs **that you design**, as
# often as you like, and returns one of the eleven names. A suspect takes arrays of at most two axes,
# none longer than 512.
#
# The check lines up fifteen suspects, twice, in random order and in three groups: mistakes in the
# size of gradients (`sizes_named`), in their factors (`factors_named`), and in what is remembered
# (`memory_named`). Each group earns its points when all its suspects got their right names.


# %% solution="suspects.named"
def suspects_named(suspect):
    """Finds out which mistake a backward function has.

    Args:
        suspect: a function of (x, y, W1, b1, W2, b2), shaped (N, D), (N, K), (D, H), (H,),
            (H, K), (K,), that returns a dict with "dW1", "db1", "dW2", "db2".

    Returns:
        A string: "M1", "M2", "M3", "M4", "M5", "M6", "M11", "M14", "M17", "M20" or "right".

    Example:
        suspects_named(right_backward) is "right".
    """

    ### BEGIN SOLUTION
    def draw(hidden):
        rng = np.random.default_rng(hidden)
        shapes = ((5, 2), (5, 3), (2, hidden), (hidden,), (hidden, 3), (3,))
        return [rng.normal(size=shape) for shape in shapes]

    def same(a, b):
        return all(np.allclose(a[name], b[name]) for name in a)

    wide, square = draw(4), draw(3)
    x, y, W1, b1, W2, b2 = wide
    n = len(x)
    right = right_backward(*wide)
    first, second = suspect(*wide), suspect(*wide)
    if not same(first, second):
        return "M17"
    if same(first, right):
        return "right" if same(suspect(*square), right_backward(*square)) else "M11"
    for factor, name in ((-1, "M1"), (2, "M2"), (0.5, "M2"), (n, "M3")):
        if np.allclose(first["dW2"], factor * right["dW2"]):
            return name
    if np.allclose(first["db2"], right["db2"] / n):
        return "M20"
    if np.allclose(first["dW1"], right["dW1"] / n):
        return "M4"
    h = 1 / (1 + np.exp(-(x @ W1 + b1)))
    dh = (h @ W2 + b2 - y) / n @ W2.T
    twice = 1 / (1 + np.exp(-h))
    if np.allclose(first["dW1"], x.T @ dh):
        return "M5"
    if np.allclose(first["dW1"], x.T @ (dh * twice * (1 - twice))):
        return "M6"
    return "M14"
    ### END SOLUTION


# %% check="suspects.named"
check("suspects.named", suspects_named)

# %% tags=["explore"]
# Stuck? Take away the # in front of the next line, and run this cell.
# hint("suspects.named")

# %% [markdown]
# **What to notice.** You needed two networks, a number of examples that nothing else is equal to,
# a second call, and biases that are not zero. The checks of this course draw their inputs by the
# same rules. And when a check of yours said "looks like", this is how it knew.
#
# One last look at the number of examples: three mistakes that differ by a constant only, in batches
# of 1, 2 and 5.

# %% tags=["explore"]
for examples in (1, 2, 5):
    rng = np.random.default_rng(3)
    shapes = ((examples, 2), (examples, 3), (2, 4), (4,), (4, 3), (3,))
    x, y, W1, b1, W2, b2 = (rng.normal(size=shape) for shape in shapes)
    db2 = right_backward(x, y, W1, b1, W2, b2)["db2"]
    candidates = {
        "doubled": 2 * db2,
        "sum for mean": examples * db2,
        "bias averaged": db2 / examples,
    }
    alike = [name for name, value in candidates.items() if np.allclose(value, db2)]
    twins = np.allclose(candidates["doubled"], candidates["sum for mean"])
    print(f"{examples} examples: unseen: {alike or 'none'}; doubled and summed look alike: {twins}")

# %% [markdown]
# ## Reflection
#
# Nobody grades this. Write a few sentences into the cell below.
#
# 1. Which mistake of the table would a falling loss hide for longest, and why?
# 2. Finite differences tell that a gradient is wrong. What do they not tell, that your detective
#    does?
# 3. Which of the eleven have you made yourself in this course?

# %% [markdown]
# *Your answers:*

# %% [markdown]
# ## Summary
#
# - A probe hides every mistake that it does not change a number for: one example hides $1/N$,
#   square hides transposes or shows them, zeros hide biases, one call hides memory.
# - Look at the tensors in the order of the backward pass; the earliest wrong one is next to the bug.
# - A clean ratio names a constant. No clean ratio: compute what the suspected mistake would give.

# %% [markdown]
# **How far have you come?** The next cell shows what passes, by unit and by objective. Your checks
# keep the tally in a file on this computer, and nowhere else.

# %% tags=["explore"]
from autograder.progress import progress

progress()

# %% [markdown]
# ## Further reading
#
# - A. Karpathy, "A recipe for training neural networks" (2019): on failing silently.
# - A. Griewank, A. Walther, *Evaluating Derivatives* (2nd ed., 2008), chapter 3: why two ways of
#   computing the same derivative are the best test.
