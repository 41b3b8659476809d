"""The course for everybody: axe on every kind of screen, the keyboard alone, small and mirrored."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.lms.host import PROJECT, LmsHost
from tests.lms.learner import LearnerSession

pytestmark = pytest.mark.browser

AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(session: LearnerSession) -> list[str]:
    """Give what axe finds on the screen that is shown."""
    frame = session.frame
    if not frame.evaluate("'axe' in window"):
        frame.add_script_tag(path=AXE)
    result: dict[str, Any] = frame.evaluate("(tags) => axe.run({ runOnly: tags })", RULES)
    return [
        f"{session.screen}: {one['id']} {node['html'][:120]} {node['failureSummary'][:200]}"
        for one in result["violations"]
        for node in one["nodes"]
    ]


def _walk(session: LearnerSession) -> list[str]:
    """Check every screen on the way, before and after it is answered."""
    found = violations(session)
    for opener in (".tool-help", ".place-button"):
        session.locate(opener).click()
        found += violations(session)
        session.page.keyboard.press("Escape")
    while session.screen != "finish":
        found += violations(session)
        kind = next((one["kind"] for one in session.pages() if one["id"] == session.screen), "")
        if kind in ("true_false", "choose_one", "choose_several", "order"):
            session.answer_shown(right=kind == "order")
            found += violations(session)
            session.press_next()
        elif kind == "check":
            session.press_next()
            found += violations(session)
            session.fail_check_once()
            found += violations(session)
            session.do_page()
        else:
            session.press_next()
    found += violations(session)
    session.exit()
    return found + violations(session)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_screen(
    context: BrowserContext, lms12: LmsHost, scheme: str
) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    session = LearnerSession(page, lms12.launch_url("anna")).open()
    assert _walk(session) == []


def _tab_to(page: Page, session: LearnerSession, selector: str) -> None:
    for _ in range(30):
        if session.frame.evaluate("(wanted) => document.activeElement?.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def press(page: Page, session: LearnerSession, selector: str, key: str = "Enter") -> None:
    """Reach an element with the tab key, and press a key there."""
    _tab_to(page, session, selector)
    page.keyboard.press(key)


def test_every_kind_of_page_can_be_done_with_the_keyboard(lms12: LmsHost, page: Page) -> None:
    session = LearnerSession(page, lms12.launch_url("anna")).open()
    session.locate("h1").focus()
    kinds = {one["id"]: one for one in session.pages()}
    while session.screen != "finish":
        screen = session.screen
        kind = kinds[screen]["kind"] if screen in kinds else "break"
        if kind == "true_false":
            press(page, session, ".judge-button")
        elif kind in ("choose_one", "choose_several"):
            press(page, session, ".option input", "Space")
            press(page, session, ".next")
        elif kind == "order":
            for step in kinds[screen]["steps"]:
                press(page, session, f'[data-step="{step["id"]}"]')
            press(page, session, ".next")
        elif kind == "check":
            session.take_check()
        press(page, session, ".next")
    assert session.screen == "finish"


def test_a_new_page_gives_its_heading_the_focus(lms12: LmsHost, page: Page) -> None:
    session = LearnerSession(page, lms12.launch_url("anna")).open()
    assert session.frame.evaluate("document.activeElement === document.body")
    session.press_next()
    assert session.frame.evaluate("document.activeElement.tagName") == "H1"


def test_help_is_one_tap_away_and_escape_comes_back(lms12: LmsHost, page: Page) -> None:
    session = LearnerSession(page, lms12.launch_url("anna")).open()
    session.locate(".tool-help").click()
    assert session.locate("dialog[open] .contact a[href^='tel:']").count() >= 1
    page.keyboard.press("Escape")
    assert session.frame.evaluate("document.activeElement.className") == "tool tool-help"


@pytest.mark.parametrize(("width", "direction"), [(320, "ltr"), (320, "rtl"), (1280, "rtl")])
def test_nothing_sticks_out_sideways(
    chromium: Browser, lms12: LmsHost, width: int, direction: str
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 640})
    try:
        session = LearnerSession(context.new_page(), lms12.launch_url("anna")).open()
        while session.screen != "finish":
            session.frame.evaluate("(dir) => (document.documentElement.dir = dir)", direction)
            wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            assert not session.frame.evaluate(wide), session.screen
            session.do_page()
    finally:
        context.close()


def test_targets_are_large_enough_for_a_thumb(lms12: LmsHost, page: Page) -> None:
    session = LearnerSession(page, lms12.launch_url("anna")).open()
    small: list[str] = []
    while session.screen != "finish":
        small += session.frame.evaluate(_SMALL_TARGETS)
        session.do_page()
    assert small == []


_SMALL_TARGETS = """() => [...document.querySelectorAll("button, label, a")]
  .filter((one) => one.offsetParent)
  .map((one) => [one.className, one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44)
  .map(([name, box]) => `${name} ${box.width} x ${box.height}`)"""
