"""One at a time while a class is graded, and while a unit is made known to a gradebook.

The lock on the course folder keeps two graders of one folder apart. With a gradebook in PostgreSQL
there may be two folders, on two machines, and nbgrader makes its tables and the assignment without
asking whether somebody else is just doing so.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.course.folder import Course, CourseError

# Any number that nobody else locks in this database; this one is "crsbp" read as bytes.
KEY = int.from_bytes(b"crsbp", "big")


@contextmanager
def grading(course: Course) -> Iterator[None]:
    """Holds the lock of a course folder.

    Yields:
        Nothing; the lock goes with the block, and with this process if it dies.

    Raises:
        CourseError: if another batch is grading this course.
    """
    path = course.state / "lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            # Unlike flock's, this lock is this process's alone: workers do not inherit it.
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CourseError("another course-bp grade is already running here.") from None
        yield


@contextmanager
def registering(course: Course) -> Iterator[None]:
    """Holds a PostgreSQL advisory lock; with any other gradebook it does nothing.

    Yields:
        Nothing; the lock goes with the block, and with the connection if this process dies.
    """
    url = str(course.api.coursedir.db_url)
    if not url.startswith("postgresql"):
        yield
        return
    from sqlalchemy import create_engine, text

    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": KEY})
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": KEY})
    finally:
        engine.dispose()
