"""Commands that make a course and its notebooks: new, build, lab, coverage."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from autograder.cli.common import CourseOption, DryRunOption, JsonOption, note, print_json, shown
from autograder.course.folder import CONFIG_FILE, Course, CourseError
from autograder.course.installed import notebooks

CHECKPOINTS = ".ipynb_checkpoints"


def new(
    directory: Annotated[Path, typer.Argument(help="The folder to make; it must be empty.")],
    unit: Annotated[
        list[str] | None,
        typer.Option(help="Only this unit; may be given more than once. Default: all."),
    ] = None,
    course_id: Annotated[
        str, typer.Option(help="nbgrader's name of the course. Default: the folder's name.")
    ] = "",
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make a course folder: the units' texts, nbgrader's configuration and an empty roster.

    The texts hold the solutions; they come with course-bp-instructor, not with course-bp.

    Exit status: 0 when it was made, 2 when the folder is in use, a unit does not exist, or the
    texts are not installed.
    """
    from autograder.course.new import plan_course, write_course

    planned = plan_course(directory, unit or (), course_id)
    if not dry_run:
        write_course(planned)
    files = sorted(str(path) for path in planned)
    if as_json:
        print_json({"course": str(directory), "made": not dry_run, "files": files})
        return
    print("\n".join(f"would make {path}" for path in files) if dry_run else "\n".join(files))
    if not dry_run:
        print(f"\nNext: cd {directory} && course-bp build && course-bp doctor")


def build(
    units: Annotated[
        list[str] | None, typer.Argument(help="Units, such as 02-computation-graphs; default: all.")
    ] = None,
    sources_only: Annotated[
        bool, typer.Option("--sources-only", help="Stop before the students' notebooks.")
    ] = False,
    course: CourseOption = Path(),
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make the students' notebooks from the texts in solutions/, by nbgrader's generate step.

    With --dry-run the texts are read all the same, so that one that will not do is found.

    Exit status: 0, or 2 when there is no such unit or a text will not do.
    """
    from autograder.cli.tables import progress_bar
    from autograder.course.release import release, released
    from autograder.course.sources import build as build_source
    from autograder.course.sources import read_source, text_of

    opened = Course.at(course)
    chosen = [opened.require_unit(unit) for unit in units or opened.units()]
    texts = [text_of(opened, unit) for unit in chosen]
    if dry_run:
        for text in texts:
            read_source(text)
    else:
        sources = (build_source(opened, unit) for unit in chosen)
        with progress_bar(Console(stderr=True), "build", len(chosen)) as advance:
            for path in sources if sources_only else release(opened, chosen):
                advance(path.stem)
    planned = [
        shown(opened, text.with_suffix(".ipynb") if sources_only else released(opened, unit))
        for text, unit in zip(texts, chosen, strict=True)
    ]
    if as_json:
        print_json({"written": [] if dry_run else planned, "planned": planned})
        return
    for name in planned:
        print(f"would write {name}" if dry_run else name)


def lab(
    options: Annotated[
        list[str] | None,
        typer.Argument(help="Options for JupyterLab, after two dashes, such as: -- --no-browser"),
    ] = None,
    into: Annotated[
        Path, typer.Option(help="Your own copies of the units; those there are kept.")
    ] = Path("my-notebooks"),
    course: Annotated[
        Path | None,
        typer.Option(
            "--course",
            help="A course folder whose units to open. Default: this folder if it is one, "
            "otherwise the units that came with course-bp.",
        ),
    ] = None,
) -> None:
    """Copy the units that you have not begun into a folder of yours, and open it in JupyterLab.

    Exit status: JupyterLab's own, or 2 when there are no units to open.
    """
    if course is None and not (Path() / CONFIG_FILE).is_file():
        units, home = notebooks(), Path().resolve()
    else:
        opened = Course.at(course or Path())
        units, home = opened.released, opened.root
        if not next(units.glob("*/*.ipynb"), None):
            raise CourseError(f"no unit is built in {units} yet; run: course-bp build")
    target = home / into
    begun = _copy_missing(units, target)
    units_copied = f"{begun} unit{'s' * (begun != 1)}"
    note(escape(f"{units_copied} copied into {target}; those that were there are kept."))
    # Not `jupyter lab`, which takes the first JupyterLab in PATH.
    jupyterlab = [sys.executable, "-m", "jupyterlab", str(target), *(options or ())]
    raise typer.Exit(subprocess.call(jupyterlab))


def _copy_missing(units: Path, target: Path) -> int:
    """Copies files that are not there yet; returns how many notebooks are among them."""
    copied = 0
    for path in sorted(path for path in units.rglob("*") if path.is_file()):
        copy = target / path.relative_to(units)
        if not copy.exists() and CHECKPOINTS not in path.parts:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            copied += path.suffix == ".ipynb"
    return copied


def coverage(course: CourseOption = Path()) -> None:
    """Write docs/coverage.md: which unit covers each item of the decks and each objective.

    Exit status: 0, or 2 when this is no course folder.
    """
    from autograder.course.coverage import coverage_page
    from autograder.files.ledger import replace_file

    opened = Course.at(course)
    path = opened.root / "docs" / "coverage.md"
    replace_file(path, coverage_page(opened))
    print(path.relative_to(opened.root))
