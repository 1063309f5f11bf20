# %% [markdown] covers="O3; O4; O6"
# # Unit 05: Activations and losses
#
# **You will be able to**
#
# - name the pieces that stand at the two ends of every layer, activations and losses, as nodes of a
#   graph (objective O3), and differentiate them, far out and at a kink (O4);
# - compute softmax and cross-entropy so that no logit can break them;
# - say which assumption about the data each loss stands for, and prove it by gradients (O6).
#
# **Time:** about three hours. **You need:** Unit 02 (upstream × local), partial derivatives, NumPy
# arrays with an axis argument. Of probability: independence, Bayes' rule, the density of a Gaussian.
#
# **From the lectures:** D2, the deck of CMU 10-601B, lecture 15 of 2016 (activations, softmax,
# cross-entropy, the matching quiz); D0, its successor of 2018 (the derivative of a sigmoid);
# D1, "So you think you know backpropagation?" (the same derivative, with a slip).

# %% locked="imports"
import matplotlib.pyplot as plt
import numpy as np

import course_bp
from autograder.check import check, hint
from course_bp.finite_differences import finite_difference
from course_bp.notebook import attempt, picture


# %% [markdown]
# ## A question to begin with
#
# A network has to say which of three animals is in a picture. Its last layer gives the numbers
# $b = (810,\ 805,\ -700)$. The softmax of deck D2 turns them into probabilities,
#
# $$y_k = \frac{\exp(b_k)}{\sum_{l=1}^{K}\exp(b_l)}.$$
#
# By hand this is easy: the first is $e^{5}$ times as likely as the second, and the third is out of
# the question. Type the formula into NumPy:

# %%
b = np.array([810.0, 805.0, -700.0])
with np.errstate(all="ignore"):
    print("the formula as printed:", np.exp(b) / np.exp(b).sum())

# %% [markdown]
# One such example in a batch, and every weight of the network is `nan` after the next step. The
# formula is right and the program is wrong. Where exactly does it go wrong, what would be right, and
# does the *derivative* have the same disease?

# %% [markdown] covers="D2:sigmoid, tanh, ReLU, softplus; D1:activations"
# ## Four activations
#
# A layer without an activation is a matrix, and a stack of matrices is one matrix. The activation
# makes the difference, so a network has thousands of them. Decks D1 and D2 show four:
#
# | name | formula | range | in words |
# |---|---|---|---|
# | sigmoid | $\sigma(z) = \dfrac{1}{1 + e^{-z}}$ | $(0, 1)$ | a soft step |
# | tanh | $\tanh z = \dfrac{e^z - e^{-z}}{e^z + e^{-z}}$ | $(-1, 1)$ | the same, centred on 0 |
# | ReLU | $\max(0, z)$ | $[0, \infty)$ | off, or linear |
# | softplus | $\log(1 + e^z)$ | $(0, \infty)$ | a soft ReLU |
#
# > **Other decks, other letters.** The number that goes in is $a$ in D0 and D2, and $z$ in D1, D3 and
# > D4. Here it is $z$.

# %% tags=["explore"] jupyter={"source_hidden": true}
places = np.linspace(-4, 4, 321)
four = {
    "sigmoid": course_bp.sigmoid,
    "tanh": course_bp.tanh,
    "ReLU": course_bp.relu,
    "softplus": course_bp.softplus,
}
figure, axes = plt.subplots(1, 4, figsize=(11, 2.6), sharey=True)
for one, (name, function) in zip(axes, four.items(), strict=True):
    slope = (function(places + 1e-5) - function(places - 1e-5)) / 2e-5
    one.plot(places, function(places), label="value")
    one.plot(places, slope, linestyle="--", label="slope, measured")
    one.set(title=name, xlabel="z", ylim=(-1.3, 3))
    one.axhline(0, color="0.8", linewidth=0.8, zorder=0)
axes[0].legend(frameon=False, loc="upper left", fontsize=9)
picture(
    figure,
    "Four curves with their slopes. Sigmoid: from 0 to 1, slope a bell of height one quarter. "
    "Tanh: from minus 1 to 1, slope a bell of height 1. ReLU: 0, then linear, its slope jumps "
    "from 0 to 1. Softplus: a smooth ReLU, its slope rises smoothly from 0 to 1.",
)

