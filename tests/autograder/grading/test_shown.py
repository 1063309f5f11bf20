"""What a graded notebook shows of text that was made to be a burden to whoever shows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.files import clean
from autograder.grading import shown
from autograder.nbgrader_plugins.student_page import StudentPage

PIECES = st.sampled_from(["x", ".", "\n", "é", "[", "\x1b[1m", " ", "\ud800", "\u0301"])
TEXTS = st.lists(
    st.tuples(st.lists(PIECES, min_size=1, max_size=5), st.integers(1, 40_000)), max_size=6
).map(lambda parts: "".join("".join(piece) * many for piece, many in parts))


def bounded(*sources: str) -> list[str]:
    cells = [new_code_cell(source) for source in sources]  # type: ignore[no-untyped-call]
    shown.bound(cells)
    return [cell.source for cell in cells]


@given(st.lists(TEXTS, max_size=8))
def test_no_text_is_longer_than_somebody_could_read(sources: list[str]) -> None:
    found = bounded(*sources)
    assert sum(map(len, found)) <= shown.MAX_NOTEBOOK + len(found)
    assert max(map(len, found), default=0) <= shown.MAX_CELL
    lines = [line for text in found for line in text.split("\n")]
    assert max(map(len, lines), default=0) <= shown.MAX_LINE


def test_an_honest_notebook_stays_as_it_is() -> None:
    source = "x = np.array([1.0, 2.0])  # é\n" * 1_000
    assert bounded(*[source] * 10) == [source] * 10


def test_what_is_cut_says_so() -> None:
    first, second, *_, last = bounded("." * 500_000, "a\n" * 400_000, *["b\n" * 90_000] * 3, "cc")
    assert first == "." * (shown.MAX_LINE - 1) + clean.CUT
    assert second.endswith((f"a{clean.CUT}", f"\n{clean.CUT}"))
    assert last == clean.CUT


@pytest.mark.parametrize("piece", [".", "[", "![", "f'", "\\N{", "def ", "*a ", "`", "> "])
def test_its_page_comes_to_an_end(piece: str) -> None:
    text = piece * 250_000
    cells = [
        new_code_cell(text),  # type: ignore[no-untyped-call]
        new_markdown_cell(text),  # type: ignore[no-untyped-call]
        new_markdown_cell(f"    {text}"),  # type: ignore[no-untyped-call]
    ]
    shown.bound(cells)
    page, _ = StudentPage().from_notebook_node(new_notebook(cells=cells))  # type: ignore[no-untyped-call]
    assert clean.CUT in page
