# %% [markdown]
# # Unit 08: Training
#
# **You will be able to**
#
# - take steps of stochastic gradient descent with an L2 regulariser over several parameter
#   matrices at once (objective O5);
# - train a network from scratch with your own backward pass: XOR from several starts, and real
#   handwriting up to a stated accuracy (O4, O6);
# - say what a network with 0, 1 or 2 hidden layers can cut out of the plane.
#
# **Time:** about three hours. **You need:** Unit 05 (softmax with cross-entropy) and Unit 07
# (backward pass of a layer on a batch, examples as rows).
#
# **From the lectures:** the recipe for machine learning of D0 and D2 (CMU 10-601), XOR and
# gradient descent of D1 (*So you think you know backpropagation?*), decision boundaries of D2.

# %% locked="imports"
import matplotlib.pyplot as plt
import numpy as np

import course_bp
from autograder.check import check, hint
from course_bp import MLP, SGD, datasets, fit
from course_bp.finite_differences import finite_difference
from course_bp.notebook import attempt, picture


# %% [markdown] covers="D0:recipe for machine learning, ERM, SGD; O6"
# ## A question to begin with
#
# Four points in the plane, and for each the answer that a network should give:
#
# | $x_1$ | $x_2$ | XOR |
# |---|---|---|
# | 0 | 0 | 0 |
# | 0 | 1 | 1 |
# | 1 | 0 | 1 |
# | 1 | 1 | 0 |
#
# No straight line separates the ones from the zeros. Take a network with a few hidden units, fill it
# with random numbers, and it will be wrong on all four points. You know its gradients since Unit
# 07. **What else do you need until it is right on all four?** Surprisingly little, and a few small
# things that can go wrong without a word of warning.
#
# Deck D0 has it as a recipe:
#
# 1. training data $(\mathbf x^{(i)}, y^{(i)})$, $i = 1 \dots N$;
# 2. a decision function $\hat y = f_\theta(\mathbf x)$ and a loss $\ell(\hat y, y)$;
# 3. a goal: find the $\theta$ with the smallest mean loss on the data. The mean is the **empirical
#    risk**, and the goal is called empirical risk minimisation;
# 4. small steps against the gradient.

# %% [markdown] covers="D2:quadratic and cross-entropy with derivatives; erratum 2; erratum 3; erratum 7"
# ## Three corrections to the recipe
#
# **The sign.** D0 and D2 print the objective $J = y^* \log y + (1 - y^*)\log(1 - y)$. This is the
# *log-likelihood*: large is good. The loss is its negative. D2 then speaks of "gradient ascent" on
# one slide and of "gradient descent" on the next. Choose one pair and stay with it; we choose the
# negative log-likelihood and descent.
#
# | on the slides | correct, for descent |
# |---|---|
# | $J = y^* \log y + (1 - y^*)\log(1 - y)$, made small | $J = -\big(y^* \log y + (1 - y^*)\log(1 - y)\big)$, made small |
# | gradient ascent and gradient descent on the same objective | descent on the loss, or ascent on the likelihood |


# %%
def printed(a, target=1.0):
    y = 1 / (1 + np.exp(-a))
    return target * np.log(y) + (1 - target) * np.log(1 - y)


slope = finite_difference(printed)(0.0)  # the logit a = 0 gives y = 1/2; the target is 1
print(f"descent on J as printed: a = 0 becomes {0 - slope:+.1f}, away from the target 1")
print(f"descent on −J:           a = 0 becomes {0 + slope:+.1f}, towards it")

# %% [markdown]
# **The counter.** The update is printed with the same $t$ on both sides:
# $\theta^{(t)} \leftarrow \theta^{(t)} - \eta_t \nabla J$. The left side is the next point,
# $\theta^{(t+1)}$:

# %%
theta_t = 1.0
theta_next = theta_t - 0.1 * finite_difference(lambda theta: theta**2)(theta_t)
print(f"θ(t) = {theta_t}, θ(t+1) = {theta_next:.1f}: two different numbers, two different names")

