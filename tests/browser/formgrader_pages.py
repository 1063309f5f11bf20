"""nbgrader's formgrader as the browser tests use it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from browser.conftest import environment
from playwright.sync_api import Locator, Page, Route

# Formgrader's own template fetches MathJax there.
CDN = "cdnjs.cloudflare.com"


def run(*command: str, cwd: Path) -> None:
    """Runs a command of this environment, which must succeed."""
    done = subprocess.run(
        command, cwd=cwd, env=environment(), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr


def what_goes_amiss(page: Page) -> list[str]:
    """What the browser will complain of from now on: errors in scripts, and answers of failure."""
    amiss: list[str] = []
    page.on("pageerror", lambda error: amiss.append(str(error)))
    page.on(
        "console",
        lambda said: amiss.append(f"{said.text} {said.location}") if said.type == "error" else None,
    )
    page.on("response", lambda reply: amiss.append(reply.url) if reply.status >= 400 else None)
    return amiss


def only(address: str, route: Route) -> None:
    """Lets the page load only what is from this address."""
    if route.request.url.startswith(address):
        route.continue_()
    else:
        route.abort()


def row(page: Page, word: str) -> Locator:
    """The row of a table that has this word, once it is there."""
    found = page.locator("#main-table tr").filter(has=page.get_by_text(word, exact=True))
    found.wait_for()
    return found


def wait_for(row: Locator, words: str) -> None:
    """Waits until a row says these words."""
    row.get_by_text(words, exact=True).wait_for()


def press(page: Page, button: Locator, words: str) -> None:
    """Presses a button, waits for what formgrader says of it, and puts that away."""
    button.click()
    said = page.locator(".modal.in")
    said.wait_for()
    assert words in said.inner_text()
    said.get_by_role("button", name="OK").click()
    said.wait_for(state="detached")
