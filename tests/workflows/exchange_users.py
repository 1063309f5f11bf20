"""People of this machine who hand in through nbgrader's exchange, each with a home of their own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workflows.accounts import Account, make_homes
from workflows.support import Run

# Numbers that no account of a machine has.
FIRST_NUMBER = 64_101


@dataclass(frozen=True)
class Student(Account):
    """A student with nbgrader."""

    def nbgrader(self, *words: str) -> str:
        """Runs an nbgrader command as this user in the student's home; returns what it said."""
        done = self.does("nbgrader", *words)
        assert done.returncode == 0, done.stderr
        return str(done.stderr)

    def pages(self, unit: str) -> list[str]:
        """The pages that this student has fetched, the oldest submission's first."""
        found = sorted((self.home / unit / "feedback").glob(f"*/{unit}.html"))
        return [path.read_text("utf-8") for path in found]


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
    make_homes(place, students)
    config = f'c = get_config()\nc.CourseDirectory.course_id = "{course_id}"\n'
    config += f'c.Exchange.root = "{place / "exchange"}"\n'
    for one in students:
        (one.home / "nbgrader_config.py").write_text(config)
    return students
