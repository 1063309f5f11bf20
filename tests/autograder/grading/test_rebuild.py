"""The notebook to grade: released cells, the student's solutions, nothing else that counts."""

from __future__ import annotations

import tracemalloc
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.grading import rebuild as rebuilding
from autograder.grading.rebuild import ADDED_LATER, rebuild
from autograder.grading.submission import MAX_SOURCE, Cell, Unreadable


def mark(grade_id: str, **changes: Any) -> dict[str, Any]:
    base = {"grade_id": grade_id, "grade": False, "solution": False, "locked": True}
    return {"nbgrader": {**base, **changes}}


STUB = "def f(x):\n    raise NotImplementedError"
RELEASED = new_notebook(
    cells=[
        new_markdown_cell("# Title", id="title"),
        new_code_cell("import numpy as np", id="imports", metadata=mark("imports")),
        new_code_cell("a = 1", id="plain"),
        new_code_cell(STUB, id="f", metadata=mark("f", solution=True, locked=False)),
        new_code_cell('check("f", f)', id="f-check", metadata=mark("f-check", grade=True)),
        new_code_cell("plot()", id="plot", metadata={"tags": ["explore"]}),
    ]
)
MINE = "def f(x):\n    return x"


def handed_in(**changes: str) -> list[Cell]:
    """The released cells, some with another text."""
    return [
        Cell(
            cell.cell_type,
            changes.get(cell.id.replace("-", "_"), cell.source),
            cell.id,
            cell.metadata.get("nbgrader", {}).get("grade_id", ""),
        )
        for cell in RELEASED.cells
    ]


def sources(cells: list[Cell]) -> list[str]:
    return [cell.source for cell in rebuild(RELEASED, cells).notebook.cells]


EXPECTED = [cell.source for cell in RELEASED.cells]
SOLVED = [MINE if source == STUB else source for source in EXPECTED]


def test_a_solution_is_put_in() -> None:
    assert sources(handed_in(f=MINE)) == SOLVED
    assert rebuild(RELEASED, handed_in(f=MINE)).untouched == frozenset()


def test_the_released_notebook_stays_as_it_is() -> None:
    rebuild(RELEASED, handed_in(f=MINE)).notebook.cells[3].source = "x"
    assert [cell.source for cell in RELEASED.cells] == EXPECTED


def test_an_untouched_cell_is_known_as_such() -> None:
    assert rebuild(RELEASED, handed_in()).untouched == {"f"}
    assert rebuild(RELEASED, handed_in(f=STUB + "  \n\n")).untouched == {"f"}


def test_locked_and_test_cells_are_restored() -> None:
    built = rebuild(RELEASED, handed_in(f=MINE, f_check="2.0", imports="numpy = None"))
    assert [cell.source for cell in built.notebook.cells] == SOLVED
    assert "f-check was edited" in built.remarks[-1]


def test_an_open_cell_that_was_changed_runs_beside_the_given_one() -> None:
    assert sources(handed_in(plain="a = 2\nhelp = 3"))[2:4] == ["a = 1", "a = 2\nhelp = 3"]


def test_a_changed_cell_that_only_explores_does_not() -> None:
    assert sources(handed_in(plot="plot(1000)")) == EXPECTED


def test_own_cells_stay_in_place() -> None:
    cells = handed_in(f=MINE)
    cells.insert(0, Cell("code", "first"))
    cells.insert(4, Cell("code", "helper"))
    cells.append(Cell("code", "last"))
    assert sources(cells) == ["first", *SOLVED[:3], "helper", *SOLVED[3:], "last"]


def test_own_cells_have_no_metadata_and_no_html() -> None:
    cells = [*handed_in(), Cell("markdown", "<script>x</script>"), Cell("code", "1", "", "f2")]
    text, code = rebuild(RELEASED, cells).notebook.cells[-2:]
    assert text.source == "    <script>x</script>"
    assert code.metadata == {}


@pytest.mark.parametrize("strip", [{"grade_id": ""}, {"grade_id": "", "id": ""}])
def test_a_cell_without_ids_is_found_by_what_it_says(strip: dict[str, str]) -> None:
    cells = [replace(cell, **strip) for cell in handed_in(f=MINE)]
    built = rebuild(RELEASED, cells)
    assert [cell.source for cell in built.notebook.cells] == SOLVED
    assert "f had lost its id; it was found by its text." in built.remarks


def test_of_two_copies_the_last_that_was_worked_on_counts() -> None:
    solution = Cell("code", MINE, "", "f")
    for extra in (Cell("code", STUB, "x", "f"), Cell("code", MINE, "y", "f")):
        cells = [cell for cell in handed_in() if cell.id != "f"]
        cells[3:3] = [solution, extra]
        built = rebuild(RELEASED, cells)
        assert [cell.source for cell in built.notebook.cells] == SOLVED
        assert built.remarks == ("f appeared more than once; one copy counts.",) or (
            "f had lost" not in " ".join(built.remarks)
        )


def test_two_halves_of_a_split_cell_both_run() -> None:
    cells = handed_in(f=MINE)
    cells.insert(3, Cell("code", "def helper(): pass", "z", "f"))
    assert sources(cells)[3:5] == ["def helper(): pass", MINE]


def test_missing_cells_are_put_back_and_never_with_the_solution() -> None:
    built = rebuild(RELEASED, [Cell("markdown", "a note"), Cell("code", "", "f-check")])
    assert [cell.source for cell in built.notebook.cells] == ["    a note", *EXPECTED]
    assert len([remark for remark in built.remarks if "was missing" in remark]) == 2


