# %% [markdown]
# # Unit 01: The chain rule
#
# **You will be able to**
#
# - say why machine learning wants gradients, and which way to step with one (towards objective O6);
# - read a derivative as the best linear approximation, and a gradient in every direction;
# - use the chain rule as a sum over paths (towards objective O2);
# - explain why remembering intermediate results saves work (a first look at O8);
# - translate between the notations of the five decks, with the shapes (towards O3).
#
# **Time:** about an hour and a half. **You need:** derivatives of one variable, vectors and dot
# products, a little Python.
#
# **From the lectures:** D0 (CMU 10-601, 2018) and its predecessor D2 (2016): the recipe for
# machine learning, the chain rule, $J = \cos(\sin(x^2) + 3x^2)$. D1 (van Omme, 2018): linear
# approximation, directions, paths, history. D4 (Syracuse MAE 688): the two cases of the chain
# rule, Fibonacci. And the notation of all five, D3 (Purdue ECE 595, 2020) included. Where a slide
# has a slip, this course says so, shows the correct form, and proves it with a number or two.

# %% locked="imports"
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np

import course_bp
from autograder.check import check, hint
from course_bp.finite_differences import finite_difference
from course_bp.notebook import attempt, on_nodes, picture


# %% [markdown]
# ## A question to begin with
#
# Four measurements, and a line $\hat y = wx + b$ that should go through them as well as it can. At
# present $w = 0.5$ and $b = 1$, and the sum of the squared errors is what the cell prints.
#
# You may turn two knobs, $w$ and $b$, each by a little. **Which way do you turn each of them?**
# Make a guess before you go on. And then: how would you decide if there were a million knobs?

# %%
inputs = np.array([0.0, 1.0, 2.0, 3.0])
targets = np.array([0.9, 1.2, 2.4, 2.9])


def total_loss(w, b):
    predictions = w * inputs + b
    return ((predictions - targets) ** 2).sum()


print("loss at w = 0.5, b = 1:", round(total_loss(0.5, 1.0), 4))

# %% [markdown] covers="D0:recipe for machine learning, ERM, SGD; O6"
# ## Why gradients at all: the recipe
#
# Deck D0 puts nearly all of machine learning in four lines.
#
# 1. **Data:** pairs $(\mathbf{x}_i, \mathbf{y}_i)$ for $i = 1, \dots, N$.
# 2. **Choices:** a decision function $\hat{\mathbf{y}} = f_\theta(\mathbf{x})$ with parameters
#    $\theta$, and a loss $\ell(\hat{\mathbf{y}}, \mathbf{y})$, a single number that says how bad a
#    prediction is.
# 3. **Goal:** the parameters with the smallest loss on the data,
#    $\theta^* = \arg\min_\theta \sum_{i=1}^N \ell(f_\theta(\mathbf{x}_i), \mathbf{y}_i)$.
# 4. **Training:** small steps against the gradient, example by example:
#    $\theta^{(t+1)} = \theta^{(t)} - \eta_t \nabla \ell(f_\theta(\mathbf{x}_i), \mathbf{y}_i)$.
#
# Line 3 is called **empirical risk minimisation** (ERM): the *risk* is the expected loss on all
# data there could be; we only have a sample, so we minimise the loss on that, the *empirical*
# risk. Line 4 is stochastic gradient descent (SGD).
#
# In the opening question $\theta = (w, b)$, the loss is the squared error, and the answer to
# "which way?" is the sign of two derivatives. Trying out each knob would do here. With a million
# knobs it would take a million trials for a single step, and that is why this course exists: **one
# backward pass gives all the derivatives at about the price of a few evaluations of the loss.**

# %%
slope_w, slope_b = finite_difference(total_loss, argnums=(0, 1))(0.5, 1.0)
print(f"slopes: {slope_w:+.4f} for w, {slope_b:+.4f} for b")
print(
    "loss after a small step against both:",
    round(total_loss(0.5 - 0.01 * slope_w, 1.0 - 0.01 * slope_b), 4),
)

# %% [markdown]
# Both slopes are negative, so both knobs go up. Did you guess it? A knob with a positive slope
# would go down.

