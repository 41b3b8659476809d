"""Facts reach the programme's LRS, whatever the LRS does, and never disturb the LMS."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from programme.completion_code import course_mark, read_code
from programme.pseudonym import pseudonym
from programme.statement_ids import statement_id
from tests.browser.conftest import BuildTiny
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs
from tests.often import often

pytestmark = pytest.mark.browser

IRI = "https://id.noroom.example"


def test_a_whole_course_is_told_once(
    tiny: BuildTiny, standard: str, lrs: RecordingLrs, page: Page
) -> None:
    with LmsHost(tiny(standard, lrs.endpoint)) as lms:
        LearnerSession(page, lms.launch_url("E-1001")).open().fail_check_once().take().exit()
    assert lrs.verbs() == ["initialized", "failed", "completed", "passed", "terminated"]
    passed = next(one for one in lrs.statements if one["verb"]["id"].endswith("passed"))
    registration = passed["context"]["registration"]
    assert passed["id"] == statement_id(IRI, registration, "passed", 0)
    assert passed["actor"]["account"]["name"] == pseudonym("E-1001", "acme")
    assert passed["result"]["score"] == {"scaled": 1, "raw": 100, "min": 0, "max": 100}
    assert passed["context"]["platform"] == standard
    headers = {name.lower(): value for name, value in lrs.headers[0].items()}
    assert headers["x-experience-api-version"] == "1.0.3"
    assert headers["authorization"].startswith("Basic ")


def test_nothing_is_sent_before_the_lms_has_it(
    tiny: BuildTiny, lrs: RecordingLrs, page: Page
) -> None:
    with LmsHost(tiny("scorm12", lrs.endpoint)) as lms:
        url = lms.launch_url("E-1001", fail="commit")
        LearnerSession(page, url).open().take(until="which")
    assert lrs.statements == []


@pytest.mark.parametrize("status", often([0, 500, 401]))
def test_what_could_not_be_sent_goes_out_at_the_next_launch_with_the_same_ids(
    tiny: BuildTiny, lrs: RecordingLrs, context: BrowserContext, status: int
) -> None:
    lrs.status = status
    with LmsHost(tiny("scorm12", lrs.endpoint)) as lms:
        LearnerSession(context.new_page(), lms.launch_url("E-1001")).open().take().exit()
        assert lms.value("E-1001", "cmi.core.lesson_status") == "passed"
        tried = {one["id"]: one for one in lrs.statements}
        lrs.batches.clear()
        lrs.status = 200
        LearnerSession(context.new_page(), lms.launch_url("E-1001")).open().exit()
    sent = {one["id"]: one for one in lrs.statements}
    assert tried
    assert {key: sent.get(key) for key in tried} == tried
    assert lrs.verbs().count("initialized") == 2


@pytest.mark.parametrize(
    "options", often([{"mode": "review"}, {"credit": "no-credit"}, {"noapi": "1"}], 2)
)
def test_who_is_not_recorded_is_not_told_of(
    tiny: BuildTiny, lrs: RecordingLrs, page: Page, options: dict[str, str]
) -> None:
    with LmsHost(tiny("scorm12", lrs.endpoint)) as lms:
        url = lms.launch_url("E-1001", **options)
        if "noapi" in options:
            url = f"{lms.origin}/content/index.html"
        LearnerSession(page, url).open().take().exit()
    assert lrs.statements == []


def test_a_closed_window_is_told_as_suspended_and_its_replay_is_the_same(
    tiny: BuildTiny, lrs: RecordingLrs, context: BrowserContext
) -> None:
    with LmsHost(tiny("scorm12", lrs.endpoint)) as lms:
        first = LearnerSession(context.new_page(), lms.launch_url("E-1001")).open()
        first.take(until="which")
        first.close_window()
        lms.wait_for(lambda: bool(lms.calls("E-1001", "LMSFinish")), "the end of the session")
        LearnerSession(context.new_page(), lms.launch_url("E-1001")).open().take().exit()
    assert sorted(lrs.verbs()) == [
        *["completed", "initialized", "initialized", "passed", "suspended", "terminated"]
    ]
    by_id: dict[str, list[object]] = {}
    for statement in lrs.statements:
        by_id.setdefault(statement["id"], []).append(statement)
    assert all(one == same[0] for same in by_id.values() for one in same)


def test_after_the_end_only_the_visit_is_told(
    tiny: BuildTiny, lrs: RecordingLrs, page: Page
) -> None:
    with LmsHost(tiny("scorm2004-4", lrs.endpoint)) as lms:
        LearnerSession(page, lms.launch_url("E-1001")).open().take().exit()
        told = len(lrs.verbs())
        LearnerSession(page, lms.launch_url("E-1001")).open().exit()
    assert lrs.verbs()[told:] == ["initialized", "terminated"]


def test_a_busy_lrs_gets_everything_when_it_is_ready(
    tiny: BuildTiny, lrs: RecordingLrs, page: Page
) -> None:
    """429 with Retry-After, batches of two at most, and one statement that it will never take."""
    busy = iter([429])

    def judge(batch: list[dict[str, Any]]) -> int:
        if len(batch) > 2:
            return 413
        if any(one["verb"]["id"].endswith("failed") for one in batch):
            return 400
        return next(busy, 200)

    lrs.judge, lrs.retry_after = judge, "1"
    with LmsHost(tiny("scorm12", lrs.endpoint)) as lms:
        session = LearnerSession(page, lms.launch_url("E-1001")).open().fail_check_once().take()
        taken = {"initialized", "completed", "passed"}
        lrs.wait_for(lambda: taken <= set(lrs.verbs()), "the result")
        expect(session.locate(".code")).to_have_count(0, timeout=15_000)
        session.exit()
        stored = lms.value("E-1001", "cmi.suspend_data").split(".")
    assert stored[10] == "x1"
    assert max(len(batch) for batch in lrs.batches[-2:]) <= 2


@pytest.mark.parametrize("fault", often(["refused", "cors", "down"]))
def test_a_result_that_no_path_is_open_for_becomes_a_code(
    tiny: BuildTiny, lrs: RecordingLrs, context: BrowserContext, fault: str
) -> None:
    lrs.cors = fault != "cors"
    lrs.status = {"refused": 400, "down": 503}.get(fault, 200)
    with LmsHost(tiny("scorm12", lrs.endpoint)) as lms:
        first = LearnerSession(context.new_page(), lms.launch_url("E-1001")).open().take()
        code = first.locate(".code").inner_text(timeout=15_000)
        today = datetime.datetime.now(datetime.UTC).date()
        said = read_code(code)
        assert said is not None and said.day is not None
        assert (today - said.day).days in (0, 1)
        assert (said.learner, said.version) == (pseudonym("E-1001", "acme")[:8], "1.0.0")
        assert said.course == course_mark(f"{IRI}/course/tiny")
        expect(first.locate(".participation-note")).to_be_hidden()
        first.exit()
        lrs.cors, lrs.status = True, 500
        again = LearnerSession(context.new_page(), lms.launch_url("E-1001")).open()
        assert again.locate(".code").inner_text() == code
        lrs.status = 200
        context.set_offline(offline=True)
        context.set_offline(offline=False)
        expect(again.locate(".code-box")).to_contain_text("You do not need the code any more")
        again.exit()
    assert {"completed", "passed"} <= set(lrs.verbs())
