"""Rebuilds the notebook to grade: the released cells with the student's solutions put in.

Only the text of the student's solution cells counts, and code cells of the student's own, which
are kept in place. Tags, metadata, the order of the given cells, and changes to them do not.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from autograder.grading.submission import Cell, Unreadable

EXPLORE = "explore"
# Marks a released cell that came into the notebook after students had got it.
ADDED_LATER = "course_bp_added_later"
# What HTML, a link, a picture or a formula is written with.
ACTING = re.compile(r"[<>&\[\]\\$]|://|www\.")


@dataclass(frozen=True)
class Rebuilt:
    """A notebook ready to be graded.

    Args:
        notebook: an nbformat notebook without outputs.
        remarks: what was repaired, a sentence each.
        untouched: ids of the solution cells that are as they were released.
    """

    notebook: Any
    remarks: tuple[str, ...]
    untouched: frozenset[str]


@dataclass
class _Matching:
    """Which submitted cell stands for which released one.

    Args:
        chosen: released index → submitted index.
        spare: submitted indices that count as further copies of a released cell.
        remarks: what was noticed.
    """

    chosen: dict[int, int] = field(default_factory=dict)
    spare: dict[int, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def rebuild(released: Any, cells: Sequence[Cell]) -> Rebuilt:
    """Puts a student's solutions into the released notebook.

    Args:
        released: the notebook that students got; it stays as it is.
        cells: what was handed in.

    Returns:
        The notebook to grade, with remarks on all that was repaired.

    Raises:
        Unreadable: if not one marked cell of the unit can be found in it.
    """
    matching = _match(released.cells, cells)
    if any(map(_grade_id, released.cells)) and not _marked(released, matching):
        raise Unreadable(
            "the notebook has none of the unit's check cells or solution cells: it "
            "is not a copy of the unit."
        )
    notebook = _own_copy(released)
    extras, remarks = _extras(released.cells, cells, matching)
    built = list(extras.get(-1, ()))
    untouched = set()
    for index, cell in enumerate(notebook.cells):
        submitted = cells[matching.chosen[index]] if index in matching.chosen else None
        name = _grade_id(cell)
        later = cell.metadata.pop(ADDED_LATER, False)
        if _is_solution(cell):
            if submitted is None and later:
                pass  # Nobody was asked, so that nothing was left undone.
            elif submitted is None or _same_text(submitted.source, cell.source):
                untouched.add(name)
            else:
                text = submitted.source
                cell.source = text if cell.cell_type == "code" else _harmless(text)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        built += [cell, *extras.get(index, ())]
    notebook.cells = built
    return Rebuilt(notebook, tuple(dict.fromkeys(remarks)), frozenset(untouched))


def _own_copy(released: Any) -> Any:
    """The released notebook, of which grading may change cells and their metadata.

    Copying everything in them as well takes longer than rebuilding.
    """
    notebook = type(released)(released)
    notebook.metadata = deepcopy(released.metadata)
    notebook.cells = [type(cell)(cell) for cell in released.cells]
    for cell in notebook.cells:
        cell.metadata = type(cell.metadata)(cell.metadata)
    return notebook


def matched_ids(released: Any, cells: Sequence[Cell]) -> frozenset[str]:
    """Which of a unit's check cells and solution cells are in a notebook.

    Args:
        released: the notebook that students got.
        cells: the notebook's cells.

    Returns:
        nbgrader's ids.
    """
    return _marked(released, _match(released.cells, cells))


def _marked(released: Any, matching: _Matching) -> frozenset[str]:
    marks = (released.cells[index].metadata.get("nbgrader", {}) for index in matching.chosen)
    kinds = ("grade", "solution", "task")
    return frozenset(str(mark["grade_id"]) for mark in marks if any(map(mark.get, kinds)))


def bare(text: str) -> str:
    """A text without space at the ends of its lines, and without empty lines around it."""
    return "\n".join(map(str.rstrip, text.strip().splitlines()))


def is_explore(cell: Any) -> bool:
    """Whether a released cell only explores and is not run when grading."""
    return EXPLORE in cell.metadata.get("tags", [])


def _match(released: Sequence[Any], cells: Sequence[Cell]) -> _Matching:
    matching = _Matching()
    by_grade_id = {_grade_id(cell): i for i, cell in enumerate(released) if _grade_id(cell)}
    by_id = {cell.get("id"): i for i, cell in enumerate(released) if cell.get("id")}
    candidates: dict[int, list[int]] = {}
    for number, cell in enumerate(cells):
        index = by_grade_id.get(cell.grade_id, by_id.get(cell.id))
        if index is not None:
            candidates.setdefault(index, []).append(number)
    taken = {number for numbers in candidates.values() for number in numbers}
    # Every cell may be looked at for every given one; what it says is kept no longer than that.
    stripped, defined = cache(bare), cache(_defined)
    for index, given in enumerate(released):
        if index not in candidates and (found := _by_text(given, cells, taken, stripped, defined)):
            candidates[index] = found
            taken.update(found)
    for index, numbers in sorted(candidates.items()):
        chosen = _best(released[index], cells, numbers)
        matching.chosen[index] = chosen
        matching.spare |= {number: index for number in numbers if number != chosen}
    return matching


def _by_text(
    given: Any,
    cells: Sequence[Cell],
    taken: set[int],
    stripped: Callable[[str], str],
    defined: Callable[[str], frozenset[str]],
) -> list[int]:
    """Submitted cells without ids that are a given cell by what they say."""
    free = [number for number in range(len(cells)) if number not in taken]
    text = stripped(given.source)
    same = [n for n in free if text and stripped(cells[n].source) == text]
    if same or not _is_solution(given):
        return same[:1]
    names = defined(given.source)
    return [n for n in free if names and names <= defined(cells[n].source)][-1:]


def _best(given: Any, cells: Sequence[Cell], numbers: Sequence[int]) -> int:
    """The copy that counts: the last one that is not as it was released."""
    worked_on = [n for n in numbers if not _same_text(cells[n].source, given.source)]
    return worked_on[-1] if worked_on and _is_solution(given) else numbers[-1]


def _extras(
    released: Sequence[Any], cells: Sequence[Cell], matching: _Matching
) -> tuple[dict[int, list[Any]], list[str]]:
    """The student's own cells by the released cell that they follow, and remarks on repairs."""
    place = {number: index for index, number in matching.chosen.items()}
    extras: dict[int, list[Any]] = {}
    remarks = [
        f"{_grade_id(given)} {_why_missing(given)}"
        for index, given in enumerate(released)
        if _grade_id(given) and index not in matching.chosen
    ]
    anchor = -1
    order = [place[number] for number in sorted(place)]
    if order != sorted(order):
        remarks.append("The given cells were in a different order; the released order counts.")
    for number, cell in enumerate(cells):
        index = place.get(number)
        if index is not None:
            anchor = index
            given = released[index]
            remarks += _repairs(given, cell)
            keep = _is_own_version(given, cell)
        elif number in matching.spare:
            given = released[matching.spare[number]]
            twin = cells[matching.chosen[matching.spare[number]]]
            name = _grade_id(given)
            remarks += [f"{name} appeared more than once; one copy counts."] if name else []
            keep = _is_solution(given) and not (
                _same_text(cell.source, given.source) or _same_text(cell.source, twin.source)
            )
        else:
            if cell.grade_id:
                remarks.append(f"A cell with the unknown id {_tame(cell.grade_id)} earns nothing.")
            keep = True
        if keep and cell.source.strip():
            own = _own_cell(cell, number)
            extras.setdefault(anchor, []).extend([own] if own else [])
    return extras, remarks


