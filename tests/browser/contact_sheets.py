"""Pictures of every screen on the way, on one page, for people to look at.

They are made where `NOROOM_CONTACT_SHEETS` is set: build/contact-sheets/<name>.html.
"""

from __future__ import annotations

import html
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.lms.host import PROJECT

SHEETS = PROJECT / "build" / "contact-sheets"
STYLE = (
    "body{margin:8px;background:#777;display:flex;flex-wrap:wrap;gap:8px;align-items:start}"
    "figure{margin:0;color:#fff;font:14px sans-serif}img{display:block;width:360px}"
)


def photographer(page: Page, sheet: str) -> Callable[[str], None]:
    """Give what keeps a picture of the screen, if that is asked for, and its place on the sheet."""
    if not os.environ.get("NOROOM_CONTACT_SHEETS"):
        return lambda name: None
    folder = SHEETS / sheet
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    names: list[str] = []

    def keep(name: str) -> None:
        names.append(f"{len(names):03}-{name}")
        _shoot(page, folder / f"{names[-1]}.png")
        _write_sheet(sheet, names)

    return keep


def _shoot(page: Page, file: Path) -> None:
    """Photograph the whole page, its bar at its end; a dialog fills the window."""
    size = page.viewport_size or {"width": 360, "height": 640}
    if not page.locator("dialog[open]").count():
        height = int(page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": size["width"], "height": max(size["height"], height)})
    page.screenshot(path=file)
    page.set_viewport_size(size)


def _write_sheet(sheet: str, names: list[str]) -> None:
    figures = "".join(
        f'<figure>{html.escape(one)}<img src="{sheet}/{one}.png" alt=""></figure>' for one in names
    )
    page = f'<!DOCTYPE html><meta charset="utf-8"><title>{sheet}</title><style>{STYLE}</style>'
    (SHEETS / f"{sheet}.html").write_text(f"{page}{figures}\n", "utf-8")
