# %% [markdown]
# # Unit 03: Four ways to differentiate
#
# **You will be able to**
#
# - name the four ways to get a derivative from a program, what each needs and what it costs
#   (objective O8);
# - carry out forward and reverse accumulation by hand on the same example (objective O2);
# - measure a gradient with finite differences, choose the step, and write a checker that finds
#   planted bugs and lets right gradients pass (objective O7).
#
# **Time:** about two and a half hours; the checker is the largest exercise so far. **You need:**
# Unit 02, or the backward pass on a graph; loops over NumPy arrays.
#
# **From the lectures:** D0, the deck of CMU 10-601, lecture 13 of 2018 (approaches to
# differentiation, finite differences), and D1, the talk by N. van Omme of 2018 (forward and
# reverse accumulation of $s = xy + \sin x$, costs, gradient checking). Where a slide has a slip,
# this course says so, shows the correct form, and proves it with a number or two.

# %% locked="imports"
import matplotlib.pyplot as plt
import numpy as np

import course_bp
from autograder.check import check, hint
from course_bp import Dual, exp, sin
from course_bp.finite_differences import CountedCalls, finite_difference_jacobian, step_size_sweep
from course_bp.four_ways import compare_four_ways
from course_bp.gradient_check import check_gradient
from course_bp.notebook import attempt, picture
from course_bp.symbolic import formula, symbols


# %% [markdown]
# ## A question to begin with
#
# A colleague hands you a function `loss(x)` with 30 inputs, and a second function that she says is
# its gradient. She derived it by hand on a train.
#
# How would you find out whether it is right? You may call both functions as often as you like.
# What would you compare, at which points, and **how close is close enough**? Write down your plan
# in two sentences. At the end of the unit you will have written it as a program, and the program
# will be tested on wrong gradients that a hasty checker lets pass.

# %% [markdown] covers="D0:four ways to differentiate; O8"
# ## Four ways
#
# Deck D0 lists four approaches to the derivative of a function that somebody has programmed.
#
# | way | idea | what it needs | good for | weak where |
# |---|---|---|---|---|
# | 1. finite differences | move an input, see how far the output moves | to be able to call $f$ | testing | many inputs; limited precision |
# | 2. symbolic | apply the rules to the *formula*, get a formula | the formula | reading and understanding the derivative | large formulas, unless equal parts are shared |
# | 3. reverse mode | run $f$, keep all values, go back once | the algorithm for $f$ | one output, many inputs: training | many outputs |
# | 4. forward mode | carry a derivative along with every value | the algorithm for $f$ | one input, many outputs | many inputs |
#
# Ways 3 and 4 are **automatic differentiation**. Reverse mode on a network is what everybody calls
# backpropagation. Both are exact up to rounding: they use the same local derivatives as the
# symbolic way, and put in numbers at once.
#
# The table says "many" and "weak" without numbers. The numbers are what you will find out.

# %% [markdown] covers="D0:four ways to differentiate"
# ## Symbolic differentiation, and how it swells
#
# This is the way you learned at school, and the one of computer algebra. It is pleasant for
# small formulas:

# %%
x = symbols("x")
formula(x * exp(x) + sin(x)).derivative("x")

# %% [markdown]
# The product rule writes each factor down again: $(uv)' = u'v + uv'$ has four factors where there
# were two. Nest products inside one another, and the derivative grows much faster than the
# formula. The function below starts with $x$ and replaces it again and again by $x \cdot \sin(x)$:


# %%
def nested(x, depth):
    for _ in range(depth):
        x = x * sin(x)
    return x


print("         operations, written out        operations, equal parts shared")
print("depth    of f      of its derivative    of f      of its derivative")
for depth in (1, 2, 4, 6, 8):
    f = formula(lambda x, depth=depth: nested(x, depth), 1.1)
    df = f.derivative("x")
    print(f"{depth:5} {f.tree_size:7} {df.tree_size:16} {f.graph_size:12} {df.graph_size:14}")

# %% [markdown]
# Written out, the formula doubles with every level, and its derivative does worse: this is
# **expression swell**, the "exponential computation time" of deck D0. The two columns on the right show that
# the swelling is in the *writing*, not in the mathematics. A graph in which equal parts are one
# node stays small, and so does its derivative. Automatic differentiation never leaves that graph.

