"""Plain nbgrader tests: code with points that runs beside the student's, hidden tests included.

The score is what nbgrader's `determine_grade` gives an honest cell: an error, or anything on
stderr, is 0; if the cell ends in a number, that is the score; anything else earns full points.
nbgrader also gives full points to a result that cannot be a score (text, NaN, a negative number,
more than the cell is worth). Here no score is recorded then, and a person decides.

Hidden tests are in the gradebook, where nbgrader keeps them, and in the process that runs them.
They are not in the released notebook, the graded notebook or the student's page.

Unlike an exercise, whose verdict is reached elsewhere, a test of this kind is decided next to the
student's code, which can forge it (docs/threat-model.md).
"""

from __future__ import annotations

import ast
import builtins
import math
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.course.graded_cells import mark
from autograder.course.hidden_tests import WITH_HIDDEN
from autograder.feedback.words import format_points
from autograder.runner.job import RunCell
from autograder.runner.limits import STATUSES
from autograder.runner.outcome import StepOutcome

LEFT_OUT = "[a line of a hidden test was removed]"
# A shorter line, such as "x = 1", gives nothing away and may occur anywhere.
TELLING = 8
NUMPY_NUMBER = re.compile(r"np\.\w+\((.+)\)")
FRAME = re.compile(r"Cell In\[(\d+)\], line (\d+)")


