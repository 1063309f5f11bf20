"""A class of honest and hostile students in random order, graded together and one by one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from workflows.attacks.notebook import UNIT, Attack
from workflows.mixed_members import Member
from workflows.ordinary_user import NUMBER, as_ordinary_user
from workflows.support import REPOSITORY, fixed_secret

from autograder.batch.run import Options, grade_unit
from autograder.course.folder import CONFIG_FILE, Course
from autograder.course.graded_cells import released_exercises
from autograder.course.registering import ensure_registered
from autograder.course.secret import VARIABLE, load_secret
from autograder.files import clean
from autograder.grading.graded_notebook import read_graded
from autograder.grading.hidden_inputs import hidden_inputs, known_draws
from autograder.grading.remarks import texts
from autograder.records.gradebook import read_submissions

LIMITS = "c.GradeInSandbox.limits = {'cell_seconds': 2.0, 'submission_seconds': 60.0}\n"
# What running something took, in a verdict; no two runs take the same.
MEASURED = ("cpu", "wall", "peak")
HOURS = 3600


@dataclass(frozen=True)
class Way:
    """A way of grading a class.

    Args:
        name: what it is called.
        ordinary: whether an ordinary user grades.
        workers: how many processes grade; 0 for nbgrader's own command.
    """

    name: str
    ordinary: bool
    workers: int


@dataclass(frozen=True)
class Got:
    """All that a student and a TA see of a graded submission, but for what it took.

    Args:
        score: the points in the gradebook.
        cells: the points of each cell in the gradebook.
        verdicts: exercise → verdict as data.
        remarks: the notes on the notebook as a whole.
        notebook: the graded notebook.
        page: the page for the student.
    """

    score: float
    cells: dict[str, float]
    verdicts: dict[str, dict[str, Any]]
    remarks: tuple[str, ...]
    notebook: Any
    page: bytes

    def differs_from(self, other: Got | None) -> list[str]:
        """The names of what is not the same."""
        names = [field.name for field in fields(self)]
        return [name for name in names if getattr(self, name) != getattr(other, name, None)]


@dataclass(frozen=True)
class Graded:
    """A class after grading.

    Args:
        way: how it was graded.
        members: the class.
        got: folder of a submission → what came of it, for those that were graded.
        failures: folder as it is shown → why it could not be graded, or ""; empty where the
            command does not say.
    """

    way: Way
    members: list[Member]
    got: dict[str, Got]
    failures: dict[str, str]

    def why_undeserved(self, member: Member) -> str:
        """What is wrong with what a hostile student got, or ""."""
        attack = member.work
        assert isinstance(attack, Attack)
        found = self.got.get(member.folder)
        by_root = not (self.way.ordinary or os.getuid())
        unread = attack.unread_by_nbgrader and not self.way.workers
        if unread or (attack.failure and not (attack.open_to_root_alone and by_root)):
            said = self.failures.get(clean.name(member.folder), attack.failure)
            right = found is None and (unread or attack.failure in said)
            return "" if right else f"should not be graded, but: {found and found.score}, {said}"
        if found is None:
            return f"was not graded: {self.failures.get(member.folder)}"
        if abs(found.score - attack.earns) > 1e-6:
            return f"deserves {attack.earns}, got {found.score}: {found.remarks}"
        if attack.remark not in " ".join(found.remarks):
            return f"was not told {attack.remark!r}, but {found.remarks}"
        return ""


@contextmanager
def open_place() -> Iterator[Path]:
    """A folder that an ordinary user may enter, unlike pytest's own, with a secret in it."""
    place = Path(tempfile.mkdtemp(prefix="course-bp-class-"))
    try:
        place.chmod(0o755)
        (place / "home").mkdir()
        fixed_secret(place)
        yield place
    finally:
        # Python's own functions stop at folders that are very deep.
        subprocess.run(["rm", "-rf", str(place)], check=True)


