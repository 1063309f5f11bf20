"""nbgrader's formgrader on an assignment of two notebooks: points by hand in both count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from browser.conftest import Server, serve
from browser.formgrader_pages import CDN, only, row, run, wait_for, what_goes_amiss
from playwright.sync_api import Page
from workflows.exam import ESSAY, EXAM, FIRST, MEAN, RIGHT, SECOND, SKETCH, hand_in, make_course

from autograder.course.folder import Course
from autograder.records.gradebook import read_unit

# By the grader: 2 and 1.5 in the first notebook, 3 in the second.
BY_HAND: Mapping[str, Mapping[str, str]] = {
    FIRST: {"why": "3"},
    SECOND: {"sketch": "1.5", "poster": "2"},
}
TOTAL = 2 + 1.5 + 3 + 3 + 1.5 + 2


@pytest.fixture
def formgrader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Jupyter server in a course folder with one graded submission of two notebooks."""
    home = tmp_path_factory.mktemp("formgrader")
    course = make_course(home / "course")
    run("nbgrader", "generate_assignment", EXAM, cwd=course)
    answers = {
        FIRST: {"square": RIGHT, "why": ESSAY},
        SECOND: {"mean": MEAN, "sketch": SKETCH},
    }
    hand_in(course, "ada", answers)
    run("course-bp", "grade", EXAM, "--no-pages", cwd=course)
    with serve(home, course) as server:
        yield server


def test_both_notebooks_can_be_opened_and_points_by_hand_count_in_the_total(
    formgrader: Server, page: Page
) -> None:
    page.route("**/*", lambda route: only(formgrader.address, route))
    amiss = what_goes_amiss(page)
    address = f"{formgrader.address}/formgrader"
    page.goto(f"{address}/manage_assignments?token={formgrader.token}")
    row(page, EXAM)
    page.goto(f"{address}/gradebook/{EXAM}")
    for notebook in (FIRST, SECOND):
        row(page, notebook)
    for notebook, given in BY_HAND.items():
        page.goto(f"{address}/gradebook/{EXAM}/{notebook}")
        page.locator("#main-table a.name-hidden").click()
        page.wait_for_function("window.formgrader && formgrader.grades && formgrader.grades.loaded")
        for cell, points in given.items():
            score = page.locator(f"#{cell}")
            assert score.input_value() == ""
            with page.expect_response(lambda reply: reply.request.method == "PUT") as saved:
                score.fill(points)
                score.blur()
            assert saved.value.ok
    page.goto(f"{address}/manage_submissions/{EXAM}")
    wait_for(row(page, "ada"), f"{TOTAL:g} / 16")
    (ada,) = read_unit(Course.at(formgrader.root), EXAM).submissions
    assert (ada.total, ada.waiting) == (TOTAL, [])
    assert {words for words in amiss if "MathJax" not in words and CDN not in words} == set()