# %% [markdown] covers="D1:best linear approximation"
# ## What a derivative is: the best linear approximation
#
# Near a point $a$ a smooth function looks like a straight line, and the derivative is the slope
# of that line. For a function of several variables the line becomes a plane, and the slope a
# **gradient**, the vector of all partial derivatives:
#
# $$f(\mathbf a + \mathbf u) \approx f(\mathbf a) + \nabla f(\mathbf a)^\top \mathbf u .$$
#
# Many planes go through the same point. What makes this one the *best* is how the error
# behaves: it shrinks faster than the step. With a direction $\mathbf u$ and a number $\alpha$ that
# goes to 0,
#
# $$\lim_{\alpha \to 0}
# \frac{\left|f(\mathbf a + \alpha\mathbf u) - f(\mathbf a) - \nabla f(\mathbf a)^\top (\alpha \mathbf u)\right|}
# {|\alpha|\,\lVert\mathbf u\rVert} = 0 .$$
#
# Try it on $f(x_1, x_2) = x_1^2 x_2$ at $(1, 2)$. The partial derivatives are $2x_1x_2 = 4$ and
# $x_1^2 = 1$.


# %%
def hill(x):
    return x[0] ** 2 * x[1]


a, u = np.array([1.0, 2.0]), np.array([0.6, -0.8])
slope = np.array([4.0, 1.0])
print("    α     error      error / |α|      error / |α| with a wrong slope, (4, 0)")
for alpha in (0.1, 0.01, 0.001):
    moved = hill(a + alpha * u) - hill(a)
    error, other = abs(moved - slope @ (alpha * u)), abs(moved - 4 * alpha * u[0])
    print(f"{alpha:6}  {error:9.2e}  {error / alpha:9.2e}        {other / alpha:9.2e}")

# %% [markdown] covers="erratum 14"
# With the right slope a step ten times smaller makes an error a *hundred* times smaller. With any
# other slope the quotient stays where it is. Keep this in mind: it is the whole idea behind
# checking a derivative numerically, which is the subject of Unit 03.
#
# ### A correction: the step may be negative
#
# Deck D1 writes the limit above with $\alpha\,\lVert\mathbf u\rVert$ below the line.
#
# | on the slide | correct |
# |---|---|
# | divided by $\alpha\,\lVert\mathbf u\rVert$ | divided by $\lvert\alpha\rvert\,\lVert\mathbf u\rVert$ |
#
# A limit comes from both sides, and a quotient of lengths should not be negative. At $\alpha = \pm 0.1$:

# %%
for alpha in (0.1, -0.1):
    error = abs(hill(a + alpha * u) - hill(a) - slope @ (alpha * u))
    print(
        f"α = {alpha:4}: the slide's quotient {error / alpha:+.4f}, with |α| {error / abs(alpha):+.4f}"
    )

# %% [markdown] covers="D1:directional derivative, why −∇f; D1:gradient descent"
# ## Which way is down?
#
# Standing at $\mathbf a$, choose a direction $\mathbf u$ of length 1. How steep is it that way? The
# linear approximation answers: the **directional derivative** is
#
# $$\nabla f(\mathbf a)^\top \mathbf u = \lVert\nabla f(\mathbf a)\rVert \cos\theta ,$$
#
# where $\theta$ is the angle between $\mathbf u$ and the gradient (as on the slide; the parameters of
# the recipe have the same letter). It is largest along the gradient
# ($\theta = 0$), zero at a right angle to it, and **smallest in the opposite direction**, where
# $\cos\theta = -1$. This is why everybody steps along $-\nabla f$: to first order, no other
# direction goes down as fast.

