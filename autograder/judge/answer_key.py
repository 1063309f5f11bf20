"""The answer key: an exercise worked out on drawn inputs, rightly and with each mistake, once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from types import SimpleNamespace

from autograder.exercise import Exercise, Inputs, Mistake


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

    def _solve(
        self, probe: int, mistake: Mistake | None, steps: frozenset[str]
    ) -> SimpleNamespace | None:
        key = (probe, mistake.slug if mistake else "", steps)
        if key not in self._worked:
            wrong = {name: mistake.wrong[name] for name in steps} if mistake else {}
            try:
                self._worked[key] = self.exercise.solve(self.drawn[probe], wrong)
            except MemoryError:
                # It says nothing of the mistake, and the next submission may find room.
                raise
            except Exception:
                if mistake is None:
                    raise
                # Some mistakes cannot be carried through on layers of different sizes.
                self._worked[key] = None
        return self._worked[key]
