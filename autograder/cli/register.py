"""`course-bp register`: the gradebook's cells as the released notebooks have them."""

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


def register(
    units: UnitsArgument,
    course: CourseOption = Path(),
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make a unit's cells and points in the gradebook those of the notebook in notebooks/UNIT.

    Use it after you have added a cell to a unit that is graded already, or changed its points:
    build, register, grade. All scores, points given by hand, extra credit and comments stay. A cell
    that is not in the notebook any more is removed, unless a person gave points for it.

    Exit status: 0 on success, 2 if a unit was not built, or a cell cannot be removed.
    """
    from autograder.course.gradebook_lock import grading
    from autograder.course.registering import adopt, to_adopt

    opened = Course.at(course)
    names = [opened.require_unit(unit) for unit in units]
    if dry_run:
        planned = {unit: to_adopt(opened, unit) for unit in names}
        if as_json:
            print_json(planned)
            return
        for unit, words in planned.items():
            say(f"{unit}: {'; '.join(words) or 'nothing to change'}")
        return
    told = {}
    for unit in names:
        with grading(opened):
            adopted = adopt(opened, unit)
        told[unit] = vars(adopted)
        if not as_json:
            changes = [f"new: {', '.join(adopted.added)}"] if adopted.added else []
            changes += [f"gone: {', '.join(adopted.removed)}"] if adopted.removed else []
            changes += [f"points: {', '.join(adopted.changed)}"] if adopted.changed else []
            what = "; ".join(changes) or "no cell is new, none is gone, and all points are the same"
            kept = f"{adopted.submissions} submission{'s' * (adopted.submissions != 1)}"
            file = opened.gradebook_file
            book = shown(opened, file) if file else "the gradebook"
            say(f"{unit}: {what}; {book} keeps {kept}, with all that was given by hand")
    if as_json:
        print_json(told)