# %% [markdown]
# *The picture in words:* sigmoid and tanh level off on both sides, and their slopes are bells with
# tops of $1/4$ and $1$ at $z = 0$. The ReLU's slope jumps from 0 to 1 at $z = 0$. The softplus is a
# rounded ReLU, and its slope rises from 0 to 1 without a jump. The slopes were measured, not
# computed from a formula. You will supply the formulas.

# %% [markdown]
# Move along one of them:

# %% tags=["explore"]
from course_bp import explore

explore.activations("sigmoid")

# %% [markdown] covers="D1:σ′; erratum 13"
# ### A correction: the sigmoid's sign
#
# | on a slide of D1 | correct |
# |---|---|
# | $\sigma(z) = \dfrac{1}{1 - e^{-z}}$ | $\sigma(z) = \dfrac{1}{1 + e^{-z}}$ |
# | the quotient rule's numerator begins with $0\cdot(1 - e^{-z})$ | $0\cdot(1 + e^{-z})$ |
#
# With the minus it is no soft step at all: it has a pole at $0$ and leaves the interval $(0, 1)$.

# %%
for z in (-0.7, 0.001, 0.7):
    print(f"z = {z:6}: as printed {1 / (1 - np.exp(-z)):9.3f}, correct {1 / (1 + np.exp(-z)):.3f}")

# %% [markdown]
# ### Far out
#
# Floating-point numbers end near $1.8\cdot 10^{308}$, so `exp` overflows from about $z = 709.8$ on.
# An overflow alone may do no harm. Two infinities that meet do:

# %%
with np.errstate(all="ignore"):
    big = np.exp(np.float64(800.0))
    print("exp(800) =", big, "   1/inf =", 1 / big, "   inf/inf =", big / big)
    print("exp(-800) =", np.exp(-800.0), "   log(0) =", np.log(np.exp(-800.0)))

# %% [markdown]
# The craft is to rearrange a formula so that only **small** exponentials occur: $e^{-800}$ is
# rounded to 0, and that is the right value to sixteen digits of whatever it is added to. For
# instance $\sqrt{1 + e^{2z}}$ overflows at $z = 800$, and
#
# $$\sqrt{1 + e^{2z}} = e^{z}\sqrt{e^{-2z} + 1}$$
#
# moves the trouble into one factor that one may be able to cancel or to take the logarithm of.
#
# ### Exercise: `activations.values`
#
# Write the four activations so that the first nine digits of every value are right for every $z$, up
# to $|z| = 800$ and beyond, as far as a float can hold them. (Below $z = -708$ the smallest floats
# have fewer digits.) A tiny value needs its nine digits too: $\sigma(-40)$ is
# $4.2\cdot 10^{-18}$, and 0 is not right. Near $z = 0$ the table's formula of tanh loses digits, since
# it subtracts two numbers close to 1. They take an array of any shape. Use NumPy only; whatever
# NumPy offers is fair. Mind what happens to the array that you are given:
# `z[z < 0] = 0` changes the caller's array, `np.where(z < 0, 0.0, z)` makes a new one.


# %% solution="activations.values"
def activations_values(z):
    """Computes four activations, entry by entry.

    Args:
        z: a float64 array of any shape but (); entries may be as large as ±900.

    Returns:
        A dict with the arrays "sigmoid", "tanh", "relu" and "softplus", each of z's shape, with
        finite entries.

    Example:
        For z = np.array([0.0]) they are [0.5], [0.0], [0.0] and [0.69314718…], the logarithm
        of 2.
    """
    ### BEGIN SOLUTION
    small = np.exp(-np.abs(z))  # never overflows
    return {
        "sigmoid": np.where(z >= 0, 1.0, small) / (1 + small),
        "tanh": np.tanh(z),
        "relu": np.maximum(z, 0),
        "softplus": np.maximum(z, 0) + np.log1p(small),
    }
    ### END SOLUTION


# %% check="activations.values"
check("activations.values", activations_values)

# %% [markdown] covers="D0:derivation of σ′ = s(1−s); D1:σ′"
# ## Back through an activation
#
# An activation works entry by entry, so its backward step does too: **upstream × local**, entry by
# entry, with no sum and no matrix.
#
# **Two forms of $\sigma'$.** Deck D0 derives the sigmoid's slope first as
#
# $$\frac{ds}{db} = \frac{e^{-b}}{(e^{-b} + 1)^2}$$
#
# and then shortens it to a form that needs the output $s$ only. The second form saves an
# exponential, and it does more than that:

# %%
with np.errstate(all="ignore"):
    for z in (-2.0, -800.0):
        first = np.exp(-z) / (np.exp(-z) + 1) ** 2
        measured = finite_difference(course_bp.sigmoid)(z)
        print(f"z = {z}: first form {first:.6f}, measured {measured:.6f}")

# %% [markdown] covers="erratum 21"
# **The kink.** At $z = 0$ the ReLU has no derivative: its slope is 0 on the left and 1 on the right.
# Any number between would do, and a program has to choose. We choose **0 at $z = 0$**, as the course's
# library, PyTorch and TensorFlow do. (Central differences would say ½. Both are defensible; what
# matters is to know which one a program takes.)
#
# **A correction: "clip".** Deck D2 says to clip the gradient when passing zero.
#
# | on the slide (D2) | correct |
# |---|---|
# | "clip the gradient when you pass zero" | where the unit is off ($z \le 0$) **set** the gradient to 0; where it is on, leave it alone |
#
# To clip is to cut a number to an interval, and a gradient may be negative or larger than 1:

# %%
upstream, z = np.array([-2.0, 3.0, -2.0]), np.array([1.0, 1.0, -1.0])
slopes = [
    finite_difference(lambda x, u=u: u * course_bp.relu(x))(x)
    for u, x in zip(upstream, z, strict=True)
]
print("clipped:", np.clip(upstream, 0, 1), "  measured:", np.round(slopes, 6))

# %% [markdown]
# ### A worked example: the arctangent
#
# Take $u = \arctan z$. Its local derivative is $1/(1 + z^2)$, so the backward step is
# `upstream / (1 + z**2)`. Checked at one point, with an upstream gradient of $-3$:

# %%
print(
    "by formula:",
    -3 / (1 + 0.8**2),
    "  measured:",
    finite_difference(lambda z: -3 * np.arctan(z))(0.8),
)

# %% [markdown]
# ### Exercise: `activations.backward`
#
# Now the four of the table. The local derivatives of the sigmoid, tanh and the ReLU are short when
# said with the activation's own value. The softplus has a slope that you know under another name;
# find it on paper. Seven digits are enough here, and beside ordinary slopes one of $10^{-15}$ may
# come out as 0: $1 - t^2$ is right for tanh, although it loses digits far out. Use your own
# `activations_values` or NumPy, as you like.


# %% solution="activations.backward"
def activations_backward(z, upstream):
    """Carries a gradient back through each of four activations.

    Args:
        z: a float64 array of any shape but (), what went into the activation; up to ±900.
        upstream: an array of z's shape, the incoming gradient, at the activation's output.

    Returns:
        A dict with the arrays "dsigmoid", "dtanh", "drelu" and "dsoftplus", each of z's shape:
        the gradient at z if the activation is the sigmoid, tanh, the ReLU or the softplus. The
        ReLU's slope at z = 0 is taken as 0.

    Example:
        For z = np.array([0.0]) and upstream = np.array([8.0]) they are [2.0], [8.0], [0.0] and
        [4.0].
    """
    ### BEGIN SOLUTION
    small = np.exp(-np.abs(z))
    s = np.where(z >= 0, 1.0, small) / (1 + small)
    return {
        "dsigmoid": upstream * s * (1 - s),
        "dtanh": upstream * (1 - np.tanh(z) ** 2),
        "drelu": upstream * (z > 0),
        "dsoftplus": upstream * s,
    }
    ### END SOLUTION


# %% check="activations.backward"
check("activations.backward", activations_backward)

# %% [markdown]
# **Stuck?** Every exercise has hints: a nudge, then a pointer, then a worked idea. They open one
# at a time, and the next one comes after you have changed your attempt and run the check again. The
# button below a check gives them, and so does the line below.

# %% tags=["explore"]
# Stuck? Take away the # in front of the next line, and run this cell.
# hint("activations.backward")

# %% [markdown] covers="D2:sigmoid versus tanh (Glorot & Bengio 2010)"
# **What to notice: sigmoid or tanh?** Deck D2 cites Glorot and Bengio (2010), who compared the two in
# deep networks. Part of the story is in your slopes. A gradient that passes $n$ activations in a row
# is multiplied by $n$ slopes; the best that a sigmoid can do is $1/4$ each time:

# %% tags=["explore"]
rng = np.random.default_rng(2010)
z = rng.normal(size=10_000)
for name, function in four.items():
    slope = (function(z + 1e-5) - function(z - 1e-5)) / 2e-5
    best, usual = slope.max(), np.sqrt(np.mean(slope**2))
    print(
        f"{name:>8}: best slope {best:.2f}, typical {usual:.2f}, ten typical ones {usual**10:.1e}"
    )

