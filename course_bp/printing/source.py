"""A function's value and gradient as straight-line NumPy, to read and to run.

The function is recorded once, its backward pass is run on Nodes, and the two graphs are printed:
what reverse mode does, with nothing of reverse mode left in it. Branches and loops appear as
they went for the example.

Source: D0 "Reverse-mode differentiation" (forward and backward columns); D4 "the 20-line
network", which is what such a print looks like; Griewank and Walther, section 6.2.
"""

from __future__ import annotations

import gc
import keyword
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..backward_pass import adjoints
from ..graph import Node, describe, record, topological_order
from ..recording import Function, Recording
from ..tree import Path, path_name, tree_map
from ..variables import variables_in_reach
from .compiled import compiled
from .expressions import Expression, Expressions, reachable
from .lines import write
from .naming import Names
from .program import Printed, Program

Argnums = int | Sequence[int] | None
_SHORT = 10  # longer index arrays are not spelt out


def to_source(f: Function, *example: Any, argnums: Argnums = None) -> str:
    """The source of a function that computes f and its gradient, in plain NumPy.

    Args:
        f: a scalar function as for `grad`.
        example: arguments of the shapes it is to work for; floats, arrays and nested lists,
            tuples and dicts of them.
        argnums: the argument to differentiate with respect to, or several; by default all.

    Returns:
        The text of `f_and_gradient`, which takes f's arguments and returns the value and the
        gradient, in the argument's form for a single one, else as a tuple. Arguments and local
        variables of f and named Nodes keep their names, arrays from outside too; `dW` is the
        derivative with respect to `W`. Every line is needed and no value is computed twice. What
        comes from outside is explained in the first lines. A row of infinite entries alone, which
        logsumexp has a value for, gives nan in print.

    Raises:
        TypeError: for integer arguments, or if f uses Nodes that are none of its arguments.
        ValueError: if f's result is not a scalar.
    """
    return _printed(f, example, argnums)[0].text


def compile_gradient(f: Function, *example: Any, argnums: Argnums = None) -> Function:
    """What `to_source` prints, as a function.

    Its result equals that of `value_and_grad` up to rounding, at zero divisors, in overflow and
    outside a function's domain too. It follows the branches and loops that f took for the
    example, and masks that picked entries stay as they were: compile again if another example
    would go another way, or choose with `where`. Arrays that f takes from outside are bound now;
    give as arguments what changes. The text is its `source` attribute.

    Raises (when the compiled function is called):
        TypeError: for what `grad` refuses as well, such as whole numbers; and for Nodes, which
            plain NumPy cannot record.
        ValueError: if the arguments are built otherwise than the example, or an array has
            another shape.
    """
    return compiled(*_printed(f, example, argnums))


def _printed(f: Function, example: Sequence[Any], argnums: Argnums) -> tuple[Printed, Program]:
    collects = gc.isenabled()
    gc.disable()  # as in value_and_grad: while the graphs grow it would search them in vain
    try:
        return _program(f, example, argnums)
    finally:
        if collects:
            gc.enable()


