"""Another distribution that is called as our package is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import same_name


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A folder of installed packages with the other one in it, as pip leaves it."""
    about = tmp_path / "autograder-3.7.7.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: autograder\nVersion: 3.7.7\n")
    (about / "RECORD").write_text("autograder/__init__.py,,\n")
    return tmp_path


def test_the_other_one_is_found_and_the_cure_is_said(theirs: Path) -> None:
    words = same_name.problem(theirs)
    assert "another package named 'autograder' (version 3.7.7)" in words
    assert "pip uninstall autograder && pip install --force-reinstall --no-deps" in words


def test_others_that_begin_alike_are_nothing_to_us(tmp_path: Path) -> None:
    for name in ("autograder_tools-1.0.dist-info", "course_bp-0.1.0.dist-info"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "METADATA").write_text(f"Name: {name.partition('-')[0]}\nVersion: 1\n")
    assert same_name.problem(tmp_path) == ""


def test_this_installation_is_ours_alone() -> None:
    assert same_name.problem() == ""


def test_a_notebook_and_the_command_say_so(theirs: Path) -> None:
    """Both packages in one folder, theirs on top: the submodules of ours are still found."""
    repository = Path(same_name.__file__).parents[2]
    (theirs / "course_bp").symlink_to(repository / "course_bp")
    mixed = theirs / "autograder"
    mixed.mkdir()
    (mixed / "__init__.py").write_text('__version__ = "3.7.7"\n')
    for path in (repository / "autograder").iterdir():
        if path.name not in ("__init__.py", "course"):
            (mixed / path.name).symlink_to(path)
    (mixed / "course").mkdir()
    for path in (repository / "autograder" / "course").iterdir():
        target = mixed / "course" / path.name
        # A link would lead back to where ours is alone.
        target.write_bytes(path.read_bytes()) if path.suffix == ".py" else None
    for code in (
        "import autograder.check",
        "import sys; sys.argv = ['course-bp', '--help']; import autograder.cli.main as m; m.main()",
    ):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=theirs, capture_output=True, text=True, timeout=300
        )
        assert "another package named 'autograder'" in " ".join(done.stderr.split()), done.stderr
        assert done.returncode == 0
