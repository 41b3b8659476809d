"""The browser that the tests drive: Debian's Chromium, through Playwright."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> Path:
    """Give the path of Chromium; AssertionError says what to install."""
    found = shutil.which("chromium") or "/usr/bin/chromium"
    assert Path(found).is_file(), (
        "These tests need Chromium. Install it, on Debian with: apt-get install chromium"
    )
    return Path(found)


def launch_chromium(playwright: Playwright) -> Browser:
    """Start a headless Chromium that calls nobody by itself."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