# %% [markdown] covers="D1:forward and reverse accumulation"
# ## Forward and reverse accumulation
#
# Take $r = u^2 v$, cut into $p = u^2$ and $r = p\,v$, at $u = 3$, $v = 2$. So $p = 9$, $r = 18$.
#
# **Forward.** Give every quantity a companion, its **tangent**: how fast it moves when the inputs move
# at given rates. We write a dot, $\dot u$. *You* choose the rates of the inputs; the others follow in
# the order of the forward pass, $\dot w = \sum_i \frac{\partial w}{\partial v_i}\,\dot v_i$ over all
# $v_i$ that $w$ is made from.
#
# | | value | first pass: $\dot u = 1$, $\dot v = 0$ | second pass: $\dot u = 0$, $\dot v = 1$ |
# |---|---|---|---|
# | $p = u^2$ | $9$ | $\dot p = 2u\,\dot u = 6$ | $0$ |
# | $r = p\,v$ | $18$ | $\dot r = 2 \cdot 6 + 9 \cdot 0 = 12$ | $\dot r = 2\cdot 0 + 9 \cdot 1 = 9$ |
#
# The first pass gives $\partial r/\partial u = 12$, the second $\partial r/\partial v = 9$.
#
# **Reverse.** Give every quantity an **adjoint**: how fast the *result* moves when this quantity
# moves. We write a bar, $\bar p = \partial r/\partial p$. Now you choose the adjoint of the result,
# and the others follow against the order of the forward pass.
#
# | | adjoint |
# |---|---|
# | $r$ | $\bar r = 1$ |
# | $p$ | $\bar p = \bar r\, v = 2$ |
# | $v$ | $\bar v = \bar r\, p = 9$ |
# | $u$ | $\bar u = \bar p \cdot 2u = 12$ |
#
# One pass, and both derivatives are there.
#
# > **One thing, several names.** The adjoint $\bar u$ is what Unit 02 wrote as `du`, what deck D4
# > calls the upstream gradient of the gate $u$, and what becomes $\delta$ at the pre-activations of a network.

# %% [markdown] covers="D1:s = xy + sin x both ways; O2"
# ### Exercise: `accumulate.forward`
#
# Deck D1's example is $s = xy + \sin x$, with the nodes $a = xy$, $b = \sin x$, $s = a + b$. The rates of
# $x$ and $y$ are arguments, `x_dot` and `y_dot`, and need not be 0 or 1.


# %% solution="accumulate.forward"
def accumulate_forward(x, y, x_dot, y_dot):
    """Carries tangents through s = xy + sin x.

    Args:
        x: a float.
        y: a float.
        x_dot: the tangent of x, a float.
        y_dot: the tangent of y, a float.

    Returns:
        A dict of floats: "a_dot", "b_dot" and "s_dot", the tangents of a = xy, b = sin x and
        s = a + b.

    Example:
        If nothing moves, nothing moves: with both tangents 0.0, all three are 0.0. And at x = 0,
        with x_dot = 2.0, "b_dot" is 2.0, since the sine has the slope 1 there.
    """
    ### BEGIN SOLUTION
    a_dot = x_dot * y + x * y_dot
    b_dot = np.cos(x) * x_dot
    return {"a_dot": a_dot, "b_dot": b_dot, "s_dot": a_dot + b_dot}
    ### END SOLUTION


# %% check="accumulate.forward"
check("accumulate.forward", accumulate_forward)

# %% [markdown]
# **Stuck?** Every exercise has hints: a nudge, then a pointer, then a worked idea. They open one
# at a time, and the next one comes after you have changed your attempt and run the check again. The
# button below a check gives them, and so does the line below.

# %% tags=["explore"]
# Stuck? Take away the # in front of the next line, and run this cell.
# hint("accumulate.forward")

