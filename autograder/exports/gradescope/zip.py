"""A ready autograder for Gradescope: one zip with setup.sh, run_autograder, and all they need.

Built to "Autograder Specifications" (gradescope-autograders.readthedocs.io): both scripts lie at
the root of the zip; setup.sh runs once as root when the image is built; run_autograder is copied to
/autograder and runs there for each submission; the rest of the zip is under /autograder/source.
The zip holds the course's secret and the right answers: upload it, and show it to nobody.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import autograder
import course_bp
from autograder.course.configuration import GRADE, SAVE
from autograder.course.folder import Course, CourseError
from autograder.course.graded_cells import (
    exercise_named,
    is_for_a_person,
    is_test,
    mark,
    released_exercises,
)
from autograder.course.installed import TEMPLATE, UNITS
from autograder.course.secret_record import course_secret
from autograder.exports.format import Choices, Format
from autograder.exports.gradescope.results import failure, results_file
from autograder.exports.gradescope.run import BESIDE, NOTEBOOKS, SETTINGS
from autograder.grading.given import Given, given_for

# The earliest date that a zip can hold: the same course gives the same bytes.
DATE = (1980, 1, 1, 0, 0, 0)
EXECUTABLE, PRIVATE, PLAIN = 0o755, 0o600, 0o644
NOT_NEEDED = {"__pycache__", TEMPLATE, UNITS}
LOCK = Path(__file__).with_name("gradescope.lock")
SETUP = """\
#!/bin/sh
# Runs once, as root, when Gradescope builds the image.
set -eu
ROOT="${AUTOGRADER_ROOT:-/autograder}"
command -v bwrap >/dev/null || apt-get install -y -qq bubblewrap
recent='import sys; assert (3, 11) <= sys.version_info'
ready='import sys; assert (3, 11) <= sys.version_info; import IPython, anywidget, ipywidgets, \
matplotlib, nbformat, numpy'
if ! python3 -c "$ready" 2>/dev/null; then
  for python in python3.13 python3.12 python3.11 python3; do
    command -v "$python" >/dev/null && "$python" -c "$recent" 2>/dev/null && break
    python=""
  done
  if [ -z "$python" ]; then
    echo "This needs Python 3.11 or newer: choose a newer base image in Gradescope." >&2
    exit 1
  fi
  "$python" -c 'import ensurepip' 2>/dev/null || apt-get install -y -qq "$python-venv"
  "$python" -m venv "$ROOT/venv"
  "$ROOT/venv/bin/python" -m pip install --quiet --require-hashes -r "$ROOT/source/requirements.txt"
fi
chmod 600 "$ROOT/source/secret"
"""
RUN = """\
#!/bin/sh
# Runs for each submission; writes results/results.json.
ROOT="${AUTOGRADER_ROOT:-/autograder}"
PYTHON="$ROOT/venv/bin/python"
[ -x "$PYTHON" ] || PYTHON=python3
rm -f "$ROOT/results/results.json"
PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$ROOT/source/package" \\
  "$PYTHON" -m autograder.exports.gradescope.run "$ROOT"
# Also when Python does not start, or was killed.
if [ ! -s "$ROOT/results/results.json" ]; then
  mkdir -p "$ROOT/results"
  cat >"$ROOT/results/results.json" <<'END'
