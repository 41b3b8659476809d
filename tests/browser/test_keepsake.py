"""What a learner takes along: the note of taking part and the card, on paper."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.every_kind import build_site, entry_screens
from tests.lms.learner import LearnerSession
from tests.lms.web_host import WebHost
from tests.often import often

pytestmark = pytest.mark.browser

NUMBER = "112"
ON_SCREEN_ONLY = (".top", ".bottom", "h1", "#note-name", ".print", ".private")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebHost]:
    """A web site with a page of every kind."""
    with WebHost(build_site(tmp_path_factory.mktemp("keepsake"))) as host:
        yield host


def _at_the_end(page: Page, site: WebHost, language: str) -> LearnerSession:
    session = LearnerSession(page, site.url)
    for _ in entry_screens(session, language):
        pass
    return session.take()


@pytest.mark.parametrize("language", often(["en", "ar"]))
def test_the_paper_has_the_note_and_the_card_and_nothing_else(
    page: Page, site: WebHost, language: str
) -> None:
    session = _at_the_end(page, site, language)
    session.locate("#note-name").fill("Ana García")
    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
    assert len(paper.pages) == 1
    words = " ".join(paper.pages[0].extract_text().split())
    assert "Ana García" in words and NUMBER in words
    page.emulate_media(media="print")
    for name in ("note", "keep-card"):
        assert session.locate(f".{name}").is_visible()
    for selector in ON_SCREEN_ONLY:
        assert session.locate(selector).count(), selector
        assert not session.locate(selector).first.is_visible(), selector