# %% [markdown] covers="D0:four ways to differentiate"
# ### Dual numbers
#
# Deck D0 says that forward mode is easy to implement, with *dual numbers*. A dual number is a value
# together with its tangent, written $x + \dot x\,\varepsilon$, where $\varepsilon$ is a symbol with
# $\varepsilon^2 = 0$. Calculate as usual, and drop $\varepsilon^2$:
#
# $$(x + \dot x\varepsilon)^2 = x^2 + 2x\dot x\,\varepsilon, \qquad
# \exp(x + \dot x\varepsilon) = e^x + \dot x e^x\,\varepsilon .$$
#
# The derivative of the square comes out by itself. (Multiply two *different* dual numbers on paper:
# which rule do you find in front of $\varepsilon$?) Replace the floats of a program by dual numbers, run the
# program unchanged, and the tangent of the result is the derivative. The library's `Dual` does
# this; compare it with yours.

# %% tags=["explore"]
result = Dual(0.5, 1.0) * Dual(4.2, -2.0) + course_bp.sin(Dual(0.5, 1.0))
mine = attempt(accumulate_forward, 0.5, 4.2, 1.0, -2.0, numbers=("s_dot",))
if mine:
    print(
        "agrees with the dual numbers:", bool(np.isclose(mine["s_dot"], result.tangent, rtol=1e-12))
    )

# %% [markdown]
# ### Exercise: `accumulate.reverse`
#
# The same function, backward. The adjoint of $s$ is an argument, `s_bar`: in a larger computation
# it would arrive from above.


# %% solution="accumulate.reverse"
def accumulate_reverse(x, y, s_bar):
    """Carries adjoints back through s = xy + sin x.

    Args:
        x: a float.
        y: a float.
        s_bar: the adjoint of s, a float.

    Returns:
        A dict of floats: "a_bar", "b_bar", "y_bar" and "x_bar", the adjoints of a = xy,
        b = sin x, and of the two inputs.

    Example:
        If s has no influence on what comes after it, nobody has any through s: with s_bar = 0.0
        all four are 0.0. And at x = 0 the adjoint "y_bar" is 0.0 for every y and s_bar.
    """
    ### BEGIN SOLUTION
    a_bar = s_bar  # s = a + b
    b_bar = s_bar
    y_bar = a_bar * x  # a = xy
    x_bar = a_bar * y + b_bar * np.cos(x)  # a = xy, and b = sin x
    return {"a_bar": a_bar, "b_bar": b_bar, "y_bar": y_bar, "x_bar": x_bar}
    ### END SOLUTION


# %% check="accumulate.reverse"
check("accumulate.reverse", accumulate_reverse)

# %% [markdown]
# **What to notice.** $x$ is used twice, so its adjoint has two terms. In forward accumulation the
# same fork showed at $s$, where two tangents met. The paths are the same; the direction of
# travel differs, and with it the question that one pass answers.

# %% [markdown] covers="D1:cost O(n·cost) versus O(m·cost)"
# ### Exercise: `accumulate.passes`
#
# Now let $f$ take $n$ numbers to $m$ numbers, and suppose we want *all* its partial derivatives: the
# Jacobian, with one row for each output and one column for each input. Ask what a single pass
# leaves behind, and count.


# %% solution="accumulate.passes"
def accumulate_passes(n, m):
    """Counts what the whole Jacobian of a function costs.

    Args:
        n: the number of inputs.
        m: the number of outputs.

    Returns:
        A dict of numbers: "forward", the passes with tangents that it takes; "reverse", the
        passes with adjoints; "differences", the evaluations of f for central differences.

    Example:
        For s = xy + sin x it would be n = 2 and m = 1.
    """
    ### BEGIN SOLUTION
    return {"forward": n, "reverse": m, "differences": 2 * n}
    ### END SOLUTION


# %% check="accumulate.passes"
check("accumulate.passes", accumulate_passes)

# %% [markdown]
# **What to notice.** Now we can put numbers in D0's table. Here is one function of $n$ inputs and
# a single output, in all four ways. "Operations" counts the primitive steps, each on one number or one
# array. (The library's finite differences move one entry at a time; its forward mode starts one
# pass for each entry.)


# %% tags=["explore"]
def waves(x):
    return course_bp.sum(x * course_bp.sin(x)) * course_bp.exp(-course_bp.mean(x * x))


