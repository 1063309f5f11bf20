"""Is everything in place that grading needs? Looks, changes nothing, and says how to fix it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from autograder.course import extras
from autograder.course.access import folder_obstacle, gradebook_obstacle, sharing_obstacle
from autograder.course.arrangements import (
    ARRANGEMENTS_FILE,
    doubts,
    read_arrangements,
    read_on_a_guess,
    shown,
)
from autograder.course.configuration import lacking
from autograder.course.drift import drift
from autograder.course.examined import FAULT, NOTE, OK, Examined
from autograder.course.folder import ConfigError, Course, CourseError
from autograder.course.installation import examine_installation
from autograder.course.people import all_units, in_several_folders, people_of, the_same_student
from autograder.course.registration import registered_cells
from autograder.course.roster import read_roster, roster_path
from autograder.course.secret import BadSecret, closed_to, secret_path
from autograder.course.secret_record import why_not_this_secret
from autograder.files.sharing import group_name

LITTLE_SPACE = 200 * 2**20


def examine(root: Path) -> Iterator[Examined]:
    """Looks at the installation and at a course folder.

    Args:
        root: the course folder; the installation is examined even if this is not one. Without
            the packages for grading, the folder is not examined.

    Yields:
        One finding per thing, as soon as it is known.
    """
    yield from examine_installation()
    if extras.missing("grading"):
        return  # The rest asks nbgrader.
    try:
        course = Course.at(root)
        # An unknown limit, or package, is found here, not while grading.
        course.limits, course.packages  # noqa: B018
    except ConfigError as error:
        yield Examined("course folder", FAULT, str(error), "fix that file")
        return
    except CourseError as error:
        yield Examined("course folder", FAULT, str(error), "course-bp new DIR makes one")
        return
    except Exception as error:
        fix = "fix nbgrader_config.py"
        yield Examined("course folder", FAULT, f"{type(error).__name__}: {error}", fix)
        return
    yield _configuration(course)
    try:
        units = course.units()
        adds = _own_exercises(course)
    except CourseError as error:
        yield Examined("units and exercises", FAULT, str(error), "until then nothing is graded")
        return
    yield _units(course, units)
    yield from adds
    for misnamed in course.misnamed():
        yield Examined(misnamed.folder, FAULT, misnamed.found, misnamed.fix)
    yield _roster(course)
    yield _arrangements(course)
    yield _secret(course)
    gradebook = _gradebook(course)
    yield gradebook
    if gradebook.state != FAULT:
        yield from _released(course)
    yield _folders(course)
    yield _sharing(course)
    yield _space(course)


def _configuration(course: Course) -> Examined:
    files = [str(path) for path in course.configuration.files]
    elsewhere = [path for path in course.configuration.files if path.parent != course.root]
    found = "read in this order, the last counts most: " + ", ".join(files)
    if faults := lacking(course.config):
        names = "the lines of course-bp new's nbgrader_config.py that set it"
        return Examined(
            "configuration", FAULT, f"{'; '.join(faults)} ({found})", f"put back {names}"
        )
    return Examined("configuration", NOTE if elsewhere else OK, found)


def _released(course: Course) -> Iterator[Examined]:
    """Units whose text, notebooks, gradebook and exercises do not agree; those alone."""
    for unit in course.assignments():
        try:
            # Comparing takes seconds, and matters once somebody has the unit.
            if not course.students(unit) and not registered_cells(course, unit).notebooks:
                continue
            for folders in in_several_folders(course, unit):
                fix = "keep one in submitted/; until then nothing is exported"
                yield Examined(unit, FAULT, the_same_student(folders), fix)
            for one in drift(course, unit):
                yield Examined(unit, FAULT if one.stops else NOTE, one.found, one.fix)
        except Exception as error:  # A gradebook that cannot be used is said on its own.
            words = str(error).partition("\n")[0]
            yield Examined(unit, NOTE, f"cannot be compared: {words}")


def _units(course: Course, units: list[str]) -> Examined:
    if not units:
        fix = f"course-bp new makes a folder with units, in {course.solutions}/UNIT/UNIT.py"
        return Examined("units", FAULT, f"{course.solutions} contains no units", fix)
    built = [
        unit
        for unit in units
        if (course.directory("release", ".", unit) / f"{unit}.ipynb").is_file()
    ]
    if len(built) < len(units):
        found = f"{len(units)} units, {len(units) - len(built)} of them not built yet"
        return Examined("units", NOTE, found, "course-bp build")
    return Examined("units", OK, f"{len(units)} units, all built")


def _own_exercises(course: Course) -> list[Examined]:
    """What the course adds to the package's exercises; nothing if it adds nothing."""
    own, faults = course.exercises.own, course.exercises.faults
    ids = [id for id in course.exercises if course.exercises.file_of(id)]
    idle = [id for id in ids if id not in own.units]
    fix = "until then units that check its exercises are not graded"
    broken = [Examined("exercises", FAULT, fault.message, fix) for fault in faults]
    if broken or not ids:
        return broken
    found = f"{len(ids)} of the course's own, in {len(own.files)} file{'s' * (len(own.files) != 1)}"
    if idle:
        fix = "check them in a unit, or leave them"
        return [Examined("exercises", NOTE, f"{found}; no unit checks {', '.join(idle)}", fix)]
    return [Examined("exercises", OK, found)]


