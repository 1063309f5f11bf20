"""`course-bp explain`: why a student has this score."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from autograder.cli.common import (
    CourseOption,
    JsonOption,
    print_json,
)
from autograder.course.folder import Course


def explain(
    student: Annotated[str, typer.Argument(help="The student's id.")],
    exercise: Annotated[
        str,
        typer.Argument(help="An exercise such as quiz1.backward, or nbgrader's id of a cell."),
    ],
    course: CourseOption = Path(),
    as_json: JsonOption = False,
) -> None:
    """Explain a student's score: when it was given, for which submission, by which grader, and why.

    Shows the verdict and the mistake. Reads the gradebook and the audit trail
    .course-bp/audit.jsonl, which has a line for every score that was ever given.

    Exit status: 0 on success, 2 if the exercise does not exist or this student has no grade for it.
    """
    from autograder.records.explain import explain as gather
    from autograder.records.explain import explanation_text

    opened = Course.at(course)
    explanation = gather(opened, student, exercise)
    if as_json:
        print_json(explanation.as_data())
    else:
        # A hash that is cut off at the edge of the window identifies nothing.
        Console().print(explanation_text(opened, explanation), highlight=False, crop=False)
