"""`course-bp grade` brings every page up to date, whoever wrote it last."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, answered
from workflows.support import TWO_POINTS_A_DAY, Run

from autograder.course.folder import Course

LATE, IN_TIME = 1.0, 3.0


@pytest.fixture
def course(built_course: Path, tmp_path: Path, run: Run) -> Path:
    """Ada handed in a day late, which costs two of her three points."""
    course = Path(shutil.copytree(built_course, tmp_path / "course"))
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    folder = course / "submitted" / "ada" / UNIT
    folder.mkdir(parents=True)
    (folder / f"{UNIT}.ipynb").write_text(json.dumps(answered(released, FORWARD, BACKWARD)))
    (folder / "timestamp.txt").write_text("2026-10-02 12:00:00 UTC")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(TWO_POINTS_A_DAY)
    with Course.at(course).api.gradebook as gradebook:
        gradebook.update_or_create_assignment(UNIT, duedate="2026-10-01 12:00:00 UTC")
    done = run("course-bp", "grade", UNIT, cwd=course)
    assert done.returncode == 0, done.stderr
    assert on_the_page(course) == LATE
    return course


@pytest.fixture
def does(course: Path, run: Run) -> Callable[..., None]:
    """Runs commands in the course, which must succeed."""

    def does(*commands: str) -> None:
        for command in commands:
            done = run(*command.split(), cwd=course)
            assert done.returncode == 0, done.stderr

    return does


def page_of(course: Path) -> Path:
    return course / "feedback" / "ada" / UNIT / f"{UNIT}.html"


def on_the_page(course: Path) -> float:
    found = re.search(r"\(Score: (\S+) / 14\.0\)", page_of(course).read_text("utf-8"))
    assert found is not None
    return float(found[1])


def give_by_hand(course: Path, points: float | None) -> None:
    with Course.at(course).gradebook() as gradebook:
        gradebook.find_grade("quiz2-backward-check", UNIT, UNIT, "ada").manual_score = points
        gradebook.db.commit()


@pytest.mark.parametrize(
    "writes", [f"course-bp feedback {UNIT}", f"nbgrader generate_feedback --force {UNIT}"]
)
def test_an_extension_that_is_taken_back_is_on_the_page(
    course: Path, does: Callable[..., None], writes: str
) -> None:
    does(f"course-bp extend {UNIT} ada --until 2026-10-05", writes)
    assert on_the_page(course) == IN_TIME
    does(f"course-bp extend {UNIT} ada --remove", f"course-bp grade {UNIT}")
    assert on_the_page(course) == LATE


def test_points_by_hand_that_are_taken_back_are_on_the_page(
    course: Path, does: Callable[..., None]
) -> None:
    give_by_hand(course, 1.5)
    does(f"course-bp feedback {UNIT}")
    assert on_the_page(course) == LATE - 0.5
    give_by_hand(course, None)
    does(f"course-bp grade {UNIT}")
    assert on_the_page(course) == LATE


def test_a_page_that_feedback_wrote_is_current(course: Path, does: Callable[..., None]) -> None:
    give_by_hand(course, 1.5)
    does(f"course-bp feedback {UNIT}")
    written = page_of(course).stat().st_mtime_ns
    does(f"course-bp grade {UNIT}")
    assert page_of(course).stat().st_mtime_ns == written


def test_a_page_that_somebody_changed_is_written_again(
    course: Path, does: Callable[..., None]
) -> None:
    right = page_of(course).read_bytes()
    page_of(course).write_bytes(right.replace(b"(Score: 1.0 / 14.0)", b"(Score: 9.0 / 14.0)"))
    assert on_the_page(course) == 9
    does(f"course-bp grade {UNIT}")
    assert page_of(course).read_bytes() == right
