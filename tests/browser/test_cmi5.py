"""cmi5 in a real browser: launches that go well, reload, break off, and meet LMSs that fail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from programme.pseudonym import pseudonym
from scorm_builder.preview.memory_lrs import MemoryLrs, Request
from tests.browser.conftest import BuildTiny
from tests.lms.cmi5_rules import evidence, violations
from tests.lms.cmi5_service import Cmi5Service
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs
from tests.lrs.every_lrs import EVERY_LRS, Maker
from tests.lrs.real_lrs import User, free_port, holds
from tests.often import often

pytestmark = pytest.mark.browser

WHOLE = ["initialized", "completed", "passed", "terminated"]


@pytest.fixture
def lms(tiny: BuildTiny) -> Iterator[Cmi5Service]:
    """A launch service with the small course, which reports to nobody."""
    with Cmi5Service(tiny("cmi5")) as service:
        yield service


def stay(lms: Cmi5Service, learner: str = "anna") -> str:
    """Give a launch without a return address: the last words stay on the screen."""
    return lms.launch_url(learner, returnURL=None)


def test_a_whole_course_keeps_every_rule_and_returns_to_the_lms(
    lms: Cmi5Service, page: Page
) -> None:
    session = LearnerSession(page, lms.launch_url("anna")).open().take()
    session.locate(".tool-exit").click()
    page.wait_for_url("**/returned/*")
    (launch,) = lms.sessions
    assert launch.verbs() == WHOLE
    assert violations(evidence(launch)) == []


def test_a_reload_continues_the_same_session(lms: Cmi5Service, page: Page) -> None:
    session = LearnerSession(page, stay(lms)).open().take(until="which")
    page.keyboard.press("F5")
    session.reload()
    assert session.screen == "which"
    session.take().exit()
    (launch,) = lms.sessions
    assert launch.fetches == ["POST"]
    assert launch.verbs() == WHOLE
    assert violations(evidence(launch)) == []


@pytest.mark.slow
def test_a_reload_that_nobody_could_tell_from_a_farewell_loses_nothing(
    lms: Cmi5Service, context: BrowserContext
) -> None:
    session = LearnerSession(context.new_page(), stay(lms)).open().take(until="which")
    session.reload()
    assert session.screen == "which"
    session.take()
    session.locate('[data-kind="not-saved"]').wait_for()
    session.exit()
    assert lms.sessions[0].verbs() == ["initialized", "terminated"]
    LearnerSession(context.new_page(), stay(lms)).open().exit()
    assert lms.sessions[1].verbs() == WHOLE
    assert violations(evidence(lms.sessions[1], lms.sessions[:1])) == []


def test_a_closed_window_terminates_and_the_next_launch_resumes(
    lms: Cmi5Service, context: BrowserContext
) -> None:
    first = LearnerSession(context.new_page(), stay(lms)).open().take(until="steps")
    first.close_window()
    lms.wait_for(lambda: "terminated" in lms.sessions[0].verbs(), "the end of the session")
    assert violations(evidence(lms.sessions[0], exited=False)) == []
    second = LearnerSession(context.new_page(), stay(lms)).open()
    assert second.screen == "steps"
    second.take().exit()
    assert violations(evidence(lms.sessions[1], lms.sessions[:1])) == []


def test_a_window_closed_right_after_the_pass_has_told_it(
    lms: Cmi5Service, context: BrowserContext
) -> None:
    LearnerSession(context.new_page(), stay(lms)).open().take().close_window()
    lms.wait_for(lambda: "terminated" in lms.sessions[0].verbs(), "the end of the session")
    assert lms.sessions[0].verbs() == WHOLE


@pytest.mark.parametrize("mode", often(["Review", "Browse"]))
def test_looking_only_says_two_words_and_stores_nothing(
    lms: Cmi5Service, page: Page, mode: str
) -> None:
    url = lms.launch_url("anna", returnURL=None, launchMode=mode)
    session = LearnerSession(page, url).open()
    assert "Nothing is saved" in session.locate(".notice").inner_text()
    session.take().exit()
    assert lms.sessions[0].verbs() == ["initialized", "terminated"]
    assert lms.state("anna") is None
    assert violations(evidence(lms.sessions[0])) == []


@pytest.mark.parametrize("with_etags", [True, False])
def test_an_lrs_with_and_without_etags(tiny: BuildTiny, page: Page, with_etags: bool) -> None:
    with Cmi5Service(tiny("cmi5"), MemoryLrs(with_etags=with_etags)) as lms:
        LearnerSession(page, stay(lms)).open().take().exit()
        state = lms.state("anna")
        assert state is not None
        assert state["sent"] == ["completed", "passed"]
        assert lms.sessions[0].verbs() == WHOLE


@pytest.mark.parametrize("resource", often(["statements", "activities/state"]))
def test_nothing_is_called_saved_before_the_lrs_has_it(
    lms: Cmi5Service, page: Page, resource: str
) -> None:
    session = LearnerSession(page, stay(lms)).open()
    lms.faults[resource] = 503
    session.take()
    note = session.locate(".participation-note")
    assert "Your result is saved" not in note.inner_text()
    session.locate('[data-kind="not-saved"]').wait_for()
    note.filter(has_text="could not be saved").wait_for()
    del lms.faults[resource]
    session.locate('[data-kind="not-saved"]').wait_for(state="detached")
    assert "Your result is saved" in note.inner_text()
    session.exit()
    assert lms.sessions[0].verbs() == WHOLE
    assert violations(evidence(lms.sessions[0])) == []


@pytest.mark.slow
def test_what_an_lrs_never_took_is_told_by_the_next_session(
    lms: Cmi5Service, context: BrowserContext
) -> None:
    session = LearnerSession(context.new_page(), stay(lms)).open()
    session.take(until="check")
    lms.faults["statements"] = 503
    session.take()
    session.locate('[data-kind="not-saved"]').wait_for()
    session.exit()
    assert session.locate("p:visible").all_inner_texts() == [
        "Your last steps could not be saved. Please open this course again later."
    ]
    del lms.faults["statements"]
    LearnerSession(context.new_page(), stay(lms)).open().exit()
    assert lms.sessions[0].verbs() == ["initialized"]
    assert lms.sessions[1].verbs() == WHOLE


@pytest.mark.slow
def test_a_pass_whose_answer_was_lost_is_not_told_twice(
    lms: Cmi5Service, context: BrowserContext
) -> None:
    """The LRS stored the statements, and the window never heard of it."""
    session = LearnerSession(context.new_page(), stay(lms)).open().take().exit()
    state = lms.state("anna")
    assert state is not None
    for key, content in lms.lrs.documents.items():
        if b'"suspendData"' in content:
            lost = {**state, "sent": [], "sending": ["completed", "passed"]}
            lms.lrs.documents[key] = json.dumps(lost).encode()
    session.page.close()
    LearnerSession(context.new_page(), stay(lms)).open().exit()
    assert lms.sessions[1].verbs() == ["initialized", "terminated"]
    assert violations(evidence(lms.sessions[1], lms.sessions[:1])) == []


@pytest.mark.slow
def test_two_windows_do_not_overwrite_each_others_pass(
    lms: Cmi5Service, context: BrowserContext
) -> None:
    slow = LearnerSession(context.new_page(), stay(lms)).open()
    LearnerSession(context.new_page(), stay(lms)).open().take().exit()
    slow.take(until="which").exit()
    state = lms.state("anna")
    assert state is not None
    assert state["sent"] == ["completed", "passed"]


@pytest.mark.parametrize("fault", often(["used", "no launch data", "no query"]))
def test_without_a_launch_the_course_runs_and_says_so(
    lms: Cmi5Service, page: Page, fault: str
) -> None:
    url = stay(lms)
    if fault == "used":
        lms.sessions[0].fetches.append("POST")
    elif fault == "no launch data":
        lms.lrs.documents.clear()
    else:
        url = lms.content
    session = LearnerSession(page, url).open()
    assert "will not be saved" in session.locate(".notice").inner_text()
    session.take()
    assert lms.lrs.documents == {} or lms.state("anna") is None


def test_the_programme_hears_the_pseudonym_and_never_the_lmss_credential(
    tiny: BuildTiny, lrs: RecordingLrs, page: Page
) -> None:
    with Cmi5Service(tiny("cmi5", lrs.endpoint)) as lms:
        LearnerSession(page, stay(lms, "E-1001")).open().fail_check_once().take().exit()
        token = lms.sessions[0].authorization
        told = json.dumps(lms.sessions[0].statements)
    assert lrs.verbs() == ["initialized", "failed", "completed", "passed", "terminated"]
    for statement, headers in zip(lrs.batches, lrs.headers, strict=True):
        assert token not in headers.values()
        assert statement[0]["actor"]["account"]["name"] == pseudonym("E-1001", "acme")
        assert statement[0]["context"]["platform"] == "cmi5"
    assert "https://id.noroom.example/chain" not in told


@pytest.mark.lrs
@pytest.mark.parametrize("maker", EVERY_LRS)
def test_a_real_lrs_takes_what_is_said(
    tiny: BuildTiny, page: Page, tmp_path: Path, maker: Maker
) -> None:
    user = User("lms", "writes", ("statements/write", "statements/read"))
    with maker.start(tmp_path / "lrs", [user], ["http://127.0.0.1"], free_port()) as lrs:

        def forward(batch: list[dict[str, object]]) -> None:
            assert lrs.request(user, "POST", batch)[0] == 200

        with Cmi5Service(tiny("cmi5"), MemoryLrs(forward=forward)) as lms:
            LearnerSession(page, stay(lms)).open().take().exit()
            sent = lms.sessions[0].statements
        stored = {one["id"]: one for one in lrs.stored()}
    assert len(stored) == len(sent) + 1, "launched is there too"
    for statement in sent:
        assert holds(stored[statement["id"]], statement)


def test_the_lrs_of_these_tests_is_strict() -> None:
    headers = {"x-experience-api-version": "1.0.3"}
    lrs = MemoryLrs()
    body = b'{"id": "x"}'
    assert lrs.answer(Request("POST", "statements", {}, headers, body)).status == 400
    assert lrs.answer(Request("POST", "statements", {}, {}, body)).status == 400
    state = Request("PUT", "activities/state", {"stateId": "s"}, headers, b"{}")
    assert lrs.answer(state).status == 204
    stale = Request(state.method, state.resource, state.query, {**headers, "if-match": '"x"'})
    assert lrs.answer(stale).status == 412
