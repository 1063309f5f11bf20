"""`course-bp import`: an edited source notebook back into its text."""

from __future__ import annotations

from pathlib import Path

from autograder.cli.common import (
    CourseOption,
    DryRunOption,
    JsonOption,
    UnitsArgument,
    print_json,
    say,
    shown,
)
from autograder.course.folder import Course


def import_(
    units: UnitsArgument,
    course: CourseOption = Path(),
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Take what you changed in solutions/UNIT/UNIT.ipynb into the text beside it.

    Use it after you have edited a unit's notebook in JupyterLab or formgrader. The text then makes
    the same notebook. The students' notebook is left alone until you build it.

    Exit status: 0 on success, 2 if a unit has no text or no notebook, or the notebook cannot be
    said as a text.
    """
    from autograder.course.into_text import import_notebook
    from autograder.course.sources import text_of

    opened = Course.at(course)
    changed = {
        shown(opened, text_of(opened, unit)): import_notebook(opened, unit, dry_run)
        for unit in [opened.require_unit(unit) for unit in units]
    }
    if as_json:
        planned = [text for text, new in changed.items() if new]
        print_json({"written": [] if dry_run else planned, "planned": planned})
        return
    for text, new in changed.items():
        written = f"would write {text}" if dry_run else text
        say(written if new else f"{text} says the same already")
