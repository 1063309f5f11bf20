"""A printed function made callable: its arguments are checked first, then there is only NumPy.

What is compiled is the printed text with three additions. Arguments that are not exactly float64
arrays of the example's shapes go through the same door as a Node's value. Python's own floats
become NumPy's, for 1 / 0.0 and (-1.0) ** 0.5 are to be inf and nan, as in the graph, and neither
an error nor a complex number. Numbers are handed back as Python's floats.
"""

from __future__ import annotations

import linecache
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from weakref import WeakSet

import numpy as np

from ..dual import Dual
from ..graph import Node, as_differentiable
from ..tree import path_name, tree_flatten, tree_paths
from ..values import shape_of
from .naming import Names
from .program import Printed, Program, indented

# What was compiled and is still in use: it calls NumPy alone, so nothing else leads to it.
in_use: WeakSet[Any] = WeakSet()


def compiled(printed: Printed, program: Program) -> Callable[..., Any]:
    """The function that was printed.

    Args:
        printed: its parts.
        program: what it was printed from.

    Returns:
        The function, with the printed text as its attribute `source`.
    """
    names: dict[str, Any] = {"np": np, **program.arrays}
    text = _guarded(printed, program, names)
    file = f"<gradient of {program.name}, {id(printed):x}>"
    linecache.cache[file] = (len(text), None, text.splitlines(True), file)
    exec(compile(text, file, "exec"), names)
    gradient: Any = names[f"{program.name}_and_gradient"]
    gradient.source = printed.text
    in_use.add(gradient)
    return gradient  # type: ignore[no-any-return]


def _guarded(printed: Printed, program: Program, names: dict[str, Any]) -> str:
    """The text to be compiled; what it needs besides is added to the names."""
    taken = Names({*names, *re.findall(r"\w+", printed.text)})

    def known_as(name: str, thing: Any) -> str:
        name = taken.new(name)
        names[name] = thing
        return name

    array, number, real = (
        known_as(name, kind)
        for name, kind in (("array", np.ndarray), ("number", np.float64), ("real", float))
    )
    double, x = known_as("double", np.dtype(np.float64)), known_as("x1", None)
    tests = [
        f"({x} := {access}).__class__ is {array} and {x}.dtype is {double} and {x}.shape == {shape}"
        if (shape := e.shape)
        else f"{access}.__class__ is {real}"
        for access, e in program.unpacked
    ]
    lines = []
    if tests:
        prepare = known_as("prepared", partial(_prepared, program))
        arguments = "".join(f"{name}, " for name in program.parameters)
        lines = [
            "try:",
            f"    {x} = {' and '.join(tests)}",
            "except LookupError:",
            f"    {x} = False",
            f"if not {x}:",
            f"    {arguments}= {prepare}({arguments})",
        ]
    reached = {access: name for name, access in printed.unpacking}
    for access, e in program.unpacked:
        if not e.shape and (access in reached or access in program.parameters):
            lines.append(f"{reached.get(access, access)} = {number}({access})")
        elif access in reached:
            lines.append(f"{reached[access]} = {access}")
    gradients = [
        text if e.shape else f"{real}({text})"
        for text, (_, e) in zip(printed.gradients, program.gradients, strict=True)
    ]
    lines += printed.body
    lines.append(f"return {real}({printed.value}), {printed.arrange(gradients)}")
    return "\n".join([*printed.head, *indented(lines)]) + "\n"


def _prepared(program: Program, *args: Any) -> list[Any]:
    """The arguments with every number a float and every array of float64, or the reason why not."""
    found = [
        (path_name(parameter, path), x)
        for parameter, arg in zip(program.parameters, args, strict=True)
        for path, x in tree_paths(arg)
    ]
    if [access for access, _ in found] != [access for access, _ in program.unpacked]:
        raise ValueError(
            f"{program.name} was compiled for {_listed(a for a, _ in program.unpacked)}, "
            f"and was given {_listed(a for a, _ in found)}"
        )
    leaves = []
    for (access, x), (_, e) in zip(found, program.unpacked, strict=True):
        if isinstance(x, Node | Dual):
            raise TypeError(
                f"{access} is a {type(x).__name__}, which compiled NumPy cannot follow: "
                "give it numbers, or use value_and_grad"
            )
        leaves.append(as_differentiable(x, access))
        if shape_of(leaves[-1]) != e.shape:
            raise ValueError(
                f"{program.name} was compiled for arrays of other shapes: {access} of shape "
                f"{e.shape}, not {shape_of(leaves[-1])}"
            )
    arranged: list[Any] = tree_flatten(list(args))[1](leaves)
    return arranged


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "nothing"
