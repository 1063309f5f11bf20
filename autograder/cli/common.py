"""What the commands share: options, exit statuses, and how they say things."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from inspect import getdoc
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from autograder.cli.screen import screen
from autograder.course import extras
from autograder.course.folder import Course, CourseError
from autograder.files import clean
from autograder.files.clean import terminal

EXIT_NOT_RIGHT = 1
EXIT_WRONG = 2
EXIT_SOME_FAILED = 3
EXIT_INTERRUPTED = 130
STEPS = ("source", "release", "submitted", "autograded", "feedback")

CourseOption = Annotated[
    Path, typer.Option("--course", help="The course folder, with its nbgrader_config.py.")
]
UnitsArgument = Annotated[
    list[str], typer.Argument(help="Units, such as 02-computation-graphs, or just 02.")
]
StudentsOption = Annotated[
    list[str] | None,
    typer.Option("--student", help="Only this student; may be repeated."),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print JSON for other programs instead of tables.")
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be done, and change nothing.")
]


class GradingCommand(TyperCommand):
    """A command that first says what to install, if the extra is missing."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Reads the arguments; only `--help` needs nothing."""
        if "--help" not in args:
            extras.require("grading", str(ctx.info_name))
        return super().parse_args(ctx, args)


def interruptible(command: Callable[..., None]) -> Callable[..., None]:
    """Lets a command that is interrupted say so, and end with the status for it."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except KeyboardInterrupt:
            note(
                "[bold]course-bp:[/bold] interrupted. Everything done so far is kept; repeat the "
                "command."
            )
            raise typer.Exit(EXIT_INTERRUPTED) from None

    return run


def help_of(command: Callable[..., None]) -> str:
    """A command's docstring with one line per paragraph, which a window of any width can break."""
    paragraphs = (getdoc(command) or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def print_json(data: Any) -> None:
    """Prints data as JSON on stdout, complete and with nothing around it."""
    ascii_only = not (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(clean.data(data), indent=2, ensure_ascii=ascii_only))


def say(text: str) -> None:
    """Prints text on stdout that may hold names and words of a submission."""
    print(clean.block(text))


def note(message: str) -> None:
    """Prints a line for a person on stderr, which leaves stdout to the result."""
    screen(stderr=True).print(message, highlight=False)


def every_name(names: Iterable[str]) -> str:
    """Names for a note to rich: every one, however many there are."""
    return ", ".join(terminal(clean.name(name)) for name in names)


def units_of(course: Course, names: Sequence[str] | None) -> list[str]:
    """The full names of units, or all units with a submission.

    Units are the course's own texts and every assignment in nbgrader's gradebook.

    Args:
        names: units as they were typed; none means all with submissions.

    Returns:
        Full names, in order.

    Raises:
        CourseError: if there is no such unit, or nothing was handed in at all.
    """
    from autograder.records.gradebook import assignments

    handed_in = assignments(course)
    if names:
        return [course.require_unit(name, handed_in) for name in names]
    there = course.assignments()
    known = [*there, *sorted({*handed_in} - {*there})]
    found = [unit for unit in known if handed_in.get(unit) or course.students(unit)]
    if not found:
        where = course.directory("submitted", "STUDENT", "UNIT")
        raise CourseError(f"nothing was handed in for any unit: submissions belong in {where}.")
    return found


def graded_of(
    units: Sequence[str], typed: Sequence[str] | None, graded: Callable[[str], bool]
) -> list[str]:
    """The units of which something was graded; says on stderr which others are left out.

    Args:
        units: full names of units.
        typed: units as they were typed, if any: those must not be left out.
        graded: whether something of a unit was graded.

    Returns:
        Full names, in order.

    Raises:
        CourseError: if nothing was graded of any unit, or of one that was typed.
    """
    empty = [unit for unit in units if not graded(unit)]
    if empty and (typed or len(empty) == len(units)):
        raise CourseError(
            f"no submission to {', '.join(empty)} has been graded yet; run course-bp grade."
        )
    if empty:
        note(f"handed in but not graded, and left out: {every_name(empty)}")
    return [unit for unit in units if unit not in empty]


def inside(course: Course, path: Path) -> Path:
    """Resolves where a command writes: inside the course folder, but not in a folder of nbgrader's
    steps.

    There nbgrader, and course-bp, would take a folder of files for a student or a unit.

    Args:
        path: as it was typed, relative to the course folder.

    Returns:
        The absolute path.

    Raises:
        CourseError: if it leads out of the course folder, or into a folder of a step.
    """
    full = (course.root / path).resolve()
    if not full.is_relative_to(course.root):
        raise CourseError(f"{path} is outside the course folder {course.root}; write inside it.")
    steps = [course.directory(step, ".", ".").resolve() for step in STEPS]
    for folder in (*steps, course.state):
        if folder != course.root and full.is_relative_to(folder):
            where = shown(course, folder)
            raise CourseError(
                f"{path} is in {where}/, a folder that grading itself uses; write somewhere else."
            )
    return full


def shown(course: Course, path: Path) -> str:
    """A path as you would write it in the course folder."""
    return str(path.relative_to(course.root)) if path.is_relative_to(course.root) else str(path)
