# %% [markdown]
# # Unit 07: Layers and batches
#
# **You will be able to**
#
# - state the four equations of backpropagation, say what each one is for, and turn each of them
#   into a line of NumPy (objective O4);
# - run the whole algorithm on a network of any depth, for one example and for a batch, and tell
#   from the shapes which orientation a formula is written for (O3, O4);
# - train a network of 101 110 weights and biases with your own gradients (O4).
#
# **Time:** about three hours. **You need:** Unit 06 (one layer's backward pass; what $a$ and $z$
# are), matrix products in NumPy, Python dictionaries.
#
# **From the lectures:** deck D3 (Purdue, Lecture 18.2), deck D1 (the slides on equations and
# algorithm, and Goodfellow's Algorithm 6.4), deck D4 (a network in 20 lines). All three lean on
# M. Nielsen's notation, and so does this unit: **$z$ stands before the sigmoid and $a$ after it.**
# In Unit 06, with decks D0 and D2, it was the other way round.

# %% locked="imports"
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display

import course_bp
from autograder.check import check, hint
from course_bp import sigmoid
from course_bp.finite_differences import finite_difference
from course_bp.notebook import attempt, picture


# %% [markdown] covers="D3:two-layer loss by brute force; D3:w^l_jk notation; O3"
# ## A question to begin with
#
# Deck D3 introduces backpropagation with a provocation: *let us do the brute force*. Take two
# layers of sigmoids and the cost
#
# $$C = \tfrac12\,\big\|\,\sigma\big(W^3\,\sigma(W^2 \mathbf x + b^2) + b^3\big) - \mathbf y\,\big\|^2 ,$$
#
# write the derivative with respect to one weight as a product along the way, then do the same for the next
# weight, and the next. Nothing could be simpler. Here is the question: **how much of the work for
# the first weight do you repeat for the second?**
#
# Before we can count, we need names that say which weight we mean.
#
# | symbol | meaning |
# |---|---|
# | layer $1$ | the input itself: $a^1 = \mathbf x$ |
# | layers $2, 3, \dots, L$ | layers with weights; layer $L$ is the output |
# | $w^l_{jk}$ | the weight **into** unit $j$ of layer $l$ **from** unit $k$ of layer $l-1$ |
# | $b^l_j$ | the bias of unit $j$ of layer $l$ |
# | $z^l_j = \sum_k w^l_{jk}\, a^{l-1}_k + b^l_j$ | what enters the sigmoid |
# | $a^l_j = \sigma(z^l_j)$ | what leaves it |
#
# So $w^3_{24}$ leads from unit 4 of layer 2 to unit 2 of layer 3. The order of the indices looks
# backwards, and it is what makes $z^l = W^l a^{l-1} + b^l$ a plain matrix product.

# %% [markdown] covers="D3:two-layer loss by brute force; D4:two-path δ"
# ### Brute force, in numbers
#
# A network with 2 inputs, 3 hidden units and 2 outputs. Its numbers are chosen so that every $z$
# is $0$; then every sigmoid is $\frac12$, every slope $\frac14$, and you can follow in your head:
#
# $$\mathbf x = \begin{pmatrix}1\\2\end{pmatrix},\quad
# W^2 = \begin{pmatrix}1&-1\\0&1\\2&-1\end{pmatrix},\quad
# b^2 = \begin{pmatrix}1\\-2\\0\end{pmatrix},\quad
# W^3 = \begin{pmatrix}2&-4&2\\0&2&2\end{pmatrix},\quad
# b^3 = \begin{pmatrix}0\\-2\end{pmatrix},\quad
# \mathbf y = \begin{pmatrix}0\\1\end{pmatrix}.$$
#
# **The weight $w^3_{12}$** (into output 1, from hidden unit 2). One path leads from it to $C$:
#
# $$\frac{\partial C}{\partial w^3_{12}}
# = \underbrace{(a^3_1 - y_1)}_{1/2}\;\underbrace{\sigma'(z^3_1)}_{1/4}\;\underbrace{a^2_2}_{1/2}
# = \tfrac1{16}.$$
#
# **The weight $w^2_{21}$** (into hidden unit 2, from input 1). Hidden unit 2 feeds both outputs,
# so there are two paths, and we add them:
#
# $$\frac{\partial C}{\partial w^2_{21}}
# = \Big[\underbrace{(a^3_1 - y_1)}_{1/2}\underbrace{\sigma'(z^3_1)}_{1/4}\underbrace{w^3_{12}}_{-4}
# + \underbrace{(a^3_2 - y_2)}_{-1/2}\underbrace{\sigma'(z^3_2)}_{1/4}\underbrace{w^3_{22}}_{2}\Big]
# \underbrace{\sigma'(z^2_2)}_{1/4}\;\underbrace{x_1}_{1}
# = \Big[-\tfrac12 - \tfrac14\Big]\tfrac14 = -\tfrac3{16}.$$
#
# Deck D4 draws the same picture with two units $z'$ and $z''$ above: what arrives is
# $\sigma'(z)\,\big[w_3\,\partial l/\partial z' + w_4\,\partial l/\partial z''\big]$, one term a path.
# Brute force works. We measure, to be sure:

# %%
example = {
    "W2": np.array([[1.0, -1.0], [0.0, 1.0], [2.0, -1.0]]),
    "b2": np.array([1.0, -2.0, 0.0]),
    "W3": np.array([[2.0, -4.0, 2.0], [0.0, 2.0, 2.0]]),
    "b3": np.array([0.0, -2.0]),
}
x_example, y_example = np.array([1.0, 2.0]), np.array([0.0, 1.0])


def example_output(W2, b2, W3, b3):
    return course_bp.sigmoid(W3 @ course_bp.sigmoid(W2 @ x_example + b2) + b3)


