"""When a submission was handed in, according to the timestamp.txt that nbgrader puts next to it.

The file comes with the submission, so it may be anything at all. nbgrader's own reader waits for a
pipe, follows links, reads a file of any size and fails on text that is not a date.
"""

from __future__ import annotations

import codecs
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from autograder.files.handed_in import read_file
from autograder.grading.time_zones import offset_of, zone_names

NAME = "timestamp.txt"
MAX_BYTES = 200
# A time outside these years is a mistake, and may not exist in other time zones.
YEARS = range(1970, 2200)
# The ways in which dateutil can take 10-11-12: (day first, year first).
ORDERS = ((False, False), (True, False), (False, True), (True, True))
# Dates that begin with the year are never day-first, although dateutil would read them so if told.
YEAR_FIRST = re.compile(r"(19|2\d)\d\d([-/.]|\d{4}(\D|$))", re.ASCII)
LAST_WORD = re.compile(r"(?P<time>.*\S)\s+(?P<zone>[A-Za-z][\w/+-]*)", re.ASCII)
UTC_NAMES = ("UTC", "GMT", "Z")
# By UTC+3 people mean three hours ahead of UTC; POSIX, and so dateutil, means three hours behind.
UTC_PLUS = re.compile(r"(?<![\w/])(?:UTC|GMT)\s*(?=[+-]\d)", re.ASCII)
UNREADABLE = "does not hold a date and time that can be read"


@dataclass(frozen=True)
class HandedIn:
    """When a submission was handed in.

    Args:
        moment: the time in UTC without its zone, as nbgrader keeps it, or None if it is unknown.
        remark: a sentence if there is a timestamp.txt that does not tell us, or "".
    """

    moment: datetime | None
    remark: str = ""


def read_hand_in_time(folder: Path, home: str = "") -> HandedIn:
    """Reads when a submission was handed in.

    Args:
        folder: the folder that holds the notebook.
        home: the course's time zone, such as America/Chicago, for abbreviations that mean
            another one elsewhere; see `home_zone`.

    Returns:
        The time, unknown if there is no timestamp.txt, or if what it says is not sure: a date such
        as 01/12/2026, or the name of a zone that has more than one meaning.
    """
    path = folder / NAME
    if not os.path.lexists(path):
        return HandedIn(None)
    content = read_file(path, MAX_BYTES)
    if content is None:
        return _unknown("is not a short, ordinary file that can be read")
    try:
        return _read(_text(content), home)
    except Exception:  # On hostile text, dateutil raises all kinds of errors.
        return _unknown(UNREADABLE)


def _unknown(why: str) -> HandedIn:
    words = f"{NAME} {why}: we do not know when this was handed in, so there is no late penalty."
    return HandedIn(None, words)


def _text(content: bytes) -> str:
    """The text, in the encoding that its byte order mark tells; Notepad writes such marks."""
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if utf16 else "utf-8-sig", "replace").strip()


def _read(text: str, home: str) -> HandedIn:
    text = UTC_PLUS.sub("", text)
    found = LAST_WORD.fullmatch(text)
    named = [found["zone"]] if found and _is_zone(found["zone"]) else []
    readings = _readings(found["time"] if found and named else text, named)
    if not readings:
        return _unknown(UNREADABLE)
    if len({one.replace(tzinfo=None) for one in readings}) > 1:
        early, late = min(readings), max(readings)
        return _unknown(f"can be read as {early:%Y-%m-%d} and as {late:%Y-%m-%d}")
    (moment,) = readings
    if named:
        offset = offset_of(named[0], moment, home)
        if offset is None:
            why = f"names the time zone {named[0]}, which does not have one meaning at that time"
            return _unknown(why)
        moment = moment.replace(tzinfo=timezone(offset))
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return HandedIn(moment)


def _is_zone(word: str) -> bool:
    return word in zone_names() and word not in UTC_NAMES


def _readings(text: str, named: list[str]) -> set[datetime]:
    """What a complete date and nothing else may mean, which depends on the order of day and month.

    Args:
        named: gets the zone's name, if the text has one that is not UTC's. What a number behind it
            means depends on whom you ask, so the name then has no meaning.
    """
    from dateutil import parser  # type: ignore[import-untyped]

    def zone(name: str | None, offset: int | None) -> timezone | None:
        if offset is not None and (offset == 0 or name is None):
            return timezone(timedelta(seconds=offset))
        if name and name not in named:
            named.append(name if offset is None else f"{name} with a number")
        return None

    found = set()
    for day_first, year_first in ORDERS[:1] if YEAR_FIRST.match(text) else ORDERS:
        # What a text leaves out of its date would be taken from the default.
        first, second = (
            parser.parse(
                text, default=default, tzinfos=zone, dayfirst=day_first, yearfirst=year_first
            )
            for default in (datetime(2000, 1, 1), datetime(2001, 2, 2))
        )
        if first != second or first.year not in YEARS:
            return set()
        found.add(first)
    return found