for n in (2, 40):
    print(compare_four_ways(waves, np.linspace(0.2, 1.4, n)), end="\n\n")

# %% [markdown]
# The same as a race, on functions of a few numbers: which way will need the fewest operations for
# the whole gradient? Then look at D1's example, where the sweeps of forward mode and the one pass
# back go over the same graph.

# %% tags=["explore"]
from course_bp import explore

explore.race(inputs=6)

# %% tags=["explore"]
explore.forward_and_reverse()

# %% [markdown] covers="erratum 8; erratum 14"
# With 40 inputs two of the ways needed one evaluation of $f$ in all, the others many. A network has
# one output, the loss, and a million inputs, the weights: this decides the matter for training.
#
# ### Two corrections
#
# | on the slide | correct |
# |---|---|
# | D0: finite differences are slow "for high dimensional inputs / outputs" | for many *inputs* only |
# | D1: the cost of reverse accumulation, as a multiple of $\mathrm{cot}(f)$ | of $\mathrm{cost}(f)$: a letter got lost |
#
# One evaluation of $f$ gives all its outputs at once, so their number does not change how
# often $f$ is called. Three inputs, and one or a thousand outputs:

# %%
for outputs in (1, 1000):
    counted = CountedCalls(
        lambda x, outputs=outputs: np.sin(np.outer(np.arange(outputs), x)).sum(axis=1)
    )
    jacobian = finite_difference_jacobian(counted)(np.array([0.3, 0.6, 0.9]))
    print(f"Jacobian of shape {jacobian.shape}: {counted.calls} calls of f")

# %% [markdown]
# D1 also names the price of reverse mode: all intermediate values have to be kept
# for the way back, together with a list of the operations, the *Wengert list*. Unit 09 is about that price.

# %% [markdown] covers="D0:central difference; O7"
# ## Finite differences, the way that checks the others
#
# Deck D1 quotes a complaint of 2009 about papers that spend their main effort on deriving gradients
# by hand, and asks how their authors became confident in the result. By measuring. With
# $\mathbf d_i$ a vector of zeros and a single $1$ at place $i$,
#
# $$\frac{f(\mathbf x + h\,\mathbf d_i) - f(\mathbf x)}{h}
# \qquad\text{and}\qquad
# \frac{f(\mathbf x + h\,\mathbf d_i) - f(\mathbf x - h\,\mathbf d_i)}{2h}$$
#
# are the **one-sided** and the **central** difference. (D0 writes $\epsilon$ for the step $h$.) On
# $f(x) = x^3$ at $x = 2$, where the slope is $12$, with $h = 0.1$: the first is
# $(9.261 - 8)/0.1 = 12.61$, the second $(9.261 - 6.859)/0.2 = 12.01$.
#
# For an array, one entry moves while all the others stay at their places; then the next one moves.

# %% [markdown]
# ### Exercise: `checker.difference`
#
# Write both, for an array `x` of *any* shape, and take `h` as it is. The check gives you some
# `f` that you know nothing about; you can only call it. Some `x` hold whole numbers. Be careful:
# an array of whole numbers cannot hold $2.001$. Some are transposed, like `m.T`: then `x.reshape(-1)`
# is a copy, and a step in it does not move `x`. If you move an entry of `x` itself, put back exactly
# the number that was there.


# %% solution="checker.difference"
def checker_difference(f, x, h):
    """Measures the gradient of f at x with one-sided and with central differences.

    Args:
        f: a function of an array of the shape of x; it returns a float.
        x: an array of floats or of whole numbers, of any shape.
        h: the step, a float above 0.

    Returns:
        A dict of two float64 arrays of the shape of x: "forward", the one-sided differences,
        and "central", the central ones.

    Example:
        For f(x) = 3·x[0] − x[1], any x of shape (2,) and any h, both are array([3.0, −1.0]) up to
        rounding.
    """
    ### BEGIN SOLUTION
    x = np.array(x, dtype=float)
    forward, central = np.zeros(x.shape), np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[i] = h
        forward[i] = (f(x + step) - f(x)) / h
        central[i] = (f(x + step) - f(x - step)) / (2 * h)
    return {"forward": forward, "central": central}
    ### END SOLUTION


