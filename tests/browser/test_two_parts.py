"""A package comes in two parts: the first screen, and the rest; the line may break in between."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from tests.browser.conftest import BuildTiny
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession

pytestmark = pytest.mark.browser

SCREENS, TEXTS = re.compile(r"/screens-\w+\.js"), re.compile(r"/texts-\w+\.js")
LATER = re.compile(r"/(screens|texts)-\w+\.js")
WAITING = '.app[data-screen="waiting"] [role="status"]'
BACK_ONLINE = "dispatchEvent(new Event('online'))"


@pytest.fixture
def host(tiny: BuildTiny) -> Iterator[LmsHost]:
    with LmsHost(tiny("scorm12")) as host:
        yield host


def _first_screen(page: Page, host: LmsHost) -> LearnerSession:
    session = LearnerSession(page, host.launch_url("anna"))
    # The load event may have to wait for the parts that a test holds back.
    page.goto(session.url, wait_until="commit")
    page.frame_locator("iframe").locator("h1").wait_for()
    return session


def test_a_part_that_does_not_come_is_asked_for_until_it_does(
    host: LmsHost, page: Page, context: BrowserContext
) -> None:
    context.route(SCREENS, lambda route: route.abort())
    session = _first_screen(page, host)
    assert session.screen == "start"
    session.press_next()
    session.locate(WAITING).filter(has_text="Your place is kept").wait_for()
    assert session.heading == "One moment"
    assert session.locate(".next").is_hidden()
    session.locate(".back").click()
    assert session.screen == "start"
    session.press_next()
    context.unroute(SCREENS)
    session.frame.evaluate(BACK_ONLINE)
    session.wait_until_shown()
    assert session.screen == "cards"
    session.take().exit()
    assert host.value("anna", "cmi.core.lesson_status") == "passed"


def test_an_empty_answer_instead_of_a_part_is_no_part(
    host: LmsHost, page: Page, context: BrowserContext
) -> None:
    """An LMS whose session has ended, or a proxy, says 200 and sends something else."""
    LearnerSession(page, host.launch_url("anna")).open().take(until="first").exit()
    context.route(TEXTS, lambda route: route.fulfill(status=200, content_type="text/html", body=""))
    session = _first_screen(page, host)
    session.locate(WAITING).filter(has_text="Your place is kept").wait_for()
    for _ in ("statements", "cards", "start"):
        session.locate(".back").click()
    assert session.screen == "start", "the only page of the first block that is there already"
    context.unroute(TEXTS)
    session.frame.evaluate(BACK_ONLINE)
    session.wait_until_shown()
    assert session.take().exit().visited[:4] == ["start", "cards", "statements", "break"]


@pytest.mark.slow
def test_who_comes_back_to_a_later_page_waits_for_it_and_loses_nothing(
    host: LmsHost, page: Page, context: BrowserContext
) -> None:
    LearnerSession(page, host.launch_url("anna")).open().take(until="danger").exit()
    before = host.value("anna", "cmi.suspend_data")
    held: list[Route] = []
    context.route(LATER, lambda route: held.append(route))
    with page.expect_request(SCREENS), page.expect_request(TEXTS):
        session = _first_screen(page, host)
    assert session.heading == "One moment"
    for route in held:
        route.fallback()
    session.wait_until_shown()
    assert session.screen == "danger"
    assert host.value("anna", "cmi.core.lesson_location") == "danger"
    assert host.value("anna", "cmi.suspend_data").split(".")[4:9] == before.split(".")[4:9]
    session.take().exit()
    assert host.value("anna", "cmi.core.lesson_status") == "passed"


def test_who_stops_while_a_part_is_missing_is_not_brought_back(
    host: LmsHost, page: Page, context: BrowserContext
) -> None:
    context.route(LATER, lambda route: route.abort())
    session = _first_screen(page, host)
    session.press_next()
    session.locate('.app[data-screen="waiting"]').wait_for()
    session.exit()
    context.unroute(LATER)
    session.frame.evaluate(BACK_ONLINE)
    session.frame.wait_for_function("""() => noroomCourse.blocks.at(-1).pages[0].title""")
    assert session.screen == "closed"
    assert host.value("anna", "cmi.core.lesson_status") == "incomplete"
    assert host.value("anna", "cmi.core.lesson_location") == "start"
