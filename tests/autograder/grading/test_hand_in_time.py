"""When a submission was handed in, whatever timestamp.txt is."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from nbgrader.utils import parse_utc

from autograder.grading.hand_in_time import NAME, HandedIn, read_hand_in_time


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-01 10:00:00.123456 UTC",
        "2026-10-01 10:00:00 CET\n",
        "2026-10-01 10:00:00 Europe/Berlin",
        "2026-10-01 10:00:00 +0000",
        "2026-10-01T10:00:00+02:00",
        "Thursday, 1 October 2026, 11:59 PM",
        "2026-10-01",
    ],
)
def test_what_nbgrader_reads_is_read_alike(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    assert read_hand_in_time(tmp_path) == HandedIn(parse_utc(text.strip()))


def test_without_the_file_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert read_hand_in_time(tmp_path) == HandedIn(None)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Donnerstag, 1. Oktober 2026, 23:59\n",
        b"10",
        b"99999999999999999999-01-01 00:00:00 UTC",
        b"9999-12-31 23:59:59 UTC",
        b"0001-01-01T00:00:00+05:00",
        b"2026-10-01 10:00:00 /etc/localtime",
        b"2026-10-01 10:00:00 ../../../etc/localtime",
        b"2026-10-01 10:00:00 :/etc/localtime",
        b"2026-10-01 10:00:00 99999999999",
        b"\xff\xfe\x00\xd8",
        b"2026-10-01 10:00:00 UTC" + b" " * 300,
    ],
)
def test_what_is_no_whole_date_is_unknown_and_remarked_on(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    found = read_hand_in_time(tmp_path)
    assert found.moment is None
    assert found.remark.startswith("timestamp.txt ")
    assert "we do not know when this was handed in" in found.remark


@pytest.mark.parametrize("kind", ["folder", "pipe", "link", "device", "huge"])
def test_what_is_no_short_file_is_not_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "ada" / NAME
    path.parent.mkdir()
    (tmp_path / "time").write_text(str(datetime(2026, 10, 1)))
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "huge":
        with path.open("wb") as file:
            file.truncate(2**40)
    else:
        path.symlink_to(tmp_path / "time" if kind == "link" else "/dev/zero")
    found = read_hand_in_time(path.parent)
    assert found.moment is None
    assert "is not a short, ordinary file" in found.remark
