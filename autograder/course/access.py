"""Whether this user may write what grading writes, and if not, why and what to do about it."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.course.folder import Course, CourseError
from autograder.files.sharing import group_name, open_to_group, user_name

# As long as SQLite itself waits for another program by default.
LOCK_SECONDS = 5.0


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way of grading.

    Args:
        problem: a sentence without its stop.
        fix: what to do, also without a stop.
    """

    problem: str
    fix: str


def require_access(course: Course) -> None:
    """Makes sure that grading can write its folders and the gradebook.

    Raises:
        CourseError: if it cannot; the message says what to do.
    """
    for obstacle in (folder_obstacle(course), gradebook_obstacle(course, LOCK_SECONDS)):
        if obstacle:
            raise CourseError(f"{obstacle.problem}. Nothing was graded. To fix it: {obstacle.fix}")


def folder_obstacle(course: Course) -> Obstacle | None:
    """What keeps this user from writing into the folders that grading uses."""
    folders = [course.root, course.state]
    folders += [course.directory(s, ".", ".") for s in ("release", "autograded", "feedback")]
    for folder in folders:
        there = next(path for path in (folder, *folder.parents) if path.exists())
        try:
            with tempfile.TemporaryFile(dir=there):
                pass
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                return Obstacle(f"{there}: {error.strerror}", "make room on this disk")
            return Obstacle(_may_not_write(there), _let_write(there))
    for path in _own_files(course):
        if not os.access(path, os.R_OK | os.W_OK):
            return Obstacle(_may_not_write(path), _let_write(path))
    return None


def gradebook_obstacle(course: Course, wait: float = 1.0) -> Obstacle | None:
    """What keeps this user from writing an SQLite gradebook that exists.

    Args:
        wait: seconds to wait for a program that is just writing it.

    Returns:
        The obstacle; None also for a gradebook on a server, and for a file that SQLite cannot
        read at all.
    """
    file = course.gradebook_file
    if file is None or not file.exists():
        return None
    if not os.access(file, os.R_OK | os.W_OK):
        return Obstacle(f"the gradebook cannot be used: {_may_not_write(file)}", _let_write(file))
    if not os.access(file.parent, os.W_OK | os.X_OK):  # SQLite keeps its journal beside the file.
        words = _may_not_write(file.parent)
        return Obstacle(f"the gradebook cannot be used: {words}", _let_write(file.parent))
    try:
        with sqlite3.connect(file, timeout=wait, isolation_level=None) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        connection.close()
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            return None
        return Obstacle(
            f"the gradebook cannot be used: {file.name} is locked by another program that is "
            "writing it",
            "let that program finish or stop it (formgrader, nbgrader, another course-bp), and "
            "repeat the command",
        )
    except sqlite3.DatabaseError:
        return None
    return None


def sharing_obstacle(course: Course) -> Obstacle | None:
    """What keeps other people of the group from grading a course with `groupshared`."""
    about = course.root.stat()
    setgid, own_group = about.st_mode & stat.S_ISGID, about.st_gid == os.getegid()
    if not about.st_mode & stat.S_IWGRP or not (setgid or own_group):
        return Obstacle(
            f"c.CourseDirectory.groupshared is on, but the group may not share {course.root}",
            f"chgrp -R GROUP {course.root} && chmod -R g+rwX {course.root} && "
            f"find {course.root} -type d -exec chmod g+s {{}} +",
        )
    for path in _shared(course):
        about = path.stat()
        if about.st_gid != course.root.stat().st_gid or not about.st_mode & stat.S_IWGRP:
            owner = user_name(about.st_uid)
            group = group_name(course.root.stat().st_gid)
            what = "g+rwxs" if path.is_dir() else "g+rw"
            return Obstacle(
                f"{path} belongs to {owner}, and the group {group} may not write it",
                f"{owner} must run: chgrp {group} {path} && chmod {what} {path}",
            )
    return None


def open_to_the_group(course: Course) -> None:
    """In a course with `groupshared`, lets the group write the gradebook and our own files."""
    if course.groupshared:
        gradebook = course.gradebook_file
        present = [path for path in (course.state, gradebook) if path and path.exists()]
        open_to_group([*present, *_own_files(course)])


def _own_files(course: Course) -> list[Path]:
    if not course.state.is_dir():
        return []
    return [path for path in sorted(course.state.iterdir()) if path.is_file()]


def _shared(course: Course) -> Iterator[Path]:
    """What several people must be able to write: our own files, and the folders of the steps."""
    gradebook = course.gradebook_file
    yield from (path for path in (course.state, gradebook) if path and path.exists())
    yield from _own_files(course)
    for step in ("source", "release", "submitted", "autograded", "feedback"):
        top = course.directory(step, ".", ".")
        folders = [top] if top.is_dir() else []
        for _ in range(3):  # The step's own folder, the students', and the units' in those.
            yield from folders
            folders = [one for folder in folders for one in folder.iterdir() if one.is_dir()]


def _may_not_write(path: Path) -> str:
    if os.statvfs(path).f_flag & os.ST_RDONLY:
        return f"{path} is on a disk that is mounted read-only"
    owner, user = path.stat().st_uid, os.geteuid()
    if owner == user:
        return f"{path} is closed to you, its owner"
    return f"{path} belongs to {user_name(owner)}; you are {user_name(user)} and may not write it"


def _let_write(path: Path) -> str:
    about = path.stat()
    if os.statvfs(path).f_flag & os.ST_RDONLY:
        return "mount the disk for writing, or copy the course folder to another"
    kind = "rwx" if path.is_dir() else "rw"
    if about.st_uid == os.geteuid():
        return f"chmod u+{kind} {path}"
    owner = user_name(about.st_uid)
    return (
        f"{owner} must run chmod g+{kind} {path}, and you must be in its group; with "
        "c.CourseDirectory.groupshared = True in nbgrader_config.py, course-bp does so by itself"
    )
