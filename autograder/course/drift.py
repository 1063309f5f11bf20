"""Where a unit's text, notebooks, release, gradebook and exercises do not agree any more.

What students have is what counts, and nothing here changes anything. Contents are compared, not
times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course.beside import is_beside
from autograder.course.built import content, edited_by_hand
from autograder.course.folder import Course, CourseError
from autograder.course.graded_cells import is_test, mark, released_exercises
from autograder.course.hidden_tests import without_hidden_tests
from autograder.course.notebooks import (
    given_files,
    notebooks_in,
    other_files,
    read_notebook,
    released_notebooks,
)
from autograder.course.registering import differences
from autograder.course.registration import graded_cells, registered_cells
from autograder.course.release import has_source, made_as_released
from autograder.course.sources import source_notebook, text_of
from autograder.course.usable import require_usable
from autograder.course.versions import exercise_version
from autograder.exercises.own import FOLDER
from autograder.files.ledger import Ledger


@dataclass(frozen=True)
class Drift:
    """Two things that should be the same, and are not.

    Args:
        found: what differs, and what grading does about it.
        fix: what to do.
        stops: whether nothing can be graded until then.
    """

    found: str
    fix: str
    stops: bool = False

    def __str__(self) -> str:
        return f"{self.found} {self.fix}"


def drift(course: Course, unit: str) -> Iterator[Drift]:
    """Looks for what does not agree.

    Args:
        unit: the unit's name.

    Yields:
        Each difference.
    """
    released = released_notebooks(course, unit)
    if not released:
        return
    yield from _text_and_notebook(course, unit)
    yield from _source_and_release(course, unit, released)
    notebooks = {name: read_notebook(path) for name, path in released.items()}
    try:
        require_usable(unit, notebooks, given_files(course, unit), course.packages)
    except CourseError as problem:
        yield Drift(str(problem), "", stops=True)
    yield from _beside(course, unit)
    yield from _release_and_gradebook(course, unit, notebooks)
    yield from _exercises(course, unit)
    yield from _exchange(course, unit)


def _text_and_notebook(course: Course, unit: str) -> Iterator[Drift]:
    path = text_of(course, unit).with_suffix(".ipynb")
    if text_of(course, unit).is_file() and edited_by_hand(course, path):
        try:
            if content(source_notebook(course, unit)) == content(read_notebook(path)):
                return
        except CourseError:
            pass  # That it cannot be built is said below.
        shown = path.relative_to(course.root)
        yield Drift(
            f"{shown} was edited, and its text was not. Grading does not use it.",
            f"course-bp import {unit} takes the changes into the text.",
        )


def _source_and_release(course: Course, unit: str, released: dict[str, Path]) -> Iterator[Drift]:
    if not has_source(course, unit):
        return
    folder = course.directory("release", ".", unit).relative_to(course.root)
    edited = [path for path in released.values() if edited_by_hand(course, path)]
    try:
        agree = made_as_released(course, unit)
        how = "" if agree else "changed since it was released"
    except CourseError as problem:
        how = f"cannot be built now ({problem})"
    if how and edited:
        names = ", ".join(str(path.relative_to(course.root)) for path in edited)
        yield Drift(
            f"{names} was edited after it was built. Grading uses it as it is.",
            "If students have another, put theirs back; otherwise make the change in the source "
            "too.",
        )
    elif how:
        text = text_of(course, unit)
        what = text if text.is_file() else course.directory("source", ".", unit)
        said = how if how.startswith("cannot") else f"has {how}, or an exercise that it checks"
        yield Drift(
            f"{what.relative_to(course.root)} {said}. It is left alone: grading uses {folder}/, "
            "which students have.",
            f"course-bp build {unit} makes a new notebook, for a new release.",
        )


def _beside(course: Course, unit: str) -> Iterator[Drift]:
    try:
        if is_beside(course, unit):
            return
    except CourseError:
        return  # Whoever asks for the exercises says it.
    folder = course.directory("release", ".", unit).relative_to(course.root) / FOLDER
    yield Drift(
        f"{folder}/ is not what the course's own exercises are now. Students' checks use it; "
        "grading does not.",
        f"course-bp build {unit} makes it anew, for a new release.",
    )


def _release_and_gradebook(course: Course, unit: str, notebooks: dict[str, Any]) -> Iterator[Drift]:
    known = registered_cells(course, unit)
    if not known.cells:
        return
    folder = course.directory("release", ".", unit).relative_to(course.root)
    way = f"course-bp register {unit} makes the gradebook's cells those of the notebook."
    if words := differences(known.cells, graded_cells(notebooks)):
        yield Drift(
            f"{folder}/ does not match the unit in the gradebook ({'; '.join(words)}).",
            f"Put back the notebook that students have, or {way}",
            stops=bool(known.submissions),
        )
        return
    for name, notebook in notebooks.items():
        for cell in notebook.cells:
            kept = known.sources.get((name, str(mark(cell).get("grade_id", ""))))
            if kept is None or not is_test(cell.cell_type, mark(cell)):
                continue
            if without_hidden_tests(course, kept) != without_hidden_tests(course, cell.source):
                yield Drift(
                    f"The test {mark(cell)['grade_id']} in {folder}/ is not the one in the "
                    "gradebook, which is what nbgrader grades by.",
                    way,
                )


def _exercises(course: Course, unit: str) -> Iterator[Drift]:
    then = Ledger(course.state / "exercises.jsonl")
    try:
        asked = released_exercises(course, unit)
    except CourseError as problem:
        yield Drift(str(problem), "", stops=True)
        return
    changed = [
        exercise.id
        for exercise in asked
        if (known := then.version(f"{unit}/{exercise.id}")) and known != exercise_version(exercise)
    ]
    if changed:
        yield Drift(
            f"{', '.join(changed)} changed after {unit} was graded. The current version counts; "
            "the cell keeps its points in the gradebook.",
            f"course-bp regrade {unit} says whose score changes.",
        )


def _exchange(course: Course, unit: str) -> Iterator[Drift]:
    """What `nbgrader release_assignment` copied to where students fetch it."""
    root = course.config.Exchange.get("root", "/usr/local/share/nbgrader/exchange")
    outbound = Path(str(root)) / course.course_id / "outbound" / unit
    if not course.course_id or not outbound.is_dir():
        return
    release = course.directory("release", ".", unit)
    try:
        theirs, ours = notebooks_in(outbound), notebooks_in(release)
        other = [f"{name}.ipynb" for name in theirs.keys() ^ ours.keys()]
        both = theirs.keys() & ours.keys()
        other += [f"{name}.ipynb" for name in both if not _is_like(theirs[name], ours[name])]
        others = other_files(course, release)
        other += [name for name, path in others if not _is_copy(outbound / name, path)]
    except OSError:
        return
    if theirs and other:
        yield Drift(
            f"What students fetch of {unit} from {outbound} is not what lies in "
            f"{release.relative_to(course.root)}/: {', '.join(sorted(other))}.",
            f"nbgrader release_assignment --force {unit} hands out what lies there.",
        )


def _is_like(path: Path, other: Path) -> bool:
    try:
        return content(read_notebook(path)) == content(read_notebook(other))
    except CourseError:
        return False


def _is_copy(copy: Path, path: Path) -> bool:
    return copy.is_file() and copy.read_bytes() == path.read_bytes()