def example_cost(W2, b2, W3, b3):
    return 0.5 * np.sum((example_output(W2, b2, W3, b3) - y_example) ** 2)


measured = finite_difference(example_cost, argnums=(0, 2))(*example.values())
print(f"w³₁₂: by hand {1 / 16},  measured {measured[1][0, 1]:.6f}")
print(f"w²₂₁: by hand {-3 / 16}, measured {measured[0][1, 0]:.6f}")

# %% [markdown]
# Now look at the two products again. The factors $(a^3_1 - y_1)\,\sigma'(z^3_1)$ stand in both. They
# stand in *every* derivative that goes through output 1, and there are thirteen of those. The bracket
# belongs to hidden unit 2 and serves both of its weights and its bias.
#
# So the answer to the question is: nearly all of it. What is shared is always the same thing: *how
# strongly the cost reacts to the $z$ of one unit*. It deserves a name and a place to be stored.

# %% tags=["explore"] jupyter={"source_hidden": true}
depths = np.arange(1, 9)
width = 10
paths = np.array([sum(width ** (2 + d - k) for k in range(1, d + 1)) for d in depths])
visits = depths * width**2
figure, axes = plt.subplots(figsize=(7, 3))
axes.semilogy(depths, paths, marker="o", label="brute force: paths from a weight to the cost")
axes.semilogy(depths, visits, marker="s", linestyle="--", label="backpropagation: weights visited")
axes.set(xlabel="layers with weights, ten units each", ylabel="count", xticks=depths)
axes.legend(frameon=False)
alt = (
    "Paths from weights to the cost grow tenfold with each layer, from a hundred to more than a "
    "billion at eight layers. The number of weights grows from 100 to 800."
)
print(f"at 8 layers: {paths[-1]:,} paths, {visits[-1]} weights")
picture(figure, alt)

# %% [markdown]
# *The picture in words:* in a network with ten units a layer, the number of paths from weights to
# the cost grows tenfold with every layer, to more than a billion at eight layers. The number of
# weights grows by a hundred per layer, to eight hundred. Brute force walks every path;
# backpropagation visits every weight once.

# %% [markdown] covers="erratum 16; erratum 17"
# ### Two corrections: the ½, and the name of the cost
#
# **The factor.** Deck D3 introduces its cost without ½ and differentiates one with it.
#
# | on the slides (D3) | they fit together as |
# |---|---|
# | $C = \sum_j (a^L_j - y_j)^2$, and later $\partial C/\partial a^L_j = a^L_j - y_j$ | $C = \frac12\sum_j (a^L_j - y_j)^2$ with $\partial C/\partial a^L_j = a^L_j - y_j$, |
# | | or $C = \sum_j (a^L_j - y_j)^2$ with $\partial C/\partial a^L_j = 2\,(a^L_j - y_j)$ |
#
# In this unit **$C$ has the ½**, up to the section on deck D4, which has none. With $a = (0.5, 0.5)$:

# %%
half = finite_difference(lambda a: 0.5 * np.sum((a - y_example) ** 2))(np.array([0.5, 0.5]))
whole = finite_difference(lambda a: np.sum((a - y_example) ** 2))(np.array([0.5, 0.5]))
print("a − y:", 0.5 - y_example, "  slope with ½:", half.round(6), "  without:", whole.round(6))

# %% [markdown]
# **The name.** The same slide asks us to think of two-class *cross-entropy*. The formula below it is
# the *squared error*. They are different functions with different derivatives:
#
# | on the slide (D3) | correct |
# |---|---|
# | "cross-entropy": $(a_1 - y_1)^2 + (a_2 - y_2)^2$ | squared error; cross-entropy would be $-y_1\log a_1 - y_2\log a_2$ |

# %%
a_two, y_two = np.array([0.3, 0.7]), np.array([0.0, 1.0])
print(f"squared error {np.sum((a_two - y_two) ** 2):.4f},", end=" ")
print(f"cross-entropy {-np.sum(y_two * np.log(a_two)):.4f}")

# %% [markdown] covers="D3:error δ; D3:BP-1…BP-4; D1:BP1–BP4; erratum 12; D4:∂z/∂w = input (forward pass) × ∂l/∂z (backward pass); O4; erratum 17"
# ## The error and the four equations
#
# The stored quantity is called the **error** of a unit:
#
# $$\delta^l_j = \frac{\partial C}{\partial z^l_j}.$$
#
# "Error" is an old name and not a good one: nothing is wrong with the unit. It says how much $C$
# would rise if this unit's $z$ rose by a little. Four equations do everything. Unit by unit:
#
# | | equation | in words |
# |---|---|---|
# | BP1 | $\delta^L_j = \dfrac{\partial C}{\partial a^L_j}\,\sigma'(z^L_j)$ | where it starts: at the output |
# | BP2 | $\delta^l_k = \Big(\sum_j w^{l+1}_{jk}\,\delta^{l+1}_j\Big)\,\sigma'(z^l_k)$ | how it gets from layer $l+1$ to layer $l$ |
# | BP3 | $\dfrac{\partial C}{\partial b^l_j} = \delta^l_j$ | what it says about a bias |
# | BP4 | $\dfrac{\partial C}{\partial w^l_{jk}} = a^{l-1}_k\,\delta^l_j$ | what it says about a weight |
#
# Deck D4 puts BP4 in a way worth remembering: the derivative with respect to a weight is (what came *in* through
# it, known from the **forward** pass) × (the error of the unit it leads *to*, known from the
# **backward** pass).
#
# > **Three small corrections to the slides.** D1 leaves BP3 without its label and prints BP4 twice,
# > once with an index $i$ that does not occur on the right-hand side; its algorithm also writes
# > $b_i$.
# >
# > | on the slide (D1) | correct |
# > |---|---|
# > | $\partial C/\partial w^l_{ik} = a^{l-1}_k\,\delta^l_j$ and $\partial C/\partial b^l_i = \delta^l_j$ | $\partial C/\partial w^l_{jk} = a^{l-1}_k\,\delta^l_j$ and $\partial C/\partial b^l_j = \delta^l_j$ |
# >
# > And D3 calls the sum in BP2 a weighted *average* and titles that step "Output Error". It is a
# > weighted **sum**, divided by nothing, and the step is the one that *backpropagates*.
#
# The proofs, with the errors of the worked example's two outputs, $\delta^3 = (\frac18, -\frac18)$:

