"""What a part is judged by: the inputs, the right values, and the student's own earlier parts."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from autograder.exercise import Exercise, Inputs, Mistake, Part, Step
from autograder.judge.answer_key import AnswerKey
from autograder.judge.compare import close
from autograder.judge.quantities import known_names, uses_of


@dataclass(frozen=True)
class Case:
    """What was asked on which inputs.

    Args:
        key: what was asked, worked out on all inputs.
        asked: the numbers of the probes that were answered.
        edits: the changes of steps that have been found in earlier parts.
        memory: what has been found out for all parts together.
    """

    key: AnswerKey
    asked: Sequence[int]
    edits: list[Any] = field(default_factory=list)
    memory: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def uses(self) -> Mapping[str, Mapping[str, int]]:
        """What each step of the exercise reads, and how often."""
        return uses_of(self.exercise, self.truth[0])

    @cached_property
    def known(self) -> Sequence[str]:
        """The quantities that feedback may speak of."""
        return known_names(self.exercise, self.truth)

    @property
    def exercise(self) -> Exercise:
        """What was asked."""
        return self.key.exercise

    @property
    def probes(self) -> list[str]:
        """The names of the probes that were answered."""
        return [self.exercise.probes[i].name for i in self.asked]

    @property
    def drawn(self) -> list[Inputs]:
        """The inputs of those probes."""
        return [self.key.drawn[i] for i in self.asked]

    @property
    def truth(self) -> list[SimpleNamespace]:
        """All right values on those probes."""
        return [self.key.right(i) for i in self.asked]


@dataclass(frozen=True)
class Context:
    """What one part's value may rest on.

    Args:
        case: what was asked on which inputs.
        part: the part looked at.
        own: the student's own earlier wrong parts, one dict per probe.
        adopted: ungraded steps as mistakes found earlier compute them.
        shadow: the own earlier parts together with those too odd to build credit upon.
        given: all that came back, part by part, one value per probe.
    """

    case: Case
    part: Part
    own: Sequence[Mapping[str, Any]]
    adopted: Mapping[str, Step]
    shadow: Sequence[Mapping[str, Any]]
    given: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def only(self, kept: Sequence[int]) -> Context:
        """The same on some of the probes.

        Args:
            kept: their places among those that were answered.
        """
        return Context(
            Case(self.case.key, [self.case.asked[i] for i in kept], self.case.edits),
            self.part,
            [self.own[i] for i in kept],
            self.adopted,
            [self.shadow[i] for i in kept],
            {name: [values[i] for i in kept] for name, values in self.given.items()},
        )

    @property
    def right(self) -> list[Any]:
        """The part's right value on each probe."""
        return [getattr(values, self.part.name) for values in self.case.truth]

    def is_right(self, part: str) -> bool:
        """Whether another part that is a number is right as it came back.

        Args:
            part: its name.
        """
        given = self.given.get(part, ())
        right = [getattr(values, part) for values in self.case.truth]
        tolerance = self.case.exercise.tolerance
        try:
            return bool(given) and all(
                close(a, b, tolerance) for a, b in zip(given, right, strict=True)
            )
        except Exception:
            return False

    def only_special(self, values: Sequence[Any]) -> bool:
        """Whether a value of the part is right on all inputs but special cases.

        Args:
            values: what the student returned for it, one value per probe.
        """
        case, tolerance = self.case, self.case.exercise.tolerance
        special = [case.exercise.probes[i].special for i in case.asked]
        if not any(special) or all(special):
            return False
        try:
            return all(
                close(value, right, tolerance)
                for value, right, rare in zip(values, self.right, special, strict=True)
                if not rare
            )
        except Exception:
            return False

    @property
    def rests_on_own(self) -> bool:
        """Whether anything of the student's own differs from the right earlier values."""
        return bool(self.adopted) or any(self.own)

    def expected(self, wrong: Mapping[str, Step] | None = None) -> list[Any]:
        """The part's value on each probe, from the student's own earlier parts."""
        if not wrong and not self.rests_on_own:
            return self.right
        return list(self._worked(self.own, wrong))

    def follows(self, values: Sequence[Any]) -> bool:
        """Whether a value is what comes of own earlier parts, however odd those are."""
        if not any(self.shadow):
            return False
        tolerance = self.case.exercise.tolerance
        return _all_same(
            self._worked(self.shadow),
            values,
            lambda mine, value: close(value, mine, tolerance, True),
        )

    def namespaces(self) -> Iterator[list[SimpleNamespace]]:
        """All values on each probe: the right ones, and those with the student's own."""
        yield from self._solved

    @cached_property
    def _solved(self) -> list[list[SimpleNamespace]]:
        found = [self.case.truth]
        if self.rests_on_own:
            with contextlib.suppress(Exception):
                found.append(list(self._solve(self.own)))
        return found

    def bases(self) -> Iterator[list[Any]]:
        """What a slip at the end may start from: the right value, or what follows from own ones."""
        for solved in self.namespaces():
            yield [getattr(values, self.part.name) for values in solved]

    def _solve(
        self,
        own: Sequence[Mapping[str, Any]],
        wrong: Mapping[str, Step] | None = None,
        last: str = "",
    ) -> Iterator[SimpleNamespace]:
        steps = {**self.adopted, **(wrong or {})}
        for probe, mine in zip(self.case.asked, own, strict=True):
            yield self.case.key.solve(probe, steps, mine, last)

    def _worked(
        self, own: Sequence[Mapping[str, Any]], wrong: Mapping[str, Step] | None = None
    ) -> Iterator[Any]:
        """The part's value on each probe, from earlier values that the student has."""
        name = self.part.name
        return (getattr(values, name) for values in self._solve(own, wrong, name))

    def reproduces(
        self, mistake: Mistake, values: Sequence[Any], same: Callable[[Any, Any], bool]
    ) -> bool:
        """Whether a mistake gives the part as the student has it, from right or from own values.

        Other graded parts have verdicts of their own; only ungraded steps work from afar.

        Args:
            mistake: one of the exercise's.
            values: what the student returned for the part, one value per probe.
            same: whether a value of the mistake's and one of the student's are the same.
        """
        graded = {part.name for part in self.case.exercise.parts} - {self.part.name}
        steps = [name for name in mistake.wrong if name not in graded]
        if not steps:
            return False
        if _all_same(self._afresh(mistake, steps), values, same):
            return True
        wrong = {name: mistake.wrong[name] for name in steps}
        return self.rests_on_own and _all_same(self._worked(self.own, wrong), values, same)

    def _afresh(self, mistake: Mistake, steps: Sequence[str]) -> Iterator[Any]:
        """The part as a mistake has it, from right values; it ends where that cannot be made."""
        for i in self.case.asked:
            worked = self.case.key.wrong(i, mistake, steps)
            if worked is None:
                return
            yield getattr(worked, self.part.name)


def _all_same(made: Iterator[Any], values: Sequence[Any], same: Callable[[Any, Any], bool]) -> bool:
    """Whether candidates, made one after the other, are what the student returned."""
    try:
        return all(same(next(made), value) for value in values)
    except Exception:  # Not every mistake can be carried through from all values.
        return False


def upstream_steps(exercise: Exercise, mistake: Mistake | None) -> Mapping[str, Step]:
    """The ungraded steps that an identified mistake computes wrongly."""
    graded = {part.name for part in exercise.parts}
    wrong = mistake.wrong if mistake else {}
    return {name: step for name, step in wrong.items() if name not in graded}