# %% [markdown] covers="D1:XOR with MSE; erratum 10"
# **XOR itself.** D1's slide lists $(0,1) \mapsto 1$ three times and never $(1,0)$ or $(1,1)
# \mapsto 0$; its loss divides by $|\mathbb X|$ while the sum runs over $\mathbb Y$, and its
# "$\arg\min_{\mathbf W \in \mathbf w}$" is a slip for the minimum over all four parameters.
#
# | on the slide | correct |
# |---|---|
# | $00 \mapsto 0,\ 01 \mapsto 1,\ 01 \mapsto 1,\ \dots$ | $00 \mapsto 0,\ 01 \mapsto 1,\ 10 \mapsto 1,\ 11 \mapsto 0$ |
# | $\frac{1}{\lvert\mathbb X\rvert}\sum_{\mathbf y \in \mathbb Y} \lVert y - \hat y\rVert^2$ | $\frac1N \sum_{i=1}^N (y^{(i)} - \hat y^{(i)})^2$ |
# | $\arg\min_{\mathbf W \in \mathbf w} L$ | $\arg\min_{\mathbf W, \mathbf c, \mathbf w, b} L$ |
#
# With the examples as they are printed, a straight line would do, and nobody would need a hidden
# layer:

# %%
for name, rows in (
    ("as printed", [[0, 0, 0], [0, 1, 1], [0, 1, 1]]),
    ("XOR", [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]),
):
    table = np.array(rows, dtype=float)
    line = np.column_stack([table[:, :2], np.ones(len(table))])
    error = line @ np.linalg.lstsq(line, table[:, 2], rcond=None)[0] - table[:, 2]
    print(f"{name:<10}: the best plane is off by at most {np.abs(error).max():.2f}")

# %% [markdown] covers="D0:L2; D1:Goodfellow Alg. 6.4 with the regulariser λΩ(θ); O5"
# ## The regulariser
#
# Weights that grow without bound fit the training data by steep, nervous functions. An **L2
# regulariser** makes large weights cost something. Goodfellow's Algorithm 6.4 on D1's slides writes
# the objective as $J = \text{loss} + \lambda\,\Omega(\theta)$; here
#
# $$\Omega(\theta) = \tfrac12 \sum_l \sum_{jk} \big(w^{(l)}_{jk}\big)^2 .$$
#
# The sum runs over **every weight of every layer** and over **no bias**: a bias only shifts a unit
# and does not make the function steeper.
#
# In the graph, $\Omega$ is one more node, joined to the loss by a plus. The gradient of a sum is
# the sum of gradients: whatever the data says about a weight, the regulariser *adds* its own.
#
# **A worked example**, one weight $w = -4$ and one bias $b = 5$, $\lambda = 0.5$. The data's
# gradients are $1$ and $1$. The penalty is $\frac{0.5}{2}\cdot 16 = 4$. Its slope along $w$, measured:


# %%
def penalty_example(w):
    return 0.5 / 2 * w**2


measured = finite_difference(penalty_example)(-4.0)
print(f"slope of the penalty at w = −4: {measured:.6f}")
print(f"whole gradient for w: {1 + measured:.6f}, and for b it stays 1: the penalty has no b in it")

# %% [markdown]
# With learning rate $0.1$ one step leads from $w = -4$ to $-4 - 0.1\cdot(-1) = -3.9$: the data
# would have pushed $w$ down to $-4.1$; the regulariser pulls it towards zero more strongly.

# %% [markdown]
# ### Exercise: `l2.gradient`
#
# Parameters come in a dict, as they will in every training loop from now on: weights under names
# that begin with `W`, biases under names that begin with `b`. The number of layers should not
# matter to your code.


