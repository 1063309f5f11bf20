"""A practice question in JupyterLab: typed numbers, the keyboard, the next question."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser.accessibility import grave_faults
from browser.conftest import Server
from browser.notebook_pages import run_all
from playwright.sync_api import BrowserContext, Locator, Page

from autograder.practice.session import _PracticeCall

CELL = 'from autograder.practice import practice\npractice("graphs", level=1, seed=2)'


@pytest.fixture(scope="module")
def page(server: Server, context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    page.goto(server.lab(server.write("practice.ipynb", CELL)))
    run_all(page)
    yield page
    page.close()


@pytest.fixture
def form(page: Page) -> Locator:
    found = page.locator(".course-bp-form")
    found.get_by_role("button", name="Check").wait_for()
    return found


def test_typed_numbers_are_judged_and_a_letter_is_not_taken_for_a_command(
    page: Page, form: Locator
) -> None:
    task = _PracticeCall()("graphs", level=1, seed=2)
    right = task.question.exercise.solve(task.inputs)
    cells = page.locator(".jp-Cell").count()
    first = form.get_by_label(task.asked[0], exact=True)
    first.focus()
    page.keyboard.type("b")  # which a notebook would take for a new cell
    page.keyboard.press("Enter")
    form.get_by_role("status").get_by_text("is not a number").wait_for()
    for name in task.asked:
        form.get_by_label(name, exact=True).fill(f"{getattr(right, name):.3g}")
    form.get_by_role("button", name="Check").click()
    form.get_by_role("status").get_by_text("parts are right").wait_for()
    assert page.locator(".jp-Cell").count() == cells


def test_the_formula_is_typeset_and_the_graph_drawn(page: Page, form: Locator) -> None:
    question = page.locator(".course-bp-practice")
    question.locator("mjx-container").first.wait_for()
    assert question.locator("svg.bp-svg g.bp-node").count() >= 4


def test_axe_finds_no_grave_fault_in_the_form(page: Page, form: Locator) -> None:
    assert grave_faults(page, ".course-bp-form") == []


def test_next_shows_another_function(page: Page, form: Locator) -> None:
    code = page.locator(".course-bp-practice pre")
    before = code.inner_text()
    form.get_by_role("button", name="Next").click()
    form.get_by_role("status").get_by_text("another function").wait_for()
    assert code.inner_text() != before
    assert all(not one.input_value() for one in form.locator("input").all())
