# %% [markdown]
# # Unit 02: Computation graphs
#
# **You will be able to**
#
# - write any formula as a computation graph, one operation per node (objective O1);
# - carry out backpropagation on any such graph, by hand and in code (objective O2);
# - test your own derivatives with a finite difference (a first taste of O7).
#
# **Time:** about two hours. **You need:** the derivatives of $\exp$, $\log$, $\sin$ and of a
# quotient, a little Python, and Unit 01 or the chain rule for one variable.
#
# **From the lectures:** D0, the deck of CMU 10-601, lecture 13 of 2018 (Differentiation Quiz #1,
# reverse mode), with a look at D2, its predecessor of 2016; and D4, the deck of Syracuse MAE 688,
# lecture 3 (the sigmoid circuit, upstream × local). Where a slide has a slip, this course says so, shows the correct form, and proves it
# with a number or two.

# %% locked="imports"
import matplotlib.pyplot as plt
import numpy as np

import course_bp
from autograder.check import check, hint
from course_bp.finite_differences import finite_difference
from course_bp.notebook import attempt, on_nodes, picture


# %% [markdown] covers="D0:Quiz 1; O1"
# ## A question to begin with
#
# Here is the first quiz of deck D0:
#
# $$y = \exp(xz) + \frac{xz}{\log(x)} + \frac{\sin(\log(x))}{\exp(xz)},
# \qquad x = 2,\quad z = 3.$$
#
# Suppose somebody nudges $x$ from $2$ to $2.001$. How much does $y$ move, and through which parts
# of the formula?
#
# The letter $x$ stands in five places. Some of them push $y$ up, some pull it down. You could
# differentiate the whole line at once with three rules in your head, and most of us lose a term
# that way. Or you could cut the formula into steps so small that none of them can go wrong, and
# let a simple piece of bookkeeping put them together again.
#
# The second way is backpropagation. A network with a million weights needs nothing more than
# this formula needs.

# %% [markdown]
# ## The idea in plain words
#
# **Forward.** Give every intermediate result a name. Each name is *one* operation on names that
# you already have. Draw a dot for each name and an arrow from whatever goes in to whatever comes
# out. This drawing is the **computation graph**. Compute the values from the inputs to the result
# and keep them all.
#
# **Backward.** Now ask each node the same question: *if your value rose by a tiny bit, how many
# times as much would $y$ rise?* For $y$ itself the answer is $1$. Every other node can work out
# its answer from the nodes that use it:
#
# - along **one arrow**, multiply: (answer of the node at the arrow's head) × (how strongly that
#   node reacts to this input);
# - over **several arrows**, add: a node that is used twice influences $y$ by two routes, and both
#   count.
#
# Multiply along an arrow, add over arrows. That is all there is.

# %% [markdown] covers="D0:the reverse-mode algorithm; D2:the algorithm on nodes and on tensors; O2"
# ## The algorithm
#
# In the notation of deck D0, a node $u_i = g_i(v_1, \dots, v_N)$ is computed from the nodes
# $v_1, \dots, v_N$.
#
# **Forward pass**
#
# 1. Put the nodes in a **topological order**: each comes after everything that it is computed from.
# 2. Compute one after the other, $u_i = g_i(v_1, \dots, v_N)$, and keep every value.
#
# **Backward pass**
#
# 1. Start with $\dfrac{dy}{dy} = 1$ and every other $\dfrac{dy}{du_i} = 0$.
# 2. Go through the same list **from its end to its beginning**. When you come to $u_i$, its
#    $dy/du_i$ is complete. Hand a share of it to each of the node's inputs by an *increment*:
#
# $$\frac{dy}{dv_j} \mathrel{+}= \frac{dy}{du_i}\cdot\frac{du_i}{dv_j}
# \qquad\text{(upstream × local).}$$
#
# The second factor is the **local derivative**. It belongs to one operation and never changes:
#
# | operation | local derivatives |
# |---|---|
# | $u = v_1 + v_2$ | $1$ and $1$ |
# | $u = v_1 v_2$ | $v_2$ for $v_1$, and $v_1$ for $v_2$ |
# | $u = v_1 / v_2$ | $1/v_2$ for $v_1$, and $-v_1/v_2^2$ for $v_2$ |
# | $u = 1/v$ | $-1/v^2$ |
# | $u = \sqrt{v}$ | $1/(2\sqrt{v})$ |
# | $u = \exp(v)$ | $\exp(v)$ |
# | $u = \log(v)$ | $1/v$ |
# | $u = \sin(v)$ | $\cos(v)$ |
#
# > **One thing, several names.** What D0 writes $dy/du$, deck D4 calls the *upstream gradient* of
# > the gate $u$, textbooks on automatic differentiation call the *adjoint* $\bar u$, our code
# > calls `du`, and the library keeps in `u.grad`.

