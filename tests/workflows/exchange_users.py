"""People of this machine who hand in through nbgrader's exchange, each with a home of their own."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from workflows.ordinary_user import as_ordinary_user
from workflows.support import Run

# Numbers that no account of a machine has.
FIRST_NUMBER = 64_101


@dataclass(frozen=True)
class Student:
    """An ordinary user, who is not the instructor where the tests run as root.

    Args:
        name: the user's name.
        number: the user's id.
        place: a folder that everybody may enter, with the student's home and a list of users.
        run: runs a command as a user would.
    """

    name: str
    number: int
    place: Path
    run: Run

    @property
    def home(self) -> Path:
        return self.place / self.name

    def nbgrader(self, *words: str) -> str:
        """Runs an nbgrader command as this user in the student's home; returns what it said."""
        environment = (f"HOME={self.home}", f"JUPYTER_DATA_DIR={self.home / 'data'}")
        own = ("env", *environment, f"JUPYTER_RUNTIME_DIR={self.home / 'run'}")
        done = self.run(*self._prefix(), *own, "nbgrader", *words, cwd=self.home)
        assert done.returncode == 0, done.stderr
        return str(done.stderr)

    def pages(self, unit: str) -> list[str]:
        """The pages that this student has fetched, the oldest submission's first."""
        found = sorted((self.home / unit / "feedback").glob(f"*/{unit}.html"))
        return [path.read_text("utf-8") for path in found]

    def _prefix(self) -> list[str]:
        users = ("--ro-bind", str(self.place / "users"), "/etc/passwd")
        look = ["bwrap", "--dev-bind", "/", "/", *users, "--chdir", str(self.home)]
        if os.geteuid():  # Then nobody else can be had than oneself under another name.
            number = str(self.number)
            return [*look, "--unshare-user", "--uid", number, "--gid", number]
        return as_ordinary_user(self.number, *users, "--chdir", str(self.home))


def enrol(place: Path, course_id: str, run: Run, names: tuple[str, ...]) -> list[Student]:
    """Makes students who know of an exchange.

    Args:
        place: a folder that everybody may enter, with the exchange in it.
        course_id: nbgrader's name of the course.
        run: runs a command as a user would.
        names: the students' names.

    Returns:
        The students.
    """
    students = [Student(name, FIRST_NUMBER + n, place, run) for n, name in enumerate(names)]
    config = f'c = get_config()\nc.CourseDirectory.course_id = "{course_id}"\n'
    config += f'c.Exchange.root = "{place / "exchange"}"\n'
    lines = Path("/etc/passwd").read_text("utf-8")
    for one in students:
        lines += f"{one.name}:x:{one.number}:{one.number}::{one.home}:/bin/sh\n"
        one.home.mkdir()
        (one.home / "nbgrader_config.py").write_text(config)
        if not os.geteuid():
            shutil.chown(one.home, one.number, one.number)
    (place / "users").write_text(lines, "utf-8")
    (place / "users").chmod(0o644)
    return students
