"""What Canvas and Moodle make of a gradebook file, by the rules that they document.

Written from the behaviour of Canvas's gradebook importer and of Moodle's CSV grade import; each
returns the grades after the import, so that a test can see what a file adds, changes and removes.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

TOTALS = re.compile(r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")
Grades = dict[str, float | None]


class Refused(Exception):
    """The system would refuse the file as a whole."""


def canvas_after(text: str, before: Mapping[str, Grades]) -> dict[str, Grades]:
    """Assignment → Canvas's number of a student → grade, after the file is imported.

    Args:
        text: the file.
        before: the same before; the students are those of any assignment.
    """
    head, *rows = csv.reader(io.StringIO(text))
    # "ID" second, the login among the columns before "Section"; assignments follow it.
    if not (len(head) > 3 and "Student" in head[0] and "ID" in head[1]):
        raise Refused("invalid header row")
    sis = head[2:4] == ["SIS User ID", "SIS Login ID"]
    count = 5 if sis else 4 if head[2] == "SIS Login ID" else 3
    if "Section" not in head[count - 1]:
        raise Refused("invalid header row")
    after = {name: dict(grades) for name, grades in before.items()}
    students = {id for grades in before.values() for id in grades}
    for name in [name for name in head[count:] if not TOTALS.search(name)]:
        numbered = re.fullmatch(r"(.*)\s\((\d+)\)", name)
        here = next((one for one in after if numbered and one.endswith(f"({numbered[2]})")), name)
        grades = after.setdefault(here, {})
        for row in rows:
            if "Points Possible" in row[0]:
                float(row[head.index(name)])
                continue
            found = re.match(r"\d+", row[1])
            if not found or found[0] not in students:
                raise Refused(f"asks who {row[0]!r} is")
            cell = row[head.index(name)].strip()
            # An empty cell takes a grade away.
            grades[found[0]] = float(cell) if cell else None
    return after


def moodle_after(text: str, before: Grades) -> Grades:
    """E-mail address → grade, after the last column of the file is imported into an item.

    Args:
        text: the file.
        before: the same before; the students are those in it.
    """
    head, *rows = csv.reader(io.StringIO(text))
    after = dict(before)
    email = head.index("Email address")
    for row in rows:
        if len(row) != len(head):
            raise Refused("the number of columns is not constant")
        if row[email].strip() not in after:
            raise Refused(f"no user {row[email]!r}: nothing is imported")
        cell = row[-1].strip()
        # Empty and "-" both mean that there is no grade, also where there was one.
        after[row[email].strip()] = None if cell in ("", "-") else float(cell)
    return after
