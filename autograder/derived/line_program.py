"""The printed solution as a program of small steps, so that one of them can be taken wrongly."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from autograder.derived.line_slips import Place, slips_of, what
from autograder.derived.line_values import computed, operands_of
from autograder.derived.text_slips import text_slips
from autograder.lines import INPUT, Lines, LineSlip, LineStep


def line_program(body: str, inputs: Sequence[str], known: Sequence[str]) -> Lines:
    """The lines of a solution, each as the operations that it is made of.

    Args:
        body: assignments to names, then a line that returns a dict.
        inputs: the names of the arguments.
        known: the variables that a student has heard of; others are called by one that follows.

    Returns:
        The program, with the slips that people make in it.

    Raises:
        NotImplementedError: if a line is of another kind.
    """
    return _Reader(inputs).read(ast.parse(f"def answer():\n{_indented(body)}").body[0], known)


def _indented(body: str) -> str:
    return "\n".join(f"    {line}" for line in body.splitlines())


class _Reader:
    """Reads lines one after the other."""

    def __init__(self, inputs: Sequence[str]) -> None:
        self.inputs = tuple(inputs)
        self.steps = [LineStep(lambda _: None, (), INPUT, name) for name in inputs]
        self.named = {name: number for number, name in enumerate(inputs)}
        self.ends: list[int] = []
        self.names: list[str] = []
        self.places: list[Place] = []
        self.typed: list[LineSlip] = []
        for number, name in enumerate(inputs):
            self.places.append(Place(number, ast.Name(name, ast.Store()), (), {}))

    def read(self, function: Any, known: Sequence[str]) -> Lines:
        """All lines."""
        *lines, last = function.body
        for line in lines:
            self._line(line)
        results = {}
        for key, value in zip(last.value.keys, last.value.values, strict=True):
            if isinstance(value, ast.Name):
                results[key.value] = self.named[value.id]
            else:
                self.names.append(key.value)
                results[key.value] = self._end(value)
        slips = [slip for place in self.places for slip in slips_of(place)] + self.typed
        slips.sort(key=lambda slip: slip.step)
        heard_of = {*known, *results}
        called = tuple(self._called(number, heard_of) for number in range(len(self.names)))
        own = tuple(name in heard_of for name in self.names)
        steps, ends = tuple(self.steps), tuple(self.ends)
        return Lines(called, own, self.inputs, steps, ends, results, tuple(slips))

    def _called(self, line: int, known: set[str]) -> str:
        """A variable's name, or that of the next one that a student has heard of."""
        return next((name for name in self.names[line:] if name in known), self.names[line])

    def _line(self, line: ast.stmt) -> None:
        if isinstance(line, ast.Assign) and isinstance(target := line.targets[0], ast.Name):
            self.names.append(target.id)
            self.named[target.id] = self._end(line.value)
        elif isinstance(line, ast.AugAssign) and isinstance(target := line.target, ast.Name):
            self.names.append(target.id)
            before = ast.Name(target.id, ast.Load())
            self.named[target.id] = self._end(ast.BinOp(before, line.op, line.value))
        else:
            raise NotImplementedError(ast.unparse(line))

    def _end(self, value: ast.expr) -> int:
        end = self._step(value)
        self.ends.append(end)
        self.typed += text_slips(value, end, self.named)
        return end

    def _step(self, node: ast.expr) -> int:
        """The number of the step that a formula's value is, after those that it needs."""
        operands = tuple(map(self._step, operands_of(node)))
        made = computed(node, operands, self.named)
        reads = (self.named[node.id],) if isinstance(node, ast.Name) else operands
        self.steps.append(LineStep(made, reads, len(self.ends), what(node)))
        number = len(self.steps) - 1
        self.places.append(Place(number, node, operands, dict(self.named)))
        return number
