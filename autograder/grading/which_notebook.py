"""Which of the notebooks that were handed in is the unit's, whatever it is called.

Browsers, learning platforms and JupyterLab rename what students hand in, and students rename it
too. So the name is a hint, and the content decides:

- A copy of the unit that holds answers counts, if it has the unit's name or is the only such copy.
  If it has another name, a remark says so.
- A copy without answers cannot earn anything. So it does not keep a worked copy beside it from
  being graded: whoever keeps both has handed in the work. The same goes for one that cannot be
  read.
- If several copies hold different answers and none has the unit's name, a person decides; the
  message names the likeliest.
- The notebook of another unit is refused by that unit's name.

Of a unit with several notebooks, each is found by these rules among the files that may be it
(`several_notebooks.py`). If there is none, it was not handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from unicodedata import normalize

from autograder.files import clean
from autograder.grading.rebuild import rebuild
from autograder.grading.several_notebooks import named_notebook, owner, plain_name
from autograder.grading.submission import (
    Cell,
    NoPermission,
    NotHandedIn,
    Unreadable,
    notebook_paths,
    read_submission,
)
from autograder.grading.unit_of_notebook import Expected, restored_ids, texts_of, unit_of

# Of many notebooks, so many are read, and so many named.
MAX_READ = 12
MOST_NAMED = 5


@dataclass(frozen=True)
class HandedInNotebook:
    """The notebook that counts.

    Args:
        path: the file.
        cells: its cells.
        remarks: what is unusual about it, a sentence each.
    """

    path: Path
    cells: tuple[Cell, ...]
    remarks: tuple[str, ...] = ()


def find_notebook(path: Path, within: Path, expected: Expected) -> HandedInNotebook:
    """Finds and reads the notebook of a unit among those that were handed in.

    Args:
        path: where it should be.
        within: the folder that it must really lie in, links resolved.
        expected: what it should be.

    Returns:
        The notebook that counts.

    Raises:
        Unreadable: if there is none, or a person must decide which one.
        NotHandedIn: if there is none, but the unit has others.
        NoPermission: if this user may not read one of them.
    """
    paths = notebook_paths(path.parent)
    named = next((one for one in paths if one.name == path.name), None) or next(
        (one for one in paths if plain_name(one.name) == plain_name(path.name)), None
    )
    if not paths:
        try:
            return HandedInNotebook(path, tuple(read_submission(path, within)))
        except NoPermission:
            raise
        except Unreadable as problem:
            raise (NotHandedIn if expected.siblings else Unreadable)(str(problem)) from None
    # The one of the unit's name is read in any case.
    first = [named] if named else []
    chosen = [*first, *(one for one in paths if one != named)][:MAX_READ]
    copies = [_Copy.read(one, within, expected) for one in chosen]
    if expected.siblings:
        copies = _not_siblings(copies, expected)
    return _decide(copies, named, path.name, expected)


def _not_siblings(copies: Sequence[_Copy], expected: Expected) -> list[_Copy]:
    """The files that may be this notebook, and not another of the unit."""
    released = {expected.name: expected.released, **expected.siblings}
    ours = ("", expected.name)
    kept = [copy for copy in copies if owner(copy.path.name, copy.cells, released) in ours]
    # What has no cell of the unit and none of its names is a note of the student's own.
    notes = [
        copy
        for copy in kept
        if not (copy.why or copy.unit) and not named_notebook(copy.path.name, list(released))
    ]
    found = [copy for copy in kept if copy not in notes]
    if not found:
        names = _some([copy.name for copy in notes])
        beside = f": {names} beside it is not a copy" if notes else ""
        raise NotHandedIn(f"there is no {clean.code(expected.name)} in the submission{beside}.")
    return found


@dataclass(frozen=True)
class _Copy:
    """A notebook that was handed in.

    Args:
        cells: its cells; none if it cannot be read.
        why: why not.
        unit: the unit that it is a copy of, or "".
    """

    path: Path
    cells: tuple[Cell, ...]
    why: str
    unit: str
    expected: Expected

    @classmethod
    def read(cls, path: Path, within: Path, expected: Expected) -> _Copy:
        try:
            cells = tuple(read_submission(path, within))
        except NoPermission:
            raise
        except Unreadable as problem:
            return cls(path, (), str(problem), "", expected)
        return cls(path, cells, "", unit_of(cells, expected), expected)

    @property
    def name(self) -> str:
        return clean.code(self.path.name)

    @cached_property
    def answers(self) -> dict[str, str]:
        """The solution cells that are not as they were released."""
        try:
            rebuilt = rebuild(self.expected.released, list(self.cells))
        except Unreadable:  # All that it has of the unit are texts.
            return {}
        marks = ((cell, cell.metadata.get("nbgrader", {})) for cell in rebuilt.notebook.cells)
        return {
            str(mark["grade_id"]): cell.source
            for cell, mark in marks
            if mark.get("solution") and mark["grade_id"] not in rebuilt.untouched
        }

    @cached_property
    def own(self) -> frozenset[str]:
        """The texts in it that were not released.

        A cell that grading restores is not the student's, and may have hidden tests by now.
        """
        restored = restored_ids(self.expected.released)
        mine = texts_of(cell for cell in self.cells if cell.grade_id not in restored)
        return mine - texts_of(self.expected.released.cells)


def _decide(
    copies: Sequence[_Copy], named: Path | None, name: str, expected: Expected
) -> HandedInNotebook:
    ours = [copy for copy in copies if copy.unit == expected.unit]
    exact = next((copy for copy in copies if copy.path == named), None)
    other_case = exact is not None and normalize("NFC", exact.path.name) != normalize("NFC", name)
    spelled = [f"It was handed in as {exact.name}."] if exact and other_case else []
    if not ours:
        raise Unreadable(_none_is_ours(copies, expected.unit))
    if len(copies) == 1 and exact in ours:
        return _chosen(exact, spelled)
    worked = _worked(ours)
    if exact in worked:
        beside = [copy.name for copy in worked if copy != exact]
        text = (
            f"{_some(beside)} beside it {'holds' if len(beside) == 1 else 'hold'} other answers; "
            f"only {clean.code(name)} was graded."
        )
        return _chosen(exact, [*spelled, text] if beside else spelled)
    if len(worked) > 1:
        likeliest = max(worked, key=lambda copy: (len(copy.answers), len(copy.own)))
        raise Unreadable(
            f"{_about_named(exact, name)}, and more than one notebook beside it holds answers: "
            f"{_some([copy.name for copy in worked])}. The likeliest is {likeliest.name}, with "
            f"{len(likeliest.answers)} answers. Give the one that counts the name "
            f"{clean.code(name)}."
        )
    if not worked and (broken := [copy for copy in copies if copy.why]):
        raise Unreadable(f"{broken[0].why.rstrip('.')}; {ours[0].name} beside it holds no answers.")
    if not worked and exact in ours:
        return _chosen(exact, spelled)
    best = (worked or ours)[0]
    if exact is not None:
        text = f"{_about_named(exact, name)}; {best.name} beside it was graded."
    elif expected.siblings:
        text = f"It was handed in as {best.name}; it is the only copy"
        text += " with answers." if len(copies) > 1 and worked else "."
    elif len(copies) == 1:
        text = f"It was handed in as {best.name}; the only notebook counts, whatever its name."
    else:
        text = f"{best.name} was graded, of {len(copies)} notebooks that were handed in; it is the "
        text += "only one with answers to this unit." if worked else "copy of this unit."
    return _chosen(best, [text])


def _chosen(copy: _Copy, remarks: Sequence[str]) -> HandedInNotebook:
    return HandedInNotebook(copy.path, copy.cells, tuple(remarks))


def _worked(copies: Sequence[_Copy]) -> list[_Copy]:
    """The copies that hold work of the student's own, of those with the same work the first.

    A note or a trial is work only where nobody has answered anything.
    """
    found: list[_Copy] = []
    for copy in [copy for copy in copies if copy.answers] or [copy for copy in copies if copy.own]:
        if not any(_same_work(copy, other) for other in found):
            found.append(copy)
    return found


def _same_work(one: _Copy, other: _Copy) -> bool:
    return one.answers == other.answers and one.own == other.own


def _about_named(exact: _Copy | None, name: str) -> str:
    shown = clean.code(name)
    if exact is None:
        return f"there is no {shown}"
    if exact.why:
        return f"{shown} cannot be used ({exact.why.rstrip('.')})"
    if exact.unit != exact.expected.unit:
        return f"{shown} is not a copy of {'it' if exact.expected.siblings else 'this unit'}"
    return f"{shown} holds no answers"


def _none_is_ours(copies: Sequence[_Copy], unit: str) -> str:
    words = [_what_it_is(copy) for copy in copies]
    if len(words) == 1:
        return f"{words[0]}."
    count = f"none of the {len(copies)} notebooks is a copy of {unit}"
    return f"{count}: {'; '.join(words[:MOST_NAMED])}{' …' if words[MOST_NAMED:] else ''}."


def _what_it_is(copy: _Copy) -> str:
    if copy.why:
        return copy.why.rstrip(".")
    if copy.unit:
        return f"{copy.name} is the notebook of {copy.unit}, not of {copy.expected.unit}"
    return (
        f"{copy.name} has none of the unit's check cells or solution cells: it is not a copy of "
        "the unit"
    )


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
