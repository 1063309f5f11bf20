"""Two slips in the lines of the solution, tried when no single slip explains a value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograder.judge.line_search import Found, Search
from autograder.lines import INPUT, LineSlip

# Steps that are computed at most for one answer, which takes about a third of a second.
MOST_STEPS = 250_000
# So many pairs that fit say nothing more about any of them.
_MOST_FOUND = 40
# What is wrong in fewer entries may be wrong in the choice of a side alone, and many pairs of slips
# make the same choices.
_LEAST_WRONG = 0.5
_LEFT = "steps left for pairs of slips"


def two_slips(search: Search) -> list[Found]:
    """Every pair of slips that gives the value.

    Args:
        search: what single slips were looked for in.

    Returns:
        The pairs, of several with the same effect only one; none if there are too many to try, or
        too many fit.
    """
    if search.share_wrong() < _LEAST_WRONG:
        return []
    tried, memory = _Tried(search), search.context.case.memory
    pairs = list(tried.pairs())
    left = memory.get(_LEFT, MOST_STEPS) - sum(tried.costs[b.step] for _, b, _ in pairs)
    if left < 0:
        return []
    memory[_LEFT] = left
    found: list[Found] = []
    for first, second, worked in pairs:
        if tried.gives(worked, second) and (one := search.tried((first, second))):
            found.append(one)
            if len(found) > _MOST_FOUND:
                return []
    return found


class _Tried:
    """All pairs on the probe with the fewest numbers."""

    def __init__(self, search: Search) -> None:
        self.search, self.lines = search, search.lines
        sizes = [np.size(value) for value in search.values]
        self.probe = int(np.argmin(sizes))
        self.base = search.base[self.probe]
        self.value = np.asarray(search.values[self.probe])
        self.first = float(self.value.flat[0]) if self.value.size else 0.0
        self.paths = {
            number: [
                one
                for one in (number, *self.lines.after[number])
                if search.reaches(one) and one not in search.held
            ]
            for number in range(len(self.lines.steps))
        }
        self.costs = {number: len(path) for number, path in self.paths.items()}

    def pairs(self) -> Iterator[tuple[LineSlip, LineSlip, list[Any]]]:
        """Pairs with different effects, in the order of their steps, and the first's values."""
        slips = [one for one in self.lines.slips if self.search.reaches(one.step)]
        by_step, by_line = self._distinct(slips)
        for place, (slip, worked) in enumerate(by_step):
            line, whole = self.lines.steps[slip.step].line, id(slip) in by_line
            for other, _ in by_step[place + 1 :]:
                same = self.lines.steps[other.step].line == line
                # From the next line on, only what the line as a whole gives matters.
                if other.step != slip.step and (same or (whole and id(other) in by_line)):
                    yield slip, other, worked

    def _distinct(
        self, slips: Sequence[LineSlip]
    ) -> tuple[list[tuple[LineSlip, list[Any]]], set[int]]:
        """One slip for each effect on its step, and which of them stand for one on its line."""
        found, seen = [], set()
        by_line: set[int] = set()
        for slip in slips:
            worked = self._worked(self.base, slip)
            if worked is None:
                continue
            line = self.lines.steps[slip.step].line
            end = slip.step if line == INPUT else self.lines.ends[line]
            for number, key in ((slip.step, "step"), (end, "line")):
                effect = (key, number, np.shape(worked[number]), _bytes(worked[number]))
                plain = _bytes(self.base[number]) == effect[-1]
                if plain or effect in seen:
                    continue
                seen.add(effect)
                if key == "step":
                    found.append((slip, worked))
                else:
                    by_line.add(id(slip))
        return found, by_line

    def _worked(self, values: Sequence[Any], slip: LineSlip) -> list[Any] | None:
        """The values with one more slip, as far as the part needs them."""
        path, steps = self.paths[slip.step], self.lines.steps
        made = list(values)
        try:
            for number in path:
                made[number] = (slip if number == slip.step else steps[number]).value(made)
        except Exception:
            return None
        return made

    def gives(self, values: Sequence[Any], slip: LineSlip) -> bool:
        """Whether a further slip gives the student's value there, by its first entry."""
        made = self._worked(values, slip)
        if made is None:
            return False
        one = made[self.search.target]
        if np.shape(one) != self.value.shape:
            return False
        entry = one.flat[0] if isinstance(one, np.ndarray) and one.size else one
        return not np.size(one) or bool(abs(entry - self.first) <= 1e-6 * (abs(self.first) + 1e-9))


def _bytes(value: Any) -> bytes:
    """The value to seven digits, so that round-off makes no difference."""
    return np.asarray(value, dtype=complex).astype(np.complex64).tobytes()
