"""The page that needs no server."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.accessibility import grave_faults
from browser.notebook_pages import box_text, player
from playwright.sync_api import Locator, Page

from course_bp import Node, explore, grad, sin


def s(x, y):
    return x * y + sin(x)


@pytest.fixture
def wide(page: Page, tmp_path: Path) -> Locator:
    """A step-through of a graph that is wider than the window."""
    x = Node(0.3, "x")
    for _ in range(6):
        x = sin(x)
    page.set_viewport_size({"width": 700, "height": 900})
    page.goto(explore.step(x).export(tmp_path / "wide.html").as_uri())
    yield player(page)
    page.set_viewport_size({"width": 1400, "height": 1000})


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


def test_without_javascript_the_page_is_a_picture_and_a_table(tmp_path: Path, page: Page) -> None:
    file = explore.step(s, 0.5, 4.2).export(tmp_path / "page.html")
    opened = page.context.browser.new_context(java_script_enabled=False).new_page()
    opened.goto(file.as_uri())
    assert opened.locator("noscript svg").count() == 1
    opened.context.close()


def test_a_saved_picture_is_readable_in_either_theme(page: Page, tmp_path: Path) -> None:
    x = Node(2.0, "x")
    page.goto(explore.draw(x * x).save(tmp_path / "graph.svg").as_uri())
    colours = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colours[scheme] = page.evaluate(
            """() => [document.documentElement, document.querySelector("text")]
              .map((e, i) => getComputedStyle(e)[i ? "fill" : "backgroundColor"])"""
        )
    assert colours["light"] == ["rgb(255, 255, 255)", "rgb(26, 26, 26)"]
    assert colours["dark"] == ["rgb(24, 24, 24)", "rgb(242, 242, 242)"]


def test_several_stand_on_one_page_each_by_itself(page: Page, tmp_path: Path) -> None:
    x = Node(2.0, "x")
    file = explore.export(tmp_path / "page.html", explore.activations(), explore.draw(x * x), x * x)
    page.goto(file.as_uri())
    assert page.locator("h2").all_inner_texts()[0] == "sigmoid and its derivative"
    second = player(page, 1)
    second.get_by_role("button", name="End").click()
    assert "∂ 4" in box_text(second, "x")
    assert player(page).locator(".bp-count").inner_text() == "10 / 20"
    assert page.locator(".bp-still > svg").count() == 1
    assert grave_faults(page, "body") == []


def test_a_recording_offers_what_was_recorded(page: Page, tmp_path: Path) -> None:
    file = explore.step(s, 0.5, 4.2).export(tmp_path / "page.html", x=(0.5, 1.5), y=(4, 5))
    page.goto(file.as_uri())
    shown = player(page)
    shown.get_by_role("button", name="End").click()
    for x, y in ((1.5, 4.2), (1.5, 5), (0.5, 5)):
        shown.get_by_label("x", exact=True).select_option(f"{x}")
        shown.get_by_label("y", exact=True).select_option(f"{y}")
        assert f"∂ {grad(s)(x, y):.6g}" in box_text(shown, "x")
        assert f"∂ {x:.6g}" in box_text(shown, "y")
    assert "x = 0.5, y = 5" in shown.locator("details").last.text_content()


def test_a_node_is_added_by_click_and_by_key_and_the_paths_are_counted_anew(
    page: Page, tmp_path: Path
) -> None:
    page.goto(explore.paths(2, 3).export(tmp_path / "page.html").as_uri())
    shown = player(page)
    count = shown.locator("svg .bp-title")
    assert count.text_content() == "6 paths"
    shown.locator("[data-add='layer 2']").click()
    assert count.text_content() == "8 paths"
    shown.get_by_label("Nodes in layer 1").focus()
    page.keyboard.press("ArrowDown")
    assert count.text_content() == "12 paths"
    assert shown.locator(".bp-formula").inner_text() == "paths = 3 × 4 = 12"


def test_the_heading_follows_what_is_shown(page: Page, tmp_path: Path) -> None:
    page.goto(explore.activations().export(tmp_path / "page.html").as_uri())
    player(page).get_by_label("Activation", exact=True).select_option("tanh")
    assert page.locator("h1").inner_text() == "tanh and its derivative"


def test_a_button_leads_to_the_backward_pass_and_says_where_one_is(
    page: Page, tmp_path: Path
) -> None:
    page.goto(explore.step(s, 0.5, 4.2).export(tmp_path / "page.html").as_uri())
    shown = player(page)
    there, back = (shown.get_by_role("button", name=f"{n} pass") for n in ("Forward", "Backward"))
    assert there.get_attribute("aria-pressed") == "true"
    back.click()
    assert shown.locator(".bp-say").inner_text().startswith("Backward: the pass starts")
    assert back.get_attribute("aria-pressed") == "true"
    assert there.get_attribute("aria-pressed") == "false"


def test_a_picture_that_goes_on_unseen_says_so(wide: Locator) -> None:
    left, right = (wide.locator(f".bp-shade[data-side='{side}']") for side in ("left", "right"))
    assert right.is_visible()
    assert not left.is_visible()
    assert wide.get_by_text("larger than its frame").is_visible()
    wide.get_by_label("Size").select_option("whole picture")
    right.wait_for(state="hidden")
    assert not wide.get_by_text("larger than its frame").is_visible()
    picture, frame = (
        wide.locator(".bp-svg").bounding_box(),
        wide.locator(".bp-frame").bounding_box(),
    )
    assert picture["width"] <= frame["width"]


def test_shift_and_the_arrow_keys_scroll_and_do_not_step(page: Page, wide: Locator) -> None:
    picture = wide.get_by_role("group", name="picture")
    picture.focus()
    page.keyboard.press("Shift+ArrowRight")
    # The page hears of the scrolling with its next frame.
    wide.locator(".bp-shade[data-side='left']").wait_for()
    assert picture.evaluate("box => box.scrollLeft") > 0
    for _ in range(30):
        page.keyboard.press("Shift+ArrowRight")
    wide.locator(".bp-shade[data-side='right']").wait_for(state="hidden")
    assert wide.locator(".bp-count").inner_text().startswith("0 /")


def test_the_space_bar_plays_and_pauses(page: Page, tmp_path: Path) -> None:
    page.goto(explore.step(s, 0.5, 4.2).export(tmp_path / "page.html").as_uri())
    shown = player(page)
    shown.get_by_label("Speed").select_option("slow")
    shown.get_by_role("group", name="picture").focus()
    page.keyboard.press(" ")
    assert shown.get_by_role("button", name="Pause").is_visible()
    shown.get_by_text("1 / 9", exact=True).wait_for()
    said = shown.locator("[aria-live]")
    assert said.get_attribute("aria-live") == "off"  # nobody can listen that fast
    page.keyboard.press(" ")
    assert shown.get_by_role("button", name="Play").is_visible()
    assert said.get_attribute("aria-live") == "polite"


def test_what_one_likes_calm_plays_slowly_and_nothing_moves_by_itself(
    page: Page, tmp_path: Path
) -> None:
    file = explore.step(s, 0.5, 4.2).export(tmp_path / "page.html")
    for motion, speed in (("no-preference", "normal"), ("reduce", "slow")):
        page.emulate_media(reduced_motion=motion)
        page.goto(file.as_uri())
        shown = player(page)
        assert shown.get_by_label("Speed").input_value() == speed
        shown.get_by_role("button", name="Step").click()
        assert page.evaluate("document.getAnimations().length") == 0
