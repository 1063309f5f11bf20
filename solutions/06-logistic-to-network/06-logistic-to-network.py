# %% [markdown]
# # Unit 06: From logistic regression to a network
#
# **You will be able to**
#
# - draw up the computation graph of logistic regression and of networks with one and two hidden
#   layers, and say which quantities are given, which are intermediate, and which shape each one has
#   (objective O3);
# - carry out backpropagation on all of them, for all weights of all layers at once (objective O4);
# - say what training minimises, and with which sign (a first step towards O6).
#
# **Time:** about three hours, in three parts of an hour each: Case 1, Case 2, Quiz 2. **You need:**
# Unit 02 (graphs, upstream × local), matrix times vector in NumPy.
#
# **From the lectures:** D0, the deck of CMU 10-601, lecture 13 of 2018 (Case 1, Case 2,
# Differentiation Quiz #2, the derivation of $\sigma'$), and D2, its predecessor of 2016 (the
# perceptron, the neuron, Case 2 as modules). Where a slide has a slip, this unit says so, shows the
# correct form, and proves it with a number or two.

# %% locked="imports"
import matplotlib.pyplot as plt
import numpy as np

import course_bp
from autograder.check import check, hint
from course_bp.finite_differences import CountedCalls, finite_difference
from course_bp.notebook import attempt, on_nodes, picture


# %% [markdown]
# ## A question to begin with
#
# A small network takes five numbers and gives one number between 0 and 1. Between them lie two
# hidden layers with seven and three units: 59 weights in all. The output is $0.62$ and we wanted
# more. Which of the 59 weights should move, in which direction, and which one matters most?
#
# You could try each weight in turn, and compute the network twice for each. Deck D0 asks for the
# answer to all of them at once, as a formula:
#
# $$\frac{\partial y}{\partial \beta_j}
# \quad\text{and}\quad \frac{\partial y}{\partial \alpha^{(i)}_{jk}}
# \quad\text{for all } i, j, k.$$
#
# This sounds like a lot of indices. In the end it will be a handful of short lines of code, and the
# same lines serve layers of any size.

# %% [markdown] covers="D2:logistic regression recap; D2:perceptron with threshold; D2:neuron picture"
# ## A neuron, a threshold, a probability
#
# Before 59 weights, take three. Deck D2 begins with the nerve cell: it gathers signals through many
# inputs, some exciting, some damping, and if enough comes together, it fires. The deck adds a sum
# that made people think. A nerve cell needs about a millisecond to switch, and we recognise a scene
# in about a tenth of a second. So it cannot take more than about a hundred steps one after the
# other; the work must be done by very many cells *at the same time*.
#
# The **perceptron** keeps two things of this, a weighted sum and a threshold $\omega_0$:
#
# $$X = \sum_{i=1}^{n} w_i x_i, \qquad
# y = \begin{cases} +1 & \text{if } X \ge \omega_0,\\ -1 & \text{if } X < \omega_0.\end{cases}$$
#
# Move the threshold to the other side and it becomes a weight like the others: $X \ge \omega_0$ says
# the same as $\theta_0 \cdot 1 + \sum_i w_i x_i \ge 0$ with $\theta_0 = -\omega_0$. It belongs to
# an input $x_0$ that is **always 1**, and it is called the **bias**.
#
# **Logistic regression** keeps the sum and replaces the hard step by the sigmoid. The output is no
# verdict any more but a probability, that of class 1:
#
# $$a = \sum_{j=0}^{D} \theta_j x_j \quad (x_0 = 1), \qquad y = \frac{1}{1 + e^{-a}}.$$

# %% tags=["explore"] jupyter={"source_hidden": true}
figure, axes = plt.subplots(figsize=(7.5, 2.7))
sources = {"x₀ = 1": 2, "x₁": 1, "x₂": 0}
for i, (name, height) in enumerate(sources.items()):
    axes.annotate("", xy=(1.6, 1 + 0.25 * (height - 1)), xytext=(0, height),
                  arrowprops=dict(arrowstyle="-|>", color="0.4", shrinkA=26, shrinkB=0))  # fmt: skip
    axes.text(0, height, name, ha="center", va="center",
              bbox=dict(boxstyle="round,pad=0.4", fc="white", ec="0.3"))  # fmt: skip
    axes.text(0.85, 1 + (height - 1) * 0.6 + 0.14, f"θ{'₀₁₂'[i]}", color="#a04000")
for place, name in ((2, "a = Σ θⱼxⱼ"), (4, "y = σ(a)")):
    axes.text(place, 1, name, ha="center", va="center",
              bbox=dict(boxstyle="round,pad=0.5", fc="white", ec="0.3"))  # fmt: skip
axes.annotate("", xy=(4, 1), xytext=(2, 1),
              arrowprops=dict(arrowstyle="-|>", color="0.4", shrinkA=42, shrinkB=34))  # fmt: skip
axes.set(xlim=(-0.6, 4.8), ylim=(-0.5, 2.5))
axes.axis("off")
alt = (
    "One neuron: the inputs x0 = 1, x1 and x2 are joined to a sum a by arrows with the weights "
    "theta0, theta1 and theta2; an arrow leads from the sum to y, its sigmoid."
)
picture(figure, alt)

# %% [markdown]
# *The picture in words:* three inputs, $x_0 = 1$, $x_1$ and $x_2$, each multiplied by its weight
# $\theta_j$, meet in the sum $a$; the sigmoid of $a$ is the output $y$.
#
# Why replace the step? Ask for its slope. Before you run the cell: what will the two columns show?


# %%
def threshold(a):
    return np.where(a >= 0, 1.0, -1.0)


for place in (-2.0, -0.5, 0.5, 2.0):
    slopes = finite_difference(threshold)(place), finite_difference(course_bp.sigmoid)(place)
    print(f"a = {place:4}:  slope of the threshold {slopes[0]:.4f}, of the sigmoid {slopes[1]:.4f}")

# %% [markdown]
# The threshold's slope is $0$ wherever it has one. A small change of a weight changes nothing, so
# there is no direction in which to improve. With the sigmoid there is one everywhere. All of this
# course rests on this replacement.

# %% [markdown] covers="D0:derivation of σ′ = s(1−s)"
# ## The sigmoid and its slope
#
# The sigmoid squeezes any number into the interval from 0 to 1:
#
# $$\sigma(a) = \frac{1}{1 + e^{-a}}.$$
#
# Its slope has a form that saves work. Write $s = 1/t$ with $t = 1 + e^{-a}$. Then
# $e^{-a} = t - 1$, and going back through the two steps
#
# $$\frac{ds}{da} = \underbrace{-\frac{1}{t^2}}_{ds/dt}\cdot\underbrace{\left(-e^{-a}\right)}_{dt/da}
# = \frac{t - 1}{t^2} = \frac{1}{t}\left(1 - \frac{1}{t}\right) = s\,(1 - s).$$
#
# So **once the output $s$ is known, the slope is $s(1-s)$**, with no further exponential. Note
# which number goes in: the one *after* the sigmoid.

# %%
for place in (-4.0, 0.0, 1.0, 4.0):
    out = course_bp.sigmoid(place)
    slope = finite_difference(course_bp.sigmoid)(place)
    print(
        f"a = {place:4}:  s = {out:.6f}   s(1 - s) = {out * (1 - out):.6f}   measured {slope:.6f}"
    )

