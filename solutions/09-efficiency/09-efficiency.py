# %% [markdown]
# # Unit 09: When a gradient can be had, and at what price
#
# **You will be able to**
#
# - say at which points a program has a derivative, and what the tools answer where it has none
#   (objective O8);
# - choose between forward and reverse mode by counting inputs and outputs (O8);
# - say what the backward pass has to remember, and trade memory for work by checkpoints (O8);
# - find a cheaper way through a graph than either mode (Naumann's example).
#
# **Time:** about two hours. **You need:** Unit 03 (the four ways of differentiating).
#
# **From the lectures:** approaches to differentiation of D0 (CMU 10-601), costs, memory and the
# detour on optimal Jacobian accumulation of D1 (*So you think you know backpropagation?*).

# %% locked="imports"
from time import perf_counter

import numpy as np

import course_bp
from autograder.check import check, hint
from course_bp import (
    Node,
    checkpoint_sequential,
    grad,
    graph_bytes,
    hessian,
    hvp,
    to_source,
    topological_order,
)
from course_bp.finite_differences import finite_difference, finite_difference_jacobian
from course_bp.jacobian_accumulation import accumulate_jacobian
from course_bp.notebook import attempt


# %% [markdown]
# ## A question to begin with
#
# A network has a million weights and one loss. Evaluating the loss takes one second. **How long
# does its gradient take?** By central differences, two million evaluations: 23 days. By reverse
# mode: a few seconds. And if the network had a million *outputs* whose slopes with respect to a single weight
# you wanted, reverse mode would be the one that takes days.
#
# This unit asks two things of every derivative: can it be had at all, and what does it cost in
# work and in memory?

# %% [markdown] covers="O8; D2:sigmoid, tanh, ReLU, softplus"
# ## Can it be had at all?
#
# The chain rule asks that every operation on the way has a derivative *at the value that it gets*.
# Where an operation has none, one of three things happens:
#
# | the point | example | what there is |
# |---|---|---|
# | a **jump** | a threshold unit, rounding, `argmax` | no useful slope: 0 wherever it exists |
# | a **kink** | $\lvert x\rvert$ or ReLU at 0, `max` of equal values | two one-sided slopes |
# | a **pole** or a vertical tangent | $\log x$ or $\sqrt x$ at 0 | no finite slope |
#
# D2's perceptron with a threshold is of the first kind, and this is why it is not trained by
# gradients. ReLU is of the second, and is: the chance to meet exactly 0 is small, and any number
# between the two slopes does no harm.
#
# At a kink each way of differentiating answers something, and they disagree. Here is ReLU at 0:

# %%
h = 1e-6
print("slope towards the left: ", (course_bp.relu(0.0) - course_bp.relu(-h)) / h)
print("slope towards the right:", (course_bp.relu(h) - course_bp.relu(0.0)) / h)
print("central difference:     ", (course_bp.relu(h) - course_bp.relu(-h)) / (2 * h))
print("reverse mode:           ", grad(course_bp.relu)(0.0))

# %% [markdown]
# The central difference reports the mean of the two slopes, which is the slope of nothing. Reverse
# mode reports what the library's table says for this point. Neither knows that there is a question.
# And not every meeting of two branches is a kink:


# %%
def smooth_after_all(x):
    return course_bp.relu(x) - course_bp.relu(-x)  # this is x, whatever branch is taken


print("x by two ReLUs, at 0: measured", finite_difference(smooth_after_all)(0.0), end=", ")
print("reverse mode", grad(smooth_after_all)(0.0))

# %% [markdown]
# The function is $x$, and its slope is 1. Reverse mode multiplies and adds the answers of two
# kinks, and what comes out is not the slope. A program may have a derivative at a place where its
# pieces have none.

# %% [markdown]
# ### Exercise: `kinks.slopes`
#
# A maxout unit takes the larger of two lines,
#
# $$f(x) = \max(p\,x + q,\; r\,x + s).$$
#
# Give its slope towards the left of $x$ and towards its right, and say whether it has a derivative
# there. The numbers are such that values that should be equal are exactly equal.


