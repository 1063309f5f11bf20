"""What a course folder's configuration means to the grader."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.folder import CONFIG_FILE, Course


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
