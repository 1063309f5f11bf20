"""Running a function on Nodes, so that what it computes can be differentiated.

Every transformation of functions (`grad`, `jvp`, `jacobian`, `to_source`, …) begins with one
`Recording`: the chosen arguments are replaced by fresh leaves and the function is called.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .graph import Node, describe, next_serial, plain, record, topological_order
from .primitives.table import TABLE
from .tree import BRANCHES, FIRST, Path, Rebuild, path_name, tree_paths, tree_rebuilder
from .values import shape_of

Function = Callable[..., Any]
Argnums = int | Sequence[int]
_NUMBERS = (float, np.ndarray, int, np.generic)


class NoNumber(TypeError):
    """A function returned something else than numbers."""


class Recording:
    """One run of a function on fresh leaves.

    Args:
        f: the function.
        argnums: which of the arguments become Nodes.
        args, kwargs: what to call it with.

    Attributes:
        leaves: the Nodes that the function was given, in order.
        parameters: the names of the function's positional arguments.
        paths: for each leaf the number of its argument, and the keys that lead to it there.
        results: the numbers and Nodes that the function returned, in order.
        order: the topological order of what the function computed. Nodes from outside, on
            which it may also depend, end the order without their history.
        name: the function's name.

    Raises:
        TypeError: if an argument holds integers, argnums names one that is not there, or the
            function returns no number.
    """

    def __init__(
        self, f: Function, argnums: Argnums, args: Sequence[Any], kwargs: dict[str, Any]
    ) -> None:
        self.name = getattr(f, "__name__", "the function")
        self.leaves: list[Node] = []
        self.paths: list[tuple[int, Path]] = []
        self._start = next_serial()
        self._single = isinstance(argnums, int)
        self._parts: list[tuple[int, Rebuild]] = []
        arguments = list(args)
        self.parameters = parameter_names(f, len(args))
        for i in [argnums] if isinstance(argnums, int) else argnums:
            if not -len(args) <= i < len(args):
                raise TypeError(
                    f"argnums asks for argument {i}, and {self.name} was given {len(args)}"
                )
            if not isinstance(args[i], BRANCHES):
                arguments[i] = leaf = _fresh_leaf(args[i], self.parameters[i])
                self.leaves.append(leaf)
                self.paths.append((i, ()))
                self._parts.append((1, FIRST))
                continue
            found = tree_paths(args[i])
            start = len(self.leaves)
            for path, x in found:
                self.leaves.append(_fresh_leaf(x, path_name(self.parameters[i], path)))
                self.paths.append((i, path))
            rebuild = tree_rebuilder(args[i], len(found))
            arguments[i] = rebuild(self.leaves[start:])
            self._parts.append((len(found), rebuild))
        returned = f(*arguments, **kwargs)
        leaves = tree_paths(returned)
        self.results = [x for _, x in leaves]
        self._result_paths = [path for path, _ in leaves]
        self._rebuild_result = tree_rebuilder(returned, len(leaves))
        for x in self.results:
            if not isinstance(plain(x), _NUMBERS):
                raise NoNumber(
                    f"{self.name} returned {type(x).__name__}, which is not a number; "
                    "does it lack a return?"
                )
        nodes = [x for x in self.results if x.__class__ is Node]
        self.order = topological_order(*nodes, since=self._start)

    @property
    def is_nested(self) -> bool:
        """Whether a result depends on Nodes from outside, as in a derivative of a derivative.

        Then whatever is returned must be made of Nodes too.
        """
        return bool(self.order) and self.order[-1].serial < self._start

    def require_scalar(self) -> None:
        """See that there is one result, a scalar.

        Raises:
            ValueError: if it is an array, or if there are several.
        """
        if len(self.results) != 1:
            raise ValueError(f"{self.name} returned {len(self.results)} things, not one scalar")
        if shape_of(self.results[0]):
            raise ValueError(
                f"a gradient is that of a scalar, and {self.name} returned "
                f"{describe(self.results[0])}: reduce it with sum or mean, or ask for vjp or "
                "jacobian"
            )

    @property
    def value(self) -> Any:
        """What the function returned: plain, unless nested."""
        return self.arrange_result(
            self.results if self.is_nested else [plain(x) for x in self.results]
        )

    def hand_over(self) -> list[Node]:
        """The topological order, from now on all that keeps the graph in memory."""
        order = self.order
        del self.order, self.results
        return order

    def arrange_result(self, items: Sequence[Any]) -> Any:
        """One thing for each of the results, arranged as the function returned them."""
        return self._rebuild_result(items)

    def match_results(self, tree: Any) -> list[Any]:
        """The leaves of a tree that is built like what the function returned, in its order.

        Raises:
            ValueError: if the tree is built otherwise.
        """
        given = dict(tree_paths(tree))
        if given.keys() != set(self._result_paths):
            wanted, found = (
                ", ".join(path_name("result", path) for path in paths) or "nothing"
                for paths in (self._result_paths, given)
            )
            raise ValueError(
                f"{self.name} returns {wanted}, and what is to be pulled back must be built "
                f"likewise; it has {found}"
            )
        return [given[path] for path in self._result_paths]

    def arrange_arguments(self, items: Sequence[Any]) -> Any:
        """One thing for each leaf, arranged as the leaves are in the arguments."""
        parts = []
        for count, rebuild in self._parts:
            parts.append(rebuild(items[:count]))
            items = items[count:]
        return parts[0] if self._single else tuple(parts)


def parameter_names(f: Function, count: int) -> list[str]:
    """What f calls its positional arguments; `argument 0`, … where that cannot be seen."""
    inner = getattr(f, "__func__", f)
    code = getattr(inner, "__code__", None)
    names = list(code.co_varnames[: code.co_argcount]) if code else []
    names = names[inner is not f :]
    return names[:count] + [f"argument {i}" for i in range(len(names), count)]


def _fresh_leaf(x: Any, name: str) -> Node:
    """A Node of this recording alone; if x is a Node already, one that still leads to it."""
    if x.__class__ is Node:
        leaf = record(x.value, (x,), TABLE["positive"])
        leaf.name = name
        return leaf
    return Node(x, name)
