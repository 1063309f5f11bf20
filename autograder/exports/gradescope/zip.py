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
from dataclasses import asdict
from pathlib import Path
from typing import Any

import autograder
import course_bp
from autograder.course.folder import Course, CourseError
from autograder.course.hidden_tests import for_grading, hidden_tests
from autograder.course.installed import TEMPLATE, UNITS
from autograder.course.secret_record import course_secret
from autograder.exports.format import Format
from autograder.exports.gradescope.run import SETTINGS

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
PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$ROOT/source/package" \\
  exec "$PYTHON" -m autograder.exports.gradescope.run "$ROOT"
"""


def autograder_zip(course: Course, unit: str, trusted: bool = False) -> bytes:
    """Builds the zip.

    Args:
        course: the course, with the unit built.
        unit: the unit's full name.
        trusted: grade without a sandbox where bubblewrap cannot start.

    Returns:
        The zip's bytes.

    Raises:
        CourseError: if the unit is not built, or the course's limits or packages will not do.
    """
    released = course.directory("release", ".", unit) / f"{unit}.ipynb"
    if not released.is_file():
        raise CourseError(f"{unit} is not built yet; run: course-bp build {unit}")
    # Not nbgrader_config.py itself: it may import what is not there, nbgrader first of all.
    told = {
        "unit": unit,
        "trusted": trusted,
        "limits": asdict(course.limits),
        "packages": course.packages,
    }
    settings = json.dumps(told, indent=2) + "\n"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        put(archive, "setup.sh", SETUP.encode(), EXECUTABLE)
        put(archive, "run_autograder", RUN.encode(), EXECUTABLE)
        put(archive, "requirements.txt", LOCK.read_bytes())
        put(archive, SETTINGS, settings.encode())
        put(archive, "secret", course_secret(course).hex().encode(), PRIVATE)
        put(archive, f"{unit}.ipynb", _to_grade(course, unit, released))
        for package in (autograder, course_bp):
            folder = Path(str(package.__file__)).parent
            for path in sorted(folder.rglob("*")):
                inside = path.relative_to(folder.parent)
                if path.is_file() and not NOT_NEEDED & set(inside.parts):
                    put(archive, f"package/{inside.as_posix()}", path.read_bytes())
    return content.getvalue()


def _to_grade(course: Course, unit: str, released: Path) -> bytes:
    """The released notebook, with the hidden tests of its plain tests."""
    import nbformat

    if not (tests := hidden_tests(course, unit)):
        return released.read_bytes()
    notebook: Any = nbformat.read(released, as_version=4)  # type: ignore[no-untyped-call]
    content: str = nbformat.writes(for_grading(notebook, tests))  # type: ignore[no-untyped-call]
    return content.encode()


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
)
