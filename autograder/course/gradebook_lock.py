"""One at a time while a class is graded, and while a unit is made known to a gradebook.

The lock on the course folder keeps two graders of one folder apart. With a gradebook in PostgreSQL
there may be two folders, on two machines, and nbgrader makes its tables and the assignment without
asking whether somebody else is just doing so.
"""

from __future__ import annotations

import fcntl
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.course.access import open_to_the_group, require_access
from autograder.course.folder import Course, CourseError
from autograder.course.opening import advisory_lock
from autograder.files import clean
from autograder.files.sharing import user_name

# Any number that nobody else locks in this database; this one is "crsbp" read as bytes.
KEY = int.from_bytes(b"crsbp", "big")


@contextmanager
def grading(course: Course) -> Iterator[None]:
    """Holds the lock of a course folder.

    Yields:
        Nothing; the lock goes with the block, and with this process if it dies.

    Raises:
        CourseError: if another batch is grading this course, or this user may not write it.
    """
    require_access(course)
    path = course.state / "lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            # Unlike flock's, this lock is this process's alone: workers do not inherit it.
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            raise CourseError(
                f"another course-bp grade is already running here{_held_by(file.read(200))}."
            ) from None
        file.truncate(0)
        file.write(f"{user_name(os.geteuid())} on {platform.node()}")
        file.flush()
        try:
            open_to_the_group(course)
            yield
        finally:
            open_to_the_group(course)


def _held_by(name: str) -> str:
    return f", started by {clean.line(name)}" if name.strip() else ""


@contextmanager
def registering(course: Course) -> Iterator[None]:
    """Holds a PostgreSQL advisory lock; with any other gradebook it does nothing.

    Yields:
        Nothing; the lock goes with the block, and with the connection if this process dies.
    """
    with advisory_lock(str(course.api.coursedir.db_url), KEY):
        yield
