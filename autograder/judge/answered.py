"""An answer on some of an exercise's inputs: what came back for a part, and what is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey
from autograder.judge.forms import all_as_asked


@dataclass(frozen=True)
class Answered:
    """An answer on some of an exercise's inputs.

    Args:
        key: what was asked, worked out on all inputs.
        asked: the numbers of the probes that are looked at, in the order in which they were asked.
        responses: what came back, one for each probe of the exercise.
    """

    key: AnswerKey
    asked: Sequence[int]
    responses: Sequence[Response]

    def right(self, part: str) -> list[Any]:
        """The right values of a part or step, one for each probe that is looked at."""
        return [getattr(self.key.right(i), part) for i in self.asked]

    def given(self, part: str) -> list[Any]:
        """What came back for a part, None where nothing did."""
        return [self.responses[i].values.get(part) for i in self.asked]

    def read(self, part: str) -> list[Any] | None:
        """What came back for a part in the form that was asked for, None if a value has no such."""
        return all_as_asked(self.given(part), self.right(part))
