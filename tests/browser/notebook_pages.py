"""What the browser tests do with a notebook that is open."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


def run_all(page: Page) -> None:
    """Run all cells, and wait until the last one has finished."""
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    page.locator(".jp-Toolbar-kernelName", has_text="Python 3").first.wait_for()
    page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").first.wait_for()
    first = page.locator(".jp-CodeCell .jp-InputPrompt").first
    while first.inner_text().strip() == "[ ]:":  # a front end that is still loading ignores it
        if (dialog := page.locator(".jp-Dialog .jp-mod-accept")).count():
            dialog.first.click()
        page.locator(".lm-MenuBar-itemLabel", has_text="Run").first.click()
        page.locator(".lm-Menu-item[data-command='runmenu:run-all']").click()
        page.wait_for_timeout(1000)
    page.wait_for_function(
        """() => [...document.querySelectorAll('.jp-CodeCell')]
            .filter((cell) => !cell.querySelector('.jp-InputPlaceholder'))  // folded: no number
            .map((cell) => cell.querySelector('.jp-InputPrompt').textContent)
            .every((prompt) => /\\[\\d+\\]/.test(prompt))"""
    )


def player(page: Page, number: int = 0) -> Locator:
    """One of the players of the page, once it is there."""
    found = page.locator(".bp-player").nth(number)
    found.locator("svg").first.wait_for()
    return found


def box_text(shown: Locator, name: str) -> str:
    """All that stands in the box of a node."""
    for box in shown.locator("g.bp-node").all():
        lines = [line or "" for line in box.locator("text").all_text_contents()]
        if lines[0] == name or lines[0].startswith(f"{name} = "):
            return "\n".join(lines)
    raise AssertionError(f"no box is called {name}")
