"""Files that a group of people writes, such as the teaching assistants of a course."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

FOR_THE_GROUP = stat.S_IRGRP | stat.S_IWGRP
FOLDER_FOR_THE_GROUP = stat.S_IRWXG | stat.S_ISGID


def share_what_is_written() -> None:
    """From now on, the group may write the files and folders that this process makes."""
    os.umask(os.umask(0o022) & ~stat.S_IRWXG)


def open_to_group(paths: Iterable[Path]) -> None:
    """Lets the group write files and folders that already exist; those of others stay as is.

    A folder also gets its set-group bit, so that what is made in it belongs to the same group.
    """
    for path in paths:
        try:
            about = path.lstat()
        except FileNotFoundError:  # Somebody else has just removed it.
            continue
        if stat.S_ISLNK(about.st_mode) or about.st_uid != os.geteuid():
            continue
        wanted = about.st_mode | (
            FOLDER_FOR_THE_GROUP if stat.S_ISDIR(about.st_mode) else FOR_THE_GROUP
        )
        if wanted != about.st_mode:
            path.chmod(stat.S_IMODE(wanted))


def user_name(number: int) -> str:
    """The name of a user of this machine, or the number where there is no name."""
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def group_name(number: int) -> str:
    """The name of a group of this machine, or the number where there is no name."""
    import grp

    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)