@dataclass(frozen=True)
class TestResult:
    """The result of a plain test.

    Args:
        score: points, or None if a person must decide.
        outputs: what the graded notebook shows, as nbformat outputs.
        fault: "error", "unfinished" if the stub is still there, or "".
        summary: what went wrong, in a few words each.
        text: the same for the student, in a sentence.
    """

    __test__ = False

    score: float | None
    outputs: list[dict[str, Any]]
    fault: str
    summary: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class PlainTest:
    """A test cell that is not one of our exercises.

    Args:
        name: nbgrader's id of the cell.
        points: what it is worth.
        shown: its source as students see it.
        source: its source with hidden tests.
        token: what the cell writes when it reaches its last statement.
    """

    name: str
    points: float
    shown: str
    source: str
    token: str

    @classmethod
    def of(cls, cell: Any) -> PlainTest:
        """The test that a cell of a released notebook holds.

        Args:
            cell: a test cell; its hidden tests are removed from it.
        """
        source = cell.metadata.pop(WITH_HIDDEN, cell.source)
        name, points = mark(cell)["grade_id"], float(mark(cell).get("points", 0))
        return cls(name, points, cell.source, source, secrets.token_hex(12))

    def step(self) -> RunCell:
        """What the sandbox runs: the cell, which reports when it reaches its last statement.

        If an input transformer or a patched kernel runs something else instead of the cell, this
        report is missing.
        """
        written = self._written
        statements = _statements(self.source)
        if not statements:
            return RunCell(self.source)
        last = statements[-1]
        if not isinstance(last, ast.Expr):
            return RunCell(f"{self.source}\nNone if {written} else None")
        lines = self.source.encode().splitlines(keepends=True)
        before = b"".join(lines[: last.lineno - 1]) + lines[last.lineno - 1][: last.col_offset]
        rest = self.source.encode()[len(before) :]
        return RunCell((before + f"{written}; ".encode() + rest).decode())

    @property
    def _written(self) -> str:
        return f'__import__("sys").stdout.write({self.token!r})'

    def judged(self, ran: StepOutcome) -> TestResult:
        """Reads the score from how the cell ran.

        Args:
            ran: the step, whose outputs come from the submission's own process.
        """
        said = [output for output in ran.outputs if output["output_type"] == "stream"]
        reached = any(self.token in output["text"] for output in said)
        outputs = _cleaned(ran.outputs, {f"{self._written}; ": "", self.token: ""})
        errors = [output for output in outputs if output["output_type"] == "error"]
        if ran.status == "internal" or (ran.status == "error" and not errors):
            reason = "".join(output["text"] for output in said).strip()
            return self._for_a_person(outputs, reason or STATUSES[ran.status])
        if ran.status != "ok" or errors:
            return self._stopped(outputs, ran.status, errors)
        if any(output.get("name") == "stderr" for output in said):
            words = "it wrote to stderr, which counts as a failure in nbgrader"
            return self._scored(0.0, outputs, "error", words)
        statements = _statements(self.source)
        if statements and not reached:
            return self._for_a_person(outputs, "it did not report that it ran to its end")
        results = [o["data"] for o in outputs if o["output_type"] == "execute_result"]
        if not results or (statements and not isinstance(statements[-1], ast.Expr)):
            return self._scored(self.points, outputs)
        shown = results[-1].get("text/plain", "")
        if (score := _points(shown, self.points)) is None:
            return self._for_a_person(
                outputs, f"it ended in {shown[:40]!r}, which is not a valid score"
            )
        return self._scored(score, outputs)

    @property
    def hides(self) -> bool:
        """Whether it has hidden tests."""
        return self.source != self.shown

    def hidden_lines(self) -> set[str]:
        """The lines that no student may read, except those that give nothing away."""
        shown = {line.strip() for line in self.shown.splitlines()}
        lines = {line.strip() for line in self.source.splitlines()} - shown
        return {line for line in lines if len(line) >= TELLING}

    def _stopped(
        self, outputs: list[dict[str, Any]], status: str, errors: list[dict[str, Any]]
    ) -> TestResult:
        if status not in ("ok", "error") or not errors:
            return self._scored(0.0, outputs, "error", f"it {STATUSES[status]}")
        error = errors[-1]
        name = error["ename"][:60]
        if name == "NotImplementedError":
            return self._scored(0.0, outputs, "unfinished", "not filled in yet")
        line = self._visible_line(error)
        if self.hides and not line:
            known = isinstance(getattr(builtins, name, None), type)
            words = "a hidden test failed" + (f" ({name})" if known else "")
        else:
            words = f"stopped by {name}" + (f" at: {line}" if line else "")
        return self._scored(0.0, outputs, "error", words)

    def _visible_line(self, error: Mapping[str, Any]) -> str:
        """The line at which the cell stopped, if students see it and every line that led there."""
        frames = FRAME.findall("\n".join(error["traceback"]))
        lines = self.source.splitlines()
        own = [int(line) for cell, line in frames if cell == frames[0][0]]
        found = [lines[number - 1].strip() for number in own if 0 < number <= len(lines)]
        shown = {line.strip() for line in self.shown.splitlines()}
        return found[0] if found and len(found) == len(own) and shown.issuperset(found) else ""

    def _scored(
        self, score: float, outputs: list[dict[str, Any]], fault: str = "", words: str = ""
    ) -> TestResult:
        of = f"{format_points(score)} of {format_points(self.points)} points"
        text = f"{self.name}: {of}" + (f"; {words}." if words else ".")
        return TestResult(score, self._kept(outputs), fault, (words,) if words else (), text)

    def _for_a_person(self, outputs: list[dict[str, Any]], reason: str) -> TestResult:
        # Only the grader's words: the reason may quote the result of a hidden test.
        reason = reason if not self.hides else "its tests did not end as expected"
        words = f"a person must decide: {reason}"
        text = f"{self.name}: no points were given automatically; {words}."
        return TestResult(None, self._kept(outputs), "error", (words,), text)

    def _kept(self, outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What may be shown: nothing if there are hidden tests, because output may reveal them."""
        return [] if self.hides else outputs


def without_hidden(
    outputs: Iterable[Mapping[str, Any]], lines: Iterable[str]
) -> list[dict[str, Any]]:
    """Removes lines of hidden tests from what other cells show.

    Args:
        outputs: a cell's outputs.
        lines: the hidden lines.

    Returns:
        The outputs. If a student prints them in disguise, they are not found.
    """

    return _cleaned(outputs, dict.fromkeys(sorted(lines, key=len, reverse=True), LEFT_OUT))


def _statements(source: str) -> list[ast.stmt]:
    """The statements of a cell; none if it is not plain Python, as with magic commands."""
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _points(shown: str, most: float) -> float | None:
    numpys = NUMPY_NUMBER.fullmatch(shown)
    try:
        score = float(numpys[1] if numpys else shown)
    except ValueError:
        return None
    return score if math.isfinite(score) and 0 <= score <= most else None


def _cleaned(
    outputs: Iterable[Mapping[str, Any]], changes: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Outputs with texts replaced; streams that are then empty are left out."""

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            for old, new in changes.items():
                value = value.replace(old, new)
            return value
        if isinstance(value, Mapping):
            return {name: clean(part) for name, part in value.items()}
        return [clean(part) for part in value] if isinstance(value, list) else value

    cleaned = [clean(output) for output in outputs]
    return [output for output in cleaned if output.get("text") != ""]