# %% tags=["explore"] jupyter={"source_hidden": true}
angles = np.linspace(0, 360, 361)
towards = np.array([np.cos(np.radians(angles)), np.sin(np.radians(angles))])
figure, axes = plt.subplots(figsize=(7, 3))
axes.plot(angles, slope @ towards, label="∇f · u")
change = [(hill(a + 0.05 * v) - hill(a)) / 0.05 for v in towards.T]
axes.plot(angles, change, ":", color="0.3", label="measured with a step of 0.05")
axes.axhline(0, color="0.7", linewidth=0.8)
lowest = int(np.argmin(slope @ towards))
axes.plot(angles[lowest], (slope @ towards)[lowest], "o", color="#a04000")
axes.annotate(
    "−∇f / ‖∇f‖", (angles[lowest], (slope @ towards)[lowest]), (angles[lowest], -3.1), ha="center"
)
axes.set(xlabel="direction of u in degrees", ylabel="slope", xticks=range(0, 361, 60))
axes.legend(frameon=False)
picture(
    figure,
    "The slope of f over the direction of u is a cosine wave. It is lowest, at minus 4.12, in the "
    "direction opposite to the gradient, at 194 degrees. The slopes measured with a small step "
    "follow the same wave closely.",
)

# %% [markdown]
# *The picture in words:* over all directions $\mathbf u$ of length 1, the slope is a cosine wave.
# Its lowest point, $-\sqrt{17} \approx -4.12$, lies at $194°$, opposite to the gradient $(4, 1)$.
# Measured with small steps, the slopes follow the same wave.

# %% [markdown] covers="erratum 11"
# ### A correction: direction, length and step
#
# Deck D1 looks for the best direction among those with $\lVert\mathbf u\rVert = 1$ and then takes
# the whole gradient.
#
# | on the slide | correct |
# |---|---|
# | $\mathbf u^* = -\nabla f(\mathbf a)$ | $\mathbf u^* = -\nabla f(\mathbf a)\,/\,\lVert\nabla f(\mathbf a)\rVert$, since $\lVert\mathbf u\rVert = 1$ |
# | $\min_{\mathbf u} \nabla f^\top\mathbf u = \min_\theta \cos\theta$ | $\min_{\mathbf u} \nabla f^\top\mathbf u = -\lVert\nabla f(\mathbf a)\rVert$ |
# | $f(\mathbf a + \mathbf u) < f(\mathbf a)$ for such a $\mathbf u$ | $f(\mathbf a + \alpha\mathbf u) < f(\mathbf a)$ for small enough $\alpha > 0$ |
#
# The last row matters most in practice: "downhill" is a promise about *small* steps. Take
# $f(v) = v^2$ at $v = 0.3$. The direction is $-1$. Say before you run it what a step of length 1 does.

# %%
v = 0.3
print(
    f"f = {v**2:.2f};  after a step of length 0.1: {(v - 0.1) ** 2:.2f};  of length 1: {(v - 1) ** 2:.2f}"
)
downhill = -slope / np.linalg.norm(slope)
print(f"slope along −∇f/‖∇f‖: {slope @ downhill:.4f},  −‖∇f‖: {-np.linalg.norm(slope):.4f}")

# %% [markdown] covers="D4:chain rule case 1 and 2; D0:chain rule"
# ## The chain rule, two cases
#
# **Case 1, a chain.** $y = g(x)$ and $z = h(y)$. A nudge of $x$ moves $y$, and that moves $z$:
#
# $$\Delta x \to \Delta y \to \Delta z, \qquad \frac{dz}{dx} = \frac{dz}{dy}\,\frac{dy}{dx}.$$
#
# If $y$ moves three times as much as $x$, and $z$ twice as much as $y$, then $z$ moves six times
# as much as $x$. Along a chain, **multiply**.
#
# **Case 2, a fork.** $x = g(s)$, $y = h(s)$ and $z = k(x, y)$. A nudge of $s$ moves $z$ by two routes
# at once:
#
# $$\frac{dz}{ds} = \frac{\partial z}{\partial x}\,\frac{dx}{ds} + \frac{\partial z}{\partial y}\,\frac{dy}{ds}.$$
#
# Over several routes, **add**. Why does adding work? Because of the linear approximation: for
# small moves $z$ is a plane over $(x, y)$, and on a plane moves in two directions add up.
#
# Deck D0 puts both cases in one line. With $\mathbf y = g(\mathbf u)$ and $\mathbf u = h(\mathbf x)$,
#
# $$\frac{dy_i}{dx_k} = \sum_{j=1}^J \frac{dy_i}{du_j}\,\frac{du_j}{dx_k} \quad\text{for all } i, k,$$
#
# one term for each $u_j$ that lies between. (It is also the product of two matrices of
# derivatives, of *Jacobians*; in Unit 09 the order in which one multiplies them will matter.)
#
# **With numbers.** $x = s^2$, $y = 3s$, $z = xy$ at $s = 2$: so $x = 4$, $y = 6$, $z = 24$. Then
# $\partial z/\partial x = y = 6$ and $dx/ds = 2s = 4$; $\partial z/\partial y = x = 4$ and
# $dy/ds = 3$. Together $6 \cdot 4 + 4 \cdot 3 = 36$. And indeed $z = 3s^3$ has the slope
# $9s^2 = 36$.

