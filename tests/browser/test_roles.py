"""Learners choose their work: by thumb, by keyboard, again later; nobody else is told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scorm_builder.course.short_keys import role_key
from scorm_builder.package.build_packages import BuildRequest, build_packages
from scorm_builder.starter.write_starter import write_starter
from tests.browser.acme_package import acme_package
from tests.browser.screen_checks import violations, wait_for_focus
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs

pytestmark = pytest.mark.browser

SHIFT = Path(__file__).parents[1] / "courses" / "shift"
ROLES = ("front_desk", "housekeeping", "security")


def build_shift(folder: Path, standard: str, lrs: RecordingLrs) -> Path:
    """Build the course with roles for a chain that wants every answer told."""
    told = "options: { interactions: full }"
    return acme_package(folder, SHIFT, standard, lrs.endpoint, told)


def test_each_role_walks_its_own_way_and_nobody_is_told_which(
    tmp_path: Path, standard: str, lrs: RecordingLrs, context: BrowserContext
) -> None:
    own = {
        "front_desk": ["start", "work", "desk", "cards", "judge", "break", "which"],
        "housekeeping": ["start", "work", "room", "night", "cards", "judge", "break", "which"],
        "": ["start", "work", "desk", "cards", "judge", "break", "which"],
    }
    with LmsHost(build_shift(tmp_path, standard, lrs)) as lms:
        for number, (role, way) in enumerate(own.items()):
            page, learner = context.new_page(), f"learner-{number}"
            session = LearnerSession(page, lms.launch_url(learner), role=role).open().take()
            assert session.visited == [*way, "check", "finish"]
            session.exit()
            told = [call for call in lms.calls(learner) if "suspend_data" not in call.values[:1]]
            words = json.dumps([(call.values, call.result) for call in told])
            assert "q-tell" in words or "q-who" in words or "q-photo" in words
            for secret in (*ROLES, *map(role_key, ROLES), "q-desk", "q-room", "night", "desk"):
                assert f'"{secret}"' not in words
    sent = json.dumps(lrs.statements)
    assert lrs.verbs().count("passed") == len(own)
    for secret in ("role", *ROLES, *map(role_key, ROLES)):
        assert secret not in sent


def test_the_keyboard_and_a_screen_reader_get_to_the_choice_and_back_to_it(
    tmp_path: Path, lrs: RecordingLrs, page: Page
) -> None:
    with LmsHost(build_shift(tmp_path, "scorm12", lrs)) as lms:
        session = LearnerSession(page, lms.launch_url("anna"), role="housekeeping").open()
        session.take(until="work")
        frame = session.frame
        assert violations(session) == []
        assert not session.locate(".next").is_visible()
        group = frame.get_by_role("group", name="What work do you do?")
        names = group.get_by_role("button").all_inner_texts()
        assert [name.split("\n")[0] for name in names] == [
            "Front desk", "Housekeeping", "Security and night", "Something else",
        ]  # fmt: skip
        rooms = group.get_by_role("button", name="Housekeeping")
        at_once = "() => (window.atOnce = document.activeElement.tagName)"
        frame.evaluate(f"addEventListener('click', {at_once})")
        rooms.focus()
        page.keyboard.press("Space")
        session.locate('.app[data-screen="room"]').wait_for()
        # Told of the new heading before it is told that the button went, a screen reader is silent.
        assert frame.evaluate("window.atOnce") == "BODY"
        wait_for_focus(session, "h1")
        session.take(until="cards")

        session.locate(".place-button").click()
        dialog = frame.get_by_role("dialog", name="Parts of this course")
        assert "Your work: Housekeeping" in dialog.inner_text()
        assert violations(session) == []
        dialog.get_by_role("button", name="Change").press("Enter")
        session.locate('.app[data-screen="work"]').wait_for()
        assert violations(session) == []
        assert "Your choice" in group.get_by_role("button", name="Housekeeping").inner_text()
        assert group.locator("[aria-current=true]").count() == 1
        session.role = "security"
        session.choose_role()
        assert session.screen == "cards"
        session.page.reload()
        session.wait_until_shown()
        assert session.screen == "cards"
        assert session.take().screen == "finish"
        session.exit()
        assert lms.value("anna", "cmi.core.lesson_status") == "passed"


def build_starter(folder: Path) -> Path:
    """Build the course of `noroom init`: two roles and two languages, in one package."""
    write_starter(folder / "course", "course")
    request = BuildRequest(
        folder / "course", folder / "out", ["scorm12"], allow_draft=True, languages_in="one"
    )
    packages, _ = build_packages(request)
    return Path(packages[0].path)


@pytest.mark.slow
def test_role_and_language_are_changed_in_turn_and_nothing_is_lost(
    tmp_path: Path, context: BrowserContext
) -> None:
    with LmsHost(build_starter(tmp_path)) as lms:
        session = LearnerSession(context.new_page(), lms.launch_url("anna"), role="housekeeping")
        session.page.goto(session.url)
        session.wait_until_shown()
        speak(session, "nl")
        session.take(until="work")
        assert "Receptie" in session.locate(".roles").inner_text()
        session.take(until="rooms")
        assert session.heading == "In een kamer"
        speak(session, "en")
        assert (session.screen, session.heading) == ("rooms", "In a room")
        session.take(until="cards")

        change_role(session, "front_desk")
        assert session.screen == "cards"
        assert "rooms" not in [page["id"] for page in session.pages()]
        speak(session, "nl")
        session.take(until="statements")
        change_role(session, "housekeeping")
        assert session.screen == "statements", "the page of the first role was seen before"
        session.close_window()

        again = LearnerSession(context.new_page(), lms.launch_url("anna"), role="housekeeping")
        again.open()
        assert again.screen == "statements"
        expect(again.locate("html")).to_have_attribute("lang", "nl")
        speak(again, "en")
        again.take().exit()
        assert lms.value("anna", "cmi.core.lesson_status") == "passed"


def speak(session: LearnerSession, language: str) -> None:
    """Choose a language, on the first screen or from wherever the learner is."""
    if session.locate(".tool-language").count():
        session.locate(".tool-language").click()
    session.locate(f'[data-language="{language}"]:visible').click()
    session.locate(".top").wait_for()
    expect(session.locate("html")).to_have_attribute("lang", language)
    session.wait_until_shown()


def change_role(session: LearnerSession, role: str) -> None:
    """Change the role by the list of parts, as a learner who helps another team does."""
    session.locate(".place-button").click()
    words = re.compile("^(Change|Wijzigen)$")
    session.frame.get_by_role("dialog").get_by_role("button", name=words).click()
    session.locate('.app[data-screen="work"]').wait_for()
    session.role = role
    session.choose_role()
