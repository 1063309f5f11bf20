"""How unit 04 asks: expressions go in as data and are built with the student's own class.

An expression is a dict of "leaves" (their values), "operations" (one row of three whole numbers
each: 0 for a sum, 1 for a product or 2 for a difference, then the numbers of the two operands,
counted through leaves and earlier operations), "calls" (the nodes whose `backward` is called, one
after the other) and "inner" (whether the gradients of nodes that are not leaves are read too).

Each way of asking also takes a plain function of the inputs, and then just calls it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.inside.asking import STOPPED, UNFINISHED, CannotAsk, call_with_inputs, in_own_words


def ask_for_locals(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    """Computes one expression an operation and reads the record that it left.

    Args:
        answer: the student's class.
        inputs: floats "a", "b" (operands), "c" (a plain number), "n" (an exponent).

    Returns:
        An array a part: the value, then its derivative by each operand, multiplied along the
        recorded arrows and added over them; of a part that raises an error, the error in words.

    Raises:
        CannotAsk: if the answer is not a class, or names itself where it should name its class.
    """
    if not isinstance(answer, type):
        return call_with_inputs(answer, inputs)
    c, n = inputs["c"], inputs["n"]
    node_of = _derived(answer)

    def slope(node: Any, leaf: Any) -> float:
        if node is leaf:
            return 1.0
        pairs = _arrows(node)
        return sum((float(local) * slope(parent, leaf) for parent, local in pairs), 0.0)

    expressions: dict[str, list[Any]] = {
        "addition": [lambda a, b: a + b, lambda a, b: a + c],
        "difference": [lambda a, b: a - b, lambda a, b: -a, lambda a, b: a - c],
        "product": [lambda a, b: a * b, lambda a, b: a * c, lambda a, b: a * a],
        "quotient": [lambda a, b: a / b, lambda a, b: a / c],
        "power": [lambda a, b: a**n],
        "exponential": [lambda a, b: a.exp()],
        "reflected": [
            lambda a, b: c - a,
            lambda a, b: c / a,
            lambda a, b: c + a,
            lambda a, b: c * a,
        ],
    }
    parts: dict[str, Any] = {}
    errors: list[Exception] = []
    for name, forms in expressions.items():
        numbers: list[float] = []
        try:
            for form in forms:
                a, b = node_of(inputs["a"]), node_of(inputs["b"])
                node = form(a, b)
                if type(node) is answer:
                    raise CannotAsk(_BY_NAME)
                numbers += [float(node.value), slope(node, a), slope(node, b)]
        except CannotAsk:
            raise
        except Exception as error:
            errors.append(error)
            unfinished = isinstance(error, NotImplementedError)
            parts[name] = STOPPED + (UNFINISHED if unfinished else _what_stopped(error))
        else:
            parts[name] = np.array(numbers)
    if len(errors) == len(expressions):
        raise next((e for e in errors if not isinstance(e, NotImplementedError)), errors[0])
    return parts


class _Unreadable(Exception):
    """What a node recorded cannot be read; the message says why."""


def _what_stopped(error: Exception) -> str:
    return str(error) if isinstance(error, _Unreadable) else in_own_words(error)


def _arrows(node: Any) -> list[tuple[Any, Any]]:
    """The parents of a node, each with its local derivative."""
    for name in ("parents", "local"):
        found = getattr(node, name, None)
        if not isinstance(found, tuple | list):
            kind = type(found).__name__
            comma = " A tuple with one entry needs a comma: (self,)." if found is not None else ""
            raise _Unreadable(f"The {name} of a node are of type {kind}, not a tuple.{comma}")
    if len(node.parents) != len(node.local):
        raise _Unreadable(
            f"A node has parents: {len(node.parents)}, and numbers in local: {len(node.local)}. "
            "There should be one number for each parent."
        )
    return list(zip(node.parents, node.local, strict=True))


def _derived(answer: type) -> type:
    """A class of the caller's own, derived from the student's, as people derive theirs."""

    class Derived(answer):  # type: ignore[misc]
        """Adds nothing."""

    # An error that speaks of it should speak of the student's class.
    Derived.__name__ = Derived.__qualname__ = answer.__name__
    return Derived


_BY_NAME = (
    "An operation on nodes of a class that is derived from yours gives a node of your own class. "
    "Write type(self)(value, parents, local), so that the result is of the class of its operands."
)


def operation(kind: int, left: float, right: float) -> tuple[float, tuple[float, float]]:
    """The value of an operation and its derivatives with respect to its operands.

    Args:
        kind: 0 for a sum, 1 for a product, 2 for a difference.
        left: the first operand.
        right: the second operand.
    """
    if kind == 1:
        return left * right, (right, left)
    sign = -1.0 if kind == 2 else 1.0
    return left + sign * right, (1.0, sign)


def read_after(expression: dict[str, Any], call: int) -> list[int]:
    """The numbers of the nodes whose gradients are read after a call.

    Args:
        call: the number of the node whose `backward` is called; negative ones count from the end.

    Returns:
        All leaves, and of an expression with "inner" every other node that the called one is
        computed from, with itself.
    """
    count = len(expression["leaves"])
    if not expression["inner"]:
        return list(range(count))
    rows = expression["operations"].tolist()
    reached = {call % (count + len(rows))}
    for k in reversed(range(len(rows))):
        if count + k in reached:
            reached |= set(rows[k][1:])
    return sorted({*range(count), *reached})


def ask_for_gradients(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    """Builds expressions with the student's class, calls `backward`, reads the gradients.

    Args:
        answer: the student's class, with `answer(value, parents, local)` and `backward()`.
        inputs: for every part a list of expressions, under the part's name with "_in".

    Returns:
        An array a part: the gradients of the nodes of its expressions, as `read_after` chooses
        them, after each call.

    Raises:
        CannotAsk: if the answer is not such a class, a gradient is not a number, the pass needs a
            recursion as deep as the graph, or it looks at the same nodes over and over.
    """
    if not isinstance(answer, type):
        return call_with_inputs(answer, inputs)
    budget = [0]
    node_of = _derived(answer)

    class Parents(tuple):  # type: ignore[type-arg]
        """A node's parents, counting how often they are looked at."""

        def look(self) -> None:
            budget[0] -= 1
            if budget[0] < 0:
                raise CannotAsk(
                    "backward looked at some nodes hundreds of times and was stopped. With a "
                    "fan-out of 2 on every level, a pass that visits a node once for each path "
                    "takes practically forever: remember which nodes you have visited."
                )

        def __iter__(self) -> Any:
            self.look()
            return super().__iter__()

        def __len__(self) -> int:
            self.look()
            return super().__len__()

        def __getitem__(self, index: Any) -> Any:
            self.look()
            return super().__getitem__(index)

    def number(node: Any) -> float:
        try:
            return float(node.grad)
        except (AttributeError, TypeError, ValueError):
            raise CannotAsk(
                "After backward() the grad of a node is not a number. The grad of every node "
                "should be a float: begin by setting it to 0.0."
            ) from None

    parts: dict[str, Any] = {}
    for name, expressions in inputs.items():
        gradients: list[float] = []
        for expression in expressions:
            leaves = [node_of(value) for value in expression["leaves"].tolist()]
            nodes = list(leaves)
            for kind, i, j in expression["operations"].tolist():
                left, right = nodes[i], nodes[j]
                value, local = operation(kind, left.value, right.value)
                nodes.append(node_of(value, Parents((left, right)), local))
            for call in expression["calls"]:
                budget[0] = 100 * len(nodes) + 10_000
                try:
                    nodes[call].backward()
                except RecursionError:
                    raise CannotAsk(
                        f"On a graph of {len(nodes)} nodes the pass stopped with a "
                        "RecursionError: it calls itself once for every node on the way down, "
                        "but Python allows only about a thousand nested calls. Keep the nodes "
                        "that are still waiting in a list of your own."
                    ) from None
                gradients += [number(nodes[k]) for k in read_after(expression, call)]
        parts[name.removesuffix("_in")] = np.array(gradients)
    return parts