# %% [markdown]
# ## A worked example
#
# Take a different, smaller function, with numbers that you can follow in your head:
#
# $$y = \left(u + \sqrt{uv}\right)\sqrt{uv}, \qquad u = 1,\quad v = 4.$$
#
# The root occurs twice and is *one* node. So is every other piece:
#
# | node | formula | value | used by |
# |---|---|---|---|
# | $p$ | $u \cdot v$ | $4$ | $q$ |
# | $q$ | $\sqrt{p}$ | $2$ | $r$ and $y$ |
# | $r$ | $u + q$ | $3$ | $y$ |
# | $y$ | $r \cdot q$ | $6$ | nobody, it is the result |
#
# The input $u$ is used by $p$ and by $r$; the input $v$ by $p$ only. We say that $q$ and $u$ have
# a **fan-out** of 2.
#
# Now backward. We start with $1$ at $y$ and go through the table from the bottom to the top. Each
# row has one increment per input:
#
# | at node | complete derivative | what it passes on |
# |---|---|---|
# | $y = r q$ | $1$ | $r$ gets $1\cdot q = 2$, and $q$ gets $1\cdot r = 3$ |
# | $r = u + q$ | $2$ | $u$ gets $2\cdot 1 = 2$, and $q$ gets $2\cdot 1 = 2$ more |
# | $q = \sqrt p$ | $3 + 2 = 5$ | $p$ gets $5\cdot\frac{1}{2\cdot 2} = 1.25$ |
# | $p = u v$ | $1.25$ | $u$ gets $1.25\cdot 4 = 5$ more, and $v$ gets $1.25\cdot 1 = 1.25$ |
#
# The result: $dy/du = 2 + 5 = 7$ and $dy/dv = 1.25$.
#
# Two things deserve a second look. The $5$ at $q$ is a sum over its two arrows; had the second
# contribution *replaced* the first, everything below would be wrong. And we waited for $r$ before
# we left $q$, because $r$ still had something to say to $q$. That is why the order matters.

# %% [markdown]
# The same in code, line for line. The function takes the starting value at $y$, the *seed*, as
# an argument, since we shall need it in a moment.


# %%
def worked_forward(u, v):
    p = u * v
    q = p**0.5
    r = u + q
    y = r * q
    return {"p": p, "q": q, "r": r, "y": y}


def worked_backward(u, v, seed=1.0):
    value = worked_forward(u, v)
    d = dict.fromkeys(("u", "v", "p", "q", "r", "y"), 0.0)
    d["y"] += seed
    d["r"] += d["y"] * value["q"]  # y = r·q
    d["q"] += d["y"] * value["r"]
    d["u"] += d["r"] * 1  # r = u + q
    d["q"] += d["r"] * 1
    d["p"] += d["q"] / (2 * value["q"])  # q = √p
    d["u"] += d["p"] * v  # p = u·v
    d["v"] += d["p"] * u
    return d


print(worked_forward(1.0, 4.0))
print(worked_backward(1.0, 4.0))

# %% tags=["explore"] jupyter={"source_hidden": true}
places = {"u": (0, 1), "v": (0, 0), "p": (1, 0), "q": (2, 0), "r": (3, 1), "y": (4, 0)}
arrows = [("u", "p"), ("v", "p"), ("p", "q"), ("u", "r"), ("q", "r"), ("r", "y"), ("q", "y")]
formulas = {"u": "u", "v": "v", "p": "p = u·v", "q": "q = √p", "r": "r = u + q", "y": "y = r·q"}
values = {"u": 1.0, "v": 4.0, **worked_forward(1.0, 4.0)}
adjoints = worked_backward(1.0, 4.0)

figure, axes = plt.subplots(figsize=(8.5, 3.4))
for start, end in arrows:
    arrow = dict(arrowstyle="-|>", color="0.4", shrinkA=20, shrinkB=20)
    axes.annotate("", xy=places[end], xytext=places[start], arrowprops=arrow)
for name, (across, up) in places.items():
    outward = 1 if up else -1
    circle = dict(boxstyle="circle,pad=0.45", facecolor="white", edgecolor="0.2")
    centred = dict(ha="center", va="center", fontsize=12)
    axes.text(across, up, f"{values[name]:g}", bbox=circle, **centred)
    axes.text(across, up + 0.37 * outward, formulas[name], **centred)
    derivative = f"dy/d{name} = {adjoints[name]:g}"
    axes.text(across, up + 0.60 * outward, derivative, color="#a04000", **centred)
axes.set(xlim=(-0.5, 4.5), ylim=(-0.8, 1.8))
axes.axis("off")
picture(
    figure,
    "Computation graph of the worked example: u and v lead to p, p to q, u and q to r, r and q "
    "to y. Each node shows its value and its derivative, as in the tables.",
)

