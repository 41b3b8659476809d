"""One attempt in several windows or on several devices at once: nothing that either did is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import BuildTiny
from tests.browser.test_interruptions import ONE_IS_ENOUGH, fresh, status
from tests.lms.cmi5_service import Cmi5Service
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs

pytestmark = pytest.mark.browser


@ONE_IS_ENOUGH
def test_two_windows_keep_what_either_did_and_the_pass_is_told_once(
    told: LmsHost, lrs: RecordingLrs, context: BrowserContext
) -> None:
    one = LearnerSession(context.new_page(), told.launch_url("anna")).open()
    one.take(until="first")
    two = LearnerSession(context.new_page(), told.launch_url("anna")).open()
    for session in (one, two):
        expect(session.locate('[data-kind="open-twice"]')).to_have_count(1)
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


@pytest.mark.slow
@ONE_IS_ENOUGH
def test_two_devices_in_scorm_keep_the_pass_whichever_saves_last(
    told: LmsHost, lrs: RecordingLrs, context: BrowserContext, chromium: Browser
) -> None:
    """Neither hears of the other: the LMS has the place of the last save, and the best result."""
    one = LearnerSession(context.new_page(), told.launch_url("anna")).open().take(until="cards")
    told.wait_for(lambda: "cards" in str(told.record("anna").stored), "the place")
    device = fresh(chromium)
    LearnerSession(device.new_page(), told.launch_url("anna")).open().take().exit()
    device.close()
    assert status(told) == "passed"
    one.take(until="which").exit()
    assert status(told) == "passed"
    again = LearnerSession(context.new_page(), told.launch_url("anna")).open()
    assert again.screen == "which", "the place is that of the last save"
    again.take().exit()
    assert status(told) == "passed"
    passes = {one["id"] for one in lrs.statements if one["verb"]["id"].endswith("passed")}
    assert len(passes) == 1


def test_two_devices_in_one_registration_lose_neither_the_pass_nor_the_place(
    tiny: BuildTiny, context: BrowserContext, chromium: Browser
) -> None:
    with Cmi5Service(tiny("cmi5")) as lms:
        launch = {"returnURL": None}
        one = LearnerSession(context.new_page(), lms.launch_url("anna", **launch)).open()
        one.take(until="cards")
        lms.wait_for(lambda: lms.state("anna") is not None, "the place")
        device = fresh(chromium)
        two = LearnerSession(device.new_page(), lms.launch_url("anna", **launch)).open()
        two.take().exit()
        one.take(until="statements").exit()
        state = lms.state("anna")
        assert state is not None
        assert state["sent"] == ["completed", "passed"]
        assert state["suspendData"].split(".")[5] == "1"
        device.close()
        verbs = [verb for session in lms.sessions for verb in session.verbs()]
        assert verbs.count("passed") == verbs.count("completed") == 1
