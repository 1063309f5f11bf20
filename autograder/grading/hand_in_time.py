"""When a submission was handed in, by the timestamp.txt that nbgrader puts beside it.

The file comes with the submission, so it may be anything at all. nbgrader's own reader waits for a
pipe, follows links, reads a file of any size and stops at words that are no date.
"""

from __future__ import annotations

import os
import re
import warnings
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.files.handed_in import read_file

NAME = "timestamp.txt"
MAX_BYTES = 200
# Outside of these years a time is a mistake, and other zones' clocks may not be able to show it.
YEARS = range(1970, 2200)
# A name such as CET or Europe/Berlin, or a number. dateutil would open any other as a file.
ZONE = re.compile(r"[A-Za-z][\w+-]*(/[A-Za-z][\w+-]*)*|[+-]?\d{1,5}", re.ASCII)


@dataclass(frozen=True)
class HandedIn:
    """When a submission was handed in.

    Args:
        moment: the time in UTC without its zone, as nbgrader keeps it, or None if it is unknown.
        remark: a sentence if there is a timestamp.txt that does not say it, or "".
    """

    moment: datetime | None
    remark: str = ""


def read_hand_in_time(folder: Path) -> HandedIn:
    """Reads when a submission was handed in.

    Args:
        folder: the folder that holds the notebook.

    Returns:
        The time, unknown if there is no timestamp.txt or it is not one of nbgrader's kind.
    """
    path = folder / NAME
    if not os.path.lexists(path):
        return HandedIn(None)
    content = read_file(path, MAX_BYTES)
    if content is None:
        return HandedIn(None, _remark("is not a short, ordinary file that may be read"))
    moment = _moment(content.decode("utf-8", "replace").strip())
    if moment is None:
        return HandedIn(None, _remark("holds no date and time that can be read"))
    return HandedIn(moment)


def _remark(why: str) -> str:
    return f"{NAME} {why}: the time of handing in is unknown, so no late penalty is given."


def _moment(text: str) -> datetime | None:
    """The time that nbgrader would read, if the text is a whole date and nothing else."""
    from dateutil import parser  # type: ignore[import-untyped]
    from nbgrader.utils import parse_utc

    words = text.split(" ")
    if len(words) == 3 and not ZONE.fullmatch(words[2]):
        return None
    written = " ".join(words[:2]) if len(words) == 3 else text
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # A zone that nobody knows counts as UTC.
            # What a text leaves out of its date would be taken from today's.
            first, second = (
                parser.parse(written, default=datetime(year, month, day))
                for year, month, day in ((2000, 1, 1), (2001, 2, 2))
            )
            moment = parse_utc(text) if first == second else None
    except Exception:  # Of hostile text, dateutil raises this and that.
        return None
    return moment if moment is not None and moment.year in YEARS else None