# %% [markdown]
# *The picture in words:* $u$ and $v$ lead to $p$, $p$ leads to $q$; $r$ is fed by $u$ and $q$, and
# $y$ by $r$ and $q$. The number inside each circle is the value from the forward pass; next
# to it stands the derivative from the backward pass: $7$ at $u$, $1.25$ at $v$, $1.25$ at $p$,
# $5$ at $q$, $2$ at $r$, $1$ at $y$.

# %% [markdown]
# **Step by step.** The next cell walks through the same graph, one node and one arrow at a time.
# Each backward step says *upstream × local = contribution*, with the numbers. Tick "Predict before
# it shows" to be asked for each number first; change $u$ or $v$ below the picture, and everything
# is computed anew. "Measured" is the finite difference that the next section explains.

# %% tags=["explore"]
from course_bp import explore

explore.step(worked_forward, 1.0, 4.0, title="The worked example")

# %% [markdown] covers="O7"
# ### Never believe a derivative that you have not checked
#
# A derivative is a slope, and a slope can be measured: move one input a little to each side and
# divide by the distance. Deck D0 calls this the centered finite difference,
#
# $$\frac{\partial y}{\partial u} \approx
# \frac{y(u + \epsilon, v) - y(u - \epsilon, v)}{2\epsilon}.$$
#
# It needs no calculus, and so it makes no mistakes of calculus. The course's library has it
# ready: `finite_difference(f, argnums)(inputs…)`. (You will write your own in Unit 03.)


# %%
def worked(u, v):
    return worked_forward(u, v)["y"]


by_hand = worked_backward(1.0, 4.0)
measured = finite_difference(worked, argnums=(0, 1))(1.0, 4.0)
print(f"by hand:  du = {by_hand['u']:.13f},  dv = {by_hand['v']:.13f}")
print(f"measured: du = {measured[0]:.13f},  dv = {measured[1]:.13f}")

# %% [markdown]
# The measured numbers are right to about ten digits, not to sixteen. This is what finite
# differences can do: plenty to expose a lost term, too little to replace the real thing. They
# also need two evaluations of $y$ for *each* input, while one backward pass gave us every
# derivative at once.

# %% [markdown] covers="erratum 9"
# ### A correction: where does the backward pass start?
#
# Deck D2 states the same algorithm and sets *all* partial derivatives to $0$ at the start,
# without a $1$ anywhere.
#
# | on the slide (D2) | correct (as in D0) |
# |---|---|
# | all $\dfrac{dy}{du_i} = 0$ | all $\dfrac{dy}{du_i} = 0$, and then $\dfrac{dy}{dy} = 1$ |
#
# The proof takes two lines. Before you run them, say what each will print.

# %%
print("seed 0:", worked_backward(1.0, 4.0, seed=0.0))
print("seed 1:", worked_backward(1.0, 4.0, seed=1.0))

# %% [markdown]
# Every increment has the factor that arrives from above. If nothing enters at the top, nothing
# comes out at the bottom.

# %% [markdown] covers="erratum 7"
# ### What the derivatives are good for, and a small correction
#
# Step a little *against* the derivatives and $y$ falls. This is gradient descent, the use for
# which networks need them. The recipe in decks D0 and D2 prints the same counter $t$ on both
# sides:
#
# | on the slide | correct |
# |---|---|
# | $\theta^{(t)} \leftarrow \theta^{(t)} - \eta_t \nabla \ell$ | $\theta^{(t+1)} \leftarrow \theta^{(t)} - \eta_t \nabla \ell$ |
#
# The left side is the *next* point, and it differs from this one unless the gradient
# $\nabla \ell$ is zero. Here the function $\ell$ to be made smaller is our $y$, $\theta$ is the pair
# $(u, v)$, and $\eta_t = 0.01$:

# %%
now = np.array([1.0, 4.0])
later = now - 0.01 * np.array([by_hand["u"], by_hand["v"]])
print(f"at step t:     θ = {now.round(4).tolist()},  y = {worked(*now):.4f}")
print(f"at step t + 1: θ = {later.round(4).tolist()},  y = {worked(*later):.4f}")

# %% [markdown]
# ## Quiz 1, forward
#
# Now it is your turn, with the function of the opening question. These are its seven nodes. The
# table says which piece of the formula each one stands for:
#
# | node | the piece of $y$ that it stands for | as one operation on earlier nodes |
# |---|---|---|
# | $a$ | $xz$ | $x \cdot z$ |
# | $b$ | $\exp(xz)$ | $\exp(a)$ |
# | $c$ | $\log(x)$ | … |
# | $d$ | $\dfrac{xz}{\log(x)}$ | … |
# | $e$ | $\sin(\log(x))$ | … |
# | $f$ | $\dfrac{\sin(\log(x))}{\exp(xz)}$ | … |
# | $y$ | the whole sum | … |
#
# Copy the table to paper and complete the last column; the first two rows are done. The rule: **one operation a line, and
# whatever has a name already is used by its name, never computed again.** (Adding three nodes
# counts as one operation.)