# %%
errors, came_in = np.array([1 / 8, -1 / 8]), 0.5
print("row 1 of ∂C/∂W³, measured:", measured[1][0].round(4), " a·δ₁:", came_in * errors[0])
print("row 2 of ∂C/∂W³, measured:", measured[1][1].round(4), " a·δ₂:", came_in * errors[1])

# %%
bracket = errors[0] * -4 + errors[1] * 2  # what arrives at hidden unit 2
print("from the sum:", bracket / 4, "  from the average:", bracket / 2 / 4, end="")
print("   measured:", measured[0][1, 0].round(6))

# %% [markdown]
# In the following exercises a vector of $n$ units is an array of shape `(n,)`. Each function does
# one step for *one layer* and *one example*. You may use the library's `sigmoid`, or write it out.
# The entry `"nabla"` is the sign $\nabla$, D1's name for "the derivatives with respect to all of these at once":
# here by the outputs $a$, *before* the slope $\sigma'$ comes in.
#
# ### Exercise: `bp.output_error`
#
# BP1, for $C = \frac12\sum_j (a_j - y_j)^2$.


# %% solution="bp.output_error"
def bp_output_error(z, y):
    """Computes the error of the output layer (BP1).

    Args:
        z: what enters the output units' sigmoids, an array of shape (K,), from −6 to 6.
        y: the targets, shape (K,).

    Returns:
        A dict with "nabla", the derivative of C with respect to each output a = σ(z),
        shape (K,), and "delta", the derivative of C with respect to each z, shape (K,).

    Example:
        For z = [0.0] the output is 0.5. If y = [0.5] too, both entries are [0.0]. If y = [0.0],
        "nabla" is [0.5] and "delta" is [0.125].
    """
    ### BEGIN SOLUTION
    a = 1 / (1 + np.exp(-z))
    nabla = a - y
    return {"nabla": nabla, "delta": nabla * a * (1 - a)}
    ### END SOLUTION


# %% check="bp.output_error"
check("bp.output_error", bp_output_error)

# %% [markdown]
# **Stuck?** The button below a check gives one hint; the next one opens after you have changed your
# attempt and run the check again. The line below does the same, for every exercise.

# %% tags=["explore"]
# Stuck? Take away the # in front of the next line, and run this cell.
# hint("bp.output_error")

# %% [markdown]
# **What to notice.** `nabla` depends on the cost and `delta` on the activation as well. With another
# cost only this one function would change; everything further down stays as it is.
#
# ### Exercise: `bp.hidden_error`
#
# BP2. The equation above has a sum over $j$ and indices everywhere. Lift it into one line of NumPy:
# which index of $W^{l+1}$ is summed? Unit 06 met the same sum in its first step from a layer down
# to the one below.


# %% solution="bp.hidden_error"
def bp_hidden_error(W_next, delta_next, z):
    """Computes the errors of layer l from those of layer l + 1 (BP2).

    Args:
        W_next: the weights of layer l + 1, shape (m, n): m units there, n units in layer l.
        delta_next: the errors of layer l + 1, shape (m,).
        z: what enters the sigmoids of layer l, shape (n,).

    Returns:
        A dict with "nabla", the derivative of C with respect to each output a = σ(z) of
        layer l, shape (n,),
        and "delta", the derivative of C with respect to each z of layer l, shape (n,).

    Example:
        With one unit in each layer, W_next = [[2.0]], delta_next = [3.0] and z = [0.0]:
        "nabla" is [6.0] and "delta" is [1.5].
    """
    ### BEGIN SOLUTION
    a = 1 / (1 + np.exp(-z))
    nabla = W_next.T @ delta_next
    return {"nabla": nabla, "delta": nabla * a * (1 - a)}
    ### END SOLUTION


# %% check="bp.hidden_error"
check("bp.hidden_error", bp_hidden_error)

# %% [markdown]
# **What to notice.** $\sigma'(z^l)$ is a fixed number by now: the forward pass has decided it. Given
# these numbers, BP2 is *linear* in $\delta^{l+1}$. Double the errors above and the errors below
# double. The backward pass through a network of sigmoids is just a chain of matrices.
#
# ### Exercise: `bp.parameters`
#
# BP3 and BP4.


# %% solution="bp.parameters"
def bp_parameters(delta, a_prev):
    """Computes the derivatives with respect to one layer's biases and weights (BP3, BP4).

    Args:
        delta: the layer's errors, shape (n,).
        a_prev: what came into the layer, shape (m,).

    Returns:
        A dict with "db", shape (n,), and "dW", shape (n, m): row j belongs to unit j, column k
        to what came in from unit k.

    Example:
        For delta = [2.0] and a_prev = [1.0, 3.0], "db" is [2.0] and "dW" is [[2.0, 6.0]].
    """
    ### BEGIN SOLUTION
    return {"db": delta, "dW": np.outer(delta, a_prev)}
    ### END SOLUTION


# %% check="bp.parameters"
check("bp.parameters", bp_parameters)

# %% [markdown]
# **What to notice.** A unit that sends $a^{l-1}_k = 0$ leaves its outgoing weights without any
# gradient, whatever the errors are. And a weight can have a large gradient for either reason: much
# came in, or much depends on the unit it leads to.
#
# Now put the three together and check them against the worked example, which was computed path by
# path:


# %% tags=["explore"]
def example_by_parts():
    """The worked example's gradients from your three functions."""
    z2 = example["W2"] @ x_example + example["b2"]
    z3 = example["W3"] @ course_bp.sigmoid(z2) + example["b3"]
    delta3 = bp_output_error(z3, y_example)["delta"]
    delta2 = bp_hidden_error(example["W3"], delta3, z2)["delta"]
    return {
        "dW3": bp_parameters(delta3, course_bp.sigmoid(z2))["dW"],
        "dW2": bp_parameters(delta2, x_example)["dW"],
    }


mine = attempt(example_by_parts, shapes={"dW2": (3, 2), "dW3": (2, 3)})
if mine:
    print("dW³ =", mine["dW3"].tolist())
    print("dW² =", mine["dW2"].tolist())
    print("by hand: w³₁₂ has", 1 / 16, "and w²₂₁ has", -3 / 16)

# %% [markdown] covers="D1:Goodfellow Alg. 6.4 with the regulariser λΩ(θ); D3:the five-step algorithm, matrix form; D4:recursion and Fibonacci; O4"
# ## The algorithm in five steps
#
# Decks D1 and D3 state the algorithm in the same five steps. For one example:
#
# 1. **Input.** $a^1 = \mathbf x$.
# 2. **Feed forward.** For $l = 2, 3, \dots, L$: compute $z^l$ and $a^l$, and keep both.
# 3. **Output error.** Compute $\delta^L$ by BP1.
# 4. **Backpropagate.** For $l = L-1, L-2, \dots, 2$: compute $\delta^l$ by BP2.
# 5. **Output.** Read off all gradients by BP3 and BP4.
#
# Step 4 is a recursion: the errors of a layer are found from the errors of the next. Deck D4
# compares it with the Fibonacci numbers. There is one important difference, which Unit 01 measured:
# written naively, the recursion for Fibonacci computes the same numbers over and over, while a
# backward pass keeps what it has found and computes every $\delta$ **once**.
#
# ### The same in Goodfellow's words
#
# Deck D1 opens with Algorithm 6.4 of *Deep Learning*. It is the same algorithm with a single
# variable $g$ that changes its meaning as it travels:
#
# | Algorithm 6.4 (pre-activation $a^{(k)}$, output $h^{(k)}$) | here |
# |---|---|
# | $g \leftarrow \nabla_{\hat y} J$ | $\partial C/\partial a^L$ |
# | for $k = l, l-1, \dots, 1$: | for layers $L, L-1, \dots, 2$: |
# | $\quad g \leftarrow g \odot f'(a^{(k)})$ | now $g$ is $\delta$ (BP1 or the second half of BP2) |
# | $\quad \nabla_{b^{(k)}} J = g + \lambda\,\nabla_{b^{(k)}}\Omega(\theta)$ | BP3 |
# | $\quad \nabla_{W^{(k)}} J = g\,h^{(k-1)\top} + \lambda\,\nabla_{W^{(k)}}\Omega(\theta)$ | BP4 |
# | $\quad g \leftarrow W^{(k)\top} g$ | the first half of BP2 |
#
# The terms with $\lambda$ come from a **regulariser** $\Omega(\theta)$ in the cost,
# $J = L + \lambda\,\Omega(\theta)$, which keeps the weights small. It does not depend on the data and
# so it does not travel: it is added to each gradient on the spot. In this unit $\lambda = 0$; in
# Unit 08 it comes to life.
#
# Read D1's formula once more and you see its intuition: the errors of a layer are a function of the
# errors of the next one, $\delta^l = F(\delta^{l+1})$, and of nothing else that comes later.
#
# Mind the count: Goodfellow's layer $k = 1$ is Nielsen's layer $2$, because the book calls the input
# layer 0.

# %% [markdown]
# ### Exercise: `bp.five_steps`
#
# The whole algorithm, for **any number of layers**. So that your code can read like the five steps,
# the layers come in dictionaries by layer number: `W[2]` is the first weight matrix and `W[max(W)]`
# the last. You return dictionaries of the same kind.
#
# The cost is again $C = \frac12\sum_j (a^L_j - y_j)^2$. You may call your own three functions or
# write their lines afresh. (If one of them does not pass its check yet, write afresh.)


# %% solution="bp.five_steps"
def bp_five_steps(W, b, x, y):
    """Computes all gradients of a network of any depth, for one example.

    Args:
        W: a dict of the weights by layer: W[2], W[3], …, W[L], in this order. W[l] has shape
            (units of layer l, units of layer l - 1).
        b: a dict of the biases by layer: b[2], b[3], …, b[L]. b[l] has shape (units of layer l,).
        x: the input, shape (units of layer 1,).
        y: the target, shape (units of layer L,).

    Returns:
        A dict with two entries, each a dict by layer: "dW" with dW[l] of the shape of W[l], and
        "db" with db[l] of the shape of b[l]. (An entry for layer 1 does no harm.)

    Example:
        For W = {2: [[0.0]]}, b = {2: [0.0]}, x = [3.0], y = [0.0] (arrays), a network without
        hidden layer: "db" is {2: [0.125]} and "dW" is {2: [[0.375]]}.
    """
    ### BEGIN SOLUTION
    L = max(W)
    a = {1: x}
    for layer in range(2, L + 1):
        z = W[layer] @ a[layer - 1] + b[layer]
        a[layer] = 1 / (1 + np.exp(-z))
    delta = {L: (a[L] - y) * a[L] * (1 - a[L])}  # BP1
    for layer in range(L - 1, 1, -1):
        delta[layer] = (W[layer + 1].T @ delta[layer + 1]) * a[layer] * (1 - a[layer])  # BP2
    return {
        "db": {layer: delta[layer] for layer in delta},  # BP3
        "dW": {layer: np.outer(delta[layer], a[layer - 1]) for layer in delta},  # BP4
    }
    ### END SOLUTION


