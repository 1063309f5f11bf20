"""The student's page: nbgrader's feedback page as one file that needs no script and no network.

nbgrader's template asks a content delivery network for MathJax. Here formulas are written as MathML
(MathML Core, which browsers have drawn themselves since 2023), by the library latex2mathml, and the
macro that would load MathJax carries the page's style sheet. Its score of an answer that nobody has
read yet is 0; here it is none. nbgrader_config.py names the exporter
as `c.GenerateFeedback.exporter_class`, for `nbgrader generate_feedback`, formgrader's button and
`course-bp` alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from jinja2 import DictLoader, pass_context
from latex2mathml.converter import convert
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from traitlets import default

from autograder.files import clean
from autograder.grading import own_time
from autograder.nbgrader_plugins import safe_names  # noqa: F401  (It puts our search in place.)

# Commands that latex2mathml lacks, in words that it has.
LACKING = (
    (r"\\arg(?![A-Za-z])", r"\\operatorname{arg}"),
    (r"(\\[Bb]igg?[lr]?)\s*\\(?:\||[lr]?Vert(?![A-Za-z]))", r"\1‖"),
)
MATHML = "{http://www.w3.org/1998/Math/MathML}"
ELEMENTS = {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msub", "msup", "msubsup", "munder",
    "mover", "munderover", "mfrac", "msqrt", "mroot", "mstyle", "mtable", "mtr", "mtd",
}  # fmt: skip
ATTRIBUTES = {
    "display", "displaystyle", "scriptlevel", "mathvariant", "stretchy", "minsize", "maxsize",
    "width", "accent", "fence", "form", "columnalign",
}  # fmt: skip
# Whose code in Markdown is coloured.
LANGUAGES = {"python", "python3", "py", "ipython", "ipython3", "bash", "sh", "console"}
# nbgrader's list of the graded cells, where one link reads as the next: "Test cell".
CONTENTS = '<div id="toc">'
LINK = re.compile(r'<a href="#(?:comment-)?(?P<id>[\w.-]+)">[^<]+(?=</a>)')
# nbgrader's words for the score of a cell, in that list and above the cell itself.
ZERO = "Score: 0.0 / "
UNREAD = tuple(
    before + re.escape(ZERO) + r"(?P<points>[\d.]+)"
    for before in (
        r'(<a href="#{id}">[^<]*</a> \()',
        r'(<a name="(?:comment-)?{id}"></a>(?:(?!<a name=)[\s\S])*?)',
    )
)
# MathML Core knows no bold but CSS's. nbgrader's links are too pale to read, its boxes scroll,
# which a keyboard cannot do, and its headings do not grow with the score in a narrow window.
STYLE = """\
{%- macro mathjax(url="") -%}
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
.highlight, .highlight pre, div.input_area { background: #fff !important; }
math { font-size: 1.1em; }
.course-bp-wide { display: block; margin: 0.6em 0; overflow-x: auto; overflow-y: hidden; }
mi[mathvariant="bold"], mn[mathvariant="bold"] { font-weight: bold; text-transform: none; }
pre { white-space: pre-wrap !important; overflow: visible !important; }
.rendered_html code { overflow-wrap: anywhere; }
.rendered_html th, .rendered_html td { padding: 0.2em 0.8em 0.2em 0; }
div.nbgrader_cell .panel-heading { display: flow-root; height: auto !important; }
.panel-heading a[href] { color: #1a4a73 !important; text-decoration: underline; }
.panel-primary > .panel-heading a[href] { color: #fff !important; }
.panel-primary > .panel-heading { background-color: #2a6496; }
</style>
{%- endmacro %}
"""


class StudentPage(HTMLExporter):
    """nbconvert's exporter with formulas as MathML."""

    @default("extra_loaders")
    def _own_macro(self) -> list[DictLoader]:
        return [DictLoader({"mathjax.html.j2": STYLE})]

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Markdown as HTML, as nbconvert's filter does, apart from formulas and heading links."""
        attachments = context.get("cell", {}).get("attachments", {})
        renderer = _Renderer(escape=False, attachments=attachments, exclude_anchor_links=True)
        return str(MarkdownWithMath(renderer=renderer).render(source))

    def from_notebook_node(  # type: ignore[override]
        self, nb: Any, resources: Any = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page, which says its language and its links' aims to whoever reads it aloud."""
        try:
            with own_time.limited(own_time.SECONDS):
                page, resources = super().from_notebook_node(nb, resources, **options)
        except own_time.OutOfTime:
            raise RuntimeError("showing this notebook takes too long") from None
        for cell in waiting(resources) if ZERO in page else ():
            for words in UNREAD:
                place = words.format(id=re.escape(cell))
                page = re.sub(place, r"\1Not graded yet: \g<points> points", page, count=1)
        before, contents, after = page.partition(CONTENTS)
        linked, end, rest = after.partition("</ol>")
        page = before + contents + LINK.sub(r"\g<0>: \g<id>", linked) + end + rest
        return page.replace("<html>", f'<html lang="{self.language_code}">', 1), resources


def waiting(resources: Mapping[str, Any]) -> list[str]:
    """The cells of a student's notebook that have no score yet: a person must grade them.

    Args:
        resources: what nbconvert was told of the notebook.

    Returns:
        nbgrader's ids.
    """
    from nbgrader.api import Gradebook

    from autograder.records.recording import is_waiting

    about = resources.get("nbgrader")
    if not about:
        return []  # It is not the page of a student.
    with Gradebook(about["db_url"]) as gradebook:
        names = (about["notebook"], about["assignment"], about["student"])
        grades = gradebook.find_submission_notebook(*names).grades
        return [one.name for one in grades if is_waiting(one)]


class _Renderer(IPythonRenderer):
    def inline_math(self, body: str) -> str:
        return mathml(body, "inline")

    def block_math(self, body: str) -> str:
        return _scrolling("span", "Formula", mathml(body, "block"))

    def latex_environment(self, name: str, body: str) -> str:
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def block_code(self, code: str, info: str | None = None) -> str:
        """Code in Markdown: in colours, but not by whichever of 500 grammars a student names."""
        language = (info or "").strip().split(" ")[0]
        return str(super().block_code(code, language if language in LANGUAGES else None))

    def table(self, text: str) -> str:
        return _scrolling("div", "Table", f"<table>\n{text}</table>\n")


def _scrolling(tag: str, name: str, content: str) -> str:
    """A box that scrolls by itself, by keyboard too, so that the page need not.

    A formula's box is a `span`, since it stands in a paragraph.
    """
    box = f'class="course-bp-wide" role="group" aria-label="{name}" tabindex="0"'
    return f"<{tag} {box}>{content}</{tag}>"


@lru_cache(maxsize=4096)
def mathml(tex: str, display: str) -> str:
    """A formula in MathML.

    Args:
        tex: the formula, without its dollar signs.
        display: "inline" or "block".

    Returns:
        A `<math>` element, or the TeX itself as `<code>` where it cannot be converted.
    """
    written = tex.strip()
    for lacking, instead in LACKING:
        written = re.sub(lacking, instead, written)
    try:
        found = str(convert(written, display=display))
        if _is_formula(ElementTree.fromstring(found)):
            return found
    except Exception:  # Whatever is wrong with a formula, its text can still be read.
        pass
    return f"<code>{clean.html(tex)}</code>"


def _is_formula(drawn: ElementTree.Element) -> bool:
    """Whether all of it is MathML: the library leaves HTML in a formula's text as it is."""
    return all(
        part.tag.removeprefix(MATHML) in ELEMENTS
        and ATTRIBUTES.issuperset(part.attrib)
        and "\\" not in (part.text or "")
        for part in drawn.iter()
    )