# %% [markdown]
# ### Which logarithm?
#
# In this course, in the decks' derivatives and in NumPy, $\log$ is the **natural** logarithm. The derivative
# $1/x$ belongs to this one only. Your calculator's `log` key may mean base 10, whose derivative is
# $1/(x \ln 10)$. Measured at $x = 4$, where $1/x = 0.25$:

# %%
print("slope of np.log   at 4:", round(finite_difference(np.log)(4.0), 8))
print("slope of np.log10 at 4:", round(finite_difference(np.log10)(4.0), 8))

# %% [markdown]
# ### Exercise: `quiz1.forward`
#
# Write the forward pass. Return all seven values, since the backward pass will want them.
#
# The cell below the exercise is its **check**. It runs your function on the deck's $x$ and $z$ and
# on others, and goes through your values in the order in which they feed each other. If one is
# wrong, those after it are judged by what follows from *your* value, so a single slip costs once.
# You can run it as often as you like.
#
# Write the exercises in plain NumPy. The library could do the work for you; it has its turn after
# each check.


# %% solution="quiz1.forward"
def quiz1_forward(x, z):
    """Computes every node of Quiz 1.

    Args:
        x: a float above 0, not 1.
        z: a float.

    Returns:
        A dict with the values of the seven nodes, each a float, under the names
        "a", "b", "c", "d", "e", "f" and "y".

    Example:
        For z = 0 the product xz is 0, so whatever x is, "a" and "d" are 0.0 and "b" is 1.0.
    """
    ### BEGIN SOLUTION
    a = x * z
    b = np.exp(a)
    c = np.log(x)
    d = a / c
    e = np.sin(c)
    f = e / b
    y = b + d + f
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f, "y": y}
    ### END SOLUTION


# %% check="quiz1.forward"
check("quiz1.forward", quiz1_forward)

# %% [markdown]
# **Stuck?** Every exercise has hints: a nudge, then a pointer, then a worked idea. They open one
# at a time, and the next one comes after you have changed your attempt and run the check again.
# Below a check that is not all right there is a button for the next one. The line below does the
# same; write such a line wherever you need it.

# %% tags=["explore"]
# Stuck? Take away the # in front of the next line, and run this cell.
# hint("quiz1.forward")

# %% [markdown]
# **What to notice.** The formula has three terms, and they are far from equal. The next cell
# shows the share of each in your $y$.

# %% tags=["explore"]
mine = attempt(quiz1_forward, 2.0, 3.0, numbers=("b", "d", "f", "y"))
if mine:
    for node, term in (("b", "exp(xz)"), ("d", "xz / log x"), ("f", "sin(log x) / exp(xz)")):
        print(f"{node} = {term:<21} makes {mine[node] / mine['y']:12.7%} of y")

# %% [markdown]
# At $x = 2$, $z = 3$ the first term is nearly everything, and the last is a few millionths. If you
# forgot the last term, you would hardly see it in $y$. This is why the checks compare many digits
# and try other values of $x$ and $z$ too, some of them with $xz$ small.

# %% [markdown] covers="O1"
# ## Quiz 1 as a graph
#
# Look at your filled-in table as a graph. Every name on a right-hand side is an arrow.
#
# A **topological order** lists the nodes so that each stands after all nodes it is computed
# from. There are usually several. The **fan-out** of a node is the number of arrows that leave
# it: how often its name occurs on the right-hand sides of your table.
#
# In the worked example, $p, q, r, y$ is a topological order (here the only one), and the
# fan-outs are $u\!:\!2$, $v\!:\!1$, $p\!:\!1$, $q\!:\!2$, $r\!:\!1$, $y\!:\!0$.
#
# Why count? In the backward pass a node collects **one increment per arrow**. The fan-out tells
# you how many terms to expect, so you notice when one is missing.

# %% [markdown]
# ### Exercise: `quiz1.graph`
#
# This function takes no arguments; it just states two facts about the graph of Quiz 1.