# %% check="bp.five_steps"
check("bp.five_steps", bp_five_steps)

# %% [markdown]
# **Now compare with the library**, which knows nothing of layers. It is given the cost as a formula
# and finds every gradient from the graph. The network has six layers here.


# %% tags=["explore"]
def random_network(sizes, rows=False, seed=7):
    """Weights and biases by layer; with rows=True the weights are (inputs, units)."""
    rng = np.random.default_rng(seed)
    shapes = {
        layer: (below, here) if rows else (here, below)
        for layer, (below, here) in enumerate(pairwise(sizes), start=2)
    }
    W = {layer: rng.normal(size=shape) for layer, shape in shapes.items()}
    b = {layer: rng.normal(size=n) for layer, n in enumerate(sizes[1:], start=2)}
    return W, b


def cost(W, b, x, y):
    a = x
    for layer in W:
        a = course_bp.sigmoid(W[layer] @ a + b[layer])
    return 0.5 * course_bp.sum(course_bp.square(a - y))


def compared_with_library():
    """For each layer: the size of the gradients, and how far yours are from the library's."""
    W, b = random_network((4, 6, 5, 5, 3, 2))
    x, y = np.array([0.5, -1.0, 2.0, 0.1]), np.array([0.0, 1.0])
    mine, library = bp_five_steps(W, b, x, y)["dW"], course_bp.grad(cost)(W, b, x, y)
    return {
        "sizes": [np.abs(library[layer]).mean() for layer in W],
        "gaps": [np.abs(mine[layer] - library[layer]).max() for layer in W],
    }


compared = attempt(compared_with_library, shapes={"sizes": (5,), "gaps": (5,)})
if compared:
    for layer, (size, gap) in enumerate(zip(*compared.values(), strict=True), start=2):
        print(f"layer {layer}: gradients of {size:.6f} in size, yours differ by at most {gap:.0e}")

# %% [markdown]
# **What to notice.** The gradients agree, and you can watch them shrink from the last layer to the
# first. Each step of BP2 multiplies by a slope of at most one quarter, as in Unit 05.

# %% [markdown] covers="D3:the five-step algorithm, matrix form; erratum 15"
# ## Rows and columns
#
# ### A correction: two orientations on one slide deck
#
# Deck D3 writes its forward step in two ways: $z^l = W^l a^{l-1} + b^l$ in the summary, and
# $z^l = (W^l)^T a^{l-1} + b^l$ where it takes a closer look. Both are in use in the world. But the
# backward step must belong to the forward step, and D3 has only one:
#
# | forward | backward that belongs to it |
# |---|---|
# | $z^l = W^l a^{l-1} + b^l$ | $\delta^l = \big((W^{l+1})^T \delta^{l+1}\big)\odot\sigma'(z^l)$, as on the slide |
# | $z^l = (W^l)^T a^{l-1} + b^l$ | $\delta^l = \big(W^{l+1}\,\delta^{l+1}\big)\odot\sigma'(z^l)$, **not** as on the slide |
#
# The rule behind it: backward uses the transpose *of whatever forward used*. If layers differ in
# size, mixing the two stops with an error. If they are equally large, it does not. Here are four
# units below four units, with $C = \delta^{l+1}\cdot z^{l+1}$ and the second kind of forward step:

# %%
rng = np.random.default_rng(18)
square_W, above, z_here = rng.normal(size=(4, 4)), rng.normal(size=4), rng.normal(size=4)
slopes = finite_difference(lambda z: above @ (square_W.T @ course_bp.sigmoid(z)))(z_here)
for name, arriving in (("as on the slide", square_W.T @ above), ("correct", square_W @ above)):
    found = arriving * course_bp.sigmoid(z_here) * (1 - course_bp.sigmoid(z_here))
    print(f"{name:<16} is off by {np.linalg.norm(found - slopes) / np.linalg.norm(slopes):.1e}")

# %% [markdown]
# No error message, no warning, and an answer that is as far from the gradient as a random one. This
# is why your checks always include a layer with as many units as the one below, and one without.

# %% [markdown] covers="O3; O4"
# ### Batches, and a third orientation
#
# Nobody trains with one example at a time when the machine can do a hundred at once. Put $N$
# examples side by side and the same matrix product serves them all. They can be columns, or rows:
#
# | | columns (Nielsen, D1, D3) | rows (D4, and nearly all code) |
# |---|---|---|
# | the batch | $A$ of shape $(m, N)$: one column per example | $X$ of shape $(N, m)$: one row per example |
# | weights | $W$ of shape $(n, m)$ | $W$ of shape $(m, n)$ |
# | forward | $Z = W A + b$, with $b$ as a column | $Z = X W + b$, with $b$ as a row |
#
# The two are transposes of each other, from end to end. So you need not learn two sets of equations:
# transpose both sides of one, and mind that the transpose of a product turns the factors round,
# $(PQ)^T = Q^T P^T$.
#
# What *is* new is the number of examples. Every example uses the same $W$ and the same $b$. A
# parameter that is used $N$ times gathers $N$ contributions: **what is copied on the way forward is
# summed on the way back.** For the bias you can see the copying. `X @ W` has shape `(N, n)`, `b` has
# shape `(n,)`, and NumPy silently gives `b` to each of the $N$ rows. Look at two examples and two
# units in numbers, with a cost that multiplies each $z$ by a number and adds up:

# %%
factors = np.array([[1.0, 10.0], [100.0, 1000.0]])  # one row per example, one column per unit


def cost_of_bias(bias):
    return np.sum(factors * (np.zeros((2, 2)) + bias))