# %% [markdown] covers="D1:chain rule as a sum over paths"
# ## A sum over paths
#
# Draw every quantity as a dot, and an arrow from each to whatever is computed from it directly.
# Write on each arrow its **local derivative**. Then the chain rule says:
#
# > The derivative of the last dot by the first is a **sum over all paths** from the first to the
# > last, and each path contributes the **product of the local derivatives** on its arrows.
#
# A dot from which several arrows leave has a **fan-out**; that is where paths split.
#
# **A worked example.** $E = \exp(v)$ with $v = v_1 \cdot v_2$, $v_1 = s + 1$, $v_2 = s^2$, and
# $s = 2w$, at $w = 0.5$. Forward: $s = 1$, $v_1 = 2$, $v_2 = 1$, $v = 2$, $E = e^2 \approx 7.389$.
#
# | arrow | local derivative | here |
# |---|---|---|
# | $w \to s$ | $2$ | $2$ |
# | $s \to v_1$ | $1$ | $1$ |
# | $s \to v_2$ | $2s$ | $2$ |
# | $v_1 \to v$ | $v_2$ | $1$ |
# | $v_2 \to v$ | $v_1$ | $2$ |
# | $v \to E$ | $\exp(v)$ | $7.389$ |
#
# | path | product |
# |---|---|
# | $w \to s \to v_1 \to v \to E$ | $2 \cdot 1 \cdot 1 \cdot e^2 = 2e^2 \approx 14.778$ |
# | $w \to s \to v_2 \to v \to E$ | $2 \cdot 2 \cdot 2 \cdot e^2 = 8e^2 \approx 59.112$ |
#
# Together $dE/dw = 10e^2 \approx 73.891$. Measured:


# %%
def worked(w):
    s = 2 * w
    return np.exp((s + 1) * s**2)


print("by paths:", round(10 * np.exp(2), 6), " measured:", round(finite_difference(worked)(0.5), 6))

# %% [markdown]
# Walk the paths of a network yourself. The next cell lights one after the other, then shows how
# many of them share each arrow, and then goes backward once, from node to node. Make a layer one
# node larger with its slider: how many paths are added, and how many arrows? (In every picture of
# this kind the arrow keys step, and what a step says is also written below.)

# %% tags=["explore"]
from course_bp import explore

explore.paths(3, 3)

# %% [markdown] covers="D1:shared subpaths, what happens if you add a node?"
# ### What happens if you add a node?
#
# Deck D1 asks this about a network. Look at the worked example first: the two paths share the
# arrow $w \to s$ at one end and $v \to E$ at the other, and we multiplied by $2$ and by $7.389$
# twice. In a network nearly *everything* is shared. Take one input, $L$ layers of $n$ units, each
# fed by all units of the layer before, and one output. A path picks one unit in every layer:
# there are $n^L$ of them, over only $n + (L-1)\,n^2 + n$ arrows.
#
# Now add **one node** to one of the layers. It brings $n^{L-1}$ new paths, each with all its factors. But
# it brings at most $2n$ new arrows. If we could get by with work for each *arrow* instead of work
# for each *path*, adding a node would cost next to nothing.


# %%
def paths_and_arrows(widths):
    """Counts for one input, fully connected layers of these widths, one output."""
    layers = [1, *widths, 1]
    arrows = sum(before * after for before, after in pairwise(layers))
    return int(np.prod(widths)), arrows


