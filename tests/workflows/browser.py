"""A real Chromium for pages from files and from this machine; nothing else can be reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chromium import launch
from playwright.sync_api import sync_playwright


@contextmanager
def chromium_page(profile: Path, offline: bool = True) -> Iterator[Any]:
    """Opens a fresh browser; `page.asked` lists every address that a page asked for."""
    with sync_playwright() as playwright:
        context = launch(playwright, profile)
        try:
            page = context.pages[0]
            page.asked = []
            page.on("request", lambda request: page.asked.append(request.url))
            if offline:
                context.set_offline(True)
            yield page
        finally:
            context.close()


def axe_violations(page: Any, impacts: Sequence[str] = ()) -> list[str]:
    """What axe-core has to say of the page as it is, or what of it has such an impact."""
    from axe_playwright_python.sync_playwright import Axe

    return [
        f"{violation['id']}: {violation['nodes'][0]['html'][:120]}"
        for violation in Axe().run(page).response["violations"]
        if not impacts or violation["impact"] in impacts
    ]