# %% [markdown]
# Ten sigmoids shrink a gradient by a factor of about five million, ten tanhs by less than a hundred.
# The weights between the layers can make up for some of this. (Unit 08 looks at it with weights.)

# %% [markdown]
# Here is the whole of it, measured in networks with their weights: how large the error is in each
# layer, from the output back to the first. Make the network deeper, and the weights larger.

# %% tags=["explore"]
explore.depth()

# %% [markdown] covers="D2:quadratic and cross-entropy with derivatives; erratum 2"
# ## Two losses
#
# Deck D2 puts two objectives side by side, for an output $y$ and a target $y^*$:
#
# | | forward | backward |
# |---|---|---|
# | quadratic | $J = \frac12 (y - y^*)^2$ | $\dfrac{dJ}{dy} = y - y^*$ |
# | cross-entropy | $J = -\big(y^*\log y + (1 - y^*)\log(1 - y)\big)$ | $\dfrac{dJ}{dy} = -\dfrac{y^*}{y} + \dfrac{1 - y^*}{1 - y}$ |
#
# **A correction.** The slide prints the second row without the minus. That is the *log-likelihood*,
# which one would climb; its backward column fits what is printed, with the sign to match.
#
# | on the slide (D0, D2) | correct, for a loss to descend |
# |---|---|
# | $J = y^*\log y + (1 - y^*)\log(1 - y)$ | $J = -y^*\log y - (1 - y^*)\log(1 - y)$ |

# %%
for y in (0.5, 0.9, 0.99):
    print(f"target 1, output {y}: as printed {np.log(y):8.4f}, with the minus {-np.log(y):7.4f}")

# %% [markdown]
# As printed, the "loss" is negative and *grows* as the output improves. With the minus it falls to 0.

# %% [markdown] covers="D2:cross-entropy versus quadratic loss surface over two weights"
# ### Which surface is easier to walk down?
#
# Deck D2 shows a figure of Glorot and Bengio: both losses as functions of two weights, one in each
# layer of a small network. Here is a similar figure, for a network with one tanh unit and a sigmoid output,
# $y = \sigma\big(w_2\tanh(w_1 x)\big)$, on sixty points whose class is the sign of $x$, with some
# labels flipped.

# %% tags=["explore"] jupyter={"source_hidden": true}
rng = np.random.default_rng(2016)
x = rng.normal(size=60)
label = np.where(rng.uniform(size=60) < 0.05, x < 0, x > 0).astype(float)
grid = np.linspace(-8, 8, 81)
w1, w2 = np.meshgrid(grid, grid)
logit = w2[..., None] * np.tanh(w1[..., None] * x)
losses = label * course_bp.softplus(-logit) + (1 - label) * course_bp.softplus(logit)
cross_entropy = np.mean(losses, axis=-1)
quadratic = np.mean((course_bp.sigmoid(logit) - label) ** 2, axis=-1) / 2
figure = plt.figure(figsize=(9.5, 3.8))
for place, (surface, title) in enumerate(
    ((cross_entropy, "cross-entropy"), (quadratic, "quadratic"))
):
    axis = figure.add_subplot(1, 2, place + 1, projection="3d")
    axis.plot_surface(w1, w2, surface, cmap="cividis", linewidth=0)
    axis.set(title=title, xlabel="$w_1$", ylabel="$w_2$")
picture(
    figure,
    "Two loss surfaces over the weights w1 and w2, both saddle-shaped with low corners where the "
    "weights have the same sign. The cross-entropy rises steeply toward the wrong corners, up to "
    "about 7; the quadratic loss is nearly flat there, below one half.",
)

# %% tags=["explore"]
corner = grid.size - 9  # where w1 = -6.4 and w2 = 6.4: confidently wrong
for title, surface in (("cross-entropy", cross_entropy), ("quadratic", quadratic)):
    along = np.gradient(surface, grid, axis=0)[corner, 8]
    print(f"{title:>13}: from {surface.min():.3f} to {surface.max():.3f};", end=" ")
    print(f"slope along w2 at the wrong corner {along:.4f}")

# %% [markdown]
# *The picture in words:* both surfaces are saddles, low where $w_1$ and $w_2$ have the same sign and
# high where they have opposite signs. The cross-entropy keeps rising toward the wrong corners, so
# there is a slope to walk down. The quadratic loss is a plateau there: it is confidently wrong and
# hardly sloped, because its gradient carries a factor $\sigma'$ that is nearly 0.

