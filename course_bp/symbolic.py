"""Differentiate an expression into an expression, as one does on paper.

    x = symbols("x")
    y = formula(x * exp(x))
    y.derivative("x")                            # shows itself as LaTeX in a notebook

    quiz1 = formula(f, 2.0, 3.0)                 # the expression that f computes
    symbolic_gradient(f)(2.0, 3.0)               # its derivative's value, called as grad is

The rules are those of the table, applied to expressions instead of numbers; the simplification is
only of the trivial kind (1 · u, u + 0, constants). Written out as a tree, derivatives of nested
expressions grow much faster than the expressions ("expression swell"); as a graph that shares
equal parts they do not. `tree_size` and `graph_size` count the operations of both.

Source: D0, "Symbolic Differentiation" (exponential computation time if not carefully
implemented); Laue, "On the equivalence of automatic and symbolic differentiation" (2019).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import nan
from typing import Any

from .backward_pass import adjoints
from .forward_mode import forward_pass
from .graph import Node, as_differentiable, topological_order
from .primitives.table import normal
from .printing.expressions import Expression, Expressions, reachable
from .printing.notation import to_latex, to_numpy
from .recording import Argnums, Recording
from .tree import path_name

_LONGEST = 2_000


def symbols(names: str) -> Any:
    """Symbols to build an expression from with operators and course_bp's functions.

    Args:
        names: separated by spaces or commas.

    Returns:
        One symbol, or a tuple of several. Each stands for a number; comparing symbols gives
        False, so expressions with branches are better taken from a function, with `formula`.
    """
    found = tuple(Node(nan, name) for name in names.replace(",", " ").split())
    if not found:
        raise ValueError("symbols needs at least one name, such as symbols('x')")
    return found[0] if len(found) == 1 else found


def formula(what: Any, *example: Any) -> Formula:
    """The expression of a Node built from symbols, or of what a function computes.

    Args:
        what: an expression built from `symbols`, or a function as for `grad` that returns one
            number or array.
        example: for a function, arguments of the shapes it is to work for; branches and loops
            are taken as they go for these. The symbols are named after f's parameters.

    Raises:
        TypeError: if what is given is neither, or the function returns no number.
        ValueError: if the function returns several things.
    """
    if what.__class__ is Node:
        leaves = [x for x in topological_order(what) if x.operation is None and x.name]
        return Formula(what, {str(leaf.name): leaf for leaf in reversed(leaves)})
    if not callable(what):
        raise TypeError(
            f"formula takes an expression of symbols or a function, not {type(what).__name__}"
        )
    run = Recording(what, range(len(example)), example, {})
    if len(run.results) != 1:
        raise ValueError(f"{run.name} returned {len(run.results)} things; a formula is for one")
    return Formula(run.results[0], _named_leaves(run))


def symbolic_gradient(f: Callable[..., Any], argnums: Argnums = 0) -> Callable[..., Any]:
    """The function that differentiates f on paper and evaluates the result.

    Args:
        f, argnums: as for `grad`.

    Returns:
        A function of f's arguments that returns the gradient in the form of `grad`'s. Parts
        that derivatives share are evaluated once.

    Raises (when it is called):
        TypeError, ValueError: as `grad` does.
    """

    def gradient(*args: Any, **kwargs: Any) -> Any:
        run = Recording(f, argnums, args, kwargs)
        derivatives = partial_derivatives(run)
        values = {name: leaf.value for name, leaf in _named_leaves(run).items()}
        return run.arrange_arguments(_evaluate(derivatives, values))

    return gradient


def partial_derivatives(run: Recording) -> list[Formula]:
    """The derivative of a recording's only result by each of its leaves."""
    run.require_scalar()
    whole = Formula(run.results[0], _named_leaves(run))
    return [whole.derivative(name) for name in whole.symbols]


def _named_leaves(run: Recording) -> dict[str, Node]:
    return {
        path_name(run.parameters[i], path): leaf
        for leaf, (i, path) in zip(run.leaves, run.paths, strict=True)
    }


