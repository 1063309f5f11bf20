"""Grades one notebook: rebuilt, run in the sandbox, judged here.

The student's process is only ever asked for values. Inputs are drawn, right answers computed and
verdicts given in this process, which runs no student code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.check import PUBLIC_SEED, VERDICT_MIME, CheckResult
from autograder.exercise import Exercise, Inputs
from autograder.exercises import find
from autograder.feedback.words import summary
from autograder.files import Ledger
from autograder.grading.companions import Companions
from autograder.grading.graded_notebook import NOTES_ID
from autograder.grading.hidden_inputs import NoFairDraw, hidden_inputs
from autograder.grading.rebuild import Rebuilt, is_explore
from autograder.judge.judge import draw_inputs, judge
from autograder.judge.verdict import PartVerdict, Status, Verdict
from autograder.runner.client import Runner
from autograder.runner.job import Question, Run, answer_expression
from autograder.runner.limits import STATUSES
from autograder.runner.outcome import Outcome, Step, responses

TRUSTED_WARNING = (
    "Run without a sandbox (--trust-submissions): nothing kept this code from reading or changing "
    "files, or from forging its own score."
)
MAX_REMARKS = 40


class GradingFailed(Exception):
    """The grader itself failed; nothing is said about the submission."""


@dataclass(frozen=True)
class Mark:
    """What one exercise earned.

    Args:
        exercise: its id.
        score: points earned.
        points: points it is worth.
        notes: what went wrong, a few words each.
        status: how running it went, a key of `runner.limits.STATUSES`.
        verdict: the verdict as data, with the feedback in words under "text"; the same as in the
            graded notebook.
    """

    exercise: str
    score: float
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
        remarks: what was repaired or ran out of its limits, a sentence each.
        cpu: processor seconds of the submission.
        wall: seconds.
        peak: bytes of memory.
    """

    notebook: Any
    marks: Mapping[str, Mark]
    untouched: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = ()
    cpu: float = 0.0
    wall: float = 0.0
    peak: int = 0


@dataclass
class Grader:
    """Grades notebooks with one runner.

    Args:
        runner: where submissions run.
        secret: the course's secret, from which hidden inputs are drawn; None for the public
            inputs that a student's own check uses.
        draws: which draws of hidden inputs were found fair before.
    """

    runner: Runner
    secret: bytes | None
    draws: Ledger | None = None
    _drawn: dict[str, list[Inputs]] = field(default_factory=dict)

    def grade(self, rebuilt: Rebuilt, beside: Companions | None = None) -> GradedNotebook:
        """Runs and judges a rebuilt notebook.

        Args:
            rebuilt: the notebook; outputs are put into it.
            beside: the other files of the submission.

        Returns:
            The graded notebook.

        Raises:
            GradingFailed: if the runner failed twice, or an exercise refuses its own answers.
            CannotSend: if a graded cell or an exercise is written so that it cannot be asked.
        """
        cells, steps = self._steps(rebuilt.notebook)
        beside = beside or Companions({})
        outcome = self.runner.run(steps, beside.files)
        if outcome.failure:
            outcome = self.runner.run(steps, beside.files)
        if outcome.failure:
            raise GradingFailed(outcome.failure)
        remarks = [*rebuilt.remarks, *beside.remarks]
        marks: dict[str, Mark] = {}
        for count, (cell, step, result) in enumerate(
            zip(cells, steps, outcome.steps, strict=True), start=1
        ):
            cell.execution_count = count
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            if result.status not in ("ok", "error"):
                what = name or "One of the student's own cells"
                remarks.append(f"{what} {STATUSES[result.status]} ({result.status}).")
            if isinstance(step, Run):
                cell.outputs = [_node(output, count) for output in result.outputs]
            else:
                marks[name] = self._mark(cell, step, result, count)
        if self.runner.trusted:
            remarks.insert(0, TRUSTED_WARNING)
        return _finished(rebuilt, marks, remarks, outcome)

    def _steps(self, notebook: Any) -> tuple[list[Any], list[Run | Question]]:
        cells: list[Any] = []
        steps: list[Run | Question] = []
        for cell in notebook.cells:
            if cell.cell_type != "code" or is_explore(cell):
                continue
            mark = cell.metadata.get("nbgrader", {})
            if mark.get("grade") and not mark.get("solution"):
                exercise_id, expression = answer_expression(cell.source)
                exercise = find(exercise_id)
                steps.append(Question(exercise, expression, self._inputs(exercise)))
            else:
                steps.append(Run(cell.source))
            cells.append(cell)
        return cells, steps

    def _inputs(self, exercise: Exercise) -> list[Inputs]:
        if exercise.id not in self._drawn:
            self._drawn[exercise.id] = self._draw(exercise)
        return self._drawn[exercise.id]

    def _draw(self, exercise: Exercise) -> list[Inputs]:
        if self.secret is None:
            return draw_inputs(exercise, PUBLIC_SEED)
        try:
            return hidden_inputs(exercise, self.secret, self.draws)
        except NoFairDraw as problem:
            raise GradingFailed(str(problem)) from None

    def _mark(self, cell: Any, question: Question, step: Step, count: int) -> Mark:
        exercise = question.exercise
        verdict = _judge(exercise, question.drawn, step)
        result = CheckResult(verdict)
        data = result._repr_mimebundle_()
        told = data[VERDICT_MIME]
        ran = {name: getattr(step, name) for name in ("status", "cpu", "wall", "peak", "signal")}
        told |= {**ran, "text": str(result)}
        data |= {"text/plain": repr(result), "text/html": result._repr_html_()}
        output = {"output_type": "execute_result", "data": data, "metadata": {}}
        cell.outputs = [_node(output, count)]
        notes = summary(verdict)
        return Mark(exercise.id, verdict.score, exercise.points, notes, step.status, told)


def _judge(exercise: Exercise, drawn: Sequence[Inputs], step: Step) -> Verdict:
    """The judge's verdict, also on values so odd that the judge stumbles over them."""
    try:
        return judge(exercise, drawn, responses(step, drawn))
    except Exception as error:
        parts = tuple(PartVerdict(part, Status.NOT_ASKED) for part in exercise.parts)
        message = (
            f"What came back has a form that cannot be compared ({type(error).__name__}). Return "
            "what the exercise asks for, and nothing else."
        )
        return Verdict(exercise, parts, "error", message)


def _finished(
    rebuilt: Rebuilt, marks: Mapping[str, Mark], remarks: Sequence[str], outcome: Outcome
) -> GradedNotebook:
    from nbformat.v4 import new_markdown_cell

    notebook = rebuilt.notebook
    kept = tuple(dict.fromkeys(remarks))[:MAX_REMARKS]
    if kept:
        text = "**Notes from the grader**\n\n" + "\n".join(f"- {remark}" for remark in kept)
        notebook.cells.insert(0, new_markdown_cell(text, id=NOTES_ID))  # type: ignore[no-untyped-call]
    return GradedNotebook(
        notebook, marks, rebuilt.untouched, kept, outcome.cpu, outcome.wall, outcome.peak
    )


def _node(output: Mapping[str, Any], count: int) -> Any:
    from nbformat import from_dict

    extra = {"execution_count": count} if output["output_type"] == "execute_result" else {}
    return from_dict({**output, **extra})  # type: ignore[no-untyped-call]
