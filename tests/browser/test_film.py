"""A film: fetched and played when the learner taps, with captions; or as pictures, or as words."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.browser.screen_checks import low_contrast, small_targets, sticking_out, violations
from tests.browser.test_languages import choose, launch, switch
from tests.browser.test_lms_faults import STRICT_CSP
from tests.lms.host import PROJECT, LmsHost
from tests.lms.learner import LearnerSession

pytestmark = pytest.mark.browser

COURSE = PROJECT / "tests" / "courses" / "film"
FILM = "document.querySelector('video')"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course with every kind of page, in two languages."""
    out = tmp_path_factory.mktemp("every-kind")
    request = BuildRequest(COURSE, out, ["scorm12"], allow_draft=True, languages_in="one")
    packages, _ = build_packages(request)
    return Path(packages[0].path)


@pytest.fixture
def lms(package: Path) -> Iterator[LmsHost]:
    """An LMS with that course."""
    with LmsHost(package) as host:
        yield host


@pytest.fixture
def strict(package: Path) -> Iterator[LmsHost]:
    """The same with a strict policy that lets the package's own films play."""
    policy = {"Content-Security-Policy": f"{STRICT_CSP}; media-src 'self'"}
    with LmsHost(package, policy) as host:
        yield host


def _open(lms: LmsHost, page: Page, learner: str) -> LearnerSession:
    """Come to the page with the film; this learner has asked for less motion."""
    session = launch(page, lms, learner)
    choose(session, "en")
    return session.take(until="shift")


def _pressed(session: LearnerSession) -> str:
    return session.locate('.switch-button[aria-pressed="true"]').inner_text()


def _fetched(lms: LmsHost) -> list[str]:
    return [one for one in lms.requests if ".mp4" in one]


def test_a_film_plays_with_captions_when_it_is_tapped(strict: LmsHost, page: Page) -> None:
    session = _open(strict, page, "anna")
    assert _pressed(session) == "Pictures", "less motion was asked for"
    session.locate(".switch-button").first.click()
    session.locate(".next").click(force=True)
    assert "Watch the film to its end" in session.locate(".hint").inner_text()
    assert session.locate("video").count() == 0 and not _fetched(strict)
    start = session.locate(".film-start")
    assert start.inner_text() == "Play the film (0.1 MB)"
    start.focus()
    page.keyboard.press("Enter")
    session.frame.wait_for_function(f"() => {FILM}.ended")
    assert _fetched(strict)
    assert session.frame.evaluate("document.activeElement.tagName") == "VIDEO"
    shown = f"(([one]) => [one.mode, one.language, one.kind])({FILM}.textTracks)"
    assert session.frame.evaluate(shown) == ["showing", "en", "captions"]
    cues = session.frame.evaluate(
        f"[...{FILM}.textTracks[0].cues].map((cue) => cue.getCueAsHTML().textContent)"
    )
    assert cues == ["Soap &\ntowels.", "I tell my manager."]
    switch(session, "nl")
    assert _pressed(session) == "Film"
    assert session.locate("video").count() == 0, "nothing plays without a tap"
    session.locate(".film-start").click()
    session.frame.wait_for_function(f"() => {FILM}.textTracks[0].language === 'nl' && {FILM}.ended")
    session.press_next()
    assert session.screen == "break"


def test_a_film_is_open_to_everybody_while_it_plays(lms: LmsHost, page: Page) -> None:
    """Slowed down, so that it has not ended when axe has looked."""
    session = _open(lms, page, "emma")
    session.locate(".switch-button").first.click()
    session.locate(".film-start").click()
    session.frame.wait_for_function(f"() => {FILM}.currentTime > 0")
    session.frame.evaluate(f"() => void ({FILM}.playbackRate = 0.0625)")
    found = [*violations(session), *small_targets(session), *sticking_out(session)]
    page.emulate_media(color_scheme="dark")
    found += low_contrast(session)
    assert session.frame.evaluate(f"!{FILM}.paused && !{FILM}.ended"), "it plays all the while"
    assert found == []


@pytest.mark.slow
def test_the_pictures_or_the_words_are_enough(lms: LmsHost, page: Page) -> None:
    page.emulate_media(reduced_motion="no-preference")
    session = _open(lms, page, "bert")
    assert _pressed(session) == "Film"
    assert violations(session) == []
    session.locate(".switch-button").nth(1).click()
    assert session.locate(".counter").inner_text() == "Picture 1 of 2"
    assert "a sports team" in session.locate(".feedback-note").inner_text()
    session.press_next()
    expect(session.locate(":focus")).to_have_text("At the desk")
    assert violations(session) == []
    switch(session, "nl")
    assert session.locate(".card h2").inner_text() == "NL At the desk"
    session.locate(".back").click()
    assert session.locate(".card h2").inner_text() == "NL At the door"
    session.press_next()
    session.press_next()
    assert session.screen == "break"

    other = _open(lms, page, "carl")
    other.locate(".switch-button").nth(2).click()
    assert "The colleague tells your manager." in other.locate(".transcript").inner_text()
    assert violations(other) == []
    other.press_next()
    assert other.screen == "break"
    assert not _fetched(lms)


def test_one_sentence_and_the_pictures_where_it_does_not_play(package: Path, page: Page) -> None:
    with LmsHost(package, {"Content-Security-Policy": STRICT_CSP}) as lms:
        session = _open(lms, page, "dora")
        session.locate(".switch-button").first.click()
        session.locate(".film-start").click()
        failed = session.locate(".film-failed")
        expect(failed).to_have_text("The film does not play here. The pictures tell the same.")
        assert _pressed(session) == "Pictures"
        expect(session.locate(":focus")).to_have_text("At the door")
        session.locate(".switch-button").first.click()
        expect(failed).to_be_hidden()
        assert session.locate(".film-start").is_visible(), "it can be tried again"


@pytest.mark.slow
def test_it_plays_from_disk(package: Path, page: Page, tmp_path: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path)
    session = LearnerSession(page, (tmp_path / "index.html").as_uri())
    page.goto(session.url)
    session.wait_until_shown()
    choose(session, "en")
    session.take(until="shift")
    session.locate(".switch-button").first.click()
    session.locate(".film-start").click()
    session.frame.wait_for_function(f"() => {FILM}.ended && {FILM}.textTracks[0].cues.length === 2")
    session.take()
    assert session.screen == "finish"