for widths in ([3, 3, 3], [4, 3, 3], [10, 10, 10, 10, 10], [11, 10, 10, 10, 10]):
    paths, arrows = paths_and_arrows(widths)
    print(f"layers {widths!s:22} {paths:7,} paths   {arrows:4,} arrows")

# %% [markdown]
# And we can. Ask every dot: *what is the sum over all paths from here to the output?* The answer
# is the derivative of the output by this dot, and it follows from the answers of the dots that its
# own arrows lead to: multiply along each arrow, add. So compute it once for each dot, from the
# output backward, and **keep it**. In the worked example, with $dE/d\cdot$ for these sums:
#
# | dot | sum over its arrows | value |
# |---|---|---|
# | $v$ | $e^2$ | $7.389$ |
# | $v_1$ | $e^2 \cdot 1$ | $7.389$ |
# | $v_2$ | $e^2 \cdot 2$ | $14.778$ |
# | $s$ | $e^2 \cdot 1 + 2e^2 \cdot 2 = 5e^2$ | $36.945$ |
# | $w$ | $5e^2 \cdot 2$ | $73.891$ |
#
# Six arrows, six products, one addition at the fan-out. This is backpropagation. Unit 02 makes an algorithm of
# it; here we stay with paths a little longer, because seeing them is what helps when something
# goes wrong.

# %% [markdown] covers="D0:J = cos(sin(x²)+3x²); O2"
# ## J along both paths
#
# ### Exercise: `j.paths`
#
# The example of decks D0 and D2,
#
# $$J = \cos\left(\sin(x^2) + 3x^2\right),$$
#
# with their names for the steps: $t = x^2$, $u_1 = \sin(t)$, $u_2 = 3t$, $u = u_1 + u_2$,
# $J = \cos(u)$. Draw the six dots and their arrows, and write the local derivative on each arrow.
# There are two paths from $x$ to $J$.
#
# The function returns $J$, the derivative $dJ/du$, **the contribution of each path to $dJ/dx$**
# (the product over *all* its arrows, from $x$ to $J$), and $dJ/dx$ itself.
#
# The cell below the exercise is its **check**. It runs your function on several $x$ and goes
# through your values in the order in which they feed each other. If one is wrong, those after it
# are judged by what follows from *your* value. You can run it as often as you like. Use plain
# NumPy; the library has its turn afterwards.
#
# Two rules hold in all exercises of this course. **What you are given stays as it was:** when your
# function ends, the arrays, lists and dicts among its arguments hold what they held before, though
# you may return them. And arrays hold floats, unless the text says otherwise.


# %% solution="j.paths"
def j_paths(x):
    """Computes J = cos(sin(x²) + 3x²) and its derivative as a sum over two paths.

    Args:
        x: a float.

    Returns:
        A dict of floats: "J"; "du", which is dJ/du; "via_sin", the contribution to dJ/dx of the
        path through u₁ = sin(t); "via_3t", that of the path through u₂ = 3t; "dx", which is dJ/dx.

    Example:
        At x = 0 all of t, u₁, u₂ and u are 0, so "J" is 1.0, and "dx" is 0.0: the arrow from
        x to t has the local derivative 0 there, on both paths.
    """
    ### BEGIN SOLUTION
    t = x**2
    u = np.sin(t) + 3 * t
    du = -np.sin(u)
    via_sin = du * np.cos(t) * 2 * x
    via_3t = du * 3 * 2 * x
    return {"J": np.cos(u), "du": du, "via_sin": via_sin, "via_3t": via_3t, "dx": via_sin + via_3t}
    ### END SOLUTION


# %% check="j.paths"
check("j.paths", j_paths)

# %% [markdown]
# **Stuck?** Every exercise has hints: a nudge, then a pointer, then a worked idea. They open one
# at a time, and the next one comes after you have changed your attempt and run the check again.
# Below a check that is not all right there is a button for the next one; the cell below does the
# same.

# %% tags=["explore"]
# Stuck? Take away the # in front of the next line, and run this cell.
# hint("j.paths")

# %% [markdown]
# **What to notice.** Run the next cell when the check passes. The two paths differ in size, and
# at some $x$ in *sign*. At $x = 1.3$ a lost path through the sine would change
# the result by four percent only, and from a plot you would hardly see it.