print("slopes by the two biases:", finite_difference(cost_of_bias)(np.array([0.3, 0.4])).round(6))

# %% [markdown]
# Each bias has gathered what its *column* holds: a sum over the examples. It is neither the mean, nor
# the last row, nor a sum along the row, nor one number for both.
#
# ### Exercise: `bp.rows`
#
# One layer, $Z = XW + b$, a batch of rows. The error of the layer is given: `dZ` holds the derivative
# of the cost by every entry of $Z$. There is no sigmoid in this exercise, only the sum of products.
# Write the shapes on paper first. There is one way to make each shape, and at the end you check one
# entry with its indices, because a square layer has two.


# %% solution="bp.rows"
def bp_rows(X, W, dZ):
    """Computes the derivatives through Z = X W + b for a batch of rows.

    Args:
        X: what comes into the layer, shape (N, m), one row per example.
        W: the layer's weights, shape (m, n).
        dZ: the derivative of the cost with respect to each entry of Z, shape (N, n).

    Returns:
        A dict with "db", shape (n,), "dW", shape (m, n), and "dX", shape (N, m).

    Example:
        With one unit and one input, X = [[2.0], [3.0]], W = [[5.0]], dZ = [[1.0], [10.0]]:
        "db" is [11.0], "dW" is [[32.0]] and "dX" is [[5.0], [50.0]].
    """
    ### BEGIN SOLUTION
    db = dZ.sum(axis=0)  # (n,)
    dW = X.T @ dZ  # (m, N) (N, n)
    dX = dZ @ W.T  # (N, n) (n, m)
    return {"db": db, "dW": dW, "dX": dX}
    ### END SOLUTION


# %% check="bp.rows"
check("bp.rows", bp_rows)

# %% [markdown]
# **What to notice.** `dW` and `db` have forgotten how many examples there were: $N$ is the index that
# is summed. `dX` has not. Each example keeps a row of its own, since what happens to one example does
# not touch the others.

# %% [markdown] covers="D1:BP1–BP4; O4"
# ## A whole batch through a network of any depth
#
# Now everything at once. The cost of a batch is the **mean** of the costs of its examples,
#
# $$C = \frac1N \sum_{n=1}^{N} \tfrac12 \sum_j \big(a^L_{nj} - y_{nj}\big)^2 .$$
#
# A mean, so that the size of a step does not depend on how many examples happen to be in the batch:
# give every example twice, and neither $C$ nor any gradient changes. The $\frac1N$ is a factor of
# the cost like any other. It enters the backward pass **once**, at the top, and comes down with
# the errors; if you divide again further down, the lower layers learn $N$ times too slowly, or
# $N^2$ times.
#
# ### Exercise: `bp.batch`
#
# The same as `bp.five_steps`, with rows for examples and the mean cost. This time return the errors
# as well, so that the check can tell you which of the four equations to look at.


# %% solution="bp.batch"
def bp_batch(W, b, X, Y):
    """Computes cost, errors and gradients of a network of any depth, for a batch of rows.

    Args:
        W: a dict of the weights by layer: W[2], …, W[L]. W[l] has shape
            (units of layer l - 1, units of layer l).
        b: a dict of the biases by layer: b[2], …, b[L]. b[l] has shape (units of layer l,).
        X: the inputs, shape (N, units of layer 1), one row per example.
        Y: the targets, shape (N, units of layer L).

    Returns:
        A dict with the number "C", and three dicts by layer: "delta" with delta[l], the
        derivatives of C by what enters the sigmoids of layer l, shape (N, units of layer l);
        "dW" with dW[l] of the shape of W[l]; "db" with db[l] of the shape of b[l].

    Example:
        For W = {2: [[0.0]]}, b = {2: [0.0]}, X = [[3.0], [1.0]], Y = [[0.0], [0.0]] (arrays):
        "C" is 0.125, "delta" is {2: [[0.0625], [0.0625]]}, "db" is {2: [0.125]} and "dW" is
        {2: [[0.25]]}.
    """
    ### BEGIN SOLUTION
    L, N = max(W), len(X)
    a = {1: X}
    for layer in range(2, L + 1):
        a[layer] = 1 / (1 + np.exp(-(a[layer - 1] @ W[layer] + b[layer])))
    C = np.sum((a[L] - Y) ** 2) / (2 * N)
    delta = {L: (a[L] - Y) / N * a[L] * (1 - a[L])}
    for layer in range(L - 1, 1, -1):
        delta[layer] = (delta[layer + 1] @ W[layer + 1].T) * a[layer] * (1 - a[layer])
    return {
        "C": C,
        "delta": delta,
        "db": {layer: delta[layer].sum(axis=0) for layer in delta},
        "dW": {layer: a[layer - 1].T @ delta[layer] for layer in delta},
    }
    ### END SOLUTION


# %% check="bp.batch"
check("bp.batch", bp_batch)

# %% [markdown]
# **Three tests of your own.** The library; the same batch twice over; and the batch one example at a
# time, through your earlier function, which is built for columns. What should each line print?


# %% tags=["explore"]
def batch_cost(W, b, X, Y):
    a = X
    for layer in W:
        a = course_bp.sigmoid(a @ W[layer] + b[layer])
    return 0.5 * course_bp.sum(course_bp.square(a - Y)) / len(X)


def three_tests():
    """How far your batch gradient of the first layer is from what it should equal."""
    W, b = random_network((3, 5, 4, 2), rows=True)
    rng = np.random.default_rng(11)
    X, Y = rng.normal(size=(6, 3)), rng.uniform(size=(6, 2))
    turned = {layer: W[layer].T for layer in W}
    single = [bp_five_steps(turned, b, x, y)["dW"][2].T for x, y in zip(X, Y, strict=True)]
    mine = bp_batch(W, b, X, Y)["dW"][2]
    twice = bp_batch(W, b, np.r_[X, X], np.r_[Y, Y])["dW"][2]
    return {
        "library": np.abs(mine - course_bp.grad(batch_cost)(W, b, X, Y)[2]).max(),
        "twice": np.abs(mine - twice).max(),
        "single": np.abs(mine - np.mean(single, axis=0)).max(),
    }


