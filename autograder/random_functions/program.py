"""A forward function as data: lines of named values, each one operation on earlier ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

import course_bp
from autograder.domain import Chosen, Real
from autograder.random_functions.operations import CALLED, OPERATIONS, Operation


@dataclass(frozen=True)
class Line:
    """One line: a name for an operation on earlier names.

    Args:
        name: the value's.
        operation: a key of `OPERATIONS`.
        operands: names of inputs or of earlier lines.
        number: the constant in it, if it has one.
    """

    name: str
    operation: str
    operands: tuple[str, ...]
    number: float = 0.0

    @property
    def about(self) -> Operation:
        """Its entry of the table."""
        return OPERATIONS[self.operation]

    @property
    def all_operands(self) -> list[str]:
        """Its operands, each as often as it stands in the text."""
        text = self.about.text
        return [one for i, one in enumerate(self.operands) for _ in range(text.count(f"{{{i}}}"))]

    @property
    def right_side(self) -> str:
        """What stands to the right of the equals sign."""
        return self.about.text.format(*self.operands, number=f"{self.number:g}")


@dataclass(frozen=True)
class Program:
    """A forward function.

    Args:
        name: the function's.
        inputs: the domain of each argument, in order.
        lines: in the order of computation; the last one is the result.
        data: inputs that it is not differentiated with respect to, such as targets.
        asked: the values whose adjoints are handed in (default: all inputs but data).
    """

    name: str
    inputs: Mapping[str, Real | Chosen]
    lines: tuple[Line, ...]
    data: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def leaves(self) -> list[str]:
        """The inputs that it is differentiated with respect to."""
        return [name for name in self.inputs if name not in self.data]

    @property
    def output(self) -> str:
        """The name of the result."""
        return self.lines[-1].name

    @property
    def source(self) -> str:
        """The function as a student reads it."""
        return self._written(self.output)

    @property
    def called(self) -> list[str]:
        """What the functions in it are that are not NumPy's."""
        return [meaning for name, meaning in CALLED.items() if f"{name}(" in self.source]

    @cached_property
    def forward(self) -> Callable[..., Any]:
        """The function."""
        return self._compiled(self.output)

    @cached_property
    def all_values(self) -> Callable[..., dict[str, Any]]:
        """The function, but it returns the value of each line by name."""
        return self._compiled(f"dict({', '.join(f'{one.name}={one.name}' for one in self.lines)})")

    @property
    def uses(self) -> Counter[str]:
        """Name → how many operands, in all lines, it is."""
        return Counter(name for line in self.lines for name in line.all_operands)

    @property
    def operations(self) -> Counter[str]:
        """Operation of course_bp's table → how many of them there are."""
        return Counter(one for line in self.lines for one in line.about.uses)

    @property
    def fan_outs(self) -> dict[str, int]:
        """The differentiated values that are used more than once, with the number of uses."""
        return {
            name: count for name, count in self.uses.items() if count > 1 and name not in self.data
        }

    @property
    def paths(self) -> int:
        """How many ways lead from a differentiated input to the result."""
        ways = {name: int(name in self.leaves) for name in self.inputs}
        for line in self.lines:
            ways[line.name] = sum(ways[name] for name in line.all_operands)
        return ways[self.output]

    @property
    def arrangement(self) -> tuple[tuple[str, ...], ...]:
        """The lines without their names and numbers: two programs with the same one are alike."""
        place = {name: name for name in self.inputs}
        place |= {line.name: f"line {i}" for i, line in enumerate(self.lines)}
        return tuple((one.operation, *(place[name] for name in one.operands)) for one in self.lines)

    def _written(self, returned: str) -> str:
        lines = [f"{line.name} = {line.right_side}" for line in self.lines]
        body = "\n".join(f"    {line}" for line in [*lines, f"return {returned}"])
        return f"def {self.name}({', '.join(self.inputs)}):\n{body}"

    def _compiled(self, returned: str) -> Callable[..., Any]:
        # The text is made of the table's and of names, so it holds nothing that a person typed.
        # NumPy's methods import in the name of whoever calls them.
        scope: dict[str, Any] = {"np": np, "__builtins__": {"dict": dict, "__import__": __import__}}
        scope |= {name: getattr(course_bp, name) for name in CALLED}
        exec(compile(self._written(returned), f"<{self.name}>", "exec"), scope)
        function: Callable[..., Any] = scope[self.name]
        return function
