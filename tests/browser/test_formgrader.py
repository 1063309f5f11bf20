"""nbgrader's formgrader on a unit of ours: generated, graded, regraded, handed back by buttons."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.conftest import REPOSITORY, Server, serve
from browser.formgrader_pages import CDN, only, press, row, run, wait_for, what_goes_amiss
from playwright.sync_api import Page

from autograder.course.folder import Course
from autograder.course.new import plan_course, write_course

UNIT, STUDENT, CHECK = "02-computation-graphs", "omar", "quiz1-backward-check"


@pytest.fixture(scope="module")
def formgrader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Jupyter server in a new course folder, whose unit was not released yet."""
    home = tmp_path_factory.mktemp("formgrader")
    course = home / "course"
    write_course(plan_course(course, [UNIT], "formgrader"))
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f'c.Exchange.root = "{home / "exchange"}"\n')
    run("course-bp", "build", "--sources-only", UNIT, cwd=course)
    with serve(home, course) as server:
        yield server


def test_generate_autograde_points_by_hand_and_feedback(formgrader: Server, page: Page) -> None:
    page.route("**/*", lambda route: only(formgrader.address, route))  # MathJax of a CDN
    amiss = what_goes_amiss(page)
    address = f"{formgrader.address}/formgrader"
    page.goto(f"{address}/manage_assignments?token={formgrader.token}")
    unit = row(page, UNIT)
    assert page.locator("#main-table tr").count() == 1
    press(page, unit.locator(".assign a"), "Successfully created the student version")

    into = str(formgrader.root / "submitted")
    released = str(formgrader.root / "notebooks")
    script = str(REPOSITORY / "examples" / "build_class.py")
    run(
        sys.executable,
        script,
        "--into",
        into,
        "--unit",
        UNIT,
        "--notebooks",
        released,
        cwd=formgrader.root,
    )
    page.goto(f"{address}/manage_submissions/{UNIT}")
    student = row(page, STUDENT)
    assert "needs autograding" in student.inner_text()
    press(page, student.locator(".autograde a"), f"Successfully autograded '{UNIT}'")
    wait_for(student, "8.5 / 14")
    assert "needs autograding" in row(page, "ada").inner_text()

    page.goto(f"{address}/gradebook/{UNIT}/{UNIT}")
    page.locator("#main-table a.name-hidden").click()
    score = page.locator(f"#{CHECK}")
    page.wait_for_function("window.formgrader && formgrader.grades && formgrader.grades.loaded")
    assert (score.get_attribute("placeholder"), score.input_value()) == ("1", "")
    assert (
        "a path missing at the fan-out of c"
        in page.locator("#notebook-container").first.inner_text()
    )
    with page.expect_response(lambda reply: reply.request.method == "PUT") as saved:
        score.fill("2.5")
        score.blur()
    assert saved.value.ok
    assert _scores(formgrader.root) == (1.0, 2.5, 10.0)

    page.goto(f"{address}/manage_submissions/{UNIT}")
    student = row(page, STUDENT)
    press(page, student.locator(".autograde a"), f"Successfully autograded '{UNIT}'")
    wait_for(student, "10 / 14")
    assert _scores(formgrader.root) == (1.0, 2.5, 10.0)

    said_so = f"Successfully generated feedback for '{UNIT}' for student '{STUDENT}'"
    press(page, student.locator(".generate-feedback a"), said_so)
    written = formgrader.root / "feedback" / STUDENT / UNIT / f"{UNIT}.html"
    assert "a path missing at the fan-out of c" in written.read_text("utf-8")
    assert "<script" not in written.read_text("utf-8")
    # Without the network formgrader's own template misses MathJax, and nothing else is amiss.
    assert {words for words in amiss if "MathJax" not in words and CDN not in words} == set()


def _scores(course: Path) -> tuple[float, float, float]:
    """(by the grader, by hand, of the whole unit), read from the gradebook."""
    with Course.at(course).gradebook() as gradebook:
        submission = gradebook.find_submission(UNIT, STUDENT)
        (grade,) = (one for one in submission.notebooks[0].grades if one.name == CHECK)
        return grade.auto_score, grade.manual_score, submission.score