gaps = attempt(three_tests, shapes={"library": (), "twice": (), "single": ()})
if gaps:
    print(f"your gradient differs from the library's by        {gaps['library']:.0e}")
    print(f"from that of the batch given twice by              {gaps['twice']:.0e}")
    print(f"from the mean of your own one-example gradients by {gaps['single']:.0e}")

# %% [markdown]
# **The network as a graph.** Each layer folds into one box: choose "layers only" first, then look
# inside one of them. BP2 is what happens on the arrow between two layers. Once your `bp_batch` runs,
# your own errors and gradients stand beside those of the pass: ✓ if they agree, ≠ if not.

# %% tags=["explore"]
from course_bp import Node, explore


def two_layers(rows=3):
    """The graph of the mean cost of a small batch, the node that ends each layer, and yours."""
    W, b = random_network((2, 3, 1), rows=True)
    X, Y = np.random.default_rng(5).normal(size=(rows, 2)), np.full((rows, 1), 0.5)
    a, ends = Node(X, "X"), {}
    for layer in W:
        z = a @ Node(W[layer], f"W{layer}") + Node(b[layer], f"b{layer}")
        z.name = f"z{layer}"
        a = course_bp.sigmoid(z)
        a.name = f"a{layer}"
        ends[f"layer {layer}"] = a
    cost = 0.5 * course_bp.sum(course_bp.square(a - Y)) / rows
    cost.name = "C"
    mine = attempt(lambda: by_name(bp_batch(W, b, X, Y)))
    return cost, {**ends, "cost": cost}, mine or {}


def by_name(found):
    """Your errors and gradients by the names that the graph has for what they belong to."""
    entries = {"z": "delta", "W": "dW", "b": "db"}
    return {
        f"{name}{layer}": np.array(found[entry][layer], dtype=float)
        for name, entry in entries.items()
        for layer in (2, 3)
    }


batch_graph, layer_ends, mine = two_layers()
explore.step(batch_graph, groups=layer_ends, yours=mine, title="A batch through two layers")

# %% [markdown] covers="D4:full 2-layer network in 20 lines; O4"
# ## A network in twenty lines
#
# Deck D4 opens with a complete training program in twenty lines of NumPy. It is a network with
# $1000$ inputs, $100$ hidden sigmoid units and $10$ outputs, for a batch of $64$ random examples
# with random targets:
#
# $$h = \sigma(x\,w_1), \qquad y_{\text{pred}} = h\,w_2, \qquad
# \text{loss} = \sum_{n,k} \big(y_{\text{pred}} - y\big)_{nk}^2 .$$
#
# With what you know now, read this network carefully. Three things differ from `bp.batch`:
#
# - the output has **no sigmoid**;
# - the loss is a **sum** over all examples and outputs, with **no ½** and **no $1/N$**;
# - there are **no biases**. We add them, $h = \sigma(x\,w_1 + b_1)$ and
#   $y_{\text{pred}} = h\,w_2 + b_2$, because networks have them and they are where a batch is easiest
#   to get wrong.
#
# The slide names every gradient after the quantity that it belongs to, `grad_h` for
# $\partial\,\text{loss}/\partial h$. It is a good habit, and we follow it.
#
# ### Exercise: `twenty_lines.gradients`


# %% solution="twenty_lines.gradients"
def twenty_lines_gradients(x, y, w1, b1, w2, b2):
    """Computes the loss and the gradients of deck D4's network, with biases.

    Args:
        x: the inputs, shape (N, D_in), one row per example.
        y: the targets, shape (N, D_out).
        w1: the weights into the hidden layer, shape (D_in, H).
        b1: the biases of the hidden layer, shape (H,).
        w2: the weights into the output, shape (H, D_out).
        b2: the biases of the output, shape (D_out,).

    Returns:
        A dict with the number "loss", and "grad_y_pred" (N, D_out), "grad_w2" (H, D_out),
        "grad_b2" (D_out,), "grad_h" (N, H), "grad_w1" (D_in, H) and "grad_b1" (H,).

    Example:
        With w1, b1 and w2 all zeros, every h is 0.5 and y_pred is b2 in every row. If b2 equals
        every target, the loss and all gradients are 0.0.
    """
    ### BEGIN SOLUTION
    h = 1 / (1 + np.exp(-(x @ w1 + b1)))  # (N, H)
    y_pred = h @ w2 + b2  # (N, D_out)
    grad_y_pred = 2.0 * (y_pred - y)
    grad_h = grad_y_pred @ w2.T
    grad_z = grad_h * h * (1 - h)
    return {
        "loss": np.square(y_pred - y).sum(),
        "grad_y_pred": grad_y_pred,
        "grad_w2": h.T @ grad_y_pred,
        "grad_b2": grad_y_pred.sum(axis=0),
        "grad_h": grad_h,
        "grad_w1": x.T @ grad_z,
        "grad_b1": grad_z.sum(axis=0),
    }
    ### END SOLUTION


# %% check="twenty_lines.gradients"
check("twenty_lines.gradients", twenty_lines_gradients)

# %% [markdown]
# ### Exercise: `twenty_lines.train`
#
# Now the loop around it: gradient descent with a fixed learning rate. Two places need care.
#
# - **Order.** All gradients of a step belong to the *same* parameters. A loop that changes $w_2$ and
#   then uses the new $w_2$ to find `grad_h` computes the gradient of nothing in particular.
# - **Whose arrays are these?** The slide updates with `-=`, which changes the array itself. At the end
#   of a script that is fine. In a function it changes the *caller's* array behind the caller's back.
#   Make new arrays, or copies.
#
# Call your own `twenty_lines_gradients` in the loop; if it is not right yet, fix it first.


