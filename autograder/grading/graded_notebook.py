"""A graded notebook in autograded/: how it is written, and what it says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.course.marks import grade_id
from autograder.feedback.result import VERDICT_MIME
from autograder.files import clean
from autograder.files.ledger import replace_file
from autograder.grading.remarks import Remark, of_all, remark_of

NOTES_ID = "notes-of-the-grader"
# In the metadata of a graded notebook: the name of the file that was handed in.
HANDED_IN = "handed_in"


@dataclass(frozen=True)
class StoredNotebook:
    """A graded notebook, read, or all those of a submission.

    Args:
        verdicts: exercise id → the verdict that the grader left there as data; with several
            notebooks, theirs stands in front: "part-2/quiz1.backward".
        answers: nbgrader's id of a solution cell → the student's code; the same.
        remarks: the grader's notes on the notebook as a whole.
        by_cell: nbgrader's id of the graded cell → verdict, of one notebook alone.
        handed_in: the name of the file that was handed in, of one notebook alone; "" if it is not
            known.
    """

    verdicts: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    by_cell: dict[str, dict[str, Any]] = field(default_factory=dict)
    handed_in: str = ""


def written(notebook: Any) -> bytes:
    """A graded notebook as nbformat would write it.

    nbformat copies the whole notebook and validates it first, which takes most of its time.

    Args:
        notebook: the notebook; its texts are split into lines, so that it is used up.

    Returns:
        JSON with a line feed at its end.
    """
    from nbformat.v4.nbjson import BytesEncoder
    from nbformat.v4.rwbase import split_lines, strip_transient

    text = json.dumps(
        strip_transient(split_lines(notebook)),  # type: ignore[no-untyped-call]
        cls=BytesEncoder,
        indent=1,
        sort_keys=True,
        separators=(",", ": "),
        ensure_ascii=False,
    )
    return f"{text}\n".encode()


def set_notes(notebook: Any, remarks: Iterable[Remark]) -> None:
    """Puts remarks in front of a notebook, in the place of those that are there.

    Args:
        notebook: the notebook, or its JSON.
        remarks: on it as a whole.
    """
    from nbformat.v4 import new_markdown_cell

    kept = list(dict.fromkeys(remarks))
    notebook["cells"] = [cell for cell in notebook["cells"] if cell.get("id") != NOTES_ID]
    if kept:
        text = "**Notes from the grader**\n\n" + "\n".join(
            f"- {clean.markdown(remark.text)}" for remark in kept
        )
        data = {"course_bp": {"remarks": [remark.as_data() for remark in kept]}}
        notes = new_markdown_cell(text, id=NOTES_ID, metadata=data)  # type: ignore[no-untyped-call]
        notebook["cells"].insert(0, notes)


def add_notes(path: Path, remarks: Iterable[Remark]) -> None:
    """Puts more remarks in front of those of a graded notebook.

    Raises:
        OSError: if it cannot be written.
    """
    from nbformat import from_dict

    earlier = read_graded(path).remarks
    notebook = json.loads(path.read_bytes())
    set_notes(notebook, [*remarks, *earlier])
    replace_file(path, written(from_dict(notebook)))  # type: ignore[no-untyped-call]


def read_graded(path: Path) -> StoredNotebook:
    """Reads a graded notebook.

    Args:
        path: autograded/STUDENT/UNIT/UNIT.ipynb.

    Returns:
        What it says; nothing if it is not there.
    """
    if not path.is_file():
        return StoredNotebook()
    found = StoredNotebook()
    remarks: tuple[Remark, ...] = ()
    notebook = json.loads(path.read_bytes())
    for cell in notebook["cells"]:
        mark = cell["metadata"].get("nbgrader", {})
        source = cell["source"]
        text = source if isinstance(source, str) else "".join(source)
        if cell.get("id") == NOTES_ID:
            remarks = _remarks(cell["metadata"])
        if mark.get("solution") and cell["cell_type"] == "code":
            found.answers[mark["grade_id"]] = text
        if mark.get("grade"):
            for output in cell.get("outputs", []):
                verdict = output.get("data", {}).get(VERDICT_MIME)
                if isinstance(verdict, dict) and isinstance(verdict.get("summary"), list):
                    found.by_cell[str(mark["grade_id"])] = verdict
    asked = Counter(str(verdict["exercise"]) for verdict in found.by_cell.values())
    for name, verdict in found.by_cell.items():
        exercise = str(verdict["exercise"])
        found.verdicts[exercise if asked[exercise] == 1 else name] = verdict
    handed_in = notebook.get("metadata", {}).get("course_bp", {}).get(HANDED_IN, "")
    return replace(found, remarks=remarks, handed_in=str(handed_in))


def read_graded_all(paths: Mapping[str, Path]) -> StoredNotebook:
    """Reads the graded notebooks of a submission, or other notebooks of a unit, as one.

    Args:
        paths: name → notebook, for every notebook of the unit.

    Returns:
        What they say together.
    """
    read = {name: read_graded(path) for name, path in paths.items()}
    if len(read) == 1:
        return next(iter(read.values()))
    return StoredNotebook(
        {f"{name}/{id}": one for name, found in read.items() for id, one in found.verdicts.items()},
        {f"{name}/{id}": one for name, found in read.items() for id, one in found.answers.items()},
        of_all({name: found.remarks for name, found in read.items()}),
    )


def answer_of(exercise: str, name: str) -> str:
    """The name of the student's answer to an exercise among `StoredNotebook.answers`.

    Args:
        exercise: the exercise's id.
        name: its name among `StoredNotebook.verdicts`.
    """
    notebook, slash, _ = name.rpartition("/")
    return f"{notebook}{slash}{grade_id(exercise)}"


def _remarks(metadata: dict[str, Any]) -> tuple[Remark, ...]:
    found = map(remark_of, metadata.get("course_bp", {}).get("remarks", []))
    return tuple(remark for remark in found if remark is not None)


def released_order(path: Path) -> list[str]:
    """The ids of nbgrader's cells in the order of a released notebook.

    Args:
        path: the notebook.

    Returns:
        The ids; none if there is no notebook.
    """
    if not path.is_file():
        return []
    marks = [
        cell["metadata"].get("nbgrader", {}) for cell in json.loads(path.read_bytes())["cells"]
    ]
    return [mark["grade_id"] for mark in marks if "grade_id" in mark]
