"""From the source notebook to the students' notebook, by nbgrader's own generate step."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.course.folder import Course, CourseError
from autograder.course.gradebook_lock import registering
from autograder.course.graded_cells import exercises_in
from autograder.course.registration import graded_cells, register, registered_cells
from autograder.course.sources import build, read_notebook, source_content, text_of
from autograder.exercise import Exercise
from autograder.files.ledger import Ledger


def release(course: Course, units: Iterable[str]) -> Iterator[Path]:
    """Builds units and generates the students' notebooks.

    The course's gradebook is neither needed nor touched, so that a unit can be rewritten while
    submissions to its earlier form are in there.

    Args:
        units: the units' names.

    Yields:
        The students' notebook of each unit.

    Raises:
        CourseError: if nbgrader refuses; the message holds its words.
    """
    with tempfile.TemporaryDirectory() as folder:
        for unit in units:
            build(course, unit)
            _generate(course, unit, f"sqlite:///{folder}/gradebook.db")
            path = released(course, unit)
            made_of = _version(source_content(course, unit), path)
            Ledger(course.state / "released.jsonl").record(unit, f"{made_of} same")
            yield path


def released(course: Course, unit: str) -> Path:
    """Where a unit's notebook for students lies, whether it exists or not."""
    return course.directory("release", ".", unit) / f"{unit}.ipynb"


def released_exercises(course: Course, unit: str) -> list[Exercise]:
    """The exercises that a unit's released notebook checks, in its order."""
    path = released(course, unit)
    return exercises_in(read_notebook(path), path)


def changed_since_release(course: Course, unit: str) -> str:
    """Whether a unit's text would make another notebook than the one that students have.

    Args:
        unit: the unit's name.

    Returns:
        What has changed, what it means and what to do, or "".
    """
    path = released(course, unit)
    if not path.is_file():
        return ""
    try:
        source = source_content(course, unit)
        version = _version(source, path)
        ledger = Ledger(course.state / "released.jsonl")
        if ledger.version(unit) not in (f"{version} same", f"{version} changed"):
            with tempfile.TemporaryDirectory() as folder:
                made = _made(course, unit, source, f"sqlite:///{folder}/gradebook.db")
            same = _content(made) == _content(read_notebook(path))
            ledger.record(unit, f"{version} {'same' if same else 'changed'}")
        if ledger.holds(unit, f"{version} same"):
            return ""
        how = "has changed since it was released"
    except CourseError as problem:
        how = f"cannot be built now ({problem})"
    text = text_of(course, unit).relative_to(course.root)
    return (
        f"{text} {how}. It is left alone: grading uses {path.relative_to(course.root)}, which "
        f"students have. course-bp build {unit} makes a new notebook, for a new release."
    )


def ensure_registered(course: Course, unit: str) -> None:
    """Makes a unit known to the gradebook as it was released, unless it is so already.

    What was released is never written again. A unit that was never built is built first.

    Args:
        unit: the unit's name.

    Raises:
        CourseError: if the gradebook holds submissions to another form of the unit.
    """
    with registering(course):
        if not released(course, unit).is_file():
            list(release(course, [unit]))
        notebook = read_notebook(released(course, unit))
        known, wanted = registered_cells(course, unit), graded_cells(notebook)
        if known.cells == wanted:
            return
        if known.submissions:
            raise _another_form(course, unit, known.cells, wanted)
        if not changed_since_release(course, unit):
            # From the source, so that nbgrader knows its hidden tests.
            _made(course, unit, source_content(course, unit), course.api.coursedir.db_url)
        if registered_cells(course, unit).cells != wanted:
            register(course, unit, notebook)


def _another_form(
    course: Course, unit: str, known: Mapping[str, float], wanted: Mapping[str, float]
) -> CourseError:
    words = [
        f"{name} is worth {wanted[name]:g}, but {known[name]:g} in the gradebook"
        for name in sorted(known.keys() & wanted.keys())
        if known[name] != wanted[name]
    ]
    if alone := sorted(known.keys() ^ wanted.keys()):
        words.append(f"only one of them has {', '.join(alone)}")
        way = (
            "move the gradebook aside and run grade: every submission is graded again, and points "
            "given by hand stay in the file moved aside"
        )
    else:
        way = f"run nbgrader generate_assignment --force {unit}, and grade again with --force"
    path = released(course, unit).relative_to(course.root)
    return CourseError(
        f"{path} does not match the unit in the gradebook ({'; '.join(words)}). Nothing "
        "was graded. Put back the notebook that students have. If they have this one, "
        f"{way}."
    )


def _made(course: Course, unit: str, source: str, db_url: str) -> Any:
    """The notebook for students that a source would make; nothing that is there is touched."""
    course.state.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=course.state) as folder:
        path = Path(folder) / "source" / unit / f"{unit}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(source, "utf-8")
        into = Path(folder) / "made"
        _run_generate(course, unit, db_url, into, source_directory=path.parents[1])
        return read_notebook(into / unit / path.name)


def _generate(course: Course, unit: str, db_url: str) -> None:
    """Runs the generate step into a folder of its own, then copies what has changed.

    nbgrader empties the folder that it generates into, and somebody may keep notes there.
    """
    course.state.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=course.state) as folder:
        _run_generate(course, unit, db_url, Path(folder))
        for path in sorted((Path(folder) / unit).rglob("*")):
            target = released(course, unit).parent / path.relative_to(Path(folder) / unit)
            changed = not target.is_file() or target.read_bytes() != path.read_bytes()
            if path.is_file() and changed:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)


def _run_generate(course: Course, unit: str, db_url: str, into: Path, **folders: Path) -> None:
    """Runs nbgrader's generate step on other folders of the course than its configuration's."""
    places = {"release_directory": into, **folders}
    own = {name: str(path.relative_to(course.root)) for name, path in places.items()}
    result = course.api_on(db_url=db_url, **own).generate_assignment(unit, force=True, create=True)
    if not result["success"]:
        raise _refusal(unit, result.get("log", ""), result["error"], course.state)


def _version(source: str, path: Path) -> str:
    return hashlib.sha256(source.encode() + b"\0" + path.read_bytes()).hexdigest()[:24]


def _content(notebook: Any) -> list[tuple[str, str, str]]:
    """What a student meets and the grader goes by."""
    return [
        (cell.cell_type, cell.source, repr(sorted(cell.metadata.get("nbgrader", {}).items())))
        for cell in notebook.cells
    ]


def _refusal(unit: str, log: str, error: str, folder: Path) -> BaseException:
    """What stopped nbgrader's step, from its log and the traceback that it kept for itself."""
    if error.rstrip().endswith("KeyboardInterrupt"):
        return KeyboardInterrupt()
    if f"[Errno {errno.ENOSPC}]" in log + error:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
    # The log holds a traceback, whose last line says it.
    raised = re.findall(r"^ +[\w.]+: .+$", log, re.MULTILINE)
    return CourseError(f"nbgrader could not generate {unit}: {(raised or [log])[-1].strip()}")
