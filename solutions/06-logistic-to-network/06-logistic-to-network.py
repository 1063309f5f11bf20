# %% [markdown]
# # Unit 06: From logistic regression to a network
#
# **You will be able to**
#
# - draw up the computation graph of a neural network and say which quantities are given, which are
#   intermediate, and which shape each one has (objective O3);
# - carry out backpropagation on it, for all weights of all layers at once (objective O4).
#
# **Time:** about an hour and a half. **You need:** Unit 02 (graphs, upstream × local), matrix
# times vector in NumPy.
#
# **From the lectures:** D0, the deck of CMU 10-601, lecture 13 of 2018 (Differentiation Quiz #2, the
# derivation of $\sigma'$), with a look at D2, its elder brother of 2016. Where a slide has a slip,
# this unit says so, shows the correct form, and proves it with a number or two.

# %%
import io
from base64 import b64encode

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import HTML

from autograder.check import check, hint
from course_bp import grad, sigmoid
from course_bp.finite_difference import CountedCalls, finite_difference


def attempt(answer, *inputs, shapes):
    """Your function's arrays, or None and a line in words if one is missing or of another shape."""
    try:
        found = answer(*inputs)
        arrays = {name: np.array(found[name], float) for name in shapes}
    except Exception:  # the check has the words for it, and the notebook should run on
        arrays = {}
    if arrays and all(arrays[name].shape == shape for name, shape in shapes.items()):
        return arrays
    print(f"{answer.__name__} is not complete yet: see its check, then come back to this cell.")
    return None


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

# %% [markdown]
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
    out = sigmoid(place)
    slope = finite_difference(sigmoid)(place)
    print(
        f"a = {place:4}:  s = {out:.6f}   s(1 - s) = {out * (1 - out):.6f}   measured {slope:.6f}"
    )

# %% tags=["explore"] jupyter={"source_hidden": true}
places = np.linspace(-6, 6, 241)
heights = sigmoid(places)
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
image = io.BytesIO()
figure.savefig(image, format="png", dpi=100, bbox_inches="tight")
plt.close(figure)
HTML(f'<img alt="{alt}" src="data:image/png;base64,{b64encode(image.getvalue()).decode()}">')

# %% [markdown]
# *The picture in words:* the sigmoid rises from 0 to 1 and passes one half at $a = 0$. Its slope
# is a bell, largest at $a = 0$ where it is one quarter, and nearly zero beyond $\pm 6$. A unit
# whose output is close to 0 or to 1 lets hardly any derivative through.

# %% [markdown]
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
# > **Other decks, other letters.** What is $a$ here (before the sigmoid) is called $z$ in D1, D3
# > and D4; what is $z$ here (after it) is called $a$ there. Goodfellow writes $a$ and $h$. When a
# > formula looks wrong, ask first which of the two it means.
#
# **How to read $\alpha^{(2)}_{jk}$:** the weight *into* unit $j$ *from* unit $k$ of the layer
# before. The first index is the row, the unit that receives. Keep this sentence at hand.

# %% [markdown]
# ### Three corrections to the slide
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
    return sigmoid(row @ np.array([0.5, -2.0]))


print("slopes by α_00 and α_01:", finite_difference(one_unit)(np.array([0.3, 0.1])))

# %% [markdown]
# One receiving unit, two different derivatives: a single index cannot tell them apart.
#
# **The bias.** The quiz's network has none. The networks of Case 2 in D0 and D2 have, but the slides
# only let the sums begin at $0$ and do not say what the extra entry is. (They also let $D$ mean
# the number of inputs in Case 1 and of hidden units in Case 2. Here $D_0, D_1, D_2$ keep them
# apart.)
#
# | on the slide | correct |
# |---|---|
# | $b = \sum_{j=0}^{D} \beta_j z_j$ | $b = \sum_{j=0}^{D} \beta_j z_j$ with $z_0 = 1$, so $\beta_0$ is the bias |
# | $a_j = \sum_{i=0}^{M} \alpha_{ji} x_i$ | $a_j = \sum_{i=0}^{M} \alpha_{ji} x_i$ with $x_0 = 1$, so $\alpha_{j0}$ is the bias |
#
# A bias is a weight on an input that is always 1:

# %%
weights, bias, values = rng.normal(size=(3, 4)), rng.normal(size=3), rng.normal(size=4)
print("W z + bias:             ", (weights @ values + bias).round(6))
print("(bias | W) times (1, z):", (np.column_stack([bias, weights]) @ np.r_[1.0, values]).round(6))

