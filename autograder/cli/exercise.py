"""`course-bp exercise`: write, look at and try an exercise of your own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.common import EXIT_NOT_RIGHT, interruptible, note, say
from autograder.cli.screen import screen
from autograder.course.folder import Course, CourseError

if TYPE_CHECKING:
    from autograder.bank.tried import Tried
    from autograder.exercise import Exercise

CourseOption = Annotated[
    Path, typer.Option("--course", help="The course folder.", show_default=False)
]
IdArgument = Annotated[str, typer.Argument(help='The exercise, such as "gelu.backward".')]
exercise = typer.Typer(
    no_args_is_help=True,
    help="Write, look at and try an exercise of your own. docs/authors.md shows how.",
)


def new(id: IdArgument, course: CourseOption = Path()) -> None:
    """Write the file of a new exercise, with comments that say what to change.

    It is exercises/NAME.py in the course folder: a forward function and what is asked. Reference,
    inputs, mistakes, hints, stub and solution are derived from it.
    """
    from autograder.course.new_exercise import write_exercise

    path = write_exercise(Course.at(course), id)
    say(f"{path}")
    say(f"\nNext: change it, then course-bp exercise show {id} and course-bp exercise test {id}")


def show(
    id: IdArgument,
    course: CourseOption = Path(),
    cells: Annotated[
        bool,
        typer.Option("--cells", help="Print only the cells, for a unit's text in solutions/."),
    ] = False,
) -> None:
    """Print what a student sees, the solution, the inputs that are asked, and every mistake.

    Exit status: 0, or 2 when no exercise has this id or a file of exercises cannot be used.
    """
    from autograder.bank.preview import first_parts
    from autograder.derived.not_derivable import NotDerivable
    from autograder.derived.texts import BY_HAND
    from autograder.derived.texts import cells as cells_of

    found = _find(Course.at(course), id)
    try:
        text = cells_of(found)
    except NotDerivable as problem:
        if cells:
            raise CourseError(str(problem)) from None
        text = f"# {problem}\n"
    if BY_HAND in text:
        note("The solution cannot be printed here; write it into its cell by hand.")
    if cells:
        print(text, end="")
        return
    print(text)
    print(f"Inputs: {len(found.ordinary)} ordinary, {len(found.corners)} at the edges.")
    for probe in found.probes:
        say(f"  {probe.name}")
    print(f"\nMistakes: {len(found.mistakes)}.")
    parts = first_parts(found)
    for mistake in found.mistakes:
        evidence = mistake.evidence.format(part=parts[mistake.slug], everywhere="")
        say(f"  {mistake.name}\n      {evidence}")


def try_exercise(
    id: IdArgument,
    course: CourseOption = Path(),
    seeds: Annotated[int, typer.Option(min=1, help="How many times to draw inputs.")] = 2,
    mutants: Annotated[
        int, typer.Option(min=1, help="In how many ways to change each right answer.")
    ] = 200,
    details: Annotated[
        bool, typer.Option("--details", help="List the changed answers that get no name.")
    ] = False,
) -> None:
    """Try the exercise: is every mistake refused and named, every right answer accepted?

    Right answers are changed as people err, too: an operator, a sign, an index, a name. What earns
    full points then and is wrong on other inputs is a hole.

    Exit status: 0 when everything went as it should, 1 when not, 2 when it cannot be tried.
    """
    from autograder.bank.tried import try_exercise as tried_out

    opened = Course.at(course)
    tried = tried_out(opened, _find(opened, id), seeds, mutants, _shown)
    _report(tried, details)
    if not tried.sound:
        raise typer.Exit(EXIT_NOT_RIGHT)


def _shown(what: str, steps: int) -> AbstractContextManager[Callable[[str], None]]:
    """A bar on stderr; nothing in a pipe or a file."""
    from autograder.bank.running import unseen
    from autograder.cli.tables import progress_bar

    console = screen(stderr=True)
    return progress_bar(console, what, steps) if console.is_terminal else unseen(what, steps)


def _report(tried: Tried, details: bool) -> None:
    from autograder.bank.naming import Told

    tally, found = tried.tally, tried.attack
    print(tried.disagrees or "The reference agrees with finite differences.")
    print(
        f"Its mistakes and general slips, on every draw: {tally.refused} of {tally.wrong} refused, "
        f"{tally.named} named, {tally.misnamed} under a wrong name."
    )
    print(f"Right answers: {tally.accepted} of {tally.right} accepted.")
    for line in tally.trouble[:20]:
        say(f"  {line}")
    if found is None:
        say(f"No right answer was changed: {tried.why_none}")
        return
    named, clue = found.told[Told.NAMED], found.told[Told.CLUE]
    print(
        f"Right answers changed in one or two places, as people err: {found.refused} of "
        f"{found.made} refused. Of {tried.compared} with wrong "
        f"numbers {named} are named, {clue} more get a clue that says where to look."
    )
    print(f"Changed answers that are as good as the right one: {_as_good(tried)}.")
    for what in tried.holes:
        say(f"  HOLE: {what} earns all points and is wrong on other inputs")
    if details:
        for one in found.untold:
            say(f"  no name: {one.what}")


def _as_good(tried: Tried) -> int:
    assert tried.attack is not None
    return len(tried.attack.survivors) - len(tried.holes)


def preview(
    id: IdArgument,
    course: CourseOption = Path(),
    answer: Annotated[
        Path | None,
        typer.Option(help="A Python file with an answer. Default: each of its mistakes in turn."),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            help="The page to write, or a folder for it. Default: .course-bp/previews/ in the "
            "course folder.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write the feedback of wrong answers as a page, to read it as students will.

    It says where the page is. An earlier preview is replaced, and no other file.

    Exit status: 0, or 2 when no exercise has this id, the answer stops with an error, or another
    file is in the way.
    """
    from autograder.bank.preview import (
        feedback_of_file,
        feedback_of_mistakes,
        preview_page,
        preview_place,
        write_preview,
    )

    opened = Course.at(course)
    found = _find(opened, id)
    page = preview_place(opened, found, into)
    shown = feedback_of_file(found, answer) if answer else feedback_of_mistakes(found)
    again = write_preview(page, preview_page(f"{found.id}: feedback", shown))
    written = "an earlier preview was replaced" if again else "written"
    say(f"{page}: {len(shown)} answer{'s' * (len(shown) != 1)}, {written}")


def _find(course: Course, id: str) -> Exercise:
    try:
        return course.exercises.find(id)
    except ValueError as error:
        raise CourseError(str(error)) from None


COMMANDS = {"new": new, "show": show, "test": try_exercise, "preview": preview}
for name, command in COMMANDS.items():
    exercise.command(name)(interruptible(command))
