"""The other files of a submission: what is taken, and what is left out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from deep_folders import dug

from autograder.grading import companions
from autograder.grading.companions import companion_paths, read_companions


def test_modules_and_data_are_taken(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.csv").write_text("1,2")
    (tmp_path / "helper.py").write_text("a = 1")
    assert read_companions(tmp_path).files == {"data/x.csv": b"1,2", "helper.py": b"a = 1"}


def test_the_courses_own_files_come_over_those_of_a_student(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    for name in ("x.csv", "data.csv"):
        (own / name).write_text("the course's")
    mine = tmp_path / "mine"
    (mine / "data.csv").mkdir(parents=True)
    (mine / "data.csv" / "trap.txt").write_text("in the way")
    (mine / "helper.py").write_text("a = 1")
    (mine / "more").write_text("a file where the course has a folder")
    given = {"x.csv": own / "x.csv", "data.csv": own / "data.csv", "more/y.csv": own / "x.csv"}
    assert read_companions(mine).under(given).files == {
        "helper.py": b"a = 1",
        "x.csv": b"the course's",
        "data.csv": b"the course's",
        "more/y.csv": b"the course's",
    }
    assert read_companions(mine).under({}) == read_companions(mine)


def test_notebooks_hidden_files_and_nbgraders_own_are_not(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "__pycache__").mkdir()
    for name in (
        "unit.ipynb",
        ".secret",
        "timestamp.txt",
        "submission_secret.txt",
        ".git/x",
        "__pycache__/x.pyc",
    ):
        (tmp_path / name).write_text("2026-10-01 10:00:00 UTC")
    assert read_companions(tmp_path).files == {}
    assert read_companions(tmp_path).remarks == ()


def test_links_and_devices_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "of" / "another").mkdir(parents=True)
    (tmp_path / "of" / "another" / "answer.py").write_text("secret")
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "file.py").symlink_to(tmp_path / "of" / "another" / "answer.py")
    (mine / "folder").symlink_to(tmp_path / "of")
    os.mkfifo(mine / "pipe")
    found = read_companions(mine)
    assert found.files == {}
    assert [remark.split()[0] for remark in found.remarks] == ["`file.py`", "`folder`", "`pipe`"]
    assert len(companion_paths(mine)) == 3


def test_too_much_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companions, "MAX_BYTES", 1000)
    monkeypatch.setattr(companions, "MAX_FILES", 3)
    (tmp_path / "a.bin").write_bytes(bytes(2000))
    for name in "bcdef":
        (tmp_path / f"{name}.txt").write_text("x")
    found = read_companions(tmp_path)
    assert list(found.files) == ["b.txt", "c.txt", "d.txt"]
    assert [remark.split()[0] for remark in found.remarks] == ["`a.bin`", "`e.txt`", "`f.txt`"]


def test_a_folder_that_is_called_a_notebook_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "other.ipynb").mkdir()
    (tmp_path / "other.ipynb" / "x.txt").write_text("x")
    (tmp_path / "unit.ipynb").write_text("{}")
    found = read_companions(tmp_path)
    assert found.files == {}
    assert [remark.split()[0] for remark in found.remarks] == ["`other.ipynb`"]


def test_a_path_that_is_possible_only_here_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["n" * 250] * 4)
    folder.mkdir(parents=True)
    (folder / "x.txt").write_text("x")
    (folder.parent / "x.txt").write_text("x")
    found = read_companions(tmp_path)
    assert [len(name) for name in found.files] == [3 * 251 + 5]
    assert len(found.remarks) == 1


def test_folders_without_end_are_not_all_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(companions, "MAX_NAMES", 50)
    for number in range(49):
        (tmp_path / f"{number:02}" / "in it").mkdir(parents=True)
    (tmp_path / "data.txt").write_text("x")
    for number in range(49):
        (tmp_path / f"{number:02}" / "data.txt").write_text("x")
    assert [path.name for path in companion_paths(tmp_path)][-1] == "data.txt"
    assert len(companion_paths(tmp_path)) == 50
    assert read_companions(tmp_path).files == {"data.txt": b"x"}


def test_a_name_with_markup_is_shown_as_code(tmp_path: Path) -> None:
    (tmp_path / "<img src=x>`").symlink_to(tmp_path)
    (remark,) = read_companions(tmp_path).remarks
    assert remark.startswith("`<img src=x>?` was not used")


def test_folders_beyond_measure_are_left_out_and_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(companions, "MAX_NAMES", 50)
    many = tmp_path / "many"
    many.mkdir()
    for number in range(60):
        (many / str(number)).touch()
    (tmp_path / "data.txt").write_text("x")
    with dug(tmp_path):
        found = read_companions(tmp_path)
    assert found.files == {"data.txt": b"x"}
    deep, many_names = found.remarks
    assert deep.startswith(f"`{'d/' * companions.MAX_DEPTH}d` was not used")
    assert many_names.startswith("`many` was not used")


def test_a_name_that_is_no_text_is_left_out_in_words(tmp_path: Path) -> None:
    Path(os.fsdecode(bytes(tmp_path) + b"/d\xe9.txt")).write_text("x")
    found = read_companions(tmp_path)
    assert found.files == {}
    (remark,) = found.remarks
    assert remark.startswith(r"`d\xe9.txt` was not used")
    assert "has a name that is not text" in remark


def test_a_timestamp_that_says_no_time_is_remarked_on(tmp_path: Path) -> None:
    (tmp_path / "timestamp.txt").write_text("yesterday, I think")
    (remark,) = read_companions(tmp_path).remarks
    assert remark.startswith("timestamp.txt does not hold a date")
