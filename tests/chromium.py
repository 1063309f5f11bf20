"""Debian's Chromium for the tests, with nothing in it that talks to other hosts by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Playwright

EXECUTABLE = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def launch(playwright: Playwright, profile: Path, **options: Any) -> BrowserContext:
    """Opens a browser with a fresh profile; it is the caller's to close."""
    return playwright.chromium.launch_persistent_context(
        str(profile), executable_path=EXECUTABLE, headless=True, args=FLAGS, **options
    )
