"""`course-bp build`: the students' notebooks from the texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from autograder.cli.common import CourseOption, DryRunOption, JsonOption, print_json, shown
from autograder.course.folder import Course


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
    """Make the students' notebooks from the texts in solutions/, with nbgrader's generate step.

    With --dry-run the texts are still read, so faults in them are found.

    Exit status: 0 on success, 2 if a unit does not exist or its text has a fault.
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