def _roster(course: Course) -> Examined:
    try:
        roster = read_roster(course)
    except CourseError as error:
        return Examined("roster", FAULT, str(error), "fix its first line")
    if not roster.students:
        fix = f"write {roster_path(course).name}; export to an LMS needs it"
        return Examined("roster", NOTE, "there is none, or nobody is in it", fix)
    found = f"{len(roster.students)} students"
    if roster.remarks:
        return Examined("roster", NOTE, f"{found}; {' '.join(roster.remarks)}", "fix these lines")
    return Examined("roster", OK, found)


def _arrangements(course: Course) -> Examined:
    name = "arrangements"
    try:
        found = read_arrangements(course)
    except CourseError as error:
        return Examined(name, FAULT, str(error), "fix that line")
    if not found:
        how = "course-bp extend, excuse and drop write them"
        return Examined(name, OK, f"nobody is extended, excused or dropped; {how}")
    wrong: list[str] = []
    # Whether the roster and the gradebook can be read is said beside them.
    with contextlib.suppress(Exception):
        wrong = doubts(found, all_units(course), people_of(course))
    if wrong:
        fix = f"fix {ARRANGEMENTS_FILE}, or add the student to roster.csv"
        return Examined(name, FAULT, " ".join(wrong), fix)
    if guesses := read_on_a_guess(course):
        return Examined(name, NOTE, " ".join(guesses), f"save {ARRANGEMENTS_FILE} as UTF-8")
    said = [
        f"{one.student} {one.what} in {one.unit}"
        + (f" until {shown(one.until)}" if one.until else "")
        for one in found
    ]
    return Examined(name, OK, f"{ARRANGEMENTS_FILE}: {'; '.join(said)}")


def _secret(course: Course) -> Examined:
    path = secret_path(course.course_id)
    there = os.path.lexists(path)
    try:
        why = "" if there and not path.is_file() else why_not_this_secret(course)
    except BadSecret as error:
        return Examined("secret", FAULT, str(error), _fix_secret(path, course.groupshared))
    except Exception:  # The gradebook cannot be asked, and its own line says why.
        why = ""
    if why:
        return Examined("secret", FAULT, why, "get the right secret")
    if not there:
        return Examined("secret", NOTE, f"none yet; the first grading makes {path}")
    if not path.is_file():
        fix = "name a file in COURSE_BP_SECRET_FILE"
        return Examined("secret", FAULT, f"{path} is not a file", fix)
    if path.resolve().is_relative_to(course.root):
        fix = "move it out of the course folder; COURSE_BP_SECRET_FILE names its new place"
        return Examined("secret", NOTE, f"{path} is in the course folder", fix)
    group = stat.S_IMODE(path.stat().st_mode) & stat.S_IRWXG
    readers = f"the group {group_name(path.stat().st_gid)}" if group else "you"
    return Examined("secret", OK, f"{path}, readable only by {readers}")


def _fix_secret(path: Path, group: bool) -> str:
    if path.exists() and path.stat().st_mode & closed_to(group):
        return f"chmod {'o-rwx' if group else '600'} {path}"
    return f"get the right secret, or rm {path}, and grade again with --new-secret"


def _gradebook(course: Course) -> Examined:
    url = str(course.api.coursedir.db_url)
    shown = re.sub(r"(://[^:/@]*):[^@]*@", r"\1:…@", url)
    file = course.gradebook_file
    if file is not None and not file.exists():
        return Examined("gradebook", NOTE, f"none yet; the first grading makes {file.name}")
    if obstacle := gradebook_obstacle(course):
        return Examined("gradebook", FAULT, obstacle.problem, obstacle.fix)
    try:
        with course.gradebook() as gradebook:
            counts = len(gradebook.students), len(gradebook.assignments)
    except Exception as error:
        if not file:
            fix = "is the server up, and c.CourseDirectory.db_url in nbgrader_config.py right?"
        else:
            fix = "replace it with a backup, or move it aside and grade again"
        first = str(error).splitlines()[0]
        return Examined("gradebook", FAULT, f"{shown}: {first}", fix)
    return Examined("gradebook", OK, f"{shown}: {counts[0]} students, {counts[1]} assignments")


def _folders(course: Course) -> Examined:
    if obstacle := folder_obstacle(course):
        return Examined("folders", FAULT, obstacle.problem, obstacle.fix)
    return Examined("folders", OK, f"{course.root} and the folders in it are writable")


def _sharing(course: Course) -> Examined:
    about = course.root.stat()
    group = group_name(about.st_gid)
    if not course.groupshared:
        if about.st_mode & stat.S_ISGID and about.st_mode & stat.S_IWGRP:
            fix = "if several people grade: c.CourseDirectory.groupshared = True"
            found = f"the group {group} may write {course.root}, but groupshared is off"
            return Examined("sharing", NOTE, found, fix)
        return Examined("sharing", OK, "one account grades this course")
    if obstacle := sharing_obstacle(course):
        return Examined("sharing", FAULT, obstacle.problem, obstacle.fix)
    return Examined("sharing", OK, f"the group {group} may grade this course")


def _space(course: Course) -> Examined:
    free = shutil.disk_usage(course.root).free
    found = f"{free / 2**30:.1f} GiB free"
    if free < LITTLE_SPACE or os.statvfs(course.root).f_favail == 0:
        return Examined(
            "disk", FAULT, found, "make room: a class of 300 needs about 50 MiB per unit"
        )
    return Examined("disk", OK, found)
