"""Checkpointing: keep less of the forward pass, and compute it again when it is needed.

The backward pass needs the values of the forward pass, so a chain of n steps holds n of them.
Keeping only the values between √n segments of √n steps, and recording a segment again when its
turn comes, holds about 2√n at a time, for one more forward pass.

Source: D1's references on memory (Chen et al. 2016, "Training deep nets with sublinear memory
cost"; Gruslys et al. 2016); Griewank and Walther, Evaluating Derivatives, chapter 12.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .forward_mode import jvp
from .graph import Node, topological_order
from .primitives.table import EachOperand, Primitive, apply
from .recording import Function
from .reverse_mode import vjp
from .tree import tree_flatten
from .values import shape_of, zeros


def checkpoint(f: Function) -> Function:
    """f, computed without recording its inside; the backward pass runs it again.

    Args:
        f: a function of floats, arrays and nested lists, tuples and dicts of them that returns
            one float or array. It must return the same when called again, and be given all that
            it is differentiated with respect to as arguments.

    Returns:
        The function, to call instead of f. It adds a single node to the graph.

    Raises (when it is called):
        TypeError: if f uses a Node that is none of its arguments.

    Source: Chen et al. 2016.
    """

    def checkpointed(*args: Any) -> Any:
        leaves, rebuild = tree_flatten(args)
        nodes = [x for x in leaves if x.__class__ is Node]
        if not nodes:
            return f(*args)

        def of_nodes(*new: Any) -> Any:
            replaced = iter(new)
            return f(*rebuild([next(replaced) if x.__class__ is Node else x for x in leaves]))

        return apply(_segment(of_nodes, getattr(f, "__name__", "the function")), *nodes)

    return checkpointed


def checkpoint_sequential(
    functions: Sequence[Callable[[Any], Any]], x: Any, segments: int | None = None
) -> Any:
    """The functions one after another on x, checkpointed in segments of equal length.

    Args:
        functions: each takes what the one before it returned.
        x: what the first one takes.
        segments: how many; about √n for n functions if not given, which needs least memory.

    Source: Chen et al. 2016, section 4.
    """
    count = len(functions)
    segments = segments or max(1, math.isqrt(count))
    bounds = [count * i // segments for i in range(segments + 1)]
    for start, stop in itertools.pairwise(bounds):
        x = checkpoint(_in_sequence(functions[start:stop]))(x)
    return x


def graph_bytes(*results: Node) -> int:
    """How many bytes of values a graph keeps alive, arrays that share memory counted once.

    Source: D1 "memory": reverse mode holds O(V) values, the Wengert list.
    """
    buffers = {}
    for node in topological_order(*results):
        value = node.value
        if value.__class__ is float:
            buffers[id(node)] = 8
        else:
            owner = value if value.base is None else value.base  # type: ignore[union-attr]
            buffers[id(owner)] = getattr(owner, "nbytes", 0)
    return sum(buffers.values())


def _in_sequence(functions: Sequence[Callable[[Any], Any]]) -> Callable[[Any], Any]:
    def run(x: Any) -> Any:
        for function in functions:
            x = function(x)
        return x

    return run


def _segment(f: Function, name: str) -> Primitive:
    """f as a primitive of its own, whose rules record f when they are asked.

    One recording serves all operands: the adjoints that it gives are kept until each operand
    has fetched its own.
    """
    kept: dict[int, Any] = {}
    kept_for: list[Any] = [None, None]

    def value(*values: Any) -> Any:
        y = f(*values)
        if y.__class__ is Node and not any(x.__class__ is Node for x in values):
            raise TypeError(
                f"{name} uses a Node that is none of its arguments, and checkpoint could not "
                "give it a gradient: pass it as an argument"
            )
        if not isinstance(y, float | np.ndarray | Node):
            raise TypeError(f"checkpoint takes functions of one result; {name} returned {type(y)}")
        return y

    def pull(position: int, g: Any, y: Any, *operands: Any) -> Any:
        if position not in kept or kept_for[0] is not g or kept_for[1] is not y:
            kept.update(enumerate(vjp(f, *operands)[1](g)))
            kept_for[:] = g, y
        return kept.pop(position)

    def push(position: int, t: Any, y: Any, *operands: Any) -> Any:
        directions = [zeros(shape_of(x)) for x in operands]
        directions[position] = t
        return jvp(f, operands, directions)[1]

    return Primitive(
        f"checkpoint of {name}",
        value,
        EachOperand(pull),
        EachOperand(push),
        source=None,
        latex=lambda *parts: rf"\operatorname{{{name}}}({', '.join(parts)})",
    )
