"""What each exercise is asked on, and what is right there: the same for the whole class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from autograder.exercise import Exercise, Inputs
from autograder.exercises.registry import Registry
from autograder.files.ledger import Ledger
from autograder.grading.hidden_inputs import hidden_inputs
from autograder.judge.answer_key import AnswerKey
from autograder.judge.draw import PUBLIC_SEED, draw_inputs
from autograder.judge.earlier import asked_before
from autograder.runner.job import AskExercise


@dataclass(frozen=True)
class Question:
    """An exercise as a graded cell asks for it.

    Args:
        ask: what the submission is asked: the key's inputs first, and then those of `later`.
        key: the right and wrong values on the exercise's own inputs.
        later: the exercises that build on this one, each with the inputs that it is asked for.
    """

    ask: AskExercise
    key: AnswerKey
    later: tuple[tuple[Exercise, Sequence[Inputs]], ...]

    @property
    def exercise(self) -> Exercise:
        """The exercise."""
        return self.key.exercise


@dataclass
class Questions:
    """The questions of one course; each is made once.

    Args:
        secret: the course's secret, from which hidden inputs are drawn; None for the public
            inputs that a student's own check uses.
        draws: which draws of hidden inputs were found fair before.
        exercises: the course's.
    """

    secret: bytes | None
    draws: Ledger | None
    exercises: Registry
    _keys: dict[str, AnswerKey] = field(default_factory=dict)
    _made: dict[tuple[str, str], Question] = field(default_factory=dict)

    def about(self, exercise: Exercise, expression: str) -> Question:
        """The question of a cell.

        Args:
            exercise: what the cell checks; where each student has a variant, the student's.
            expression: what names the answer there, such as "quiz1_backward".

        Raises:
            NoFairDraw: if an exercise rejects its own right answers.
        """
        if exercise.for_student:  # Another student's variant has the same id, and other inputs.
            return self._question(exercise, expression, self._new_key(exercise))
        if (exercise.id, expression) not in self._made:
            question = self._question(exercise, expression, self._key(exercise))
            self._made[exercise.id, expression] = question
        return self._made[exercise.id, expression]

    def _question(self, exercise: Exercise, expression: str, key: AnswerKey) -> Question:
        # What a later exercise builds on is asked for here, before it can be changed.
        later = tuple(
            (other, asked_before(other, self._key(other).drawn))
            for other in self.exercises.building_on(exercise.id)
        )
        drawn = [*key.drawn, *(inputs for _, its in later for inputs in its)]
        return Question(AskExercise(exercise, expression, drawn), key, later)

    def _key(self, exercise: Exercise) -> AnswerKey:
        if exercise.id not in self._keys:
            self._keys[exercise.id] = self._new_key(exercise)
        return self._keys[exercise.id]

    def _new_key(self, exercise: Exercise) -> AnswerKey:
        if self.secret is None:
            return AnswerKey(exercise, draw_inputs(exercise, PUBLIC_SEED))
        return AnswerKey(exercise, hidden_inputs(exercise, self.secret, self.draws))
