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
from deep_folders import dig
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, answered
from workflows.support import Run

from autograder.course.folder import Course
from autograder.records.gradebook import read_submissions

pytestmark = pytest.mark.xdist_group("odd")
SURROGATE = r"ValueError('\ud800 \udce9')"
LATIN = os.fsdecode(b"l\xe9a")
NOT_TIMED = "we do not know when this was handed in"
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


def hand_in_oddly(course: Path) -> None:
    """Hands in good work, each with something odd beside it, and a few that cannot be graded."""
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())

    def folder(student: str, own: str = "", forward: str = FORWARD) -> Path:
        made = course / "submitted" / student / UNIT
        made.mkdir(parents=True)
        text = json.dumps(answered(released, forward, BACKWARD, own))
        (made / f"{UNIT}.ipynb").write_text(text)
        return made

    folder("honest")
    (folder("time-words") / "timestamp.txt").write_text("Donnerstag, 1. Oktober 2026, 23:59\n")
    (folder("time-year") / "timestamp.txt").write_text(f"{'9' * 20}-01-01 00:00:00 UTC")
    (folder("time-folder") / "timestamp.txt").mkdir()
    os.mkfifo(folder("time-pipe") / "timestamp.txt")
    (folder("time-link") / "timestamp.txt").symlink_to("/dev/zero")
    with (folder("time-huge") / "timestamp.txt").open("wb") as file:
        file.truncate(2**40)
    latin = os.fsencode(folder("companion"))
    os.mkdir(latin + b"/d\xe9")
    for name in (b"/d\xe9.txt", b"/d\xe9/x.txt"):
        Path(os.fsdecode(latin + name)).write_text("x")
    other = folder("notebook-name")
    (other / f"{UNIT}.ipynb").rename(os.fsdecode(os.fsencode(other) + b"/d\xe9.ipynb"))
    folder(LATIN)
    folder("surrogate-cell", f"print('\\ud800')\nraise {SURROGATE}")
    wrong = f"def quiz2_forward(*inputs):\n    raise {SURROGATE}"
    folder("surrogate-answer", forward=wrong)
    (folder("closed-file") / f"{UNIT}.ipynb").chmod(0)
    (folder("closed-companion") / "data.txt").touch(0)
    folder("closed-folder").chmod(0)
    folder("closed-student").parent.chmod(0)
    folder("turned\u202eid")
    dig(folder("deep"))
    many = folder("many") / "many"
    many.mkdir()
    for number in range(6_000):
        (many / str(number)).touch()
    (folder("long-name") / ("n" * 251 + ".txt")).write_text("x")
    (folder("page-name") / f"{UNIT}.html").mkdir()
    (folder("page-name-file") / f"{UNIT}.html").write_text("<script>")
    (course / "submitted" / "page-name" / UNIT / f"{UNIT}.html" / "x.txt").write_text("x")
    with (folder("sparse") / "data.bin").open("wb") as file:
        file.truncate(3 * 2**30)
    os.mkfifo(folder("pipe-beside") / "data.txt")
    (folder("link-beside") / "data.txt").symlink_to("/dev/zero")
    for student, make in {
        "notebook-pipe": os.mkfifo,
        "notebook-folder": os.mkdir,
        "notebook-link": lambda path: path.symlink_to("/dev/zero"),
        "notebook-huge": lambda path: (path.touch(), os.truncate(path, 2**30)),
        "notebook-nested": lambda path: path.write_text('{"cells": ' + "[" * 10**6),
        "notebook-parts": lambda path: path.write_text(f'{{"cells": [{"[]," * 10**7}1]}}'),
    }.items():
        path = folder(student) / f"{UNIT}.ipynb"
        path.unlink()
        make(path)


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


def test_some_failed_and_nobody_is_missing(odd: Odd) -> None:
    assert odd.status == 3
    assert len(odd.results) == len(list((odd.course / "submitted").iterdir())) == 31


