# %% [markdown] covers="O1; O2; O8"
# # Unit 04: Your own autograd engine
#
# **You will be able to**
#
# - let a program write down its own computation graph while it computes (objective O1);
# - carry out backpropagation on an arbitrary graph, in any order of operands, as often as you like
#   (objective O2);
# - say what keeps the pass efficient on deep and heavily shared graphs (objective O8).
#
# **Time:** about three hours. **You need:** Unit 02 (computation graphs, upstream × local), Python
# classes with operators (`__add__` and friends), a little NumPy broadcasting.
#
# **From the lectures:** D0, the deck of CMU 10-601, lecture 13 of 2018 (reverse mode); D2, its predecessor
# brother of 2016 (the algorithm on nodes and on tensors); D1, "So you think you know
# backpropagation?" (memory, the Wengert list); D4, Syracuse MAE 688, lecture 3 (upstream × local,
# recursion).

# %% locked="imports"
import math

import numpy as np

from autograder.check import check, hint
from course_bp import Node, grad
from course_bp.finite_differences import finite_difference
from course_bp.notebook import attempt


class Record:
    """A value and the record of how it was computed: one node of a graph.

    Args:
        value: a float (in the last exercise also an array).
        parents: the nodes that it was computed from; empty for an input.
        local: its derivative with respect to each parent, in the order of the parents.
    """

    def __init__(self, value, parents=(), local=()):
        self.value = value
        self.parents = parents
        self.local = local
        self.grad = 0.0

    def as_node(self, other):
        """`other` itself if it is a node, and a new input node for a plain number."""
        return other if isinstance(other, Record) else type(self)(float(other))


# %% [markdown]
# ## A question to begin with
#
# In Unit 02 you drew a graph on paper, numbered its nodes, and wrote a backward pass that fitted
# this one graph. Now somebody hands you
#
# ```python
# def mystery(a, b):
#     c = a + b
#     for _ in range(3):
#         c = c * (a + c) if c.value < 2 else c + a * b
#     return c
# ```
#
# and wants $\partial c/\partial a$. There is no formula to draw: which operations happen depends on
# the numbers. Who draws the graph?
#
# **The program does.** Each operation, when it happens, leaves a note: *I made this value, from
# those two, and this is how strongly it reacts to each.* Afterwards the notes are the graph, and
# one backward pass serves every program. This is what is inside PyTorch, JAX and the library of
# this course, and you will write it in about sixty lines.

# %% [markdown] covers="D1:memory O(V), Wengert list; D0:the reverse-mode algorithm"
# ## The idea in plain words
#
# A node holds four things:
#
# | attribute | what it is | filled in |
# |---|---|---|
# | `value` | the number | on the way forward |
# | `parents` | the nodes it was computed from | on the way forward |
# | `local` | its derivative with respect to each parent | on the way forward |
# | `grad` | the derivative of the result by this node | on the way back |
#
# The class `Record` above has these four and nothing else. What is missing is the two halves of the
# work:
#
# - **operations** that compute a value *and* leave a record;
# - a **backward pass** that reads the records.
#
# The list of all records, in the order in which they were made, is called a *Wengert list* (deck
# D1) or a *tape*. It is why reverse mode needs memory in proportion to the number of operations,
# $O(V)$: nothing can be thrown away before the pass has come back to it.

# %% [markdown]
# ## A worked example: two operations that record themselves
#
# The sine has one parent, and its local derivative is the cosine. The hypotenuse
# $h = \sqrt{a^2 + b^2}$ has two, with local derivatives $a/h$ and $b/h$:


# %%
class Worked(Record):
    def sin(self):
        return type(self)(math.sin(self.value), (self,), (math.cos(self.value),))

    def hypotenuse(self, other):
        other = self.as_node(other)
        h = math.sqrt(self.value**2 + other.value**2)
        return type(self)(h, (self, other), (self.value / h, other.value / h))


a, b = Worked(3.0), Worked(4.0)
h = a.hypotenuse(b)
print("value:", h.value, "  local:", h.local, "  first parent is a:", h.parents[0] is a)

