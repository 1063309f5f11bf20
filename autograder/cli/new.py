"""`course-bp new`: a course folder of your own."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from autograder.cli.common import DryRunOption, JsonOption, print_json


def new(
    directory: Annotated[Path, typer.Argument(help="The folder to make; it must be empty.")],
    unit: Annotated[
        list[str] | None,
        typer.Option(help="Only this unit; may be repeated. Default: all."),
    ] = None,
    course_id: Annotated[
        str, typer.Option(help="nbgrader's name for the course. Default: the folder's name.")
    ] = "",
    empty: Annotated[
        bool,
        typer.Option(
            "--empty",
            help="None of our units: a small example with an exercise, a test and an essay of "
            "your own to change.",
        ),
    ] = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make a course folder: the units' texts, nbgrader's configuration and an empty roster.

    The texts contain the solutions. They come with course-bp-instructor, not with course-bp. An
    empty course needs only course-bp.

    Exit status: 0 when it was made, 2 when the folder is in use, a unit does not exist, or the
    texts are not installed.
    """
    from autograder.course.new import plan_course, write_course

    planned = plan_course(directory, unit or (), course_id, empty)
    if not dry_run:
        write_course(planned)
    files = sorted(str(path) for path in planned)
    if as_json:
        print_json({"course": str(directory), "made": not dry_run, "files": files})
        return
    print("\n".join(f"would make {path}" for path in files) if dry_run else "\n".join(files))
    if not dry_run:
        print(f"\nNext: cd {quote(str(directory))} && course-bp build && course-bp doctor")
