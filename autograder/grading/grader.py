"""Grades one notebook: rebuilt, run in the sandbox, judged here.

The student's process is only ever asked for values. Inputs are drawn, right answers computed and
verdicts given in this process, which runs no student code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.course.graded_cells import exercise_asked, is_test, mark
from autograder.exercises import EXERCISES
from autograder.exercises.registry import Registry
from autograder.feedback.result import VERDICT_MIME, CheckResult
from autograder.feedback.words import summary
from autograder.files.ledger import Ledger
from autograder.grading import shown, variants
from autograder.grading.companions import Companions
from autograder.grading.graded_notebook import set_notes
from autograder.grading.hidden_inputs import NoFairDraw
from autograder.grading.plain_tests import PlainTest, without_hidden
from autograder.grading.questions import Question, Questions
from autograder.grading.rebuild import Rebuilt, is_explore
from autograder.grading.remarks import Kind, Remark
from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey
from autograder.judge.earlier import NOTHING_EARLIER, Earlier, found_wrong
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
# What a code cell asks for.
_Asked = RunCell | Question | PlainTest


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

    def __post_init__(self) -> None:
        self._questions = Questions(self.secret, self.draws, self.exercises)

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
        try:
            cells, asked = self._asked(rebuilt.notebook, author)
        except NoFairDraw as problem:
            raise GradingFailed(str(problem)) from None
        steps = [_step(each) for each in asked]
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
                marks[name] = _marked(cell, each, result, count, earlier, author)
                remarks += variants.about_another_id(each.exercise, author, name)
        if self.runner.trusted:
            remarks.insert(0, Remark(Kind.TRUSTED, TRUSTED_WARNING))
        return _finished(rebuilt, marks, remarks, outcome)

    def _asked(self, notebook: Any, author: variants.Author) -> tuple[list[Any], list[_Asked]]:
        """The code cells to run, and what each asks for."""
        cells: list[Any] = []
        asked: list[_Asked] = []
        for cell in notebook.cells:
            if cell.cell_type != "code" or is_explore(cell):
                continue
            if not is_test(cell.cell_type, mark(cell)):
                asked.append(RunCell(cell.source))
            elif exercise := exercise_asked(cell.source, self.exercises):
                expression = answer_expression(cell.source)[1]
                own = variants.own_exercise(exercise, author)
                asked.append(self._questions.about(own, expression))
            else:
                asked.append(PlainTest.of(cell))
            cells.append(cell)
        return cells, asked


def _step(asked: _Asked) -> RunCell | AskExercise:
    if isinstance(asked, Question):
        return asked.ask
    return asked.step() if isinstance(asked, PlainTest) else asked


def _marked(
    cell: Any,
    question: Question,
    step: StepOutcome,
    count: int,
    earlier: dict[str, Earlier],
    author: variants.Author,
) -> Mark:
    exercise, key = question.exercise, question.key
    found = responses(step, question.ask.drawn, question.ask.sent)
    start = len(key.drawn)
    verdict = _judge(key, found[:start], earlier.get(exercise.id, NOTHING_EARLIER))
    verdict = variants.without_borrowed(verdict, key, found[:start], author)
    for later, drawn in question.later:
        end = start + len(drawn)
        earlier[later.id] = found_wrong(verdict, later, drawn, found[start:end])
        start = end
    # The unit says what an exercise is worth there.
    points = float(mark(cell).get("points", exercise.points))
    result = CheckResult(verdict, points)
    data = result._repr_mimebundle_()
    told = data[VERDICT_MIME]
    told |= {**_how_it_ran(step), "text": str(result)}
    data |= {"text/plain": repr(result), "text/html": result._repr_html_()}
    output = {"output_type": "execute_result", "data": data, "metadata": {}}
    cell.outputs = [_node(output, count)]
    return Mark(exercise.id, result.score, points, summary(verdict), step.status, told)


def _tested(cell: Any, test: PlainTest, step: StepOutcome, count: int) -> Mark:
    result = test.judged(step)
    told = {
        "exercise": test.name,
        "score": result.score,
        "points": test.points,
        "fault": result.fault,
        "mistakes": [],
        "summary": list(result.summary),
        "parts": [],
        "text": result.text,
        **_how_it_ran(step),
    }
    data = {VERDICT_MIME: told, "text/plain": result.text}
    said = {"output_type": "display_data", "data": data, "metadata": {}}
    cell.outputs = [_node(output, count) for output in [*result.outputs, said]]
    return Mark(test.name, result.score, test.points, result.summary, step.status, told)


def _how_it_ran(step: StepOutcome) -> dict[str, Any]:
    return {name: getattr(step, name) for name in ("status", "cpu", "wall", "peak", "signal")}


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
