"""Accounts of their own on this machine, without changing it: numbers that nobody else has."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workflows.ordinary_user import as_ordinary_user
from workflows.support import Run

WHOLE_MACHINE = ("bwrap", "--dev-bind", "/", "/")
HOMES_IN_VAIN = ("COURSE_BP_SECRET_FILE", "IPYTHONDIR", "JUPYTER_CONFIG_DIR")


@dataclass(frozen=True)
class Account:
    """An ordinary user, who is not the instructor where the tests run as root.

    Args:
        name: the user's name.
        number: the user's id, and that of the user's own group.
        place: a folder that everybody may enter, with the user's home and the lists of names.
        run: runs a command as a user would.
        groups: other groups that the user is in.
    """

    name: str
    number: int
    place: Path
    run: Run
    groups: tuple[int, ...] = ()

    @property
    def home(self) -> Path:
        return self.place / self.name

    def does(self, *command: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Runs a command as this user, in the user's home if no other folder is named."""
        where = cwd or self.home
        unset = [word for name in HOMES_IN_VAIN for word in ("-u", name)]
        own = [f"HOME={self.home}", f"JUPYTER_DATA_DIR={self.home / 'data'}"]
        own += [f"JUPYTER_RUNTIME_DIR={self.home / 'run'}"]
        return self.run(*self._prefix(where), "env", *unset, *own, *command, cwd=where)

    def _prefix(self, cwd: Path) -> list[str]:
        names = [
            word
            for list_of, file in (("users", "/etc/passwd"), ("groups", "/etc/group"))
            for word in ("--ro-bind", str(self.place / list_of), file)
        ]
        walls = [*names, "--chdir", str(cwd)]
        if os.geteuid():  # Then nobody else can be had than oneself under another name.
            number = str(self.number)
            return [*WHOLE_MACHINE, *walls, "--unshare-user", "--uid", number, "--gid", number]
        return as_ordinary_user(self.number, *walls, groups=self.groups)


def make_homes(
    place: Path, accounts: Iterable[Account], groups: dict[str, int] | None = None
) -> None:
    """Makes the homes of users, and the lists of names that they will find.

    Args:
        place: a folder that everybody may enter.
        accounts: the users.
        groups: name → number of the groups that they share.
    """
    users, names = Path("/etc/passwd").read_text("utf-8"), Path("/etc/group").read_text("utf-8")
    for name, number in (groups or {}).items():
        names += f"{name}:x:{number}:\n"
    for one in accounts:
        users += f"{one.name}:x:{one.number}:{one.number}::{one.home}:/bin/sh\n"
        names += f"{one.name}:x:{one.number}:\n"
        one.home.mkdir()
        if not os.geteuid():
            shutil.chown(one.home, one.number, one.number)
    for file, content in (("users", users), ("groups", names)):
        (place / file).write_text(content, "utf-8")
        (place / file).chmod(0o644)
