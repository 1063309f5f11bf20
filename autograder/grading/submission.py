"""Reading what a student handed in, whatever it is."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from autograder.files import clean
from autograder.files.handed_in import read_file

MAX_BYTES = 32 * 2**20
MAX_CELLS = 2_000
MAX_SOURCE = 500_000
MAX_SOURCES = 4_000_000
# Lists and dicts: each takes 30 times the bytes it was written with.
MAX_CONTAINERS = 2_000_000
# Of other notebooks, so many are named.
MOST_NAMES = 5
MOST_LOOKED_AT = 5_000
# Of folders, so many levels and so many at each are looked into for a notebook.
MAX_DEPTH = 3
MAX_FOLDERS = 50
# Of headings.
LEVELS = 6


class Unreadable(Exception):
    """There is no notebook to grade; the message says why, for the TA."""


class NotHandedIn(Unreadable):
    """Of a unit with several notebooks, this one is not there."""


class NoPermission(Unreadable):
    """What was handed in may not be read by this user, whatever it is."""


@dataclass(frozen=True)
class Cell:
    """A cell as it was handed in, as far as it counts.

    Args:
        kind: "code", "markdown" or "raw".
        source: its text.
        id: nbformat's cell id, or "".
        grade_id: nbgrader's id, or "".
    """

    kind: str
    source: str
    id: str = ""
    grade_id: str = ""


def notebook_paths(folder: Path) -> list[Path]:
    """The notebooks of a submission, whatever they are; links are listed and not followed.

    Args:
        folder: the folder that was handed in.

    Returns:
        Their paths, in order; those of folders in it only if it holds none itself.
    """
    level = [folder]
    for _ in range(MAX_DEPTH):
        found: list[Path] = []
        inner: list[Path] = []
        for each in level:
            for name, is_folder in _names_in(each):
                if name.startswith((".", "__MACOSX")):
                    continue
                if is_folder:
                    inner.append(each / name)
                elif is_notebook_name(name):
                    found.append(each / name)
        if found:
            return sorted(found)
        level = sorted(inner)[:MAX_FOLDERS]
    return []


def is_notebook_name(name: str) -> bool:
    """Whether a file's name ends as a notebook's does, in whatever case.

    Some browsers add an ending of their own when they save a notebook.
    """
    return name.casefold().endswith((".ipynb", ".ipynb.json", ".ipynb.txt"))


def _names_in(folder: Path) -> list[tuple[str, bool]]:
    """The names in a folder and which are folders; none if they cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return [
                (entry.name, entry.is_dir(follow_symlinks=False))
                for entry in islice(entries, MOST_LOOKED_AT)
            ]
    except OSError:
        return []


def read_submission(path: Path, within: Path) -> list[Cell]:
    """Reads a notebook that was handed in.

    Args:
        path: the notebook.
        within: the folder that it must really lie in, links resolved.

    Returns:
        Its cells.

    Raises:
        Unreadable: if it is missing, a link, too large, or not a notebook.
        NoPermission: if this user may not read it.
    """
    name = clean.name(path.name)
    try:
        about = path.lstat()
    except PermissionError:
        raise NoPermission("the folder that it was handed in with cannot be read.") from None
    except OSError:
        raise Unreadable(f"there is no {name} in the submission; {_found_beside(path)}.") from None
    refuse_links(path, within)
    if not stat.S_ISREG(about.st_mode):
        raise Unreadable(f"{name} is not a file.")
    size = about.st_size
    if size > MAX_BYTES:
        raise Unreadable(
            f"{name} is too large ({size / 2**20:.0f} MiB of at most {MAX_BYTES / 2**20:.0f}); "
            "clear its outputs and hand it in again."
        )
    content = read_file(path, MAX_BYTES)
    if content is None:
        may_read = os.access(path, os.R_OK)
        raise (Unreadable if may_read else NoPermission)(f"{name} cannot be read.")
    return parse_submission(content, name)