# %% check="checker.difference"
check("checker.difference", checker_difference)

# %% [markdown]
# ## How small should the step be?
#
# "As small as possible", says the definition of the derivative. The computer disagrees. A float holds
# about sixteen digits. If $h$ is tiny, $f(x + h)$ and $f(x)$ agree in nearly all of them, the
# subtraction leaves only the last few, and dividing by $h$ blows them up. Two errors fight:
#
# - **truncation**: $f$ is not straight between the points. It shrinks with $h$, or with $h^2$.
# - **round-off**: about $10^{-16}\,|f| / h$. It *grows* as $h$ shrinks.
#
# ### Exercise: `checker.sweep`
#
# Find out where they balance. For a function of one number whose slope is known, compute the
# relative error of both differences at every step.


# %% solution="checker.sweep"
def checker_sweep(f, x, slope, steps):
    """Measures how the error of a finite difference depends on the step.

    Args:
        f: a function of a float, to be called with one number at a time; it returns a float.
        x: a float.
        slope: the true derivative of f at x, a float, not 0.
        steps: an array of steps above 0, shape (n,), in any order.

    Returns:
        A dict: "forward_error" and "central_error", float64 arrays of shape (n,) with the
        relative errors |difference − slope| / |slope| at each step; "forward_best" and
        "central_best", the step with the smallest error for each, floats (of two that are about
        equally good, either).

    Example:
        For f(x) = x² at x = 1 with slope 2 and a step of 0.1 the one-sided difference is 2.1, so
        its relative error is 0.05; the central difference is 2.0, with an error of about 0.
    """
    ### BEGIN SOLUTION
    forward = np.array([(f(x + h) - f(x)) / h for h in steps])
    central = np.array([(f(x + h) - f(x - h)) / (2 * h) for h in steps])
    forward_error = np.abs(forward - slope) / np.abs(slope)
    central_error = np.abs(central - slope) / np.abs(slope)
    return {
        "forward_error": forward_error,
        "central_error": central_error,
        "forward_best": steps[np.argmin(forward_error)],
        "central_best": steps[np.argmin(central_error)],
    }
    ### END SOLUTION


# %% check="checker.sweep"
check("checker.sweep", checker_sweep)

# %% [markdown]
# **What to notice.** Here is the sweep as a picture, for $f(x) = x\,e^x$ at $x = 1$, measured by
# the library.

# %% tags=["explore"] jupyter={"source_hidden": true}
figure, axes = plt.subplots(figsize=(7, 3.6))
for method, marker in (("forward", "o"), ("central", "s")):
    sweep = step_size_sweep(lambda x: x * np.exp(x), 1.0, exact=2 * np.e, method=method)
    name = {"forward": "one-sided", "central": "central"}[method]
    axes.loglog(sweep.steps, np.maximum(sweep.errors, 1e-17), marker, markersize=4, label=name)
axes.set(xlabel="step h", ylabel="relative error")
axes.legend(frameon=False)
picture(
    figure,
    "Relative error over the step on logarithmic axes. Both curves form a V. The one-sided "
    "difference is best near a step of 1e-8 with an error near 1e-8, the central difference near "
    "1e-5 with an error near 1e-11. To the left of the minimum both are ragged and rise alike.",
)

# %% [markdown]
# *The picture in words:* both errors draw a V. From the right, the one-sided error falls by a
# factor of 10 when the step does, the central error by a factor of 100. The one-sided difference
# is at its best near $h = 10^{-8}$, where it is good to eight digits; the central difference near
# $h = 10^{-5}$, where it is good to about eleven. Further left round-off takes over, ragged as
# chance is, and at $10^{-12}$ only a few digits are left.
#
# So: take the central difference with a step of about $6\cdot10^{-6}$ (the cube root of the machine
# precision), and expect ten digits, not sixteen. That answers half of "how close is close enough".

# %% [markdown]
# Try other functions and other points, and let the step shrink:

# %% tags=["explore"]
explore.step_size()

