"""What holds for every exploration: its pictures, its words, its keys, in light and in dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser.accessibility import grave_faults
from browser.notebook_pages import player
from playwright.sync_api import Locator, Page

from course_bp import Node, exp, explore, log, sin, tanh
from course_bp.explore.stage.page import write_page
from course_bp.explore.stage.player import Player

PICTURE_FAULTS = (Path(__file__).parent / "picture_faults.js").read_text("utf-8")
OTHERS = {"draw", "export", "latex", "step", "table"}
# Everything that can be focused now: what is folded away or switched off cannot.
FOCUSABLE = """() => [...document.querySelectorAll(
    ".bp-player :is(button, select, input, summary, [tabindex='0'])")]
  .filter((e) => !e.disabled && e.checkVisibility()).length"""


class Value:
    """A student's node, with gradients that a wrong pass has left."""

    def __init__(self, value, parents=(), local=(), grad=0.0):
        self.value, self.parents, self.local, self.grad = value, parents, local, grad


def students_graph() -> Player:
    a, b = Value(2.0, grad=-3.0), Value(-3.0, grad=123456.789)
    product = Value(-6.0, (a, b), (-3.0, 2.0), grad=1.0)
    return explore.step(Value(-4.0, (product, a), (1.0, 1.0), grad=1.0), names={"a": a, "b": b})


def quiz1(x, z):
    b = exp(x * z)
    return b + x * z / log(x) + sin(log(x)) / b


def layers() -> Player:
    x, w, v = Node(0.5, "x"), Node(-1.25e-7, "w"), Node(3.0, "v")
    hidden = tanh(w * x)
    return explore.step(v * hidden + hidden, groups={"layer 1": hidden})


CASES: dict[str, Callable[[], Player]] = {
    **{name: getattr(explore, name) for name in explore.__all__ if name not in OTHERS},
    "quiz 1": lambda: explore.step(quiz1, 2.0, 3.0, predict=True),
    "a student's engine": students_graph,
    "layers": layers,
    "many paths": lambda: explore.paths(5, 5),
    "a long chain": lambda: explore.checkpoint_memory(36, 6),
    "a deep network": lambda: explore.depth(30),
    "no hidden layer": lambda: explore.playground("moons", "none", frames=3),
    "two hidden layers": lambda: explore.playground("rings", "4 and 4", frames=3),
}


# Whose controls are those of another case, and only the picture is not.
SAME_CONTROLS = {"a student's engine", "many paths", "a long chain", "a deep network",
                 "no hidden layer", "two hidden layers"}  # fmt: skip


@pytest.fixture(params=CASES)
def made(request: pytest.FixtureRequest) -> Player:
    return CASES[request.param]()


@pytest.fixture(params=[name for name in CASES if name not in SAME_CONTROLS])
def different(request: pytest.FixtureRequest) -> Player:
    return CASES[request.param]()


def open_page(page: Page, made: Player, folder: Path) -> Locator:
    page.goto(write_page(folder / "page.html", [[({}, made.current)]]).as_uri())
    return player(page)


def test_every_step_is_said_and_nothing_overlaps_or_is_cut_off_or_faint(
    page: Page, made: Player, tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 2600, "height": 1000})
    open_page(page, made, tmp_path)
    page.add_style_tag(
        content=".bp-page {max-width: none} .bp-scroll {max-height: none !important}"
    )
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate(PICTURE_FAULTS)
        assert found["faults"] == [], scheme
        assert found["said"] == [frame.say for frame in made.current.frames]
    assert all(found["said"])


def test_axe_finds_no_grave_fault_in_either_theme(
    page: Page, different: Player, tmp_path: Path
) -> None:
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    shown = open_page(page, different, tmp_path)
    shown.get_by_role("button", name="Reset").click()
    for summary in shown.locator("summary").all():
        if summary.locator("xpath=..").get_attribute("open") is None and summary.is_visible():
            summary.click()
    shown.get_by_role("button", name="Step").click()  # opens the question, if there is one
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        failures += [f"{scheme}: {fault}" for fault in grave_faults(page, "body")]
    assert failures == []


def test_the_keyboard_alone_reaches_and_works_everything(
    page: Page, different: Player, tmp_path: Path
) -> None:
    shown = open_page(page, different, tmp_path)
    keys, count, last = page.keyboard, shown.locator(".bp-count"), len(different.current.frames) - 1
    seen = []
    for _ in range(page.evaluate(FOCUSABLE)):
        keys.press("Tab")
        seen.append(page.evaluate("document.activeElement.dataset.lmSuppressShortcuts"))
    assert seen == ["true"] * len(seen)  # reached, and safe from a notebook's own keys
    keys.press("Tab")
    assert page.evaluate("document.activeElement.closest('.bp-player')") is None

    page.evaluate("document.activeElement.blur()")
    shown.get_by_role("group", name="picture").focus()
    keys.press("Home")
    assert count.inner_text() == f"0 / {last}"
    keys.press("ArrowRight")
    if different.current.predict and different.current.frames[1].question:
        _answer(page, shown)
    assert count.inner_text() == f"1 / {last}"
    assert shown.locator(".bp-say").inner_text() == different.current.frames[1].say
    keys.press("ArrowLeft")
    assert count.inner_text() == f"0 / {last}"
    keys.press("End")
    assert count.inner_text() == f"{last} / {last}"


def _answer(page: Page, shown: Locator) -> None:
    """Give an answer and go on, by keys alone; the focus is on the question's field."""
    assert page.evaluate("document.activeElement.closest('form') !== null")
    page.keyboard.press("ArrowDown")  # another one of the given answers, if there are any
    for _ in range(4):
        if page.evaluate("document.activeElement.dataset.name") == "show":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    shown.locator(".bp-question").wait_for(state="hidden")
