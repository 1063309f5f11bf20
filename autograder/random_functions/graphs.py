"""Random scalar computation graphs with fan-outs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.domain import Real
from autograder.random_functions.bounds import are_in_bounds
from autograder.random_functions.operations import OPERATIONS, sum_of
from autograder.random_functions.ordinary import is_ordinary
from autograder.random_functions.program import Line, Program

# Names of lines: none that is a function, an input, the result, or reads as a derivative.
LETTERS = tuple("abceghkmpqrsuvw")
# Those of practice: none that reads as an article, or that feedback has for operands.
NAMES = tuple("ghkpqrs")
RESULT = "y"
# What undoes each operation: nothing is learnt from exp(log(u)).
_UNDONE = {("log", "exp"), ("exp", "log"), ("sqrt", "square"), ("square", "sqrt")}
_TRIES = 4000
# How much rather a value is taken that nobody has used yet.
_UNUSED = 2.5
# At so many points in the domain values and adjoints are of ordinary size.
POINTS = 5
_ONE_OPERAND = ("exp", "log", "sin", "cos", "tanh", "sqrt", "square")
_TWO_OPERANDS = ("multiply", "multiply", "multiply", "divide", "divide", "add", "subtract")


class NoneFound(Exception):
    """No function of the size that was asked for was found."""


@dataclass(frozen=True)
class Size:
    """How large a graph is.

    Args:
        inputs: how many.
        lines: how many lines there are before the result.
        fan_outs: how many values are used more than once, at least.
    """

    inputs: int
    lines: int
    fan_outs: int


LEVELS = {1: Size(2, 3, 1), 2: Size(2, 5, 2), 3: Size(3, 7, 4)}


def random_graph(rng: np.random.Generator, level: int = 2, name: str = "f") -> Program:
    """Draws a function of a few numbers.

    Args:
        rng: draws it.
        level: 1, 2 or 3.
        name: of the function.

    Returns:
        A program whose inputs and lines are all used, with at least the level's fan-outs.

    Raises:
        NoneFound: if there is none among some thousand draws.
    """
    size = LEVELS[level]
    for _ in range(_TRIES):
        inputs = _inputs(rng, size.inputs)
        kinds = [
            str(rng.choice(_ONE_OPERAND if rng.random() < 0.5 else _TWO_OPERANDS))
            for _ in range(size.lines)
        ]
        if max(Counter(kinds).values()) > 2:
            continue
        program = arranged(iter(rng.random(2 * size.lines)), name, inputs, kinds, NAMES)
        if program and len(program.fan_outs) >= size.fan_outs and is_fit(rng, program):
            return program
    raise NoneFound(f"no graph of level {level}")


def arranged(
    draws: Iterator[float],
    name: str,
    inputs: Mapping[str, Real],
    kinds: Sequence[str],
    letters: Sequence[str],
) -> Program | None:
    """Arranges operations at random, and adds up at the end what is not used by then.

    Args:
        draws: numbers between 0 and 1, two for each line.
        name: of the function.
        inputs: the domain of each input.
        kinds: operations, in order.
        letters: names for their results, of which the first are taken.

    Returns:
        The program; None if a line is trivial, or there is nothing or too much to add.
    """
    known = list(inputs)
    uses: dict[str, int] = dict.fromkeys(inputs, 0)
    made: dict[str, Line] = {}
    for letter, kind in zip(letters, kinds, strict=False):
        operands = _operands(draws, OPERATIONS[kind].operands, known, uses)
        line = Line(letter, kind, operands)
        if _is_trivial(line, made):
            return None
        made[letter] = line
        known.append(letter)
        uses[letter] = 0
        for one in operands:
            uses[one] += 1
    ends = [one for one in known if not uses[one]]
    if sum_of(len(ends)) not in OPERATIONS or any(one in inputs for one in ends):
        return None
    last = Line(RESULT, sum_of(len(ends)), tuple(ends))
    # What is only added up at the end has the adjoint 1.
    asked = tuple(one for one in known if uses[one])
    return Program(name, inputs, (*made.values(), last), asked=asked)


def is_fit(rng: np.random.Generator, program: Program) -> bool:
    """Whether a scalar program is of ordinary size at several points of its domain.

    Args:
        rng: draws the points.
        program: whose inputs are floats in intervals.
    """
    return are_in_bounds(program) and all(
        is_ordinary(program, point(rng, program)) for _ in range(POINTS)
    )


def point(rng: np.random.Generator, program: Program) -> dict[str, float]:
    """Inputs with one digit after the decimal point, inside their intervals.

    Args:
        rng: draws them.
        program: whose inputs are floats in intervals.
    """
    found = {}
    for name, domain in program.inputs.items():
        assert isinstance(domain, Real)
        tenths = np.arange(np.floor(10 * domain.above) + 1, np.ceil(10 * domain.below))
        found[name] = float(rng.choice(tenths[np.abs(tenths) > 1])) / 10
    return found


def _inputs(rng: np.random.Generator, count: int) -> dict[str, Real]:
    found = {}
    for name in "xzt"[:count]:
        low = float(rng.choice([0.5, 1.0, 1.2, 1.5, -1.0]))
        width = float(rng.choice([1.0, 1.5, 2.0]))
        found[name] = Real(above=low, below=low + width)
    return found


def _operands(
    draws: Iterator[float], count: int, known: Sequence[str], uses: Mapping[str, int]
) -> tuple[str, ...]:
    """Random operands, all different, rather such as nobody has used yet."""
    left, found = list(known), []
    for _ in range(count):
        weights = [1.0 if uses[one] else _UNUSED for one in left]
        at, place = next(draws) * sum(weights), 0
        while at >= weights[place] and place < len(left) - 1:
            at -= weights[place]
            place += 1
        found.append(left.pop(place))
    return tuple(found)


def _is_trivial(line: Line, made: dict[str, Line]) -> bool:
    """Whether it repeats a line, undoes one, or takes apart what has just been put together."""
    if any(set(one.operands) == set(line.operands) and one.operation == line.operation
           for one in made.values()):  # fmt: skip
        return True
    operands = [made[name] for name in line.operands if name in made]
    if any((line.operation, one.operation) in _UNDONE for one in operands):
        return True
    pair = {line.operation, *(one.operation for one in operands)}
    opposite = {"multiply", "divide"} <= pair or {"add", "subtract"} <= pair
    return opposite and any(set(one.operands) & set(line.operands) for one in operands)
