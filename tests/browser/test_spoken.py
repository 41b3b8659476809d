"""The whole course as a screen reader says it, kept as text that people can read and judge.

NOROOM_UPDATE_GOLDEN=1 writes tests/golden/spoken anew; read the difference aloud.
"""

from __future__ import annotations

import datetime as dt
import difflib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.every_kind import build_site, entry_screens
from tests.browser.screen_checks import lost_focus
from tests.browser.spoken import ScreenReader
from tests.browser.walk import every_screen
from tests.lms.learner import LearnerSession
from tests.lms.web_host import WebHost
from tests.often import often

pytestmark = pytest.mark.browser

GOLDEN = Path(__file__).parents[1] / "golden" / "spoken"
NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
SAME_ORDER = "Math.random = () => 0.4"


@pytest.mark.parametrize("language", often(["en", "ar"]))
def test_what_is_said_is_what_was_read_and_found_good(
    context: BrowserContext, tmp_path: Path, language: str
) -> None:
    context.add_init_script(SAME_ORDER)
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    with WebHost(build_site(tmp_path)) as site:
        spoken = "\n".join(_transcript(LearnerSession(page, site.url), language)) + "\n"
    golden = GOLDEN / f"{language}.txt"
    if os.environ.get("NOROOM_UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(spoken, "utf-8")
    kept = golden.read_text("utf-8")
    assert spoken == kept, "\n".join(
        difflib.unified_diff(kept.split("\n"), spoken.split("\n"), "kept", "now", lineterm="", n=6)
    )


def _transcript(session: LearnerSession, language: str) -> Iterator[str]:
    reader = ScreenReader(session.page)
    reader.listen()
    before: list[str] = []
    for name in _screens(session, language):
        if name == "finish":
            session.locate(".code").wait_for()  # the LRS answers nobody, and that takes its time
        lost_focus(session)  # it comes a moment after a button went; a first screen has none
        lines = reader.read()
        yield f"## {name}: {session.page.title()}"
        yield from _news(before, lines)
        yield ""
        before = lines


def _screens(session: LearnerSession, language: str) -> Iterator[str]:
    yield from entry_screens(session, language)
    # The buttons of a playing film are the browser's own, and other ones in its next version.
    yield from (name for name in every_screen(session) if not name.endswith("-played"))


def _news(before: list[str], now: list[str]) -> Iterator[str]:
    """Leave out what stands at the top of each screen alike, once it was said."""
    same = 0
    while same < min(len(before), len(now)) and before[same] == now[same]:
        same += 1
    if same:
        yield f"… {same} lines as before"
    yield from now[same:]