# %% solution="quiz1.graph"
def quiz1_graph():
    """States an order of computation and the fan-outs of Quiz 1's graph.

    Returns:
        A dict with two entries:
        "order": a list of the seven node names, each a string, in any topological order (x and z
        may be in it too, each before the nodes that use it);
        "fan_out": a dict from name to number of uses, for "x", "z" and the seven nodes (y, which
        nothing uses, may be left out).

    Example:
        For the worked example of the text it would be
        {"order": ["p", "q", "r", "y"],
         "fan_out": {"u": 2, "v": 1, "p": 1, "q": 2, "r": 1, "y": 0}}.
    """
    ### BEGIN SOLUTION
    return {
        "order": ["a", "b", "c", "d", "e", "f", "y"],
        "fan_out": {"x": 2, "z": 1, "a": 2, "b": 2, "c": 2, "d": 1, "e": 1, "f": 1, "y": 0},
    }
    ### END SOLUTION


# %% check="quiz1.graph"
check("quiz1.graph", quiz1_graph)

# %% [markdown]
# **What to notice.** In the formula as printed, $x$ occurs five times. In your graph it leaves by
# fewer arrows: the repetitions share a few nodes. What is shared is computed once going forward
# and differentiated once going back. Here this saves a handful of operations. In a network with
# twenty layers of a hundred units, there are $100^{20}$ paths from an input to the output, and
# the same bookkeeping walks all of them by visiting each arrow once.

# %% [markdown] covers="D0:Quiz 1; O2"
# ## Quiz 1, backward
#
# Read your graph in reverse. For the backward pass it helps to turn the table around: write, for
# every node, *who uses it*. Then $dy/d(\text{node})$ is a sum with one product for each user.
#
# The start is short enough to do together. The last line of the forward pass adds three nodes, so
# the seed $1$ arrives unchanged at each of them:
#
# - $d$ is used by $y$ only: $dy/dd = 1$, complete.
# - $f$ is used by $y$ only: $dy/df = 1$, complete.
# - $b$ has $1$ from $y$, *and it is not complete yet*: somebody else uses $b$ too.
#
# The rest is yours: $b$, $e$, $c$, $a$, then the inputs $x$ and $z$. Do it on paper with symbols
# before you type: the code is then a copy.

# %% [markdown]
# ### Exercise: `quiz1.backward`
#
# `db` stands for $dy/db$, and so on. Begin with a call of your own `quiz1_forward`; if its check
# is not all right yet, fix it first, since the backward pass stands on it. (Here and in later
# exercises that begin so, you may also write out the forward pass again.)


# %% solution="quiz1.backward"
def quiz1_backward(x, z):
    """Computes the derivatives of Quiz 1's y by its nodes and inputs, by reverse mode.

    Args:
        x: a float above 0, not 1.
        z: a float.

    Returns:
        A dict of floats: "db", "de", "dc", "da", "dx" and "dz", where "db" is dy/db at this
        x and z, and so on. Further entries, such as "dd" and "df", do no harm.

    Example:
        The node d goes into y and nowhere else, and y adds it, so dy/dd is 1.0 whatever x
        and z are. If you return it too, as "dd", it should be 1.0.
    """
    ### BEGIN SOLUTION
    v = quiz1_forward(x, z)
    a, b, c, e = v["a"], v["b"], v["c"], v["e"]
    dd, df = 1.0, 1.0
    db = 1.0 + df * (-e / b**2)  # y = b + d + f, and f = e/b
    de = df / b
    dc = dd * (-a / c**2) + de * np.cos(c)  # d = a/c, and e = sin c
    da = db * b + dd / c  # b = exp a, and d = a/c
    dx = da * z + dc / x  # a = xz, and c = log x
    dz = da * x
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": dx, "dz": dz}
    ### END SOLUTION


# %% check="quiz1.backward"
check("quiz1.backward", quiz1_backward)

# %% [markdown]
# **Now measure your own numbers.** The next cell takes the *whole* formula, knows nothing of your
# nodes, and puts two other ways beside yours: a finite difference, and the course's library. The
# library does what you did: it writes down the graph while the formula is computed and walks it
# backward.


# %% tags=["explore"]
def quiz1(x, z):
    exp, log, sin = course_bp.exp, course_bp.log, course_bp.sin
    return exp(x * z) + x * z / log(x) + sin(log(x)) / exp(x * z)


def digits(one, other):
    """To how many digits two numbers agree."""
    gap = abs(one - other) / max(abs(other), 1e-300)
    return "all" if gap < 1e-15 else f"{max(0.0, -np.log10(gap)):.0f}"


point = (2.0, 3.0)  # try (2.0, 0.2) as well
mine = attempt(quiz1_backward, *point, numbers=("dx", "dz"))
if mine:
    measured = finite_difference(quiz1, argnums=(0, 1))(*point)
    library = course_bp.grad(quiz1, argnums=(0, 1))(*point)
    for i, name in enumerate(("dx", "dz")):
        print(f"your {name} = {mine[name]:.9f}")
        print(f"  agrees with the finite difference to {digits(mine[name], measured[i])} digits")
        print(f"  agrees with the library to {digits(mine[name], library[i])} digits")

