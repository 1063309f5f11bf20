"""The `course-bp` command."""

from __future__ import annotations

import errno
import importlib.metadata
import logging
import os
import signal
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.bank import bank
from autograder.cli.build import build
from autograder.cli.check import check
from autograder.cli.common import EXIT_WRONG, GradingCommand, help_of, interruptible
from autograder.cli.coverage import coverage
from autograder.cli.doctor import doctor
from autograder.cli.drop import drop
from autograder.cli.excuse import excuse
from autograder.cli.exercise import exercise
from autograder.cli.explain import explain
from autograder.cli.export import ExportCommand, export
from autograder.cli.extend import extend
from autograder.cli.feedback import feedback
from autograder.cli.grade import grade
from autograder.cli.import_notebook import import_
from autograder.cli.lab import lab
from autograder.cli.new import new
from autograder.cli.register import register
from autograder.cli.regrade import regrade
from autograder.cli.report import report
from autograder.cli.screen import any_text, in_utf8, screen
from autograder.cli.similar import similar
from autograder.course import extras, same_name
from autograder.course.configuration import VARIABLE as CONFIG_VARIABLE
from autograder.course.folder import CourseError
from autograder.files.clean import terminal

WITHOUT_GRADING = (
    "These are the commands for your own notebooks. To build units and to grade, also run: "
    + extras.install("grading")
)
app = typer.Typer(
    epilog=terminal(WITHOUT_GRADING) if extras.missing("grading") else None,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _say_version(wanted: bool) -> None:
    if wanted:
        print(f"course-bp {importlib.metadata.version('course-bp')}")
        raise typer.Exit


PANELS = {
    "Work on a notebook": (lab, check),
    "Prepare": (new, build, import_, doctor, coverage),
    "Grade": (grade, regrade, register, feedback),
    "Arrange": (extend, excuse, drop),
    "Review": (report, similar, explain),
    "Export": (export,),
    "Test the course": (bank,),
}
# A student's installation runs these; all others need the extra `grading`.
FOR_EVERYBODY = (lab, check, doctor, new, bank)
KINDS = {**dict.fromkeys(FOR_EVERYBODY), export: ExportCommand}
for panel, commands in PANELS.items():
    for command in commands:
        kind = KINDS.get(command, GradingCommand)
        add = app.command(
            command.__name__.rstrip("_"), help=help_of(command), rich_help_panel=panel, cls=kind
        )
        add(interruptible(command))
app.add_typer(exercise, name="exercise", rich_help_panel="Test the course")


@app.callback()
def options(
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            envvar=CONFIG_VARIABLE,
            help="Read this configuration of nbgrader instead of those in Jupyter's folders. The "
            "course folder's own nbgrader_config.py still counts most.",
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Say which version this is.",
            is_eager=True,
            callback=_say_version,
        ),
    ] = False,
) -> None:
    """Work on the units of the course, build them, and grade what students hand in."""
    if config is not None:
        os.environ[CONFIG_VARIABLE] = str(config.absolute())


# As SQLite words it.
DAMAGED = ("file is not a database", "disk image is malformed")


class _Lines(logging.Handler):
    """Says on stderr what the package logs, a line each."""

    def emit(self, record: logging.LogRecord) -> None:
        """Prints one line."""
        _say(record.getMessage())


_LINES = _Lines()


def main() -> None:
    """Runs the command; errors of the course folder are one line, not a traceback."""
    in_utf8()
    logging.getLogger("autograder").addHandler(_LINES)
    # nbgrader's API logs a traceback for what is said in one line below.
    logging.getLogger("tornado.application").setLevel(logging.CRITICAL)
    signal.signal(signal.SIGTERM, _interrupt)
    any_text()
    if words := same_name.problem():
        _say(words)
    try:
        app()
    except CourseError as error:
        _stop(str(error))
    except ModuleNotFoundError as error:
        if not (extra := extras.extra_of(error.name)):
            raise
        _stop(f"{error.name} is not installed here: {extras.install(extra)}")
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        kept = " Everything done so far is kept; make room and repeat the command." * (
            error.errno in (errno.ENOSPC, errno.EDQUOT)
        )
        _stop(f"{error.strerror or error}{where}.{kept}")
    except Exception as error:
        if not _is_the_databases(error):
            raise
        # SQLAlchemy may begin with a word for programmers.
        words = str(getattr(error, "orig", None) or error)
        _stop(f"the gradebook cannot be used: {words.splitlines()[0]}. {_advice(words)}")


def _advice(problem: str) -> str:
    """What to do about a gradebook when the database reports this problem."""
    if "locked" in problem:
        return "Is another program using it? Everything done so far is kept; repeat the command."
    if "disk is full" in problem:
        return "Everything done so far is kept; make room and repeat the command."
    if any(words in problem for words in DAMAGED):
        return "The file is damaged: replace it with a backup, or move it aside and grade again."
    return "Run course-bp doctor to find out more."


def _interrupt(signal_number: int, frame: object) -> None:
    """Ends a command that is told to stop the way Ctrl-C does, so nothing is left half done."""
    raise KeyboardInterrupt


def _is_the_databases(error: Exception) -> bool:
    """Whether the error is the database's, from SQLAlchemy or wrapped by nbgrader's API."""
    made_in = type(error).__module__
    return made_in.startswith("sqlalchemy") or (
        made_in == "nbgrader.api" and "OperationalError" in str(error)
    )


def _stop(message: str) -> None:
    _say(message)
    raise SystemExit(EXIT_WRONG)


def _say(message: str) -> None:
    # A command or a path that is broken over two lines cannot be copied.
    said = f"[bold]course-bp:[/bold] {terminal(message)}"
    screen(stderr=True).print(said, highlight=False, soft_wrap=True)
