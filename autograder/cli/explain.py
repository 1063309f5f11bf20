"""`course-bp explain`: why a student has this score."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.arranging import bring_up_to_date
from autograder.cli.common import CourseOption, JsonOption, print_json
from autograder.cli.screen import screen
from autograder.course.folder import Course


def explain(
    student: Annotated[
        str, typer.Argument(help="The student's id, or another name in roster.csv.")
    ],
    what: Annotated[
        str,
        typer.Argument(
            help="An exercise such as quiz1.backward, nbgrader's id of a cell, or a unit. Default: "
            "every unit that was graded."
        ),
    ] = "",
    course: CourseOption = Path(),
    as_json: JsonOption = False,
) -> None:
    """Explain a student's score: when it was given, for which submission, by which grader, and why.

    For an exercise, shows the verdict and the mistake. For a unit, shows every score, what was
    taken off, and why somebody is missing or was not graded. Reads the gradebook and the audit
    trail .course-bp/audit.jsonl, which has a line for every score that was ever given. Late
    penalties are brought up to date in the gradebook first.

    Exit status: 0 on success, 2 if the exercise or the student does not exist, or this student has
    no grade for the exercise.
    """
    from autograder.records.explain import explain as gather
    from autograder.records.explain import explanation_text
    from autograder.records.explain_unit import explain_units, unit_of, unit_text
    from autograder.records.gradebook import assignments

    opened = Course.at(course)
    unit = unit_of(opened, what) if what else ""
    graded = [name for name, count in assignments(opened).items() if count]
    bring_up_to_date(opened, [unit] if unit in graded else graded)
    if unit or not what:
        found = explain_units(opened, student, unit)
        if as_json:
            print_json([one.as_data() for one in found])
            return
        for one in found:
            screen().print(unit_text(one), highlight=False, crop=False)
        return
    explanation = gather(opened, student, what)
    if as_json:
        print_json(explanation.as_data())
    else:
        # A hash that is cut off at the edge of the window identifies nothing.
        screen().print(explanation_text(opened, explanation), highlight=False, crop=False)