# %% tags=["explore"] jupyter={"source_hidden": true}
places = np.linspace(-6, 6, 241)
heights = course_bp.sigmoid(places)
figure, axes = plt.subplots(figsize=(7, 2.8))
axes.plot(places, heights, label="σ(a)")
axes.plot(places, heights * (1 - heights), linestyle="--", label="its slope s(1 − s)")
axes.axhline(0.25, color="0.7", linewidth=0.8)
axes.set(xlabel="a", yticks=[0, 0.25, 0.5, 1])
axes.legend(frameon=False)
alt = (
    "The sigmoid rises from 0 to 1 and is one half at 0. Its slope is a bell with its top, one "
    "quarter, at 0, and nearly zero beyond plus and minus 6."
)
picture(figure, alt)

# %% [markdown]
# *The picture in words:* the sigmoid rises from 0 to 1 and passes one half at $a = 0$. Its slope
# is a bell, largest at $a = 0$ where it is one quarter, and nearly zero beyond $\pm 6$. A unit
# whose output is close to 0 or to 1 lets hardly any derivative through.

# %% [markdown] covers="D0:Case 1 logistic regression; D2:Case 1; erratum 2; erratum 3; O3; O4; O6"
# ## Case 1: logistic regression
#
# An example has inputs $x_1, \dots, x_D$ and a class $y^*$, which is $0$ or $1$. The output $y$ is
# our probability for class 1. How good is it? Take the probability that we gave to the class that
# turned out *right*, and its logarithm:
#
# $$y^* \log y + (1 - y^*) \log(1 - y).$$
#
# For $y^* = 1$ only $\log y$ is left, for $y^* = 0$ only $\log(1 - y)$. This is the
# **log-likelihood**. It is never positive, it is best at $0$, and we want it **large**.
#
# ### Two corrections: the sign of $J$, uphill or downhill
#
# Decks D0 and D2 call this expression $J$ and print it where a loss belongs, and D2 speaks of
# gradient *ascent* in one place and of gradient *descent* in another. A loss is something that we
# want **small**:
#
# | on the slides | in this course |
# |---|---|
# | $J = y^* \log y + (1 - y^*) \log(1 - y)$, the log-likelihood | $J = -\big(y^* \log y + (1 - y^*) \log(1 - y)\big)$, the loss |
# | $\dfrac{dJ}{dy} = \dfrac{y^*}{y} + \dfrac{1 - y^*}{y - 1}$, which fits it | the same with the opposite sign |
# | so that $\dfrac{dJ}{da} = y^* - y$ | so that $\dfrac{dJ}{da} = y - y^*$ |
# | ascent: $\theta + \eta\,\nabla J$ (D2 mixes it with descent) | **descent**: $\theta - \eta\,\nabla J$, always |
#
# The slide's backward pass does belong to the slide's $J$. It is only that whoever *descends* with it
# walks away from the answer. Take an example of class 1 at $a = 0.4$, and a step against the slope
# of each $J$:


# %%
def log_likelihood(a, y_star=1.0):
    y = course_bp.sigmoid(a)
    return y_star * np.log(y) + (1 - y_star) * np.log(1 - y)


def loss(a, y_star=1.0):
    return -log_likelihood(a, y_star)


for name, J in (("J of the slides", log_likelihood), ("J with the minus", loss)):
    slope = finite_difference(J)(0.4)
    before, after = course_bp.sigmoid(0.4), course_bp.sigmoid(0.4 - 1.0 * slope)
    print(f"{name:<17} dJ/da = {slope:7.4f};  y before {before:.4f}, after {after:.4f}")

# %% [markdown]
# Class 1 is right, so $y$ should rise. With the slides' $J$ a descent lowers it.
#
# ### A worked example with another loss
#
# To see the whole way back once, take the *squared* error $J = \frac12 (y - y^*)^2$ instead of the
# logarithms, with $\theta = (1, -1, -1)$, $x = (2, -1)$ and $y^* = 1$.
#
# **Forward.** $a = 1\cdot 1 - 1\cdot 2 + 1 \cdot 1 = 0$, $\;y = \sigma(0) = \frac12$,
# $\;J = \frac12\cdot\frac14 = \frac18$.
#
# **Backward.**
#
# | at | upstream | local | result |
# |---|---|---|---|
# | $y$ | $1$ | $y - y^* = -\frac12$ | $\dfrac{dJ}{dy} = -\frac12$ |
# | $a$ | $-\frac12$ | $\sigma'(0) = \frac14$ | $\dfrac{dJ}{da} = -\frac18$ |
# | $\theta_0, \theta_1, \theta_2$ | $-\frac18$ | $x_0, x_1, x_2 = 1, 2, -1$ | $\dfrac{dJ}{d\theta} = (-\frac18, -\frac14, \frac18)$ |
# | $x_1, x_2$ | $-\frac18$ | $\theta_1, \theta_2 = -1, -1$ | $\dfrac{dJ}{dx} = (\frac18, \frac18)$ |
#
# Each term $\theta_j x_j$ is a product gate: each factor receives the other one. Note that $\theta$
# has one entry more than $x$, since nobody asks how $J$ changes with the constant $x_0$.


# %%
def squared_case(theta, x):
    return 0.5 * (course_bp.sigmoid(theta[0] + theta[1:] @ x) - 1.0) ** 2


measured = finite_difference(squared_case, argnums=(0, 1))(
    np.array([1.0, -1.0, -1.0]), np.array([2.0, -1.0])
)
print("dJ/dθ measured:", measured[0].round(6), "  dJ/dx measured:", measured[1].round(6))

# %% [markdown]
# **Walk through it.** The next cell takes the same neuron apart into single numbers, and asks for
# each one before it shows it (a fraction such as $1/4$ will do). Compare with the table on the way;
# the square of the error takes three small steps here. When you are through, set $x_1$ to $0$: which of
# the three weights stops learning from this example, and why?


# %% tags=["explore"]
from course_bp import Node, explore


def one_neuron(θ0, θ1, θ2, x1, x2):
    a = θ0 + θ1 * x1 + θ2 * x2
    y = course_bp.sigmoid(a)
    return {"a": a, "y": y, "J": 0.5 * (y - 1.0) ** 2}


explore.step(one_neuron, 1.0, -1.0, -1.0, 2.0, -1.0, title="One neuron", predict=True)

# %% [markdown]
# ### Exercise: `case1.forward`
#
# Now with the loss of logistic regression. You get the true inputs only; the $1$ in front of them is
# up to you. Plain NumPy, please: the library has its turn later. The formulas will do as they stand,
# because the number that goes into a sigmoid stays between −20 and 20 in this unit's exercises, and
# nine digits are enough. In all of them, leave the arrays that you are given as they are:
# `x = x + 1` makes a new array, `x += 1` changes the caller's, and so does `+=` on a slice of it.


# %% solution="case1.forward"
def case1_forward(theta, x, y_star):
    """Computes logistic regression's forward pass for one example.

    Args:
        theta: the bias theta_0 and the weights theta_1, …, theta_D, an array of shape (D + 1,).
        x: the inputs x_1, …, x_D, shape (D,), without the constant 1.
        y_star: the class, 0.0 or 1.0.

    Returns:
        A dict of three numbers: "a", the weighted sum with the bias; "y", its sigmoid; and "J",
        the loss (with the minus).

    Example:
        With theta full of zeros, "a" is 0.0, "y" is 0.5, and "J" is log 2 = 0.693…, whatever
        the class.
    """
    ### BEGIN SOLUTION
    a = theta[0] + theta[1:] @ x
    y = 1 / (1 + np.exp(-a))
    J = -(y_star * np.log(y) + (1 - y_star) * np.log(1 - y))
    return {"a": a, "y": y, "J": J}
    ### END SOLUTION


