"""The real course on a phone, in each of its languages: every letter drawn, no word cut or broken.

`NOROOM_CONTACT_SHEETS=1 pytest -m slow tests/browser/test_every_language.py` also photographs
every screen on the way, for people to look at: build/contact-sheets/<language>.html.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.contact_sheets import photographer
from tests.browser.every_kind import build_site, entry_screens
from tests.browser.letter_checks import letters, misshapen, outside, undrawn
from tests.browser.screen_checks import sticking_out, wrong_language
from tests.browser.walk import every_screen
from tests.lms.host import PROJECT
from tests.lms.learner import LearnerSession
from tests.lms.web_host import WebHost

pytestmark = pytest.mark.browser

COURSE = PROJECT / "courses" / "no-room"
LANGUAGES = ["en", *sorted(one.stem for one in (COURSE / "locale").glob("*.po"))]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebHost]:
    """A web site with the real course in all its languages."""
    with WebHost(build_site(tmp_path_factory.mktemp("real"), COURSE, LANGUAGES)) as host:
        yield host


WRONG = """<meta charset="utf-8"><body lang="ar" style="font: 18px serif">
<p>Right, ґарна, șase, سلام, <b>Straße</b></p>
<p>\u0378</p>
<p><button>\u9f8d</button></p>
<p style="letter-spacing: 2px">سلام</p>
<p style="width: 60px; overflow-wrap: break-word">Sammelunterkunft</p>
<p style="width: 120px">Hotel-Unterkünfte an der See</p>
<p style="width: 60px; white-space: nowrap">More than a box has room for</p>
<p style="height: 18px; overflow: hidden">One line<br>and another</p>
"""


class Sentence:
    """A page that is no screen of a course, as the checks of screens want it."""

    screen = "made up"

    def __init__(self, page: Page) -> None:
        self.frame = page.main_frame


def test_the_checks_find_what_is_wrong(page: Page) -> None:
    page.set_content(WRONG)
    shown = Sentence(page)
    odd = [one.split(" in ")[0] for one in undrawn(page, letters(shown))]
    assert sorted(odd) == [
        "made up: a font of last resort draws U+9F8D \u9f8d",
        "made up: no font has U+0378 \u0378",
    ]
    page.set_content(WRONG)
    assert misshapen(shown) == ["letters apart: سلام", "broken: Sammelunterkunft in P "]
    assert outside(shown) == [
        "outside of P : More than a box has room for",
        "outside of P : and another",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_of_every_screen_is_drawn_whole(
    page: Page, site: WebHost, language: str
) -> None:
    session = LearnerSession(page, site.url, role="management")
    written: dict[tuple[str, str], str] = {}
    found: list[str] = []
    names: list[str] = []
    keep = photographer(page, language)
    for name in _screens(session, language):
        wrong = [*sticking_out(session), *outside(session), *misshapen(session)]
        if name != "language":
            wrong += wrong_language(session, language)
        found += [f"{name}: {one}" for one in wrong]
        written = {**letters(session), **written}
        names.append(name)
        keep(name)
    found += undrawn(page, written)
    assert not found, "\n".join(found)
    assert len(names) > 70
    assert len(written) > 150


def _screens(session: LearnerSession, language: str) -> Iterator[str]:
    yield from entry_screens(session, language)
    yield from every_screen(session)
