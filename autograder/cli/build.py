"""`course-bp build`: the students' notebooks from the texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import CourseOption, DryRunOption, JsonOption, note, print_json, shown
from autograder.cli.screen import screen
from autograder.course.folder import Course, CourseError
from autograder.files.clean import terminal


def build(
    units: Annotated[
        list[str] | None, typer.Argument(help="Units, such as 02-computation-graphs; default: all.")
    ] = None,
    sources_only: Annotated[
        bool, typer.Option("--sources-only", help="Stop before the students' notebooks.")
    ] = False,
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite",
            help="Also write over notebooks that were edited by hand; they are kept in "
            ".course-bp/replaced.",
        ),
    ] = False,
    course: CourseOption = Path(),
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make the students' notebooks from the texts in solutions/, with nbgrader's generate step.

    An assignment that is written as notebooks, without a text, is built when you name it. A
    notebook that somebody edited since it was built is not written over. With --dry-run the texts
    are still read, so faults in them are found.

    Exit status: 0 on success, 2 if a unit does not exist, its text has a fault, or a notebook was
    edited.
    """
    from autograder.cli.tables import progress_bar
    from autograder.course.notebooks import source_notebooks
    from autograder.course.release import release
    from autograder.course.sources import build as build_source
    from autograder.course.sources import left_out, source_notebook, text_of

    opened = Course.at(course)
    chosen = [opened.require_unit(unit) for unit in units or opened.units()]
    if wrong := [one for unit in (chosen if units else [""]) for one in opened.misnamed(unit)]:
        raise CourseError(" ".join(map(str, wrong)) + " Nothing was built.")
    texts = {unit: text for unit in chosen if (text := text_of(opened, unit)).is_file()}

    def say(words: str) -> None:
        note(terminal(words))

    if dry_run:
        for unit in texts:
            source_notebook(opened, unit)
    else:
        sources = (build_source(opened, unit, overwrite, say).stem for unit in texts)
        steps = sources if sources_only else release(opened, chosen, overwrite, say)
        with progress_bar(screen(stderr=True), "build", len(chosen)) as advance:
            for name in steps:
                advance(name)
    for unit in texts:
        if ids := left_out(opened, unit):
            say(f"{unit} leaves out {', '.join(ids)}, which course-bp has for this unit.")
    planned = []
    for unit in chosen:
        own = [unit] if unit in texts else []
        names = own if sources_only else sorted({*own, *source_notebooks(opened, unit)})
        folder = opened.directory("source" if sources_only else "release", ".", unit)
        planned += [shown(opened, folder / f"{name}.ipynb") for name in names]
    if as_json:
        print_json({"written": [] if dry_run else planned, "planned": planned})
        return
    for name in planned:
        print(f"would write {name}" if dry_run else name)
