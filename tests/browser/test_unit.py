"""A whole unit as a learner meets it: half done in JupyterLab, solved in Notebook 7."""

from __future__ import annotations

from collections.abc import Iterator

import nbformat
import numpy as np
import pytest
from browser.accessibility import grave_faults
from browser.conftest import REPOSITORY, Server
from browser.notebook_pages import box_text, run_all
from playwright.sync_api import BrowserContext, Locator, Page

from autograder.course.sources import read_source
from autograder.exercises import EXERCISES
from course_bp import explore, grad, log, sigmoid

UNIT = "06-logistic-to-network"
WITHOUT_MINUS = """a = theta[0] + theta[1:] @ x
    y = 1 / (1 + np.exp(-a))
    return {"a": a, "y": y, "J": y_star * np.log(y) + (1 - y_star) * np.log(1 - y)}"""


@pytest.fixture(scope="module")
def learner(server: Server, context: BrowserContext) -> Iterator[Page]:
    """JupyterLab with the released unit, in which one exercise was answered wrongly."""
    path = server.root / "begun.ipynb"
    notebook = nbformat.read(REPOSITORY / "notebooks" / UNIT / f"{UNIT}.ipynb", 4)
    (cell,) = (
        c
        for c in notebook.cells
        if c.metadata.get("nbgrader", {}).get("grade_id") == "case1-forward"
    )
    assert cell.source.count("raise NotImplementedError()") == 1
    cell.source = cell.source.replace("raise NotImplementedError()", WITHOUT_MINUS)
    nbformat.write(notebook, path)
    yield from _opened(context, server.lab(path.name))


@pytest.fixture(scope="module")
def solver(server: Server, context: BrowserContext, learner: Page) -> Iterator[Page]:
    """Notebook 7 with the solved unit; opened second, for both keep one tally of progress."""
    path = server.root / "solved.ipynb"
    nbformat.write(read_source(REPOSITORY / "solutions" / UNIT / f"{UNIT}.py", EXERCISES), path)
    yield from _opened(context, server.notebook(path.name))


def _opened(context: BrowserContext, address: str) -> Iterator[Page]:
    page = context.new_page()
    page.goto(address)
    run_all(page)
    yield page
    page.close()


def titled(page: Page, title: str) -> Locator:
    """The player of this title, at its beginning."""
    picture = page.get_by_role("group", name=f"{title}: picture")
    shown = page.locator(".bp-player").filter(has=picture)
    shown.locator("svg").first.wait_for()
    shown.get_by_role("button", name="Reset").click()
    return shown


@pytest.mark.parametrize(("who", "players"), [("learner", 3), ("solver", 6)])
def test_the_unit_runs_and_shows_what_the_learner_is_ready_for(
    request: pytest.FixtureRequest, who: str, players: int
) -> None:
    page = request.getfixturevalue(who)
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert page.locator(".bp-player").count() == players
    unfinished = page.get_by_text("Your answer is not complete yet").count()
    assert (unfinished > 0) == (who == "learner")


def test_the_learners_own_lines_are_walked_by_mouse_with_the_engines_numbers(solver: Page) -> None:
    shown = titled(solver, "Case 1")
    step, count = shown.get_by_role("button", name="Step"), shown.locator(".bp-count")
    for _ in range(int(count.inner_text().split("/")[1])):
        step.click()
    assert shown.locator("[aria-live='polite']").inner_text().endswith("Your own agrees.")
    assert "✓ your grad" in box_text(shown, "θ")
    theta, x = np.array([0.3, -1.0, 2.0, 0.5]), np.array([1.0, 0.4, -2.0])
    da = float(sigmoid(theta[0] + theta[1:] @ x)) - 1.0
    assert f"∂ −{-da:.6g}" in box_text(shown, "a")
    numbers = ", ".join(f"{d:.3g}".replace("-", "−") for d in da * theta[1:])
    assert f"∂ [{numbers}]" in box_text(shown, "x")


def test_a_changed_weight_is_computed_by_the_engine(solver: Page) -> None:
    shown = titled(solver, "Case 1")
    shown.get_by_role("button", name="End").click()
    shown.get_by_label("θ[0]", exact=True).fill("1.5")
    solver.keyboard.press("Enter")
    rest = np.array([-1.0, 2.0, 0.5]) @ np.array([1.0, 0.4, -2.0])
    expected = grad(lambda bias: -log(sigmoid(bias + rest)))(1.5)
    shown.get_by_text(f"∂ −{-expected:.6g}", exact=True).first.wait_for()
    assert "your grad" not in box_text(shown, "θ")