# %% solution="kinks.slopes"
def kinks_slopes(p, q, r, s, x):
    """Finds the one-sided slopes of max(p x + q, r x + s).

    Args:
        p: a float, the slope of the first line.
        q: a float, its value at 0.
        r: a float, the slope of the second line.
        s: a float, its value at 0.
        x: a float, the point.

    Returns:
        A dict with "left" and "right", the slopes towards the left and towards the right of x,
        floats; and "differentiable", True if f has a derivative at x, else False.

    Example:
        max(−x, x) is |x|: at x = 0 it has "left" −1.0, "right" 1.0, "differentiable" False.
    """
    ### BEGIN SOLUTION
    first, second = p * x + q, r * x + s
    if first == second:
        left, right = min(p, r), max(p, r)
    else:
        left = right = p if first > second else r
    return {"left": left, "right": right, "differentiable": left == right}
    ### END SOLUTION


# %% check="kinks.slopes"
check("kinks.slopes", kinks_slopes)

# %% tags=["explore"]
# Stuck? Take away the # in front of the next line, and run this cell.
# hint("kinks.slopes")

# %% [markdown] covers="D0:four ways to differentiate; D1:forward and reverse accumulation; D1:cost O(n·cost) versus O(m·cost)"
# ## What does it cost?
#
# Let $f$ have $n$ inputs and $m$ outputs. One pass of **forward mode** follows one direction of
# the inputs to all outputs: a *column* of the Jacobian. One pass of **reverse mode** follows one
# output back to all inputs: a *row*. Each pass costs a small multiple of one evaluation of $f$.
#
# In Unit 03 you counted: finite differences call $f$ once or twice per *input*, however many outputs
# there are.

# %% [markdown] covers="D1:cost O(n·cost) versus O(m·cost)"
# ### The cheap gradient principle, measured
#
# For one output, reverse mode costs a constant number of evaluations, **however many inputs there
# are** (by theory at most about five; with the bookkeeping of a small library somewhat more). We
# time a network's loss with more and more weights, against its gradient.


# %% tags=["explore"]
def network_loss(W, x):
    return course_bp.sum(course_bp.square(course_bp.tanh(x @ W)))


def seconds(action):
    best = float("inf")
    for _ in range(5):
        begin = perf_counter()
        action()
        best = min(best, perf_counter() - begin)
    return best


rng = np.random.default_rng(9)
slope_of_loss = grad(network_loss)
for units in (10, 100, 400):
    W, x = rng.normal(size=(units, units)), rng.normal(size=(200, units))
    once = seconds(lambda W=W, x=x: network_loss(W, x))
    both = seconds(lambda W=W, x=x: slope_of_loss(W, x))
    print(f"{W.size:7d} weights: gradient / loss = {both / once:4.1f} in time", end=", ")
    print(f"central differences would take {2 * W.size} evaluations")

# %% [markdown]
# *In words:* from a hundred to 160 000 weights the ratio stays a small number, while the price of
# finite differences grows with every weight. (If one line stands out, the machine was busy with
# something else: run the cell again.)

# %% [markdown] covers="D1:memory O(V), Wengert list; D1:sublinear-memory training (Chen 2016); D1:memory-efficient BPTT (Gruslys 2016)"
# ### What the backward pass remembers
#
# There is a catch. Forward mode can forget each value once it is used. Reverse mode starts at the
# *end*, and so it needs a record of what was computed, in which order, with which values: the
# **Wengert list**. Here is one for D1's $s = xy + \sin x$, and the program that goes through it
# backwards, as the library prints it:

# %%
x, y = Node(0.5, name="x"), Node(4.2, name="y")
for number, node in enumerate(reversed(topological_order(x * y + course_bp.sin(x)))):
    operation = node.operation.name if node.operation else "input " + node.name
    print(f"{number}: {operation:<10} value {node.value:.6f}")
print()
print(to_source(lambda x, y: x * y + course_bp.sin(x), 0.5, 4.2))

# %% [markdown]
# One entry for every vertex: with $V$ vertices the memory is $O(V)$. A chain of $T$ steps keeps $T$
# values. For a network that is read step by step (a recurrent one, or a very deep one) this is soon
# too much.
#
# **Checkpoints** trade memory for work. Cut the chain into segments. On the way forward keep only
# the *first* value of each segment. On the way back, compute the values inside a segment again when
# its turn comes, use them, drop them.
#
# To count exactly: a chain $x_0 \to x_1 \to \dots \to x_T$. Going back through the step
# $x_i \to x_{i+1}$ needs the value $x_i$. So without checkpoints $x_0, \dots, x_{T-1}$ are kept.
# With checkpoints we count the largest number of values that are held **at the same time**: all
# checkpoints, plus those inside the segment being worked on. And we count the steps that have to be
# *repeated*; the last step of a segment need not be, as its result is not wanted a second time.
#
# **In numbers**, four steps in segments of two: the checkpoints are $x_0$ and $x_2$. Going back
# through the last segment needs $x_3$ as well, one step computed again, and three values are held.
# Then $x_3$ is dropped, and the first segment needs $x_1$, again one step. So three values at most
# instead of four, for two repeated steps.
#
# The library can do it. Here the graph of 400 steps, as it waits for its backward pass:

# %%
chain = [lambda x: course_bp.sin(x) + 0.5 * x] * 400
values = Node(np.ones(100))
plain = values
for step in chain:
    plain = step(plain)
saved = checkpoint_sequential(chain, values)
print(f"plain graph:      {graph_bytes(plain):9,d} bytes")
print(f"with checkpoints: {graph_bytes(saved):9,d} bytes, and the work inside comes back later")
course_bp.sum(plain).backward()
first = values.grad
again = Node(np.ones(100))
course_bp.sum(checkpoint_sequential(chain, again)).backward()
print("largest difference of the gradients:", np.abs(first - again.grad).max())

# %% [markdown]
# ### Exercise: `derivative.costs`
#
# Count. The function gets $n$ inputs and $m$ outputs, and for the second half a chain of `steps`
# steps in segments of `length` steps each (`length` divides `steps`). All answers are formulas in
# these four numbers. Draw a chain of six steps in segments of three first.


# %% solution="derivative.costs"
def derivative_costs(n, m, steps, length):
    """Counts what a Jacobian costs by each way, and what a backward pass has to keep.

    Args:
        n: the number of inputs, an int.
        m: the number of outputs, an int.
        steps: the number of steps of a chain, an int.
        length: the number of steps in each segment, an int that divides steps.

    Returns:
        A dict of numbers:
        "forward_passes": passes of forward mode for the whole Jacobian;
        "reverse_passes": passes of reverse mode for the whole Jacobian;
        "evaluations": evaluations of f for the whole Jacobian by central differences;
        "kept": values that reverse mode keeps for the chain without checkpoints;
        "kept_with_checkpoints": values held at the same time, at most, with checkpoints;
        "repeated": steps of the chain that are computed a second time.

    Example:
        With segments of one step each, every value is a checkpoint: "repeated" is 0.
    """
    ### BEGIN SOLUTION
    segments = steps // length
    return {
        "forward_passes": n,
        "reverse_passes": m,
        "evaluations": 2 * n,
        "kept": steps,
        "kept_with_checkpoints": segments + length - 1,
        "repeated": segments * (length - 1),
    }
    ### END SOLUTION


# %% check="derivative.costs"
check("derivative.costs", derivative_costs)

# %% [markdown]
# **What to notice.** The next cell asks *your* formulas which segments need least memory in a chain
# of 3600 steps.

# %% tags=["explore"]
for length in (1, 10, 30, 60, 120, 360, 3600):
    mine = attempt(
        derivative_costs, 1, 1, 3600, length, numbers=("kept_with_checkpoints", "repeated")
    )
    if mine is None:
        break
    held, again = mine["kept_with_checkpoints"], mine["repeated"]
    print(f"segments of {length:4d}: at most {held:6.0f} values held, {again:5.0f} steps repeated")

# %% [markdown]
# And here it is to watch, one value at a time, counted as in your formulas. Look for the number of
# segments that keeps the least.

# %% tags=["explore"]
from course_bp import explore

explore.checkpoint_memory(steps=16, segments=4)

# %% [markdown] covers="D1:sublinear-memory training (Chen 2016)"
# If your check is all right, the least memory is at the square root of the number of steps, and
# its price is never more than one more forward pass. (Chen and others, 2016; Gruslys and others,
# 2016, choose the checkpoints so well that a given memory suffices.)

# %% [markdown] covers="D1:Optimal Jacobian Accumulation (Naumann)"
# ## Cheaper than either mode
#
# A Jacobian's entry is a sum over paths: multiply the local derivatives along each path from the
# input to the output, add over paths. Written out, paths share pieces, and a piece that is shared
# should be computed once.
#
# **A small worked example.** $a = \sin x$, $b = a^2$, and two outputs $p = e^b$, $q = \cos b$.
# With $k_1 = da/dx$, $k_2 = db/da$, $k_3 = dp/db$, $k_4 = dq/db$:
#
# $$\frac{dp}{dx} = k_1 k_2 k_3, \qquad \frac{dq}{dx} = k_1 k_2 k_4 .$$
#
# As printed that is 4 multiplications. With $r = k_1 k_2$ computed once, 3. With ten outputs it
# would be 20 and 11.
#
# Which order of multiplying and adding is the cheapest is a hard question: Naumann (2008) proved
# it NP-complete. Forward and reverse mode are two fixed orders, and sometimes neither is best. Here
# a function that passes through a bottle-neck, three inputs, one number, three outputs:


# %%
def bottle_neck(x1, x2, x3):
    narrow = course_bp.sin(x1 * x2 * x3)
    return course_bp.square(narrow), course_bp.exp(narrow), course_bp.cos(narrow)


for order in ("paths", "forward", "reverse", "optimal"):
    found = accumulate_jacobian(bottle_neck, 0.5, 1.2, 0.7, order=order)
    print(f"{order:<8} {found.multiplications:3d} multiplications, {found.additions} additions")

# %% [markdown]
# ### Exercise: `naumann.jacobian`
#
# D1 shows Naumann's example (its $v_{-1}$ and $v_0$ are called $x_1$ and $x_2$ here):
#
# $$v_1 = x_1 x_2,\quad v_2 = \sin v_1,\quad v_3 = v_1 v_2,\quad v_4 = \cos v_3,\quad
# v_5 = \exp v_3,$$
#
# with inputs $x_1, x_2$ and outputs $v_4, v_5$. Its seven local derivatives are
#
# | $c_1$ | $c_2$ | $c_3$ | $c_4$ | $c_5$ | $c_6$ | $c_7$ |
# |---|---|---|---|---|---|---|
# | $\dfrac{\partial v_1}{\partial x_1}$ | $\dfrac{\partial v_1}{\partial x_2}$ | $\dfrac{\partial v_3}{\partial v_1}$ (the direct arrow) | $\dfrac{\partial v_2}{\partial v_1}$ | $\dfrac{\partial v_3}{\partial v_2}$ | $\dfrac{\partial v_4}{\partial v_3}$ | $\dfrac{\partial v_5}{\partial v_3}$ |
#
# and its Jacobian, expanded and factored,
#
# $$F' = \begin{pmatrix} c_1c_3c_6 + c_1c_4c_5c_6 & c_2c_3c_6 + c_2c_4c_5c_6\\
# c_1c_3c_7 + c_1c_4c_5c_7 & c_2c_3c_7 + c_2c_4c_5c_7\end{pmatrix}
# = \begin{pmatrix} c_6 s & c_6 t\\ c_7 s & c_7 t\end{pmatrix},$$
#
# with $r = c_3 + c_5 c_4$, $s = r c_1$, $t = r c_2$.
#
# Compute the local derivatives and $F'$, and count the multiplications and additions of both forms
# as they are printed.


# %% solution="naumann.jacobian"
def naumann_jacobian(x1, x2):
    """Computes the local derivatives and the Jacobian of Naumann's example, and counts.

    Args:
        x1: a float.
        x2: a float.

    Returns:
        A dict with four entries:
        "c": the local derivatives c1 … c7, an array of shape (7,);
        "J": the Jacobian, shape (2, 2), a row for each output (v4, v5), a column for each input;
        "expanded": a pair (multiplications, additions) for the expanded form, all four entries;
        "factored": the same for the factored form, with r, s and t.

    Example:
        The counts are numbers that do not depend on x1 and x2. For the worked example of the text
        they would be (4, 0) and (3, 0).
    """
    ### BEGIN SOLUTION
    v1 = x1 * x2
    v2 = np.sin(v1)
    v3 = v1 * v2
    c1, c2, c3, c4, c5 = x2, x1, v2, np.cos(v1), v1
    c6, c7 = -np.sin(v3), np.exp(v3)
    r = c3 + c5 * c4
    s, t = r * c1, r * c2
    return {
        "c": np.array([c1, c2, c3, c4, c5, c6, c7]),
        "J": np.array([[c6 * s, c6 * t], [c7 * s, c7 * t]]),
        "expanded": (20, 4),
        "factored": (7, 1),
    }
    ### END SOLUTION


# %% check="naumann.jacobian"
check("naumann.jacobian", naumann_jacobian)

# %% [markdown]
# **What to notice.** Your matrix is an outer product of $(c_6, c_7)$ and $(s, t)$: everything
# passes through the single vertex $v_3$, and the factored form multiplies on both sides of the
# bottle-neck before it joins them. Measured, at a point of your choice:


# %% tags=["explore"]
def naumann(inputs):
    v1 = inputs[0] * inputs[1]
    v3 = v1 * np.sin(v1)
    return np.array([np.cos(v3), np.exp(v3)])


mine = attempt(naumann_jacobian, 0.8, 1.1, shapes={"J": (2, 2)})
if mine:
    measured = finite_difference_jacobian(naumann)(np.array([0.8, 1.1]))
    print("largest difference from finite differences:", np.abs(mine["J"] - measured).max())

# %% [markdown]
# **One row at a time.** Reverse mode goes back from *one* output. The walk below starts at $v_4$ and
# finds the first row of $F'$; your own first row stands beside it. A second pass, from $v_5$, would
# find the other row. Which of its steps would be the same products once more, with another number
# upstream?


# %% tags=["explore"]
def first_output(x1, x2):
    v1 = x1 * x2
    v2 = course_bp.sin(v1)
    v3 = v1 * v2
    return {"v1": v1, "v2": v2, "v3": v3, "v4": course_bp.cos(v3)}


nodes = first_output(Node(0.8, "x1"), Node(1.1, "x2"))
row = {"x1": mine["J"][0, 0], "x2": mine["J"][0, 1]} if mine else {}
explore.step(nodes["v4"], names=nodes, yours=row, title="Naumann's example") if mine else None

# %% [markdown]
# *In words:* all steps below $v_3$, that is the arrows of $c_1$ to $c_5$. In the factored form they are
# multiplied out once, into $s$ and $t$, for both rows.

# %% [markdown] covers="D1:Hessian-free (Martens)"
# ## One step further: curvature at the price of a slope
#
# The Hessian of a network with a million weights has $10^{12}$ entries. Many methods never need
# it: they need $Hv$, how the gradient changes in *one* direction $v$. Now count passes. The
# gradient is a function with as many outputs as inputs; one direction of it is **one forward pass
# over one reverse pass**. So $Hv$ costs a small multiple of a gradient (Pearlmutter 1994).


# %%
def valley(x):
    return (
        course_bp.square(1 - x[0])
        + 10 * course_bp.square(x[1] - course_bp.square(x[0]))
        + course_bp.sin(x[0] * x[1])
    )


place, direction = np.array([0.3, -0.7]), np.array([1.0, 2.0])
print("H v in one go:         ", hvp(valley, place, direction))
print("with the whole Hessian:", hessian(valley)(place) @ direction)

# %% [markdown]
# ## Reflection
#
# Nobody grades this. Write a few sentences into the cell below.
#
# 1. A colleague wants the slope of 3000 outputs by 2 inputs and uses reverse mode, "because
#    everybody does". What do you say, with numbers?
# 2. A program rounds a price to cents before it computes a cost. What gradient does any of the
#    four ways report, and what would you change?
# 3. Why does forward mode need no Wengert list?

# %% [markdown]
# *Your answers:*

# %% [markdown]
# ## Summary
#
# - Jumps have no useful slope, kinks have two, poles have none that is finite. The tools answer
#   without saying so.
# - Forward mode: a pass an input. Reverse mode: a pass an output. Central differences: two
#   evaluations an input, however many outputs.
# - Reverse mode keeps $O(V)$ values; checkpoints make it about $2\sqrt T$ for a chain of $T$ steps,
#   for one more forward pass.
# - The cheapest order is NP-complete to find; bottle-necks are where it pays to look.

# %% [markdown]
# **How far have you come?** By unit and by objective:

# %% tags=["explore"]
from autograder.progress import progress

progress()

# %% [markdown] covers="D1:probabilistic backprop"
# ## Further reading
#
# - A. Griewank, A. Walther, *Evaluating Derivatives* (2nd ed., 2008), chapters 4 (costs), 9
#   (elimination) and 12 (checkpoints).
# - U. Naumann, "Optimal Jacobian accumulation is NP-complete", *Mathematical Programming* 112
#   (2008).
# - T. Chen, B. Xu, C. Zhang, C. Guestrin, "Training deep nets with sublinear memory cost" (2016).
# - B. A. Pearlmutter, "Fast exact multiplication by the Hessian", *Neural Computation* 6 (1994).
# - J. M. Hernández-Lobato, R. P. Adams, "Probabilistic backpropagation for scalable learning of
#   Bayesian neural networks" (2015), from D1's list: means and variances go forward instead of
#   values, and the gradient of the evidence comes back.