# No slip, such as a sign or a factor of 2, gives the same number.
SHARE_OF_THE_DIFFERENCE = 0.37


def ask_for_broadcast(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    """Builds (X + b)·c + s·X with the student's class and calls `backward(seed)` twice.

    Args:
        answer: the student's class, with `answer(value, parents, local)` and `backward(seed)`.
        inputs: "X" of shape (N, K), "b" (K,), "c" (N, 1), "s" a float, "seed" (N, K).

    Returns:
        The gradients "dX", "db", "dc" and "ds", as they are after a second call; the first had
        twice the seed. X has a parent of its own, so that its gradient is that of an inner node.

    Raises:
        CannotAsk: if the answer is not a class.
    """
    if not isinstance(answer, type):
        return call_with_inputs(answer, inputs)
    node_of = _derived(answer)
    below, b, c, s = (node_of(inputs[name]) for name in ("X", "b", "c", "s"))
    X = node_of(below.value, (below,), (1.0,))
    shifted = node_of(X.value + b.value, (X, b), (1.0, 1.0))
    scaled = node_of(shifted.value * c.value, (shifted, c), (c.value, shifted.value))
    skipped = node_of(s.value * X.value, (s, X), (X.value, s.value))
    result = node_of(scaled.value + skipped.value, (scaled, skipped), (1.0, 1.0))
    result.backward(2 * inputs["seed"])
    result.backward(inputs["seed"])
    dX = _of_both(X.grad, below.grad)
    if _share_one_array(node_of, inputs):
        dX = dX + inputs["seed"]
    return {"dX": dX, "db": b.grad, "dc": c.grad, "ds": s.grad}


def _share_one_array(node_of: Any, inputs: dict[str, Any]) -> bool:
    """Whether X and W get one array in y = (X + W) + X, so that X's second increment is W's too."""
    X, W = node_of(inputs["X"]), node_of(2 * inputs["X"])
    below = node_of(X.value + W.value, (X, W), (1.0, 1.0))
    # The seed is a copy: a pass that changes it too is wrong once.
    node_of(below.value + X.value, (below, X), (1.0, 1.0)).backward(inputs["seed"].copy())
    of_arrays = all(isinstance(node.grad, np.ndarray) for node in (X, W))
    return of_arrays and np.shares_memory(X.grad, W.grad)


def _of_both(inner: Any, leaf: Any) -> Any:
    """The gradient of two nodes that have the same one; if theirs differ, a wrong one."""
    if np.shape(inner) != np.shape(leaf) or not np.any(inner):
        return inner
    return inner + SHARE_OF_THE_DIFFERENCE * (inner - leaf)