# %% [markdown]
# Now walk down: two maps of such surfaces, seen from above, for three points without noise. The
# same start and the same learning rate on both; which point gets away from its plateau?

# %% tags=["explore"]
explore.loss_surface(-3.5, 3.5)

# %% [markdown] covers="D2:softmax"
# ## Many classes: softmax and cross-entropy
#
# For $K$ classes the network gives one number for each, the *logits* $b_1, \dots, b_K$, and the
# softmax turns them into probabilities $y_k$ that sum to 1. With a one-hot target $y^*$ (1 at the
# right class, 0 elsewhere) and a batch of $N$ examples, one a row,
#
# $$J = -\frac1N\sum_{i=1}^{N}\sum_{k=1}^{K} y^*_{ik}\,\log y_{ik}.$$
#
# **Worked by hand**, for one row of logits $(\log 1, \log 2, \log 5)$: the exponentials are $1, 2, 5$,
# their sum is $8$, so $y = (\frac18, \frac14, \frac58)$. If the second class is right,
# $J = -\log\frac14 = 1.386$.
#
# **Stability.** Two facts are enough.
#
# - Adding one number to all logits of a row multiplies numerator and denominator alike and changes
#   nothing. You are free to choose that number, **row by row**.
# - A probability may be so small that it is rounded to 0, and then its logarithm is lost. But the
#   logarithm of a quotient is a difference, and it can be had without the quotient.
#
# ### Exercise: `softmax.forward`
#
# Both for a whole batch: the probabilities of each row, and the loss $J$, one number. The logits may
# be as large as $\pm 2000$, and the result has to be finite all the same.


# %% solution="softmax.forward"
def softmax_forward(b, targets):
    """Computes softmax probabilities and the mean cross-entropy.

    Args:
        b: logits, shape (N, K): one example a row, one class a column. Up to ±2000.
        targets: one-hot rows, shape (N, K).

    Returns:
        A dict with "y", the probabilities, shape (N, K), and "J", a float: the cross-entropy,
        summed over classes and averaged over examples.

    Example:
        For b = np.log([[1.0, 2.0, 5.0]]) and targets = np.array([[0.0, 1.0, 0.0]]), "y" is
        [[0.125, 0.25, 0.625]] and "J" is 1.38629436….
    """
    ### BEGIN SOLUTION
    shifted = b - b.max(axis=1, keepdims=True)
    log_y = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return {"y": np.exp(log_y), "J": -(targets * log_y).sum() / len(b)}
    ### END SOLUTION


# %% check="softmax.forward"
check("softmax.forward", softmax_forward)

# %% [markdown]
# **Back to the opening question:**

# %% tags=["explore"]
animals = np.array([[810.0, 805.0, -700.0]])
mine = attempt(lambda: softmax_forward(animals, np.array([[0.0, 0.0, 1.0]])))
if mine:
    print("your probabilities:", np.round(mine["y"], 6))
    print("your loss if it was the third animal:", mine["J"])

# %% [markdown]
# ### The Jacobian
#
# An activation works entry by entry. The softmax does not: raise one logit, and *all* probabilities
# move, since they share the denominator. So its local derivative is a matrix, the **Jacobian**, with
# $\partial y_k/\partial b_l$ in row $k$ and column $l$. Here is a measured one, for the logits of the
# worked example:


# %%
def softmax_as_printed(b):
    return np.exp(b) / np.exp(b).sum()


row, step = np.log([1.0, 2.0, 5.0]), 1e-5
columns = [
    (softmax_as_printed(row + step * e) - softmax_as_printed(row - step * e)) / (2 * step)
    for e in np.eye(3)
]
measured = np.stack(columns, axis=1)
print(measured.round(6))
print("row sums:", measured.sum(axis=1).round(9), "  column sums:", measured.sum(axis=0).round(9))

# %% [markdown]
# Before you derive it, read the measurement: what sign has the diagonal, what sign the rest, and
# why must rows and columns sum to zero?
#
# ### Exercise: `softmax.jacobian`
#
# For one row of logits, give the Jacobian, and the backward step: the gradient with respect to $b$
# when the gradient `upstream` arrives at $y$. Entry $l$ of it is
# $\sum_k \text{upstream}_k\,\partial y_k/\partial b_l$. A difference such as $y_k - y_k^2$ is exact
# enough here. With a single class, $K = 1$, all derivatives are 0.