# %% tags=["explore"]
def j(x):
    return course_bp.cos(course_bp.sin(x**2) + 3 * x**2)


points = (0.5, 0.7, 1.3, 2.0)
for x in points:
    mine = attempt(j_paths, x, numbers=("via_sin", "via_3t", "dx"))
    if not mine:
        break
    if x == points[0]:
        print(
            "    x     share via sin    share via 3t    your dx agrees with measurement and library"
        )
    measured, exact = finite_difference(j)(x), course_bp.grad(j)(x)
    close = np.isclose(mine["dx"], measured, rtol=1e-6), np.isclose(mine["dx"], exact, rtol=1e-12)
    shares = (mine[name] / (mine["dx"] or np.nan) for name in ("via_sin", "via_3t"))
    print(
        f"  {x:3}   {next(shares):12.1%}   {next(shares):13.1%}        {close[0]!s:>10} {close[1]!s:>10}"
    )

# %% [markdown]
# **Both paths in one graph.** The next cell sends a node of the library through *your* function,
# draws what has led to $J$, and goes back through it. (If nodes cannot go through your lines, it says
# so and takes the library's.) The quantity $t = x^2$ is called `v1` there. Where do the two paths meet
# on the way back? Each of your two products has the factor $2x$; how often does the walk multiply
# by it?


# %% tags=["explore"]
from course_bp import Node


def j_walk(function):
    found = function(Node(0.7, "x"))["J"]
    return explore.step(found, names={"J": found}, yours={"x": mine["dx"]}, title="J")


mine = attempt(j_paths, 0.7, numbers=("dx",))
on_nodes(j_walk, j_paths, lambda x: {"J": j(x)}) if mine else None

# %% [markdown]
# *In words:* the paths meet at $t$. There the two contributions are added first, and the sum is
# multiplied by $2x$ once.

# %% [markdown] covers="D4:recursion and Fibonacci; O8"
# ## Remember what you have computed
#
# Deck D4 points out that the sums over paths are *recursive*, each derivative is made from the next
# ones, and shows a recursive program as an illustration: the Fibonacci numbers, each the sum of
# the two before it. The program is right, and it is also a perfect example of what
# backpropagation does **not** do. Let us count.


# %%
calls = 0


def recur_fibo(n):
    global calls
    calls += 1
    if n <= 1:
        return n
    return recur_fibo(n - 1) + recur_fibo(n - 2)


for n in (5, 10, 20):
    calls = 0
    print(f"n = {n:2}: the number is {recur_fibo(n):5}, after {calls:6,} calls")

# %% [markdown] covers="erratum 19"
# For $n = 10$ there are eleven numbers, and 177 calls to find them: the same small numbers are computed over and over, once for
# every path. Had the program written down each number when it was first found, one addition per
# number would do. This trick has a name, **memoisation** (or dynamic programming), and
# backpropagation is this trick applied to the chain rule: one stored derivative per dot, instead
# of one product per path.
#
# ### A correction: a line too long
#
# | on the slide | correct |
# |---|---|
# | `return(recur_fibo(n-1) + recur_fibo(n-2)) nterms = 10` | two lines: the `return`, and then `nterms = 10` on its own |
#
# As printed, Python does not accept it:

# %%
for line in (
    "def f(n): return(f(n-1) + f(n-2)) nterms = 10",
    "def f(n): return(f(n-1) + f(n-2))\nnterms = 10",
):
    try:
        compile(line, "slide", "exec")
        print("accepted")
    except SyntaxError as error:
        print("SyntaxError:", error.msg)

# %% [markdown]
# ### Exercise: `fibonacci.memo`
#
# Write it so that every number is computed once. To make it a little more general, the two first
# numbers are given: number 0 is `first`, number 1 is `second`, and each later one is the sum of
# the two before it.
#
# The check counts your additions. To be able to, it hands you start values that behave like floats
# and notice when they are added. Keep them as they come in, in variables, a list or a dict; a NumPy
# array would copy them into plain floats, and nothing would be counted.


