"""When a submission was handed in, according to the timestamp.txt that nbgrader puts next to it.

The file comes with the submission, so it may be anything at all. nbgrader's own reader waits for a
pipe, follows links, reads a file of any size and fails on text that is not a date.
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
# A time outside these years is a mistake, and may not exist in other time zones.
YEARS = range(1970, 2200)
# A name such as CET or Europe/Berlin, or a number. dateutil would open any other as a file.
ZONE = re.compile(r"[A-Za-z][\w+-]*(/[A-Za-z][\w+-]*)*|[+-]?\d{1,5}", re.ASCII)


@dataclass(frozen=True)
class HandedIn:
    """When a submission was handed in.

    Args:
        moment: the time in UTC without its zone, as nbgrader keeps it, or None if it is unknown.
        remark: a sentence if there is a timestamp.txt that does not tell us, or "".
    """

    moment: datetime | None
    remark: str = ""


def read_hand_in_time(folder: Path) -> HandedIn:
    """Reads when a submission was handed in.

    Args:
        folder: the folder that holds the notebook.

    Returns:
        The time, unknown if there is no timestamp.txt, or if it is not the kind that nbgrader
        writes.
    """
    path = folder / NAME
    if not os.path.lexists(path):
        return HandedIn(None)
    content = read_file(path, MAX_BYTES)
    if content is None:
        return HandedIn(None, _remark("is not a short, ordinary file that can be read"))
    moment = _moment(content.decode("utf-8", "replace").strip())
    if moment is None:
        return HandedIn(None, _remark("does not hold a date and time that can be read"))
    return HandedIn(moment)


def _remark(why: str) -> str:
    return f"{NAME} {why}: we do not know when this was handed in, so there is no late penalty."


def _moment(text: str) -> datetime | None:
    """The time that nbgrader would read, if the text is a complete date and nothing else."""
    from dateutil import parser  # type: ignore[import-untyped]
    from nbgrader.utils import parse_utc

    words = text.split(" ")
    if len(words) == 3 and not ZONE.fullmatch(words[2]):
        return None
    written = " ".join(words[:2]) if len(words) == 3 else text
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # An unknown zone counts as UTC.
            # What a text leaves out of its date would be taken from today's.
            first, second = (
                parser.parse(written, default=datetime(year, month, day))
                for year, month, day in ((2000, 1, 1), (2001, 2, 2))
            )
            moment = parse_utc(text) if first == second else None
    except Exception:  # On hostile text, dateutil raises all kinds of errors.
        return None
    return moment if moment is not None and moment.year in YEARS else None
