"""Learners choose their work: by thumb, by keyboard, again later; nobody else is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from scorm_builder.build_packages import BuildRequest, build_packages
from scorm_builder.short_keys import role_key
from tests.browser.screen_checks import violations
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs

pytestmark = pytest.mark.browser

SHIFT = Path(__file__).parents[1] / "courses" / "shift"
ROLES = ("front_desk", "housekeeping", "security")


def build_shift(folder: Path, standard: str, lrs: RecordingLrs) -> Path:
    """Build the course with roles for a chain that wants every answer told."""
    chain = folder / "programme" / "chains" / "acme"
    chain.mkdir(parents=True)
    (folder / "programme" / "programme.yaml").write_text(
        "name: Test\niri: https://id.noroom.example\n", encoding="utf-8"
    )
    (chain / "chain.yaml").write_text(
        "name: Acme\noptions: { interactions: full }\n"
        f'lrs: {{ endpoint: "{lrs.endpoint}", key: "key:secret" }}\n',
        encoding="utf-8",
    )
    programme = folder / "programme"
    request = BuildRequest(SHIFT, folder / "out", [standard], ["en"], ["acme"], programme)
    packages, _ = build_packages(request)
    return Path(packages[0].path)


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
        rooms.focus()
        page.keyboard.press("Space")
        session.locate('.app[data-screen="room"]').wait_for()
        assert frame.evaluate("document.activeElement.tagName") == "H1"
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
