"""Listening: a recording, a voice of the device, or no button; never by itself, never after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.browser.screen_checks import violations
from tests.lms.host import PROJECT, LmsHost
from tests.lms.learner import LearnerSession

pytestmark = pytest.mark.browser

VOICES = """(() => {
  const voice = (lang, localService) => ({ lang, localService, name: lang });
  const events = new EventTarget();
  const said = (window.said = []);
  window.voices = [voice("en-GB", false), voice("nl-NL", true)];
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); this.text = text; }
  };
  window.speak = () => said.at(-1)?.dispatchEvent(new Event("end"));
  window.tell = () => events.dispatchEvent(new Event("voiceschanged"));
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => window.voices,
    speak: (utterance) => said.push(utterance),
    cancel: () => said.splice(0),
    addEventListener: (...listener) => events.addEventListener(...listener),
    removeEventListener: (...listener) => events.removeEventListener(...listener),
  } });
  window.addLocalVoice = () => { window.voices.push(voice("en_US", true)); window.tell(); };
})()"""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[LmsHost]:
    """An LMS with the course that has recordings."""
    course = PROJECT / "tests" / "courses" / "scenes"
    request = BuildRequest(course, tmp_path, ["scorm12"], ["en"], allow_draft=True)
    packages, _ = build_packages(request)
    with LmsHost(Path(packages[0].path)) as lms:
        yield lms


def _open(host: LmsHost, page: Page) -> LearnerSession:
    session = LearnerSession(page, host.launch_url("anna")).open()
    session.locate(".scene-view").wait_for()
    return session


def _said(session: LearnerSession) -> list[str]:
    found: list[str] = session.frame.evaluate("said.map((one) => one.text)")
    return found


def test_a_recording_plays_when_asked_and_ends_with_its_card(host: LmsHost, page: Page) -> None:
    session = _open(host, page)
    assert session.locate(".listen").is_hidden(), "no recording, and this browser has no voice"
    session.take(until="sounds")
    listen = session.locate(".listen")
    assert listen.inner_text() == "Listen"
    assert session.locate("audio").count() == 0, "nothing is fetched before it is wanted"
    with page.expect_response("**/first-*.mp3"):
        listen.click()
    session.frame.evaluate("window.player = document.querySelector('audio')")
    assert session.frame.evaluate("!player.paused && !player.ended")
    assert listen.inner_text() == "Stop listening"
    assert session.frame.evaluate("document.activeElement.className") == "listen"
    assert violations(session) == []
    session.press_next()
    session.take()
    session.frame.wait_for_function("player.paused")
    assert session.locate("audio").count() == 0


def test_a_voice_of_the_device_reads_what_is_shown(
    host: LmsHost, page: Page, context: BrowserContext
) -> None:
    context.add_init_script(VOICES)
    session = _open(host, page)
    listen = session.locate(".listen")
    assert listen.is_hidden(), "the only voice for English would send the text to a server"
    session.frame.evaluate("addLocalVoice()")
    listen.click()
    assert _said(session) == ["The room", "What can be a signal?"]
    assert session.frame.evaluate("said[0].voice.lang") == "en_US"
    assert listen.inner_text() == "Stop listening"
    session.frame.evaluate("speak()")
    assert listen.inner_text() == "Listen"
    listen.click()
    session.locate('.spot[data-thing="book"]').click()
    assert listen.inner_text() == "Stop listening"
    listen.click()
    assert _said(session) == []
    listen.click()
    assert "Guests read." in " ".join(_said(session))
    session.exit()
    session.frame.wait_for_function("said.length === 0")
