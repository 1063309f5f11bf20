"""Looking for the slips in the lines of a solution that give a student's value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judge.compare import close, close_entries
from autograder.judge.context import Context
from autograder.lines import Lines, LineSlip

# Values of all steps, one list per probe.
Worked = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Found:
    """Slips that give the value.

    Args:
        slips: in the order of their steps.
        worked: the values of all steps with them.
    """

    slips: tuple[LineSlip, ...]
    worked: Worked


def searches(context: Context, lines: Lines, values: Sequence[Any]) -> Iterator[Search]:
    """From where slips are looked for: right values, then the student's own earlier ones."""
    yield Search(context, lines, values, [{} for _ in values])
    if any(context.own):
        yield Search(context, lines, values, context.own)


class Search:
    """Looks for slips that give a part's value on every probe.

    Args:
        context: the part and what it may rest on.
        lines: the solution.
        values: what the student returned for the part, one value per probe.
        own: the student's own earlier parts, one dict per probe.
    """

    def __init__(
        self,
        context: Context,
        lines: Lines,
        values: Sequence[Any],
        own: Sequence[Mapping[str, Any]],
    ) -> None:
        self.context, self.lines, self.values = context, lines, values
        self.target = lines.results[context.part.name]
        self.tolerance = context.case.exercise.tolerance
        self.held = frozenset(lines.results[part] for one in own for part in one)
        self.base = [
            lines.run(inputs, mine) for inputs, mine in zip(context.case.drawn, own, strict=True)
        ]
        self.right_parts = [
            step
            for part, step in lines.results.items()
            if part != context.part.name and context.is_right(part)
        ]

    def singles(self) -> list[Found]:
        """Every slip that fits; those that explain all parts as they came back come alone."""
        slips = (slip for slip in self.lines.slips if self.reaches(slip.step))
        fits = [one for slip in slips if (one := self.tried((slip,)))]
        return [one for one in fits if self._explains_all(one)] or fits

    def share_wrong(self) -> float:
        """How many of the entries are not what they would be without a slip."""
        wrong = [
            ~close_entries(np.asarray(value), np.asarray(base[self.target]), self.tolerance)
            for base, value in zip(self.base, self.values, strict=True)
            if np.shape(value) == np.shape(base[self.target])
        ]
        entries = np.concatenate([np.ravel(one) for one in wrong] or [np.ones(1)])
        return float(entries.mean()) if entries.size else 0.0

    def reaches(self, step: int) -> bool:
        """Whether the part is computed from a step."""
        return step == self.target or self.target in self.lines.after[step]

    def tried(self, slips: tuple[LineSlip, ...]) -> Found | None:
        """The slips with what they give, if that is the student's value."""
        worked = []
        changed = False
        for base, value in zip(self.base, self.values, strict=True):
            found = self.lines.changed(base, slips, self.held)
            if found is None or not self._same(value, found[self.target]):
                return None
            if any(not self._same(found[step], base[step]) for step in self.right_parts):
                return None
            changed |= not self._same(found[self.target], base[self.target])
            worked.append(found)
        return Found(slips, worked) if changed else None

    def _explains_all(self, found: Found) -> bool:
        """Whether slips give every part as the student has it."""
        given = self.context.given
        return all(
            self._same(value, worked[step])
            for part, step in self.lines.results.items()
            for value, worked in zip(given.get(part, ()), found.worked, strict=False)
        )

    def _same(self, value: Any, made: Any) -> bool:
        if np.shape(value) != np.shape(made) or _plainly_differs(value, made):
            return False
        try:
            return not np.iscomplexobj(made) and close(value, made, self.tolerance, True)
        except Exception:
            return False

    def meeting(self, found: Sequence[Found]) -> int:
        """The first step at which several slips give the same, and after which all is right."""
        first = max(one.slips[-1].step for one in found)
        for step in range(first, self.target):
            if all(
                self._same(worked[step], model[step])
                for one in found
                for worked, model in zip(one.worked, found[0].worked, strict=True)
            ) and self._only_through(step, found[0].worked):
                return step
        return self.target

    def _only_through(self, step: int, worked: Worked) -> bool:
        if not self.reaches(step):
            return False
        put = (
            self.lines.put(base, step, w[step]) for base, w in zip(self.base, worked, strict=True)
        )
        return all(
            one is not None and self._same(value, one[self.target])
            for one, value in zip(put, self.values, strict=True)
        )


def _plainly_differs(value: Any, made: Any) -> bool:
    """Whether the first entries are far apart; most candidates are."""
    if not np.size(value):
        return False
    first, second = np.ravel(value)[0], np.ravel(made)[0]
    return bool(abs(first - second) > 1e-3 * (abs(second) + 1.0))