# %% solution="softmax.jacobian"
def softmax_jacobian(b, upstream):
    """Computes the softmax's Jacobian, and carries a gradient back through the softmax.

    Args:
        b: logits of one example, shape (K,). Up to ±900.
        upstream: the incoming gradient, at the probabilities, shape (K,).

    Returns:
        A dict with "jacobian", shape (K, K): entry [k, l] is ∂y_k/∂b_l; and "db", shape (K,):
        the gradient at the logits.

    Example:
        For two equal logits the probabilities are one half each, and "jacobian" is
        [[0.25, -0.25], [-0.25, 0.25]]. With upstream = [1.0, 0.0], "db" is [0.25, -0.25].
    """
    ### BEGIN SOLUTION
    e = np.exp(b - b.max())
    y = e / e.sum()
    return {
        "jacobian": np.diag(y) - np.outer(y, y),
        "db": y * (upstream - upstream @ y),
    }
    ### END SOLUTION


# %% check="softmax.jacobian"
check("softmax.jacobian", softmax_jacobian)

# %% [markdown]
# **What to notice.** The Jacobian has $K^2$ entries, and the backward step does not need it: a few
# operations on vectors of length $K$ do the same. With 50 000 words to choose from, this is the
# difference between a vector and 20 gigabytes. Backward passes pass on *products with* Jacobians,
# never the Jacobians.

# %% [markdown]
# ### Both at once
#
# Between the logits and the loss lie two nodes, softmax and cross-entropy. Going back through them
# one at a time means dividing by $y_k$ (from the logarithm) and then multiplying by $y_k$ (from the
# softmax). If $y_k$ was rounded to 0, that is $0\cdot\infty$. On paper the two cancel first, and
# what remains is one short line. Derive it from $\log y_k = b_k - \log\sum_l e^{b_l}$.
#
# ### Exercise: `softmax.backward`
#
# Write this line for a whole batch. $J$ is a *mean* over the $N$ examples, so its $1/N$ belongs to
# the gradient.


# %% solution="softmax.backward"
def softmax_backward(b, targets):
    """Computes the gradient of the mean cross-entropy by the logits.

    Args:
        b: logits, shape (N, K): one example a row. Up to ±2000.
        targets: one-hot rows, shape (N, K).

    Returns:
        A dict with "db", shape (N, K): ∂J/∂b for the J of `softmax_forward`, with its 1/N.

    Example:
        For one example with two equal logits whose first class is right, "db" is
        [[-0.5, 0.5]].
    """
    ### BEGIN SOLUTION
    e = np.exp(b - b.max(axis=1, keepdims=True))
    y = e / e.sum(axis=1, keepdims=True)
    return {"db": (y - targets) / len(b)}
    ### END SOLUTION


# %% check="softmax.backward"
check("softmax.backward", softmax_backward)

# %% [markdown]
# **Measure it.** Your forward pass against your backward pass:

# %% tags=["explore"]
rng = np.random.default_rng(5)
b, targets = rng.normal(size=(4, 3)), np.eye(3)[[0, 2, 1, 1]]
mine = attempt(
    lambda: (
        softmax_backward(b, targets)["db"],
        finite_difference(lambda b: float(softmax_forward(b, targets)["J"]))(b),
    )
)
if mine:
    print("largest difference between yours and measured:", np.abs(mine[0] - mine[1]).max())
    print("sums over the classes:", mine[0].sum(axis=1).round(12))