# %% solution="l2.gradient"
def l2_gradient(parameters, gradients, lam):
    """Computes the L2 penalty and adds its gradient to the data's.

    Args:
        parameters: a dict of arrays: weights "W1", "W2", … of shape (inputs, units), biases
            "b1", "b2", … of shape (units,).
        gradients: a dict with the same names and shapes: the gradient of the loss alone.
        lam: λ, a float, 0 or more.

    Returns:
        A dict with two entries:
        "penalty": λΩ(θ), a float: (λ/2) times the sum of squares of all weights, no biases;
        "gradients": a dict with the names of the parameters: the gradient of loss + penalty.
        The dicts that were given stay as they are, with all that they hold.

    Example:
        l2_gradient({"W1": np.array([[3.0]]), "b1": np.array([9.0])},
                    {"W1": np.array([[0.0]]), "b1": np.array([2.0])}, 1.0)
        has the penalty 4.5, and its gradient for "b1" is [2.0].
    """
    ### BEGIN SOLUTION
    penalty = 0.0
    total = {}
    for name, value in parameters.items():
        if name.startswith("W"):
            penalty += lam / 2 * np.sum(value**2)
            total[name] = gradients[name] + lam * value
        else:
            total[name] = gradients[name] + 0.0
    return {"penalty": penalty, "gradients": total}
    ### END SOLUTION


# %% check="l2.gradient"
check("l2.gradient", l2_gradient)

# %% [markdown]
# **Stuck?** The button below a check opens one hint, and so does this line; the next one comes after
# a changed attempt and another check.

# %% tags=["explore"]
# Stuck? Take away the # in front of the next line, and run this cell.
# hint("l2.gradient")

# %% [markdown]
# **What to notice.** Three questions test any regulariser, and the check asks all of them. With
# $\lambda = 0$: is it as if it were not there? With the data's gradient $0$: do weights shrink
# towards zero and biases stay? And does doubling $\lambda$ double its share and nothing else?

# %% [markdown] covers="D0:SGD for a network; D1:gradient descent; O5"
# ## Stochastic gradient descent
#
# D1's network for XOR has one hidden layer, and this unit keeps its names: weights $W$ and biases
# $c$ into the hidden units, weights $w$ and bias $b$ into the single output. With the $N$ examples
# of a batch as rows,
#
# $$h = \tanh(x W + c), \qquad p = h w + b, \qquad
# L = \frac1N\sum_i (p_i - y_i)^2 .$$
#
# Gradient descent takes all data for each step. *Stochastic* gradient descent takes a handful of
# examples, a **mini-batch**, whose gradient points roughly the same way and costs far less. One
# sweep through all batches is an **epoch**. Per batch:
#
# 1. **forward** at the *present* parameters, on *this* batch;
# 2. **backward**, with the same parameters, starting from *fresh* gradients;
# 3. **step**: all parameters at once, $\theta \leftarrow \theta - \eta\,\nabla J$, where $\nabla J$ is
#    the gradient of $L$, and for a weight (not for a bias) $\lambda$ times the weight on top.
#
# Each word in italics is a bug that people really write. One of them, on two numbers $u = v = 1$
# and $f = uv$ with $\eta = 0.5$:

# %%
u, v = 1.0, 1.0
du, dv = v, u
print("all at once:       ", (u - 0.5 * du, v - 0.5 * dv))
u = u - 0.5 * v  # u has moved …
v = v - 0.5 * u  # … and v follows a slope at a point that is neither old nor new
print("one after the other:", (u, v))

# %% [markdown]
# The second point is no step along the gradient of any point. Nothing crashes, the loss may even
# fall. It is merely a different algorithm from the one you meant.

# %% [markdown]
# ### Exercise: `sgd.epoch`
#
# The data arrives already cut into batches: `x[t]` and `y[t]` are batch number `t`. The regulariser
# acts on the two weights, the matrix `W` *and* the vector `w`; `c` and `b` are biases. You need the
# backward pass of this network; derive it on paper as in Unit 07, shape by shape. Hand back the
# data's loss of each batch, taken just before its step and without the penalty.