# %% [markdown] covers="D1:gradient checking"
# ## A checker of your own
#
# Now put it together. Someone claims that an array is the gradient of $f$ at $x$. Measure, compare,
# decide. The comparison is where published checkers have gone wrong; think about these before you
# write:
#
# - **One wrong entry among many.** Does one number for all entries together still notice it?
# - **Small slopes, large slopes.** Is a difference of $10^{-8}$ small? Beside a slope of $10^{-11}$? Beside $10^{6}$?
# - **Zeros.** What does your comparison make of a measured $0$ and a claimed $0$?
# - **Not a number.** Every comparison with `nan` is false. Does that count for or against the claim?
# - **Form.** A claim of shape $(n, 1)$ for an $x$ of shape $(n,)$ is wrong, and NumPy would subtract them happily.
# - **Whole numbers** in `x`, once more.
#
# Every planted bug changes some entry by at least one percent, or a slope of 0 by at least $0.01$.
# Right gradients are right to ten digits or more. No $f$ is so large that its round-off drowns the
# slopes: a central difference with a step of $10^{-5}$ is off by less than $10^{-7}$ of the largest
# slope. So there is room for a tolerance between the two; but relative to what?

# %% [markdown]
# ### Exercise: `checker.verdict`
#
# Your function says `True` for a right gradient and `False` for a wrong one. At a **corner** of
# $f$, as $|x|$ has at $0$, there is no gradient; there any verdict will do, as long as your program
# does not crash. You may call $f$ at any point. You may use your `checker_difference`, or write it
# again.


# %% solution="checker.verdict"
def checker_verdict(f, claimed, x):
    """Decides whether an array is the gradient of f at x.

    Args:
        f: a function of an array of the shape of x; it returns a float.
        claimed: the claimed gradient, an array of floats, which may hold nan but no infinity; a
            right one has the shape of x.
        x: an array of floats or of whole numbers, of any shape.

    Returns:
        A dict with one entry, "right": True if the claim is right, False if not.

    Example:
        For f(x) = 3·x[0] − x[1] at any x of shape (2,), the claim array([3.0, −1.0]) gives
        {"right": True}, and array([3.0, 1.0]) gives {"right": False}.
    """
    ### BEGIN SOLUTION
    measured = checker_difference(f, x, 6e-6)["central"]
    if np.shape(claimed) != measured.shape:
        return {"right": False}
    larger = np.maximum(np.abs(measured), np.abs(claimed))
    # Round-off in f gives every entry an error of the same size, small beside the largest slope.
    bound = 1e-5 * larger + 1e-7 * np.abs(measured).max()
    return {"right": bool((np.abs(measured - claimed) <= bound).all())}
    ### END SOLUTION


# %% check="checker.verdict"
check("checker.verdict", checker_verdict)

# %% [markdown] covers="D1:σ′; erratum 13"
# ## Your checker at work: a slide with a wrong sign
#
# Deck D1 derives the derivative of the sigmoid. The checker earns its keep at once.
#
# | on the slide | correct |
# |---|---|
# | $\sigma(z) = \dfrac{1}{1 - e^{-z}}$ | $\sigma(z) = \dfrac{1}{1 + e^{-z}}$ |
# | numerator $0\cdot(1 - e^{-z}) - (-e^{-z})$ | numerator $0\cdot(1 + e^{-z}) - (-e^{-z})$ |
#
# The rest of the derivation, $\sigma' = \frac{e^{-z}}{(1 + e^{-z})^2}$, is right. Does it belong to
# the printed function or to the corrected one?


# %% tags=["explore"]
def printed(z):
    return float((1 / (1 - np.exp(-z))).sum())


def corrected(z):
    return float((1 / (1 + np.exp(-z))).sum())


z = np.array([0.7])
claimed = np.exp(-z) / (1 + np.exp(-z)) ** 2
print(
    f"at z = 0.7: printed {printed(z):.3f}, corrected {corrected(z):.3f}; a sigmoid stays below 1"
)
for one in (printed, corrected):
    mine = attempt(lambda one=one: bool(checker_verdict(one, claimed, z)["right"]))
    library = check_gradient(one, claimed, z).verdict
    print(f"{one.__name__:>9}: your verdict {mine}, the library's: {library}")