# %% solution="fibonacci.memo"
def fibonacci_memo(n, first, second):
    """Computes the n-th number of a Fibonacci sequence with at most n additions.

    Args:
        n: a whole number, 0 or more; for 0 and 1 there is nothing to add.
        first: number 0 of the sequence, a float.
        second: number 1 of the sequence, a float.

    Returns:
        A dict with one entry, "value": number n of the sequence, a float.

    Example:
        fibonacci_memo(3, 5.0, 7.0) gives {"value": 19.0}: the sequence is 5, 7, 12, 19, …
    """
    ### BEGIN SOLUTION
    known = [first, second]
    while len(known) <= n:
        known.append(known[-1] + known[-2])
    return {"value": known[n]}
    ### END SOLUTION


# %% check="fibonacci.memo"
check("fibonacci.memo", fibonacci_memo)

# %% [markdown]
# **What to notice.** The naive program needs a number of steps that grows like $1.618^n$, yours
# grows like $n$. The price is memory: a dict or a list of earlier numbers. Here two of them would be
# enough. A network's backward pass needs *all* the values of the forward pass, and this
# appetite will come back in Unit 09.

# %% [markdown]
# ## One network, five notations
#
# The decks describe the same network in different letters. Keep this table at hand.
#
# | quantity | D0, D2 (CMU) | D1 (van Omme), D3 (Purdue) | D4 (Syracuse) | in this course's code |
# |---|---|---|---|---|
# | before the activation | $a_j$ | $z^l_j$ | $z$ | `a` or `z`, as the deck at hand has it |
# | after the activation | $z_j$ | $a^l_j$ | $a$, $h$ in the program | the other one |
# | hidden weights | $\alpha_{ji}$ | $w^l_{jk}$ | $w$, `w1` | `alpha`, `W1` |
# | output weights | $\beta_j$ | $w^L_{jk}$ | `w2` | `beta`, `W2` |
# | bias | folded in: $x_0 = 1$, $z_0 = 1$ | $b^l_j$ | $b$ (none in the program) | `b` |
# | loss | $J$ | $C$ (D1 also $L$) | $l$, $L$ | `J`, `C` or `loss` |
# | derivative with respect to the pre-activation | $dJ/da_j$ | $\delta^l_j$ | $\partial l/\partial z$ | `da`, `delta` |
# | one example is | a column | a column | a row of `x` | both, always said |
#
# Beware of the letter $z$: **after** the activation at CMU, **before** it everywhere else. Also
# beware that the first index of $\alpha_{ji}$ and of $w^l_{jk}$ names the unit that the arrow goes
# *to*. Deck D3 uses both $z = wa$ and $z = w^\top a$; the second means a matrix with its axes
# swapped (more in Unit 07).
#
# **Columns or rows?** As columns, a layer computes $z = Wx + b$ for one example. As rows, it
# computes $Z = XW + b$ for a whole batch $X$ with one example in each row. The two matrices called
# $W$ are each other's transposes. NumPy adds the one vector $b$ to every row.
#
# Two rules save you from memorising shapes:
#
# 1. In a matrix product the inner lengths are equal, and they disappear.
# 2. The derivative of a *number* with respect to a tensor has the shape of that tensor, since there is one
#    derivative for each entry.
#
# **An example.** A layer from 2 inputs to 4 units, 3 examples in a batch.

# %%
W, x_column = np.ones((4, 2)), np.ones(2)
X, W_for_rows = np.ones((3, 2)), np.ones((2, 4))
print("columns:", W.shape, "times", x_column.shape, "gives", (W @ x_column).shape)
print("rows:   ", X.shape, "times", W_for_rows.shape, "gives", (X @ W_for_rows).shape)

# %% [markdown] covers="O3"
# ### Exercise: `rosetta.shapes`
#
# A layer takes $D$ inputs to $M$ units; a batch has $N$ examples; $C$ is the loss, a single number.
# State eight shapes, in terms of $N$, $D$ and $M$.


