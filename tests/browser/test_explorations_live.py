"""Explorations in JupyterLab, in its dark theme, with Python behind them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.accessibility import grave_faults
from browser.conftest import Server
from browser.notebook_pages import player, run_all
from playwright.sync_api import BrowserContext, Page

from course_bp import explore

PICTURE_FAULTS = (Path(__file__).parent / "picture_faults.js").read_text("utf-8")
THEME = "/lab/api/settings/@jupyterlab/apputils-extension:themes"
# A quarter of the way along a line, where no other line crosses it, and three pixels beside it.
BESIDE = """(line) => {
  const at = line.getPointAtLength(line.getTotalLength() / 4).matrixTransform(line.getScreenCTM());
  return [at.x, at.y + 3];
}"""
CELLS = (
    "from course_bp import explore\nexplore.paths(2, 3)",
    "explore.playground(hidden='2', frames=4)",
)


@pytest.fixture(scope="module")
def opened(server: Server, context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    _set_theme(page, server, {"theme": "JupyterLab Dark", "adaptive-theme": False})
    page.goto(server.lab(server.write("explorations.ipynb", *CELLS)))
    run_all(page)
    player(page, 1)
    yield page
    page.close()
    page = context.new_page()
    _set_theme(page, server, {})
    page.close()


def _set_theme(page: Page, server: Server, settings: dict[str, object]) -> None:
    answer = page.request.put(
        f"{server.address}{THEME}",
        headers={"Authorization": f"token {server.token}"},
        data={"raw": json.dumps(settings)},
    )
    assert answer.ok


def test_the_dark_theme_is_readable_and_axe_finds_no_grave_fault(opened: Page) -> None:
    assert opened.locator("body[data-jp-theme-light='false']").count() == 1
    assert opened.evaluate(PICTURE_FAULTS)["faults"] == []
    assert grave_faults(opened) == []


def test_a_node_is_added_by_click_and_by_key(opened: Page) -> None:
    shown = player(opened)
    count = shown.locator("svg .bp-title")
    shown.get_by_role("button", name="Reset").click()
    shown.locator("[data-add='layer 2']").click()
    count.get_by_text("8 paths", exact=True).wait_for()
    shown.get_by_label("Nodes in layer 1", exact=True).focus()
    opened.keyboard.press("ArrowRight")
    count.get_by_text("12 paths", exact=True).wait_for()
    assert shown.get_by_label("Nodes in layer 2", exact=True).input_value() == "4"


def test_a_weight_is_set_by_a_click_on_its_line(opened: Page) -> None:
    shown = player(opened, 1)
    shown.get_by_role("button", name="Reset").click()
    line = shown.locator("g[data-input='w1[2,1]'] .bp-grip")
    line.scroll_into_view_if_needed()
    opened.mouse.click(*line.evaluate(BESIDE))  # not quite on the line, which is thin
    field = shown.get_by_label("w1[2,1]", exact=True)
    assert field.evaluate("field => field === document.activeElement")
    opened.keyboard.type("-3.5")
    opened.keyboard.press("Enter")
    changed = explore.playground(hidden="2", frames=4)
    changed.set(**{"w1[2,1]": -3.5})
    shown.get_by_text(changed.current.frames[0].formula, exact=True).wait_for()
    assert shown.locator("[data-key='w1[2,1]']").get_attribute("data-sign") == "below"


def test_the_view_of_the_gradients_shows_the_engines(opened: Page) -> None:
    shown = player(opened, 1)
    shown.get_by_label("Start (seed)", exact=True).fill("1")
    opened.keyboard.press("Enter")
    expected = explore.playground(hidden="2", frames=4, seed=1)
    shown.get_by_role("button", name="Reset").click()
    shown.get_by_text(expected.current.frames[0].formula, exact=True).wait_for()
    shown.get_by_label("View").select_option("backward: gradients")
    changes = {(key, what): value for key, what, value in expected.current.frames[0].changes}
    assert shown.locator("[data-key='u1.0.delta']").text_content() == changes["u1.0.delta", "text"]
    style = shown.locator("[data-key='∂w2[1,1]']").get_attribute("style")
    assert style == changes["∂w2[1,1]", "style"]