# %% [markdown]
# ## A worked example: one hidden layer that squares
#
# Before the quiz, a network that you can follow in whole numbers. It has two inputs, three hidden
# units, and *squares* where the other has sigmoids:
#
# $$y = \sum_{j} \beta_j\, a_j^2, \qquad a_j = \sum_k \alpha_{jk}\, x_k,$$
#
# $$\mathbf x = \begin{pmatrix}1\\2\end{pmatrix},\qquad
# \alpha = \begin{pmatrix}1 & 1\\ 3 & -1\\ -1 & 1\end{pmatrix},\qquad
# \beta = (1,\ 2,\ -3).$$
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

# %% [markdown]
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
# **Stuck?** This line gives one hint; the next one opens after you have changed your attempt and
# run the check again. It works for every exercise.

# %% tags=["explore"]
hint("quiz2.forward")

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

# %% [markdown]
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
# `da2` stands for $\partial y/\partial a^{(2)}$, and so on. Begin with a call of your own
# `quiz2_forward`; if its check is not all right yet, mend it first.


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
def quiz2(x, alpha1, alpha2, beta):
    return sigmoid(beta @ sigmoid(alpha2 @ sigmoid(alpha1 @ x)))


def my_output(x, alpha1, alpha2, beta):
    return quiz2_forward(x, alpha1, alpha2, beta)["y"]


slopes = {"dalpha1": (7, 5), "dalpha2": (3, 7), "dbeta": (3,)}
mine = attempt(quiz2_backward, *network, shapes=slopes)
if mine and attempt(quiz2_forward, *network, shapes={"y": ()}):
    counted = CountedCalls(my_output)
    measured = finite_difference(counted, argnums=(1, 2, 3))(*network)
    library = grad(quiz2, argnums=(1, 2, 3))(*network)
    print("largest difference from …   the library   the measured slopes")
    for i, name in enumerate(slopes):
        gaps = [np.abs(mine[name] - other[i]).max() for other in (library, measured)]
        print(f"your {name:<22} {gaps[0]:11.1e} {gaps[1]:21.1e}")
    print(f"The measured slopes took {counted.calls} forward passes, your backward pass took one.")

# %% [markdown]
# **What to notice.** One backward pass gave all 59 slopes for about the price of one more forward
# pass. Trying the weights one by one takes two forward passes for each. With a million weights
# and half a second a pass, that is about one second against eleven days.
#
# Now look at the sizes of the slopes, layer by layer, from the output back to the input:

# %% tags=["explore"]
mine = attempt(quiz2_backward, *network, shapes=slopes)
if mine:
    for name, what in (("dbeta", "β"), ("dalpha2", "α⁽²⁾"), ("dalpha1", "α⁽¹⁾")):
        size = np.sqrt(np.mean(mine[name] ** 2))
        print(f"slopes by {what:<5} are typically {size:.5f} in size")

# %% [markdown]
# They get smaller with every layer. Each sigmoid on the way back multiplies by a slope of at most
# one quarter, so the first layer hears three such whispers in a row. With ten layers the first one
# would learn next to nothing. This is the *vanishing gradient*, and Unit 05 takes it up.

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
# 2. The derivative by a weight is (derivative at the receiving unit) × (value that came in). What
#    happens to a weight whose incoming value is 0? Is that reasonable?
# 3. Suppose all weights of $\alpha^{(2)}$ are equal, and those of $\beta$ too. What does this say
#    about the derivatives of the units of the second layer? Why is it a bad place to start
#    training?

# %% [markdown]
# *Your answers:*

# %% [markdown]
# ## Summary
#
# - A network is a computation graph whose nodes are vectors. Before each sigmoid stands an $a$,
#   after it a $z$.
# - $\sigma' = s(1 - s)$, with the number *after* the sigmoid.
# - A layer has three backward steps: through its activation entry by entry; to its weights, where
#   all pairs meet; to the values below, where contributions of all receiving units add up.
# - A derivative has the shape of what it belongs to; equal layer sizes hide mistakes.
# - One backward pass for all weights; a finite difference needs two forward passes for each.

# %% [markdown]
# ## Further reading
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), section 6.5, in particular the
#   algorithms for a fully connected network.
# - M. Nielsen, *Neural Networks and Deep Learning* (2015), chapter 2: the four equations, with the
#   letters of decks D1 and D3.
# - A. Griewank, A. Walther, *Evaluating Derivatives* (2nd ed., 2008), chapter 3: why the price of
#   a gradient does not grow with the number of inputs.
# - A. G. Baydin, B. A. Pearlmutter, A. A. Radul, J. M. Siskind, "Automatic differentiation in
#   machine learning: a survey", *Journal of Machine Learning Research* 18 (2018).
