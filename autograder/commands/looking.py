"""Commands that look at what was graded: explain."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from autograder.commands.common import CourseOption, JsonOption, print_json
from autograder.course import Course


def explain(
    student: Annotated[str, typer.Argument(help="The student's id.")],
    exercise: Annotated[str, typer.Argument(help="An exercise, such as quiz1.backward.")],
    course: CourseOption = Path(),
    as_json: JsonOption = False,
) -> None:
    """Say why a student has this score: when, which submission, which grader, verdict, mistake.

    Reads the gradebook and the audit trail .course-bp/audit.jsonl, which has a line for every
    score that was ever given.

    Exit status: 0, or 2 when there is no such exercise or it was never graded for this student.
    """
    from autograder.explain import explain as gather
    from autograder.explain import explanation_text

    opened = Course.at(course)
    explanation = gather(opened, student, exercise)
    if as_json:
        print_json(explanation.as_data())
    else:
        Console().print(explanation_text(opened, explanation), highlight=False)
