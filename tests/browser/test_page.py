"""The page that needs no server."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.accessibility import grave_faults
from browser.notebook_pages import box_text, player
from playwright.sync_api import Page

from course_bp import explore, grad, sin

pytestmark = pytest.mark.xdist_group("browser")


def s(x, y):
    return x * y + sin(x)


def test_the_page_works_from_a_file_and_asks_no_host(page: Page, tmp_path: Path) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    file = explore.step(s, 0.5, 4.2).export(tmp_path / "page.html")
    page.goto(file.as_uri())
    shown = player(page)
    for _ in range(3):
        shown.get_by_role("button", name="Step").click()
    assert shown.locator(".bp-say").inner_text() == f"Forward: f = v1 + v2 is {s(0.5, 4.2):.6g}."
    shown.get_by_role("button", name="End").click()
    assert f"∂ {grad(s)(0.5, 4.2):.6g}" in box_text(shown, "x")
    assert shown.get_by_label("x", exact=True).is_disabled()
    assert "a recording" in shown.inner_text()
    assert grave_faults(page, "body") == []
    assert requests == [file.as_uri()]


EXPLORATIONS = (
    "activations", "checkpoint_memory", "depth", "forward_and_reverse", "loss_quiz",
    "loss_surface", "paths", "playground", "race", "step_size",
)  # fmt: skip


def test_every_exploration_plays_from_a_file_and_is_accessible(page: Page, tmp_path: Path) -> None:
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("request", lambda request: failures.extend(_foreign(request.url)))
    for name in EXPLORATIONS:
        file = getattr(explore, name)().export(tmp_path / f"{name}.html")
        page.goto(file.as_uri())
        shown = player(page)
        shown.get_by_role("button", name="Reset").click()
        shown.get_by_role("button", name="Step").click()
        if shown.locator(".bp-question").is_visible():
            shown.get_by_role("button", name="Show it").click()
        assert shown.locator(".bp-count").inner_text().startswith("1 /"), name
        shown.get_by_role("button", name="End").click()
        failures += [f"{name}: {fault}" for fault in grave_faults(page, "body")]
    assert failures == []


def _foreign(address: str) -> list[str]:
    return [] if address.startswith(("file:", "data:")) else [address]


def test_without_javascript_the_page_is_a_picture_and_a_table(tmp_path: Path, page: Page) -> None:
    file = explore.step(s, 0.5, 4.2).export(tmp_path / "page.html")
    opened = page.context.browser.new_context(java_script_enabled=False).new_page()
    opened.goto(file.as_uri())
    assert opened.locator("noscript svg").count() == 1
    opened.context.close()
