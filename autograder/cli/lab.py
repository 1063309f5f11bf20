"""`course-bp lab`: your own copies of the units, in JupyterLab."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import note
from autograder.course.folder import CONFIG_FILE, Course, CourseError
from autograder.course.installed import notebooks
from autograder.files.clean import terminal

CHECKPOINTS = ".ipynb_checkpoints"


def lab(
    options: Annotated[
        list[str] | None,
        typer.Argument(help="Options for JupyterLab, after two dashes. Example: -- --no-browser"),
    ] = None,
    into: Annotated[
        Path,
        typer.Option(
            help="The folder for your own copies of the units. Files already there are kept."
        ),
    ] = Path("my-notebooks"),
    course: Annotated[
        Path | None,
        typer.Option(
            "--course",
            help="The course folder whose units to open. Default: this folder if it is one, "
            "otherwise the units that came with course-bp.",
        ),
    ] = None,
) -> None:
    """Copy the units that you have not started into a folder of your own, and open it in
    JupyterLab.

    Exit status: JupyterLab's own, or 2 when there are no units to open.
    """
    if course is None and not (Path() / CONFIG_FILE).is_file():
        units, home = notebooks(), Path().resolve()
    else:
        opened = Course.at(course or Path())
        units, home = opened.released, opened.root
        if not next(units.glob("*/*.ipynb"), None):
            raise CourseError(f"no unit has been built in {units} yet; run: course-bp build")
    target = home / into
    begun = _copy_missing(units, target)
    units_copied = f"{begun} unit{'s' * (begun != 1)}"
    note(terminal(f"{units_copied} copied into {target}; those that were there are kept."))
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
