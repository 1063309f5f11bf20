"""Grades that exist already, shown to students in Gradescope: as results and as an autograder.

Gradescope has no import for grades. But an autograder may give whatever it likes: this one looks
up who handed in (`submission_metadata.json`, "Autograder Specifications") and gives what the
gradebook said when it was exported, points given by hand and late penalties included. It runs
nothing that was handed in.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence

from autograder.course.folder import Course
from autograder.course.roster import IDENTIFIERS, Student, read_roster
from autograder.exports.format import Choices, Format
from autograder.exports.gradescope.results import GRADED, Results, recorded_results, results_file
from autograder.exports.gradescope.zip import EXECUTABLE, put
from autograder.files import clean

RECORDED = "recorded.json"
SETUP = "#!/bin/sh\n# Nothing to install.\n"
# Gradescope's images have a Python 3, of any age.
RUN = """\
#!/usr/bin/env python3
# Gives the grades that were exported; whoever is not among them gets none, instead of a 0.
import json
import os
import sys

root = os.environ.get("AUTOGRADER_ROOT", "/autograder")
with open(os.path.join(root, "source", "recorded.json"), encoding="utf-8") as file:
    recorded = json.load(file)
with open(os.path.join(root, "submission_metadata.json"), encoding="utf-8") as file:
    users = json.load(file).get("users", [])
names = [str(user.get(key) or "").lower() for user in users for key in ("email", "sid")]
found = {recorded["students"][name] for name in names if name in recorded["students"]}
if len(found) != 1:
    sys.exit("no grade was exported for %s" % ", ".join(filter(None, names)))
os.makedirs(os.path.join(root, "results"), exist_ok=True)
with open(os.path.join(root, "results", "results.json"), "w", encoding="utf-8") as file:
    json.dump(recorded["results"][found.pop()], file)
"""


def recorded_zip(course: Course, results: Mapping[str, Results]) -> bytes:
    """Builds an autograder that gives recorded results.

    Args:
        course: the course, whose roster says by which addresses Gradescope knows a student.
        results: the gradebook's id of a student → what goes into results.json.

    Returns:
        The zip's bytes.
    """
    roster = read_roster(course)
    # What could not be graded is no grade to show.
    graded = {folder: one for folder, one in results.items() if one["extra_data"][GRADED]}
    students: dict[str, str] = {}
    shared: set[str] = set()
    for folder in graded:
        student = roster.find(folder) or Student(folder)
        for name in {getattr(student, kind).lower() for kind in IDENTIFIERS} - {""}:
            if students.setdefault(name, folder) != folder:
                shared.add(name)
    known = {name: folder for name, folder in students.items() if name not in shared}
    told = clean.data({"students": known, "results": graded})
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        put(archive, "setup.sh", SETUP.encode(), EXECUTABLE)
        put(archive, "run_autograder", RUN.encode(), EXECUTABLE)
        put(archive, RECORDED, json.dumps(told, indent=1, ensure_ascii=False).encode())
    return content.getvalue()


def _files(course: Course, units: Sequence[str], choices: Choices) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for unit in units:
        results = recorded_results(course, unit)
        files[f"gradescope-grades-{unit}.zip"] = recorded_zip(course, results)
        for student, one in results.items():
            files[f"gradescope/{unit}/{student}/results.json"] = results_file(one)
    return files


FORMAT = Format(
    "gradescope",
    "a zip to upload that shows these grades, and a results.json per student",
    _files,
    excused="left out",
)
