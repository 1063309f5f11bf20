"""A class in which all but a few handed in something odd: a line for each, and the rest graded."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, Attack, submission
from workflows.attacks.odd_folders import NO_UTF8, NOT_TIMED, ODD_FOLDERS, ODD_NAMES
from workflows.support import Run

from autograder.course.folder import Course
from autograder.files import clean
from autograder.records.gradebook import read_submissions

LATIN = f"called-latin{NO_UTF8}"
# What lets root read files that are closed to it.
WITHOUT = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


@dataclass(frozen=True)
class Odd:
    """The class after grading.

    Args:
        course: its folder.
        user: what a command begins with so that closed files are closed to it, or nothing.
        results: student → what `course-bp grade --json` said.
        status: the exit status of that.
    """

    course: Path
    user: tuple[str, ...]
    results: dict[str, dict[str, Any]]
    status: int


def hand_in_oddly(course: Path, but: tuple[str, ...] = ()) -> None:
    """Hands in good work, each with something odd beside it, and a few that cannot be graded."""
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    honest = submission("honest", forward=FORWARD, backward=BACKWARD)
    for one in (honest, *ODD_FOLDERS, *ODD_NAMES):
        if not one.name.startswith(but):
            one.hand_in(course / "submitted", one.name, released)


def clear_away(course: Path) -> None:
    """What pytest cannot take away itself."""
    subprocess.run(["rm", "-rf", str(course / "submitted" / "deep")], check=True)


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory, built_course: Path) -> Iterator[Path]:
    course = Path(shutil.copytree(built_course, tmp_path_factory.mktemp("odd") / "course"))
    hand_in_oddly(course)
    yield course
    clear_away(course)
    for student in ("closed-student", f"closed-folder/{UNIT}"):
        (course / "submitted" / student).chmod(0o700)


@pytest.fixture(scope="module", params=["root", "ordinary"])
def odd(request: pytest.FixtureRequest, handed_in: Path, run: Run) -> Odd:
    root = os.getuid() == 0
    if not root and request.param == "root":
        pytest.skip("these tests are run by an ordinary user")
    user = WITHOUT if root and request.param == "ordinary" else ()
    done = run(*user, "course-bp", "grade", UNIT, "--force", "--json", cwd=handed_in)
    assert done.stdout, done.stderr
    results = {one["student"]: one for one in json.loads(done.stdout)[UNIT]}
    return Odd(handed_in, user, results, done.returncode)


def closed(odd: Odd) -> bool:
    """Whether files of mode 0 are closed to whoever grades."""
    return bool(os.getuid() or odd.user)


def result(odd: Odd, one: Attack) -> dict[str, Any]:
    return odd.results[clean.name(one.called(one.name))]


def test_some_failed_and_nobody_is_missing(odd: Odd) -> None:
    assert odd.status == 3
    handed_in = len(list((odd.course / "submitted").iterdir()))
    assert len(odd.results) == handed_in == 1 + len(ODD_FOLDERS) + len(ODD_NAMES)


@pytest.mark.parametrize("one", [*ODD_FOLDERS, *ODD_NAMES], ids=lambda one: one.name)
def test_it_costs_nothing_or_its_student_alone(odd: Odd, one: Attack) -> None:
    found = result(odd, one)
    if one.failure and (closed(odd) or not one.open_to_root_alone):
        assert one.failure in found["failure"]
        assert found["score"] is None
    else:
        assert (found["failure"], found["score"]) == ("", one.earns)
        assert one.remark in " ".join(found["remarks"])


def test_honest_work_among_them_is_paid_and_not_remarked_on(odd: Odd) -> None:
    assert odd.results["honest"]["score"] == 3.0
    assert odd.results["honest"]["remarks"] == []


def test_only_a_time_that_cannot_be_read_is_remarked_on(odd: Odd) -> None:
    for name, one in odd.results.items():
        assert (NOT_TIMED in " ".join(one["remarks"])) == name.startswith("time-"), name


def test_a_companion_with_a_name_that_is_no_text_is_left_out(odd: Odd) -> None:
    remarks = odd.results["companion"]["remarks"]
    named = {remark.split(" was not used")[0] for remark in remarks}
    assert named == {r"`d\xe9.txt`", r"`d\xe9/x.txt`"}


def test_a_companion_that_may_not_be_read_is_left_out(odd: Odd) -> None:
    remarks = odd.results["closed-companion"]["remarks"]
    assert ("`data.txt` was not used" in " ".join(remarks)) == closed(odd)


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (("grade", UNIT), 3),
        (("grade", UNIT, "--dry-run"), 0),
        (("regrade", UNIT, "--student", "time-words"), 0),
        (("feedback", UNIT), 0),
        (("report", UNIT), 0),
        (("export", "csv", UNIT), 0),
        (("similar", UNIT), 0),
        (("explain", "surrogate-answer", "quiz2.forward"), 0),
        (("explain", LATIN, "quiz2.forward"), 2),
    ],
    ids=lambda part: " ".join(part).replace(LATIN, "latin") if isinstance(part, tuple) else "",
)
def test_every_command_goes_on(odd: Odd, run: Run, command: tuple[str, ...], status: int) -> None:
    done = run(*odd.user, "course-bp", *command, cwd=odd.course)
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_nbgraders_own_command_goes_on(built_course: Path, tmp_path: Path, run: Run) -> None:
    course = Path(shutil.copytree(built_course, tmp_path / "course"))
    hand_in_oddly(course, but=("closed",))
    assert run("nbgrader", "generate_assignment", "--force", UNIT, cwd=course).returncode == 0
    assert run("nbgrader", "autograde", UNIT, cwd=course).returncode == 1
    totals = {one.student: one.total for one in read_submissions(Course.at(course), UNIT)}
    clear_away(course)
    good = [one for one in (*ODD_FOLDERS, *ODD_NAMES) if not one.failure]
    expected = {
        one.called(one.name): one.earns
        for one in good
        if not one.name.startswith("closed") and not one.unread_by_nbgrader
    }
    assert {name: totals.get(name) for name in ("honest", *expected)} == {
        "honest": 3.0,
        **expected,
    }
    graded = course / "autograded" / "time-words" / UNIT / f"{UNIT}.ipynb"
    assert NOT_TIMED in graded.read_text("utf-8")


def test_the_page_says_that_the_time_is_not_known(odd: Odd) -> None:
    page = odd.course / "feedback" / "time-pipe" / UNIT / f"{UNIT}.html"
    assert NOT_TIMED in page.read_text("utf-8")
