"""The lines of a right answer as small steps, and the slips that can be made in each of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

# From the values of all steps before to that of a step.
Compute = Callable[[Sequence[Any]], Any]
INPUT = -1


@dataclass(frozen=True)
class LineStep:
    """One input, number, name, operation or call.

    Args:
        value: how it is computed from the steps before.
        reads: the numbers of the steps that it is computed from.
        line: the number of the line that it stands in, or `INPUT`.
        words: what it is, for feedback.
    """

    value: Compute
    reads: tuple[int, ...]
    line: int
    words: str


@dataclass(frozen=True)
class LineSlip:
    """One step computed wrongly.

    Args:
        step: the number of the step.
        value: how it is computed then.
        kind: such as "a wrong operator".
        words: what is done, as in "your dx is what you get if …".
    """

    step: int
    value: Compute
    kind: str
    words: str


@dataclass(frozen=True)
class Lines:
    """The lines of a right answer.

    Args:
        names: the variable of each line, or the next variable that students know.
        known: whether it is the line's own variable.
        inputs: the names of the inputs, whose steps come first.
        steps: all steps, in the order of computation.
        ends: the number of the last step of each line.
        results: part → the number of the step that gives it.
        slips: what people get wrong, in the order of the steps.
    """

    names: tuple[str, ...]
    known: tuple[bool, ...]
    inputs: tuple[str, ...]
    steps: tuple[LineStep, ...]
    ends: tuple[int, ...]
    results: Mapping[str, int]
    slips: tuple[LineSlip, ...]

    @cached_property
    def after(self) -> tuple[tuple[int, ...], ...]:
        """For each step those that are computed from it, in order."""
        reached: list[set[int]] = [{number} for number in range(len(self.steps))]
        found: list[list[int]] = [[] for _ in self.steps]
        for number, step in enumerate(self.steps):
            sources = set().union(*(reached[one] for one in step.reads))
            reached[number] |= sources
            for source in sources:
                found[source].append(number)
        return tuple(map(tuple, found))

    def run(self, inputs: Mapping[str, Any], held: Mapping[str, Any] | None = None) -> list[Any]:
        """The values of all steps.

        Args:
            inputs: by name.
            held: part → what replaces its value.
        """
        fixed = {self.results[part]: value for part, value in (held or {}).items()}
        values: list[Any] = [inputs[name] for name in self.inputs]
        with np.errstate(all="ignore"):
            for number, step in enumerate(self.steps[len(values) :], len(values)):
                values.append(fixed[number] if number in fixed else step.value(values))
        return values

    def changed(
        self, values: Sequence[Any], slips: Sequence[LineSlip], held: Collection[int] = ()
    ) -> list[Any] | None:
        """The values of all steps with slips.

        Args:
            values: without them.
            slips: in the order of their steps.
            held: steps that keep their values.

        Returns:
            The values; None where the slips stop it.
        """
        found = list(values)
        wrong = {slip.step: slip.value for slip in slips}
        touched = dict.fromkeys(sorted({n for step in wrong for n in (step, *self.after[step])}))
        try:
            for number in touched:
                if number not in held:
                    found[number] = wrong.get(number, self.steps[number].value)(found)
        except Exception:
            return None
        return found

    def put(self, values: Sequence[Any], step: int, value: Any) -> list[Any] | None:
        """The values of all steps after the value of one step is replaced."""
        return self.changed(values, [LineSlip(step, lambda _: value, "", "")])
