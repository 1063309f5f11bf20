"""What axe-core says of our widgets."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def grave_faults(page: Page, where: str = ".bp-player") -> list[str]:
    """The serious and critical faults within an element, one line each."""
    assert page.locator(where).count()
    found = Axe().run(page, context={"include": [[where]]}).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