def _why_missing(given: Any) -> str:
    if given.metadata.get(ADDED_LATER):
        return "came into the unit after this notebook was handed out; it was added."
    return "was missing; it was put in as it was released."


def _repairs(given: Any, cell: Cell) -> list[str]:
    name = _grade_id(given)
    if not name:
        return []
    remarks = []
    if not cell.grade_id:
        remarks.append(f"{name} had lost its id; it was found by its text.")
    if cell.kind != given.cell_type:
        remarks.append(
            f"{name} was turned into a {cell.kind} cell; it counts as {given.cell_type}."
        )
    if not _is_solution(given) and not _same_text(cell.source, given.source):
        remarks.append(f"{name} was edited; the released text counts.")
    return remarks


def _is_own_version(given: Any, cell: Cell) -> bool:
    """Whether a student's version of an open given cell is kept beside the given one."""
    return (
        not _grade_id(given) and not is_explore(given) and not _same_text(cell.source, given.source)
    )


def _own_cell(cell: Cell, number: int) -> Any:
    from nbformat.v4 import new_code_cell, new_markdown_cell

    if cell.kind == "code":
        return new_code_cell(cell.source, id=f"own-{number}")  # type: ignore[no-untyped-call]
    if cell.kind == "markdown":
        return new_markdown_cell(_verbatim(cell.source), id=f"own-{number}")  # type: ignore[no-untyped-call]
    return None


def _harmless(answer: str) -> str:
    """An answer in Markdown as it was written, or letter by letter if it could act on a reader."""
    return _verbatim(answer) if ACTING.search(answer) else answer


def _verbatim(text: str) -> str:
    # As an indented block it is shown letter by letter. Rendered, its HTML, its links however
    # they are spelled, its formulas and its pictures would act in the browser of the TA.
    return "\n".join(f"    {line}" for line in text.splitlines())


def _grade_id(cell: Any) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _is_solution(cell: Any) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def _same_text(one: str, other: str) -> bool:
    return one == other or bare(one) == bare(other)


def _defined(source: str) -> frozenset[str]:
    """The functions and classes that a cell defines at its top."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    named = (node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef))
    return frozenset(node.name for node in named)


def _tame(text: str) -> str:
    return "".join(c if c.isalnum() or c in "-_." else "?" for c in text[:60])