def environment(place: Path) -> dict[str, str]:
    """What a command finds around it whose user has a home in a place."""
    home = place / "home"
    folders = {"HOME": ".", "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data"}
    folders |= {"JUPYTER_RUNTIME_DIR": "run", "IPYTHONDIR": "ipython", "XDG_CACHE_HOME": "cache"}
    return {
        **os.environ,
        **{name: str(home / folder) for name, folder in folders.items()},
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(REPOSITORY),
        VARIABLE: str(place / "course.secret"),
    }


def new_course(built: Path, course: Path) -> Path:
    """A course with limits that nobody waits long for, ready to be graded and with nobody in it.

    Args:
        built: a course whose notebooks are built.
        course: where the new one goes.
    """
    for name in ("notebooks", "solutions"):
        shutil.copytree(built / name / UNIT, course / name / UNIT)
    shutil.copy(built / CONFIG_FILE, course)
    with (course / CONFIG_FILE).open("a") as config:
        config.write(LIMITS)
    opened = Course.at(course)
    ensure_registered(opened, UNIT)
    for exercise in released_exercises(opened, UNIT):
        hidden_inputs(exercise, load_secret(opened.course_id), known_draws(opened.state))
    return course


def graded_together(ready: Path, members: list[Member], way: Way) -> Graded:
    """Grades a class in one of the ways.

    Args:
        ready: a course that `new_course` made.
        members: the class.
        way: how.
    """
    with open_place() as place:
        course = Path(shutil.copytree(ready, place / "course"))
        for one in members:
            one.hand_in(course)
        prefix: list[str] = []
        if way.ordinary and not os.getuid():
            subprocess.run(["chown", "-hR", f"{NUMBER}:{NUMBER}", str(place)], check=True)
            prefix = as_ordinary_user()
        for command in commands(way):
            done = subprocess.run(
                [*prefix, *command],
                cwd=course,
                env=environment(place),
                capture_output=True,
                timeout=4 * HOURS,
            )
            assert done.returncode in (0, 1, 3), done.stderr.decode("utf-8", "replace")[-5000:]
        got = results(course)
        if not way.workers:
            return Graded(way, members, got, {})
        told = json.loads(done.stdout)[UNIT]
        return Graded(way, members, got, {one["student"]: one["failure"] for one in told})


def commands(way: Way) -> list[list[str]]:
    """What is typed to grade a class and to write its pages."""
    if way.workers:
        return [["course-bp", "grade", UNIT, "--json", "--workers", str(way.workers)]]
    steps = (["generate_assignment", "--force"], ["autograde"], ["generate_feedback"])
    return [["nbgrader", *step, UNIT] for step in steps]


def graded_alone(ready: Path, member: Member) -> Got | None:
    """Grades one submission in a course of its own, by a process and a sandbox of its own.

    Args:
        ready: a course that `new_course` made.
        member: whose it is.

    Returns:
        What came of it; None if it was not graded.
    """
    with open_place() as place:
        course = Path(shutil.copytree(ready, place / "course"))
        member.hand_in(course)
        grade_unit(Course.at(course), UNIT, Options(workers=1))
        return results(course).get(member.folder)


def results(course: Path) -> dict[str, Got]:
    """Folder of a submission → what came of it, for those that were graded."""
    found = {}
    for one in read_submissions(Course.at(course), UNIT):
        graded = course / "autograded" / one.student / UNIT / f"{UNIT}.ipynb"
        page = course / "feedback" / one.student / UNIT / f"{UNIT}.html"
        if one.failed or not graded.is_file():
            continue
        stored = read_graded(graded)
        found[one.student] = Got(
            one.total,
            dict(one.scores),
            {name: unmeasured(verdict) for name, verdict in stored.verdicts.items()},
            tuple(texts(stored.remarks)),
            unmeasured(json.loads(graded.read_bytes())),
            page.read_bytes() if page.is_file() else b"",
        )
    return found


def unmeasured(data: Any) -> Any:
    """The same data without what a run took."""
    if isinstance(data, dict):
        return {key: unmeasured(value) for key, value in data.items() if key not in MEASURED}
    return [unmeasured(one) for one in data] if isinstance(data, list) else data
