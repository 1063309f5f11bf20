"""Opening nbgrader's gradebook, wherever it is.

nbgrader makes its tables without asking whether somebody else is doing so right now. On a shared
server, two graders who start together would both make them, and one of the two would fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Any number that nobody else locks in this database; this one is "crsbo" read as bytes.
KEY = int.from_bytes(b"crsbo", "big")


def open_gradebook(db_url: str, course_id: str) -> Any:
    """nbgrader's gradebook; use it in a with statement.

    Args:
        db_url: where it is, in SQLAlchemy's form.
        course_id: nbgrader's id of the course.
    """
    from nbgrader.api import Gradebook

    with advisory_lock(db_url, KEY):
        return Gradebook(db_url, course_id)


@contextmanager
def advisory_lock(db_url: str, key: int) -> Iterator[None]:
    """Holds a PostgreSQL advisory lock; with any other database it does nothing.

    Args:
        db_url: the database, in SQLAlchemy's form.
        key: what the lock is known by in that database.

    Yields:
        Nothing; the lock goes with the block, and with the connection if this process dies.
    """
    if not db_url.startswith("postgresql"):
        yield
        return
    from sqlalchemy import create_engine, text

    engine = create_engine(db_url)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": key})
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})
    finally:
        engine.dispose()