# %% [markdown]
# **What to notice.**
#
# - A finite difference agrees to about ten digits. At this $x$ and $z$ the sine term contributes
#   only about three parts in a million to $dy/dx$. If you lose it, the first five digits are still
#   right: you have to count them. Set the point to $x = 2$, $z = 0.2$ and run the cell again: there
#   the term weighs in. Choosing a telling point is half of the art of checking.
# - Taking $\log_{10}$ for $\log$ moves $dy/dx$ by only two parts in a thousand here. "Looks about
#   right" would have passed it.
# - The library's graph is not yours. It met $xz$ three times and made three nodes. Another graph
#   of the same function, the same derivatives.

# %% tags=["explore"]
recorded = quiz1(course_bp.Node(2.0, name="x"), course_bp.Node(3.0, name="z"))
nodes = course_bp.topological_order(recorded)
print("nodes in the library's graph of the formula:", len(nodes))
print("nodes in yours:", 2 + 7)

# %% [markdown]
# **Back to the opening question.** How far does $y$ move when $x$ goes from $2$ to $2.001$? The
# derivative predicts $dy/dx$ times the step. Run the cell, then make the step ten and a hundred
# times larger. When does the prediction stop being good, and why?

# %% tags=["explore"]
step = 0.001
mine = attempt(quiz1_backward, 2.0, 3.0, numbers=("dx",))
if mine:
    print(f"predicted from your dx: {mine['dx'] * step:.5f}")
    print(f"what y really does:     {quiz1(2.0 + step, 3.0) - quiz1(2.0, 3.0):.5f}")

# %% [markdown]
# **Quiz 1 once more, slowly.** The next cell runs *your* `quiz1_forward` on the library's nodes and
# walks through the graph that your lines recorded. It asks before it shows; a number that is right to
# one percent counts as right. (Nodes go through `np.exp`, `np.log` and `np.sin`, but not through
# Python's `math` module. If they cannot go through your lines, the cell says so and walks through the
# library's formula.)


# %% tags=["explore"]
def my_quiz1(x, z):
    nodes = quiz1_forward(x, z)
    return {name: nodes[name] for name in "abcdefy"}


def quiz1_walk(function):
    return explore.step(function, 2.0, 3.0, title="Quiz 1", predict=True)


mine = attempt(quiz1_forward, 2.0, 3.0, numbers="abcdefy")
on_nodes(quiz1_walk, my_quiz1, quiz1) if mine else None

# %% [markdown] covers="D4:sigmoid circuit; O2"
# ## The sigmoid circuit: upstream × local
#
# Deck D4 draws the graph as a circuit of *gates*. The circuit of its longer example is one neuron
# with two inputs:
#
# $$f(w, x) = \frac{1}{1 + e^{-(w_0x_0 + w_1x_1 + w_2)}}$$
#
# Each gate needs to know two things: the numbers that went in, and the **upstream gradient** that
# comes back from the right. It multiplies upstream × local and passes the product to the left. No
# gate needs to know what the circuit is for.

# %% [markdown]
# ### A small circuit first
#
# Take $f = (pq + r)^2$ at $p = 2$, $q = -1$, $r = 5$, with gates $m = pq$, $s = m + r$, $f = s^2$.
# Forward: $m = -2$, $s = 3$, $f = 9$. Backward:
#
# | gate | upstream | local | passed on |
# |---|---|---|---|
# | $f = s^2$ | $1$ | $2s = 6$ | $ds = 6$ |
# | $s = m + r$ | $6$ | $1$ and $1$ | $dm = 6$, $dr = 6$ |
# | $m = pq$ | $6$ | $q = -1$ for $p$; $p = 2$ for $q$ | $dp = -6$, $dq = 12$ |
#
# Two habits of gates to remember: a **sum** gate copies its upstream to every input. A
# **product** gate multiplies its upstream by the value of the *other* input.
#
# **The graph is not unique.** We could have squared by a product, $f = s \cdot s$. Then $s$ has
# two arrows into the same gate, and each brings $1 \cdot s = 3$. Their sum is $6$ again.

# %% [markdown] covers="erratum 18"
# ### A correction: how many inputs?
#
# | on two slides of D4 | correct |
# |---|---|
# | $w_0x_0 + w_1x_1 + w_2x_2$ in the heading | $w_0x_0 + w_1x_1 + w_2$ |
#
# There is no $x_2$ in the circuit: $w_2$ stands alone, as a bias. The slide's five values
# $w_0 = 2$, $x_0 = -1$, $w_1 = -3$, $x_1 = -2$, $w_2 = -3$ are all that is needed. Read with an
# $x_2$, the output would depend on a number that nobody gave:

# %%
print(f"with w2 alone: f = {course_bp.sigmoid(2 * -1 + -3 * -2 + -3):.4f}")
for x2 in (0.5, 1.0, 2.0):
    print(f"with x2 = {x2}: f = {course_bp.sigmoid(2 * -1 + -3 * -2 + -3 * x2):.4f}")

# %% [markdown]
# Only $x_2 = 1$ gives the circuit's output. This is a useful way to think of a bias: a weight on an
# input that is always $1$.

# %% [markdown]
# ### Exercise: `circuit.gates`
#
# These are the gates from the input side to the output side:
#
# | gate | formula |
# |---|---|
# | sum | $s = w_0x_0 + w_1x_1 + w_2$ |
# | times $-1$ | $n = -s$ |
# | exponential | $e = \exp(n)$ |
# | plus one | $t = 1 + e$ |
# | reciprocal | $f = 1/t$ |
#
# (The two products inside $s$ are gates as well; they have no name because nothing is lost by
# reading them off directly. And mind that $f$ is the circuit's *output* here, while it was an inner
# node in Quiz 1.)
#
# Go back gate by gate. Each of your lines should read as upstream × local.


# %% solution="circuit.gates"
def circuit_gates(w0, x0, w1, x1, w2):
    """Computes the derivatives of the sigmoid circuit's f, gate by gate.

    Args:
        w0: a float, the weight of the first input.
        x0: a float, the first input.
        w1: a float, the weight of the second input.
        x1: a float, the second input.
        w2: a float, the bias.

    Returns:
        A dict of floats: "dt", "dn", "ds" for df/dt, df/dn, df/ds, and "dw0", "dx0", "dw1",
        "dx1", "dw2" for the derivatives with respect to the five inputs. Further entries, such as "de", do no
        harm.

    Example:
        If the upstream at a gate u = -v is 0.3, the gate passes on 0.3 times -1. If w1 is 0,
        then "dx1" is 0.0: an input with weight 0 has no influence.
    """
    ### BEGIN SOLUTION
    s = w0 * x0 + w1 * x1 + w2
    n = -s
    e = np.exp(n)
    t = 1 + e
    dt = 1.0 * (-1 / t**2)  # f = 1/t
    de = dt * 1.0  # t = 1 + e
    dn = de * e  # e = exp(n)
    ds = dn * -1.0  # n = -s
    return {
        "dt": dt,
        "dn": dn,
        "ds": ds,
        "dw0": ds * x0,  # s = w0 x0 + w1 x1 + w2
        "dx0": ds * w0,
        "dw1": ds * x1,
        "dx1": ds * w1,
        "dw2": ds * 1.0,
    }
    ### END SOLUTION


# %% check="circuit.gates"
check("circuit.gates", circuit_gates)

# %% [markdown] covers="erratum 20"
# **What to notice.** The derivative with respect to a weight is *upstream × the input that the weight
# multiplies*; the derivative with respect to an input is *upstream × its weight*. The bias receives the
# upstream itself. You will meet these three facts in every layer of every network.
#
# **A correction for your own numbers.** The slide writes the gradients at its five values with
# one digit, $0.2$ and $0.4$, and it also computes with the rounded ones. They are roundings, not
# the values:
#
# | on the slide | is a rounding of |
# |---|---|
# | $w_0$: $0.2 \times (-1) = -0.2$ | your `dw0` |
# | $x_0$: $0.2 \times 2 = 0.4$ | your `dx0` |
#
# The next cell shows how far off they are, from your numbers and from a measurement.


# %% tags=["explore"]
def circuit(w0, x0, w1, x1, w2):
    return 1 / (1 + course_bp.exp(-(w0 * x0 + w1 * x1 + w2)))


deck = (2.0, -1.0, -3.0, -2.0, -3.0)
mine = attempt(circuit_gates, *deck, numbers=("dw0", "dx0"))
if mine:
    measured = finite_difference(circuit, argnums=(0, 1))(*deck)
    for name, slide, slope in zip(("dw0", "dx0"), (-0.2, 0.4), measured, strict=True):
        print(f"{name}: slide {slide}, yours {mine[name]:.4f}, measured {slope:.4f}", end="; ")
        print(f"the slide is {abs(slide / slope - 1):.1%} off")

# %% [markdown]
# ### Exercise: `circuit.sigmoid`
#
# Deck D4 points out that a graph should be cut where the local derivatives are easy. The last
# four gates, from $s$ to $f$, are together one **sigmoid gate** $f = \sigma(s)$. If we know *its*
# local derivative, four lines of the backward pass become one.
#
# Find it on paper: multiply the four local derivatives that you used between $f$ and $s$. Then
# get rid of $s$, $n$, $e$ and $t$: since $f = 1/t$ and $t = 1 + e$, everything can be said with
# the number $f$ alone. The result is short, and exact enough: $s$ stays between −10 and 10.
#
# Then write the circuit with this one gate. (`course_bp.sigmoid` may compute $f$.)