# %% solution="sgd.epoch"
def sgd_epoch(x, y, W, c, w, b, learning_rate, lam):
    """Takes one step of SGD with L2 for each batch, one after another.

    Args:
        x: inputs, shape (T, N, D): T batches of N examples.
        y: targets, shape (T, N).
        W: weights into the hidden units, shape (D, H).
        c: their biases, shape (H,).
        w: weights into the output, shape (H,).
        b: its bias, a float.
        learning_rate: η, a float.
        lam: λ, a float; the penalty is (λ/2)(ΣW² + Σw²).

    Returns:
        A dict with "losses", shape (T,), the mean squared error of each batch before its step;
        and "W", "c", "w", "b", the parameters after the last step, shaped as they came in.

    Example:
        With learning_rate 0.0 all parameters come back as they were.
    """
    ### BEGIN SOLUTION
    losses = []
    for inputs, targets in zip(x, y, strict=True):
        h = np.tanh(inputs @ W + c)  # (N, H)
        p = h @ w + b  # (N,)
        losses.append(np.mean((p - targets) ** 2))
        dp = 2 * (p - targets) / len(targets)  # (N,)
        dw = h.T @ dp + lam * w  # (H,)
        db = np.sum(dp)
        dz = np.outer(dp, w) * (1 - h**2)  # (N, H)
        dW = inputs.T @ dz + lam * W  # (D, H)
        dc = dz.sum(axis=0)  # (H,)
        W = W - learning_rate * dW
        c = c - learning_rate * dc
        w = w - learning_rate * dw
        b = b - learning_rate * db
    return {"losses": np.array(losses), "W": W, "c": c, "w": w, "b": b}
    ### END SOLUTION


# %% check="sgd.epoch"
check("sgd.epoch", sgd_epoch)

# %% [markdown]
# **What to notice.** The rate decides. The next cell runs your epoch on the same 60 small batches
# with four learning rates and prints the mean loss of the first and of the last ten.

# %% tags=["explore"]
rng = np.random.default_rng(8)
batches_x = rng.normal(size=(60, 5, 2))
batches_y = np.sin(2 * batches_x[:, :, 0])
start = (rng.normal(size=(2, 8)), np.zeros(8), rng.normal(size=8), 0.0)
for rate in (0.001, 0.03, 0.1, 1.0):
    with np.errstate(all="ignore"):
        mine = attempt(sgd_epoch, batches_x, batches_y, *start, rate, 0.0, shapes={"losses": (60,)})
    if mine is None:
        break
    first, last = np.mean(mine["losses"][:10]), np.mean(mine["losses"][-10:])
    print(f"rate {rate:<6} first ten {first:8.3g}   last ten {last:8.3g}")

# %% [markdown]
# Too small a rate hardly moves; too large a one throws the parameters about, and the loss grows.

# %% [markdown] covers="D1:XOR with MSE; O4; O6"
# ## XOR from scratch
#
# ### Exercise: `xor.train`
#
# Now answer the opening question. From the parameters that you are given, train D1's network on
# XOR's four examples, all four in every step, without regulariser, until the mean squared error is
# below $0.001$ (or 10 000 steps have passed). Use your *own* backward pass.
#
# The check draws several random starts, with different numbers of hidden units. It compares your
# first five losses with those of gradient descent, and it runs the network with your final
# parameters: their mean squared error must be below $0.001$, or what 10 000 steps lead to. It also
# looks at where these parameters come from, since they should be trained: right losses lead down one
# path from the start that you were given. One of the starts is almost trained already; it, too, needs
# more than five steps. Learning rates differ, and your function is called once more with half of
# each, from the same start.
#
# (You may call your `sgd_epoch` if its check is all right; or write the loop anew. Whether the last
# loss, the one that is small enough, stands among your `"losses"` is up to you.)


