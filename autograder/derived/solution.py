"""The solution of a derived exercise as NumPy code for inputs of every size.

It is written for one example, and sizes stand there as numbers. The example has large primes for
sizes, so each of them can be put back as a length of an input.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from autograder.derived.line_by_line import lines_of_solution
from autograder.derived.printed import printed_solution
from autograder.derived.steps import UPSTREAM
from autograder.derived.tidy import Lengths

PRIMES = (211, 223, 227, 229, 233)
# No other size in an example is as large.
_LEAST = 200


def solution_texts(
    forward: Callable[..., Any],
    example: Mapping[str, Any],
    leaves: Sequence[str],
    asked: Sequence[str],
    sized: bool = True,
) -> Iterator[str]:
    """The body of a right answer, in the ways in which it can be written, the best first.

    Args:
        forward: the function.
        example: its inputs by name in order, and `upstream` if the result is an array, with primes
            for sizes.
        leaves: the inputs that it is differentiated with respect to.
        asked: what is handed in.
        sized: whether the solution is for inputs of every size.

    Yields:
        Lines of code; the last one returns what is asked for in a dict.
    """
    spelt = _lengths(example) if sized else {}
    # Not every operation can be written in one formula.
    with contextlib.suppress(Exception):
        yield lines_of_solution(forward, example, leaves, asked, spelt)
    if all(name[1:] in leaves for name in asked):
        with contextlib.suppress(Exception):
            yield printed_solution(forward, example, [name[1:] for name in asked], spelt)


def _lengths(example: Mapping[str, Any]) -> Lengths:
    """A number that stands for a size, or a shape → how code reads it from an input."""
    found: dict[int, str] = {}
    arrays = {name: np.shape(value) for name, value in example.items() if name != UPSTREAM}
    for name, shape in arrays.items():
        for axis, length in enumerate(shape):
            if length > _LEAST:
                found.setdefault(length, f"len({name})" if axis == 0 else f"{name}.shape[{axis}]")
    single = dict(found)
    for length, text in single.items():
        found |= {length + 1: f"{text} + 1", length - 1: f"{text} - 1"}
    shapes = {shape: f"{name}.shape" for name, shape in reversed(arrays.items()) if len(shape) > 1}
    for name, shape in arrays.items():
        if len(shape) == 2 and {*shape} <= {*single}:
            found.setdefault(shape[0] * shape[1], f"{name}.size")
    for a, b in combinations(single, 2):
        found.setdefault(a * b, f"{found[a]} * {found[b]}")
    return {**found, **{shape: text for shape, text in shapes.items() if {*shape} <= {*single}}}
