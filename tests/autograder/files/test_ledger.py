from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.files import ledger
from autograder.files.ledger import Ledger, as_before_after_an_error, digest, replace_file


def test_the_last_version_counts_and_survives(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "new" / "graded.jsonl")
    ledger.record("ada/01", "v1")
    ledger.record("ada/01", "v2")
    again = Ledger(ledger.path)
    assert again.holds("ada/01", "v2")
    assert not again.holds("ada/01", "v1")
    assert not again.holds("bob/01", "v2")


def test_a_line_cut_off_by_a_crash_is_left_out(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "graded.jsonl")
    ledger.record("ada/01", "v1")
    with ledger.path.open("a") as file:
        file.write('["bob/01", "v')
    assert Ledger(ledger.path).holds("ada/01", "v1")


def test_it_does_not_grow_without_end(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "graded.jsonl")
    for number in range(300):
        ledger.record("ada/01", f"v{number}")
    assert Ledger(ledger.path).holds("ada/01", "v299")
    assert len(ledger.path.read_text().splitlines()) == 1


def test_a_failed_submission_is_forgotten(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "graded.jsonl")
    ledger.record("ada/01", "v1")
    ledger.record("ada/01", "")
    assert not Ledger(ledger.path).holds("ada/01", "v1")


def test_what_cannot_be_written_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    with pytest.raises(IsADirectoryError) as caught:
        replace_file(tmp_path / "report.html", "text")
    assert caught.value.filename == str(tmp_path / "report.html")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_digest_is_made_of_whatever_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "MAX_BYTES", 10)
    odd, large, pipe = (tmp_path / name for name in (os.fsdecode(b"d\xe9"), "large", "pipe"))
    odd.write_text("x")
    large.write_text("more than ten")
    os.mkfifo(pipe)
    before = digest([odd, large, pipe, tmp_path / "missing"])
    odd.write_text("y")
    changed = digest([odd, large, pipe, tmp_path / "missing"])
    large.write_text("more than twenty bytes")
    assert len({before, changed, digest([odd, large, pipe, tmp_path / "missing"])}) == 3


def test_a_file_that_was_moved_to_another_folder_is_a_change(tmp_path: Path) -> None:
    notebook = tmp_path / "unit.ipynb"
    for path in (notebook, tmp_path / "a" / "data.csv", tmp_path / "b" / "data.csv"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = {digest([notebook, tmp_path / folder / "data.csv"]) for folder in ("a", "b")}
    assert len(found) == 2


def test_where_the_whole_submission_lies_does_not_matter(tmp_path: Path) -> None:
    found = set()
    for folder in ("here", "there"):
        path = tmp_path / folder / "data" / "x.csv"
        path.parent.mkdir(parents=True)
        path.write_text("x")
        found.add(digest([tmp_path / folder / "unit.ipynb", path]))
    assert len(found) == 1


def test_many_large_files_are_not_all_read(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in "abcde"]
    for path in paths:
        with path.open("wb") as file:
            file.truncate(30 * 2**20)
    before = digest(paths)
    for path in (paths[0], paths[4]):
        about = path.stat()
        with path.open("r+b") as file:
            file.write(b"x")
        os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
        assert (digest(paths) == before) == (path == paths[4])
        before = digest(paths)


@pytest.mark.parametrize("before", [None, b"old"])
def test_after_an_error_a_file_is_what_it_was(tmp_path: Path, before: bytes | None) -> None:
    path = tmp_path / "file"
    if before is not None:
        path.write_bytes(before)
    with pytest.raises(OSError, match="no room"), as_before_after_an_error(path):
        _write_and_fail(path)
    assert (path.read_bytes() if path.exists() else None) == before
    with as_before_after_an_error(path):
        replace_file(path, b"new")
    assert path.read_bytes() == b"new"


def _write_and_fail(path: Path) -> None:
    replace_file(path, b"new")
    raise OSError("no room")