# %% [markdown]
# Three things to copy from it:
#
# - `local` has one number for each parent, **in the same order**, and it is worked out from
#   *values*, right now, while they are at hand. Both are tuples, also with a single entry; there the
#   comma makes the tuple: `(self,)`.
# - The result is made by `type(self)(…)`, the class of the operand, and not by its name. A class that
#   inherits these operations then makes nodes of its own kind. At the end of this unit the engine is
#   put together in this way, and nodes made by name would be without its backward pass.
# - `as_node` turns a plain number into a node, so `a.hypotenuse(5.0)` works as well.

# %% [markdown]
# ## Operations
#
# Python calls `a.__add__(b)` for `a + b`. If the left operand is a plain number, as in `5.0 - a`,
# Python finds that a float cannot subtract a node, and calls `a.__rsub__(5.0)` instead: the *r* is
# for *reflected*. Sums and products do not mind which side is which. Differences and quotients do.
#
# ### Exercise: `engine.local`
#
# Fill in the operations. You may build some from others: a difference, say, is a sum with a
# negative. The record is then one node longer and just as right; the check multiplies along your
# recorded arrows and adds over them.


# %% solution="engine.local"
class EngineLocal(Record):
    """Nodes with the operations +, −, ·, /, powers and exp; plain numbers may stand on either side.

    Every operation returns a new node `type(self)(value, parents, local)`: a float, a tuple of
    nodes, and a tuple of as many floats.

    Example:
        For a = EngineLocal(3.0) and b = EngineLocal(4.0), the node a + b has value 7.0,
        parents (a, b) and local (1.0, 1.0), and -a has value -3.0, parents (a,) and local (-1.0,).
    """

    def __add__(self, other):
        """self + other, for a node or a number."""
        ### BEGIN SOLUTION
        other = self.as_node(other)
        return type(self)(self.value + other.value, (self, other), (1.0, 1.0))
        ### END SOLUTION

    def __neg__(self):
        """-self."""
        ### BEGIN SOLUTION
        return type(self)(-self.value, (self,), (-1.0,))
        ### END SOLUTION

    def __sub__(self, other):
        """self - other, for a node or a number."""
        ### BEGIN SOLUTION
        return self + -self.as_node(other)
        ### END SOLUTION

    def __mul__(self, other):
        """self * other, for a node or a number."""
        ### BEGIN SOLUTION
        other = self.as_node(other)
        return type(self)(self.value * other.value, (self, other), (other.value, self.value))
        ### END SOLUTION

    def __truediv__(self, other):
        """self / other, for a node or a number."""
        ### BEGIN SOLUTION
        other = self.as_node(other)
        local = (1 / other.value, -self.value / other.value**2)
        return type(self)(self.value / other.value, (self, other), local)
        ### END SOLUTION

    def __pow__(self, n):
        """self ** n for a plain number n (a float or an int, not a node)."""
        ### BEGIN SOLUTION
        return type(self)(self.value**n, (self,), (n * self.value ** (n - 1),))
        ### END SOLUTION

    def exp(self):
        """The exponential of self."""
        ### BEGIN SOLUTION
        value = math.exp(self.value)
        return type(self)(value, (self,), (value,))
        ### END SOLUTION

    def __radd__(self, number):
        """number + self."""
        ### BEGIN SOLUTION
        return self + number
        ### END SOLUTION

    def __rsub__(self, number):
        """number - self."""
        ### BEGIN SOLUTION
        return self.as_node(number) - self
        ### END SOLUTION

    def __rmul__(self, number):
        """number * self."""
        ### BEGIN SOLUTION
        return self * number
        ### END SOLUTION

    def __rtruediv__(self, number):
        """number / self."""
        ### BEGIN SOLUTION
        return self.as_node(number) / self
        ### END SOLUTION


# %% check="engine.local"
check("engine.local", EngineLocal)

# %% [markdown]
# **Stuck?** Every exercise has hints: a nudge, then a pointer, then a worked idea. They open one
# at a time, and the next one comes after you have changed your attempt and run the check again. The
# button below a check gives them, and so does the line below.

# %% tags=["explore"]
# Stuck? Take away the # in front of the next line, and run this cell.
# hint("engine.local")

# %% [markdown]
# **What to notice.** Nothing here knows about graphs, order or gradients. Each operation looks at
# its own operands and writes its own note. The graph of a whole program comes about by itself:


# %% tags=["explore"]
def mystery(a, b):
    c = a + b
    for _ in range(3):
        c = c * (a + c) if c.value < 2 else c + a * b
    return c


