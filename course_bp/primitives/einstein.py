"""Sums of products by Einstein's convention, and the products that are such sums.

`einsum("ij,jk->ik", a, b)` names the axes of its operands; the result keeps those after the arrow
and sums over the rest. The adjoint of an operand is again such a sum: the operand changes places
with the result.

Source: NumPy's definition; Giles 2008 for the matrix product as a special case.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..values import shape_of
from .entries import primitive
from .matrices import diagonal
from .shapes import broadcast_to
from .table import TABLE, EachOperand, apply, normal

__all__ = ["einsum", "inner", "tensordot"]


def _vjp(position: int, g: Any, y: Any, *operands: Any) -> Any:
    *arrays, text = operands
    *inputs, output = _parts(text)
    wanted = inputs.pop(position)
    target = arrays.pop(position)
    lost = [i for i in wanted if i not in output + "".join(inputs)]
    if lost:  # these axes were summed over by themselves: every entry receives the same
        inputs.append("".join(lost))
        arrays.append(np.ones([shape_of(target)[wanted.index(i)] for i in lost]))
    if output or not arrays:
        adjoint = _apply([g, *arrays], [output, *inputs], wanted)
    else:
        adjoint = g * _apply(arrays, inputs, wanted)
    stretched = np.broadcast_shapes(shape_of(adjoint), shape_of(target))
    # of an axis of length 1 elsewhere every entry here met the same one
    return adjoint if stretched == shape_of(adjoint) else broadcast_to(adjoint, stretched)


def _jvp(position: int, t: Any, y: Any, *operands: Any) -> Any:
    *arrays, text = operands
    return apply(TABLE["einsum"], *arrays[:position], t, *arrays[position + 1 :], text)


def _reach(mask: Any, y: Any, *operands: Any) -> Any:
    return _vjp(0, mask, y, *(np.ones(shape_of(x)) for x in operands[:-1]), operands[-1])


@primitive(
    lambda *operands: normal(np.einsum(operands[-1], *operands[:-1])),
    EachOperand(_vjp),
    EachOperand(_jvp),
    source=lambda *parts: f"np.einsum({parts[-1]}, {', '.join(parts[:-1])})",
    latex=lambda *parts: rf"\operatorname{{einsum}}\left({', '.join(parts[:-1])}\right)",
    settings=1,
    numpy=((np.einsum, lambda *operands, optimize=False: einsum(*operands)),),
)
def einsum(subscripts: Any, *operands: Any) -> Any:
    """The sum of products that the subscripts describe, as in NumPy.

    Args:
        subscripts: such as "ij,jk->ik"; an ellipsis stands for further axes. Or the first array,
            followed by its axes as a list of numbers, and so on.
        operands: the arrays.

    Raises:
        ValueError: if subscripts and shapes do not fit.
    """
    if not isinstance(subscripts, str):
        subscripts, *spelt = _spelt_out(subscripts, *operands)
        operands = tuple(spelt)
    shapes = [shape_of(x) for x in operands]
    inputs, output = _explicit(subscripts.replace(" ", ""), shapes)
    arrays = list(operands)
    for k, axes in enumerate(inputs):
        for letter in dict.fromkeys(axes):
            while inputs[k].count(letter) > 1:
                first = inputs[k].index(letter)
                second = inputs[k].index(letter, first + 1)
                arrays[k] = diagonal(arrays[k], 0, first, second)
                rest = inputs[k][:first] + inputs[k][first + 1 : second] + inputs[k][second + 1 :]
                inputs[k] = rest + letter
    return (*arrays, f"{','.join(inputs)}->{output}")


def tensordot(a: Any, b: Any, axes: Any = 2) -> Any:
    """The products of a's and b's entries, summed over pairs of axes, as in NumPy.

    Args:
        a, b: arrays.
        axes: a number, that of the last axes of a and the first of b; or those of a and those of b.
    """
    left, right = len(shape_of(a)), len(shape_of(b))
    if isinstance(axes, Sequence | np.ndarray):
        over = [np.atleast_1d(np.asarray(x)).tolist() for x in axes]
    else:
        over = [list(range(left - axes, left)), list(range(axes))]
    if len(over[0]) != len(over[1]):
        raise ValueError(f"tensordot sums over {len(over[0])} axes of a and {len(over[1])} of b")
    first = list(string.ascii_letters[:left])
    second = list(string.ascii_letters[left : left + right])
    for i, j in zip(*over, strict=True):
        if shape_of(a)[i] != shape_of(b)[j]:
            raise ValueError(
                f"tensordot cannot sum over axes of different lengths: {shape_of(a)[i]} and "
                f"{shape_of(b)[j]}"
            )
        second[j] = first[i]
    summed = {first[i] for i in over[0]}
    kept = [letter for letter in (*first, *second) if letter not in summed]
    return _apply([a, b], ["".join(first), "".join(second)], "".join(kept))


def inner(a: Any, b: Any) -> Any:
    """The products of a's and b's entries, summed over their last axes; a number multiplies."""
    if not shape_of(a) or not shape_of(b):
        return a * b
    return tensordot(a, b, (-1, -1))


def _apply(arrays: Sequence[Any], inputs: Sequence[str], output: str) -> Any:
    if [output] == list(inputs):
        return arrays[0]
    return apply(TABLE["einsum"], *arrays, f"{','.join(inputs)}->{output}")


def _parts(text: str) -> list[str]:
    inputs, output = text.split("->")
    return [*inputs.split(","), output]


def _explicit(text: str, shapes: Sequence[tuple[int, ...]]) -> tuple[list[str], str]:
    """The axes of every operand and of the result, each by a letter."""
    left, arrow, output = text.partition("->")
    inputs = left.split(",")
    if len(inputs) != len(shapes):
        raise ValueError(f"einsum was given {len(shapes)} arrays and subscripts for {len(inputs)}")
    free = [letter for letter in string.ascii_letters if letter not in text]
    further = [
        len(shape) - len(axes.replace("...", ""))
        for axes, shape in zip(inputs, shapes, strict=True)
    ]
    most = max((n for n, axes in zip(further, inputs, strict=True) if "..." in axes), default=0)
    for k, axes in enumerate(inputs):
        if further[k] < 0 or (further[k] > 0 and "..." not in axes):
            raise ValueError(f"einsum: the subscripts {axes!r} do not fit shape {shapes[k]}")
        inputs[k] = axes.replace("...", "".join(free[most - further[k] : most]))
    if arrow:
        return inputs, output.replace("...", "".join(free[:most]))
    letters = left.replace("...", "").replace(",", "")
    once = sorted(letter for letter in set(letters) if letters.count(letter) == 1)
    return inputs, "".join((*free[:most], *once))


def _spelt_out(*given: Any) -> tuple[Any, ...]:
    """Arrays with lists of axes as a text of subscripts and the arrays."""
    pairs = [
        "".join("..." if i is Ellipsis else string.ascii_letters[i] for i in axes)
        for axes in given[1::2]
    ]
    arrays = given[: len(given) // 2 * 2 : 2]
    text = ",".join(pairs)
    if len(given) % 2:
        result = "".join("..." if i is Ellipsis else string.ascii_letters[i] for i in given[-1])
        text += f"->{result}"
    return (text, *arrays)
