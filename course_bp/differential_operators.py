"""Jacobian, Hessian and Hessian-vector product, built from the two modes.

Source: D1 "cost" (n forward sweeps or m backward sweeps for an m × n Jacobian; the references
on Hessian-free optimisation); Pearlmutter 1994, "Fast exact multiplication by the Hessian".
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Literal, get_args

import numpy as np

from .forward_mode import jvp, push_tangents
from .primitives.joining import stack
from .primitives.shapes import reshape
from .recording import Function, Recording
from .reverse_mode import grad, pull_back
from .tree import tree_flatten
from .values import shape_of, zeros

Mode = Literal["cheaper", "reverse", "forward"]


def jacobian(f: Function, argnums: int = 0, mode: Mode = "cheaper") -> Function:
    """The function that returns all derivatives of f's results with respect to an argument.

    Args:
        f: a function that returns a float or an array.
        argnums: the argument to differentiate with respect to: a float, an array, or nested
            lists, tuples and dicts of them.
        mode: "reverse" takes one pass for each entry of the result, "forward" one for each
            entry of the argument, "cheaper" is the one of them that takes fewer; f itself runs
            once.

    Returns:
        A function of f's arguments. For each float or array in the argument it returns an array
        of the result's shape followed by that array's shape; a gradient if f is scalar.

    Source: D1 "cost"; Griewank and Walther, Evaluating Derivatives, chapters 3 and 4.
    """
    if mode not in get_args(Mode):
        raise ValueError(f"mode is 'cheaper', 'reverse' or 'forward', not {mode!r}")

    def jacobian_of_f(*args: Any, **kwargs: Any) -> Any:
        run = Recording(f, argnums, args, kwargs)
        chosen = _fewer_passes(run) if mode == "cheaper" else mode
        return _by_reverse(run) if chosen == "reverse" else _by_forward(run)

    return jacobian_of_f


def hessian(f: Function, argnums: int = 0) -> Function:
    """The function that returns the second derivatives of the scalar function f.

    Args:
        f: a scalar function.
        argnums: which of its arguments, a float or an array.

    Returns:
        A function of f's arguments whose result has the argument's shape twice; symmetric.
        It takes one gradient and one forward pass over it for each entry of the argument.

    Raises (when it is called):
        TypeError: if the argument is a list, tuple or dict.
    """
    of_gradient = jacobian(grad(f, argnums), argnums, mode="forward")

    def hessian_of_f(*args: Any, **kwargs: Any) -> Any:
        if isinstance(args[argnums], list | tuple | dict):
            raise TypeError("hessian takes one float or array; for nested parameters use hvp")
        return of_gradient(*args, **kwargs)

    return hessian_of_f


def hvp(f: Function, x: Any, v: Any) -> Any:
    """The Hessian of the scalar function f at x times v, without the Hessian.

    The gradient is recorded and differentiated in the direction v: forward over reverse, at a
    small multiple of the cost of the gradient, whatever the number of parameters.

    Args:
        f: a scalar function of one argument.
        x: where; a float, an array, or nested lists, tuples and dicts of them.
        v: the direction, in x's form.

    Returns:
        H v in x's form.

    Source: Pearlmutter 1994; D1's references on Hessian-free optimisation (Martens).
    """
    return jvp(grad(f), (x,), (v,))[1]


def _fewer_passes(run: Recording) -> Mode:
    """The mode that takes fewer passes: Griewank and Walther's rule, in its simplest form."""
    inputs = sum(math.prod(leaf.shape) for leaf in run.leaves)
    outputs = math.prod(shape_of(_only_result(run)))
    return "forward" if inputs < outputs else "reverse"


def _by_reverse(run: Recording) -> Any:
    """One backward pass for each entry of the result: the rows of the Jacobian."""
    shape = shape_of(_only_result(run))
    rows = [tree_flatten(pull_back(run, [e]))[0] for e in _basis(shape)]
    blocks = [
        _join([row[i] for row in rows], 0, shape, leaf.shape) for i, leaf in enumerate(run.leaves)
    ]
    return run.arrange_arguments(blocks)


def _by_forward(run: Recording) -> Any:
    """One forward pass for each entry of the argument: the columns of the Jacobian."""
    shape = shape_of(_only_result(run))
    blocks = []
    for leaf in run.leaves:
        columns = []
        for e in _basis(leaf.shape):
            direction = [e if x is leaf else zeros(x.shape) for x in run.leaves]
            columns += tree_flatten(push_tangents(run, direction))[0]
        blocks.append(_join(columns, -1, shape, leaf.shape))
    return run.arrange_arguments(blocks)


def _only_result(run: Recording) -> Any:
    if len(run.results) != 1:
        raise ValueError(
            f"{run.name} returned {len(run.results)} things, and jacobian takes a function that "
            "returns one array: join them with stack or concatenate"
        )
    return run.results[0]


def _basis(shape: tuple[int, ...]) -> Iterator[Any]:
    """Every array of the shape with a single 1 among zeros."""
    if not shape:
        yield 1.0
    for position in np.ndindex(shape) if shape else ():
        e = np.zeros(shape)
        e[position] = 1.0
        yield e


def _join(parts: list[Any], axis: int, rows: tuple[int, ...], columns: tuple[int, ...]) -> Any:
    """The rows or columns of a Jacobian as one array of both shapes."""
    if not parts:
        return np.zeros(rows + columns)
    if len(parts) == 1 and not rows + columns:
        return parts[0]
    return reshape(stack(parts, axis), rows + columns)