# %% solution="xor.train"
def xor_train(x, y, W, c, w, b, learning_rate):
    """Trains D1's network on XOR by gradient descent on the mean squared error.

    Args:
        x: the four inputs, shape (4, 2).
        y: their targets, shape (4,).
        W: weights into the hidden units, shape (2, H).
        c: their biases, shape (H,).
        w: weights into the output, shape (H,).
        b: its bias, a float.
        learning_rate: η, a float.

    Returns:
        A dict with "losses", an array of shape (n,) with the loss before each step,
        the first one at the parameters that were given; and "W", "c", "w", "b", the parameters
        at the end, in their shapes.

    Example:
        If all parameters were 0 the outputs would be 0 and the first loss 0.5.
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(10_000):
        h = np.tanh(x @ W + c)
        p = h @ w + b
        losses.append(np.mean((p - y) ** 2))
        if losses[-1] < 1e-3:
            break
        dp = 2 * (p - y) / len(y)
        dz = np.outer(dp, w) * (1 - h**2)
        dW, dc, dw, db = x.T @ dz, dz.sum(axis=0), h.T @ dp, np.sum(dp)
        W, c = W - learning_rate * dW, c - learning_rate * dc
        w, b = w - learning_rate * dw, b - learning_rate * db
    return {"losses": np.array(losses), "W": W, "c": c, "w": w, "b": b}
    ### END SOLUTION


# %% check="xor.train"
check("xor.train", xor_train)

# %% tags=["explore"]
points, targets = datasets.xor()
for seed in range(5):
    rng = np.random.default_rng(seed)
    start = (rng.normal(size=(2, 6)), rng.normal(size=6), rng.normal(size=6), float(rng.normal()))
    shapes = {"losses": (None,), "W": (2, 6), "c": (6,), "w": (6,), "b": ()}
    mine = attempt(xor_train, points, targets[:, 0], *start, 0.1, shapes=shapes)
    if mine is None:
        break
    outputs = np.tanh(points @ mine["W"] + mine["c"]) @ mine["w"] + mine["b"]
    print(f"start {seed}: {len(mine['losses']):5d} steps, outputs {np.round(outputs, 2)}")

# %% [markdown]
# **What to notice.** Different starts need very different numbers of steps, and arrive at different
# parameters. The risk has many minima, and D1 is right to say that initialisation matters. With
# only two or three hidden units some starts never arrive: try it, by changing the 6.

# %% [markdown] covers="D2:decision boundaries for 0, 1, 2 hidden layers"
# ## What layers are good for
#
# A unit with a threshold cuts the plane in two by a straight line. So a network **without hidden
# layer** can only say on which side of *one* line a point lies. With **one hidden layer**, the
# output weighs several lines against each other: three lines can enclose a triangle, a convex
# region. With **two hidden layers**, the second can combine several such regions. This is how D2
# tells it. (One hidden layer with *enough* units can imitate the last case too; depth makes it
# cheaper.)
#
# We train the library's network on three sets of points, with 0, 1 and 2 hidden layers each, and
# look at where the output crosses one half.

# %% tags=["explore"]
sets = {
    "two clouds": datasets.blobs(120, centres=[[-1.2, -1.0], [1.2, 1.0]], spread=0.5, seed=1),
    "a ring around a cloud": datasets.rings(160, radii=(0.5, 1.7), noise=0.15, seed=1),
    "two moons": datasets.moons(160, noise=0.1, seed=1),
}
sizes = {"0 hidden layers": [2, 1], "1 hidden layer": [2, 6, 1], "2 hidden layers": [2, 8, 8, 1]}
grid = np.linspace(-2.6, 2.6, 81)
plane = np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)
figure, panels = plt.subplots(3, 3, figsize=(9, 8.4), sharex=True, sharey=True)
accuracies = {}
for row, (cloud, (inputs, labels)) in zip(panels, sets.items(), strict=True):
    labels = np.reshape(labels, (-1, 1)).astype(float)
    for panel, (depth, layers) in zip(row, sizes.items(), strict=True):
        network = MLP(layers, "tanh", "sigmoid", course_bp.binary_cross_entropy, seed=2)
        network.parameters = fit(
            network.cost, network.parameters, inputs, labels, SGD(0.8), 500
        ).parameters
        accuracies[cloud, depth] = network.accuracy(inputs, labels)
        heights = network(plane).reshape(81, 81)
        panel.contourf(grid, grid, heights, levels=[0, 0.5, 1], colors=["#d9e4f2", "#f7e3cc"])
        for value, marker in ((0.0, "o"), (1.0, "^")):
            chosen = labels[:, 0] == value
            panel.scatter(
                *inputs[chosen].T, s=8, marker=marker, color="0.2" if value else "tab:blue"
            )
        panel.set_title(f"{depth}: {accuracies[cloud, depth]:.0%}", fontsize=10)
picture(
    figure,
    "Nine panels: rows are two clouds, a ring around a cloud and two moons; columns are networks "
    "with 0, 1 and 2 hidden layers. Without hidden layer every boundary is a straight line; with "
    "one it closes around the inner cloud; with two it winds between the moons.",
)

# %% tags=["explore"]
for (cloud, depth), share in accuracies.items():
    print(f"{cloud:<22} {depth:<16} {share:.0%} of the points on the right side")

# %% [markdown]
# *The picture in words:* in the left column every boundary is a straight line. It separates the two
# clouds, cuts through the ring, and misses the tips of the moons. With one hidden layer the
# boundary closes around the inner cloud; with two it can wind between the moons.

# %% [markdown]
# **Play with it.** Train a network on XOR, moons or rings: play, step, take a layer away, set a
# weight by hand and train on. Can a network without hidden layer learn XOR? How few units are
# enough for the rings?

# %% tags=["explore"]
from course_bp import explore

explore.playground("XOR", hidden="3")

# %% [markdown] covers="D0:recipe for machine learning, ERM, SGD; O6"
# ## Real handwriting
#
# The library brings 1797 real digits by 13 writers, $8 \times 8$ pixels each (E. Alpaydin and
# C. Kaynak, UCI Machine Learning Repository, CC BY 4.0).

# %% tags=["explore"]
images, numbers = datasets.digits()
figure, panels = plt.subplots(1, 10, figsize=(9, 1.2))
for panel, image, number in zip(panels, images, numbers, strict=False):
    panel.imshow(image.reshape(8, 8), cmap="gray_r")
    panel.set_title(str(number), fontsize=9)
    panel.axis("off")
picture(figure, "The first ten images of the set: the digits 0 to 9 in coarse grey pixels.")

# %% [markdown]
# *The picture in words:* the first ten images are the digits 0 to 9, in order.
#
# The network: $h = \tanh(x W_1 + b_1)$, $z = h W_2 + b_2$, and $p = \mathrm{softmax}(z)$ in each
# row. The loss of an example is $-\log p[\text{its class}]$, and the empirical risk is its mean:
#
# $$R(\theta) = -\frac1N \sum_{i=1}^N \log p_i[y_i] .$$
#
# Minimising it on the training data is a means. The end is to read digits that the network has
# **never seen**, and this is what gets measured: always on examples set aside beforehand.
#
# ### Exercise: `erm.digits`
#
# The check hands you a part of the digits and a random start, and keeps the rest to itself. Return
# the risk and its gradients **at the start**, on all the examples that you were given, and then the
# trained parameters, under `"trained"`. How you train is up to you: all examples at once or
# batches, any learning rate, with or without regulariser; the risk to return has none. Your network
# must read **at least 93 %** of the digits it has not seen, if it has twenty hidden units or more and
# its start has entries of about $0.2$. With a few digits only, or of some classes only, it need not
# read well. A few seconds of training are plenty; a rate near $0.5$ is a good
# first try, with batches of some thirty examples for a dozen epochs or with all at once for some
# hundred steps.


# %% solution="erm.digits"
def erm_digits(x, y, W1, b1, W2, b2):
    """Computes the empirical risk with its gradients, and trains a network on it.

    Args:
        x: images, shape (N, 64), each pixel from 0 to 1.
        y: classes, shape (N,), whole numbers from 0 to 9.
        W1: weights into the hidden units, shape (64, H).
        b1: their biases, shape (H,).
        W2: weights into the ten outputs, shape (H, 10).
        b2: their biases, shape (10,).

    Returns:
        A dict with "risk", a float, and "dW1", "db1", "dW2", "db2", its gradients, all at the
        parameters that were given and on all N examples; and "trained", a dict with the entries
        "W1", "b1", "W2", "b2" after training.

    Example:
        If W2 and b2 were 0 every class would have probability 1/10, and the risk would be
        log 10 = 2.302585….
    """
    ### BEGIN SOLUTION

    def risk_and_gradients(x, y, W1, b1, W2, b2):
        h = np.tanh(x @ W1 + b1)
        z = h @ W2 + b2
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p = p / p.sum(axis=1, keepdims=True)
        rows = np.arange(len(y))
        risk = -np.mean(np.log(p[rows, y]))
        dz = p.copy()
        dz[rows, y] -= 1
        dz = dz / len(y)
        ds = (dz @ W2.T) * (1 - h**2)
        return risk, (x.T @ ds, ds.sum(axis=0), h.T @ dz, dz.sum(axis=0))

    theta = (W1, b1, W2, b2)
    risk, start = risk_and_gradients(x, y, *theta)
    for _epoch in range(12):
        for first in range(0, len(x), 32):
            rows = slice(first, first + 32)
            _, slopes = risk_and_gradients(x[rows], y[rows], *theta)
            theta = tuple(t - 0.5 * s for t, s in zip(theta, slopes, strict=True))
    names = ("W1", "b1", "W2", "b2")
    gradients = {f"d{name}": slope for name, slope in zip(names, start, strict=True)}
    return {"risk": risk, **gradients, "trained": dict(zip(names, theta, strict=True))}
    ### END SOLUTION


# %% check="erm.digits"
check("erm.digits", erm_digits)

# %% [markdown]
# **What to notice.** The next cell takes another split and shows which digits your network
# confuses.

# %% tags=["explore"]
known, unseen, known_labels, unseen_labels = datasets.train_test_split(images, numbers, seed=88)
rng = np.random.default_rng(88)
start = (rng.normal(0, 0.2, (64, 24)), np.zeros(24), rng.normal(0, 0.2, (24, 10)), np.zeros(10))


def unseen_scores():
    """What your trained network puts out for the digits that it has not seen."""
    theta = erm_digits(known, known_labels, *start)["trained"]
    h = np.tanh(unseen @ theta["W1"] + theta["b1"])
    return {"scores": h @ theta["W2"] + theta["b2"]}


mine = attempt(unseen_scores, shapes={"scores": (len(unseen), 10)})
if mine:
    answers = mine["scores"].argmax(axis=1)
    print(f"read correctly: {np.mean(answers == unseen_labels):.1%} of {len(unseen)} unseen digits")
    wrong = [(int(t), int(a)) for t, a in zip(unseen_labels, answers, strict=True) if t != a]
    print("misread (digit, answer):", wrong)

# %% [markdown]
# Your gradient and the library's should agree here too, on a handful of images:


# %% tags=["explore"]
def library_risk(W2):
    outputs = np.tanh(known[:50] @ start[0]) @ W2
    return course_bp.softmax_cross_entropy(outputs, known_labels[:50])


mine = attempt(erm_digits, known[:50], known_labels[:50], *start, shapes={"dW2": (24, 10)})
if mine:
    gap = np.abs(course_bp.grad(library_risk)(start[2]) - mine["dW2"]).max()
    print(f"largest difference in dW2 between your code and the library: {gap:.1e}")

# %% [markdown]
# ## Reflection
#
# Nobody grades this. Write a few sentences into the cell below.
#
# 1. A classmate's loop divides by $N$ in the loss, and not in the gradient. With which other
#    learning rate is it the same algorithm? What changes when the batch size does?
# 2. Why should the accuracy be measured on digits that were set aside *before* you tried learning
#    rates, and what goes wrong if you choose the rate by the accuracy on them?
# 3. With $\lambda$ very large, what does the trained network answer, and why do the biases matter?

# %% [markdown]
# *Your answers:*

# %% [markdown]
# ## Summary
#
# - The empirical risk is the mean loss over the data; training makes it small, and unseen data
#   judge the result.
# - One step: forward, backward with the same parameters, then all parameters at once.
# - L2 adds $\lambda w$ to the gradient of every weight and nothing to that of a bias.
# - Descent goes with a loss, ascent with a likelihood. Never mix the two.
# - 0 hidden layers cut along a line, one encloses convex regions, two combine them.

# %% [markdown]
# **How far have you come?** By unit and by objective:

# %% tags=["explore"]
from autograder.progress import progress

progress()

# %% [markdown]
# ## Further reading
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), sections 6.1 (XOR), 7.1 (L2)
#   and 8.1 (batches).
# - L. Bottou, F. E. Curtis, J. Nocedal, "Optimization methods for large-scale machine learning",
#   *SIAM Review* 60 (2018).
# - X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural
#   networks", *AISTATS* (2010): where to start.