# %% check="case1.forward"
check("case1.forward", case1_forward)

# %% [markdown]
# **Stuck?** The button below a check gives one hint; the next one opens after you have changed your
# attempt and run the check again. The line below does the same, for every exercise.

# %% tags=["explore"]
# Stuck? Take away the # in front of the next line, and run this cell.
# hint("case1.forward")

# %% [markdown]
# ### Exercise: `case1.backward`
#
# The same four rows as in the worked example. The first one changes, since it belongs to the loss;
# and the slope of the sigmoid is no longer $\frac14$, but $y(1 - y)$ with your own $y$. Begin with a
# call of your own `case1_forward`. If its check is not all right yet, fix it first.


# %% solution="case1.backward"
def case1_backward(theta, x, y_star):
    """Computes the derivatives of logistic regression's loss for one example.

    Args:
        theta: the bias theta_0 and the weights theta_1, …, theta_D, an array of shape (D + 1,).
        x: the inputs x_1, …, x_D, shape (D,), without the constant 1.
        y_star: the class, 0.0 or 1.0.

    Returns:
        A dict with the numbers "dy" and "da", "dtheta" of shape (D + 1,), whose first entry
        belongs to the bias, and "dx" of shape (D,).

    Example:
        With theta full of zeros and class 0, "da" is 0.5, and "dx" is all zeros: inputs with
        weight 0 have no influence.
    """
    ### BEGIN SOLUTION
    y = case1_forward(theta, x, y_star)["y"]
    dy = -y_star / y + (1 - y_star) / (1 - y)
    da = dy * y * (1 - y)
    dtheta = da * np.concatenate([[1.0], x])
    dx = da * theta[1:]
    return {"dy": dy, "da": da, "dtheta": dtheta, "dx": dx}
    ### END SOLUTION


# %% check="case1.backward"
check("case1.backward", case1_backward)

# %% [markdown]
# **What to notice.** `dy` has $y$ or $1-y$ in its denominator: it becomes huge when we are confident
# and wrong. The sigmoid's slope becomes tiny there. Multiplied, they cancel, and what is left is
# `da` $= y - y^*$, a number between $-1$ and $1$. This is why logarithm and sigmoid belong
# together, and why careful programs compute `da` in one step: at $a = 800$ the two factors are
# infinity and zero. With the squared error of the worked example nothing cancels: there a confident
# mistake learns slowly. Unit 05 measured it.
#
# **Compare** with the library, and with a measurement of *your own* loss:


# %% tags=["explore"]
def case1(theta, x, y_star):
    """The three quantities of Case 1 in functions that the library can differentiate."""
    a = theta[0] + theta[1:] @ x
    y = course_bp.sigmoid(a)
    J = -(y_star * course_bp.log(y) + (1 - y_star) * course_bp.log(1 - y))
    return {"a": a, "y": y, "J": J}


def case1_loss(theta, x):
    return case1(theta, x, 1.0)["J"]


def case1_compared(theta, x):
    """How far your derivatives are from the library's and from the slopes of your own loss."""
    mine = case1_backward(theta, x, 1.0)
    library = course_bp.grad(case1_loss, argnums=(0, 1))(theta, x)
    measured = finite_difference(lambda t, u: case1_forward(t, u, 1.0)["J"], argnums=(0, 1))
    return {
        name: [np.abs(mine[name] - slopes).max() for slopes in others]
        for name, *others in zip(("dtheta", "dx"), library, measured(theta, x), strict=True)
    }


point = np.array([0.3, -1.0, 2.0, 0.5]), np.array([1.0, 0.4, -2.0])
gaps = attempt(case1_compared, *point, shapes={"dtheta": (2,), "dx": (2,)})
if gaps:
    print("largest difference from …   the library   the measured slopes")
    for name, (library_gap, measured_gap) in gaps.items():
        print(f"your {name:<22} {library_gap:11.0e} {measured_gap:21.0e}")

# %% [markdown]
# **Your Case 1 as a graph.** The next cell sends the library's nodes through *your* `case1_forward`
# and walks through what your lines have recorded. Wherever `case1_backward` has a derivative, your
# number stands beside that of the pass: ✓ if they agree, ≠ if not. (If nodes cannot go through your
# lines the cell says so, and walks through the library's.)
#
# Go to the end, then set $\theta_0$, which the picture calls `θ[0]`, to $-30$. Now the neuron is
# confident and wrong. What arrives at $y$, and what is left of it at $a$?


# %% tags=["explore"]
def case1_walk(forward):
    theta, x = Node(point[0], "θ"), Node(point[1], "x")
    found = forward(theta, x, 1.0)
    slopes = {"y": mine["dy"], "a": mine["da"], "θ": mine["dtheta"], "x": mine["dx"]}
    return explore.step(found["J"], names=found, yours=slopes, title="Case 1")


shapes = {"dy": (), "da": (), "dtheta": (4,), "dx": (3,)}
mine = attempt(case1_backward, *point, 1.0, shapes=shapes)
on_nodes(case1_walk, case1_forward, case1) if mine else None

# %% [markdown]
# *In words:* at $\theta_0 = -30$ a derivative of about $-3.5\cdot 10^{13}$ arrives at $y$, and
# the sigmoid lets through only the $3\cdot 10^{-14}$th part of it: at $a$ it is $-1$.
#
# ### Many examples at once
#
# Training needs the loss of *all* examples, and takes its mean,
#
# $$J = -\frac1N\sum_{n=1}^{N} \big(y^*_n \log y_n + (1 - y^*_n)\log(1 - y_n)\big).$$
#
# Put the examples into the rows of a matrix $X$ of shape $(N, D)$, and one product gives all $N$ sums
# at once. Two things to think about before you type:
#
# - Every example uses the same $\theta$: a fan-out of $N$. So the derivative with respect to $\theta$ **adds up**
#   over the examples, and each contribution carries the $\frac1N$ of the mean, once.
# - $y$ and $y^*$ must have the *same shape*, here $(N,)$. If one of them is a column of shape
#   $(N, 1)$, NumPy does not complain. It compares every output with every class:

# %%
three, column = np.array([0.2, 0.5, 0.9]), np.array([[0.0], [1.0], [1.0]])
print("(3,) minus (3,):  ", (three - column.ravel()).shape)
print("(3,) minus (3, 1):", (three - column).shape, " every output with every class")

# %% [markdown]
# ### Exercise: `case1.batch`


# %% solution="case1.batch"
def case1_batch(theta, X, y_star):
    """Computes logistic regression's mean loss over N examples, and its derivatives.

    Args:
        theta: the bias and the weights, shape (D + 1,).
        X: the inputs, shape (N, D), one row per example, without the constant 1.
        y_star: the classes, shape (N,), each 0.0 or 1.0.

    Returns:
        A dict with the number "J", the mean loss; "da", the derivative of J with respect to each example's
        a, shape (N,); and "dtheta", shape (D + 1,).

    Example:
        With theta full of zeros and two examples, one of each class, "J" is log 2 = 0.693…, and
        "da" has the entries 0.25 (class 0) and -0.25 (class 1).
    """
    ### BEGIN SOLUTION
    ones = np.column_stack([np.ones(len(X)), X])  # (N, D + 1)
    y = 1 / (1 + np.exp(-(ones @ theta)))  # (N,)
    J = -np.mean(y_star * np.log(y) + (1 - y_star) * np.log(1 - y))
    da = (y - y_star) / len(X)  # (N,)
    return {"J": J, "da": da, "dtheta": ones.T @ da}
    ### END SOLUTION


