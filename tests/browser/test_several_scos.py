"""SCORM 2004 with one SCO per block, under an LMS that follows sequencing and one that does not.

The course's row in the LMS has to say what the outcome model says of the whole course, and the
programme has to hear of it once, from a learner who has done every part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.acme_package import acme_package
from tests.browser.conftest import TINY
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs
from tests.lms.sequenced_host import SequencedHost

pytestmark = pytest.mark.browser

LEARNER = "anna"
LOOK, ACT = "ITEM-tiny-look", "ITEM-tiny-act"
PASSED = {"completion": "completed", "success": "passed", "score": "1"}
SAID = ["initialized", "completed", "passed", "terminated"]
Launch = Callable[..., LearnerSession]


@pytest.fixture(params=["scorm2004-4", pytest.param("scorm2004-3", marks=pytest.mark.slow)])
def host(
    request: pytest.FixtureRequest, tmp_path: Path, lrs: RecordingLrs
) -> Iterator[SequencedHost]:
    """An LMS with the small course in two SCOs, which reports to `lrs`."""
    with SequencedHost(_package(tmp_path, request.param, lrs, "en")) as server:
        yield server


def _package(tmp_path: Path, standard: str, lrs: RecordingLrs, *languages: str) -> Path:
    return acme_package(
        tmp_path, TINY, standard, lrs.endpoint, "options: { scos: per_block }", languages
    )


@pytest.fixture
def launch(host: SequencedHost, context: BrowserContext) -> Launch:
    """Open the course in a new window: `launch(item=…, sequencing=…)`."""

    def open_course(**options: str) -> LearnerSession:
        url = host.launch_url(LEARNER, **options)
        return LearnerSession(context.new_page(), url).open()

    return open_course


def next_part(session: LearnerSession) -> LearnerSession:
    """Take the SCO that is open to its end, and go on as its button says."""
    shown = open_sco(session.page)
    session.take().press_next()
    session.page.wait_for_function(f"document.body.dataset.sco !== '{shown}'")
    session.wait_until_shown()
    return session


def leave(session: LearnerSession) -> None:
    """Leave by the button Stop, and wait until the LMS has ended the session."""
    session.locate(".tool-exit").click()
    session.page.wait_for_function("document.body.dataset.sco === ''")


def open_sco(page: Page) -> str:
    return str(page.evaluate("document.body.dataset.sco"))


def told(lrs: RecordingLrs) -> list[str]:
    """Give the verbs that the programme heard, each statement once."""
    by_id: dict[str, dict[str, Any]] = {one["id"]: one for one in lrs.statements}
    return [one["verb"]["id"].rsplit("/", 1)[1] for one in by_id.values()]


def test_the_whole_course_is_one_completion(
    host: SequencedHost, launch: Launch, lrs: RecordingLrs
) -> None:
    session = launch()
    assert open_sco(session.page) == LOOK
    next_part(session)
    assert open_sco(session.page) == ACT
    assert host.course(LEARNER).get("completion") != "completed"
    assert told(lrs) == ["initialized"], "a part that is done is no completion"
    leave(session.take())
    assert host.course(LEARNER) == PASSED
    assert told(lrs) == SAID
    again = launch(item=LOOK)
    leave(again)
    again = launch(item=ACT)
    leave(again)
    assert host.course(LEARNER) == PASSED
    assert told(lrs) == [*SAID, "initialized", "terminated"]
    data = [host.of_sco(LEARNER, item)["cmi.suspend_data"] for item in (LOOK, ACT)]
    assert data[0] != data[1]


@pytest.mark.slow
def test_who_leaves_goes_on_in_the_same_part(
    host: SequencedHost, launch: Launch, lrs: RecordingLrs
) -> None:
    session = next_part(launch())
    leave(session.fail_check_once())
    row = host.course(LEARNER)
    assert row["completion"] != "completed" and row["success"] != "passed" and "score" not in row
    again = launch()
    assert open_sco(again.page) == ACT
    assert again.screen == "check"
    leave(again.take())
    assert host.course(LEARNER) == PASSED
    assert told(lrs) == ["initialized", "failed", "suspended", *SAID]


@pytest.mark.slow
def test_the_check_stays_shut_until_the_other_parts_are_done(
    host: SequencedHost, launch: Launch, lrs: RecordingLrs
) -> None:
    session = launch()
    session.do_page()
    assert session.page.evaluate(f"choose('{ACT}')") is False
    assert told(lrs) == []
    assert host.course(LEARNER).get("completion") != "completed"


def test_an_lms_that_lets_everybody_in_gets_no_completion(
    host: SequencedHost, launch: Launch, lrs: RecordingLrs
) -> None:
    early = launch(sequencing="ignored", item=ACT)
    assert early.heading == "Please do these parts first"
    assert early.locate(".sheet li").all_inner_texts() == ["Look"]
    assert "Nothing is saved" in early.locate(".notice").inner_text()
    leave(early)
    assert host.of_sco(LEARNER, ACT) == {}
    leave(launch(sequencing="ignored", item=LOOK).take())
    assert host.of_sco(LEARNER, LOOK)["cmi.success_status"] == "passed"
    late = launch(sequencing="ignored", item=ACT)
    assert late.heading == "Please do these parts first", "nobody has said that it is done"
    assert told(lrs) == []


@pytest.mark.slow
def test_a_closed_window_loses_neither_place_nor_part(
    host: SequencedHost, launch: Launch, lrs: RecordingLrs
) -> None:
    session = next_part(launch())
    session.take(until="steps")
    # Whether Terminate comes through is up to the browser, which ends a closed page after a moment.
    host.wait_for(lambda: bool(host.calls(f"{LEARNER}!{ACT}", "Commit")), "the place")
    session.close_window()
    assert host.of_sco(LEARNER, LOOK)["cmi.success_status"] == "passed"
    again = launch(item=ACT)
    assert again.screen == "steps"
    leave(again.take())
    assert host.course(LEARNER) == PASSED
    assert told(lrs).count("completed") == told(lrs).count("passed") == 1


@pytest.mark.slow
def test_a_package_with_several_languages_is_asked_in_each_part(
    tmp_path: Path, lrs: RecordingLrs, context: BrowserContext
) -> None:
    with SequencedHost(_package(tmp_path, "scorm2004-4", lrs, "en", "nl")) as host:
        page = context.new_page()
        session = LearnerSession(page, host.launch_url(LEARNER, item=ACT, sequencing="ignored"))
        page.goto(session.url)
        _choose_dutch(session)
        assert session.heading == "Doe eerst deze delen"
        leave(session)
        assert host.of_sco(LEARNER, ACT) == {}
        page.goto(host.launch_url(LEARNER))
        _choose_dutch(session)
        session.take().press_next()
        page.wait_for_function(f"document.body.dataset.sco === '{ACT}'")
        _choose_dutch(session)
        leave(session.take())
        assert host.course(LEARNER) == PASSED
        assert told(lrs) == SAID


def _choose_dutch(session: LearnerSession) -> None:
    frame = session.page.frame_locator("iframe")
    frame.locator('[data-language="nl"]').click()
    frame.locator('.app:not([data-screen="language"]) h1').wait_for()
    session.wait_until_shown()
