"""The answer key: an exercise worked out on drawn inputs, rightly and with each mistake, once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from autograder.exercise import Exercise, Inputs, Mistake, Step
from autograder.judge.quantities import uses_of


class AnswerKey:
    """Right and wrong values for a draw; each is worked out when it is first asked for.

    Many answers to one exercise on the same inputs can be judged by one key.

    Args:
        exercise: what is asked.
        drawn: the inputs, one dict per probe.
    """

    def __init__(self, exercise: Exercise, drawn: Sequence[Inputs]) -> None:
        self.exercise = exercise
        self.drawn = drawn
        self._worked: dict[tuple[int, str, frozenset[str]], SimpleNamespace | None] = {}
        self._uses: dict[int, Mapping[str, Collection[str]]] = {}

    def right(self, probe: int) -> SimpleNamespace:
        """All right values for one set of inputs.

        Args:
            probe: the number of the set.

        Returns:
            A namespace of inputs and steps.
        """
        found = self._solve(probe, None, frozenset())
        assert found is not None
        return found

    def wrong(
        self, probe: int, mistake: Mistake, steps: Collection[str] | None = None
    ) -> SimpleNamespace | None:
        """All values for one set of inputs, as a mistake has them.

        Args:
            probe: the number of the set.
            mistake: one of the exercise's.
            steps: which of its wrong steps to take (default: all).

        Returns:
            A namespace of inputs and steps, or None where the mistake cannot be carried through.
        """
        return self._solve(probe, mistake, frozenset(mistake.wrong if steps is None else steps))

    def solve(
        self,
        probe: int,
        wrong: Mapping[str, Step],
        own: Mapping[str, Any] | None = None,
        last: str = "",
    ) -> SimpleNamespace:
        """As `Exercise.solve` on one set of inputs; what takes long is not done once more.

        Args:
            probe: the number of the set.
            wrong: steps to compute in another way.
            own: values to take instead of computing their step.
            last: the step after which nothing more is needed.

        Returns:
            A namespace of inputs and steps.
        """
        own = own or {}
        kept = self._kept(probe, {*wrong, *own}) if self.exercise.costly and (wrong or own) else {}
        return self.exercise.solve(self.drawn[probe], wrong, {**kept, **own}, last)

    def _kept(self, probe: int, changed: set[str]) -> Mapping[str, Any]:
        """The right values of the steps that read nothing that is changed."""
        right = self.right(probe)
        if probe not in self._uses:
            self._uses[probe] = uses_of(self.exercise, right)
        for name, used in self._uses[probe].items():
            # Of a step that takes its values all at once, it is not known which.
            if not used or not changed.isdisjoint(used):
                changed.add(name)
        return {name: getattr(right, name) for name in self.exercise.steps if name not in changed}

    def _solve(
        self, probe: int, mistake: Mistake | None, steps: frozenset[str]
    ) -> SimpleNamespace | None:
        key = (probe, mistake.slug if mistake else "", steps)
        if key not in self._worked:
            wrong = {name: mistake.wrong[name] for name in steps} if mistake else {}
            try:
                self._worked[key] = self.solve(probe, wrong)
            except MemoryError:
                # It says nothing of the mistake, and the next submission may find room.
                raise
            except Exception:
                if mistake is None:
                    raise
                # Some mistakes cannot be carried through on layers of different sizes.
                self._worked[key] = None
        return self._worked[key]
