"""What only one role sees and what only one country says, in each language, on a dark phone.

The rest of the course is the same for everybody: test_every_language.py looks at it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from programme.personal_codes import hotel_code, printed
from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.browser.contact_sheets import photographer
from tests.browser.every_kind import IRI, write_chain
from tests.browser.letter_checks import misshapen, outside
from tests.browser.screen_checks import low_contrast, small_targets, sticking_out, wrong_language
from tests.browser.test_every_language import COURSE, LANGUAGES
from tests.browser.walk import kind_of, on_screen
from tests.lms.learner import LearnerSession
from tests.lms.web_host import WebHost

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROLES = ("front_desk", "housekeeping", "food_beverage", "security", "maintenance", "holiday_park")
COUNTRIES = {
    "ar": "US", "de": "DE", "en": "GB", "es": "ES", "fr": "BE", "nl": "EU", "pl": "PL",
    "ro": "RO", "uk": "UA",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebHost]:
    """A web site with the real course in all languages, and a hotel in each country."""
    folder = tmp_path_factory.mktemp("countries")
    programme = write_chain(folder / "programme")
    rows = [f"in-{one.lower()},Hotel {one},acme,5,{one}" for one in COUNTRIES.values()]
    (programme / "hotels.csv").write_text(
        "\n".join(["hotel,name,chain,headcount,country", *rows]) + "\n", "utf-8"
    )
    request = BuildRequest(
        COURSE, folder / "out", ["web"], LANGUAGES, ["acme"], programme,
        allow_draft=True, languages_in="one",
    )  # fmt: skip
    packages, _ = build_packages(request)
    with WebHost(Path(packages[0].path)) as host:
        yield host


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_only_some_learners_see_is_whole(page: Page, site: WebHost, language: str) -> None:
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    session = LearnerSession(page, site.url, role=ROLES[0])
    keep = photographer(page, f"roles-{language}")
    names: list[str] = []
    found: list[str] = []
    _enter(session, language)
    for name in _own_screens(session):
        wrong = [*sticking_out(session), *outside(session), *misshapen(session)]
        wrong += [*small_targets(session), *low_contrast(session)]
        found += [f"{name}: {one}" for one in wrong + wrong_language(session, language)]
        names.append(f"{session.role}-{name}")
        keep(names[-1])
    assert not found, "\n".join(found)
    assert len(set(names)) > 6 * len(ROLES), names


def _own_screens(session: LearnerSession) -> Iterator[str]:
    """Stop at the pages of one role and what happens on them; then those of the next roles."""
    while kind_of(session) != "check":
        if kind_of(session) == "role":
            yield session.screen
        if session.locate(".page [data-country]").count():
            yield session.screen
            session.locate(".tool-help").click()
            yield "help"
            session.page.keyboard.press("Escape")
        yield from _own_page(session)
    for session.role in ROLES[1:]:
        _choose_role(session)
        while kind_of(session) != "check":
            yield from _own_page(session)
            _choose_role(session)


def _own_page(session: LearnerSession) -> Iterator[str]:
    if kind_of(session) in ("hotspot", "dialogue"):
        yield session.screen
        yield from on_screen(session)
    else:
        session.do_page()


def _choose_role(session: LearnerSession) -> None:
    """Say what the work is; the course goes on at the first page that was not seen yet."""
    session.locate(".place-button").click()
    session.locate(".role-now button").click()
    session.choose_role()


def _enter(session: LearnerSession, language: str) -> None:
    page, hotel = session.page, f"{IRI}/hotel/in-{COUNTRIES[language].lower()}"
    page.goto(session.url)
    page.locator(f'[data-language="{language}"]').click()
    page.fill("#code-hotel", printed(hotel_code(hotel)))
    page.fill("#code-personal", "GAF-QCZ-253")
    page.locator(".entry-form .primary").click()
    page.wait_for_selector(".place-button")
    session.wait_until_shown()
