"""A trial of one exercise, for its author: does the judge refuse, name and accept as it should?"""

from __future__ import annotations

from dataclasses import dataclass

from autograder.bank.adversary import Attack, attack
from autograder.bank.naming import Told
from autograder.bank.right_answers import right_answers
from autograder.bank.run import Tally, run_bank
from autograder.bank.running import Shown, unseen
from autograder.course.folder import Course
from autograder.derived.not_derivable import NotDerivable
from autograder.exercise import Exercise
from autograder.judge.draw import draw_inputs
from autograder.judge.reference_check import ReferenceDisagrees, check_reference


@dataclass(frozen=True)
class Tried:
    """How an exercise fared.

    Args:
        tally: its mistakes and right answers.
        attack: how changed answers fared; None without the text of a right answer.
        why_none: why there is none.
        disagrees: what is wrong with the reference, or "".
    """

    tally: Tally
    attack: Attack | None
    why_none: str
    disagrees: str

    @property
    def compared(self) -> int:
        """How many changed answers were refused for their values."""
        told = self.attack.told if self.attack else {}
        return sum(told.get(kind, 0) for kind in (Told.NAMED, Told.CLUE, Told.NEITHER))

    @property
    def holes(self) -> list[str]:
        """Changed answers that earn everything and are wrong on other inputs."""
        survivors = self.attack.survivors if self.attack else []
        return [one.mutant.what for one in survivors if one.wrong_on]

    @property
    def sound(self) -> bool:
        """Whether all went as it should."""
        tally = self.tally
        return not (
            self.disagrees
            or self.holes
            or tally.misnamed
            or tally.refused < tally.wrong
            or tally.accepted < tally.right
        )


def try_exercise(
    course: Course, exercise: Exercise, seeds: int, mutants: int, shown: Shown = unseen
) -> Tried:
    """Tries an exercise.

    Args:
        course: where the texts of its unit are.
        exercise: the exercise.
        seeds: on how many draws of inputs its mistakes are judged.
        mutants: in how many ways each right answer is changed.
        shown: shows what is being done, and how far it is.

    Returns:
        How it fared.
    """
    disagrees = ""
    try:
        drawn = draw_inputs(exercise, (1,))
        with shown("finite differences", len(exercise.ordinary)) as advance:
            for i in exercise.ordinary:
                check_reference(exercise, drawn[i])
                advance("")
    except ReferenceDisagrees as problem:
        disagrees = str(problem)
    tally = Tally()
    with shown("mistakes", seeds * len(exercise.mistakes)) as advance:
        for seed in range(1, seeds + 1):
            tally += run_bank(exercise, seed, advance)
    why_none, found = "", None
    try:
        answers = right_answers(course, exercise)
    except (NotDerivable, ValueError) as problem:
        why_none = str(problem)
    else:
        found = attack(exercise, answers, 1, sample=mutants, naming=True, shown=shown)
    return Tried(tally, found, why_none, disagrees)
