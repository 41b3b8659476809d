"""What breaks in: pauses, other devices, second windows, sessions that end, lines that fail.

In each the learner sees one calm sentence at most, and keeps what could be kept.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import BuildTiny
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs

pytestmark = pytest.mark.browser

NOT_SAVED = '[data-kind="not-saved"]'


@pytest.fixture
def told(tiny: BuildTiny, standard: str, lrs: RecordingLrs) -> Iterator[LmsHost]:
    """An LMS with the small course, which reports to `lrs`."""
    with LmsHost(tiny(standard, lrs.endpoint)) as host:
        yield host


def status(lms: LmsHost, learner: str = "anna") -> str:
    """Give what the LMS says of the pass."""
    element = "lesson_status" if lms.standard == "scorm12" else "success_status"
    core = "cmi.core." if lms.standard == "scorm12" else "cmi."
    return lms.value(learner, core + element)


def fault(session: LearnerSession, **options: str) -> None:
    """Switch faults of the LMS on; "" switches one off."""
    for name, value in options.items():
        session.page.evaluate("([name, value]) => lmsOptions.set(name, value)", [name, value])


def test_two_windows_keep_what_either_did_and_the_pass_is_told_once(
    told: LmsHost, lrs: RecordingLrs, context: BrowserContext
) -> None:
    one = LearnerSession(context.new_page(), told.launch_url("anna")).open()
    one.take(until="first")
    two = LearnerSession(context.new_page(), told.launch_url("anna")).open()
    two.take()
    told.wait_for(lambda: status(told) == "passed", "the pass")
    # The other one is pages behind, goes on, and is the last that saves.
    one.take(until="which").exit()
    two.close_window()
    again = LearnerSession(context.new_page(), told.launch_url("anna")).open()
    again.exit()
    assert status(told) == "passed"
    assert told.value("anna", "cmi.suspend_data").split(".")[5] == "1"
    said = {one["id"]: one for one in lrs.statements}
    verbs = [one["verb"]["id"].rsplit("/", 1)[1] for one in said.values()]
    assert verbs.count("passed") == verbs.count("completed") == 1


def test_a_session_that_ended_says_so_calmly_and_the_result_reaches_the_programme(
    told: LmsHost, lrs: RecordingLrs, context: BrowserContext
) -> None:
    session = LearnerSession(context.new_page(), told.launch_url("anna")).open().take(until="which")
    told.wait_for(lambda: "which" in str(told.record("anna").stored), "the place")
    fault(session, expired="yes")
    session.take()
    expect(session.locate(".notice")).to_have_count(1)
    assert "We will try again" in session.locate(NOT_SAVED).inner_text()
    session.exit()
    assert session.locate("p:visible").count() == 0
    assert status(told) != "passed"
    lrs.wait_for(lambda: "passed" in lrs.verbs(), "the result")
    # The LMS is asked again by the next launch, from where it had heard last.
    again = LearnerSession(context.new_page(), told.launch_url("anna")).open()
    assert again.screen == "which"
    again.take().exit()
    assert status(told) == "passed"
    ids = [one["id"] for one in lrs.statements if one["verb"]["id"].endswith("passed")]
    assert len(set(ids)) == 1


def test_a_session_that_is_opened_again_goes_on_for_the_same_learner_only(
    lms: LmsHost, context: BrowserContext
) -> None:
    anna = LearnerSession(context.new_page(), lms.launch_url("anna")).open().take(until="which")
    fault(anna, expired="login")
    anna.take().exit()
    assert status(lms) == "passed"
    boris = LearnerSession(context.new_page(), lms.launch_url("boris")).open().take(until="which")
    fault(boris, expired="stranger")
    boris.take()
    boris.locate(NOT_SAVED).wait_for()
    boris.exit()
    assert boris.locate("p:visible").count() == 0
    assert lms.calls("stranger", "LMSSetValue", "SetValue") == []
    assert lms.record("stranger").stored == {}
    assert status(lms, "boris") != "passed"
