"""Between which numbers the lines of a scalar program lie, whatever its inputs are."""

from __future__ import annotations

import math
from collections.abc import Mapping

from autograder.domain import Real
from autograder.random_functions.operations import SCALAR
from autograder.random_functions.program import Line, Program

Interval = tuple[float, float]
# No value is larger, and no denominator, logarithm or root comes nearer to the edge.
LARGEST, NEAREST = 60.0, 0.25
# A value that hardly changes has a derivative that nobody can tell from 0.
NARROWEST = 0.05


class OutOfBounds(Exception):
    """An operation cannot be used there: its operand may come too near to an edge."""


def are_in_bounds(program: Program) -> bool:
    """Whether every line keeps away from the edges of its operation on all inputs.

    Args:
        program: one whose inputs are floats in intervals.
    """
    known = {name: _interval(domain) for name, domain in program.inputs.items()}
    try:
        for line in program.lines:
            known[line.name] = interval_of(line, known)
    except OutOfBounds:
        return False
    return True


def interval_of(line: Line, known: Mapping[str, Interval]) -> Interval:
    """The interval of a line's value.

    Args:
        line: one line.
        known: the intervals of its operands.

    Raises:
        OutOfBounds: if its operand may lie at an edge, or its value may be too large or hardly
            changes.
    """
    low, high = _value(line.operation, [known[name] for name in line.operands])
    if max(-low, high) > LARGEST or high - low < NARROWEST:
        raise OutOfBounds(line.right_side)
    return low, high


def _interval(domain: object) -> Interval:
    assert isinstance(domain, Real)
    return max(domain.above, -domain.largest), min(domain.below, domain.largest)


def _value(operation: str, operands: list[Interval]) -> Interval:
    (low, high), *rest = operands
    if operation in ("multiply", "divide"):
        (other_low, other_high) = rest[0]
        if operation == "divide":
            if other_low < NEAREST and other_high > -NEAREST:
                raise OutOfBounds(operation)
            other_low, other_high = 1 / other_high, 1 / other_low
        ends = [a * b for a in (low, high) for b in (other_low, other_high)]
        return min(ends), max(ends)
    if operation == "subtract":
        return low - rest[0][1], high - rest[0][0]
    if operation in ("log", "sqrt"):
        if low < NEAREST:
            raise OutOfBounds(operation)
        function = math.log if operation == "log" else math.sqrt
        return function(low), function(high)
    if operation == "exp":
        if high > math.log(LARGEST):
            raise OutOfBounds(operation)
        return math.exp(low), math.exp(high)
    if operation == "tanh":
        if max(-low, high) > 2.5:  # Beyond, its derivative is lost.
            raise OutOfBounds(operation)
        return math.tanh(low), math.tanh(high)
    if operation in ("sin", "cos"):
        if max(-low, high) > 2 * math.pi:  # Nobody does these by hand.
            raise OutOfBounds(operation)
        return _wave(low, high, 0.0 if operation == "sin" else math.pi / 2)
    if operation == "square":
        ends = [low * low, high * high]
        return 0.0 if low < 0 < high else min(ends), max(ends)
    assert set(SCALAR[operation].uses) == {"add"}
    return sum(one[0] for one in operands), sum(one[1] for one in operands)


def _wave(low: float, high: float, shift: float) -> Interval:
    """The interval of sin(u + shift)."""
    low, high = low + shift, high + shift
    ends = [math.sin(low), math.sin(high)]
    for turn in range(-3, 4):
        top = math.pi / 2 + turn * math.pi
        if low < top < high:
            ends.append(math.sin(top))
    return min(ends), max(ends)