# %% solution="rosetta.shapes"
def rosetta_shapes(N, D, M):
    """States shapes of one layer in three notations.

    Args:
        N: the number of examples in the batch.
        D: the number of inputs of the layer.
        M: the number of its units.

    Returns:
        A dict of tuples of whole numbers.
        For one example as a column, z = W x + b (D1, D3): "W"; "delta", that is ∂C/∂z; "dW", that
        is ∂C/∂W.
        With the bias folded in, a_j = Σ_i α_ji x_i for i = 0, …, D with x_0 = 1 (D0, D2): "alpha".
        For a batch of rows, Z = X W + b (D4): "W_rows"; "Z_rows"; "dW_rows", that is ∂C/∂W;
        "db_rows", that is ∂C/∂b for the one vector b that all rows share.

    Example:
        The shape of X would be "X_rows": (N, D), and that of x, as a column, "x": (D,).
    """
    ### BEGIN SOLUTION
    return {
        "W": (M, D),
        "delta": (M,),
        "dW": (M, D),
        "alpha": (M, D + 1),
        "W_rows": (D, M),
        "Z_rows": (N, M),
        "dW_rows": (D, M),
        "db_rows": (M,),
    }
    ### END SOLUTION


# %% check="rosetta.shapes"
check("rosetta.shapes", rosetta_shapes)

# %% [markdown] covers="D1:history of backprop"
# ## Who invented it?
#
# The chain rule is from the seventeenth century. That one can run it backward through a long
# computation was found several times, by people who did not know of each other:
#
# - about 1960, **Kelley** and **Bryson** used it in control theory, in a continuous form, to steer
#   rockets; **Dreyfus** (1962) gave a derivation that needs nothing but the chain rule;
# - **Linnainmaa** (1970) published the efficient form for any computation made of small steps, with a
#   program: what we call reverse mode today;
# - **Speelpenning** (1980) wrote a compiler that derives such programs by itself;
# - **Werbos** (thesis 1974, networks 1982) applied the idea to neural networks;
# - **Rumelhart, Hinton and Williams** (1986) showed that networks trained this way find useful
#   inner representations, and made it famous; **LeCun** and others (1989) trained convolutional networks on handwritten digits.
#
# Deck D1 quotes J. Schmidhuber's account; his survey has the references. Others weigh the
# contributions differently, and the honest short answer is: nobody alone.

# %% [markdown]
# ## Reflection
#
# Answer in a few sentences of your own, in the cell below. Nobody grades this; explaining is how
# you find out what you have understood.
#
# 1. Someone adds to $J$ a third route from $t$ to $u$, say $u_3 = t^2$. Which of your lines change,
#    and which do not?
# 2. A path has a local derivative of 0 on one of its arrows. What does that say about the other
#    arrows of this path, and about other paths?
# 3. A step along $-\nabla f$ made the loss *larger*. Name two possible reasons, one of them
#    innocent.

# %% [markdown]
# *Your answers:*

# %% [markdown]
# ## Summary
#
# - Learning minimises a sum of losses (ERM) by small steps against the gradient.
# - The derivative is the slope of the best linear approximation; its error shrinks faster than
#   the step. Along a unit vector $\mathbf u$ the slope is $\nabla f^\top\mathbf u$, smallest along
#   $-\nabla f/\lVert\nabla f\rVert$, where it is $-\lVert\nabla f\rVert$.
# - Chain rule: multiply along a path, add over paths. Paths split where there is a fan-out.
# - There are far more paths than arrows. Keep one derivative for each node and every shared piece
#   is computed once.
# - The derivative of a number with respect to a tensor has the tensor's shape. CMU's $z$ comes after the activation.

# %% [markdown]
# **How far have you come?** The next cell shows what passes, by unit and by objective. Your checks
# keep the tally in a file on this computer, and nowhere else.

# %% tags=["explore"]
from autograder.progress import progress

progress()

# %% [markdown]
# ## Further reading
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), sections 4.3 and 6.5: gradients
#   and directions; the chain rule and its shared subexpressions.
# - J. Schmidhuber, "Deep learning in neural networks: an overview", *Neural Networks* 61 (2015),
#   section 5.5: the history, with sources.
# - S. Linnainmaa, "Taylor expansion of the accumulated rounding error", *BIT* 16 (1976): reverse
#   mode, for a purpose you would not guess.
# - D. E. Rumelhart, G. E. Hinton, R. J. Williams, "Learning representations by back-propagating
#   errors", *Nature* 323 (1986): four pages that many people started from.
