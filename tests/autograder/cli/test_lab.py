"""Opening one's own copies of the units."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Call = Callable[..., tuple[int, str, str]]


def test_lab_opens_the_course_folders_own_units(folder: Path, call: Call) -> None:
    status, _, err = call("lab")
    assert (status, "no unit has been built in" in err) == (2, True)
    released = folder / "release" / "77-mine" / "77-mine.ipynb"
    released.parent.mkdir(parents=True)
    released.write_text("given")
    (released.parent / "points.csv").write_text("1,2")
    hidden = released.parent / ".ipynb_checkpoints" / "77-mine-checkpoint.ipynb"
    hidden.parent.mkdir()
    hidden.write_text("old")
    status, _, err = call("lab", "--", "--version")
    assert (status, err.startswith("1 unit copied into")) == (0, True)
    copied = sorted(path.name for path in (folder / "my-notebooks").rglob("*") if path.is_file())
    assert copied == ["77-mine.ipynb", "points.csv"]


def test_lab_refuses_a_folder_that_is_no_course(tmp_path: Path, call: Call) -> None:
    (tmp_path / "other").mkdir()
    status, _, err = call("lab", "--course", "other")
    assert (status, "is not a course folder" in err) == (2, True)
