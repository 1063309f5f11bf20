"""The printed solution as a program of small steps, so that one of them can be taken wrongly."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from autograder.derived.line_phrases import in_short, what
from autograder.derived.line_slips import Place, slips_of, value_of
from autograder.derived.line_values import computed, operands_of
from autograder.derived.text_slips import text_slips
from autograder.lines import INPUT, Lines, LineSlip, LineStep


def line_program(body: str, inputs: Sequence[str], known: Sequence[str]) -> Lines:
    """The lines of a solution, each as the operations that it is made of.

    Args:
        body: assignments to names, then a line that returns a dict.
        inputs: the names of the arguments.
        known: the variables that students know; any other is called by the next one that they know.

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
        self.formulas: dict[str, ast.expr] = {}
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
        familiar = {*known, *results}
        steps = tuple(replace(one, words=self._said(one.words, familiar)) for one in self.steps)
        made = [slip for place in self.places for slip in slips_of(place)] + self.typed
        made += [slip for part, step in results.items() for slip in self._other(part, step)]
        slips = tuple(
            replace(one, kind=self._said(one.kind, familiar), words=self._said(one.words, familiar))
            for one in sorted(made, key=lambda slip: slip.step)
        )
        called = tuple(self._called(number, familiar) for number in range(len(self.names)))
        own = tuple(name in familiar for name in self.names)
        return Lines(called, own, self.inputs, steps, tuple(self.ends), results, slips)

    def _other(self, part: str, step: int) -> Iterator[LineSlip]:
        """Another variable that is handed in for a part."""
        for name, number in self.named.items():
            if number < step:
                kind, words = f"{name} instead of {part}", f"{name} stands where {part} belongs"
                yield LineSlip(step, value_of(number), kind, words)

    def _said(self, words: str, familiar: set[str]) -> str:
        """The words, with the formula in place of each variable that students do not know."""
        for name in dict.fromkeys(self.names):
            if name not in familiar and name in words:
                words = self._phrase(name).join(re.split(rf"\b{name}\b", words))
        return words

    def _phrase(self, name: str) -> str:
        of = name.removeprefix("d")
        if of != name and of in self.formulas:
            return f"the gradient with respect to {self._phrase(of)}"
        return in_short(self.formulas[name]) if name in self.formulas else name

    def _called(self, line: int, known: set[str]) -> str:
        """The variable of a line, or the next variable that students know."""
        return next((name for name in self.names[line:] if name in known), self.names[line])

    def _line(self, line: ast.stmt) -> None:
        if isinstance(line, ast.Assign) and isinstance(target := line.targets[0], ast.Name):
            self.names.append(target.id)
            self.named[target.id] = self._end(line.value)
            self.formulas[target.id] = line.value
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
