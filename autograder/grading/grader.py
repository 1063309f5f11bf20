"""Grades one notebook: rebuilt, run in the sandbox, judged here.

The student's process is only ever asked for values. Inputs are drawn, right answers computed and
verdicts given in this process, which runs no student code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.course.graded_cells import exercise_asked, is_test, mark
from autograder.exercise import Exercise, Inputs
from autograder.exercises import EXERCISES
from autograder.exercises.registry import Registry
from autograder.feedback.result import VERDICT_MIME, CheckResult
from autograder.feedback.words import summary
from autograder.files.ledger import Ledger
from autograder.grading import shown, variants
from autograder.grading.companions import Companions
from autograder.grading.graded_notebook import set_notes
from autograder.grading.hidden_inputs import NoFairDraw, hidden_inputs
from autograder.grading.plain_tests import PlainTest, without_hidden
from autograder.grading.rebuild import Rebuilt, is_explore
from autograder.grading.remarks import Kind, Remark
from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey
from autograder.judge.draw import PUBLIC_SEED, draw_inputs
from autograder.judge.earlier import NOTHING_EARLIER, Earlier, asked_before, found_wrong
from autograder.judge.judge import judge
from autograder.judge.verdict import PartVerdict, Status, Verdict
from autograder.runner.client import Runner
from autograder.runner.job import AskExercise, RunCell, answer_expression
from autograder.runner.limits import STATUSES
from autograder.runner.outcome import Outcome, StepOutcome, responses

TRUSTED_WARNING = (
    "Run without a sandbox (--trust-submissions): nothing kept this code from reading or changing "
    "files, or from forging its own score."
)
MAX_REMARKS = 40


class GradingFailed(Exception):
    """The grader itself failed; nothing is said about the submission."""


@dataclass(frozen=True)
class Mark:
    """What one test cell earned.

    Args:
        exercise: the id of its exercise, or of the cell if it is a plain test.
        score: points earned; None where a person must decide.
        points: points that the cell is worth in this unit.
        notes: what went wrong, a few words each.
        status: how running it went, a key of `runner.limits.STATUSES`.
        verdict: the verdict as data, with the feedback in words under "text"; the same as in the
            graded notebook.
    """

    exercise: str
    score: float | None
    points: float
    notes: tuple[str, ...]
    status: str = "ok"
    verdict: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class GradedNotebook:
    """A graded notebook.

    Args:
        notebook: the notebook with outputs and verdicts.
        marks: nbgrader's id of the graded cell → mark.
        untouched: ids of solution cells that are as they were released.
        remarks: what was repaired, left out or ran out of its limits.
        cpu: processor seconds of the submission.
        wall: seconds.
        peak: bytes of memory.
        sha256: of the file that was handed in, as `sha256sum` prints it.
    """

    notebook: Any
    marks: Mapping[str, Mark]
    untouched: frozenset[str] = frozenset()
    remarks: tuple[Remark, ...] = ()
    cpu: float = 0.0
    wall: float = 0.0
    peak: int = 0
    sha256: str = ""


@dataclass
class Grader:
    """Grades notebooks with one runner.

    Args:
        runner: where submissions run.
        secret: the course's secret, from which hidden inputs are drawn; None for the public
            inputs that a student's own check uses.
        draws: which draws of hidden inputs were found fair before.
        exercises: the course's.
    """

    runner: Runner
    secret: bytes | None
    draws: Ledger | None = None
    exercises: Registry = EXERCISES
    # The inputs are the same for the whole class, and so are the right and wrong values on them.
    _keys: dict[str, AnswerKey] = field(default_factory=dict)
    _questions: dict[tuple[str, str], AskExercise] = field(default_factory=dict)

    def grade(
        self,
        rebuilt: Rebuilt,
        beside: Companions | None = None,
        author: variants.Author = variants.UNKNOWN,
    ) -> GradedNotebook:
        """Runs and judges a rebuilt notebook.

        Args:
            rebuilt: the notebook; outputs are put into it.
            beside: the other files of the submission.
            author: whose variants are asked for.

        Returns:
            The graded notebook.

        Raises:
            GradingFailed: if the runner failed twice, or an exercise refuses its own answers.
            CannotSend: if a graded cell or an exercise is written so that it cannot be asked.
        """
        cells, asked = self._asked(rebuilt.notebook, author)
        steps = [each.step() if isinstance(each, PlainTest) else each for each in asked]
        beside = beside or Companions({})
        outcome = self.runner.run(steps, beside.files)
        if outcome.failure:
            outcome = self.runner.run(steps, beside.files)
        if outcome.failure:
            raise GradingFailed(outcome.failure)
        remarks = [Remark(Kind.REPAIRED, text) for text in rebuilt.remarks]
        remarks += [Remark(Kind.BESIDE, text) for text in beside.remarks]
        marks: dict[str, Mark] = {}
        earlier: dict[str, Earlier] = {}
        tests = [each for each in asked if isinstance(each, PlainTest)]
        hidden = set().union(*(test.hidden_lines() for test in tests))
        for count, (cell, each, result) in enumerate(
            zip(cells, asked, outcome.steps, strict=True), start=1
        ):
            cell.execution_count = count
            name = mark(cell).get("grade_id", "")
            if result.status not in ("ok", "error"):
                what = name or "One of the student's own cells"
                text = f"{what} {STATUSES[result.status]} ({result.status})."
                kind = Kind.NOT_RUN if result.status == "not run" else Kind.LIMIT
                remarks.append(Remark(kind, text, name))
            if isinstance(each, RunCell):
                kept = without_hidden(result.outputs, hidden)
                cell.outputs = [_node(_displayed(output), count) for output in kept]
            elif isinstance(each, PlainTest):
                marks[name] = _tested(cell, each, result, count)
            else:
                marks[name] = self._mark(cell, each, result, count, earlier, author)
                remarks += variants.about_another_id(each.exercise, author, name)
        if self.runner.trusted:
            remarks.insert(0, Remark(Kind.TRUSTED, TRUSTED_WARNING))
        return _finished(rebuilt, marks, remarks, outcome)

    def _asked(
        self, notebook: Any, author: variants.Author
    ) -> tuple[list[Any], list[RunCell | AskExercise | PlainTest]]:
        """The code cells to run, and what each asks for."""
        cells: list[Any] = []
        asked: list[RunCell | AskExercise | PlainTest] = []
        for cell in notebook.cells:
            if cell.cell_type != "code" or is_explore(cell):
                continue
            if not is_test(cell.cell_type, mark(cell)):
                asked.append(RunCell(cell.source))
            elif exercise := exercise_asked(cell.source, self.exercises):
                expression = answer_expression(cell.source)[1]
                if exercise.for_student:
                    exercise = variants.own_exercise(exercise, author)
                    # What is kept is another student's.
                    self._keys.pop(exercise.id, None)
                    self._questions.pop((exercise.id, expression), None)
                asked.append(self._question(exercise, expression))
            else:
                asked.append(PlainTest.of(cell))
            cells.append(cell)
        return cells, asked

    def _question(self, exercise: Exercise, expression: str) -> AskExercise:
        if (exercise.id, expression) not in self._questions:
            # What a later exercise builds on is asked for here, before it can be changed.
            drawn = [*self._inputs(exercise)]
            for later in self.exercises.building_on(exercise.id):
                drawn += asked_before(later, self._inputs(later))
            self._questions[exercise.id, expression] = AskExercise(exercise, expression, drawn)
        return self._questions[exercise.id, expression]

    def _inputs(self, exercise: Exercise) -> Sequence[Inputs]:
        return self._key(exercise).drawn

    def _key(self, exercise: Exercise) -> AnswerKey:
        if exercise.id not in self._keys:
            self._keys[exercise.id] = AnswerKey(exercise, self._draw(exercise))
        return self._keys[exercise.id]

    def _draw(self, exercise: Exercise) -> list[Inputs]:
        if self.secret is None:
            return draw_inputs(exercise, PUBLIC_SEED)
        try:
            return hidden_inputs(exercise, self.secret, self.draws)
        except NoFairDraw as problem:
            raise GradingFailed(str(problem)) from None

    def _mark(
        self,
        cell: Any,
        question: AskExercise,
        step: StepOutcome,
        count: int,
        earlier: dict[str, Earlier],
        author: variants.Author,
    ) -> Mark:
        exercise = question.exercise
        key, found = self._key(exercise), responses(step, question.drawn, question.sent)
        start = len(key.drawn)
        verdict = _judge(key, found[:start], earlier.get(exercise.id, NOTHING_EARLIER))
        verdict = variants.without_borrowed(verdict, key, found[:start], author)
        for later in self.exercises.building_on(exercise.id):
            drawn = asked_before(later, self._inputs(later))
            end = start + len(drawn)
            earlier[later.id] = found_wrong(verdict, later, drawn, found[start:end])
            start = end
        # The unit says what an exercise is worth there.
        points = float(mark(cell).get("points", exercise.points))
        result = CheckResult(verdict, points)
        data = result._repr_mimebundle_()
        told = data[VERDICT_MIME]
        ran = {name: getattr(step, name) for name in ("status", "cpu", "wall", "peak", "signal")}
        told |= {**ran, "text": str(result)}
        data |= {"text/plain": repr(result), "text/html": result._repr_html_()}
        output = {"output_type": "execute_result", "data": data, "metadata": {}}
        cell.outputs = [_node(output, count)]
        return Mark(exercise.id, result.score, points, summary(verdict), step.status, told)


def _tested(cell: Any, test: PlainTest, step: StepOutcome, count: int) -> Mark:
    result = test.judged(step)
    ran = {name: getattr(step, name) for name in ("status", "cpu", "wall", "peak", "signal")}
    told = {
        "exercise": test.name,
        "score": result.score,
        "points": test.points,
        "fault": result.fault,
        "mistakes": [],
        "summary": list(result.summary),
        "parts": [],
        "text": result.text,
        **ran,
    }
    data = {VERDICT_MIME: told, "text/plain": result.text}
    said = {"output_type": "display_data", "data": data, "metadata": {}}
    cell.outputs = [_node(output, count) for output in [*result.outputs, said]]
    return Mark(test.name, result.score, test.points, result.summary, step.status, told)


def _judge(key: AnswerKey, found: Sequence[Response], earlier: Earlier) -> Verdict:
    """The judge's verdict, also on values so odd that the judge stumbles over them."""
    exercise = key.exercise
    try:
        return judge(exercise, key.drawn, found, key, earlier)
    except Exception as error:
        parts = tuple(PartVerdict(part, Status.NOT_ASKED) for part in exercise.parts)
        message = (
            f"What came back has a form that cannot be compared ({type(error).__name__}). Return "
            "only what the exercise asks for."
        )
        return Verdict(exercise, parts, "error", message)


def _finished(
    rebuilt: Rebuilt, marks: Mapping[str, Mark], remarks: Sequence[Remark], outcome: Outcome
) -> GradedNotebook:
    notebook = rebuilt.notebook
    shown.bound(notebook.cells)
    kept = tuple(dict.fromkeys(remarks))[:MAX_REMARKS]
    set_notes(notebook, kept)
    return GradedNotebook(
        notebook, marks, rebuilt.untouched, kept, outcome.cpu, outcome.wall, outcome.peak
    )


def _displayed(output: Mapping[str, Any]) -> Mapping[str, Any]:
    """The result of an ordinary cell as a display, so that only a test cell has a result."""
    result = output["output_type"] == "execute_result"
    return {**output, "output_type": "display_data"} if result else output


def _node(output: Mapping[str, Any], count: int) -> Any:
    from nbformat import from_dict

    extra = {"execution_count": count} if output["output_type"] == "execute_result" else {}
    return from_dict({**output, **extra})  # type: ignore[no-untyped-call]