# %% [markdown]
# A word of warning: a checker compares a gradient with *the function it is given*. If both
# are wrong in the same way, it is satisfied. (Curiously, $g(1 - g)$ *is* the derivative of the printed
# $g = 1/(1 - e^{-z})$, too: a checker would have passed the wrong function with its own derivative.)
#
# ### Four verdicts
#
# Sometimes the honest answer is neither "right" nor "wrong". The library's checker says "kink" where the slopes to
# the two sides differ, and "inconclusive" where round-off drowns the slope:

# %% tags=["explore"]
cases = {
    "|x| at 0, claimed 0.3": (lambda x: abs(x[0]), np.array([0.3]), np.array([0.0])),
    "1e12 + sin(x), claimed cos(x)": (
        lambda x: 1e12 + np.sin(x[0]),
        np.cos([1.0]),
        np.array([1.0]),
    ),
    "sin(x), claimed cos(x)": (lambda x: np.sin(x[0]), np.cos([1.0]), np.array([1.0])),
    "sin(x), claimed -cos(x)": (lambda x: np.sin(x[0]), -np.cos([1.0]), np.array([1.0])),
}
for words, (f, claim, at) in cases.items():
    print(f"{words:32} {check_gradient(f, claim, at).verdict}")

# %% [markdown]
# **Back to the opening question.** How does your plan look now? The next cell plays the colleague:
# 30 inputs, and a gradient derived on a train. Let your checker look at it.


# %% tags=["explore"]
def loss(x):
    return course_bp.sum(course_bp.tanh(x) * x) + 0.05 * course_bp.sum(x[1:] * x[:-1])


def loss_number(x):
    return float(loss(x))


def by_hand(x):
    gradient = np.tanh(x) + x * (1 - np.tanh(x) ** 2)
    gradient[1:] += 0.05 * x[:-1]
    gradient[:-2] += 0.05 * x[1:-1]
    return gradient


here = np.linspace(0.2, 1.5, 30)
mine = attempt(lambda: bool(checker_verdict(loss_number, by_hand(here), here)["right"]))
if mine is not None:
    print("your verdict:", "right" if mine else "wrong")
    exact = course_bp.grad(loss)(here)
    print(
        "entries that differ from the library's gradient:",
        np.flatnonzero(~np.isclose(by_hand(here), exact)),
    )

# %% [markdown]
# ## Reflection
#
# Answer in a few sentences of your own, in the cell below. Nobody grades this; explaining is how
# you find out what you have understood.
#
# 1. A function takes one number, the time, to the positions of a thousand particles. Which of the
#    four ways would you take for all the velocities, and why?
# 2. Your checker accepts a gradient. Name two ways in which the program that uses it can still be
#    wrong.
# 3. Someone checks gradients at $x = 0$ only, "because it is simple". What can hide there?

# %% [markdown]
# *Your answers:*

# %% [markdown]
# ## Summary
#
# - Four ways: differences need only calls; symbolic needs a formula and may swell; forward and
#   reverse mode need the program and are exact.
# - Tangents travel with the computation, adjoints against it. One forward pass serves one input,
#   one reverse pass serves one output.
# - Dual numbers are forward mode: calculate with $x + \dot x\varepsilon$ and $\varepsilon^2 = 0$.
# - Central differences, a step near $10^{-5}$, about ten digits. Smaller steps are worse.
# - Compare entry by entry, relative to the size of the slopes; mind zeros, `nan`, shapes, whole
#   numbers, corners.

# %% [markdown]
# **How far have you come?** By unit and by objective:

# %% tags=["explore"]
from autograder.progress import progress

progress()

# %% [markdown]
# ## Further reading
#
# - A. G. Baydin, B. A. Pearlmutter, A. A. Radul, J. M. Siskind, "Automatic differentiation in
#   machine learning: a survey", *Journal of Machine Learning Research* 18 (2018).
# - A. Griewank, A. Walther, *Evaluating Derivatives* (2nd ed., 2008), chapters 1 to 3.
# - S. Laue, "On the equivalence of automatic and symbolic differentiation" (2019), arXiv
#   1904.02990: where the swelling really comes from.
# - W. Squire, G. Trapp, "Using complex variables to estimate derivatives of real functions", *SIAM
#   Review* 40 (1998): a difference without round-off.
