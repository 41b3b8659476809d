"""What breaks in: pauses, sessions that end, tabs that die, storage and lines that fail.

In each the learner sees one calm sentence at most, and keeps what could be kept.
"""

from __future__ import annotations

import contextlib
import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.browser.conftest import BuildTiny
from tests.lms.cmi5_service import Cmi5Service
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs
from tests.lms.tincan_service import TinCanService

pytestmark = pytest.mark.browser

NOT_SAVED = '[data-kind="not-saved"]'
BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
"""


ONE_IS_ENOUGH = pytest.mark.parametrize(
    "standard", ["scorm12", pytest.param("scorm2004-4", marks=pytest.mark.slow)], indirect=True
)


def status(lms: LmsHost, learner: str = "anna") -> str:
    """Give what the LMS says of the pass."""
    element = "lesson_status" if lms.standard == "scorm12" else "success_status"
    core = "cmi.core." if lms.standard == "scorm12" else "cmi."
    return lms.value(learner, core + element)


def fault(session: LearnerSession, **options: str) -> None:
    """Switch faults of the LMS on; "" switches one off."""
    for name, value in options.items():
        session.page.evaluate("([name, value]) => lmsOptions.set(name, value)", [name, value])


def fresh(browser: Browser) -> BrowserContext:
    """Give another device."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    return context


def test_a_sitting_ends_at_a_break_and_goes_on_at_another_device(
    lms: LmsHost, page: Page, chromium: Browser
) -> None:
    first = LearnerSession(page, lms.launch_url("anna")).open().take(until="break")
    assert "Your place is saved" in first.locate(".break").inner_text()
    first.locate(".stop").click()
    first.locate('.app[data-screen="closed"]').wait_for()
    device = fresh(chromium)
    second = LearnerSession(device.new_page(), lms.launch_url("anna")).open()
    assert second.screen == "first"
    place = second.locate(".place").inner_text()
    assert re.search(r"2.+2", place.splitlines()[0]), place
    second.take(until="check").press_next()
    second.answer_shown(right=True)
    second.press_next()
    asked = second.locate("[data-question]").get_attribute("data-question")
    second.locate("input").first.check()
    lms.wait_for(lambda: "check" in str(lms.record("anna").stored), "the answer")
    second.close_window()
    device.close()
    # The question that was open is asked again, the answered one is not.
    third = LearnerSession(page, lms.launch_url("anna")).open()
    assert third.screen == "check"
    assert third.locate("[data-question]").get_attribute("data-question") == asked
    assert third.locate("input:checked").count() == 0
    third.take().exit()
    assert status(lms) == "passed"


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
    assert "could not be saved" in session.locate("p:visible").inner_text()
    assert status(told) != "passed"
    lrs.wait_for(lambda: "passed" in lrs.verbs(), "the result")
    # The LMS is asked again by the next launch, from where it had heard last.
    again = LearnerSession(context.new_page(), told.launch_url("anna")).open()
    assert again.screen == "which"
    again.take().exit()
    assert status(told) == "passed"
    ids = [one["id"] for one in lrs.statements if one["verb"]["id"].endswith("passed")]
    assert len(set(ids)) == 1


@ONE_IS_ENOUGH
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
    assert "could not be saved" in boris.locate("p:visible").inner_text()
    assert lms.calls("stranger", "LMSSetValue", "SetValue") == []
    assert lms.record("stranger").stored == {}
    assert status(lms, "boris") != "passed"


@pytest.mark.slow
def test_an_lms_that_fails_for_a_while_gets_everything_when_it_is_back(
    lms: LmsHost, page: Page
) -> None:
    """Refused, then storing nothing, then without its API: each ends by itself."""
    session = LearnerSession(page, lms.launch_url("anna")).open()
    api = "API" if lms.standard == "scorm12" else "API_1484_11"
    for option, until in (("fail", "cards"), ("lie", "statements"), ("gone", "which")):
        fault(session, **{option: "commit"})
        session.take(until=until)
        session.locate(NOT_SAVED).wait_for()
        fault(session, **{option: ""})
        if option == "gone":
            page.evaluate(f"delete window.{api}; lmsOffer()")
        session.frame.evaluate("dispatchEvent(new Event('online'))")
        expect(session.locate(NOT_SAVED)).to_have_count(0)
        assert until in str(lms.record("anna").stored)
    session.take()
    assert "Your result is saved" in session.locate(".participation-note").inner_text()
    session.exit()
    assert status(lms) == "passed"


@pytest.mark.slow
def test_a_tab_that_was_frozen_or_killed_goes_on_where_it_was(
    lms12: LmsHost, context: BrowserContext
) -> None:
    session = LearnerSession(context.new_page(), lms12.launch_url("anna")).open()
    session.take(until="first")
    browser = context.new_cdp_session(session.page)
    browser.send("Page.setWebLifecycleState", {"state": "frozen"})
    browser.send("Page.setWebLifecycleState", {"state": "active"})
    session.take(until="steps")
    lms12.wait_for(lambda: "steps" in str(lms12.record("anna").stored), "the place")
    with session.page.expect_event("crash"), contextlib.suppress(Error):
        session.page.goto("chrome://crash")
    again = LearnerSession(context.new_page(), lms12.launch_url("anna")).open()
    assert again.screen == "steps"
    again.take().exit()
    assert status(lms12) == "passed"


@pytest.mark.slow
def test_blocked_storage_costs_nothing_where_an_lms_keeps_the_place(
    tiny: BuildTiny, context: BrowserContext
) -> None:
    context.add_init_script(BLOCKED)
    with LmsHost(tiny("scorm12")) as lms:
        LearnerSession(context.new_page(), lms.launch_url("anna")).open().take().exit()
        assert status(lms) == "passed"
    for service in (Cmi5Service(tiny("cmi5")), TinCanService(tiny("xapi"))):
        with service as far:
            url = far.launch_url("anna", returnURL=None)
            LearnerSession(context.new_page(), url).open().take().exit()
            assert "passed" in str([one["verb"]["id"] for one in far.lrs.statements])


def test_a_token_that_has_run_out_costs_no_pass(tiny: BuildTiny, context: BrowserContext) -> None:
    with Cmi5Service(tiny("cmi5")) as lms:
        url = lms.launch_url("anna", returnURL=None)
        session = LearnerSession(context.new_page(), url).open().take(until="which")
        lms.faults.update({"statements": 401, "activities/state": 401})
        session.take()
        session.locate(NOT_SAVED).wait_for()
        session.exit()
        assert "could not be saved" in session.locate("p:visible").inner_text()
        lms.faults.clear()
        again = LearnerSession(context.new_page(), lms.launch_url("anna", returnURL=None)).open()
        again.take().exit()
        verbs = [verb for session in lms.sessions for verb in session.verbs()]
        assert verbs.count("passed") == 1


@pytest.mark.slow
def test_statements_on_a_lost_line_go_out_when_it_is_back(
    tiny: BuildTiny, lrs: RecordingLrs, context: BrowserContext
) -> None:
    page = context.new_page()
    with LmsHost(tiny("scorm12", lrs.endpoint)) as lms:
        session = LearnerSession(page, lms.launch_url("anna")).open().take(until="check")
        lrs.wait_for(lambda: "initialized" in lrs.verbs(), "the first statement")
        context.route("**/xapi/**", lambda route: route.abort())
        session.take()
        session.locate(".code").wait_for()
        assert "passed" not in lrs.verbs()
        context.unroute("**/xapi/**")
        session.frame.evaluate("dispatchEvent(new Event('online'))")
        lrs.wait_for(lambda: "passed" in lrs.verbs(), "the result")
        session.exit()
