"""The verdict on an answer: part by part, with the points that it earns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from autograder.exercise import Exercise, Part
from autograder.judge.diagnosis import Finding

# Changing an argument in place, or stopping on some of the inputs, is a mistake of its own; it
# takes this share of what the parts earned. So does a value that is wrong only at the edge of what
# the statement allows, for a crash is not worth more than a wrong number.
FAULT_COST = 0.5
# What a right value costs whose form was not asked for: single precision, an axis of length 1.
FORM_COST = 0.1


class Status(Enum):
    """What the judge found for one part."""

    RIGHT = "right"
    FOLLOWS = "right for your own earlier parts"
    NUMERIC = "right digits, by an approximation"
    FORM = "right, in another form"
    AGAIN = "the same mistake as before"
    NARROW = "right on some inputs only"
    WRONG = "wrong"
    MALFORMED = "malformed"
    MISSING = "missing"
    NOT_ASKED = "not asked"


@dataclass(frozen=True)
class PartVerdict:
    """The verdict on one part.

    Args:
        status: what was found.
        finding: the mistake that explains the value, or what is known, for a wrong part.
        message: what is wrong with the form, or with a value that is not an array.
        kind: the kind of a fault of form: "list", "type", "dtype", "shape" or "nonfinite".
    """

    part: Part
    status: Status
    finding: Finding | None = None
    message: str = ""
    kind: str = ""

    @property
    def credited(self) -> bool:
        """Whether the part earns all its points: it is right, or its mistake has cost already."""
        return self.status in (Status.RIGHT, Status.FOLLOWS, Status.AGAIN)

    @property
    def holds(self) -> bool:
        """Whether the value is right, whatever its form."""
        return self.status in (Status.RIGHT, Status.FOLLOWS, Status.FORM)

    @property
    def is_open(self) -> bool:
        """Whether it lost points and no mistake of the exercise's own explains it."""
        return not (self.credited or (self.finding and self.finding.mistake))

    def earned(self, exercise: Exercise, narrow: float = FAULT_COST) -> float:
        """The points that the part earns in an exercise.

        Args:
            narrow: the share of the points for a part that is right on some inputs only.
        """
        shares = {
            Status.NUMERIC: exercise.differences_earn,
            Status.NARROW: narrow,
            Status.FORM: 1 - FORM_COST,
        }
        return self.part.points * shares.get(self.status, float(self.credited))


@dataclass(frozen=True)
class Verdict:
    """The verdict on one answer.

    Args:
        exercise: what was asked.
        parts: one verdict a part, in the exercise's order.
        fault: why the answer could not be judged at all, one of `autograder.inside.asking.FAULTS`.
        message: that fault in words, or what stopped it on some of the inputs.
        stopped_on: names of the probes that it gave no answer for, when it was judged on others.
        mutated: inputs, or entries of inputs, that the answer changed in place.
        shared: pairs of parts, or of a part and an input, that share memory where they should
            not.
    """

    exercise: Exercise
    parts: tuple[PartVerdict, ...]
    fault: str = ""
    message: str = ""
    mutated: tuple[str, ...] = ()
    stopped_on: tuple[str, ...] = ()
    shared: tuple[tuple[str, str], ...] = ()

    @property
    def unpaid(self) -> tuple[str, ...]:
        """The inputs changed in place that have not cost points as the mistake of a part."""
        explained = [part.finding.explanation for part in self.parts if part.finding]
        paid = {name for one in explained if one for name in one.changed}
        return tuple(name for name in self.mutated if name not in paid)

    @property
    def score(self) -> float:
        """Points earned, between 0 and the exercise's points."""
        halved = bool(self.unpaid or self.stopped_on)
        # An input that is too much for one part and stops another costs half, not three quarters.
        narrow = 1.0 if self.stopped_on else FAULT_COST
        earned = sum(verdict.earned(self.exercise, narrow) for verdict in self.parts)
        return round(float(earned) * (FAULT_COST if halved else 1), 6)

    @property
    def full(self) -> bool:
        """Whether all is right."""
        return not (self.mutated or self.stopped_on) and all(
            verdict.credited for verdict in self.parts
        )

    @property
    def first_wrong(self) -> PartVerdict | None:
        """The earliest part that does not earn all its points; a mere form comes last."""
        lost = [verdict for verdict in self.parts if not verdict.credited]
        return next((verdict for verdict in lost if not verdict.holds), lost[0] if lost else None)

    def as_data(self) -> dict[str, Any]:
        """The verdict as plain data: numbers and short strings, no student's value."""
        return {
            "exercise": self.exercise.id,
            "score": self.score,
            "points": self.exercise.points,
            "fault": self.fault,
            "parts": [
                {
                    "name": part.part.name,
                    "points": part.part.points,
                    "status": part.status.value,
                    "credited": part.credited,
                    "mistake": part.finding.name if part.finding else "",
                }
                for part in self.parts
            ],
        }
