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
        "2026-11-20 10:00:00 CET\n",
        "23/11/2026 09:15 CET",
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


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("Nov 22 2026 10:00 EST", "2026-11-22 15:00"),
        ("Sun Nov 22 10:00:00 EST 2026", "2026-11-22 15:00"),
        ("22 Jul 2026 10:00 CEST", "2026-07-22 08:00"),
        ("22 Nov 2026 10:00 Asia/Kolkata", "2026-11-22 04:30"),
        ("2026-10-25 02:30 CEST", "2026-10-25 00:30"),
        ("Sun, 22 Nov 2026 10:00:00 -0500", "2026-11-22 15:00"),
        ("2026-11-22 10:00 +0200", "2026-11-22 08:00"),
        ("2026-11-22 10:00 UTC+2", "2026-11-22 08:00"),
        ("2026-11-12 10:00", "2026-11-12 10:00"),
        ("23/11/2026 09:15", "2026-11-23 09:15"),
        ("22.11.2026 10:00 GMT", "2026-11-22 10:00"),
        ("1 Dec 2026, 10 PM", "2026-12-01 22:00"),
    ],
)
def test_zones_and_orders_are_read_as_people_mean_them(tmp_path: Path, text: str, utc: str) -> None:
    (tmp_path / NAME).write_text(text)
    assert read_hand_in_time(tmp_path) == HandedIn(datetime.fromisoformat(utc))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_not_part_of_the_time(tmp_path: Path, encoding: str) -> None:
    (tmp_path / NAME).write_bytes("2026-11-22 10:00 UTC\r\n".encode(encoding))
    assert read_hand_in_time(tmp_path) == HandedIn(datetime(2026, 11, 22, 10))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("01/12/2026 10:00", "can be read as 2026-01-12 and as 2026-12-01"),
        ("10.11.26 10:00", "can be read as 2010-11-26 and as 2026-11-10"),
        ("2026-11-22 10:00 IST", "names the time zone IST"),
        ("22 Nov 2026 10:00 CST", "names the time zone CST"),
        ("2026-07-01 10:00 CET", "names the time zone CET"),
        ("2026-11-22 10:00 CEST", "names the time zone CEST"),
        ("2026-11-22 10:00 EST+5", "names the time zone EST with a number"),
        ("2026-11-22 10:00 XYZ", "names the time zone XYZ"),
    ],
)
def test_what_is_not_sure_is_unknown_and_the_remark_says_why(
    tmp_path: Path, text: str, why: str
) -> None:
    (tmp_path / NAME).write_text(text)
    found = read_hand_in_time(tmp_path)
    assert found.moment is None
    assert found.remark.startswith(f"timestamp.txt {why}")


@pytest.mark.parametrize(("home", "hour"), [("America/Chicago", 16), ("Asia/Shanghai", 2)])
def test_a_zone_means_what_it_means_where_the_course_is(
    tmp_path: Path, home: str, hour: int
) -> None:
    (tmp_path / NAME).write_text("2026-11-22 10:00:00.000000 CST")
    assert read_hand_in_time(tmp_path, home) == HandedIn(datetime(2026, 11, 22, hour))


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
