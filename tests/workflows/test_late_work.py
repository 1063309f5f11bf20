"""Late work: every number that a class or a person gets to see is nbgrader's own."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, answered
from workflows.support import TWO_POINTS_A_DAY, Run

from autograder.course.folder import Course

EARNED = 3.0
DUE, EXTENDED = "2026-10-01 12:00:00 UTC", "2026-10-03 12:00:00 UTC"
ZERO = 'c.LateSubmissionPlugin.penalty_method = "zero"\n'


@pytest.fixture
def course(built_course: Path, tmp_path: Path) -> Path:
    """Ada and Bob handed in the same; Ada was a day late."""
    course = Path(shutil.copytree(built_course, tmp_path / "course"))
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    for student, day in (("ada", 2), ("bob", 1)):
        folder = course / "submitted" / student / UNIT
        folder.mkdir(parents=True)
        (folder / f"{UNIT}.ipynb").write_text(json.dumps(answered(released, FORWARD, BACKWARD)))
        (folder / "timestamp.txt").write_text(f"2026-10-0{day} 12:00:00 UTC")
    return course


def due(course: Path, when: str | None) -> None:
    with Course.at(course).api.gradebook as gradebook:
        gradebook.update_or_create_assignment(UNIT, duedate=when)


def configure(course: Path, words: str) -> None:
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(words)


@pytest.fixture
def every_number(course: Path, run: Run) -> Callable[..., tuple[float, bool]]:
    """Grades, and returns the score that counts and whether it was kept, if all agree on it."""

    def numbers(student: str = "ada") -> tuple[float, bool]:
        done = run("course-bp", "grade", UNIT, "--json", cwd=course)
        assert done.returncode == 0, done.stderr
        (row,) = [one for one in json.loads(done.stdout)[UNIT] if one["student"] == student]
        with Course.at(course).gradebook() as gradebook:
            submission = gradebook.find_submission(UNIT, student)
            raw, penalty = submission.score, submission.late_submission_penalty
        assert raw == row["raw_score"] == EARNED
        assert penalty == row["late_penalty"]
        done = run("course-bp", "export", "csv", UNIT, cwd=course)
        assert done.returncode == 0, done.stderr
        exported = list(csv.DictReader((course / "exports" / "exercises.csv").open()))
        (line,) = [one for one in exported if one["student"] == student]
        assert float(line[f"{UNIT} total"]) == row["score"] == max(0.0, raw - penalty)
        page = (course / "feedback" / student / UNIT / f"{UNIT}.html").read_text("utf-8")
        heading = BeautifulSoup(page, "html.parser").select_one(".panel-heading")
        assert heading is not None
        assert f"(Score: {row['score']} / 14.0)" in " ".join(heading.get_text().split())
        assert (f"penalty (Score: -{penalty})" in page) == bool(penalty)
        return row["score"], row["unchanged"]

    return numbers


def test_an_extension_gives_the_points_back_without_another_run(
    course: Path, every_number: Callable[..., tuple[float, bool]]
) -> None:
    configure(course, ZERO)
    due(course, DUE)
    assert every_number() == (0.0, False)
    due(course, EXTENDED)
    assert every_number() == (EARNED, True)
    due(course, DUE)
    assert every_number() == (0.0, True)
    due(course, None)
    assert every_number() == (EARNED, True)


def test_the_policy_of_now_counts(
    course: Path, every_number: Callable[..., tuple[float, bool]]
) -> None:
    due(course, DUE)
    assert every_number() == (EARNED, False)
    configure(course, ZERO)
    assert every_number() == (0.0, True)
    configure(course, TWO_POINTS_A_DAY)
    assert every_number() == (EARNED - 2, True)
    assert every_number("bob") == (EARNED, True)


def test_grade_says_whose_penalty_changed(course: Path, run: Run) -> None:
    configure(course, TWO_POINTS_A_DAY)
    due(course, DUE)
    first = run("course-bp", "grade", UNIT, "--no-pages", cwd=course)
    assert "worked out anew" not in first.stderr
    due(course, EXTENDED)
    anew = f"{UNIT}: late penalties recalculated in the gradebook: "
    second = " ".join(run("course-bp", "grade", UNIT, "--force", cwd=course).stderr.split())
    assert f"{anew}ada 2 → 0. {UNIT}: 2 graded" in second
    due(course, DUE)
    third = " ".join(run("course-bp", "grade", UNIT, "--no-pages", cwd=course).stderr.split())
    assert f"{anew}ada 0 → 2. course-bp feedback {UNIT} writes" in third


def test_an_abbreviated_zone_is_the_courses_own(course: Path, run: Run) -> None:
    configure(course, TWO_POINTS_A_DAY)
    due(course, DUE)
    (course / "submitted" / "ada" / UNIT / "timestamp.txt").write_text("2026-10-02 08:00:00 CDT")

    def graded() -> tuple[float, str]:
        done = run("course-bp", "grade", UNIT, "--no-pages", "--json", cwd=course)
        assert done.returncode == 0, done.stderr
        (ada,) = [one for one in json.loads(done.stdout)[UNIT] if one["student"] == "ada"]
        return ada["late_penalty"], " ".join(ada["remarks"])

    assert graded()[0] == 0
    assert "names the time zone CDT" in graded()[1]
    configure(course, 'c.Exchange.timezone = "America/Chicago"\n')
    assert graded() == (2, "")


def rows_of(printed: str) -> dict[str, list[str]]:
    """The rows of the table of scores by their first word."""
    rows: dict[str, list[str]] = {}
    for words in map(str.split, printed.splitlines()):
        if words and (rows or (words[0], words[-1]) == ("student", "sum")):
            rows.setdefault(words[0], words)
    return rows


def test_the_table_shows_what_was_earned_and_what_is_taken_off(course: Path, run: Run) -> None:
    configure(course, TWO_POINTS_A_DAY)
    due(course, DUE)
    rows = rows_of(run("course-bp", "grade", UNIT, cwd=course).stdout)
    assert rows["student"][-2:] == ["late", "sum"]
    assert rows["ada"][-4:] == ["1", "2", "−2", "1"]
    assert rows["bob"][-4:] == ["1", "2", "0", "3"]
    due(course, EXTENDED)
    rows = rows_of(run("course-bp", "grade", UNIT, cwd=course).stdout)
    assert "late" not in rows["student"]


def test_points_given_by_hand_are_charged_for_too(course: Path, run: Run) -> None:
    configure(course, ZERO)
    due(course, DUE)
    assert run("course-bp", "grade", UNIT, cwd=course).returncode == 0
    with Course.at(course).gradebook() as gradebook:
        gradebook.find_grade("quiz2-backward-check", UNIT, UNIT, "ada").manual_score = 2.5
        gradebook.db.commit()
    done = run("course-bp", "grade", UNIT, "--json", cwd=course)
    (ada, _) = json.loads(done.stdout)[UNIT]
    assert (ada["raw_score"], ada["late_penalty"], ada["score"]) == (3.5, 3.5, 0.0)
    told = run("course-bp", "explain", "ada", "quiz2.backward", cwd=course).stdout
    assert "earned 3.5, loses 3.5 for being late, and counts as 0." in " ".join(told.split())


def test_a_plugin_that_cannot_be_used_stops_before_anything_is_graded(
    course: Path, run: Run
) -> None:
    configure(course, 'c.AssignLatePenalties.plugin_class = "no.such.Plugin"\n')
    due(course, DUE)
    done = run("course-bp", "grade", UNIT, cwd=course)
    assert done.returncode == 2
    assert "no.such.Plugin" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (course / "autograded").exists()


FINICKY = """
from nbgrader.plugins import LateSubmissionPlugin


class Finicky(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        if total_seconds_late > 10**9:
            raise OverflowError("too late to say")
        return 1.0


c.AssignLatePenalties.plugin_class = Finicky
"""


def test_a_time_that_the_plugin_cannot_take_stops_nobody_else(course: Path, run: Run) -> None:
    configure(course, FINICKY)
    due(course, "2026-10-01 06:00:00 UTC")
    (course / "submitted" / "ada" / UNIT / "timestamp.txt").write_text("2190-01-01 12:00:00 UTC")
    for _ in range(2):  # Graded, then kept.
        done = run("course-bp", "grade", UNIT, "--json", cwd=course)
        ada, bob = json.loads(done.stdout)[UNIT]
        assert (bob["score"], bob["late_penalty"]) == (EARNED - 1, 1.0)
        assert (ada["score"], ada["late_penalty"]) == (EARNED, 0.0)
        assert "OverflowError: too late to say" in " ".join(ada["remarks"])
    done = run("course-bp", "export", "csv", UNIT, cwd=course)
    assert (done.returncode, "the penalty for ada's late work" in done.stderr) == (2, True)
