from __future__ import annotations

import importlib.metadata
from collections.abc import Callable
from pathlib import Path

from own_files import course_with, square

Call = Callable[..., tuple[int, str, str]]


def test_the_version_is_the_installed_one(call: Call) -> None:
    version = importlib.metadata.version("course-bp")
    assert call("--version") == (0, f"course-bp {version}\n", "")


def test_the_version_needs_no_command_and_no_course(call: Call) -> None:
    assert call("--version", "grade")[0] == 0


def test_a_broken_exercise_is_named_in_one_line_and_the_others_go_on(
    folder: Path, call: Call
) -> None:
    broken = square("cube.value", power=3) + "1 / 0\n"
    files = {"square.py": square(), "cube.py": broken, "also.py": "x = (\n"}
    course_with(folder, files)
    status, out, said = call("exercise", "show", "square.value", "--cells")
    assert (status, out) == (2, "")  # It was not derived, so it has no cells.
    assert said.count("course-bp: ") == 3
    for words in ("cube.py, line 15: ZeroDivisionError", "also.py, line 1: SyntaxError"):
        assert said.count(words) == 1
    assert "square.value was written by hand" in said
    status, _, said = call("exercise", "show", "cube.value")
    assert (status, "cube.value cannot be used: " in said) == (2, True)