# %% solution="twenty_lines.train"
def twenty_lines_train(x, y, w1, b1, w2, b2, lr, steps):
    """Trains deck D4's network, with biases, by gradient descent.

    Args:
        x: the inputs, shape (N, D_in).
        y: the targets, shape (N, D_out).
        w1: the weights into the hidden layer to start with, shape (D_in, H).
        b1: the biases of the hidden layer to start with, shape (H,).
        w2: the weights into the output to start with, shape (H, D_out).
        b2: the biases of the output to start with, shape (D_out,).
        lr: the learning rate, a float.
        steps: how many steps to take, an int.

    Returns:
        A dict with "losses", an array of shape (steps,) that holds the loss before each step,
        and the parameters after the last step: "w1", "b1", "w2" and "b2".

    Example:
        With lr = 0.0 all losses are the same, and the parameters come back as they were.
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        found = twenty_lines_gradients(x, y, w1, b1, w2, b2)
        losses.append(found["loss"])
        w1 = w1 - lr * found["grad_w1"]
        b1 = b1 - lr * found["grad_b1"]
        w2 = w2 - lr * found["grad_w2"]
        b2 = b2 - lr * found["grad_b2"]
    return {"losses": np.array(losses), "w1": w1, "b1": b1, "w2": w2, "b2": b2}
    ### END SOLUTION


# %% check="twenty_lines.train"
check("twenty_lines.train", twenty_lines_train)

# %% [markdown]
# **Now at the size of the slide:** 64 examples, 1000 inputs, 100 hidden units, 10 outputs, and the
# slide's learning rate of $10^{-4}$. This is a network with 101 110 parameters, trained by lines that
# you wrote yourself.

# %% tags=["explore"]
rng = np.random.default_rng(0)
slide_size = (
    rng.normal(size=(64, 1000)), rng.normal(size=(64, 10)),
    rng.normal(size=(1000, 100)), np.zeros(100),
    rng.normal(size=(100, 10)), np.zeros(10),
)  # fmt: skip
trained = attempt(twenty_lines_train, *slide_size, 1e-4, 120, shapes={"losses": (120,)})
if trained:
    losses = trained["losses"]
    for t in (0, 1, 10, 30, 100):
        print(f"step {t:3}:  loss {losses[t]:10.2f}")

# %% tags=["explore"] jupyter={"source_hidden": true}
if trained:
    figure, axes = plt.subplots(figsize=(7, 2.8))
    axes.semilogy(losses)
    axes.set(xlabel="step", ylabel="loss")
    alt = (
        "The loss against the step, on a logarithmic scale: it falls steeply in the first ten "
        "steps, by more than half, and then more and more slowly."
    )
    display(picture(figure, alt))

# %% [markdown]
# *The picture in words:* the loss falls at every step, by more than half within the first ten and
# ever more slowly afterwards. If you have a minute or two, give it the slide's 2000 steps: the loss
# comes down to a few units, from some thirty thousand.
#
# **A question with a sting.** The targets are *random numbers*. There is nothing in them to be
# understood, and the network learns them all the same. What has it learned? With 101 110 parameters
# for 640 targets it has simply learned them by heart. A falling loss says that your gradients are
# right. It does not say that the network is of any use; that is what Unit 08 is about.

# %% [markdown]
# ## Reflection
#
# Answer in a few sentences of your own, in the cell below. Nobody grades this.
#
# 1. The opening question was how much of the brute force repeats itself. Which of the four equations
#    is the one that saves the work, and what exactly does it avoid computing twice?
# 2. A friend's network has 10 units in every layer, and the loss falls, slowly. With layers of 10, 12
#    and 10 units the program stops with a shape error. What do you suspect, and why did it learn at
#    all?
# 3. In `twenty_lines.train`, replace the sum in the loss by a mean over the 64 examples. How must the
#    learning rate change so that the training stays exactly the same?

# %% [markdown]
# *Your answers:*

# %% [markdown]
# ## Summary
#
# - The error $\delta^l_j = \partial C/\partial z^l_j$ is what all derivatives below a unit share.
# - BP1 starts it, BP2 brings it one layer down, BP3 and BP4 read off the gradients. Goodfellow's
#   Algorithm 6.4 is the same in one loop, with room for a regulariser.
# - Backward uses the transpose of what forward used. Equal layer sizes hide it when it does not.
# - Rows or columns: transposes of each other. In rows, $Z = XW + b$ has $dW = X^T dZ$,
#   $db = $ the sum of the rows of $dZ$, and $dX = dZ\,W^T$.
# - What is copied forward is summed back: the biases of a batch, the weights of all examples.
# - $1/N$ belongs to the cost, and it enters once.
# - All gradients first, then the update; and leave the caller's arrays alone.

# %% [markdown]
# **How far have you come?** By unit and by objective:

# %% tags=["explore"]
from autograder.progress import progress

progress()

# %% [markdown]
# ## Further reading
#
# - M. Nielsen, *Neural Networks and Deep Learning* (2015), chapter 2: the four equations with proofs,
#   at a walking pace. Decks D1 and D3 follow it.
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), section 6.5.4: Algorithms 6.3 and
#   6.4.
# - C. Bishop, *Pattern Recognition and Machine Learning* (2006), section 5.3: the same derivation in
#   statistical dress; D3 recommends it.
# - D. Rumelhart, G. Hinton, R. Williams, "Learning representations by back-propagating errors",
#   *Nature* 323 (1986): three and a half pages that made the method famous.
