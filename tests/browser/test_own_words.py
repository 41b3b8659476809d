"""The player's own words in every language it speaks: none is wider than a phone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from translate.storage import pypo

from tests.browser.every_kind import COURSE, build_site, entry_screens
from tests.browser.screen_checks import (
    label_not_in_name,
    lost_focus,
    several_rows,
    small_targets,
    sticking_out,
)
from tests.browser.walk import every_screen
from tests.lms.host import PROJECT
from tests.lms.learner import LearnerSession
from tests.lms.web_host import WebHost

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = PROJECT / "scorm_builder" / "player" / "locale"
LANGUAGES = sorted(one.stem for one in WORDS.glob("*.po"))
PHONE = {"width": 360, "height": 640}
REFLOWED = {"width": 320, "height": 256}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebHost]:
    """A page of every kind with the course's words in English, and noroom's in each language."""
    folder = tmp_path_factory.mktemp("words")
    course = folder / "course"
    shutil.copytree(COURSE, course)
    settings = course / "course.yaml"
    head, _, tail = settings.read_text("utf-8").partition("  ar: { status: draft }\n")
    drafts = "".join(f"  {one}: {{ status: draft }}\n" for one in LANGUAGES)
    rest = tail.replace("  uk: { status: draft }\n", "")
    settings.write_text(f"{head}{drafts}{rest}", "utf-8")
    for language in LANGUAGES:
        _leave_in_english(course, language)
    with WebHost(build_site(folder, course)) as host:
        yield host


def _leave_in_english(course: Path, language: str) -> None:
    """Translate the course into itself, under the header that noroom's own words have."""
    entries = pypo.pofile.parsefile(str(COURSE / "locale" / "uk.po"))  # type: ignore[no-untyped-call]
    own = pypo.pofile.parsefile(str(WORDS / f"{language}.po"))  # type: ignore[no-untyped-call]
    for unit in entries.units:
        unit.target = own.header().target if unit.isheader() else unit.source
    entries.savefile(str(course / "locale" / f"{language}.po"))
    shutil.copytree(COURSE / "media" / "en", course / "media" / language, dirs_exist_ok=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_fits_the_phone(page: Page, site: WebHost, language: str) -> None:
    session = LearnerSession(page, site.url)
    found: list[str] = []
    for name in _screens(session, language):
        wrong = [*sticking_out(session), *small_targets(session)]
        wrong += [*several_rows(session), *label_not_in_name(session)]
        if name not in ("language", "codes"):
            wrong += lost_focus(session)
        page.set_viewport_size(REFLOWED)  # type: ignore[arg-type]
        wrong += [f"400 %: {one}" for one in sticking_out(session) + several_rows(session)]
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        found += [f"{name}: {one}" for one in wrong]
    assert not found, "\n".join(found)


def _screens(session: LearnerSession, language: str) -> Iterator[str]:
    yield from entry_screens(session, language)
    yield from every_screen(session)
