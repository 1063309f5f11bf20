"""The students' pages: formulas, and the score of what nobody has read yet."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from workflows.exam import code, text
from workflows.gradebook_rows import Row, write_gradebook
from workflows.support import REPOSITORY

from autograder.batch.student_pages import page_exporter
from autograder.course.folder import CONFIG_FILE, Course
from autograder.nbgrader_plugins.student_page import _Renderer, mathml
from autograder.records.recording import page_version


class Formulas(IPythonRenderer):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__(escape=False)
        self.found: set[tuple[str, str]] = set()

    def inline_math(self, body: str) -> str:
        self.found.add((body, "inline"))
        return ""

    def block_math(self, body: str) -> str:
        self.found.add((body, "block"))
        return ""


def test_every_formula_of_the_units_can_be_drawn() -> None:
    formulas = Formulas()
    for path in sorted((REPOSITORY / "notebooks").glob("*/*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                MarkdownWithMath(renderer=formulas).render(cell.source)
    assert len(formulas.found) > 500
    undrawn = [tex for tex, display in formulas.found if not mathml(tex, display).startswith("<m")]
    assert undrawn == []


def test_a_fraction_is_a_fraction() -> None:
    drawn = ElementTree.fromstring(mathml(r"\frac{\partial y}{2}", "block"))
    (fraction,) = drawn.iter("{http://www.w3.org/1998/Math/MathML}mfrac")
    assert ["".join(part.itertext()) for part in fraction] == ["∂y", "2"]


@pytest.mark.parametrize("tex", [r"\nosuchcommand x", r"\left(", "{" * 3000, "<b>"])
def test_a_formula_that_cannot_be_drawn_can_be_read(tex: str) -> None:
    drawn = mathml(tex, "inline")
    text = "".join(ElementTree.fromstring(drawn).itertext())
    assert drawn.startswith(("<code>", "<math"))
    assert tex in text


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{<img src=x onerror=alert(1)>}",
        r"\text{<script>alert(1)</script>}",
        r"\href{javascript:alert(1)}{x}",
        r"\style{background:url(//outside.example)}{x}",
        r"a \text{</math><b>}",
    ],
)
def test_a_formula_with_anything_else_in_it_stays_text(tex: str) -> None:
    drawn = ElementTree.fromstring(mathml(tex, "inline"))
    assert (drawn.tag, drawn.text, list(drawn), drawn.attrib) == ("code", tex, [], {})


@pytest.mark.parametrize("language", ["mermaid", "perl6", "html", "python-but-not-quite"])
def test_code_in_markdown_is_not_drawn_or_coloured_as_a_student_asks(language: str) -> None:
    found = _Renderer(escape=False).block_code("graph TD; a-->b\n", language)
    assert found == "<pre><code>graph TD; a--&gt;b\n</code></pre>\n"


def test_python_in_markdown_is_coloured() -> None:
    assert "<span" in _Renderer(escape=False).block_code("if True: pass\n", "python")


def test_an_answer_that_nobody_has_read_has_no_score_of_0(tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / CONFIG_FILE, tmp_path)
    course = Course.at(tmp_path)
    cells = [Row("test", 5), Row("essay", 8, "essay"), Row("poster", 2.5, "task")]
    scores = {"test": 0.0, "essay": None, "poster": None}
    write_gradebook(course, "unit", cells, {"ada": scores})
    graded = [
        code("1", "test", 5.0, grade=True, locked=True),
        text("Because.", "essay", 8.0, grade=True, solution=True),
        text("Draw.", "poster", 2.5, task=True, locked=True),
    ]
    about = {"student": "ada", "assignment": "unit", "notebook": "unit"}
    about["db_url"] = course.api.coursedir.db_url
    exporter = page_exporter(course)

    def shown() -> list[list[str]]:
        notebook = nbformat.v4.new_notebook(cells=copy.deepcopy(graded))
        page, _ = exporter.from_notebook_node(notebook, resources={"nbgrader": dict(about)})
        read = BeautifulSoup(page, "html.parser")
        places = (read.select("#toc li"), read.select(".nbgrader_cell .panel-heading .pull-right"))
        return [[" ".join(one.get_text().split()) for one in place] for place in places]

    none = ["Not graded yet: 8.0 points", "Not graded yet: 2.5 points"]
    contents, headings = shown()
    assert contents == [
        "Test cell: test (Score: 0.0 / 5.0)",
        f"Written response: essay ({none[0]})",
        f"Task: poster ({none[1]})",
    ]
    assert headings == ["Score: 0.0 / 5.0 (Top)", f"{none[0]} (Top)", f"{none[1]} (Top)"]
    with course.gradebook() as gradebook:
        before = page_version(gradebook, "unit", "ada")
        gradebook.find_grade("essay", "unit", "unit", "ada").manual_score = 0.0
        gradebook.db.commit()
        assert page_version(gradebook, "unit", "ada") != before  # So that it is written again.
    contents, headings = shown()
    assert contents[1] == "Written response: essay (Score: 0.0 / 8.0)"
    assert headings[1:] == ["Score: 0.0 / 8.0 (Top)", f"{none[1]} (Top)"]