@FAILURE@
END
fi
"""


FAILED = results_file(failure("the grader was stopped; ask your instructor.")).decode()


def autograder_zip(course: Course, unit: str, trusted: bool = False) -> bytes:
    """Builds the zip.

    Args:
        course: the course, with the unit built.
        unit: the unit's full name.
        trusted: grade without a sandbox where bubblewrap cannot start.

    Returns:
        The zip's bytes.

    Raises:
        CourseError: if the unit is not built or checks an exercise that cannot be used, or the
            course's limits or packages will not do.
    """
    released_exercises(course, unit)
    brought = given_for(course, unit)
    if not brought.notebooks:
        raise CourseError(f"{unit} is not built yet; run: course-bp build {unit}")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        put(archive, "setup.sh", SETUP.encode(), EXECUTABLE)
        put(archive, "run_autograder", RUN.replace("@FAILURE@", FAILED).encode(), EXECUTABLE)
        put(archive, "requirements.txt", LOCK.read_bytes())
        put(archive, SETTINGS, _settings(course, unit, brought, trusted))
        put(archive, "secret", course_secret(course).hex().encode(), PRIVATE)
        for name, notebook in brought.notebooks.items():
            put(archive, f"{NOTEBOOKS}/{name}.ipynb", json.dumps(notebook).encode())
        for name, path in brought.files.items():
            put(archive, f"{BESIDE}/{name}", path.read_bytes())
        for package in (autograder, course_bp):
            folder = Path(str(package.__file__)).parent
            for path in sorted(folder.rglob("*")):
                inside = path.relative_to(folder.parent)
                if path.is_file() and not NOT_NEEDED & set(inside.parts):
                    put(archive, f"package/{inside.as_posix()}", path.read_bytes())
    return content.getvalue()


def _settings(course: Course, unit: str, brought: Given, trusted: bool) -> bytes:
    """What the zip is told. Not nbgrader_config.py itself: it may import what is not there."""
    worth: dict[str, dict[str, float]] = {}
    names: dict[str, str] = {}
    person: list[str] = []
    for name, notebook in brought.notebooks.items():
        worth[name] = {}
        tests = [cell for cell in notebook.cells if is_test(cell.cell_type, mark(cell))]
        asked = Counter(exercise_named(cell.source, course.exercises) for cell in tests)
        for cell in tests:
            id = str(mark(cell)["grade_id"])
            exercise = exercise_named(cell.source, course.exercises)
            shown = exercise if exercise and asked[exercise] == 1 else id
            worth[name][shown] = float(mark(cell).get("points", 0) or 0)
            names[f"{name}/{id}"] = shown
        for cell in notebook.cells:
            if is_for_a_person(cell.cell_type, mark(cell)):
                points = float(mark(cell).get("points", 0) or 0)
                words = f"{mark(cell)['grade_id']} ({points:g} points) is graded by a person"
                person.append(f"{words}, and not part of this score.")
    told = {
        "unit": unit,
        "trusted": trusted,
        "limits": asdict(course.limits),
        "packages": course.packages,
        "notebooks": worth,
        "names": names,
        "by_person": person,
        "withheld": sorted(brought.withheld),
        "own exercises": course.exercises.own.as_data(),
    }
    return (json.dumps(told, indent=2) + "\n").encode()


def left_out(course: Course, units: Sequence[str], choices: Choices) -> list[str]:
    """What nbgrader does for these units, and the zip does not.

    Returns:
        A sentence each.
    """
    config, found = course.config, []
    if "plugin_class" in config.AssignLatePenalties or config.LateSubmissionPlugin:
        found.append(
            "The zip does not take points off for late work: Gradescope does, as you set it there."
        )
    known = {"AssignLatePenalties", GRADE.rpartition(".")[2], SAVE.rpartition(".")[2]}
    steps = [
        str(step).rpartition(".")[2].strip("'>")
        for step in config.Autograde.get("autograde_preprocessors", [])
    ]
    if others := [step for step in steps if step not in known]:
        found.append(f"The zip does not run {', '.join(others)} of c.Autograde.")
    if course.packages:
        words = ", ".join(course.packages)
        found.append(f"The image in Gradescope must have {words}: setup.sh does not install it.")
    for unit in units:
        told = json.loads(_settings(course, unit, given_for(course, unit), False))
        found += [f"{unit}: {words}" for words in told["by_person"]]
    return found


def put(archive: zipfile.ZipFile, name: str, content: bytes, mode: int = PLAIN) -> None:
    """Puts a file into a zip, with the same bytes each time."""
    about = zipfile.ZipInfo(name, DATE)
    about.external_attr = mode << 16
    about.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(about, content)


FORMAT = Format(
    "gradescope-autograder",
    "a zip to upload, one per unit",
    lambda course, units, choices: {
        f"gradescope-{unit}.zip": autograder_zip(course, unit, choices.trusted) for unit in units
    },
    needs_grades=False,
    notes=left_out,
)
