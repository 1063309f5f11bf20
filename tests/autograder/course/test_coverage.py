"""Every item of the decks, every erratum and every objective has a home in the course."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.coverage import coverage_page, homes, inventory
from autograder.course.folder import Course, CourseError
from autograder.exercises import EXERCISES

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def course() -> Course:
    return Course.at(REPOSITORY)


def test_everything_has_a_home(course: Course) -> None:
    assert [key for key, places in homes(course).items() if not places] == []


def test_the_page_is_in_step_with_the_texts(course: Course) -> None:
    page = (REPOSITORY / "docs" / "coverage.md").read_text("utf-8")
    assert page == coverage_page(course), "run: course-bp coverage"


def test_all_eight_objectives_and_all_errata_are_listed(course: Course) -> None:
    items = inventory(course)
    assert {f"O{number}" for number in range(1, 9)} <= set(items)
    assert {f"erratum {number}" for number in range(1, 22)} <= set(items)


def test_the_units_that_count_hold_a_hundred_points() -> None:
    counted = [e.points for e in EXERCISES.values() if "elective" not in e.unit]
    assert sum(counted) == pytest.approx(100)


def test_a_tag_that_the_inventory_does_not_hold_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    unit = tmp_path / "source" / "01-x"
    unit.mkdir(parents=True)
    (tmp_path / "source" / "inventory.toml").write_text("[decks]\n[errata]\n[objectives]\n")
    (unit / "01-x.py").write_text('# %% [markdown] covers="D9:nothing"\n# # Title\n')
    with pytest.raises(CourseError, match="D9:nothing"):
        homes(Course.at(tmp_path))


def test_the_page_says_what_to_read_for_a_lecture_and_what_it_got_wrong(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    for unit, covers in (("01-x", "D9:a"), ("02-y", "D9:b; erratum 1"), ("03-z", "D9:a")):
        folder = tmp_path / "source" / unit
        folder.mkdir(parents=True)
        (folder / f"{unit}.py").write_text(f'# %% [markdown] covers="{covers}"\n# # Title\n')
    (tmp_path / "source" / "inventory.toml").write_text(
        '[titles]\nD9 = "A lecture"\n[decks]\nD9 = ["b", "a"]\n'
        '[errata]\n"erratum 1" = "D9: a slip"\n[objectives]\n'
    )
    page = coverage_page(Course.at(tmp_path))
    assert "## D9: A lecture\n\nTo read: [01-x], [02-y]. More about it: [03-z].\n" in page
    assert "| 1 | D9 | a slip | [02-y] Title |" in page
    assert "[03-z]: ../release/03-z/03-z.ipynb" in page