def outline(node, depth=0):
    """Prints a node and, indented, what it was computed from."""
    print("    " * depth + f"{node.value:.4g}" + ("" if node.parents else "   (an input)"))
    for parent in node.parents if depth < 3 else ():
        outline(parent, depth + 1)


attempt(lambda: outline(mystery(EngineLocal(0.5), EngineLocal(0.4))))

# %% [markdown] covers="D2:the algorithm on nodes and on tensors; D0:the reverse-mode algorithm"
# ## The backward pass
#
# The notes are there; now read them. In the words of deck D0:
#
# 1. List the nodes in **topological order**: each after all its parents.
# 2. Set the derivative of the result by itself to $1$ (the *seed*) and all others to $0$.
# 3. Visit the nodes in the **reverse** order. A visited node adds to each parent its own `grad`
#    times the local derivative for this parent.
#
# ### By hand
#
# Take $g = x^2$ and $y = g \cdot g^2$ at $x = 1.5$, written as $g = x\cdot x$, $h = g\cdot g$,
# $y = g \cdot h$. The values are $g = 2.25$, $h = 5.0625$, $y = 11.390625$.
#
# | visit | its `grad` | increments |
# |---|---|---|
# | $y$ | $1$ | $g$ gets $h = 5.0625$; $h$ gets $g = 2.25$ |
# | $h$ | $2.25$ | $g$ gets $2.25\cdot 2.25 = 5.0625$, twice |
# | $g$ | $15.1875$ | $x$ gets $15.1875\cdot 1.5 = 22.78125$, twice |
# | $x$ | $45.5625$ | |
#
# Indeed $y = x^6$, and $6x^5 = 45.5625$. Look at $g$: it has **three** incoming increments, and two
# of them are there only after $h$ was visited. Visit $g$ before $h$, and two thirds are lost.

# %% [markdown] covers="erratum 9"
# ### A correction: the seed
#
# | on the slide (D2) | correct (as in D0) |
# |---|---|
# | "Initialize all partial derivatives to 0", and begin | all to $0$, **then the result's own to $1$** |
#
# Every increment carries the factor that arrived from above. The proof, with the library's engine:

# %%
x = Node(1.5)
for seed in (0.0, 1.0):
    x.grad = None
    (x * x * x).backward(seed)
    print(f"seed {seed}: d(x³)/dx = {x.grad}")

# %% [markdown]
# ### Exercise: `engine.backward`
#
# Write the method. Its class inherits from `Record`, so that it stands on its own: the check makes
# nodes with value, parents and local derivatives itself, and a slip in your operations above does
# no harm here.
#
# "A second call" means: calling `backward` again, from the same node or from another one, gives that
# node's derivatives, and nothing is left over from the call before. Nodes that it was not computed
# from keep what they have. (PyTorch's and the library's
# engines add to what stands in the inputs' `grad`, and leave the cleaning to you. D0's algorithm,
# and yours, starts with zeros.)


# %% solution="engine.backward"
class EngineBackward(Record):
    """Nodes with a backward pass."""

    def backward(self):
        """Leaves d(self)/d(node) in the `grad` of self and of every node it was computed from.

        Each node has `parents` (a tuple of nodes, which may hold the same node twice) and `local`
        (a tuple of floats, one for each parent). All grads are floats. Calling the method again
        gives the same grads again.

        Returns:
            None.

        Example:
            For a = EngineBackward(3.0), y = EngineBackward(6.0, (a, a), (1.0, 1.0)), which is
            the record of y = a + a, the call y.backward() sets y.grad to 1.0 and a.grad to 2.0.
        """
        ### BEGIN SOLUTION
        order, visited = [], set()

        def visit(node):
            if node not in visited:
                visited.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local, strict=True):
                parent.grad += node.grad * local
        ### END SOLUTION


# %% check="engine.backward"
check("engine.backward", EngineBackward)

# %% tags=["explore"]
# Stuck? Take away the # in front of the next line, and run this cell.
# hint("engine.backward")