# %% check="case1.batch"
check("case1.batch", case1_batch)

# %% [markdown]
# **What it is good for.** Here are 60 points of two classes, and gradient descent with your `dtheta`.
# The loss should fall, and the share of points on the right side should rise.

# %% tags=["explore"]
rng = np.random.default_rng(601)
classes = np.repeat([0.0, 1.0], 30)
points = rng.normal(size=(60, 2)) + np.where(classes, 1.0, -1.0)[:, None]
theta = np.zeros(3)
for step in range(41):
    mine = attempt(case1_batch, theta, points, classes, shapes={"J": (), "dtheta": (3,)})
    if not mine:
        break
    if step % 10 == 0:
        right = np.mean((theta[0] + points @ theta[1:] > 0) == (classes == 1))
        print(f"step {step:2}:  J = {mine['J']:.4f},  {right:.0%} on the right side")
    theta = theta - 0.5 * mine["dtheta"]

# %% [markdown] covers="D2:decision boundaries for 0, 1, 2 hidden layers"
# **Where it draws the line.** In the plane the points with $y = \frac12$ are those with
# $\theta_0 + \theta_1 x_1 + \theta_2 x_2 = 0$: a straight line, the **decision boundary**. Here is a
# network without any hidden layer, which is logistic regression. Let it play, and watch the line
# turn. Then choose "XOR" as the data: how many of the four points can a straight line get right?


# %% tags=["explore"]
explore.playground("moons", hidden="none")

# %% [markdown]
# *In words:* on the moons the line soon lies between the two clouds and misses their tips; it gets
# about nine points in ten right, and more training does not help. On XOR no line gets more
# than three of the four points right, and training settles for two, its weights near $0$ (set them by
# hand to find three). Choose 3 hidden units and the boundary bends. What those units
# are and how their weights learn is the subject of the rest of this unit.

# %% [markdown]
# ## A worked example: one hidden layer that squares
#
# Case 1 has one unit. Before we put several of them in front of it, here is a network that you can
# follow in whole numbers. It has two inputs, three hidden units, no biases, and *squares* where
# the others have sigmoids:
#
# $$y = \sum_{j} \beta_j\, a_j^2, \qquad a_j = \sum_k \alpha_{jk}\, x_k,$$
#
# $$\mathbf x = \begin{pmatrix}1\\2\end{pmatrix},\qquad
# \alpha = \begin{pmatrix}1 & 1\\ 3 & -1\\ -1 & 1\end{pmatrix},\qquad
# \beta = (1,\ 2,\ -3).$$
#
# **How to read $\alpha_{jk}$:** the weight *into* unit $j$ *from* unit $k$ of the layer before. The
# first index is the row, the unit that receives. Keep this sentence at hand.
#
# **Forward.** $a = (3, 1, 1)$, the squares are $(9, 1, 1)$, and $y = 9 + 2 - 3 = 8$.
#
# **Backward, one index at a time.** Each line is upstream × local, exactly as in Unit 02.
#
# 1. *Into $\beta_j$.* It multiplies $a_j^2$, so $\dfrac{\partial y}{\partial \beta_j} = a_j^2$: the
#    vector $(9, 1, 1)$.
# 2. *Into $a_j$.* It reaches $y$ through its own square only, so
#    $\dfrac{\partial y}{\partial a_j} = \beta_j \cdot 2 a_j$: the vector $(6, 4, -6)$. No sum,
#    entry by entry.
# 3. *Into $\alpha_{jk}$.* The weight appears in $a_j$ alone, where it multiplies $x_k$. So
#    $\dfrac{\partial y}{\partial \alpha_{jk}} = \dfrac{\partial y}{\partial a_j}\, x_k$: a table
#    with a row for each $j$ and a column for each $k$.
# 4. *Into $x_k$.* The input $x_k$ is used by **every** unit $j$: a fan-out of three. So we add
#    over the units: $\dfrac{\partial y}{\partial x_k} = \sum_j \dfrac{\partial y}{\partial a_j}\,
#    \alpha_{jk}$.
#
# Now lift the indices. In step 3 every entry of one vector meets every entry of another: an
# **outer product**. In step 4 the sum runs over the *first* index of $\alpha$, its rows: a product
# with the **transpose**.


# %%
def squares_network(x, alpha, beta):
    """The worked example: y and its derivatives, each of the shape of what it belongs to."""
    a = alpha @ x  # (3,)
    y = beta @ a**2  # a number
    dbeta = a**2  # (3,)
    da = beta * 2 * a  # (3,): entry by entry
    dalpha = np.outer(da, x)  # (3, 2): every pair, rows as in da, columns as in x
    dx = alpha.T @ da  # (2,): each input collects from all units
    return {"y": y, "dbeta": dbeta, "da": da, "dalpha": dalpha, "dx": dx}


example = {
    "x": np.array([1.0, 2.0]),
    "alpha": np.array([[1.0, 1.0], [3.0, -1.0], [-1.0, 1.0]]),
    "beta": np.array([1.0, 2.0, -3.0]),
}
worked = squares_network(**example)
for name, value in worked.items():
    print(f"{name:<6} = {value.tolist()}")

# %% [markdown]
# **The shape rule.** A derivative has the shape of the thing that it belongs to: `dalpha` that of
# `alpha`, `dx` that of `x`. When you hesitate between `np.outer(p, q)` and `np.outer(q, p)`, or
# between a matrix and its transpose, the shape decides, as long as the sizes differ. Then read off
# one entry with its indices to be sure.
#
# And, as always, we measure:


# %%
def squares_output(x, alpha, beta):
    return beta @ (alpha @ x) ** 2


measured = finite_difference(squares_output, argnums=(0, 1, 2))(*example.values())
for name, slope in zip(("dx", "dalpha", "dbeta"), measured, strict=True):
    print(f"{name:<6} differs from the measured slopes by {np.abs(worked[name] - slope).max():.0e}")

# %% [markdown] covers="erratum 1"
# ### A correction: which index is summed?
#
# Step 4 is the place where decks D0 and D2 slip, in the backward pass of their network with a
# hidden layer. They put the sum into the *local* derivative:
#
# | on the slide (Case 2) | correct |
# |---|---|
# | $\dfrac{da_j}{dx_i} = \sum_{j} \alpha_{ji}$ | $\dfrac{da_j}{dx_i} = \alpha_{ji}$, and $\dfrac{dJ}{dx_i} = \sum_j \dfrac{dJ}{da_j}\,\alpha_{ji}$ |
#
# The local derivative of *one* $a_j$ is *one* weight. The sum comes when the contributions of all
# units meet at $x_i$, and by then each weight has been paired with the derivative of its own unit.
# With the numbers above:

# %%
print("as printed, sums first:", worked["da"].sum() * example["alpha"].sum(axis=0))
print("correct, pairs first:  ", worked["dx"], "  measured:", measured[0].round(6))

# %% [markdown]
# Not even the sign of the second entry survives. *Pair first, then add.*
#
# **See it at the fan-out.** The same network in single numbers. In the view "layers only" each weighted
# sum $a_j$ is one box, and three arrows leave each input. Press *End*, go back a few steps, and read what
# comes back along each arrow: the derivative with respect to *its* $a_j$ times *its* weight. They meet, and are
# added, at the input.


