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
    if as_json:
        done = [] if dry_run else written
        print_json({"written": done, "planned": written, "notes": notes})
    else:
        say("\n".join(("would write " if dry_run else "") + line for line in _in_short(written)))
    for line in notes:
        note(terminal(line))
    if format.needs_grades:
        _say_who_is_missing(opened, names, format)


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


def _say_who_is_missing(course: Course, units: list[str], format: Format) -> None:
    from autograder.exports.shared import excused, not_in_roster, to_grade_by_hand, without_grade

    left = "out" if format.lms else "blank"
    failed = [name for unit in units for name in without_grade(course, unit)]
    if failed and format.names_failed:
        note(f"could not be graded, and left {left}: {terminal(', '.join(failed))}")
    if free := [f"{name}/{unit}" for unit in units for name in excused(course, unit)]:
        note(f"excused, and {format.excused}: {terminal(', '.join(free))}")
    if waiting := [name for unit in units for name in to_grade_by_hand(course, unit)]:
        note(
            f"still to grade by hand, and counted as nbgrader does: {terminal(', '.join(waiting))}"
        )
    if new := [name for unit in units for name in _not_yet(course, unit)]:
        note(f"handed in, but not graded yet: {terminal(', '.join(new))}; run course-bp grade")
    from autograder.course.roster import read_roster

    for remark in read_roster(course).remarks:
        note(f"roster.csv: {terminal(remark)}")
    if not format.lms:
        return
    if unknown := [name for unit in units for name in not_in_roster(course, unit)]:
        note(f"graded but not in roster.csv, and left out: {terminal(', '.join(unknown))}")


def _not_yet(course: Course, unit: str) -> list[str]:
    from autograder.records.standing import Kind, standings

    return [f"{one.student}/{unit}" for one in standings(course, unit) if one.kind is Kind.NOT_YET]
