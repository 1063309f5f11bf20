"""A student's page: nothing of a submission runs in the browser, nothing hidden is in it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bs4 import BeautifulSoup
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, answered, code_cell
from workflows.browser import axe_violations, chromium_page
from workflows.support import Run

from autograder.course.secret import hidden_seed
from autograder.exercises import find
from autograder.feedback.words import feedback
from autograder.grading.hidden_inputs import hidden_inputs
from autograder.inside.asking import put_question
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge

# The error behind the sigmoid, where the one before it belongs.
WRONG = BACKWARD.replace("np.outer(da2, z1)", "np.outer(db * beta, z1)")
SIGN = "document.title = 'taken over'"
MARKDOWN = (
    f'<script>{SIGN}</script>\n\n<img src=x onerror="{SIGN}">\n\n[x](javascript:{SIGN})\n\n'
    f'<svg onload="{SIGN}"></svg>\n\n<iframe srcdoc="<script>parent.{SIGN}</script>"></iframe>'
    f"\n\n[entity](java&#115;cript:{SIGN}) [colon](javascript&colon;{SIGN}) "
    f"[data](data:text/html,{SIGN})\n\n[later]\n\n[later]: &#x6a;avascript:{SIGN}\n\n"
    "![outside](https://outside.example/pixel.png) ![none](attachment:none.png)\n\n"
    f"$$\\href{{java&#115;cript:{SIGN}}}{{x}}$$\n\f$$ \r ![](//outside.example/again.png) $$"
)
FEEDBACK = "course-bp-feedback"
OUTPUTS = f"""
from IPython.display import HTML, Javascript, SVG, display
display(HTML("<script>{SIGN}</script><img src=x onerror=\\"{SIGN}\\">"), Javascript("{SIGN}"))
display(SVG(data="<svg xmlns='http://www.w3.org/2000/svg' onload=\\"{SIGN}\\"></svg>"))
display({{"text/html": "<script>{SIGN}</script>", "text/latex": "</script><script>{SIGN}</script>",
         "text/markdown": "<script>{SIGN}</script>", "text/plain": "<script>{SIGN}</script>"}},
        raw=True)
