"""The course in Firefox and in WebKit, the engine of iPhones: to the end, or left half-way."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Page

from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.browser.conftest import BuildTiny
from tests.browser.engines.window import Window
from tests.browser.test_lms_faults import STRICT_CSP
from tests.lms.host import PROJECT, LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs

pytestmark = pytest.mark.browser


def launch(window: Window, url: str) -> LearnerSession:
    """Give a session; a Window is what it uses of Playwright's page."""
    return LearnerSession(cast(Page, window), url)


def test_the_course_ends_as_passed_under_a_strict_policy_in_foreign_frames(
    window: Window, tiny: BuildTiny
) -> None:
    policy = f"{STRICT_CSP}; frame-ancestors *"
    with LmsHost(tiny("scorm12"), {"Content-Security-Policy": policy}) as lms:
        url = lms.launch_url("anna", between="1", engine="strict", query="aicc_sid=1&x=%2F")
        session = launch(window, url).open().fail_check_once().take().exit()
        assert lms.value("anna", "cmi.core.lesson_status") == "passed"
        assert lms.calls("anna")[-1].name == "LMSFinish"
        assert window.main_frame.evaluate("strictViolations") == []
        assert session.heading == "You can close this window now."


@pytest.mark.slow
def test_who_leaves_without_a_word_finds_the_place_again(window: Window, tiny: BuildTiny) -> None:
    with RecordingLrs() as lrs, LmsHost(tiny("scorm2004-4", lrs.endpoint)) as lms:
        launch(window, lms.launch_url("anna")).open().take(until="which")
        window.goto("about:blank")
        session = launch(window, lms.launch_url("anna")).open()
        assert session.screen == "which"
        session.take().exit()
        assert lms.value("anna", "cmi.success_status") == "passed"
        # WebKit drops the last requests of the test LMS's own page as it goes, Terminate with them.
        assert len(lms.calls("anna", "Initialize")) == 2
        assert lms.calls("anna")[-1].name == "Terminate"
        wanted = ["completed", "initialized", "initialized", "passed", "suspended", "terminated"]
        assert sorted(lrs.verbs()) == wanted


@pytest.mark.slow
def test_the_course_runs_from_disk(window: Window, tiny: BuildTiny, tmp_path: Path) -> None:
    with zipfile.ZipFile(tiny("scorm12")) as package:
        package.extractall(tmp_path)
    session = launch(window, (tmp_path / "index.html").as_uri()).open()
    assert "will not be saved" in session.locate(".notice").inner_text()
    session.take()
    assert session.screen == "finish"


@pytest.mark.slow
@pytest.mark.parametrize("course", ["courses/no-room", "tests/courses/every_kind"])
def test_a_whole_course_is_played_to_its_end(window: Window, tmp_path: Path, course: str) -> None:
    """The real course by one role that practises other answers too, and every kind of page."""
    request = BuildRequest(PROJECT / course, tmp_path, ["scorm12"], ["en"], allow_draft=True)
    packages, _ = build_packages(request)
    with LmsHost(Path(packages[0].path)) as lms:
        session = launch(window, lms.launch_url("anna")).open()
        session.role = "housekeeping"
        session.fail_check_once().take()
        assert session.screen == session.pages()[-1]["id"]
        session.exit()
        assert lms.value("anna", "cmi.core.lesson_status") == "passed"
        assert set(session.visited) >= {str(page["id"]) for page in session.pages()}