# %% [markdown] covers="O2"
# **What to notice: orders leave fingerprints.** Here is what some plausible ways of walking through
# the graph give. If yours went wrong, find your numbers:
#
# | way of walking | $(a+b)+ab+(a+b)\,ab$ at $(2,3)$: by $a$, by $b$ | $g\cdot g^2$, $x = 1.5$ | $g^2\cdot g$ | $a\cdot a$, $a = 3$ |
# |---|---|---|---|---|
# | right | 25, 19 | 45.5625 | 45.5625 | 6 |
# | right order (left operand searched first), increments overwrite | 1, 1 | 7.59375 | 7.59375 | 3 |
# | depth first, sending on at the first visit | 4, 3 | 15.1875 | 45.5625 | 6 |
# | level by level (breadth first) | 25, 19 | 15.1875 | 45.5625 | 6 |
# | depth first, without remembering what was visited | 29, 22 | 106.3125 | 136.6875 | 6 |
# | in the order of the forward pass | 0, 0 | 0 | 0 | 6 |
# | no seed | 0, 0 | 0 | 0 | 0 |
#
# Every one of them gets something right. The plain $a\cdot a$ is passed by four wrong orders;
# $g^2\cdot g$ hides what $g\cdot g^2$ shows; and level by level even passes the first, busy-looking
# formula. A test of an engine needs shared *inner* nodes, with the operands in *both* orders.

# %% [markdown] covers="D4:recursion and Fibonacci"
# ## Ten thousand operations
#
# A loop of ten thousand steps makes a graph ten thousand nodes deep, and so does a network unrolled
# over a long text. A method that calls itself for each parent goes equally deep, and Python stops it
# after about a thousand calls inside each other:


# %%
def depth_reached(n):
    return n if n == 0 else 1 + depth_reached(n - 1)


print("500 calls inside each other:", depth_reached(500))
try:
    print("10 000 calls inside each other:", depth_reached(10_000))
except RecursionError as error:
    print("10 000 calls inside each other:", type(error).__name__)

# %% [markdown]
# The remedy is old: **keep the list of what still waits yourself.** Python's own list of open calls
# is just such a list, with a limit.
#
# There is a second trap. Deck D4 shows it on the Fibonacci numbers, $F_n = F_{n-1} + F_{n-2}$:
# written as a recursion, the same values are computed over and over, and the calls grow
# exponentially. A graph in which every level is used twice has $2^n$ paths after $n$ levels. One
# visit a *node* is cheap, one visit a *path* never ends:

# %%
for levels in (10, 20, 40, 200):
    print(f"{levels:4} levels: {3 * levels:4} operations, {2.0**levels:.3g} paths")

# %% [markdown]
# ### A worked example without recursion
#
# How many steps is a node away from the farthest input? By recursion this is
# `1 + max(depth of the parents)`. Without it, one can work with a list of nodes that wait and a dict
# of answers. A node whose parents are not all answered puts them on the list and waits beneath them:


# %%
def depth_of(result):
    depth, waiting = {}, [result]
    while waiting:
        node = waiting[-1]
        missing = [parent for parent in node.parents if parent not in depth]
        if missing:
            waiting += missing
        else:
            depth[node] = 1 + max((depth[parent] for parent in node.parents), default=-1)
            waiting.pop()
    return depth[result]


chain = Record(1.0)
for _ in range(50_000):
    chain = Record(chain.value, (chain,), (1.0,))
print("depth of a chain:", depth_of(chain))

# %% [markdown]
# **Before you copy this.** A node can wait twice in this list. For $y = g \cdot g^2$ with $g = x^2$,
# $y$ puts $g$ on the list and $g^2$ puts it there again above. Here that does no harm: the second
# answer replaces the first, and it is the same number. A backward pass **adds**. A node that stands
# twice in your order sends twice, and everything below it comes out too large. So ask, when a node is
# taken off the list, whether it has been dealt with already.

# %% [markdown]
# ### Exercise: `engine.deep`
#
# Write the pass again so that it needs no recursion and visits each node a fixed number of times.
# Raising Python's recursion limit does not help: the next graph may be deeper. (If your answer to
# the last exercise does this already, copy it.) The check builds chains of ten thousand operations,
# ladders in which every level is used twice, and chains of the Fibonacci kind, where every level is
# used by the next two.