# %% tags=["explore"]
def unit_by_unit(x1, x2):
    """The worked example with a node for every number."""
    a1, a2, a3 = (float(row[0]) * x1 + float(row[1]) * x2 for row in example["alpha"])
    first, second, third = map(float, example["beta"])
    return {"a1": a1, "a2": a2, "a3": a3, "y": first * a1**2 + second * a2**2 + third * a3**2}


single = unit_by_unit(Node(1.0, "x1"), Node(2.0, "x2"))
explore.step(single["y"], names=single, groups=single, title="Three units that square")

# %% [markdown]
# *In words:* $x_1$ receives $6\cdot 1 = 6$ from unit 1, $4\cdot 3 = 12$ from unit 2 and
# $-6\cdot(-1) = 6$ from unit 3, together $24$; $x_2$ receives $6$, $-4$ and $-6$, together $-4$.

# %% [markdown] covers="D0:Case 2 network; D2:Case 2 as modules 1–5; erratum 6; O3; O4"
# ## Case 2: one hidden layer
#
# A network with one hidden layer is logistic regression whose inputs are themselves the outputs of
# little logistic regressions. Decks D0 and D2 write it in five modules. With $M$ inputs and $D$
# hidden units:
#
# | module | forward | what you find going back |
# |---|---|---|
# | 5 loss | $J = -\big(y^*\log y + (1 - y^*)\log(1 - y)\big)$ | $dJ/dy$ |
# | 4 sigmoid | $y = \sigma(b)$ | $dJ/db$ |
# | 3 linear | $b = \sum_{j=0}^{D} \beta_j z_j$ | $dJ/d\beta_j$ and $dJ/dz_j$ |
# | 2 sigmoid | $z_j = \sigma(a_j)$ | $dJ/da_j$ |
# | 1 linear | $a_j = \sum_{i=0}^{M} \alpha_{ji} x_i$ | $dJ/d\alpha_{ji}$ and $dJ/dx_i$ |
#
# Look at modules 5, 4 and 3: they are Case 1, letter for letter, with $z$ for $x$ and $\beta$ for
# $\theta$. And modules 2 and 1 are another pair of a sigmoid and a sum. A module needs to know only
# what went in and what comes back from above; you could stack ten of them.
#
# ### A correction: what stands at index 0?
#
# The slides let their sums begin at $0$ and do not say what the extra entries are. (They also let $D$
# be the number of inputs in Case 1 and of hidden units in Case 2. Here, as in Case 2, $D$ counts
# hidden units and $M$ inputs.)
#
# | on the slide | correct |
# |---|---|
# | $b = \sum_{j=0}^{D} \beta_j z_j$ | the same with $z_0 = 1$, so $\beta_0$ is the bias of the output |
# | $a_j = \sum_{i=0}^{M} \alpha_{ji} x_i$ | the same with $x_0 = 1$, so $\alpha_{j0}$ is the bias of hidden unit $j$ |
# | $z_j = \sigma(a_j)$ | for $j = 1, \dots, D$ only: $z_0$ is a constant, not a unit |
#
# A bias is a weight on an input that is always 1:

# %%
rng = np.random.default_rng(6)
weights, bias, values = rng.normal(size=(3, 4)), rng.normal(size=3), rng.normal(size=4)
print("W z + bias:             ", (weights @ values + bias).round(6))
print("(bias | W) times (1, z):", (np.column_stack([bias, weights]) @ np.r_[1.0, values]).round(6))

# %% [markdown]
# So $\alpha$ has the shape $(D, M + 1)$, its *first column* holds the biases, and $\beta$ has $D + 1$
# entries. Going back, $\beta_0$ has a derivative like any other weight. The constant $z_0$ leads
# nowhere: no $a$ stands behind it.
#
# ### Exercise: `case2.forward`


# %% solution="case2.forward"
def case2_forward(alpha, beta, x, y_star):
    """Computes the forward pass of a network with one hidden layer, for one example.

    Args:
        alpha: the weights into the hidden layer, shape (D, M + 1); column 0 holds the biases.
        beta: the weights into the output, shape (D + 1,); entry 0 is the bias.
        x: the inputs x_1, …, x_M, shape (M,), without the constant 1.
        y_star: the class, 0.0 or 1.0.

    Returns:
        A dict with "a" of shape (D,); "z" of shape (D + 1,), the constant z_0 = 1 followed by
        the hidden units; and the numbers "b", "y" and "J" (the loss, with the minus).

    Example:
        With alpha full of zeros, "a" is all zeros and "z" is 1.0 followed by halves. With beta
        full of zeros too, "b" is 0.0, "y" is 0.5 and "J" is log 2 = 0.693….
    """
    ### BEGIN SOLUTION
    a = alpha[:, 0] + alpha[:, 1:] @ x  # (D,)
    z = np.concatenate([[1.0], 1 / (1 + np.exp(-a))])  # (D + 1,)
    b = beta @ z
    y = 1 / (1 + np.exp(-b))
    J = -(y_star * np.log(y) + (1 - y_star) * np.log(1 - y))
    return {"a": a, "z": z, "b": b, "y": y, "J": J}
    ### END SOLUTION


# %% check="case2.forward"
check("case2.forward", case2_forward)

# %% [markdown]
# ### Exercise: `case2.backward`
#
# From module 5 down to module 1. `dz` belongs to the hidden units $z_1, \dots, z_D$ and `dx` to the
# true inputs $x_1, \dots, x_M$; the two constants get none. Mind the slip of the slides when you come
# to `dx`: *pair first, then add.* Begin with a call of your own `case2_forward`. Modules 5, 4 and 3
# you may write out or leave to your `case1_backward`, as you like.


# %% solution="case2.backward"
def case2_backward(alpha, beta, x, y_star):
    """Computes all derivatives of the loss of a network with one hidden layer.

    Args:
        alpha: the weights into the hidden layer, shape (D, M + 1); column 0 holds the biases.
        beta: the weights into the output, shape (D + 1,); entry 0 is the bias.
        x: the inputs x_1, …, x_M, shape (M,), without the constant 1.
        y_star: the class, 0.0 or 1.0.

    Returns:
        A dict with the numbers "dy" and "db", "dbeta" of shape (D + 1,), "dz" and "da" of shape
        (D,), "dalpha" of shape (D, M + 1) and "dx" of shape (M,).

    Example:
        With alpha and beta full of zeros and class 0, "db" is 0.5 and "dbeta" is 0.5 followed by
        quarters; "dz", "da", "dalpha" and "dx" are all zeros, since nothing gets past beta.
    """
    ### BEGIN SOLUTION
    v = case2_forward(alpha, beta, x, y_star)
    y, z = v["y"], v["z"]
    dy = -y_star / y + (1 - y_star) / (1 - y)  # module 5
    db = dy * y * (1 - y)  # module 4
    dbeta = db * z  # module 3
    dz = db * beta[1:]
    da = dz * z[1:] * (1 - z[1:])  # module 2
    dalpha = np.outer(da, np.concatenate([[1.0], x]))  # module 1
    dx = alpha[:, 1:].T @ da
    return {"dy": dy, "db": db, "dbeta": dbeta, "dz": dz, "da": da, "dalpha": dalpha, "dx": dx}
    ### END SOLUTION


# %% check="case2.backward"
check("case2.backward", case2_backward)

# %% [markdown]
# **What to notice.** The first column of `dalpha` equals `da`, and the first entry of `dbeta` equals
# `db`: a bias receives what arrives at its unit, times 1.
#
# **Compare** with the library, which is given the five modules as one formula, and put the slide's
# reading of $dJ/dx$ (sum the weights, then multiply by the summed errors) beside your own:


# %% tags=["explore"]
def case2(alpha, beta, x, y_star):
    """The five modules in functions that the library can differentiate."""
    a = alpha[:, 0] + alpha[:, 1:] @ x
    z = course_bp.concatenate([np.ones(1), course_bp.sigmoid(a)])
    b = beta @ z
    y = course_bp.sigmoid(b)
    J = -(y_star * course_bp.log(y) + (1 - y_star) * course_bp.log(1 - y))
    return {"a": a, "z": z, "b": b, "y": y, "J": J}


def case2_loss(alpha, beta, x):
    return case2(alpha, beta, x, 1.0)["J"]


rng = np.random.default_rng(2)
alpha, beta, x = rng.normal(size=(3, 5)), rng.normal(size=4), rng.normal(size=4)
expected = {"dalpha": (3, 5), "dbeta": (4,), "dx": (4,), "da": (3,)}
mine = attempt(case2_backward, alpha, beta, x, 1.0, shapes=expected)
if mine:
    library = course_bp.grad(case2_loss, argnums=(0, 1, 2))(alpha, beta, x)
    for name, reference in zip(("dalpha", "dbeta", "dx"), library, strict=True):
        print(f"{name:<6} differs from the library by {np.abs(mine[name] - reference).max():.0e}")
    printed = mine["da"].sum() * alpha[:, 1:].sum(axis=0)
    print("dx as printed on the slide:", printed.round(4))
    print("dx of yours:               ", mine["dx"].round(4))

# %% [markdown]
# **Your Case 2, module by module.** Again your own lines on the library's nodes, for a network with
# two inputs and two hidden units, and your own derivatives beside those of the pass. Begin with the view
# "layers only": five modules in a row, and between two of them nothing travels but what went in and
# what comes back. Then look inside one module at a time.


# %% tags=["explore"]
def case2_walk(forward):
    given = {name: Node(value, name) for name, value in small.items()}
    found = forward(*given.values(), 1.0)
    modules = ("1 linear", "2 sigmoid", "3 linear", "4 sigmoid", "5 loss")
    ends = {f"module {label}": found[end] for label, end in zip(modules, "azbyJ", strict=True)}
    slopes = {"α": "dalpha", "β": "dbeta", "x": "dx", "a": "da", "b": "db", "y": "dy"}
    slopes = {name: mine[entry] for name, entry in slopes.items()}
    return explore.step(found["J"], names=found, groups=ends, yours=slopes, title="Case 2")


small = {
    "α": np.array([[0.1, -0.5, 0.4], [-0.3, 1.0, 0.8]]),
    "β": np.array([0.5, -1.0, 2.0]),
    "x": np.array([1.0, -2.0]),
}
shapes = {"dy": (), "db": (), "dbeta": (3,), "da": (2,), "dalpha": (2, 3), "dx": (2,)}
mine = attempt(case2_backward, *small.values(), 1.0, shapes=shapes)
on_nodes(case2_walk, case2_forward, case2) if mine else None

# %% [markdown] covers="D0:Quiz 2; O3"
# ## Two hidden layers as a graph
#
# The network of Quiz 2 is
#
# $$y = \sigma\Big(\beta \cdot \sigma\big(\alpha^{(2)}\, \sigma(\alpha^{(1)} \mathbf{x})\big)\Big).$$
#
# The sigmoid of a vector is taken entry by entry. As a graph, with **$a$ before a sigmoid and $z$
# after it** (the notation of D0):
#
# | quantity | in words | shape | given or computed |
# |---|---|---|---|
# | $\mathbf x$ | the input | $D_0$ | given |
# | $\alpha^{(1)}$ | weights into the first hidden layer | $D_1 \times D_0$ | given (to be learned) |
# | $a^{(1)}$ | weighted sums of the inputs | $D_1$ | intermediate |
# | $z^{(1)}$ | outputs of the first hidden layer | $D_1$ | intermediate |
# | $\alpha^{(2)}$ | weights into the second hidden layer | $D_2 \times D_1$ | given (to be learned) |
# | $a^{(2)}$ | weighted sums of $z^{(1)}$ | $D_2$ | intermediate |
# | $z^{(2)}$ | outputs of the second hidden layer | $D_2$ | intermediate |
# | $\beta$ | weights into the output unit | $D_2$ | given (to be learned) |
# | $b$ | weighted sum of $z^{(2)}$ | a number | intermediate |
# | $y$ | the output, $\sigma(b)$ | a number | the result |
#
# As in the slide, this network has no biases.
#
# > **Other decks, other letters.** What is $a$ here (before the sigmoid) is called $z$ in D1, D3
# > and D4; what is $z$ here (after it) is called $a$ there. Goodfellow writes $a$ and $h$. When a
# > formula looks wrong, ask first which of the two it means.

# %% [markdown] covers="erratum 4; erratum 5"
# ### Two corrections to the slide
#
# **The transposes.** The slide prints a transpose on every weight, and lacks a closing
# parenthesis. It also says that $\alpha^{(i)}$ is a $D^{(i)} \times D^{(i-1)}$ matrix. Both cannot
# hold.
#
# | on the slide | correct |
# |---|---|
# | $y = \sigma(\beta^T \sigma((\alpha^{(2)})^T \sigma((\alpha^{(1)})^T \mathbf{x}))$ | $y = \sigma(\beta^T \sigma(\alpha^{(2)}\, \sigma(\alpha^{(1)} \mathbf{x})))$ |

# %%
rng = np.random.default_rng(6)
weights, inputs = rng.normal(size=(7, 5)), rng.normal(size=5)  # D1 = 7 units, D0 = 5 inputs
for name, matrix in (("α⁽¹⁾ x", weights), ("(α⁽¹⁾)ᵀ x", weights.T)):
    try:
        print(f"{name:<10} has shape {(matrix @ inputs).shape}")
    except ValueError:
        print(f"{name:<10} does not exist: {matrix.shape} and {inputs.shape} do not fit")

# %% [markdown]
# With as many units as inputs the transposed form would *run*, and give other numbers without a
# word of warning. This is why the checks use layers of different sizes as well as equal ones. Test
# your own code with sizes that are all different, too.
#
# (The transpose of $\beta$ is another matter: $\beta^T z$ is one way to write the product of two
# vectors, $\beta \cdot z$.)
#
# **The index.** The slide asks for $\partial y/\partial \alpha^{(i)}_j$, with one index. But
# $\alpha^{(i)}$ is a matrix, and each of its entries has its own derivative:
#
# | on the slide | correct |
# |---|---|
# | $\dfrac{\partial y}{\partial \alpha^{(i)}_j}$ | $\dfrac{\partial y}{\partial \alpha^{(i)}_{jk}}$ |
#
# Two weights into the same unit $j = 0$ of a single layer, and their slopes:


# %%
def one_unit(row):
    return course_bp.sigmoid(row @ np.array([0.5, -2.0]))


print("slopes by α_00 and α_01:", finite_difference(one_unit)(np.array([0.3, 0.1])))

# %% [markdown]
# One receiving unit, two different derivatives: a single index cannot tell them apart.

# %% [markdown]
# ## Quiz 2, forward
#
# ### Exercise: `quiz2.forward`
#
# Write the forward pass for layers of any size. Work from the inside of the formula outwards and
# keep every intermediate value, since the backward pass will want them. Write the shape beside each
# line as a comment, as in the worked example. As before, plain NumPy; the library has its turn later.


