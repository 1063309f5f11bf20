"""The head TA's semester, by the commands that the pages tell, from roster to released feedback.

Two units of ours, one of them renamed, with most exercises left out and with an essay, plain tests
and a task behind; two assistants who share the folder; points changed after grading; late work, an
extension, an excuse, a dropped unit; work handed in again; a regrade.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workflows.accounts import Account
from workflows.assistants import GROUP, TWO_USERS, lend_the_secret, share, two_assistants
from workflows.exam import filled
from workflows.exchange_users import Student, enrol
from workflows.plain_cells import append_and_rename
from workflows.semester_class import (
    BY_EXCHANGE,
    FIRST,
    KEPT,
    ODD,
    ORIGINAL,
    SECOND,
    SECOND_CLASS,
    SECOND_TEXTS,
    canvas_archive,
    canvas_gradebook,
    hand_in_second,
    keep_exercises,
    odd_files,
    text_of,
)
from workflows.support import TWO_POINTS_A_DAY, Run

from autograder.course.folder import Course

DUE = "2026-11-10 12:00:00 UTC"
# Student → when the second unit came, and what that costs at two points a day.
LATE = {
    SECOND_CLASS[0]: ("2026-11-11 12:00:00 UTC", 2.0),
    SECOND_CLASS[1]: ("2026-11-14 13:00:00 UTC", 8.0),
    SECOND_CLASS[2]: ("2026-11-11 13:00:00 UTC", 0.0),  # This one is extended.
}
EXTENDED, EXCUSED, DROPPED = SECOND_CLASS[2], SECOND_CLASS[3], SECOND_CLASS[4]
ESSAY_POINTS, POSTER_POINTS, EXTRA, BACKWARD_POINTS = 3.5, 2.5, 0.25, 7.5
# Who gets points by hand: all with the first text but the last two, who wait.
BY_HAND = [one for one in SECOND_CLASS if text_of(one) == 0][:-2]
CHANGED = (
    '# %% nbgrader={"grade": true, "grade_id": "quiz1-backward-check", "locked": true, '
    f'"points": {BACKWARD_POINTS}, "schema_version": 3, "solution": false, "task": false, '
    '"cell_type": "code"}'
)


@dataclass
class Semester:
    """The course folder after the semester, and what was said on the way.

    Args:
        course: the folder.
        assistants: the two who grade.
        student: the one with an account, who hands in through the exchange.
        odd: what the odd ones handed in, by student.
        first: what the first unit must be worth for everybody who could be graded.
        printed: a name of a step → what it printed with --json.
        errors: command → what it said on stderr.
    """

    course: Path
    assistants: tuple[Account, Account]
    student: Student
    odd: dict[str, Any] = field(default_factory=dict)
    first: dict[str, float] = field(default_factory=dict)
    printed: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def does(self, who: int, *command: str, status: int = 0) -> str:
        """Runs a command as one of the assistants; returns what it printed."""
        done = self.assistants[who].does(*command, cwd=self.course)
        assert done.returncode == status, (command, done.stdout, done.stderr)
        self.errors[" ".join(command)] = done.stderr
        return str(done.stdout)

    def data(self, who: int, *command: str, status: int = 0) -> Any:
        """The same with --json."""
        return json.loads(self.does(who, *command, "--json", status=status))


@contextmanager
def semester(run: Run) -> Iterator[Semester]:
    """Runs the semester in a place that all users may enter."""
    place = Path(tempfile.mkdtemp(prefix="course-bp-semester-"))
    try:
        for folder in (place, place / "staff", place / "class", place / "class" / "exchange"):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o777 if folder.name == "exchange" else 0o755)
        yield _run(place, run)
    finally:
        subprocess.run(["chmod", "-R", "u+rwX", str(place)], check=False, capture_output=True)
        subprocess.run(["rm", "-rf", str(place)], check=True)


def _run(place: Path, run: Run) -> Semester:
    course = _new_course(place, run)
    assistants = two_assistants(place / "staff", run)
    (student,) = enrol(place / "class", course.name, run, (BY_EXCHANGE,))
    share(course, assistants[0])
    done = Semester(course, assistants, student)
    done.does(0, "course-bp", "build")
    done.does(0, "nbgrader", "release_assignment", SECOND)
    _first_unit(done)
    lend_the_secret(*assistants)
    _second_unit(done)
    _points_change(done)
    _handed_in_again(done)
    _arrangements(done)
    done.does(1, "course-bp", "feedback", FIRST, SECOND)
    done.does(0, "nbgrader", "release_feedback", SECOND)
    student.nbgrader("fetch_feedback", SECOND)
    return done


def _new_course(place: Path, run: Run) -> Path:
    course = place / "course_bp"
    made = run("course-bp", "new", str(course), "--unit", FIRST, "--unit", ORIGINAL, cwd=place)
    assert made.returncode == 0, made.stderr
    for unit, kept in KEPT.items():
        keep_exercises(course / "solutions" / unit / f"{unit}.py", kept)
    append_and_rename(course, ORIGINAL, SECOND)
    (course / "roster.csv").write_bytes(canvas_gradebook())
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(TWO_POINTS_A_DAY)
        config.write(f'c.Exchange.root = "{place / "class" / "exchange"}"\n')
    return course


def _first_unit(done: Semester) -> None:
    released = (course := done.course) / "notebooks" / FIRST / f"{FIRST}.ipynb"
    earned = canvas_archive(
        course / "downloaded" / FIRST / "archive" / "submissions.zip", released.read_bytes()
    )
    _hand_over(done, course / "downloaded")
    done.does(0, "nbgrader", "zip_collect", FIRST)
    notebook = json.loads(released.read_bytes())
    done.odd = dict(zip(ODD, odd_files(course), strict=True))
    with _for_the_group():
        for student, one in done.odd.items():
            one.hand_in(course / "submitted", student, notebook)
    _hand_over(done, course / "submitted")
    grade = ("course-bp", "grade", FIRST, "--no-pages")
    done.printed["first"] = done.data(0, *grade, status=3)[FIRST]
    # What is closed to whoever grades might hold any unit's work.
    subprocess.run(["chmod", "-R", "ug+rwX", *map(str, _closed(done))], check=True)
    done.first = earned


def _closed(done: Semester) -> list[Path]:
    submitted = done.course / "submitted"
    return [submitted / who for who, one in done.odd.items() if one.name == "closed-student"]


def _second_unit(done: Semester) -> None:
    course, student = done.course, done.student
    released = (course / "notebooks" / SECOND / f"{SECOND}.ipynb").read_bytes()
    with _for_the_group():
        hand_in_second(course, released)
    for name, (when, _) in LATE.items():
        (course / "submitted" / name / SECOND / "timestamp.txt").write_text(when)
    _hand_over(done, course / "submitted")
    student.nbgrader("fetch_assignment", SECOND)
    _submit(student, text_of(BY_EXCHANGE))
    done.does(0, "nbgrader", "collect", SECOND)
    done.does(0, "nbgrader", "db", "assignment", "add", SECOND, f"--duedate={DUE}")
    done.printed["second"] = done.data(1, "course-bp", "grade", SECOND, "--no-pages")[SECOND]
    _give_by_hand(course)


def _submit(student: Student, text: int) -> None:
    path = student.home / SECOND / f"{SECOND}.ipynb"
    path.write_bytes(filled(path.read_bytes(), SECOND_TEXTS[text][0]))
    student.nbgrader("submit", SECOND)


def _give_by_hand(course: Path) -> None:
    """What formgrader writes when a person types points."""
    with Course.at(course).gradebook() as gradebook:
        for student in BY_HAND:
            for name, points in (("essay-1", ESSAY_POINTS), ("poster", POSTER_POINTS)):
                grade = gradebook.find_grade(name, SECOND, SECOND, student)
                grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.find_grade("square-test", SECOND, SECOND, BY_HAND[0]).extra_credit = EXTRA
        gradebook.find_comment("essay-1", SECOND, SECOND, BY_HAND[0]).manual_comment = "Well put."
        gradebook.db.commit()


def _points_change(done: Semester) -> None:
    text = done.course / "solutions" / SECOND / f"{SECOND}.py"
    old = '# %% check="quiz1.backward"'
    content = text.read_text("utf-8")
    assert content.count(old) == 1
    text.write_text(content.replace(old, CHANGED))
    done.does(1, "course-bp", "build", SECOND)
    done.does(1, "course-bp", "register", SECOND)
    done.printed["regrade"] = done.data(0, "course-bp", "regrade", SECOND, "--no-pages")[SECOND]


def _handed_in_again(done: Semester) -> None:
    _submit(done.student, 0)
    done.does(0, "nbgrader", "collect", "--update", SECOND)
    done.printed["again"] = done.data(1, "course-bp", "grade", SECOND, "--no-pages")[SECOND]


def _arrangements(done: Semester) -> None:
    ill = ("--until", "2026-11-12", "--reason", "ill")
    done.does(0, "course-bp", "extend", SECOND, EXTENDED, *ill)
    done.does(1, "course-bp", "extend", SECOND, BY_EXCHANGE, "--until", "2199-12-31")
    done.does(1, "course-bp", "excuse", SECOND, EXCUSED)
    done.does(0, "course-bp", "drop", SECOND, DROPPED)


@contextmanager
def _for_the_group() -> Iterator[None]:
    """What is made meanwhile, the group may write."""
    before = os.umask(0o002)
    try:
        yield
    finally:
        os.umask(before)


def _hand_over(done: Semester, folder: Path) -> None:
    """Makes a folder the first assistant's."""
    if TWO_USERS:
        owner = f"{done.assistants[0].number}:{GROUP}"
        subprocess.run(["chown", "-hR", owner, str(folder)], check=True)
        shutil.chown(folder, group=GROUP)
