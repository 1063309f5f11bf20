"""The assignment of `exam.py` after grading: what a person gave, and what its pages show."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from bs4 import BeautifulSoup
from workflows.exam import EXAM, FIRST, POINTS, SECOND, scores_in

from autograder.course.folder import Course

OURS = """
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = [
    "autograder.nbgrader_plugins.autograde.GradeInSandbox",
    "autograder.nbgrader_plugins.autograde.SaveMarks",
    "nbgrader.preprocessors.AssignLatePenalties",
]
c.Autograde.pre_convert_hook = "autograder.nbgrader_plugins.safe_timestamps.before_each"
c.GenerateFeedback.exporter_class = "autograder.nbgrader_plugins.student_page.StudentPage"
"""
FULL = sum(points for cells in POINTS.values() for points in cells.values())
ADA_BY_HAND = {(FIRST, "why"): 3.5, (SECOND, "sketch"): 1.0, (SECOND, "poster"): 2.5}
TOTALS = {"ada": 2 + 1.5 + 3.5 + 3 + 1 + 2.5, "bob": 0.25, "cyd": 2 + 1.5, "dan": 3.0}

UNREAD = "Not graded yet: {} points"
# Student → notebook → cell → what the page shows: the score, and what the cell is worth.
PAGES = {
    "ada": {
        FIRST: {"square-test": "2.0 / 2.0", "share": "1.5 / 2.0", "why": "3.5 / 4.0"},
        SECOND: {"square-test": "3.0 / 3.0", "sketch": "1.0 / 2.0", "poster": "2.5 / 3.0"},
    },
    "bob": {
        FIRST: {"square-test": "0.0 / 2.0", "share": "0.25 / 2.0", "why": "0.0 / 4.0"},
        SECOND: {"square-test": "0.0 / 3.0", "sketch": "0.0 / 2.0", "poster": UNREAD.format(3.0)},
    },
    "dan": {
        FIRST: {"square-test": "0.0 / 2.0", "share": "0.0 / 2.0", "why": "0.0 / 4.0"},
        SECOND: {
            "square-test": "3.0 / 3.0",
            "sketch": UNREAD.format(2.0),
            "poster": UNREAD.format(3.0),
        },
    },
}


def give_by_hand(root: Path) -> None:
    """What formgrader writes when a person types points and comments."""
    with Course.at(root).gradebook() as gradebook:
        for (notebook, cell), points in ADA_BY_HAND.items():
            grade = gradebook.find_grade(cell, notebook, EXAM, "ada")
            grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.find_grade("share", FIRST, EXAM, "bob").extra_credit = 0.25
        gradebook.find_comment("why", FIRST, EXAM, "ada").manual_comment = "Well put."
        gradebook.db.commit()


def renamed(course: Path, copy: Path) -> Path:
    """Ada's notebooks have other names, Bob's second is broken, Dan handed in only a copy of it."""
    shutil.copytree(course, copy, ignore=shutil.ignore_patterns("autograded", "feedback"))
    ada, bob, dan = (copy / "submitted" / name / EXAM for name in ("ada", "bob", "dan"))
    (ada / f"{FIRST}.ipynb").rename(ada / f"{FIRST} (1).ipynb")
    (ada / f"{SECOND}.ipynb").rename(ada / "final.ipynb")
    (bob / f"{SECOND}.ipynb").write_text("broken")
    (dan / f"{FIRST}.ipynb").unlink()
    (dan / f"{SECOND}.ipynb").rename(dan / f"{SECOND}-Copy1.ipynb")
    return copy


def auto_scores(root: Path) -> dict[tuple[str, str, str], float | None]:
    return {place: scores[0] for place, scores in scores_in(root).items()}


def page_scores(page: Path) -> dict[str, str]:
    """Cell → its score and its points, from the list at the top of a student's page."""
    lines = BeautifulSoup(page.read_text("utf-8"), "html.parser").select("#toc li")
    told = {str(line.a["href"]).removeprefix("#"): line.get_text() for line in lines if line.a}
    found = {cell: re.search(r"\((?:Score: )?(.+)\)", words) for cell, words in told.items()}
    return {cell: match[1] for cell, match in found.items() if match}