# %% solution="quiz2.forward"
def quiz2_forward(x, alpha1, alpha2, beta):
    """Computes every intermediate quantity of Quiz 2's network.

    Args:
        x: the input, an array of shape (D0,).
        alpha1: the weights into the first hidden layer, shape (D1, D0).
        alpha2: the weights into the second hidden layer, shape (D2, D1).
        beta: the weights into the output unit, shape (D2,).

    Returns:
        A dict with "a1" and "z1" of shape (D1,), "a2" and "z2" of shape (D2,), and the two
        numbers "b" and "y".

    Example:
        With alpha1 full of zeros, "a1" is all zeros and "z1" is one half in every entry,
        whatever x is.
    """
    ### BEGIN SOLUTION
    a1 = alpha1 @ x  # (D1,)
    z1 = 1 / (1 + np.exp(-a1))  # (D1,)
    a2 = alpha2 @ z1  # (D2,)
    z2 = 1 / (1 + np.exp(-a2))  # (D2,)
    b = beta @ z2  # a number
    y = 1 / (1 + np.exp(-b))  # a number
    return {"a1": a1, "z1": z1, "a2": a2, "z2": z2, "b": b, "y": y}
    ### END SOLUTION


# %% check="quiz2.forward"
check("quiz2.forward", quiz2_forward)

# %% [markdown]
# **What to notice.** Nothing in your function says how large the layers are: the shapes of the
# weights say it. The next cell sends one input through the network of the opening question and
# shows the range of each layer.

# %% tags=["explore"]
rng = np.random.default_rng(1126)
network = (rng.normal(size=5), rng.normal(size=(7, 5)), rng.normal(size=(3, 7)), rng.normal(size=3))
shapes = {"a1": (7,), "z1": (7,), "a2": (3,), "z2": (3,), "b": (), "y": ()}
mine = attempt(quiz2_forward, *network, shapes=shapes)
if mine:
    for name, value in mine.items():
        print(f"{name:<2} has shape {np.shape(value)!s:<5} and lies in", end=" ")
        print(f"[{np.min(value):.3f}, {np.max(value):.3f}]")

# %% [markdown]
# Everything called $z$, and $y$ too, lies between 0 and 1. Everything called $a$ or $b$ may lie
# anywhere. If a "$z$" of yours is negative, it is an $a$ in disguise.

# %% [markdown] covers="D0:Quiz 2; O4"
# ## Quiz 2, backward
#
# The network is deeper than the worked example, and nothing in it is new. There are three kinds of
# step, and you have seen each of them:
#
# | going back through | what happens to the upstream |
# |---|---|
# | a sigmoid, from $z$ to $a$ | each entry is multiplied by its own slope |
# | a weighted sum, to the **weights** | every upstream entry meets every value that came in |
# | a weighted sum, to the **values** that came in | every value collects from all units that use it |
#
# The order, from the output back: $b$, then $\beta$ and $z^{(2)}$, then $a^{(2)}$, then
# $\alpha^{(2)}$ and $z^{(1)}$, then $a^{(1)}$, then $\alpha^{(1)}$. (Nobody asks for
# $\mathbf x$: the input is not ours to change.)
#
# A plan that works when you feel lost:
#
# 1. Imagine one unit in each layer, so that everything is a plain number, and write the chain.
# 2. Put the indices back: which unit $j$ receives, which unit $k$ sends? Add where a value is used
#    by several units.
# 3. Lift the indices into NumPy, and let the shape rule check you.
#
# Loops over $j$ and $k$ are fine for a first version. They are right or wrong exactly as the short
# form is, and a correct loop is a good thing to test the short form against.

# %% [markdown]
# ### Exercise: `quiz2.backward`
#
# `da2` stands for $\partial y/\partial a^{(2)}$, and so on. There is no loss in this quiz: the
# journey starts at $y$ itself, where the upstream is $1$. Begin with a call of your own
# `quiz2_forward`; if its check is not all right yet, fix it first.


# %% solution="quiz2.backward"
def quiz2_backward(x, alpha1, alpha2, beta):
    """Computes the derivatives of y by all weights of Quiz 2's network.

    Args:
        x: the input, an array of shape (D0,).
        alpha1: the weights into the first hidden layer, shape (D1, D0).
        alpha2: the weights into the second hidden layer, shape (D2, D1).
        beta: the weights into the output unit, shape (D2,).

    Returns:
        A dict, each entry of the shape of what it belongs to: "db" (a number), "dbeta" (D2,),
        "da2" (D2,), "dalpha2" (D2, D1), "da1" (D1,) and "dalpha1" (D1, D0).

    Example:
        With beta full of zeros, b is 0 and y is one half. No change below beta can reach y
        then, so "da2", "dalpha2", "da1" and "dalpha1" are all zeros; "dbeta" is not.
    """
    ### BEGIN SOLUTION
    v = quiz2_forward(x, alpha1, alpha2, beta)
    db = v["y"] * (1 - v["y"])  # through the output's sigmoid
    dbeta = db * v["z2"]  # (D2,)
    dz2 = db * beta  # (D2,)
    da2 = dz2 * v["z2"] * (1 - v["z2"])  # (D2,)
    dalpha2 = np.outer(da2, v["z1"])  # (D2, D1)
    dz1 = alpha2.T @ da2  # (D1,): each unit collects from all units that use it
    da1 = dz1 * v["z1"] * (1 - v["z1"])  # (D1,)
    dalpha1 = np.outer(da1, x)  # (D1, D0)
    return {
        "db": db,
        "dbeta": dbeta,
        "da2": da2,
        "dalpha2": dalpha2,
        "da1": da1,
        "dalpha1": dalpha1,
    }
    ### END SOLUTION


# %% check="quiz2.backward"
check("quiz2.backward", quiz2_backward)

# %% [markdown]
# **Now let the library do it.** It is given the formula alone, without your nodes. Beside it stands
# the finite difference of *your own* forward pass, which is a test that you can do for any network,
# with or without a library.


# %% tags=["explore"]
def quiz2_library(x, alpha1, alpha2, beta):
    """The quantities of Quiz 2 in functions that the library can differentiate."""
    a1 = alpha1 @ x
    z1 = course_bp.sigmoid(a1)
    a2 = alpha2 @ z1
    z2 = course_bp.sigmoid(a2)
    b = beta @ z2
    return {"a1": a1, "z1": z1, "a2": a2, "z2": z2, "b": b, "y": course_bp.sigmoid(b)}


def quiz2(x, alpha1, alpha2, beta):
    return quiz2_library(x, alpha1, alpha2, beta)["y"]


def my_output(x, alpha1, alpha2, beta):
    return quiz2_forward(x, alpha1, alpha2, beta)["y"]


def quiz2_compared(*network):
    """How far your derivatives are from the library's and from the slopes of your own output."""
    mine, counted = quiz2_backward(*network), CountedCalls(my_output)
    library = course_bp.grad(quiz2, argnums=(1, 2, 3))(*network)
    measured = finite_difference(counted, argnums=(1, 2, 3))(*network)
    gaps = {
        name: [np.abs(mine[name] - slopes).max() for slopes in others]
        for name, *others in zip(("dalpha1", "dalpha2", "dbeta"), library, measured, strict=True)
    }
    return gaps | {"passes": counted.calls}


