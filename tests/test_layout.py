"""The tests of a module are where its name says."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
FILES = sorted(
    path for top in ("autograder", "course_bp") for path in (TESTS / top).rglob("test_*.py")
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TESTS)))
def test_a_test_file_is_named_after_a_module_or_says_what_it_is_about(path: Path) -> None:
    package = TESTS.parent / path.relative_to(TESTS).parent
    assert package.is_dir(), "there is no such package"
    modules = {one.stem.strip("_") for one in package.iterdir() if one.suffix in (".py", "")}
    name = path.stem.removeprefix("test_")
    named = any(name == module or name.startswith(f"{module}_") for module in modules if module)
    assert named or ast.get_docstring(ast.parse(path.read_text("utf-8")))
