"""`course-bp coverage`: which unit covers what."""

from __future__ import annotations

from pathlib import Path

from autograder.cli.common import CourseOption
from autograder.course.folder import Course


def coverage(course: CourseOption = Path()) -> None:
    """Write docs/coverage.md: where each lecture, each correction of it and each objective is.

    Exit status: 0 on success, 2 outside a course folder.
    """
    from autograder.course.coverage import coverage_page
    from autograder.files.ledger import replace_file

    opened = Course.at(course)
    path = opened.root / "docs" / "coverage.md"
    replace_file(path, coverage_page(opened))
    print(path.relative_to(opened.root))
