"""What nbgrader's later steps expect beside a graded notebook and beside a student's page.

`nbgrader autograde` copies the other files of a submission into autograded/, and over them what the
course keeps beside its own notebook; `nbgrader generate_feedback` copies all of that into
feedback/. There `nbgrader release_feedback` reads timestamp.txt and submission_secret.txt. It names
the page in the exchange after the secret, which only the student has, and it stops the whole class
where one of the two is missing. So both are always written: as they were handed in, or, where they
cannot be used, an empty time and a secret that nobody can fetch a page with.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import shutil
from collections.abc import Collection, Mapping
from fnmatch import fnmatch
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.course.folder import Course
from autograder.course.notebooks import given_files, notebook_names
from autograder.files.handed_in import is_file
from autograder.files.ledger import replace_file
from autograder.grading.companions import (
    MAX_BYTES,
    SECRET_NAME,
    Companions,
    read_companions,
    usable_slip,
)
from autograder.grading.graded_notebook import read_graded
from autograder.grading.hand_in_time import NAME as STAMP_NAME
from autograder.grading.hand_in_time import read_hand_in_time
from autograder.grading.submission import notebook_paths
from autograder.grading.time_zones import home_zone

# Of a page, for notebooks of other names than the unit's.
MOST_COPIES = 12


def slips(folder: Path) -> list[Path]:
    """The two files that nbgrader's exchange puts into a submission, whether they exist or not."""
    return [folder / STAMP_NAME, folder / SECRET_NAME]


def beside_graded(
    course: Course, unit: str, student: str, secret: bytes, beside: Companions | None = None
) -> None:
    """Puts into autograded/STUDENT/UNIT what nbgrader's autograde step would, and nothing else.

    Args:
        student: the student's id; the graded notebooks are written already.
        secret: the course's secret.
        beside: the other files of the submission, if they are read already.

    Raises:
        OSError: if it cannot be written.
    """
    submitted = course.directory("submitted", student, unit)
    target = course.directory("autograded", student, unit)
    ignored = course.api.coursedir.ignore
    laid = (beside or read_companions(submitted)).under(given_files(course, unit))
    files: dict[str, Path | bytes] = {
        name: content for name, content in laid.files.items() if not _is_ignored(name, ignored)
    }
    files |= _usable_slips(course, unit, student, secret)
    _lay_out(target, files, keep={f"{name}.ipynb" for name in notebook_names(course, unit)})
    _step(course, "Autograde").set_permissions(unit, student)


def beside_page(course: Course, unit: str, student: str) -> None:
    """Puts into feedback/STUDENT/UNIT what nbgrader's generate_feedback step would.

    Args:
        student: the student's id; the graded notebook and what is beside it are written already.

    Raises:
        OSError: if it cannot be written.
    """
    graded = course.directory("autograded", student, unit)
    target = course.directory("feedback", student, unit)
    names = notebook_names(course, unit)
    pages = {f"{name}.html" for name in names}
    own = given_files(course, unit)
    found = {path.relative_to(graded).as_posix(): path for path in graded.rglob("*")}
    files: dict[str, Path | bytes] = {
        name: path
        for name, path in found.items()
        if path.suffix != ".ipynb"
        and name not in pages
        and (name in own or is_file(path, MAX_BYTES))
    }
    for other, name in _other_names(course, unit, student).items():
        if (page := target / f"{name}.html").is_file():
            files[other] = page.read_bytes()
    _lay_out(target, files, keep=pages)
    _step(course, "GenerateFeedback").set_permissions(unit, student)


def _other_names(course: Course, unit: str, student: str) -> dict[str, str]:
    """Names for copies of pages: page → notebook, where the student gave the notebook another name.

    `nbgrader fetch_feedback` looks for a page that is named as the student named the notebook. A
    name that cannot be printed would stop the release for the whole class.
    """
    names = notebook_names(course, unit)
    if len(names) == 1:
        paths = notebook_paths(course.directory("submitted", student, unit))
        if any(path.name == f"{names[0]}.ipynb" for path in paths):
            return {}
        given = {path.name: names[0] for path in paths[:MOST_COPIES]}
    else:
        graded = course.directory("autograded", student, unit)
        given = {read_graded(graded / f"{name}.ipynb").handed_in: name for name in names}
    return {
        f"{file.removesuffix('.ipynb')}.html": name
        for file, name in given.items()
        if file.endswith(".ipynb")
        and file.isprintable()
        and file.removesuffix(".ipynb") not in names
    }


def beside_failure(course: Course, unit: str, student: str, secret: bytes) -> None:
    """Puts the two files beside the page of a submission that could not be graded.

    Args:
        student: the student's id; the page is written already.
        secret: the course's secret.

    Raises:
        OSError: if it cannot be written.
    """
    target = course.directory("feedback", student, unit)
    pages = {f"{name}.html" for name in notebook_names(course, unit)}
    _lay_out(target, _usable_slips(course, unit, student, secret), keep=pages)
    _step(course, "GenerateFeedback").set_permissions(unit, student)


def clear(course: Course, unit: str, student: str) -> None:
    """Takes away everything of an earlier grading, as nbgrader does after a failure."""
    for step in ("autograded", "feedback"):
        shutil.rmtree(course.directory(step, student, unit), ignore_errors=True)


def _usable_slips(
    course: Course, unit: str, student: str, secret: bytes
) -> dict[str, Path | bytes]:
    submitted = course.directory("submitted", student, unit)
    timed = read_hand_in_time(submitted, home_zone(course.config)).moment is not None
    return {
        STAMP_NAME: (timed and usable_slip(submitted / STAMP_NAME)) or b"",
        SECRET_NAME: usable_slip(submitted / SECRET_NAME) or _nobodys(secret, unit, student),
    }


def _is_ignored(name: str, patterns: Collection[str]) -> bool:
    return any(fnmatch(part, pattern) for part in Path(name).parts for pattern in patterns)


def _nobodys(secret: bytes, unit: str, student: str) -> bytes:
    """A secret for a page that nobody handed one in for, the same each time."""
    name = f"{unit}/{student}".encode("utf-8", "surrogateescape")
    return hmac.digest(secret, b"page/" + name, hashlib.sha512).hex().encode()


def _lay_out(folder: Path, files: Mapping[str, Path | bytes], keep: Collection[str]) -> None:
    """Makes a folder hold these files and those to keep, and no other."""
    wanted = {*files, *keep}
    for path in sorted(folder.rglob("*"), reverse=True):  # What is in a folder before the folder.
        if path.is_dir() and not path.is_symlink():
            with contextlib.suppress(OSError):  # It is not empty.
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in wanted:
            path.unlink()
    for name, content in files.items():
        # A student's folder may have the name of a file that must be there.
        if wanted.isdisjoint(map(str, PurePosixPath(name).parents)):
            replace_file(
                folder / name, content if isinstance(content, bytes) else content.read_bytes()
            )


@cache
def _step(course: Course, name: str) -> Any:
    """nbgrader's own converter of a step, which knows the permissions of what it writes."""
    from nbgrader import converters

    return getattr(converters, name)(coursedir=course.api.coursedir, config=course.config)