# %% solution="engine.deep"
class EngineDeep(Record):
    """Nodes with a backward pass for graphs of any depth."""

    def backward(self):
        """Leaves d(self)/d(node) in the `grad` of self and of every node it was computed from.

        As in `engine.backward`, without recursion.

        Returns:
            None.

        Example:
            A chain of 10 000 nodes, each with its predecessor as only parent and local (1.0,),
            has grad 1.0 at every node.
        """
        ### BEGIN SOLUTION
        users, waiting = {self: 0}, [self]
        while waiting:  # count how many arrows lead away from each node
            for parent in waiting.pop().parents:
                if parent not in users:
                    users[parent] = 0
                    waiting.append(parent)
                users[parent] += 1
        for node in users:
            node.grad = 0.0
        self.grad = 1.0
        ready = [self]
        while ready:  # a node is ready when all its users have sent
            node = ready.pop()
            for parent, local in zip(node.parents, node.local, strict=True):
                parent.grad += node.grad * local
                users[parent] -= 1
                if users[parent] == 0:
                    ready.append(parent)
        ### END SOLUTION


# %% check="engine.deep"
check("engine.deep", EngineDeep)

# %% [markdown]
# ## Your engine, put together
#
# Operations from one class, the backward pass from the other. This is all it takes, and the two
# functions that Quiz 1 of deck D0 still needs follow the pattern of the worked example. The next
# cell runs the quiz, and the mystery of the opening question, on *your* engine and on the library's.


# %% tags=["explore"]
class Value(EngineLocal, EngineDeep):
    """Your engine."""

    def log(self):
        return type(self)(math.log(self.value), (self,), (1 / self.value,))

    def sin(self):
        return type(self)(math.sin(self.value), (self,), (math.cos(self.value),))


def quiz1_on_your_engine(at_x, at_z):
    x, z = Value(at_x), Value(at_z)
    y = (x * z).exp() + x * z / x.log() + x.log().sin() / (x * z).exp()
    y.backward()
    return x.grad, z.grad


def mystery_on_your_engine(at_a, at_b):
    a, b = Value(at_a), Value(at_b)
    mystery(a, b).backward()
    return a.grad, b.grad


def quiz1(x, z):
    return np.exp(x * z) + x * z / np.log(x) + np.sin(np.log(x)) / np.exp(x * z)


yours = attempt(lambda: quiz1_on_your_engine(2.0, 3.0))
if yours:
    measured = finite_difference(quiz1, argnums=(0, 1))(2.0, 3.0)
    print(f"Quiz 1, dy/dx: yours {yours[0]:.10f}, measured {measured[0]:.6f}")
    print(f"Quiz 1, dy/dz: yours {yours[1]:.10f}, measured {measured[1]:.6f}")
yours = attempt(lambda: mystery_on_your_engine(0.5, 0.4))
if yours:
    library = grad(mystery, argnums=(0, 1))(0.5, 0.4)
    print(f"mystery:       yours {yours[0]:.10f}, {yours[1]:.10f}")
    print(f"           library's {library[0]:.10f}, {library[1]:.10f}")

# %% [markdown]
# **Your own graph, step by step.** The next cell runs the mystery of the opening question on *your*
# class, and steps through the graph that *your* operations recorded, with the local derivatives
# that *you* wrote. Change $a$ until the program takes the other branch. (Should an operation have a
# wrong derivative, "measured" says so.)

# %% tags=["explore"]
from course_bp import explore

attempt(lambda: explore.step(mystery, 0.5, 0.4, engine=Value, title="The mystery on your engine"))

# %% [markdown] covers="D2:the algorithm on nodes and on tensors"
# ## From numbers to arrays
#
# Deck D2 ends with the same algorithm, "where each node represents a tensor". The records stay as
# they are. Values become arrays, a product is taken entry by entry, and `grad` gets the shape of
# `value`. One thing is new: **broadcasting**.
#
# When a bias $b$ of shape $(K,)$ is added to a matrix of shape $(N, K)$, NumPy quietly copies it to
# all $N$ rows. A copy is a fan-out. Each entry of $b$ reaches the result by $N$ routes, and their
# contributions **add**:
#
# | forward | backward |
# |---|---|
# | an axis was put in front: $(K,) \to (N, K)$ | sum over that axis |
# | an axis of length 1 was stretched: $(N, 1) \to (N, K)$ | sum over it, and keep it with length 1 |
# | a number was spread: $() \to (N, K)$ | sum over everything |
#
# In one sentence: *copied forward means summed back*. Here is a measurement with three copies:

# %%
bias = np.array([0.1, 0.2])
rows = np.zeros((3, 2))
measured = finite_difference(lambda b: float(((rows + b) * [[1, 10], [2, 20], [3, 30]]).sum()))(
    bias
)
print("by b:", measured.round(6), " because 1 + 2 + 3 = 6 and 10 + 20 + 30 = 60")

# %% [markdown]
# The result of an array program need not be one number. If $y$ has many entries, somebody has to say
# how much each of them counts: the **seed** is then an array of $y$'s shape, the upstream gradient
# of the whole graph. A seed of ones means the sum of all entries.
#
# ### Exercise: `engine.broadcast`
#
# Write the pass for arrays. The operations of the check are sums and products, entry by entry, with
# broadcasting; `local[i]` has a shape that broadcasts to the node's own. Recursion is allowed here.


# %% solution="engine.broadcast"
class EngineBroadcast(Record):
    """Nodes that hold arrays, with a backward pass that sums back what was broadcast."""

    def backward(self, seed):
        """Leaves the gradient of sum(seed · self) in the `grad` of every node of the graph.

        Every call starts anew, whatever an earlier one has left.

        Args:
            seed: a float64 array of the shape of self.value; it must not be changed.

        Returns:
            None. Each node's grad has the shape of its value: an array, or a float where the
            value is one.

        Example:
            For a of shape (3,), m of shape (2, 3) and y = m + a, a node with value
            m.value + a.value, parents (m, a) and local (1.0, 1.0), the call
            y.backward(np.ones((2, 3))) gives m.grad two rows of ones, and a.grad [2., 2., 2.].
        """
        ### BEGIN SOLUTION
        order, visited = [], set()

        def visit(node):
            if node not in visited:
                visited.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        for node in order:
            node.grad = np.zeros(np.shape(node.value))
        self.grad = self.grad + seed
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local, strict=True):
                share, shape = node.grad * local, np.shape(parent.value)
                share = share.sum(axis=tuple(range(share.ndim - len(shape))))
                stretched = tuple(i for i, length in enumerate(shape) if length == 1)
                parent.grad = parent.grad + share.sum(axis=stretched, keepdims=True)
        ### END SOLUTION


# %% check="engine.broadcast"
check("engine.broadcast", EngineBroadcast)

# %% [markdown]
# **What to notice.** A bias gradient is "the errors, summed over the batch" in every network you
# will meet. Now you know that it is no rule of its own: it is the fan-out rule, with the copies
# hidden in a shape.

# %% [markdown]
# ## Reflection
#
# Answer in a few sentences of your own, in the cell below. Nobody grades this.
#
# 1. Your engine computes `local` on the way forward. It could also store the operands and compute
#    it on the way back. What would change in memory, and what in time?
# 2. Why is visiting the nodes in the reverse of the order in which they were *made* always right?
#    What would the engine have to store to use this instead of a search?
# 3. A friend's engine passes every test with one input, one output and no loop. Name two programs
#    you would try it on, and what each would reveal.

# %% [markdown]
# *Your answers:*

# %% [markdown]
# ## Summary
#
# - Operations leave records: value, parents, local derivatives. The records are the graph.
# - Backward: topological order, zeros, the seed, then one visit a node, in reverse, adding
#   upstream × local.
# - A node may send on only when every user has sent to it. Test with shared inner nodes, in both
#   orders of the operands.
# - Depth wants a list instead of recursion; sharing wants one visit a node, not one a path.
# - Copied forward means summed back.

# %% [markdown]
# **How far have you come?** By unit and by objective:

# %% tags=["explore"]
from autograder.progress import progress

progress()

# %% [markdown]
# ## Further reading
#
# - A. G. Baydin, B. A. Pearlmutter, A. A. Radul, J. M. Siskind, "Automatic differentiation in
#   machine learning: a survey", *Journal of Machine Learning Research* 18 (2018): what records and
#   tapes are called where.
# - A. Griewank, A. Walther, *Evaluating Derivatives* (2nd ed., 2008), chapters 3 and 4: the reverse
#   sweep, and what it costs in memory.
# - R. E. Wengert, "A simple automatic derivative evaluation program", *Communications of the ACM*
#   7 (1964): two pages, and the list that bears his name.
# - A. Karpathy, *micrograd*, and D. Maclaurin, M. Johnson, *autodidact*: two small engines to read
#   after you have written your own.
