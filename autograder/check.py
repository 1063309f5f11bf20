"""`check` and `hint`: what a student calls in a notebook.

`check` runs the same judge as the grader, on public inputs. Its result shows as rich HTML to a
person and as a plain number to nbgrader, which reads a test cell's last value as its points.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from autograder.course import same_name
from autograder.course.here import MISSING, exercises_here
from autograder.exercise import Exercise, Inputs
from autograder.exercises.beside import described_beside
from autograder.exercises.described import Described
from autograder.exercises.registry import Registry
from autograder.feedback.form_result import FormResult
from autograder.feedback.hint_button import offer_hints
from autograder.feedback.hints import further_hints
from autograder.feedback.next_hint import Hint, HintsInTurn
from autograder.feedback.result import CheckResult
from autograder.inside.asking import Response, call_with_inputs, put_question
from autograder.inside.permitted import only
from autograder.judge.draw import PUBLIC_SEED, draw_inputs
from autograder.judge.earlier import NOTHING_EARLIER, Earlier, asked_before, found_wrong
from autograder.judge.judge import judge
from autograder.judge.reference_check import check_reference
from autograder.judge.verdict import Verdict
from autograder.progress import in_a_learners_notebook, record

same_name.warn()


# An exercise, by its id and its version.
_Known = tuple[str, str]
_hints: dict[_Known, HintsInTurn] = {}
# Exercise → what the last check of the one that it builds on found wrong, as the grader has it.
_earlier: dict[_Known, Earlier] = {}


class CheckFailed(Exception):
    """Raised under nbgrader's Validate, which shows only the text of an error."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


def check(
    exercise_id: str, answer: Any, *, forward: Callable[..., Any] | None = None
) -> CheckResult | FormResult:
    """Says at once whether an answer is right, and if not, which mistake it looks like.

    Args:
        exercise_id: such as "quiz1.backward".
        answer: what the exercise asks for, usually a function. Pass it without calling it.
        forward: your own forward pass, where the course keeps the reference to itself: derivatives
            are then compared with finite differences of it. It takes the inputs without `upstream`.

    Returns:
        A result that shows itself in the notebook; `print` it in a terminal. `float(result)` is
        the score. Where the course keeps the reference to itself, the result speaks of the form,
        and of your own forward pass if you gave one. It has no score.

    Raises:
        ValueError: if there is no such exercise.
        CheckFailed: under nbgrader's Validate only, when the answer is not all right.
    """
    if told := described_beside(Path.cwd()).get(exercise_id):
        return _check_form(told, answer, forward)
    exercises = _exercises(exercise_id)
    exercise = exercises.find(exercise_id)
    if exercise.for_student:
        # Few notebooks ask for variants, so the others do not import what they need.
        from autograder.variant import no_id_yet, typed_variant

        own = typed_variant(exercise)
        if own is None:
            return CheckResult(no_id_yet(exercise))
        exercise = own
    drawn = draw_inputs(exercise, PUBLIC_SEED)
    for i in exercise.ordinary:
        check_reference(exercise, drawn[i])
    with only(exercise.may_use):
        responses = _ask(exercise, answer, drawn)
        with contextlib.redirect_stdout(io.StringIO()):
            for_later = [
                (later, its, _ask(exercise, answer, its))
                for later in exercises.building_on(exercise_id)
                for its in [asked_before(later, draw_inputs(later, PUBLIC_SEED))]
            ]
    earlier = _earlier.get(_known(exercise), NOTHING_EARLIER)
    verdict = judge(exercise, drawn, responses, earlier=earlier)
    _earlier.update(
        {_known(later): found_wrong(verdict, later, its, found) for later, its, found in for_later}
    )
    result = CheckResult(verdict)
    _remember(exercise, result.verdict, responses)
    _tell_the_learner(result.verdict)
    if _validating() and not result.verdict.full:
        raise CheckFailed(str(result))
    return result


def _exercises(exercise_id: str) -> Registry:
    """The exercises that this notebook may check; this one is among them."""
    exercises = exercises_here(Path.cwd(), exercise_id)
    try:
        exercises.find(exercise_id)
    except ValueError as error:
        missing = "" if exercises.fault_of(exercise_id) else MISSING
        raise ValueError(f"{error}{missing}") from None
    return exercises


def _known(exercise: Exercise) -> _Known:
    return exercise.id, exercise.version


def _check_form(told: Described, answer: Any, forward: Callable[..., Any] | None) -> FormResult:
    example = told.example()
    response = None
    if example is not None:
        names = [part.name for part in told.parts]
        with only(told.may_use):
            response = put_question(call_with_inputs, answer, example, names)
    result = FormResult(told, response, forward)
    if _validating() and response is not None and not result.fits:
        raise CheckFailed(str(result))
    return result


def _validating() -> bool:
    """Whether this runs under nbgrader's Validate."""
    return os.environ.get("NBGRADER_EXECUTION") == "validate"


def _ask(exercise: Exercise, answer: Any, drawn: list[Inputs]) -> list[Response]:
    return [put_question(exercise.ask, answer, inputs, exercise.asked) for inputs in drawn]


def hint(exercise_id: str) -> Hint:
    """Gives the next hint for an exercise. To see a further one, change your attempt first.

    Args:
        exercise_id: such as "quiz1.backward".

    Returns:
        The hint: first a nudge (unless the check has already asked it), then a pointer, then a
        worked example. It is about the mistake that the last check named, or about the exercise
        as a whole.

    Raises:
        ValueError: if there is no such exercise.
    """
    if exercise_id in described_beside(Path.cwd()):
        return Hint(_WHEN_GRADED)
    exercise = _exercises(exercise_id)[exercise_id]
    in_turn = _hints.get(_known(exercise))
    return Hint(f"{exercise.hints[0]} {_BEGIN}".lstrip()) if in_turn is None else in_turn.next()


_BEGIN = "For the next hint, run the check on an attempt of your own."
_WHEN_GRADED = "The check of this exercise looks only at the form, so it has no hints."


def _remember(exercise: Exercise, verdict: Verdict, responses: list[Response]) -> None:
    attempt = fingerprint(responses)
    before = _hints.get(_known(exercise))
    _hints[_known(exercise)] = (
        before.after(verdict, attempt) if before else HintsInTurn(verdict, attempt)
    )


def _tell_the_learner(verdict: Verdict) -> None:
    """In a notebook that a person works with: note the progress, and offer hints."""
    if not in_a_learners_notebook():
        return
    record(verdict)
    if not verdict.full and further_hints(verdict):
        offer_hints(verdict.exercise.id, hint)


def fingerprint(responses: Sequence[Response]) -> str:
    """Tells two attempts apart; an attempt whose values cannot be shown counts as changed.

    Args:
        responses: what came back.
    """
    try:
        return repr([(response.message, response.values) for response in responses])
    except Exception:
        return os.urandom(8).hex()
