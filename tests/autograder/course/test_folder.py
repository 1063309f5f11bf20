"""What a course folder's configuration means to the grader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.course.folder import CONFIG_FILE, Course, CourseError


@pytest.mark.parametrize("config", ["", 'c.CourseDirectory.ignore = ["[0-9][0-9]-*.py"]\n'])
def test_a_units_text_is_never_released_whatever_its_name(tmp_path: Path, config: str) -> None:
    (tmp_path / CONFIG_FILE).write_text(f"c = get_config()\n{config}")
    text = tmp_path / "source" / "week-two" / "week-two.py"
    text.parent.mkdir(parents=True)
    text.touch()
    text.with_name("helper.py").touch()
    ignored = Course.at(tmp_path).config.CourseDirectory.ignore
    assert "week-two.py" in ignored
    assert "helper.py" not in ignored


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ('["no-such-package"]', "c.GradeInSandbox.packages: no package 'no-such-package' is"),
        ('["sympy"]', "c.GradeInSandbox.packages: sympy needs mpmath"),
        ('"toolz"', 'a list of names, such as ["pandas"]'),
        ("[1]", 'a list of names, such as ["pandas"]'),
    ],
)
def test_a_package_that_students_cannot_have_is_named(
    tmp_path: Path, config: str, words: str
) -> None:
    (tmp_path / CONFIG_FILE).write_text(f"c = get_config()\nc.GradeInSandbox.packages = {config}\n")
    with pytest.raises(CourseError, match=re.escape(words)):
        Course.at(tmp_path).packages  # noqa: B018


def test_packages_for_students_are_named_in_the_configuration(tmp_path: Path) -> None:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    assert Course.at(tmp_path).packages == ()
    config = 'c = get_config()\nc.GradeInSandbox.packages = ["toolz"]\n'
    (tmp_path / CONFIG_FILE).write_text(config)
    assert Course.at(tmp_path).packages == ("toolz",)