def test_layers_fold_and_the_box_of_a_layer_shows_what_it_hands_on(solver: Page) -> None:
    shown = titled(solver, "Case 2")
    shown.get_by_label("View").select_option("layers only")
    shown.get_by_role("button", name="End").click()
    assert shown.locator("g.bp-group").count() == 5
    assert "∂ −" in box_text(shown, "module 3 linear")


def test_a_weight_of_the_playground_is_set_and_trained_on(solver: Page) -> None:
    shown = titled(solver, "A network learns moons")
    shown.get_by_label("w1[1,1]", exact=True).fill("-3")
    solver.keyboard.press("Enter")
    twin = explore.playground("moons", hidden="none")
    twin.set(**{"w1[1,1]": -3.0})
    shown.get_by_text(twin.current.frames[0].say, exact=True).wait_for()
    shown.get_by_role("button", name="Step").click()
    assert shown.locator("[aria-live]").first.inner_text() == twin.current.frames[1].say


def test_a_wide_drawing_is_not_made_small_but_scrolled(solver: Page) -> None:
    drawn = solver.locator(".bp-still svg").bounding_box()
    around = solver.locator(".bp-still").bounding_box()
    assert drawn["width"] > 3000 > around["width"]


def test_the_keyboard_alone_predicts_and_steps(learner: Page) -> None:
    shown, keys = titled(learner, "One neuron"), learner.keyboard
    cells = learner.locator(".jp-Cell").count()
    shown.get_by_role("group", name="picture").focus()
    keys.press("ArrowRight")
    said, verdict = shown.locator("[aria-live='polite']"), shown.get_by_role("status")
    assert said.inner_text() == "Forward: what is v1?"
    keys.type("2")
    keys.press("Enter")
    assert "the sign is not" in verdict.inner_text()
    keys.press("Home")
    keys.type("-")
    keys.press("Enter")
    assert "✓ Right" in verdict.inner_text()
    keys.press("Enter")  # the focus is on Go on
    assert said.inner_text() == "Forward: v1 = θ1 · x1 is −2."
    assert "= −2" in box_text(shown, "v1")
    keys.press("End")
    assert said.inner_text().startswith("Backward, from v1 to x1: upstream −0.125 times local −1")
    assert learner.locator(".jp-Cell").count() == cells


def hints(page: Page, exercise: str) -> tuple[Locator, Locator]:
    """The button below a check, and the live region in which its hints are said."""
    box = page.locator(".course-bp-next-hint").filter(has_text=f"Next hint for {exercise}")
    return box.get_by_role("button"), box.get_by_role("status")


def test_a_failed_check_has_a_button_whose_hint_is_announced(learner: Page) -> None:
    button, said = hints(learner, "case1.forward")
    assert said.inner_text() == ""
    button.click()
    learner.wait_for_function("(p) => p.textContent", arg=said.element_handle())
    first = said.inner_text()
    button.click()
    said.get_by_text("change your attempt and run the check again").wait_for()
    assert first in said.inner_text()


def test_the_hint_button_is_pressed_by_the_keyboard(learner: Page) -> None:
    button, said = hints(learner, "case2.backward")
    cells = learner.locator(".jp-Cell").count()
    button.focus()
    learner.keyboard.press("b")  # which a notebook would take for a new cell
    learner.keyboard.press("Enter")
    learner.wait_for_function("(p) => p.textContent", arg=said.element_handle())
    assert "change your attempt" not in said.inner_text()
    learner.keyboard.press("Space")
    said.get_by_text("change your attempt and run the check again").wait_for()
    assert learner.locator(".jp-Cell").count() == cells


def test_a_right_answer_has_no_hint_button(solver: Page) -> None:
    assert solver.locator(".course-bp-next-hint").count() == 0


@pytest.mark.parametrize(("who", "row"), [("learner", "0 of 7"), ("solver", "7 of 7")])
def test_progress_shows_what_passes(request: pytest.FixtureRequest, who: str, row: str) -> None:
    page = request.getfixturevalue(who)
    assert row in page.get_by_role("row").filter(has_text=UNIT).inner_text()


@pytest.mark.parametrize("who", ["learner", "solver"])
def test_axe_finds_no_grave_fault_in_our_widgets(request: pytest.FixtureRequest, who: str) -> None:
    page = request.getfixturevalue(who)
    assert grave_faults(page) == []
    ours = ".course-bp-next-hint" if who == "learner" else ".bp-still"
    assert grave_faults(page, ours) == []
