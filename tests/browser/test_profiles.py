"""Who somebody is: one tap beside the role; a student is told to the programme, nobody else is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scorm_builder.course.short_keys import profile_key
from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.browser.acme_package import acme_package
from tests.browser.screen_checks import small_targets, sticking_out, violations, wait_for_focus
from tests.browser.spoken import ScreenReader
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs
from tests.lms.web_host import WebHost

pytestmark = pytest.mark.browser

SHIFT = Path(__file__).parents[1] / "courses" / "shift"
PROFILE = "https://id.noroom.example/extension/profile"
SPOKEN = """\
heading 1: What work do you do?
group: Which group are you in?
  button: Employee, not pressed
  button: Student, not pressed
  button: Municipality, pressed, focused
You get the examples that fit your work.
group: What work do you do?
  button: Front desk
  button: Housekeeping Rooms, laundry and corridors.
  button: Security and night
"""
PROFILES = """\
profiles:
  - { id: staff, title: Employee }
  - { id: student, title: Student, counts: false, manager: your teacher, roles: [housekeeping] }
  - { id: municipal, title: Municipality, counts: false, manager: your own manager }
"""


def write_course(folder: Path) -> Path:
    """Write the course with roles, three profiles and a page for one of them."""
    shutil.copytree(SHIFT, folder / "course")
    file = folder / "course" / "course.yaml"
    file.write_text(file.read_text("utf-8").replace("check: {", PROFILES + "check: {"), "utf-8")
    block = folder / "course" / "blocks" / "0-look.yaml"
    own = "  - { id: you, kind: text, profiles: [student], title: You, text: 'Tell {manager}.' }\n"
    block.write_text(block.read_text("utf-8").replace("  - id: desk\n", own + "  - id: desk\n"))
    return folder / "course"


def build(folder: Path, lrs: RecordingLrs) -> Path:
    """Build it for a chain that lets learners choose."""
    course = write_course(folder)
    allowed = "profiles: [staff, student, municipal]"
    return acme_package(folder, course, "scorm12", lrs.endpoint, allowed)


def told_profiles(lrs: RecordingLrs) -> list[object]:
    """Give what each result says of a profile, in the order in which they came."""
    return [
        one["context"].get("extensions", {}).get(PROFILE)
        for one in lrs.statements
        if one["verb"]["id"].endswith(("completed", "passed"))
    ]


def test_a_student_is_told_and_an_employee_is_not(
    tmp_path: Path, lrs: RecordingLrs, context: BrowserContext
) -> None:
    with LmsHost(build(tmp_path, lrs)) as lms:
        staff = LearnerSession(context.new_page(), lms.launch_url("anna"), role="housekeeping")
        staff.open().take()
        assert "you" not in staff.visited
        staff.exit()
        assert told_profiles(lrs) == [None, None]
        assert "profile" not in json.dumps(lrs.statements)

        student = LearnerSession(context.new_page(), lms.launch_url("bora"))
        student.profile, student.role = "student", "housekeeping"
        student.open().take(until="you")
        assert student.locate(".rich").first.inner_text() == "Tell your teacher."
        student.page.reload()
        student.wait_until_shown()
        assert student.screen == "you"
        assert student.locate(".rich").first.inner_text() == "Tell your teacher."
        student.take().exit()
        assert told_profiles(lrs)[2:] == ["student", "student"]
        told = [call for call in lms.calls("bora") if "suspend_data" not in str(call.values[:1])]
        words = json.dumps([(call.values, call.result) for call in told])
        assert "cmi.core.lesson_status" in words
        for secret in ('"student"', profile_key("student"), '"you"'):
            assert secret not in words


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_row_is_chosen_by_keyboard_and_shows_only_the_work_that_fits(
    tmp_path: Path, lrs: RecordingLrs, context: BrowserContext, scheme: str
) -> None:
    with LmsHost(build(tmp_path, lrs)) as lms:
        page = context.new_page()
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        session = LearnerSession(page, lms.launch_url("anna")).open().take(until="work")
        row = session.frame.get_by_role("group", name="Which group are you in?")
        work = session.frame.get_by_role("group", name="What work do you do?")
        expect(row.get_by_role("button", name="Employee")).to_have_attribute("aria-pressed", "true")
        assert work.get_by_role("button").count() == 4
        row.get_by_role("button", name="Municipality").press("Enter")
        municipal = row.get_by_role("button", name="Municipality")
        expect(municipal).to_have_attribute("aria-pressed", "true")
        expect(municipal).to_be_focused()
        assert violations(session) == []
        assert small_targets(session) == []
        assert sticking_out(session) == []
        row.get_by_role("button", name="Student").press("Space")
        session.locate('.app[data-screen="you"]').wait_for()
        wait_for_focus(session, "h1")
        session.locate(".place-button").click()
        dialog = session.frame.get_by_role("dialog", name="Parts of this course")
        assert "Your work: Student" in dialog.inner_text()


def test_a_screen_reader_says_who_and_what_can_be_chosen(tmp_path: Path, page: Page) -> None:
    course, whom = write_course(tmp_path), ["staff", "student", "municipal"]
    request = BuildRequest(course, tmp_path / "out", ["web"], ["en"], profiles=whom)
    packages, _ = build_packages(request)
    with WebHost(Path(packages[0].path)) as site:
        session, reader = LearnerSession(page, site.url), ScreenReader(page)
        reader.listen()
        session.open().take(until="work")
        reader.read()
        page.get_by_role("button", name="Municipality").press("Enter")
        said = "\n".join(reader.read())
    start, end = said.index("heading 1"), said.index("  button: Something else")
    assert said[start:end] == SPOKEN
