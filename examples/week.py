"""A TA's week as one script, on an invented class of any size.

    python examples/week.py --into /tmp/week --students 200

It makes a course, releases a unit through nbgrader's exchange, lets every student fetch and hand
in, collects, grades, reports, writes feedback, exports for each system, and grades again after an
exercise is fixed. Nothing in it is special to the script: each step is a command that a TA types.

The first sixteen students are the example class; the others mix its answers with those of the
second bank (`week_class.py`), and a few are in trouble: a broken file, an interpreter that is
ended, a finite difference instead of a derivative, a copy of somebody else's work, work in late.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
from week_class import UNIT, HandedIn, names_of, the_class

REPOSITORY = Path(__file__).resolve().parents[1]
# The exercise that is at fault until the middle of the week, as somebody could mistype it.
AT_FAULT = (
    "autograder/exercises/logistic_to_network/quiz2_backward.py",
    'Part("db", 0.3, "∂y/∂b")',
)
TYPED = 'Part("db", 0.03, "∂y/∂b")'
NBGRADERS_TIME = "%Y-%m-%d %H:%M:%S UTC"


@dataclass
class Week:
    """A week under way.

    Args:
        into: the folder that holds course, exchange and homes.
        environment: what every command sees.
        seconds: step → how long it took.
        handed_in: student → what was handed in, and whose answers are in it.
    """

    into: Path
    environment: dict[str, str]
    seconds: dict[str, float] = field(default_factory=dict)
    handed_in: dict[str, HandedIn] = field(default_factory=dict)

    @property
    def course(self) -> Path:
        """The course folder."""
        return self.into / "course"

    def run(self, *command: str, expect: Sequence[int] = (0,), package: Path = REPOSITORY) -> str:
        """Runs a command in the course folder as a TA would, and times it.

        Returns:
            What it printed.
        """
        environment = {**self.environment, "PYTHONPATH": str(package)}
        start = time.perf_counter()
        done = subprocess.run(
            command, cwd=self.course, env=environment, capture_output=True, text=True
        )
        step = " ".join(command[:3] if command[1] in ("export", "db") else command[:2])
        self.seconds[step] = time.perf_counter() - start
        if done.returncode not in expect:
            raise SystemExit(f"{' '.join(command)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout


def main(arguments: Sequence[str] | None = None) -> Week:
    """Runs the week; returns it."""
    options = _parser().parse_args(arguments)
    week = begin(options.into)
    names = names_of(options.students)
    begin_course(week, names)
    released = week.course / "notebooks" / UNIT / f"{UNIT}.ipynb"
    week.handed_in = the_class(nbformat.read(released, as_version=4), names)
    faulty = package_with_a_fault(week)
    release_fetch_and_hand_in(week)
    workers = ("--workers", str(options.workers))
    week.run("course-bp", "grade", UNIT, *workers, "--no-pages", expect=(3,), package=faulty)
    week.run("course-bp", "report", "--html", "before.html", package=faulty)
    week.run("course-bp", "regrade", UNIT, *workers, "--no-pages", expect=(3,))
    week.run("course-bp", "report")
    week.run("course-bp", "feedback")
    for format in ("csv", "nbgrader", "canvas", "moodle", "gradescope", "gradescope-autograder"):
        week.run("course-bp", "export", format)
    for step, seconds in week.seconds.items():
        print(f"{seconds:8.1f} s  {step}")
    return week


def begin(into: Path) -> Week:
    """Makes the folders and the environment of a week."""
    home = into / "home"
    for folder in (home, into / "course", into / "exchange"):
        folder.mkdir(parents=True)
    (into / "exchange").chmod(0o777)
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
        "COURSE_BP_SECRET_FILE": str(home / "course.secret"),
        "COLUMNS": "120",
    }
    return Week(into, environment)


def begin_course(week: Week, names: Sequence[str]) -> None:
    """new, build, a roster, and where the exchange lies."""
    week.run("course-bp", "new", ".", "--unit", UNIT, "--course-id", "week")
    week.run("course-bp", "build")
    week.run("course-bp", "doctor")
    with (week.course / "nbgrader_config.py").open("a") as config:
        config.write(f'c.Exchange.root = "{week.into / "exchange"}"\n')
        config.write(f'c.Exchange.cache = "{week.into / "home" / "cache"}"\n')
        config.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    with (week.course / "roster.csv").open("w", newline="") as file:
        roster = csv.writer(file)
        roster.writerow(["id", "first_name", "last_name", "email", "lms_user_id"])
        for number, name in enumerate([*names, "nobody"], start=1000):
            roster.writerow([name, name.title(), "Example", f"{name}@example.org", number])


def release_fetch_and_hand_in(week: Week) -> None:
    """The round trip through nbgrader's exchange, every student in a folder of its own."""
    due = datetime.now(UTC) + timedelta(days=1)
    week.run("nbgrader", "generate_assignment", "--force", UNIT)
    week.run("nbgrader", "db", "assignment", "add", UNIT, f"--duedate={due:{NBGRADERS_TIME}}")
    week.run("nbgrader", "release_assignment", UNIT)
    start = time.perf_counter()
    for name, one in week.handed_in.items():
        _fetch_and_submit(week, name, one.notebook)
    week.seconds["fetch and submit"] = time.perf_counter() - start
    week.run("nbgrader", "collect", UNIT)
    late = list(week.handed_in)[-1]
    stamp = week.course / "submitted" / late / UNIT / "timestamp.txt"
    stamp.write_text(f"{due + timedelta(hours=12):{NBGRADERS_TIME}}")


def package_with_a_fault(week: Week) -> Path:
    """A copy of the packages in which one exercise is wrong."""
    copy = week.into / "faulty"
    for package in ("autograder", "course_bp"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(REPOSITORY / package, copy / package, ignore=ignored)
    path, right = copy / AT_FAULT[0], AT_FAULT[1]
    text = path.read_text("utf-8")
    assert text.count(right) == 1, f"{AT_FAULT[0]} is no longer written so"
    path.write_text(text.replace(right, TYPED), "utf-8")
    return copy


def _fetch_and_submit(week: Week, name: str, notebook: bytes) -> None:
    """What a student's `nbgrader fetch_assignment` and `submit` do, without a process for each."""
    from nbgrader.auth import Authenticator
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.exchange.default import ExchangeFetchAssignment, ExchangeSubmit
    from traitlets.config import Config

    home = week.into / "students" / name
    home.mkdir(parents=True)
    config = Config()
    config.Exchange.root = str(week.into / "exchange")
    config.Exchange.cache = str(home / "cache")
    config.Exchange.assignment_dir = str(home)
    config.CourseDirectory.course_id = "week"
    config.CourseDirectory.assignment_id = UNIT
    config.CourseDirectory.student_id = name
    config.Application.log_level = "ERROR"
    for step in (ExchangeFetchAssignment, ExchangeSubmit):
        coursedir = CourseDirectory(config=config)
        step(coursedir=coursedir, authenticator=Authenticator(config=config), config=config).start()
        (home / UNIT / f"{UNIT}.ipynb").write_bytes(notebook)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="week", description="A TA's week on an invented class.")
    parser.add_argument("--into", type=Path, required=True, help="a folder that is not there yet")
    parser.add_argument("--students", type=int, default=200, help="at least 21 (default: 200)")
    parser.add_argument("--workers", type=int, default=0, help="processes that grade")
    return parser


if __name__ == "__main__":
    main()