# %% [markdown] covers="D2:loss-matching quiz"
# ## Where do losses come from?
#
# A loss can be a matter of taste. It can also follow from an assumption about the data. Deck D2 asks
# in a quiz: you have a network with a single output. What are you doing when you minimise
#
# | | objective | | … gives |
# |---|---|---|---|
# | 1 | the sum of squared errors | 5 | the maximum likelihood estimate, if the target is Bernoulli with the output as its parameter |
# | 2 | the sum of squared errors plus the squared norm of the weights | 6 | the maximum a posteriori estimate, if the weights have Gaussian priors with mean 0 |
# | 3 | the cross-entropy | 7 | an estimate with a large margin on the training data |
# | 4 | the hinge loss | 8 | the maximum likelihood estimate, if there is Gaussian noise with mean 0 on the output |
#
# and offers six choices:
#
# | choice | pairs |
# |---|---|
# | **A** | 1=5, 2=7, 3=6, 4=8 |
# | **B** | 1=5, 2=7, 3=8, 4=6 |
# | **C** | 1=7, 2=5, 3=5, 4=7 |
# | **D** | 1=7, 2=5, 3=6, 4=8 |
# | **E** | 1=8, 2=6, 3=5, 4=7 |
# | **F** | 1=8, 2=6, 3=8, 4=6 |
#
# You could remember the answer, and you can *compute* it. Maximising a likelihood means minimising
# its negative logarithm. If an objective and a negative log-likelihood differ only by a positive
# factor and an added constant, they have the same minimum, whatever the data: **their gradients
# with respect to the weights are parallel, everywhere**. And that can be measured.
#
# ### A worked example: Laplace noise
#
# Suppose the noise is not Gaussian but *Laplace*: the density of a target $y$ around the output $s$
# is $\frac{1}{2\beta}e^{-|y - s|/\beta}$. Over independent examples the densities multiply, so the
# logarithms add:
#
# $$-\log\prod_i \tfrac{1}{2\beta}e^{-|y_i - s_i|/\beta}
# = \frac1\beta\sum_i |y_i - s_i| + N\log 2\beta.$$
#
# So it is the sum of *absolute* errors, times $1/\beta$, plus a constant. By numbers:

# %%
rng = np.random.default_rng(8)
X, y, w, beta = rng.normal(size=(6, 3)), rng.normal(size=6), rng.normal(size=3), 0.4
by_errors = finite_difference(lambda w: float(np.abs(y - X @ w).sum()))(w)
by_laplace = finite_difference(
    lambda w: float(-np.log(np.exp(-np.abs(y - X @ w) / beta) / (2 * beta)).sum())
)(w)
print("gradient of the absolute errors:      ", by_errors)
print("gradient of −log likelihood (Laplace):", by_laplace)
print("ratio:", by_laplace / by_errors, "  1/β =", 1 / beta)

# %% [markdown]
# ### Exercise: `losses.matching`
#
# The output is $s = Xw$, one number per example. Write, as numbers, the four objectives and the three
# probabilities:
#
# | entry | what it is |
# |---|---|
# | `squared_error` | 1: $\sum_i (y_i - s_i)^2$, without ½ |
# | `penalised` | 2: the same plus $\lambda\lVert w\rVert^2$, with your λ |
# | `cross_entropy` | 3: summed over the examples, of $p_i = \sigma(s_i)$ against $t_i \in \{0, 1\}$ |
# | `hinge` | 4: $\sum_i\max(0, 1 - \tau_i s_i)$, where $\tau_i = -1$ for $t_i = 0$ and $+1$ for $t_i = 1$ |
# | `bernoulli` | 5: the negative log-likelihood of the $t_i$, if $t_i$ is 1 with probability $\sigma(s_i)$ |
# | `posterior` | 6: the negative log-posterior: noise as in 8, and each weight has a Gaussian prior with mean 0 and standard deviation `tau` |
# | `gaussian` | 8: the negative log-likelihood of the $y_i$, if $y_i$ is $s_i$ plus Gaussian noise with standard deviation `sigma` |
#
# and three answers:
#
# | entry | what it is |
# |---|---|
# | `ratio` | the gradient of 8 over the gradient of 1, a formula in `sigma` |
# | `lam` | the λ for which 2 and 6 agree up to this same factor, a formula in `sigma` and `tau` |
# | `choice` | the letter |
#
# Additive constants (all that does not depend on $w$) may be kept or dropped: the check
# differentiates your numbers by $w$. **The letter counts only if your own gradients support it.** There is no
# probability behind 4=7; convince yourself from the gradient of your `hinge`: which examples does it
# still pull at, once they are on the right side by 1 or more?


