"""A course folder that was made by an earlier version."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course.folder import CONFIG_FILE, ConfigError, Course
from autograder.course.moved import MOVED

OLD = """
c = get_config()
c.Autograde.autograde_preprocessors = ["autograder.nbgrader_glue.preprocessors.GradeInSandbox"]
c.ZipCollectApp.extractor_plugin = "autograder.collecting.SafeExtractor"
"""


def test_the_message_gives_each_new_name(tmp_path: Path) -> None:
    (tmp_path / CONFIG_FILE).write_text(OLD)
    with pytest.raises(ConfigError) as raised:
        _ = Course.at(tmp_path).config
    for old in ("autograder.nbgrader_glue.preprocessors", "autograder.collecting"):
        assert f"{old} is now {MOVED[old]}" in str(raised.value)


@pytest.mark.parametrize("old", MOVED)
def test_nbgrader_is_told_too(old: str) -> None:
    run = subprocess.run([sys.executable, "-c", f"import {old}"], capture_output=True, text=True)
    assert f"{old} is now {MOVED[old]}" in run.stderr


@pytest.mark.parametrize("new", MOVED.values())
def test_the_new_names_are_there(new: str) -> None:
    __import__(new)
