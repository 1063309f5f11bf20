"""From the source notebooks to the students' notebooks, by nbgrader's own generate step."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.course.added import remember_added
from autograder.course.beside import put_beside
from autograder.course.built import content, write_notebook
from autograder.course.configuration import RELEASE_OWN
from autograder.course.folder import Course, CourseError
from autograder.course.notebooks import (
    read_notebook,
    released_notebooks,
    source_notebooks,
)
from autograder.course.sources import build, source_content, text_of
from autograder.files.ledger import Ledger, replace_file

Say = Callable[[str], None]
# Whether a unit's sources make its released notebooks, as far as it was looked at.
SAME = "released.jsonl"
# What to do with an edited released notebook.
CHANGE_THE_SOURCE = "Make the change in the source, so that the next build has it."


def release(
    course: Course,
    units: Iterable[str],
    overwrite: bool = False,
    say: Say = lambda text: None,
) -> Iterator[str]:
    """Builds units and generates the students' notebooks.

    The course's gradebook is neither needed nor touched, so that a unit can be rewritten while
    submissions to its earlier form are in there.

    Args:
        units: names of units, or of assignments that are written as notebooks.
        overwrite: write over notebooks that somebody edited since the last build.
        say: called with a sentence if a notebook was replaced, and kept.

    Yields:
        Each unit's name, once its students' notebooks are there.

    Raises:
        CourseError: if nbgrader refuses, with its words, or somebody edited a notebook.
    """
    with tempfile.TemporaryDirectory(dir=_state(course)) as folder:
        for unit in units:
            if text_of(course, unit).is_file():
                build(course, unit, overwrite, say)
            made = Path(folder, "made")
            _generate(course, unit, _no_gradebook(course, Path(folder)), made)
            _take(course, unit, made / unit, overwrite, say)
            put_beside(course, unit, say)
            Ledger(course.state / SAME).record(unit, f"{_version(course, unit)} same")
            yield unit


def made_now(course: Course, unit: str, db_url: str = "") -> dict[str, Any]:
    """The students' notebooks that the sources would make; nothing that is there is touched.

    Args:
        unit: the unit's name.
        db_url: the gradebook that is to know its cells; "" for none.

    Returns:
        Name → notebook.

    Raises:
        CourseError: if they cannot be made.
    """
    with tempfile.TemporaryDirectory(dir=_state(course)) as folder:
        source = Path(folder) / "source" / unit
        source.mkdir(parents=True)
        for name, path in source_notebooks(course, unit).items():
            shutil.copyfile(path, source / f"{name}.ipynb")
        if text_of(course, unit).is_file():
            (source / f"{unit}.ipynb").write_text(source_content(course, unit), "utf-8")
        into = Path(folder) / "made"
        url = db_url or _no_gradebook(course, Path(folder))
        _generate(course, unit, url, into, source_directory=source.parent)
        return {name: read_notebook(path) for name, path in _notebooks(into / unit).items()}


def made_as_released(course: Course, unit: str) -> bool:
    """Whether the sources would make what was released; remembered, since nbgrader is slow.

    Raises:
        CourseError: if they cannot be made.
    """
    version, ledger = _version(course, unit), Ledger(course.state / SAME)
    if ledger.version(unit) not in (f"{version} same", f"{version} changed"):
        released = released_notebooks(course, unit)
        there = {name: read_notebook(path) for name, path in released.items()}
        agree = same(made_now(course, unit), there)
        ledger.record(unit, f"{version} {'same' if agree else 'changed'}")
    return ledger.holds(unit, f"{version} same")


def _version(course: Course, unit: str) -> str:
    """A hash of all that decides whether the sources would make what was released."""
    total, sources = hashlib.sha256(), source_notebooks(course, unit)
    if text_of(course, unit).is_file():
        sources.pop(unit, None)
        total.update(source_content(course, unit).encode())
    for path in (*sources.values(), *released_notebooks(course, unit).values()):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:24]


def same(some: Mapping[str, Any], others: Mapping[str, Any]) -> bool:
    """Whether notebooks are the same, in what counts."""
    return {name: content(one) for name, one in some.items()} == {
        name: content(one) for name, one in others.items()
    }


def has_source(course: Course, unit: str) -> bool:
    """Whether there is a text or a notebook that a unit's released notebooks are made from."""
    return text_of(course, unit).is_file() or bool(source_notebooks(course, unit))


def _take(course: Course, unit: str, made: Path, overwrite: bool, say: Say) -> None:
    """Copies what was generated and has changed.

    nbgrader empties the folder that it generates into, and somebody may keep notes there.
    """
    target = course.directory("release", ".", unit)
    for path in sorted(made.rglob("*")):
        to = target / path.relative_to(made)
        if path.suffix == ".ipynb" and path.parent == made:
            remember_added(course, unit, to, path)
            write_notebook(course, to, path.read_bytes(), CHANGE_THE_SOURCE, overwrite, say)
        elif path.is_file() and (not to.is_file() or to.read_bytes() != path.read_bytes()):
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)


def _state(course: Course) -> Path:
    course.state.mkdir(exist_ok=True)
    return course.state


def _notebooks(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob("*.ipynb"))}


def _no_gradebook(course: Course, folder: Path) -> str:
    """The address of a gradebook that nobody needs, in a folder that will go.

    nbgrader takes seconds to make one, so that an empty one is kept.
    """
    from nbgrader import __version__
    from nbgrader.api import Gradebook

    file = folder / "gradebook.db"
    kept = course.state / f"empty-{__version__}.db"
    if not kept.is_file():
        course.api  # noqa: B018  (it finds nbgrader's alembic)
        Gradebook(f"sqlite:///{file}").close()
        replace_file(kept, file.read_bytes())
    elif not file.is_file():
        shutil.copyfile(kept, file)
    return f"sqlite:///{file}"


def _generate(course: Course, unit: str, db_url: str, into: Path, **folders: Path) -> None:
    """Runs nbgrader's generate step on other folders of the course than its configuration's."""
    places = {"release_directory": into, **folders}
    own = {name: str(path.relative_to(course.root)) for name, path in places.items()}
    api = course.api_on(db_url=db_url, **own)
    if api.config.GenerateAssignment.get("post_convert_hook") == RELEASE_OWN:
        # It would write into the course's own folder, whatever this step writes into.
        api.config.GenerateAssignment.post_convert_hook = None
    result = api.generate_assignment(unit, force=True, create=True)
    if not result["success"]:
        raise _refusal(unit, result.get("log", ""), result["error"], course.state)


def _refusal(unit: str, log: str, error: str, folder: Path) -> BaseException:
    """What stopped nbgrader's step, from its log and the traceback that it kept for itself."""
    if error.rstrip().endswith("KeyboardInterrupt"):
        return KeyboardInterrupt()
    if f"[Errno {errno.ENOSPC}]" in log + error:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
    # The log holds a traceback, whose last line says it.
    raised = re.findall(r"^ +[\w.]+: .+$", log, re.MULTILINE)
    return CourseError(f"nbgrader could not generate {unit}: {(raised or [log])[-1].strip()}")