def test_cells_that_came_later_are_nobodys_fault() -> None:
    released = deepcopy(RELEASED)
    for cell in released.cells:
        if cell.id in ("imports", "f"):
            cell.metadata[ADDED_LATER] = True
    cells = [cell for cell in handed_in() if cell.id not in ("imports", "f")]
    built = rebuild(released, cells)
    words = "came into the unit after this notebook was handed out; it was added."
    assert built.remarks == (f"imports {words}", f"f {words}")
    # A person decides about an answer that nobody was asked for.
    assert built.untouched == frozenset()
    assert all(ADDED_LATER not in cell.metadata for cell in built.notebook.cells)
    assert rebuild(released, handed_in()).untouched == {"f"}


def test_a_notebook_without_any_marked_cell_is_nobodys_copy() -> None:
    plain = new_notebook(cells=[new_markdown_cell("read this", id="a")])
    assert rebuild(plain, [Cell("markdown", "something else", "b")]).untouched == frozenset()


def test_a_notebook_that_is_no_copy_of_the_unit_is_refused() -> None:
    with pytest.raises(Unreadable, match="not a copy of the unit"):
        rebuild(RELEASED, [Cell("markdown", "only a note"), Cell("code", "print(1)")])


def test_a_retyped_cell_counts_as_what_it_was() -> None:
    cells = [replace(c, kind="markdown") if c.id == "f" else c for c in handed_in(f=MINE)]
    built = rebuild(RELEASED, cells)
    assert built.notebook.cells[3].cell_type == "code"
    assert built.notebook.cells[3].source == MINE
    assert "turned into a markdown cell" in " ".join(built.remarks)


def test_the_released_order_counts() -> None:
    built = rebuild(RELEASED, handed_in(f=MINE)[::-1])
    assert [cell.source for cell in built.notebook.cells] == SOLVED
    assert "a different order" in " ".join(built.remarks)


CELLS = st.lists(
    st.builds(
        Cell,
        kind=st.sampled_from(["code", "markdown", "raw"]),
        source=st.sampled_from([*EXPECTED, MINE, "2.0", "", "def f(:", "own"]),
        id=st.sampled_from(["", "f", "f-check", "plain", "imports", "new"]),
        grade_id=st.sampled_from(["", "f", "f-check", "imports", "unknown"]),
    ),
    max_size=8,
)


@given(CELLS)
@settings(max_examples=80)
def test_whatever_is_handed_in_each_released_cell_is_there_once_in_order(cells: list[Cell]) -> None:
    built = rebuild(RELEASED, [*cells, Cell("code", "own", "f-check")]).notebook
    given_ids = [cell.id for cell in built.cells if not cell.id.startswith("own-")]
    assert given_ids == [cell.id for cell in RELEASED.cells]
    assert len({cell.id for cell in built.cells}) == len(built.cells)
    for cell, released in zip(
        (cell for cell in built.cells if not cell.id.startswith("own-")),
        RELEASED.cells,
        strict=True,
    ):
        assert cell.metadata == released.metadata
        assert cell.cell_type == released.cell_type
        assert cell.id == "f" or cell.source == released.source


ESSAY = new_notebook(
    cells=[
        new_markdown_cell(
            "YOUR ANSWER HERE", id="why", metadata=mark("why", grade=True, solution=True)
        )
    ]
)


def essay(text: str) -> str:
    (cell,) = rebuild(ESSAY, [Cell("markdown", text, "why", "why")]).notebook.cells
    assert cell.cell_type == "markdown"
    return str(cell.source)


def test_an_essay_is_kept_as_it_was_written() -> None:
    text = "Because *every* rule needs them:\n\n- the value\n- (and the) slope!"
    assert essay(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "a <script>alert(1)</script>",
        "![seen](http://example.org/x.png)",
        "[here][1]\n\n[1]: x",
        "https://example.org",
        r"$\href{javascript:alert(1)}{x}$",
        "&lt;b&gt;",
    ],
)
def test_an_essay_that_could_act_on_its_reader_is_shown_letter_by_letter(text: str) -> None:
    assert essay(text) == "\n".join(f"    {line}" for line in text.splitlines())


def test_an_essay_that_was_not_begun_is_untouched() -> None:
    cells = [Cell("markdown", "YOUR ANSWER HERE", "why", "why")]
    assert rebuild(ESSAY, cells).untouched == {"why"}


def test_nothing_of_a_notebook_is_kept_after_it() -> None:
    def rebuild_large(number: int) -> None:
        own = [Cell("code", f"x = '{number}{n}{'a' * MAX_SOURCE}'"[:MAX_SOURCE]) for n in range(4)]
        rebuild(RELEASED, [*(one for one in handed_in() if one.id != "f"), *own])

    rebuild_large(0)
    tracemalloc.start()
    try:
        for number in range(10):
            rebuild_large(number)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < MAX_SOURCE


def test_each_cell_without_an_id_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    bare = rebuilding.bare

    def counted(text: str) -> str:
        seen.append(text)
        return bare(text)

    monkeypatch.setattr(rebuilding, "bare", counted)
    notes = [f"note = {number}" for number in range(50)]
    sources([Cell("code", note) for note in notes] + handed_in(f=MINE)[-2:])
    assert {note: seen.count(note) for note in notes} == dict.fromkeys(notes, 1)
