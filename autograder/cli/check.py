"""`course-bp check`: run a notebook from the start and show its checks."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import EXIT_NOT_RIGHT, JsonOption, print_json, say
from autograder.course.folder import CourseError


def check(
    notebook: Annotated[Path, typer.Argument(help="A notebook with checks in it.")],
    sandbox: Annotated[
        bool,
        typer.Option("--sandbox", help="Run it in bubblewrap, if you did not write it yourself."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Run a notebook from the first cell to the last, and show what each check in it says.

    It needs no course folder, and does not change the notebook. The inputs are the public ones that
    `check` uses in a notebook; grading uses different ones.

    Exit status: 0 when everything is right, 1 when something is not or is
    not known to be, 2 when it cannot be checked.
    """
    if not hasattr(os, "fork"):
        raise CourseError(
            "check runs on Linux and macOS; here, choose Run All Cells in the notebook, which says "
            "the same."
        )
    from autograder.course.here import exercises_here, exercises_of_course_above
    from autograder.exercises.beside import Unusable
    from autograder.feedback.words import format_points
    from autograder.grading.grader import GradingFailed
    from autograder.grading.submission import Unreadable
    from autograder.grading.whole_notebook import NothingToCheck, check_notebook
    from autograder.runner.sandbox import NoSandbox

    path = notebook.resolve()
    try:
        # With --sandbox, what lies beside the notebook is somebody else's, too.
        known = exercises_of_course_above(Path()) if sandbox else exercises_here(path.parent)
        checked = check_notebook(path, sandbox, known)
    except (Unusable, Unreadable, NothingToCheck, NoSandbox, GradingFailed) as problem:
        raise CourseError(str(problem)) from None
    if as_json:
        exercises = [dict(mark.verdict) for mark in checked.marks]
        print_json({"score": checked.score, "points": checked.points, "exercises": exercises})
    else:
        for mark in checked.marks:
            say(f"{mark.verdict['text']}\n")
        for remark in checked.remarks:
            say(str(remark))
        print(f"{format_points(checked.score)} of {format_points(checked.points)} points")
    if not checked.full:
        raise typer.Exit(EXIT_NOT_RIGHT)
