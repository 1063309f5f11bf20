from __future__ import annotations

import importlib.metadata
from collections.abc import Callable

Call = Callable[..., tuple[int, str, str]]


def test_the_version_is_the_installed_one(call: Call) -> None:
    version = importlib.metadata.version("course-bp")
    assert call("--version") == (0, f"course-bp {version}\n", "")


def test_the_version_needs_no_command_and_no_course(call: Call) -> None:
    assert call("--version", "grade")[0] == 0
