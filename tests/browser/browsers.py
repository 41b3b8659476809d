"""The browser that the tests drive: Debian's Chromium, through Playwright.

Its headless shell comes first: the same engine without the frame of a desktop around it, so that a
fresh window costs a quarter. `NOROOM_CHROMIUM=chromium` takes the whole browser, as `make test-all`
does.
"""

from __future__ import annotations

import os
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
    wanted = os.environ.get("NOROOM_CHROMIUM")
    names = [wanted] if wanted else ["chromium-headless-shell", "chromium"]
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, (
        f"These tests need {' or '.join(names)}. "
        f"Install it, on Debian with: apt-get install {names[-1]}"
    )
    return Path(found)


def launch_chromium(playwright: Playwright) -> Browser:
    """Start a headless Chromium that calls nobody by itself."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