def _found_beside(path: Path) -> str:
    try:
        with os.scandir(path.parent) as entries:
            found = [entry.name for entry in islice(entries, MOST_LOOKED_AT)]
    except OSError:
        return "its folder cannot be read"
    names = sorted(name for name in found if is_notebook_name(name))
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    listed = ", ".join(map(clean.name, names[:MOST_NAMES]))
    return f"it holds {listed}{more}" if names else "it does not hold a notebook"


def refuse_links(path: Path, within: Path) -> None:
    """Refuses a notebook that is not the student's own file.

    Raises:
        Unreadable: if the path, or a folder on the way, leads elsewhere.
    """
    expected = within.resolve() / path.relative_to(within)
    try:
        leads_elsewhere = path.is_symlink() or path.resolve() != expected
    except (OSError, RuntimeError):  # Links that lead in a circle.
        leads_elsewhere = True
    if leads_elsewhere:
        raise Unreadable(
            f"{clean.name(path.name)} is a link to another place, and links are not followed."
        )


def parse_submission(content: bytes, name: str) -> list[Cell]:
    """Reads the bytes of a notebook.

    Args:
        content: the bytes.
        name: the file's name, for messages.

    Returns:
        Its cells.

    Raises:
        Unreadable: if they are not a notebook.
    """
    if not content.strip():
        raise Unreadable(f"{name} is empty.")
    if content.count(b"[") + content.count(b"{") > MAX_CONTAINERS:
        raise Unreadable(f"{name} has too many parts; clear its outputs and hand it in again.")
    try:
        notebook = json.loads(content)
    except (ValueError, RecursionError) as error:
        reason = f"it cannot be read as JSON ({clean.line(str(error), 120)})"
        raise Unreadable(f"{name} is not a notebook: {reason}.") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) and isinstance(notebook, dict):
        sheets = notebook.get("worksheets")
        cells = _cells_of_sheets(sheets) if isinstance(sheets, list) else None
    if not isinstance(cells, list):
        raise Unreadable(f"{name} is JSON, but not a notebook: it has no list of cells.")
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"{name} has {len(cells)} cells; at most {MAX_CELLS} are graded.")
    read = [_read_cell(cell) for cell in cells if isinstance(cell, dict)]
    if any(len(cell.source) > MAX_SOURCE for cell in read):
        raise Unreadable(f"{name} has a cell of more than {MAX_SOURCE} characters.")
    if sum(len(cell.source) for cell in read) > MAX_SOURCES:
        raise Unreadable(f"{name} has cells of more than {MAX_SOURCES} characters together.")
    return read


def _read_cell(cell: dict[str, Any]) -> Cell:
    metadata = cell.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    kind = cell.get("cell_type")
    return Cell(
        kind=kind if kind in ("code", "markdown") else "raw",
        source=_joined(cell.get("source")),
        id=_text(cell.get("id")),
        grade_id=_text(mark.get("grade_id")) if isinstance(mark, dict) else "",
    )


def _cells_of_sheets(sheets: list[Any]) -> list[Any]:
    """The cells of the format before 2015, as they are named today; as far as they are any.

    nbformat's own conversion compares everything with a schema first, which can take an hour, and
    writes as many signs in front of a heading as the file says.
    """
    found: list[Any] = []
    for sheet in sheets:
        cells = sheet.get("cells") if isinstance(sheet, dict) else None
        found += cells if isinstance(cells, list) else []
    return [_of_today(cell) if isinstance(cell, dict) else cell for cell in found]


def _of_today(cell: dict[str, Any]) -> dict[str, Any]:
    kind, source = cell.get("cell_type"), cell.get("source")
    if kind == "code":
        return {**cell, "source": cell.get("input")}
    if kind == "heading":
        level = cell.get("level")
        signs = "#" * (level if type(level) is int and 1 <= level <= LEVELS else 1)
        return {**cell, "cell_type": "markdown", "source": f"{signs} {_joined(source)}"}
    return {**cell, "cell_type": "markdown"} if kind == "html" else cell


def _joined(source: Any) -> str:
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return _text(source)


def _text(value: Any) -> str:
    """A string that can be written as UTF-8."""
    if not isinstance(value, str):
        return ""
    return value.encode("utf-8", "replace").decode("utf-8")
