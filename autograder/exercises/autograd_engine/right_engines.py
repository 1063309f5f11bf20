"""Engines that are right and written in ways of their own, as students write them."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import numpy as np

from autograder.exercises.autograd_engine.passes import Recorded


class Recursive(Recorded):
    """A recursive search with a set of visited nodes."""

    def backward(self) -> None:
        """Builds the order by recursion and walks it from its end."""
        order: list[Any] = []
        visited = set()

        def visit(node: Any) -> None:
            if node not in visited:
                visited.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        for node in order:
            node.grad = 0
        self.grad = 1
        for node in reversed(order):
            for i in range(len(node.parents)):
                node.parents[i].grad += node.local[i] * node.grad


class CountingUsers(Recorded):
    """A node is ready when all its users have sent."""

    def backward(self) -> None:
        """Counts the users of every node, then visits what is ready."""
        users: Counter[Any] = Counter()
        found, waiting = {self}, [self]
        while waiting:
            for parent in waiting.pop().parents:
                users[parent] += 1
                if parent not in found:
                    found.add(parent)
                    waiting.append(parent)
        for node in found:
            node.grad = np.float64(0.0)
        self.grad = np.float64(1.0)
        ready = [self]
        while ready:
            node = ready.pop()
            for parent, local in zip(node.parents, node.local, strict=True):
                parent.grad = parent.grad + local * node.grad
                users[parent] -= 1
                if not users[parent]:
                    ready.append(parent)


class InADict(Recorded):
    """The pass keeps its gradients to itself and writes them out at the end."""

    def backward(self) -> None:
        """Marks each node on a stack as open, then as done."""
        order: list[Any] = []
        stack, done = [(self, False)], set()
        while stack:
            node, finished = stack.pop()
            if finished:
                order.insert(0, node)
            elif id(node) not in done:
                done.add(id(node))
                stack.append((node, True))
                stack += [(parent, False) for parent in node.parents]
        gradient = {id(self): 1.0}
        for node in order:
            node.grad = gradient.pop(id(node), 0.0)
            for parent, local in zip(node.parents, node.local, strict=True):
                gradient[id(parent)] = gradient.get(id(parent), 0.0) + node.grad * local


class Composed(Recorded):
    """Differences, quotients and powers by way of sums, products and reciprocals."""

    def __add__(self, other: Any) -> Any:
        if not isinstance(other, Recorded):
            return type(self)(self.value + other, (self,), (1,))
        return type(self)(self.value + other.value, (self, other), (1, 1))

    def __mul__(self, other: Any) -> Any:
        if not isinstance(other, Recorded):
            return type(self)(self.value * other, (self,), (other,))
        return type(self)(self.value * other.value, (other, self), (self.value, other.value))

    def __pow__(self, exponent: float) -> Any:
        value = math.pow(self.value, exponent)
        return type(self)(value, (self,), (exponent * value / self.value,))

    def exp(self) -> Any:
        """The exponential of the node."""
        return type(self)(math.e**self.value, [self], [math.e**self.value])  # type: ignore[arg-type]

    def __neg__(self) -> Any:
        return self * -1

    def __sub__(self, other: Any) -> Any:
        return self + -other

    def __truediv__(self, other: Any) -> Any:
        return self * (other**-1)

    def __rsub__(self, other: float) -> Any:
        return -self + other

    def __rtruediv__(self, other: float) -> Any:
        return self**-1 * other

    __radd__ = __add__
    __rmul__ = __mul__


class Direct(Recorded):
    """Every operation with its own local derivatives; numbers become nodes."""

    def _with(self, other: Any, value: Any, local: Any) -> Any:
        other = other if isinstance(other, Recorded) else type(self)(other)
        x, y = self.value, other.value
        return type(self)(value(x, y), (self, other), local(x, y))

    def __add__(self, other: Any) -> Any:
        return self._with(other, lambda x, y: x + y, lambda x, y: (1.0, 1.0))

    def __sub__(self, other: Any) -> Any:
        return self._with(other, lambda x, y: x - y, lambda x, y: (1.0, -1.0))

    def __mul__(self, other: Any) -> Any:
        return self._with(other, lambda x, y: x * y, lambda x, y: (y, x))

    def __truediv__(self, other: Any) -> Any:
        return self._with(other, lambda x, y: x / y, lambda x, y: (y**-1, -x * y**-2))

    def __rsub__(self, other: Any) -> Any:
        return self._with(other, lambda x, y: y - x, lambda x, y: (-1.0, 1.0))

    def __rtruediv__(self, other: Any) -> Any:
        return self._with(other, lambda x, y: y / x, lambda x, y: (-y / x / x, 1 / x))

    def __neg__(self) -> Any:
        return type(self)(-self.value, (self,), (-1.0,))

    def __pow__(self, n: float) -> Any:
        return type(self)(self.value**n, (self,), (n * self.value ** (n - 1),))

    def exp(self) -> Any:
        """The exponential of the node."""
        value = np.exp(self.value)
        return type(self)(value, (self,), (value,))

    __radd__ = __add__
    __rmul__ = __mul__