print("</pre><script>{SIGN}</script>")
raise ValueError("</pre><script>{SIGN}</script>")
"""


@pytest.fixture(scope="module")
def course(built_course: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    course = Path(shutil.copytree(built_course, tmp_path_factory.mktemp("feedback") / "course"))
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    hostile = answered(released, FORWARD, f"# </pre><script>{SIGN}</script>\n{BACKWARD}")
    hostile["cells"] += [
        {"cell_type": "markdown", "source": MARKDOWN, "metadata": {}, "id": "words"},
        code_cell(OUTPUTS),
    ]
    for student, notebook in (("eve", hostile), ("ada", answered(released, FORWARD, WRONG))):
        path = course / "submitted" / student / UNIT / f"{UNIT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook))
    assert run("course-bp", "grade", UNIT, "--no-pages", cwd=course).returncode == 0
    done = run("course-bp", "feedback", UNIT, cwd=course)
    assert (done.returncode, done.stdout) == (0, "wrote 2 pages into feedback/\n"), done.stderr
    return course


def test_nothing_of_a_submission_runs_in_the_browser(course: Path, tmp_path: Path) -> None:
    file = course / "feedback" / "eve" / UNIT / f"{UNIT}.html"
    assert "taken over" in file.read_text("utf-8")  # What she wrote is there, as text.
    with chromium_page(tmp_path / "profile") as page:
        page.goto(file.as_uri())
        page.wait_for_load_state("load")
        assert page.title() == UNIT
        assert page.locator("[onerror], [onload], iframe, object, embed").count() == 0
        links = page.locator("a[href]").evaluate_all("all => all.map(one => one.protocol)")
        assert set(links) == {"file:"}
        assert page.locator("script").count() == 0


def test_the_page_is_whole_without_a_network(course: Path, tmp_path: Path) -> None:
    file = course / "feedback" / "eve" / UNIT / f"{UNIT}.html"
    with chromium_page(tmp_path / "profile") as page:
        page.goto(file.as_uri())
        page.wait_for_load_state("networkidle")
        assert page.asked == [file.as_uri()]
        # A fraction of the given text is drawn as one: its numerator stands above the other.
        fraction = page.locator("mfrac").first
        above, below = (fraction.locator("> *").nth(place).bounding_box() for place in (0, 1))
        assert above["y"] + above["height"] / 2 < below["y"]
        assert axe_violations(page, ("serious", "critical")) == []


@pytest.mark.parametrize("student", ["eve", "ada"])
def test_a_phone_scrolls_what_is_wide_and_not_the_page(
    course: Path, tmp_path: Path, student: str
) -> None:
    with chromium_page(tmp_path / "profile") as page:
        page.set_viewport_size({"width": 420, "height": 900})
        page.goto((course / "feedback" / student / UNIT / f"{UNIT}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 420
        assert axe_violations(page, ("serious", "critical")) == []
        for inside in ("table", "math[display=block]"):
            boxes = page.get_by_role("group").filter(has=page.locator(f"> {inside}")).all()
            hidden = "one => one.scrollWidth - one.clientWidth"
            widest = max(boxes, key=lambda one: one.evaluate(hidden))
            assert widest.evaluate(hidden) > 0
            widest.press("ArrowRight")
            handle = widest.element_handle()
            page.wait_for_function("one => one.scrollLeft > 0", arg=handle)


def test_each_link_of_the_contents_says_where_it_leads(course: Path) -> None:
    page = (course / "feedback" / "ada" / UNIT / f"{UNIT}.html").read_text("utf-8")
    links = BeautifulSoup(page, "html.parser").select("#toc a")
    assert len(links) > 2
    for link in links:
        target = str(link["href"]).removeprefix("#").removeprefix("comment-")
        assert words_of(link)[-1] == target
    assert len({link.get_text() for link in links}) == len(links)


@pytest.mark.parametrize("student", ["eve", "ada"])
def test_no_hidden_input_or_reference_value_is_in_the_page(
    course: Path, run: Run, student: str
) -> None:
    page = (course / "feedback" / student / UNIT / f"{UNIT}.html").read_text("utf-8")
    assert ("✗" in page) == (student == "ada")
    secret = bytes.fromhex(secret_of(run, course))
    looked_for = 0
    for id in ("quiz2.forward", "quiz2.backward"):
        exercise = find(id)
        drawn = draw_inputs(exercise, hidden_seed(secret, id))
        for probe, inputs in zip(exercise.probes, drawn, strict=True):
            if probe.fixed:
                continue
            for value in [*inputs.values(), *vars(exercise.solve(inputs)).values()]:
                for number in np.ravel(value).astype(float):
                    # As many digits as NumPy prints; fewer may stand in a page by chance.
                    if len(digits := f"{number:.9g}"[:-1]) > 9:
                        looked_for += 1
                        assert digits not in page
    assert looked_for > 100


def test_page_html_and_text_carry_the_same_words(course: Path, run: Run) -> None:
    exercise = find("quiz2.backward")
    space = {"np": np}
    exec(FORWARD + WRONG, space)
    drawn = hidden_inputs(exercise, bytes.fromhex(secret_of(run, course)))
    answer = space["quiz2_backward"]
    asked = [put_question(exercise.ask, answer, one, exercise.asked) for one in drawn]
    told = feedback(judge(exercise, drawn, asked))
    assert "looks like the derivative σ′ of the activation is left out" in " ".join(
        told.text.split()
    )
    page = (course / "feedback" / "ada" / UNIT / f"{UNIT}.html").read_text("utf-8")
    shown = [words_of(div) for div in BeautifulSoup(page, "html.parser")(class_=FEEDBACK)]
    (html,) = BeautifulSoup(told.html, "html.parser")(class_=FEEDBACK)
    assert words_of(html) in shown
    assert words_of(html) == told.text.split()


def words_of(element: Any) -> list[str]:
    return str(element.get_text(" ")).split()


def secret_of(run: Run, course: Path) -> str:
    """The secret that the commands used, as the doctor names its file."""
    findings = json.loads(run("course-bp", "doctor", "--json", cwd=course).stdout)
    found = next(finding["found"] for finding in findings if finding["name"] == "secret")
    return Path(found.split(",")[0]).read_text("ascii")
