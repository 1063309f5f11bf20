"""An explanation as it stands in the terminal."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from autograder.course.folder import Course
from autograder.records.audit import AuditEntry
from autograder.records.explain import ScoreHistory, explanation_text


@pytest.mark.parametrize(
    ("entry", "table"),
    [
        (AuditEntry("2026-11-20T18:00", "grade", "ada", "u", failure="broken"), "Every grading"),
        (
            AuditEntry(
                "2026-11-20T18:00",
                "grade",
                "ada",
                "u",
                parts=[{"name": "db", "points": 1.0, "status": "right", "mistake": ""}],
            ),
            "part ",
        ),
    ],
)
def test_a_blank_line_stands_before_the_first_table(
    tmp_path: Path, entry: AuditEntry, table: str
) -> None:
    explanation = ScoreHistory(
        "ada", "u", "quiz1.backward", 1.0, None, None, 0.0, 0.0, 0.0, (entry,)
    )
    console = Console(file=StringIO(), width=100)
    console.print(explanation_text(Course(tmp_path), explanation))
    assert isinstance(console.file, StringIO)
    lines = [line.strip() for line in console.file.getvalue().splitlines()]
    first = next(number for number, line in enumerate(lines) if f"{line} ".startswith(table))
    assert (lines[first - 1], bool(lines[first - 2])) == ("", True)
