"""A line that is slow, or lost for a while: what is late still comes, and nobody waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.browser.conftest import BuildTiny
from tests.browser.every_kind import COURSE
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs
from tests.often import often

pytestmark = pytest.mark.browser

PICTURES = "**/*.svg"
DRAWN = "() => Array.from(document.images).every((one) => one.naturalWidth > 0)"
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 50_000, "uploadThroughput": 50_000}


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with pictures on pages, on cards and to search in."""
    out = tmp_path_factory.mktemp("illustrated")
    packages, _ = build_packages(BuildRequest(COURSE, out, ["scorm12"], ["en"], allow_draft=True))
    return Path(packages[0].path)


def _clocked(session: LearnerSession) -> LearnerSession:
    """Launch with a clock that the test can put forward."""
    session.page.clock.install()
    return session.open()


@pytest.fixture
def lms(illustrated: Path) -> Iterator[LmsHost]:
    """An LMS with that course."""
    with LmsHost(illustrated) as host:
        yield host


@pytest.mark.parametrize("until", often(["scene", "story", "cards"]))
def test_a_picture_that_did_not_come_is_asked_for_again(
    lms: LmsHost, context: BrowserContext, page: Page, until: str
) -> None:
    context.route(PICTURES, lambda route: route.abort())
    session = _clocked(LearnerSession(page, lms.launch_url("anna"))).take(until=until)
    if session.locate(".warning-show").count():
        session.locate(".warning-show").click()
    picture = session.locate(".sheet img").first
    assert picture.get_attribute("alt"), "its words stand in its place"
    assert session.frame.evaluate(DRAWN) is False
    with page.expect_event("requestfailed"):
        page.clock.run_for(5_000)
    context.unroute(PICTURES)
    page.clock.run_for(5_000)
    session.frame.wait_for_function(DRAWN)
    asked = len(lms.requests)
    page.clock.run_for(60_000)
    assert len(lms.requests) == asked, "what has come is left alone"


def test_a_page_that_was_left_asks_for_its_picture_no_more(
    lms: LmsHost, context: BrowserContext, page: Page
) -> None:
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    context.route(PICTURES, refuse)
    _clocked(LearnerSession(page, lms.launch_url("anna"))).take(until="judge")
    before = len(asked)
    assert before
    page.clock.run_for(60_000)
    assert len(asked) == before


@pytest.mark.slow
def test_an_lrs_that_never_answers_holds_nobody_up(
    tiny: BuildTiny, lrs: RecordingLrs, context: BrowserContext
) -> None:
    """The learner can leave at once, and the next launch sends the same statements."""
    unanswered: list[Route] = []
    with LmsHost(tiny("scorm12", lrs.endpoint)) as lms:
        context.route("**/xapi/**", lambda route: unanswered.append(route))
        session = LearnerSession(context.new_page(), lms.launch_url("anna")).open().take()
        assert session.locate(".notice").count() == 0
        session.exit()
        assert lms.value("anna", "cmi.core.lesson_status") == "passed"
        assert unanswered and not lrs.statements
        context.unroute("**/xapi/**")
        LearnerSession(context.new_page(), lms.launch_url("anna")).open().exit()
    assert {"completed", "passed"} <= set(lrs.verbs())


@pytest.mark.slow
def test_a_whole_course_on_a_slow_line(lms: LmsHost, page: Page) -> None:
    session = LearnerSession(page, lms.launch_url("anna"))
    page.set_default_timeout(90_000)
    browser = page.context.new_cdp_session(page)
    browser.send("Network.emulateNetworkConditions", SLOW)
    browser.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    session.open().take().exit()
    assert session.locate(".notice").count() == 0
    assert lms.value("anna", "cmi.core.lesson_status") == "passed"
