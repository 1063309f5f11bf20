"""The course's secret, from which hidden inputs are drawn.

It is made on first use, outside the repository, readable by its owner alone, or by the group where
the course is shared. Who knows it can work out the hidden inputs before handing in; right answers
still have to be computed.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import stat
from pathlib import Path

from autograder.course.folder import CourseError

VARIABLE = "COURSE_BP_SECRET_FILE"
BYTES = 32


class BadSecret(CourseError):
    """The secret cannot be made or read; the message says what to do."""


def secret_path(course_id: str) -> Path:
    """Where the secret of a course lies.

    Args:
        course_id: nbgrader's name of the course.

    Returns:
        The file named by the environment variable COURSE_BP_SECRET_FILE, or one in the user's
        data folder.
    """
    if named := os.environ.get(VARIABLE):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("course-bp") / f"{re.sub(r'[^A-Za-z0-9_.-]', '_', course_id)}.secret"


def load_secret(course_id: str, group: bool = False) -> bytes:
    """Reads the secret of a course, and makes it if there is none.

    Args:
        course_id: nbgrader's name of the course.
        group: whether the group may read it too.

    Returns:
        32 bytes.

    Raises:
        BadSecret: if it cannot be made or read, is not a secret, or others may read it.
    """
    path = secret_path(course_id)
    try:
        _make_unless_there(path)
        mode, written = path.stat().st_mode, path.read_bytes()
    except OSError as error:
        raise BadSecret(
            f"the course's secret {path} cannot be made or read: {error.strerror}. "
            f"{VARIABLE} in the environment can name another place for it."
        ) from None
    if mode & closed_to(group):
        how = "o-rwx" if group else "600"
        raise BadSecret(f"others may read the course's secret; run: chmod {how} {path}")
    try:
        secret = bytes.fromhex(written.decode("ascii"))
    except ValueError:
        secret = b""
    if len(secret) != BYTES:
        raise BadSecret(
            f"{path} is not a secret of {BYTES} bytes. Remove it, and a new one will be made."
        )
    return secret


def closed_to(group: bool) -> int:
    """The permissions that a secret must not have, in a course that a group shares or not."""
    return stat.S_IRWXO if group else stat.S_IRWXG | stat.S_IRWXO


def _make_unless_there(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists():
        return
    part = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(BYTES) + "\n")
        os.link(part, path)  # Fails if another process was faster, whose secret then counts.
    except FileExistsError:
        pass
    finally:
        part.unlink()


def hidden_seed(secret: bytes, exercise_id: str, turn: int = 0) -> tuple[int, ...]:
    """The seed of an exercise's hidden inputs, the same for all students.

    Args:
        secret: the course's secret.
        exercise_id: such as "quiz1.backward".
        turn: how many draws before this one were not fair.

    Returns:
        Eight integers below 2³².
    """
    asked = f"{exercise_id}/{turn}" if turn else exercise_id
    digest = hmac.digest(secret, asked.encode(), hashlib.sha256)
    return tuple(int.from_bytes(digest[i : i + 4]) for i in range(0, len(digest), 4))


def fingerprint(secret: bytes) -> str:
    """A few characters that tell one secret from another without giving it away."""
    return hmac.digest(secret, b"fingerprint", hashlib.sha256).hex()[:12]
