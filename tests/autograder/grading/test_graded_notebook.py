"""A graded notebook, written and read back."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import nbformat
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.grading.graded_notebook import written

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
OUTPUTS = st.one_of(
    TEXTS.map(lambda text: new_output("stream", text=text)),
    TEXTS.map(lambda text: new_output("display_data", {"text/plain": text, "image/png": "iVBO"})),
    TEXTS.map(lambda text: new_output("execute_result", {"application/json": {"x": [text, None]}})),
    TEXTS.map(lambda text: new_output("error", ename=text, evalue="", traceback=[text, text])),
)


@given(st.lists(st.tuples(TEXTS, st.lists(OUTPUTS, max_size=3)), max_size=4))
def test_it_is_written_as_nbformat_writes_it(
    cells: list[tuple[str, list[Any]]],
) -> None:
    notebook = new_notebook(
        cells=[new_markdown_cell("# Title\n\nText", metadata={"trusted": True})]
        + [new_code_cell(text, outputs=outputs) for text, outputs in cells]
    )
    assert written(deepcopy(notebook)).decode() == nbformat.writes(notebook) + "\n"
