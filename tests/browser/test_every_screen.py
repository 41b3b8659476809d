"""Every kind of screen, in three languages, for everybody: seen, heard, enlarged, mirrored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.browser.every_kind import COURSE, build_site, entry_screens, write_chain
from tests.browser.mirrored_pictures import picture_not_mirrored
from tests.browser.screen_checks import (
    label_not_in_name,
    lost_focus,
    low_contrast,
    missing_tools,
    not_mirrored,
    several_rows,
    small_targets,
    sticking_out,
    violations,
    wrong_language,
)
from tests.browser.walk import every_screen
from tests.lms.host import PROJECT, LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.web_host import WebHost
from tests.often import often

pytestmark = pytest.mark.browser

REAL = PROJECT / "courses" / "no-room"
REAL_LANGUAGES = ["en", *sorted(one.stem for one in (REAL / "locale").glob("*.po"))]
BESIDE_THE_COURSE = ("language", "codes", "codes-mistyped", "codes-without", "closed")
PHONE = {"width": 360, "height": 640}
ZOOMED = {
    "200 %": {"width": 640, "height": 400},
    "400 %": {"width": 320, "height": 256},
}
# WCAG 2.2, 1.4.12: what a reader may set without losing anything.
SPACING = """* {
  line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
}
p { margin-block-end: 2em !important; }"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebHost]:
    """A web site with a page of every kind, in English, Arabic and Ukrainian."""
    with WebHost(build_site(tmp_path_factory.mktemp("every"))) as host:
        yield host


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebHost]:
    """A web site with the real course in all its languages."""
    with WebHost(build_site(tmp_path_factory.mktemp("real"), REAL, REAL_LANGUAGES)) as host:
        yield host


def _screens(session: LearnerSession, language: str) -> Iterator[str]:
    yield from entry_screens(session, language)
    yield from every_screen(session)


def _barriers(page: Page, session: LearnerSession) -> list[str]:
    """Give what is wrong in either scheme; the dark one differs in its colours only."""
    wrong = [*violations(session), *small_targets(session), *sticking_out(session)]
    wrong += [*several_rows(session), *label_not_in_name(session)]
    page.emulate_media(color_scheme="dark")
    wrong += [f"dark: {one}" for one in low_contrast(session)]
    page.emulate_media(color_scheme="light")
    return wrong


@pytest.mark.parametrize("language", often(["en", "ar", "uk"]))
def test_every_screen_is_open_to_everybody(
    context: BrowserContext, site: WebHost, language: str
) -> None:
    page = context.new_page()
    session = LearnerSession(page, site.url)
    found: list[str] = []
    names: list[str] = []
    for name in _screens(session, language):
        wrong = _barriers(page, session)
        if name != "language":
            wrong += wrong_language(session, language)
        if name not in ("language", "codes"):
            wrong += lost_focus(session)
        if name not in BESIDE_THE_COURSE:
            wrong += missing_tools(session)
        found += [f"{name}: {one}" for one in wrong]
        names.append(name)
    assert not found, "\n".join(found)
    assert len(names) > 55


@pytest.mark.slow
@pytest.mark.parametrize("language", REAL_LANGUAGES)
def test_axe_finds_nothing_on_any_screen_of_the_real_course(
    page: Page, real: WebHost, language: str
) -> None:
    session = LearnerSession(page, real.url)
    found = [
        f"{name}: {one}" for name in _screens(session, language) for one in _barriers(page, session)
    ]
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_picture_of_every_screen_is_mirrored(page: Page, site: WebHost, language: str) -> None:
    session = LearnerSession(page, site.url)
    found = [
        f"{name}: {one}"
        for name in _screens(session, language)
        for one in picture_not_mirrored(page, session)
    ]
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_nothing_is_lost_when_screens_are_enlarged_spaced_or_mirrored(
    page: Page, site: WebHost
) -> None:
    """200 and 400 %, the reader's own spacing, forced colours, the other direction; no motion."""
    session = LearnerSession(page, site.url)
    found: list[str] = []
    for name in _screens(session, "en"):
        found += [f"{name}, {one}" for one in _stressed(page, session)]
    assert not found, "\n".join(found)


def test_the_hotel_picker_and_notices_are_open_to_everybody(page: Page, tmp_path: Path) -> None:
    """In an LMS that refuses to save, and a chain with more hotels than fit on a screen."""
    programme = write_chain(tmp_path / "programme", hotels=12)
    request = BuildRequest(COURSE, tmp_path, ["scorm12"], ["en"], ["acme"], programme)
    packages, _ = build_packages(request)
    with LmsHost(Path(packages[0].path)) as lms:
        session = LearnerSession(page, lms.launch_url("anna", fail="commit"))
        page.goto(session.url)
        frame = page.frame_locator("iframe")
        frame.locator("#hotel-search").fill("nowhere")
        found = [*violations(session), *small_targets(session), *sticking_out(session)]
        frame.locator("#hotel-search").fill("zon")
        frame.locator(".hotel-button:visible").click()
        frame.locator(".notice").wait_for()
        session.wait_until_shown()
        found += [*violations(session), *lost_focus(session), *sticking_out(session)]
    assert not found, "\n".join(found)


def _stressed(page: Page, session: LearnerSession) -> Iterator[str]:
    if moving := page.evaluate("document.getAnimations().length"):
        yield f"in spite of reduced motion: {moving} animations"
    yield from (f"mirrored: {one}" for one in not_mirrored(session))
    for zoom, size in ZOOMED.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        yield from (f"{zoom}: {one}" for one in sticking_out(session))
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.evaluate(_SET_STYLE, SPACING)
    yield from (f"spaced: {one}" for one in sticking_out(session))
    page.evaluate(_SET_STYLE, "")
    page.emulate_media(forced_colors="active")
    yield from (f"forced colours: {one}" for one in low_contrast(session))
    page.emulate_media(forced_colors="none")


_SET_STYLE = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
