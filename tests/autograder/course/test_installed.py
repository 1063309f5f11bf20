"""In a repository; tests/workflows/test_student_install.py has it from wheels."""

from __future__ import annotations

from pathlib import Path

from autograder.course.installed import notebooks, template

REPOSITORY = Path(__file__).parents[3]


def test_an_editable_installation_reads_the_repository() -> None:
    assert notebooks() == REPOSITORY / "notebooks"
    assert template() == REPOSITORY
