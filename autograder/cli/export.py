"""`course-bp export`: grades as files that other systems read."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from autograder.cli.arranging import bring_up_to_date
from autograder.cli.common import (
    CourseOption,
    DryRunOption,
    GradingCommand,
    JsonOption,
    graded_of,
    inside,
    note,
    print_json,
    say,
    shown,
    units_of,
)
from autograder.course.folder import Course, CourseError
from autograder.exports.format import Choices, Format, formats
from autograder.files.clean import terminal
from autograder.files.ledger import replace_file


class ExportCommand(GradingCommand):
    """Lists the formats in its help; finding them takes longer than all other commands' help."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the help, with a line for each format."""
        # Rich joins single lines, and keeps empty ones.
        self.epilog = "\n\n".join(f"{one.name}: {one.help}" for one in formats().values())
        super().format_help(ctx, formatter)


def _format(name: str) -> Format:
    if found := formats().get(name):
        return found
    raise typer.BadParameter(f"{name!r} is not one of {', '.join(formats())}.")


def export(
    format: Annotated[
        Format,
        typer.Argument(
            parser=_format,
            metavar="FORMAT",
            help="One of the formats listed below.",
        ),
    ],
    units: Annotated[
        list[str] | None, typer.Argument(help="Units; default: all with a submission.")
    ] = None,
    to: Annotated[
        Path, typer.Option(help="The folder to write into, inside the course folder.")
    ] = Path("exports"),
    column: Annotated[
        list[str] | None,
        typer.Option(
            help="UNIT=NAME if the column has a different name in the LMS; may be repeated."
        ),
    ] = None,
    gradebook: Annotated[
        Path | None,
        typer.Option(
            help="For canvas: the gradebook that Canvas exported, in which each unit's column is "
            "found. Not needed if roster.csv is that file."
        ),
    ] = None,
    trust_submissions: Annotated[
        bool,
        typer.Option(
            "--trust-submissions",
            help="For gradescope-autograder: grade without a sandbox, because Gradescope's "
            "container may not allow one. A submission can then read the right answers.",
        ),
    ] = False,
    course: CourseOption = Path(),
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write grades as files that a spreadsheet, Canvas, Moodle or Gradescope reads.

    Students who handed in nothing, or could not be graded, have no line in a file for an LMS,
    because the LMS would read an empty cell as a grade to remove. Nor have students whom the LMS
    could not find; each is named. Students who are excused have no score: EX for Canvas, otherwise
    nothing. A unit without graded submissions gets no file; its name is printed. Late penalties are
    brought up to date in the gradebook first.

    Exit status: 0 on success, 2 if a unit, its grades or the roster is missing, or if a student's
    total differs from nbgrader's own. In that case nothing is written.
    """
    from autograder.cli.named_people import people_to_name
    from autograder.course.roster import read_roster

    opened = Course.at(course)
    folder = inside(opened, to)
    names = units_of(opened, units)
    if format.needs_grades:
        names = graded_of(names, units, lambda unit: _has_grades(opened, unit, format))
        bring_up_to_date(opened, names, not dry_run)
    choices = Choices(_columns(opened, column or ()), trust_submissions, gradebook)
    files = format.files(opened, names, choices)
    if not dry_run:
        for name, content in files.items():
            replace_file(folder / name, content)
    written = [shown(opened, folder / name) for name in files]
    notes = list(format.notes(opened, names, choices))
    people = people_to_name(opened, names, format) if format.needs_grades else []
    if as_json:
        done = [] if dry_run else written
        told = {one.what: one.by_unit for one in people}
        print_json({"written": done, "planned": written, "notes": notes, "students": told})
    else:
        say("\n".join(("would write " if dry_run else "") + line for line in _in_short(written)))
    for line in notes:
        note(terminal(line, len(line)))
    for one in people:
        note(str(one))
    for remark in read_roster(opened).remarks if format.needs_grades else ():
        note(f"roster.csv: {terminal(remark)}")


def _in_short(written: list[str]) -> list[str]:
    """A line for each file, but one for all files of the same name in folders side by side."""
    alike = Counter((Path(name).parent.parent, Path(name).name) for name in written)
    lines = []
    for name in written:
        place = (Path(name).parent.parent, Path(name).name)
        if (count := alike[place]) > 1:
            lines.append(f"{place[0]}/*/{place[1]} ({count} files)")
        else:
            lines.append(name)
    return list(dict.fromkeys(lines))


def _has_grades(course: Course, unit: str, format: Format) -> bool:
    """Whether a unit's file would say anything; a file for an LMS leaves failed runs out."""
    from autograder.records.gradebook import read_submissions

    return any(not (format.lms and one.failed) for one in read_submissions(course, unit))


def _columns(course: Course, given: tuple[str, ...] | list[str]) -> dict[str, str]:
    from autograder.records.gradebook import assignments

    columns = {}
    for one in given:
        unit, equals, name = one.partition("=")
        if not equals or not name:
            raise CourseError(f"--column {one!r}: write UNIT=NAME, such as 02='Quiz 1 (123)'.")
        columns[course.require_unit(unit, assignments(course))] = name
    return columns