# %% solution="circuit.sigmoid"
def circuit_sigmoid(w0, x0, w1, x1, w2):
    """Computes the derivatives of the sigmoid circuit's f with one sigmoid gate.

    Args:
        w0: a float, the weight of the first input.
        x0: a float, the first input.
        w1: a float, the weight of the second input.
        x1: a float, the second input.
        w2: a float, the bias.

    Returns:
        A dict of floats: "ds" for df/ds, and "dw0", "dx0", "dw1", "dx1", "dw2" for the
        derivatives with respect to the five inputs.

    Example:
        With all five inputs 0 the gate's input s is 0, its output is one half, and "ds" is
        one quarter.
    """
    ### BEGIN SOLUTION
    s = w0 * x0 + w1 * x1 + w2
    f = 1 / (1 + np.exp(-s))
    ds = f * (1 - f)
    return {"ds": ds, "dw0": ds * x0, "dx0": ds * w0, "dw1": ds * x1, "dx1": ds * w1, "dw2": ds}
    ### END SOLUTION


# %% check="circuit.sigmoid"
check("circuit.sigmoid", circuit_sigmoid)

# %% [markdown]
# **What to notice.** The forward pass had computed $f$ already. So the backward pass through the
# sigmoid costs one subtraction and one product, and no exponential at all. Storing values on the
# way forward pays off on the way back.
#
# **Now let the library do it**, with both choices of graph. It should not matter to the
# derivatives which one it walks through.


# %% tags=["explore"]
def circuit_with_one_gate(w0, x0, w1, x1, w2):
    return course_bp.sigmoid(w0 * x0 + w1 * x1 + w2)


mine = attempt(circuit_sigmoid, *deck, numbers=("dw0", "dx0", "dw1", "dx1", "dw2"))
if mine:
    every = (0, 1, 2, 3, 4)
    fine = course_bp.grad(circuit, every)(*deck)
    coarse = course_bp.grad(circuit_with_one_gate, every)(*deck)
    print("agrees with …    small gates   one sigmoid gate")
    for i, name in enumerate(("dw0", "dx0", "dw1", "dx1", "dw2")):
        own = mine[name]
        print(
            f"your {name:<4}  {digits(own, fine[i]):>9} digits {digits(own, coarse[i]):>9} digits"
        )

# %% [markdown]
# And the circuit itself, gate by gate. Set a weight to $0$: which contributions vanish?


# %% tags=["explore"]
def circuit_with_names(w0, x0, w1, x1, w2):
    return {"f": circuit(w0, x0, w1, x1, w2)}


explore.step(circuit_with_names, *deck, title="The sigmoid circuit")

# %% [markdown]
# ## Reflection
#
# Answer in a few sentences of your own, in the cell below. Nobody grades this; explaining is how
# you find out what you have understood.
#
# 1. A classmate's code has `dc = …` on one line and `dc = …` again further down. What is the
#    likely trouble, and which values of the graph would be wrong because of it?
# 2. Why may a node send its derivative on only after *all* its users have been visited? Use the
#    worked example: what would $dy/dv$ come to if $q$ were visited before $r$?
# 3. If you insert a node that does nothing, $u = 1 \cdot v$, what changes in the forward pass, in
#    the backward pass, in the result?

# %% [markdown]
# *Your answers:*

# %% [markdown]
# ## Summary
#
# - A formula is a graph: one operation per node, shared pieces once.
# - Forward in topological order, storing every value; backward in reverse order, starting with
#   $dy/dy = 1$.
# - Along an arrow multiply (upstream × local); where arrows meet, add. Hence `+=`.
# - A sum copies, a product takes the other factor, a quotient's denominator brings a minus and
#   a square.
# - The graph is not unique and the derivatives do not care. A good cut keeps local derivatives
#   simple and reuses stored values.
# - Measure what you derive, at a point where every term weighs in.

# %% [markdown]
# **How far have you come?** By unit and by objective:

# %% tags=["explore"]
from autograder.progress import progress

progress()

# %% [markdown]
# ## Further reading
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), section 6.5: back-propagation
#   as graph computation, in the general form.
# - M. Nielsen, *Neural Networks and Deep Learning* (2015), chapter 2: the same for networks, with
#   much patience.
# - A. Griewank, A. Walther, *Evaluating Derivatives* (2nd ed., 2008), chapters 2 and 3: where
#   forward and reverse mode are at home.
# - A. G. Baydin, B. A. Pearlmutter, A. A. Radul, J. M. Siskind, "Automatic differentiation in
#   machine learning: a survey", *Journal of Machine Learning Research* 18 (2018): what it is,
#   and what it is often mistaken for.
