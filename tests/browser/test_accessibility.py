"""The keyboard: every kind of page is done with it, and the focus is where reading goes on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession

pytestmark = pytest.mark.browser


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
