"""nbgrader's formgrader on a unit of ours: generated, graded, regraded, handed back by buttons."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.conftest import REPOSITORY, Server, environment, serve
from playwright.sync_api import Locator, Page, Route

from autograder.course.folder import Course
from autograder.course.new import plan_course, write_course

UNIT, STUDENT, CHECK = "02-computation-graphs", "omar", "quiz1-backward-check"
CDN = "cdnjs.cloudflare.com"


@pytest.fixture(scope="module")
def formgrader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Jupyter server in a new course folder, whose unit was not released yet."""
    home = tmp_path_factory.mktemp("formgrader")
    course = home / "course"
    write_course(plan_course(course, [UNIT], "formgrader"))
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f'c.Exchange.root = "{home / "exchange"}"\n')
    _run("course-bp", "build", "--sources-only", UNIT, cwd=course)
    with serve(home, course) as server:
        yield server


def _run(*command: str, cwd: Path) -> None:
    done = subprocess.run(
        command, cwd=cwd, env=environment(), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr


def test_generate_autograde_points_by_hand_and_feedback(formgrader: Server, page: Page) -> None:
    page.route("**/*", lambda route: _only(formgrader.address, route))  # MathJax of a CDN
    amiss = _what_goes_amiss(page)
    address = f"{formgrader.address}/formgrader"
    page.goto(f"{address}/manage_assignments?token={formgrader.token}")
    unit = _row(page, UNIT)
    assert page.locator("#main-table tr").count() == 1
    _press(page, unit.locator(".assign a"), "Successfully created the student version")

    into = str(formgrader.root / "submitted")
    released = str(formgrader.root / "notebooks")
    script = str(REPOSITORY / "examples" / "build_class.py")
    _run(
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
    student = _row(page, STUDENT)
    assert "needs autograding" in student.inner_text()
    _press(page, student.locator(".autograde a"), f"Successfully autograded '{UNIT}'")
    _wait_for(student, "8.5 / 14")
    assert "needs autograding" in _row(page, "ada").inner_text()

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
    student = _row(page, STUDENT)
    _press(page, student.locator(".autograde a"), f"Successfully autograded '{UNIT}'")
    _wait_for(student, "10 / 14")
    assert _scores(formgrader.root) == (1.0, 2.5, 10.0)

    said_so = f"Successfully generated feedback for '{UNIT}' for student '{STUDENT}'"
    _press(page, student.locator(".generate-feedback a"), said_so)
    written = formgrader.root / "feedback" / STUDENT / UNIT / f"{UNIT}.html"
    assert "a path missing at the fan-out of c" in written.read_text("utf-8")
    assert "<script" not in written.read_text("utf-8")
    # Without the network formgrader's own template misses MathJax, and nothing else is amiss.
    assert {words for words in amiss if "MathJax" not in words and CDN not in words} == set()


def _what_goes_amiss(page: Page) -> list[str]:
    """What the browser will complain of from now on: errors in scripts, and answers of failure."""
    amiss: list[str] = []
    page.on("pageerror", lambda error: amiss.append(str(error)))
    page.on(
        "console",
        lambda said: amiss.append(f"{said.text} {said.location}") if said.type == "error" else None,
    )
    page.on("response", lambda reply: amiss.append(reply.url) if reply.status >= 400 else None)
    return amiss


def _only(address: str, route: Route) -> None:
    if route.request.url.startswith(address):
        route.continue_()
    else:
        route.abort()


def _row(page: Page, word: str) -> Locator:
    """The row of a table that has this word, once it is there."""
    found = page.locator("#main-table tr").filter(has=page.get_by_text(word, exact=True))
    found.wait_for()
    return found


def _wait_for(row: Locator, words: str) -> None:
    row.get_by_text(words, exact=True).wait_for()


def _press(page: Page, button: Locator, words: str) -> None:
    """Presses a button, waits for what formgrader says of it, and puts that away."""
    button.click()
    said = page.locator(".modal.in")
    said.wait_for()
    assert words in said.inner_text()
    said.get_by_role("button", name="OK").click()
    said.wait_for(state="detached")


def _scores(course: Path) -> tuple[float, float, float]:
    """(by the grader, by hand, of the whole unit), read from the gradebook."""
    with Course.at(course).gradebook() as gradebook:
        submission = gradebook.find_submission(UNIT, STUDENT)
        (grade,) = (one for one in submission.notebooks[0].grades if one.name == CHECK)
        return grade.auto_score, grade.manual_score, submission.score