def _program(f: Function, example: Sequence[Any], argnums: Argnums) -> tuple[Printed, Program]:
    """The printed function, and what it was printed from."""
    with variables_in_reach(f) as (local, outside):
        run = Recording(f, range(len(example)), example, {})
    variables = {**outside, **local}
    if run.is_nested:
        raise TypeError(
            f"{run.name} uses {describe(run.order[-1])}, a Node that is none of its arguments"
        )
    run.require_scalar()
    result = run.results[0]
    chosen = range(len(example)) if argnums is None else argnums
    positions = [i % len(example) for i in ([chosen] if isinstance(chosen, int) else chosen)]
    single = isinstance(chosen, int) or (argnums is None and len(positions) == 1)
    wanted = [leaf for leaf, (i, _) in zip(run.leaves, run.paths, strict=True) if i in positions]
    found: dict[Node, Any] = {}
    if result.__class__ is Node:
        _constants_as_nodes(run.order)
        found = adjoints(run.order, [(result, Node(1.0))], wanted)

    taken = Names(["np", *keyword.kwlist])
    expressions = Expressions()
    parameters = [taken.new(re.sub(r"\W", "_", name)) for name in run.parameters]
    unpacked = []
    for leaf, (i, path) in zip(run.leaves, run.paths, strict=True):
        name = taken.new(_leaf_name(parameters[i], path)) if path else parameters[i]
        unpacked.append((path_name(parameters[i], path), expressions.argument(leaf, name)))
    expressions.read(reversed(run.order))
    value = expressions.of(result)
    forward = len(expressions)
    expressions.read(reversed(topological_order(*(g for g in found.values() if _is_node(g)))))
    gradients = [
        expressions.of(found[leaf]) if leaf in found else expressions.full(0.0, leaf.shape)
        for leaf in wanted
    ]

    live = reachable([value, *gradients])
    arrays, nameless = _name_arrays(live, variables, taken)
    _name_results(live, expressions, run.order, variables, taken)
    if value.primitive and value.name is None:
        value.name = taken.new("value" if "y" in taken else "y")
    needed = set(live)
    for node in reversed(found):
        g, origin = expressions.of(found[node]), expressions.of(node)
        if origin.name and g.name is None and g.primitive and g in needed and g.number >= forward:
            g.name = taken.new(f"d{origin.name}")
    for leaf, g in zip(wanted, gradients, strict=True):
        if g.primitive and g.name is None and g.number >= forward:
            g.name = taken.new(f"d{expressions.of(leaf).name}")

    def arrange(names: list[str]) -> str:
        rest = iter(names)
        parts = [_literal(tree_map(lambda _: next(rest), example[i])) for i in positions]
        return parts[0] if single else _literal(tuple(parts))

    names = [f"d{expressions.of(leaf).name}" for leaf in wanted]
    program = Program(
        name=run.name if run.name.isidentifier() else "f",
        parameters=parameters,
        unpacked=unpacked,
        value=value,
        gradients=list(zip(names, gradients, strict=True)),
        arrange=arrange,
        forward=forward,
        arrays=arrays,
        nameless=nameless,
    )
    return write(program, taken), program


def _constants_as_nodes(order: Sequence[Node]) -> None:
    """Make every array that was used as it is a leaf, so that x.T in a rule is recorded too."""
    leaves: dict[int, Node] = {}
    for node in order:
        if node.operation is not None:
            arrays = len(node.operands) - node.operation.settings
            node.operands = tuple(
                leaves.setdefault(id(x), record(x, (), None))
                if i < arrays and x.__class__ is np.ndarray
                else x
                for i, x in enumerate(node.operands)
            )


def _is_node(x: Any) -> bool:
    return x.__class__ is Node


def _leaf_name(parameter: str, path: Path) -> str:
    """`W1` for params["W1"], `layers_0_1` for layers[0][1]."""
    if path and isinstance(path[-1], str) and path[-1].isidentifier():
        return path[-1]
    return re.sub(r"\W", "_", "_".join([parameter, *map(str, path)]))


def _name_arrays(
    live: list[Expression], variables: dict[str, Any], taken: Names
) -> tuple[dict[str, Any], set[str]]:
    """Constant arrays, those that index too, by the names that the function has for them.

    Also returned are the names of those for which it has none.
    """
    arrays: dict[str, Any] = {}
    nameless: set[str] = set()
    known: set[int] = set()
    owned = {id(y): name for name, y in reversed(list(variables.items()))}

    def enter(x: Any, otherwise: str) -> str:
        name = taken.new(owned.get(id(x), otherwise))
        arrays[name] = x
        known.add(id(x))
        if id(x) not in owned:
            nameless.add(name)
        return name

    for e in live:
        if e.primitive is None and e.name is None and e.constant.__class__ is np.ndarray:
            e.name = enter(e.constant, "c1")
        if e.is_written("subscript") or e.is_written("entries"):
            where = e.operands[1] if e.operands[1].__class__ is tuple else (e.operands[1],)
            for x in where:
                if x.__class__ is np.ndarray and x.size > _SHORT and id(x) not in known:
                    enter(x, "index1")
    return arrays, nameless


def _name_results(
    live: list[Expression],
    expressions: Expressions,
    order: Sequence[Node],
    variables: dict[str, Any],
    taken: Names,
) -> None:
    """Intermediate results by the names of Nodes, else of the function's local variables."""
    recorded, needed = set(order), set(live)
    own = {x: name for name, x in variables.items() if _is_node(x) and x in recorded}
    for node in reversed(order):
        e = expressions.of(node)
        name = node.name or own.get(node)
        if name and e.primitive and e.name is None and e in needed:
            e.name = taken.new(re.sub(r"\W", "_", name))


def _literal(tree: Any) -> str:
    """Nested lists, tuples and dicts of names as Python writes them."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key!r}: {_literal(x)}" for key, x in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(_literal, tree)) + "]"
    if isinstance(tree, tuple):
        return "(" + ", ".join(map(_literal, tree)) + ("," if len(tree) == 1 else "") + ")"
    return str(tree)
