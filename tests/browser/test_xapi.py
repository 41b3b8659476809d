"""xAPI packages launched as Tin Can tools do, by LMSs old and new, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from programme.pseudonym import pseudonym
from tests.browser.conftest import BuildTiny
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs
from tests.lms.tincan_service import AUTHORIZATION, TinCanService

pytestmark = pytest.mark.browser

MAIL = {"name": ["Anna"], "mbox": ["mailto:anna@hotel.example"]}


@pytest.fixture
def lms(tiny: BuildTiny) -> Iterator[TinCanService]:
    """An LMS with the small course, which reports to nobody."""
    with TinCanService(tiny("xapi")) as service:
        yield service


def test_the_root_activity_is_passed_with_registration_and_score(
    lms: TinCanService, page: Page
) -> None:
    LearnerSession(page, lms.launch_url("anna")).open().take().exit()
    assert lms.verbs() == ["initialized", "completed", "passed", "terminated"]
    assert {one["object"]["id"] for one in lms.statements} == {lms.activity}
    assert len({one["context"]["registration"] for one in lms.statements}) == 1
    passed: dict[str, Any] = lms.statements[2]["result"]
    assert passed["score"] == {"scaled": 1, "raw": 100, "min": 0, "max": 100}
    assert passed["success"] is passed["completion"] is True


def test_a_closed_window_resumes_where_it_was(lms: TinCanService, context: BrowserContext) -> None:
    first = LearnerSession(context.new_page(), lms.launch_url("anna")).open().take(until="steps")
    first.close_window()
    lms.wait_for(lambda: "terminated" in lms.verbs(), "the end of the session")
    second = LearnerSession(context.new_page(), lms.launch_url("anna")).open()
    assert second.screen == "steps"
    second.take().exit()
    assert lms.verbs().count("passed") == 1


def test_an_old_launch_without_registration_gets_one_that_stays(
    lms: TinCanService, context: BrowserContext
) -> None:
    """Version 0.9 of the actor, no registration, an endpoint without its slash."""
    old = {"actor": json.dumps(MAIL), "registration": None, "endpoint": lms.endpoint.rstrip("/")}
    LearnerSession(context.new_page(), lms.launch_url("", **old)).open().take(until="steps").exit()
    again = LearnerSession(context.new_page(), lms.launch_url("", **old)).open()
    assert again.screen == "steps"
    again.take().exit()
    assert lms.verbs()[-3:] == ["completed", "passed", "terminated"]
    assert len({one["context"]["registration"] for one in lms.statements}) == 1
    agent = {"objectType": "Agent", "name": "Anna", "mbox": "mailto:anna@hotel.example"}
    assert all(one["actor"] == agent for one in lms.statements)


def test_a_reload_in_the_middle_loses_nothing(lms: TinCanService, page: Page) -> None:
    session = LearnerSession(page, lms.launch_url("anna")).open().take(until="which")
    session.reload()
    assert session.screen == "which"
    session.take().exit()
    assert lms.verbs()[-3:] == ["completed", "passed", "terminated"]


def test_a_progress_that_cannot_be_read_is_not_written_over(lms: TinCanService, page: Page) -> None:
    lms.faults["activities/state"] = 403
    session = LearnerSession(page, lms.launch_url("anna")).open()
    assert "will not be saved" in session.locate(".notice").inner_text()
    session.take()
    assert lms.verbs() == []


@pytest.mark.parametrize(
    ("actor", "learner"),
    [
        ({"account": {"homePage": "https://lms.example", "name": "E-1001"}}, "E-1001"),
        (MAIL, "anna@hotel.example"),
        ({"openid": "https://anna.example"}, ""),
    ],
)
def test_the_programme_hears_a_pseudonym_and_never_the_lmss_credential(
    tiny: BuildTiny, lrs: RecordingLrs, page: Page, actor: dict[str, Any], learner: str
) -> None:
    with TinCanService(tiny("xapi", lrs.endpoint)) as lms:
        url = lms.launch_url("", actor=json.dumps(actor))
        LearnerSession(page, url).open().exit()
    assert lrs.verbs() == ["initialized", "suspended"]
    for statement in lrs.statements:
        assert statement["actor"]["account"]["name"] == pseudonym(learner, "acme")
        assert statement["context"]["platform"] == "xapi"
    assert all(AUTHORIZATION not in headers.values() for headers in lrs.headers)