# %% solution="losses.matching"
def losses_matching(w, X, y, t, sigma, tau):
    """Computes four objectives, three negative log-probabilities, and matches them.

    Args:
        w: weights, shape (D,).
        X: inputs, shape (N, D).
        y: real targets, shape (N,), for 1, 2, 6 and 8.
        t: class targets 0.0 or 1.0, shape (N,), for 3, 4 and 5.
        sigma: a float, the standard deviation of the noise.
        tau: a float, the standard deviation of the prior of each weight.

    Returns:
        A dict of floats "squared_error", "penalised", "cross_entropy", "hinge", "bernoulli",
        "posterior", "gaussian", "ratio", "lam", and "choice", a string.

    Example:
        For w = [0.0, 0.0] and two examples with targets y = [1.0, 2.0], "squared_error" is 5.0
        and "hinge" is 2.0, whatever X is.
    """
    ### BEGIN SOLUTION
    s = X @ w
    squared_error = ((y - s) ** 2).sum()
    lam = sigma**2 / tau**2
    cross_entropy = (t * np.logaddexp(0, -s) + (1 - t) * np.logaddexp(0, s)).sum()
    gaussian = squared_error / (2 * sigma**2) + len(y) * np.log(sigma * np.sqrt(2 * np.pi))
    p = 1 / (1 + np.exp(-s))
    return {
        "squared_error": squared_error,
        "penalised": squared_error + lam * w @ w,
        "cross_entropy": cross_entropy,
        "hinge": np.maximum(0, 1 - (2 * t - 1) * s).sum(),
        "bernoulli": -np.log(np.where(t == 1, p, 1 - p)).sum(),
        "posterior": gaussian + w @ w / (2 * tau**2),
        "gaussian": gaussian,
        "ratio": 1 / (2 * sigma**2),
        "lam": lam,
        "choice": "E",
    }
    ### END SOLUTION


# %% check="losses.matching"
check("losses.matching", losses_matching)

# %% [markdown]
# **Look at your own gradients**, all seven at one $w$: the table shows the cosine of the angle
# between each objective's gradient and each probability's. A 1 means parallel.

# %% tags=["explore"]
rng = np.random.default_rng(8)
X, y, w = rng.normal(size=(6, 3)), rng.normal(size=6), rng.normal(size=3)
t, sigma, tau = (y > 0).astype(float), 0.9, 0.5


def gradient_of(name):
    return finite_difference(lambda w: float(losses_matching(w, X, y, t, sigma, tau)[name]))(w)


def cosines():
    table = []
    for one in ("squared_error", "penalised", "cross_entropy", "hinge"):
        g = gradient_of(one)
        others = [gradient_of(name) for name in ("bernoulli", "posterior", "gaussian")]
        table.append((one, [g @ h / np.linalg.norm(g) / np.linalg.norm(h) for h in others]))
    return table


table = attempt(cosines)
if table:
    print(f"{'':15}{'5 bernoulli':>14}{'6 posterior':>14}{'8 gaussian':>14}")
    for number, (name, row) in enumerate(table, start=1):
        print(f"{number} {name:13}" + "".join(f"{cosine:14.6f}" for cosine in row))

# %% [markdown]
# The same in words, with a reason for every right and every wrong pair:

# %% tags=["explore"]
explore.loss_quiz()

# %% [markdown]
# ## Reflection
#
# Answer in a few sentences of your own, in the cell below. Nobody grades this.
#
# 1. A softmax over two classes with logits $(b_1, b_2)$ and a sigmoid of one number: what is that
#    number, and what becomes of your Jacobian?
# 2. Your measured noise is larger than you thought, and you double $\sigma$. Should the penalty λ
#    grow or shrink, and does this agree with your common sense?
# 3. Someone trains a classifier with the quadratic loss and finds that confident mistakes are
#    unlearned slowly. Explain it with one factor of the gradient.

# %% [markdown]
# *Your answers:*

# %% [markdown]
# ## Summary
#
# - Through an activation: upstream × local, entry by entry. For σ and tanh the output tells the
#   slope; for the ReLU it is a mask, with 0 at the kink.
# - Rearrange so that only small exponentials occur; take logarithms before rounding can reach 0.
# - The softmax's Jacobian has all its entries; its product with a vector is cheap.
# - Softmax and cross-entropy belong together, in the forward pass for stability, in the backward
#   pass because they cancel.
# - A loss is an assumption about the data, or a wish. Two objectives whose gradients are parallel
#   everywhere pick the same weights, and that can be measured.

# %% [markdown]
# **How far have you come?** By unit and by objective:

# %% tags=["explore"]
from autograder.progress import progress

progress()

# %% [markdown]
# ## Further reading
#
# - C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), sections 1.2.5, 3.1 and 4.3:
#   losses as likelihoods.
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), sections 4.1 (overflow and
#   underflow) and 6.2 (output units).
# - X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural
#   networks", AISTATS (2010): sigmoid and tanh compared, and the figure of the two surfaces.
# - P. Blanchard, D. J. Higham, N. J. Higham, "Accurately computing the log-sum-exp and softmax
#   functions", *IMA Journal of Numerical Analysis* 41 (2021).
