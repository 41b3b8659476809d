"""What the LMS holds at the end: docs/contracts.md section 4, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.often import often

pytestmark = pytest.mark.browser

WRITES = ("LMSSetValue", "LMSCommit", "SetValue", "Commit")
PASSED = {
    "scorm12": {
        "cmi.core.lesson_status": "passed",
        "cmi.core.score.raw": "100",
        "cmi.core.exit": "",
    },
    "scorm2004-4": {
        "cmi.completion_status": "completed",
        "cmi.success_status": "passed",
        "cmi.score.scaled": "1",
        "cmi.progress_measure": "1",
        "cmi.exit": "suspend",
    },
}
INCOMPLETE = {
    "scorm12": {"cmi.core.lesson_status": "incomplete", "cmi.core.exit": "suspend"},
    "scorm2004-4": {"cmi.completion_status": "incomplete", "cmi.exit": "suspend"},
}


BOTH = pytest.mark.parametrize("standard", ["scorm12", "scorm2004-4"], indirect=True)
"""For what both kinds say in words of their own, in every run."""


def _held(lms: LmsHost, learner: str, wanted: dict[str, str]) -> dict[str, str]:
    return {element: lms.value(learner, element) for element in wanted}


@BOTH
def test_a_whole_course_ends_as_passed(lms: LmsHost, standard: str, page: Page) -> None:
    session = LearnerSession(page, lms.launch_url("anna")).open().take()
    session.exit()
    assert _held(lms, "anna", PASSED[standard]) == PASSED[standard]
    assert session.heading == "You can close this window now."
    finish = "LMSFinish" if standard == "scorm12" else "Terminate"
    assert [call.name for call in lms.calls("anna")][-1] == finish
    assert len(lms.calls("anna", finish)) == 1


def test_a_strict_lms_finds_no_breach(lms12: LmsHost, page: Page) -> None:
    url = lms12.launch_url("anna", engine="strict")
    LearnerSession(page, url).open().fail_check_once().take().exit()
    assert page.evaluate("strictViolations") == []
    assert lms12.value("anna", "cmi.core.lesson_status") == "passed"


@BOTH
def test_the_launch_stays_within_its_budget_of_calls(
    lms: LmsHost, standard: str, page: Page
) -> None:
    LearnerSession(page, lms.launch_url("anna")).open()
    commit = "LMSCommit" if standard == "scorm12" else "Commit"
    calls = lms.calls("anna")
    count = sum("GetValue" in call.name for call in calls)
    assert count <= 15, calls
    assert sum("SetValue" in call.name for call in calls) <= 4, calls
    assert [call.name for call in calls].count(commit) == 1
    assert _held(lms, "anna", INCOMPLETE[standard]) == INCOMPLETE[standard]


def test_a_reload_in_the_middle_changes_nothing(lms: LmsHost, standard: str, page: Page) -> None:
    session = LearnerSession(page, lms.launch_url("anna")).open()
    session.take(until="which")
    session.reload()
    assert session.screen == "which"
    session.take().exit()
    assert _held(lms, "anna", PASSED[standard]) == PASSED[standard]


@BOTH
def test_a_closed_window_in_the_middle_loses_nothing(
    lms: LmsHost, standard: str, context: BrowserContext
) -> None:
    first = LearnerSession(context.new_page(), lms.launch_url("anna")).open()
    first.take(until="steps")
    first.close_window()
    finish = "LMSFinish" if standard == "scorm12" else "Terminate"
    lms.wait_for(lambda: bool(lms.calls("anna", finish)), "the end of the session")
    assert _held(lms, "anna", INCOMPLETE[standard]) == INCOMPLETE[standard]
    second = LearnerSession(context.new_page(), lms.launch_url("anna")).open()
    assert second.screen == "steps"
    second.take().exit()
    assert _held(lms, "anna", PASSED[standard]) == PASSED[standard]


def test_the_draw_and_the_answers_survive_a_closed_window(
    lms12: LmsHost, context: BrowserContext
) -> None:
    first = LearnerSession(context.new_page(), lms12.launch_url("anna")).open()
    first.take(until="check")
    first.press_next()
    first.answer_shown(right=False)
    first.close_window()
    lms12.wait_for(lambda: bool(lms12.calls("anna", "LMSFinish")), "the end of the session")
    second = LearnerSession(context.new_page(), lms12.launch_url("anna")).open()
    assert second.locate(".counter").inner_text() == "Question 2 of 2"


@BOTH
def test_a_failed_try_tells_the_lms_nothing_and_only_wrong_ones_come_again(
    lms: LmsHost, standard: str, page: Page
) -> None:
    session = LearnerSession(page, lms.launch_url("anna")).open().fail_check_once()
    assert _held(lms, "anna", INCOMPLETE[standard]) == INCOMPLETE[standard]
    assert not any("score" in element for element in lms.record("anna").stored)
    assert session.locate(".look-back").count() == 0
    session.fail_check_once()
    assert session.locate(".look-back").count() == 1
    session.take().exit()
    assert _held(lms, "anna", PASSED[standard]) == PASSED[standard]


def test_looking_again_at_the_course_leads_back_to_the_check(lms12: LmsHost, page: Page) -> None:
    session = LearnerSession(page, lms12.launch_url("anna")).open()
    session.fail_check_once().fail_check_once()
    session.locate(".look-back").click()
    assert session.screen == "start"
    session.take().exit()
    assert lms12.value("anna", "cmi.core.lesson_status") == "passed"


@pytest.mark.parametrize(
    "options", often([{"mode": "review"}, {"mode": "browse"}, {"credit": "no-credit"}])
)
def test_looking_only_writes_nothing(lms: LmsHost, page: Page, options: dict[str, str]) -> None:
    session = LearnerSession(page, lms.launch_url("anna", **options)).open()
    assert "Nothing is saved" in session.locate(".notice").inner_text()
    session.take().exit()
    assert lms.calls("anna", *WRITES) == []
    assert lms.record("anna").stored == {}


def test_a_launch_after_the_end_lowers_nothing(lms: LmsHost, standard: str, page: Page) -> None:
    LearnerSession(page, lms.launch_url("anna")).open().take().exit()
    calls = len(lms.calls("anna"))
    again = LearnerSession(page, lms.launch_url("anna")).open()
    again.exit()
    assert _held(lms, "anna", PASSED[standard]) == PASSED[standard]
    later = lms.calls("anna")[calls:]
    assert not [call for call in later if "status" in "".join(call.values) and "Set" in call.name]


@pytest.mark.parametrize(
    "data",
    often(["nr1.cut", "{}", "a course of somebody else", "nr1.ujD4.x.y.z.0....." + "7" * 80]),
)
def test_foreign_suspend_data_means_a_fresh_start(lms12: LmsHost, page: Page, data: str) -> None:
    lms12.seed("anna", {"cmi.suspend_data": data, "cmi.core.lesson_status": "incomplete"})
    session = LearnerSession(page, lms12.launch_url("anna")).open()
    assert session.screen == "start"
    session.take().exit()
    assert lms12.value("anna", "cmi.core.lesson_status") == "passed"


def test_answers_of_undefined_are_no_failure(lms12: LmsHost, page: Page) -> None:
    session = LearnerSession(page, lms12.launch_url("anna", answer="undefined")).open()
    session.take().exit()
    assert session.locate(".notice").count() == 0
    assert lms12.value("anna", "cmi.core.lesson_status") == "passed"
