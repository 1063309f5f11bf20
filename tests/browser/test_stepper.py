"""The step-through in JupyterLab and in Notebook 7, by mouse, by keyboard, by ear."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser.accessibility import grave_faults
from browser.conftest import Server
from browser.notebook_pages import box_text, player, run_all
from playwright.sync_api import BrowserContext, Locator, Page

from course_bp import exp, grad, log, sin

CELL = """
from course_bp import exp, explore, log, sin

def quiz1(x, z):
    b = exp(x * z)
    return b + x * z / log(x) + sin(log(x)) / b

explore.step(quiz1, 2.0, 3.0)
"""


def quiz1(x, z):
    b = exp(x * z)
    return b + x * z / log(x) + sin(log(x)) / b


@pytest.fixture(scope="module", params=["lab", "notebook"])
def opened(
    request: pytest.FixtureRequest, server: Server, context: BrowserContext
) -> Iterator[Page]:
    page = context.new_page()
    name = server.write(f"stepper-{request.param}.ipynb", CELL, "explore.playground(frames=6)")
    page.goto(getattr(server, request.param)(name))
    run_all(page)
    player(page)
    yield page
    page.close()


@pytest.fixture
def stepper(opened: Page) -> Locator:
    shown = player(opened)
    predict = shown.get_by_label("Predict before it shows")
    if predict.is_checked():
        predict.uncheck()
    shown.get_by_role("button", name="Reset").click()
    return shown


def test_the_mouse_steps_through_and_the_numbers_are_the_engines(stepper: Locator) -> None:
    step = stepper.get_by_role("button", name="Step")
    for _ in range(27):
        step.click()
    assert stepper.locator(".bp-count").inner_text() == "27 / 27"
    dx, dz = grad(quiz1, (0, 1))(2.0, 3.0)
    assert f"∂ {dx:.6g}" in box_text(stepper, "x")
    assert f"∂ {dz:.6g}" in box_text(stepper, "z")
    assert f"= {quiz1(2.0, 3.0):.6g}" in box_text(stepper, "y")
    assert "✓" in box_text(stepper, "x")


def test_the_keyboard_alone_steps_plays_and_jumps(opened: Page, stepper: Locator) -> None:
    cells = opened.locator(".jp-Cell").count()
    stepper.get_by_role("group", name="picture").focus()
    keys, count = opened.keyboard, stepper.locator(".bp-count")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    assert count.inner_text() == "2 / 27"
    keys.press("ArrowLeft")
    keys.press("b")  # which a notebook would take for a new cell
    assert count.inner_text() == "1 / 27"
    keys.press("Tab")  # Reset
    keys.press("Enter")
    assert count.inner_text() == "0 / 27"
    for _ in range(5):  # Back, Play, Step, End, the slider
        keys.press("Tab")
    keys.press("End")
    assert count.inner_text() == "27 / 27"
    keys.press("ArrowLeft")
    assert count.inner_text() == "26 / 27"
    assert opened.locator(".jp-Cell").count() == cells


def test_each_step_is_said(stepper: Locator) -> None:
    said = stepper.locator("[aria-live='polite']")
    stepper.get_by_role("button", name="Step").click()
    assert said.inner_text() == "Forward: v1 = x · z is 6."
    stepper.get_by_role("button", name="End").click()
    assert said.inner_text().startswith("Backward, from v1 to z: upstream")
    assert said.inner_text().endswith(f"which makes {grad(quiz1, 1)(2.0, 3.0):.6g} in all.")


def test_predicting(opened: Page, stepper: Locator) -> None:
    stepper.get_by_label("Predict before it shows").check()
    stepper.get_by_role("button", name="Step").click()
    assert stepper.locator(".bp-formula").inner_text() == "v1 = x · z = 2 · 3 = ?"
    assert "= 6" not in box_text(stepper, "v1")
    verdict = stepper.get_by_role("status")
    for guess, words in [("five", "Write a number"), ("−6", "sign"), ("7", "✗"), ("12/2", "✓")]:
        stepper.get_by_label("Forward: what is v1?").fill(guess)
        opened.keyboard.press("Enter")
        assert words in verdict.inner_text()
    opened.keyboard.press("Enter")  # the focus is on Go on
    assert "= 6" in box_text(stepper, "v1")


def test_a_changed_input_is_computed_by_the_engine(opened: Page, stepper: Locator) -> None:
    stepper.get_by_role("button", name="End").click()
    stepper.locator("[data-input='z']").click()  # leads to the field
    opened.keyboard.type("1.25")
    opened.keyboard.press("Enter")
    expected = grad(quiz1)(2.0, 1.25)
    stepper.get_by_text(f"∂ {expected:.6g}", exact=True).wait_for()
    stepper.get_by_label("z", exact=True).fill("3")
    opened.keyboard.press("Enter")
    stepper.get_by_text(f"∂ {grad(quiz1)(2.0, 3.0):.6g}", exact=True).wait_for()


def test_a_network_trains_on_and_a_weight_can_be_set(opened: Page, stepper: Locator) -> None:
    shown = player(opened, 1)
    shown.get_by_role("button", name="Reset").click()
    shown.get_by_label("Speed").select_option("very fast")
    shown.get_by_role("button", name="Play").click()
    shown.get_by_text("Stopped: the loss is below 0.02").wait_for()  # far beyond the 6 frames
    assert shown.get_by_role("button", name="Play").is_visible()
    weight = shown.get_by_label("w1[1,1]", exact=True)
    weight.fill("5")
    opened.keyboard.press("Enter")
    shown.locator("[data-key='w1[1,1]'][style*='stroke-width:8.6']").wait_for()
    assert weight.input_value() == "5"


def test_axe_finds_no_grave_fault(opened: Page, stepper: Locator) -> None:
    stepper.get_by_label("Predict before it shows").check()
    stepper.get_by_role("button", name="Step").click()
    stepper.get_by_text("The steps so far as a table").click()
    assert grave_faults(opened) == []