pairs = {"dalpha1": (2,), "dalpha2": (2,), "dbeta": (2,)}
compared = attempt(quiz2_compared, *network, numbers=["passes"], shapes=pairs)
if compared:
    print("largest difference from …   the library   the measured slopes")
    for name in pairs:
        library_gap, measured_gap = compared[name]
        print(f"your {name:<22} {library_gap:11.1e} {measured_gap:21.1e}")
    print(f"The measured slopes took {compared['passes']:.0f} forward passes, yours took one.")

# %% [markdown]
# **What to notice.** One backward pass gave all 59 slopes for about the price of one more forward
# pass. Trying the weights one by one takes two forward passes for each. With a million weights
# and half a second a pass, that is about one second against eleven days.
#
# **The graph of your lines,** for the network of the opening question. Compare it, box by box, with
# the table of "Two hidden layers as a graph": what is given, what is intermediate, what is the result? Of
# a large array a box gives the shape and the norm, the root of the sum of its squares. Below it, after
# $\partial$, stands the derivative of $y$ by it.


# %% tags=["explore"]
def quiz2_picture(forward):
    given = zip(network, ("x", "α1", "α2", "β"), strict=True)
    found = forward(*[Node(value, name) for value, name in given])
    return explore.draw(found["y"], names=found, title="Quiz 2")


mine = attempt(quiz2_backward, *network, shapes={"dbeta": (3,)})
on_nodes(quiz2_picture, quiz2_forward, quiz2_library) if mine else None

# %% [markdown]
# *The picture in words:* $x$ and $\alpha^{(1)}$ lead to $a^{(1)}$, and this through a sigmoid to
# $z^{(1)}$; $z^{(1)}$ and $\alpha^{(2)}$ lead to $a^{(2)}$, and through a sigmoid to $z^{(2)}$;
# $z^{(2)}$ and $\beta$ lead to $b$, and the sigmoid of $b$ is $y$. What stands between an $a$ and
# its $z$ are the steps in which you wrote the sigmoid.
#
# **Layer by layer.** A smaller network of the same kind, with two inputs, layers of three and two
# units, and *your* lines. Choose "layers only", walk back, and name at each arrow which of the three
# kinds of step of the table it is. At $x$, which nobody asked for, you see what an earlier layer
# would receive.


# %% tags=["explore"]
def quiz2_walk(forward):
    given = zip(small, ("x", "α1", "α2", "β"), strict=True)
    found = forward(*[Node(value, name) for value, name in given])
    ends = {"layer 1": found["z1"], "layer 2": found["z2"], "output": found["y"]}
    slopes = {"β": "dbeta", "α2": "dalpha2", "α1": "dalpha1", "b": "db", "a2": "da2", "a1": "da1"}
    slopes = {name: mine[entry] for name, entry in slopes.items()}
    return explore.step(found["y"], names=found, groups=ends, yours=slopes, title="Quiz 2")


rng = np.random.default_rng(2)
small = tuple(rng.normal(size=shape).round(1) for shape in (2, (3, 2), (2, 3), 2))
shapes = {"db": (), "dbeta": (2,), "da2": (2,), "dalpha2": (2, 3), "da1": (3,), "dalpha1": (3, 2)}
mine = attempt(quiz2_backward, *small, shapes=shapes)
on_nodes(quiz2_walk, quiz2_forward, quiz2_library) if mine else None

# %% [markdown]
# Now look at the sizes of the slopes, layer by layer, from the output back to the input:

# %% tags=["explore"]
slopes = {"dalpha1": (7, 5), "dalpha2": (3, 7), "dbeta": (3,)}
mine = attempt(quiz2_backward, *network, shapes=slopes)
if mine:
    for name, what in (("dbeta", "β"), ("dalpha2", "α⁽²⁾"), ("dalpha1", "α⁽¹⁾")):
        size = np.sqrt(np.mean(mine[name] ** 2))
        print(f"slopes by {what:<5} are typically {size:.5f} in size")

# %% [markdown]
# They get smaller with every layer. Each sigmoid on the way back multiplies by a slope of at most
# one quarter, so the first layer hears three such whispers in a row. With ten layers the first one
# would learn next to nothing. This is the *vanishing gradient* of Unit 05.

# %% [markdown]
# **Back to the opening question.** Which of the 59 weights matters most, and which way should it
# move? The cell finds the largest of your slopes, moves that weight upwards by three different
# steps, and compares your prediction (slope times step) with what the network really does.

# %% tags=["explore"]
mine = attempt(quiz2_backward, *network, shapes=slopes)
if mine:
    name = max(slopes, key=lambda key: np.abs(mine[key]).max())
    where = np.unravel_index(np.abs(mine[name]).argmax(), np.shape(mine[name]))
    slope = mine[name][where]
    print(f"the largest slope is {slope:.4f}, by {name[1:]}{[int(i) for i in where]}")
    for step in (0.01, 1.0, 10.0):
        moved = dict(zip(("x", "alpha1", "alpha2", "beta"), map(np.copy, network), strict=True))
        moved[name[1:]][where] += step
        change = quiz2(**moved) - quiz2(*network)
        print(f"step {step:5}: predicted {slope * step:8.5f}, y really moves by {change:8.5f}")

# %% [markdown]
# ## Reflection
#
# Answer in a few sentences of your own, in the cell below. Nobody grades this.
#
# 1. Why is the prediction in the last cell good for the small step and bad for the large one? What
#    does this say about how far a step of training should go?
# 2. The derivative with respect to a weight is (derivative at the receiving unit) × (value that came in). What
#    happens to a weight whose incoming value is 0? Is that reasonable?
# 3. Suppose all weights of $\alpha^{(2)}$ are equal, and those of $\beta$ too. What does this say
#    about the derivatives of the units of the second layer? Why is it a bad place to start
#    training?

# %% [markdown]
# *Your answers:*

# %% [markdown]
# ## Summary
#
# - A perceptron is a weighted sum and a threshold; its slope is 0, so it cannot learn by slopes. The
#   sigmoid can.
# - The loss is *minus* the log-likelihood, and we go downhill. With a sigmoid it has
#   $dJ/da = y - y^*$.
# - A bias is a weight on a constant 1; many examples add up, with one $1/N$.
# - Equal shapes on both sides of a minus, or NumPy compares everything with everything.
# - A network is a computation graph whose nodes are vectors. Before each sigmoid stands an $a$,
#   after it a $z$.
# - $\sigma' = s(1 - s)$, with the number *after* the sigmoid.
# - A layer has three backward steps: through its activation entry by entry; to its weights, where
#   all pairs meet; to the values below, where contributions of all receiving units add up.
# - A derivative has the shape of what it belongs to; equal layer sizes hide mistakes.
# - One backward pass for all weights; a finite difference needs two forward passes for each.

# %% [markdown]
# **How far have you come?** By unit and by objective:

# %% tags=["explore"]
from autograder.progress import progress

progress()

# %% [markdown]
# ## Further reading
#
# - C. Bishop, *Pattern Recognition and Machine Learning* (2006), section 4.3: logistic regression,
#   its likelihood and its gradient.
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), section 6.5, in particular the
#   algorithms for a fully connected network.
# - M. Nielsen, *Neural Networks and Deep Learning* (2015), chapter 2: the four equations, with the
#   letters of decks D1 and D3.
# - A. Griewank, A. Walther, *Evaluating Derivatives* (2nd ed., 2008), chapter 3: why the price of
#   a gradient does not grow with the number of inputs.
# - A. G. Baydin, B. A. Pearlmutter, A. A. Radul, J. M. Siskind, "Automatic differentiation in
#   machine learning: a survey", *Journal of Machine Learning Research* 18 (2018).
