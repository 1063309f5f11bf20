"""Two teaching assistants with accounts of their own, who share a course folder.

Only root can act as two users. Otherwise both are whoever runs the tests, under two names, with two
homes and two secrets.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from workflows.accounts import Account, make_homes
from workflows.support import Run

GROUP = 64_150
SECRET = ".local/share/course-bp/course_bp.secret"
TWO_USERS = os.geteuid() == 0


def two_assistants(place: Path, run: Run) -> tuple[Account, Account]:
    """Two people in one group, each of whom has another primary group and the usual umask.

    Args:
        place: a folder that everybody may enter, for their homes.
        run: runs a command as a user would.
    """
    one = Account("tara", GROUP + 1, place, run, (GROUP,))
    two = Account("theo", GROUP + 2, place, run, (GROUP,))
    make_homes(place, (one, two), {"assistants": GROUP})
    return one, two


def share(course: Path, owner: Account) -> None:
    """Makes a course folder one that the group shares, as docs/ta.md says how.

    Args:
        course: the folder.
        owner: whose it is.
    """
    with (course / "nbgrader_config.py").open("a") as config:
        config.write("c.CourseDirectory.groupshared = True\n")
    for path in (course, *course.rglob("*")):
        give(path, owner.number, GROUP)
        path.chmod(0o2775 if path.is_dir() else 0o664)


def lend_the_secret(giver: Account, taker: Account) -> None:
    """Gives one assistant the secret of the other, unless it is there."""
    target = taker.home / SECRET
    if target.exists():
        return
    target.parent.mkdir(parents=True)
    shutil.copy(giver.home / SECRET, target)
    for path in (target, *target.parents[:3]):
        give(path, taker.number, taker.number)


def give(path: Path, user: int, group: int) -> None:
    """Makes a file somebody else's, where there are two users."""
    if TWO_USERS:
        os.chown(path, user, group)


def words(text: str) -> str:
    """What was said, without its line breaks."""
    return " ".join(text.split())
