"""A web site in several languages: asked once in a tab, changed at any time, anew for the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from programme.personal_codes import printed
from tests.browser.test_web import ANNA, Guest, build
from tests.lms.recording_lrs import RecordingLrs
from tests.lms.web_host import WebHost

pytestmark = pytest.mark.browser


@pytest.fixture
def site(tmp_path: Path, lrs: RecordingLrs) -> Iterator[WebHost]:
    """The small course in all its languages as one site, for one hotel."""
    package = build(tmp_path, "web", lrs.endpoint, languages_in="one", one_hotel="zon")
    with WebHost(package) as host:
        yield host


def language_of(page: Page) -> str:
    return page.locator("html").get_attribute("lang") or ""


def test_a_tab_is_asked_for_its_language_once(site: WebHost, lrs: RecordingLrs, page: Page) -> None:
    anna = Guest(page, site.url).arrive()
    assert anna.screen == "language"
    page.click('[data-language="en"]')
    page.wait_for_selector("#code-personal")
    page.reload()
    page.wait_for_selector("#code-personal")
    assert language_of(page) == "en"

    page.click(".tool-language")
    page.click('[data-language="nl"]')
    page.wait_for_selector("#code-personal")
    assert language_of(page) == "nl"
    page.fill("#code-personal", printed(ANNA))
    page.click(".entry-form .button.primary")
    anna.started().take(until="which")
    assert language_of(page) == "nl"
    anna.reload()
    assert (anna.screen, language_of(page)) == ("which", "nl")

    page.click(".tool-language")
    page.click('dialog[open] [data-language="en"]')
    expect(page.locator("html")).to_have_attribute("lang", "en")
    anna.reload()
    assert (anna.screen, language_of(page)) == ("which", "en")
    anna.take().exit()
    once = {one["id"]: one["context"]["language"] for one in lrs.statements}
    spoken = list(zip(lrs.verbs(), once.values(), strict=True))
    assert (spoken[0], spoken[-2]) == (("initialized", "nl"), ("passed", "en"))

    anna.press("Start with another code")
    page.wait_for_selector('[data-screen="language"]')


def test_a_link_can_name_the_language(site: WebHost, page: Page) -> None:
    page.goto(f"{site.url}#nl")
    page.wait_for_selector("#code-personal")
    assert language_of(page) == "nl"


def test_a_link_to_a_language_that_is_not_there_asks(site: WebHost, page: Page) -> None:
    page.goto(f"{site.url}#<img>")
    page.wait_for_selector('[data-screen="language"]')