@dataclass(frozen=True, eq=False)
class Formula:
    """An expression in named symbols.

    Attributes:
        node: the recorded computation, or a number if nothing was computed.
        symbols: the leaves it may depend on, by name.
    """

    node: Any
    symbols: dict[str, Node]

    @cached_property
    def expression(self) -> Expression:
        """The simplified expression, equal parts shared."""
        return _read([self])[0]

    @property
    def tree_size(self) -> int:
        """The number of operations when every use of a part is written out again."""
        return tree_size(self)

    @property
    def graph_size(self) -> int:
        """The number of operations when equal parts are shared."""
        return graph_size(self)

    def derivative(self, symbol: str) -> Formula:
        """The derivative with respect to a symbol, as a formula of the same symbols.

        By a number the derivative is built forward, operand by operand, as on paper; by an
        array, which needs a scalar formula, backward.

        Raises:
            ValueError: if there is no such symbol, or both the formula and it are arrays.
        """
        if symbol not in self.symbols:
            known = ", ".join(self.symbols)
            raise ValueError(f"there is no symbol {symbol!r}; the formula has {known or 'none'}")
        leaf = self.symbols[symbol]
        if self.node.__class__ is not Node:
            return Formula(0.0, self.symbols)
        order = topological_order(self.node)
        if not leaf.shape:
            found = forward_pass(order, {leaf: Node(1.0)}, on_nodes=True).get(self.node, 0.0)
        elif not self.node.shape:
            found = adjoints(order, [(self.node, Node(1.0))], [leaf]).get(leaf, 0.0)
        else:
            raise ValueError(
                f"the derivative of an array of shape {self.node.shape} by one of shape "
                f"{leaf.shape} is not a formula of this kind; use jacobian, or take one entry"
            )
        return Formula(found, self.symbols)

    def __call__(self, **values: Any) -> Any:
        """The value for these values of the symbols: `y(x=2.0)`."""
        return self.evaluate(values)

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        """The value for these values of the symbols, given by name.

        Raises:
            ValueError: if a symbol that occurs has no value.
        """
        return _evaluate([self], values)[0]

    def latex(self) -> str:
        """The expression as LaTeX, every part written out wherever it is used.

        Raises:
            ValueError: if that takes more than 2000 operations.
        """
        self._check_length()
        return to_latex(self.expression)

    def _repr_latex_(self) -> str | None:
        return f"${self.latex()}$" if self.tree_size <= _LONGEST else None

    def __str__(self) -> str:
        self._check_length()
        return to_numpy(self.expression)

    def __repr__(self) -> str:
        written = str(self) if self.tree_size <= _LONGEST else f"{self.tree_size} operations"
        return f"<formula {written}>"

    def _check_length(self) -> None:
        if self.tree_size > _LONGEST:
            raise ValueError(
                f"written out, the expression has {self.tree_size} operations (as a graph "
                f"{self.graph_size}); to_source prints it with names for the parts it shares"
            )


def tree_size(*formulas: Formula) -> int:
    """The number of operations of several formulas when every use of a part is written out."""
    outputs = _read(formulas)
    sizes: dict[Expression, int] = {}
    for e in reachable(outputs):
        sizes[e] = sum(sizes[p] for p in e.parents) + (e.primitive is not None)
    return sum(sizes[e] for e in outputs)


def graph_size(*formulas: Formula) -> int:
    """The number of operations of several formulas when equal parts are shared among them."""
    return sum(e.primitive is not None for e in reachable(_read(formulas)))


def _read(formulas: Sequence[Formula]) -> list[Expression]:
    expressions = Expressions()
    for each in formulas:
        for name, leaf in each.symbols.items():
            expressions.argument(leaf, name)
    nodes = [each.node for each in formulas if each.node.__class__ is Node]
    expressions.read(reversed(topological_order(*nodes)))
    return [expressions.of(each.node) for each in formulas]


def _evaluate(formulas: Sequence[Formula], values: Mapping[str, Any]) -> list[Any]:
    outputs = _read(formulas)
    found: dict[Expression, Any] = {}
    for e in reachable(outputs):
        if e.primitive is not None:
            operands = [found[x] if isinstance(x, Expression) else x for x in e.operands]
            found[e] = normal(e.primitive.value(*operands))
        elif e.name is None:
            found[e] = e.constant
        elif e.name in values:
            found[e] = as_differentiable(values[e.name], e.name)
        else:
            raise ValueError(f"no value is given for {e.name}")
    return [found[e] for e in outputs]