def test_good_work_is_paid_whatever_lies_beside_it(odd: Odd) -> None:
    paid = {name: one["score"] for name, one in odd.results.items() if not one["failure"]}
    zero_forward = {"surrogate-answer": 2.0}
    assert zero_forward.items() <= paid.items()
    assert {name for name, score in paid.items() if score == 3.0} == paid.keys() - zero_forward
    times = {name for name in odd.results if name.startswith("time-")}
    beside = {"companion", "closed-companion", "deep", "many", "long-name", "page-name"}
    beside |= {"page-name-file", "sparse", "pipe-beside", "link-beside"}
    assert times | beside | {"honest", "surrogate-cell"} <= paid.keys()


def test_a_time_that_cannot_be_read_is_remarked_on_and_costs_nothing(odd: Odd) -> None:
    for name, one in odd.results.items():
        assert (NOT_TIMED in " ".join(one["remarks"])) == name.startswith("time-"), name


def test_a_companion_with_a_name_that_is_no_text_is_left_out(odd: Odd) -> None:
    remarks = odd.results["companion"]["remarks"]
    named = {remark.split(" was not used")[0] for remark in remarks}
    assert named == {r"`d\xe9.txt`", r"`d\xe9/x.txt`"}


@pytest.mark.parametrize(
    ("student", "words"),
    [
        ("deep", "d` was not used"),
        ("many", "`many` was not used"),
        ("sparse", "`data.bin` was not used"),
        ("pipe-beside", "`data.txt` was not used"),
        ("link-beside", "`data.txt` was not used"),
    ],
)
def test_what_is_left_out_is_said(odd: Odd, student: str, words: str) -> None:
    assert words in " ".join(odd.results[student]["remarks"])


@pytest.mark.parametrize(
    ("student", "words"),
    [
        (r"l\xe9a", "the name of the folder is not UTF-8"),
        ("notebook-name", r"it holds d\xe9.ipynb"),
        (r"turned\u202eid", "the name of the folder holds control characters"),
        ("notebook-pipe", f"{UNIT}.ipynb is not a file"),
        ("notebook-folder", f"{UNIT}.ipynb is not a file"),
        ("notebook-link", f"{UNIT}.ipynb is a link to another place"),
        ("notebook-huge", f"{UNIT}.ipynb is too large (1024 MiB of at most 32)"),
        ("notebook-nested", "cannot be read as JSON"),
        ("notebook-parts", "has too many parts"),
    ],
)
def test_what_cannot_be_graded_costs_its_student_alone(odd: Odd, student: str, words: str) -> None:
    assert words in odd.results[student]["failure"]


def test_what_may_not_be_read_is_said(odd: Odd) -> None:
    if os.getuid() == 0 and not odd.user:
        assert odd.results["closed-file"]["score"] == 3.0  # Root reads everything.
        return
    assert odd.results["closed-file"]["failure"] == f"{UNIT}.ipynb cannot be read."
    assert "`data.txt` was not used" in odd.results["closed-companion"]["remarks"][0]
    for student in ("closed-folder", "closed-student"):
        assert "cannot be read" in odd.results[student]["failure"]


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
    hand_in_oddly(course)
    for student in (course / "submitted").iterdir():
        if student.name.startswith("closed"):
            shutil.rmtree(student)
    assert run("nbgrader", "generate_assignment", "--force", UNIT, cwd=course).returncode == 0
    assert run("nbgrader", "autograde", UNIT, cwd=course).returncode == 1
    totals = {one.student: one.total for one in read_submissions(Course.at(course), UNIT)}
    clear_away(course)
    good = ("honest", "companion", "surrogate-cell", "time-words", "time-year", "time-folder")
    good += ("time-pipe", "time-link", "time-huge", "deep", "many", "long-name", "sparse")
    good += ("page-name-file", "pipe-beside", "link-beside")
    assert {name: totals.get(name) for name in good} == dict.fromkeys(good, 3.0)
    graded = course / "autograded" / "time-words" / UNIT / f"{UNIT}.ipynb"
    assert NOT_TIMED in graded.read_text("utf-8")


def test_the_page_says_that_the_time_is_not_known(odd: Odd) -> None:
    page = odd.course / "feedback" / "time-pipe" / UNIT / f"{UNIT}.html"
    assert NOT_TIMED in page.read_text("utf-8")
