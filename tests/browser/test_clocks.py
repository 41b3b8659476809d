"""Devices whose clock is wrong, and windows that stay open for days."""

from __future__ import annotations

import datetime
import re

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.test_interruptions import fault, status
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs
from tests.often import often

pytestmark = pytest.mark.browser

NOW = datetime.datetime.now(datetime.UTC)
DAYS = datetime.timedelta(days=4)
MILLISECOND = datetime.timedelta(milliseconds=1)
LONG_AGO = datetime.datetime(2009, 1, 1, tzinfo=datetime.UTC)


def _minutes_told(lms: LmsHost, learner: str) -> float:
    """Give the length of the last session as the LMS holds it: 0000:04:10.52 or PT0H4M10.52S."""
    core = "cmi.core." if lms.standard == "scorm12" else "cmi."
    told = lms.value(learner, f"{core}session_time").removesuffix("S")
    hours, minutes, seconds = re.split("[:HM]", told.removeprefix("PT"))
    return int(hours) * 60 + int(minutes) + float(seconds) / 60


def _times(lrs: RecordingLrs) -> list[datetime.datetime | None]:
    """Give the time of each statement; None where it leaves the time to the LRS."""
    told = (one.get("timestamp") for one in lrs.statements)
    return [datetime.datetime.fromisoformat(one) if one else None for one in told]


@pytest.mark.parametrize("begin", often([NOW - DAYS, NOW + DAYS, LONG_AGO]))
@pytest.mark.parametrize("standard", ["scorm12"], indirect=True)
def test_a_clock_that_is_days_off_and_then_put_right_costs_nothing(
    told: LmsHost, lrs: RecordingLrs, context: BrowserContext, begin: datetime.datetime
) -> None:
    context.clock.install(time=begin)
    session = LearnerSession(context.new_page(), told.launch_url("anna")).open()
    session.take(until="which")
    context.clock.set_system_time(NOW)
    session.take()
    assert "Your result is saved" in session.locate(".participation-note").inner_text()
    assert session.locate(".notice").count() == 0
    session.exit()
    assert status(told) == "passed"
    assert _minutes_told(told, "anna") < 10, "time is not read from the clock on the wall"
    assert lrs.verbs() == ["initialized", "completed", "passed", "terminated"]
    first, *later = _times(lrs)
    assert (first is None) if begin == LONG_AGO else (first and abs(first - begin) < DAYS / 10)
    assert all(one and abs(one - NOW) < DAYS / 10 for one in later)


@pytest.mark.slow
def test_a_window_that_stood_open_for_days_goes_on(
    told: LmsHost, lrs: RecordingLrs, context: BrowserContext
) -> None:
    """The LMS has ended its session meanwhile; whoever logs in again goes on in the same window.

    A save that is tried again every minute is no sign that somebody is there.
    """
    context.clock.install(time=NOW - DAYS)
    session = LearnerSession(context.new_page(), told.launch_url("anna")).open()
    session.take(until="which")
    told.wait_for(lambda: "which" in str(told.record("anna").stored), "the place")
    fault(session, expired="yes")
    context.clock.fast_forward(DAYS // MILLISECOND)
    session.take(until="danger")
    context.clock.run_for("02:00:00")
    expect(session.locate(".notice")).to_have_count(1)
    assert "We will try again" in session.locate(".notice").inner_text()
    fault(session, expired="login")
    context.clock.run_for(60_000)
    expect(session.locate(".notice")).to_have_count(0)
    session.take().exit()
    assert status(told) == "passed"
    assert _minutes_told(told, "anna") < 30, "nobody was there for days"
    assert lrs.verbs()[0] == "initialized"
    assert {"completed", "passed"} <= set(lrs.verbs())
