"""Files and names as they may be handed in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.files.handed_in import read_file, why_no_id


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"1234")
    assert read_file(tmp_path / "x", 4) == b"1234"
    assert read_file(tmp_path / "x", 3) is None


def test_links_pipes_folders_and_nothing_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"1234")
    (tmp_path / "link").symlink_to(tmp_path / "x")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "missing", "."):
        assert read_file(tmp_path / name, 10) is None


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (b"ada", ""),
        ("Zoë Ångström-2".encode(), ""),
        (b"d\xe9", "not UTF-8"),
        (b"a\nb", "control characters"),
        ("a\u202eb".encode(), "control characters"),
        (b"a" * 129, "more than 128"),
    ],
)
def test_a_students_id_is_text(name: bytes, why: str) -> None:
    found = why_no_id(os.fsdecode(name))
    assert why in found
    assert bool(found) == bool(why)
