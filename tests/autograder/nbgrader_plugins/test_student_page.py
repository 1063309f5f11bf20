"""Formulas of the students' pages."""

from __future__ import annotations

from xml.etree import ElementTree

import nbformat
import pytest
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from workflows.support import REPOSITORY

from autograder.nbgrader_plugins.student_page import _Renderer, mathml


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
