"""A course with a roster, and with a gradebook that holds the scores of one unit."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from workflows.gradebook_rows import cells_of, write_gradebook

from autograder.course.folder import CONFIG_FILE, Course
from autograder.course.roster import FIELDS, ROSTER_FILE

UNIT = "02-computation-graphs"
CHECKS = cells_of(UNIT)
FIRST = CHECKS[0].name
Scores = dict[str, dict[str, float | None]]
Make = Callable[..., Course]
ROSTER: list[tuple[str, ...]] = [
    ("ada", "Ada", "Lovelace", "ada@example.org", "101"),
    ("bob", '=HYPERLINK("x")', 'O\'Neil, "Jr"', "bob@example.org", "102"),
    ("eve", "Ève", "日本", "eve@example.org", "103"),
    ("zoe", "Zoë", "Absent", "zoe@example.org", "104"),
]
# Bob loses 1.25 points for being late, and Eve's notebook could not be graded.
SCORES: Scores = {
    "ada": {FIRST: 2.5},
    "bob": {FIRST: 3.0},
    "eve": {cell.name: None for cell in CHECKS},
}
PENALTIES = {"bob": 1.25}


def course_with_roster(
    root: Path, roster: list[tuple[str, ...]], scores: Scores | None = None
) -> Course:
    """Writes the roster, and the gradebook if there is none yet.

    Args:
        root: the course folder.
        roster: one line per student, in the columns of `FIELDS`.
        scores: student → cell → the grader's score.
    """
    (root / CONFIG_FILE).write_text("c = get_config()\n")
    with (root / ROSTER_FILE).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([FIELDS, *roster])
    course = Course.at(root)
    if not (root / "gradebook.db").exists():
        write_gradebook(course, UNIT, CHECKS, scores or SCORES, PENALTIES)
    return course
