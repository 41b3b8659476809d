"""LMSs that are late, far away, missing, or not honest."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import BuildTiny
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.often import often

pytestmark = pytest.mark.browser

STRICT_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
)


def test_an_api_that_appears_late_is_found(lms: LmsHost, page: Page) -> None:
    session = LearnerSession(page, lms.launch_url("anna", late="700")).open()
    assert session.locate(".notice").count() == 0
    assert lms.record("anna").stored


def test_an_api_behind_a_frame_of_another_origin_is_found(lms: LmsHost, page: Page) -> None:
    session = LearnerSession(page, lms.launch_url("anna", between="1")).open()
    assert session.locate(".notice").count() == 0
    session.take().exit()
    assert lms.record("anna").stored


def test_without_an_lms_the_course_runs_and_says_so(lms12: LmsHost, page: Page) -> None:
    session = LearnerSession(page, f"{lms12.origin}/content/index.html").open()
    assert "will not be saved" in session.locate(".notice").inner_text()
    session.take()
    assert "not saved" in session.locate(".participation-note").inner_text()
    session.exit()


def test_the_course_runs_from_disk(tiny: BuildTiny, page: Page, tmp_path: Path) -> None:
    with zipfile.ZipFile(tiny("scorm12")) as package:
        for name in package.namelist():
            (tmp_path / name).write_bytes(package.read(name))
    page.goto((tmp_path / "index.html").as_uri())
    page.locator(".notice").wait_for()
    assert page.locator("h1").inner_text()


@pytest.mark.parametrize("fault", often([{"fail": "commit"}, {"lie": "1"}, {"cut": "60"}]))
def test_an_lms_that_does_not_store_is_noticed(
    lms12: LmsHost, page: Page, fault: dict[str, str]
) -> None:
    session = LearnerSession(page, lms12.launch_url("anna", **fault)).open()
    session.locate('[data-kind="not-saved"]').wait_for()
    session.take()
    assert session.screen == "finish"


def test_a_strict_content_security_policy_is_enough(tiny: BuildTiny, page: Page) -> None:
    with LmsHost(tiny("scorm12"), {"Content-Security-Policy": STRICT_CSP}) as lms:
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        session = LearnerSession(page, lms.launch_url("anna", query="aicc_sid=1&x=%2F")).open()
        session.take().exit()
        assert [line for line in refused if "Content Security Policy" in line] == []
        assert lms.value("anna", "cmi.core.lesson_status") == "passed"


def test_an_lms_that_opens_a_window_of_its_own_is_found(
    lms: LmsHost, context: BrowserContext
) -> None:
    opener = context.new_page()
    opener.goto(lms.launch_url("anna", popup="1"))
    with context.expect_page() as opened:
        opener.get_by_role("button").click()
    session = LearnerSession(opened.value, opened.value.url)
    session.wait_until_shown()
    session.take().exit()
    status = (
        "cmi.core.lesson_status"
        if "cmi.core.exit" in lms.record("anna").stored
        else "cmi.success_status"
    )
    assert lms.value("anna", status) == "passed"


def test_a_sandboxed_frame_of_the_same_origin_is_enough(lms12: LmsHost, page: Page) -> None:
    url = lms12.launch_url("anna", sandbox="allow-scripts allow-same-origin")
    LearnerSession(page, url).open().take().exit()
    assert lms12.value("anna", "cmi.core.lesson_status") == "passed"


def test_a_sandbox_without_an_origin_is_told_to_the_learner_and_the_course_goes_on(
    lms12: LmsHost, page: Page
) -> None:
    session = LearnerSession(page, lms12.launch_url("anna", sandbox="allow-scripts"))
    page.goto(session.url)
    page.frame_locator("iframe").locator(".app h1").wait_for()
    session.read_course()
    assert "will not be saved" in session.locate(".notice").inner_text()
    session.take()
    assert session.screen == "finish"
    assert lms12.record("anna").stored == {}


@pytest.mark.parametrize("size", often([(320, 256), (650, 666)]))
def test_a_small_frame_shows_the_way_on_and_nothing_scrolls_sideways(
    lms12: LmsHost, page: Page, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    session = LearnerSession(page, lms12.launch_url("anna")).open()
    for _ in session.pages():
        assert session.frame.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert session.locate(".next").is_visible()
        if session.screen == session.pages()[-1]["id"]:
            break
        session.do_page()


def test_the_first_screen_needs_few_and_small_files(lms12: LmsHost, page: Page) -> None:
    LearnerSession(page, lms12.launch_url("anna")).open()
    fetched = [path for path in lms12.requests if path.startswith("/content/")]
    assert len(fetched) <= 8, fetched
    launch_page = lms12.files["index.html"].decode()
    first = [path[9:] for path in fetched if path.endswith(".js") and path[9:] in launch_page]
    assert len(first) == 2, fetched
    assert sum(len(lms12.files[name]) for name in first) <= 60_000


def test_a_page_that_comes_back_from_the_browsers_memory_begins_anew(
    lms12: LmsHost, page: Page
) -> None:
    session = LearnerSession(page, lms12.launch_url("anna")).open()
    session.take(until="which")
    event = "new PageTransitionEvent('{}', {{ persisted: true }})"
    session.frame.evaluate(f"dispatchEvent({event.format('pagehide')})")
    assert len(lms12.calls("anna", "LMSFinish")) == 1
    with page.expect_event("framenavigated"):
        session.frame.evaluate(f"dispatchEvent({event.format('pageshow')})")
    session.wait_until_shown()
    # The LMS's page did not reload, and a finished API is not opened twice.
    assert session.screen


def test_without_its_script_the_page_says_what_to_do(lms12: LmsHost, page: Page) -> None:
    page.route("**/player-*.js", lambda route: route.abort())
    page.goto(f"{lms12.origin}/content/index.html")
    page.get_by_text("The course did not start.").wait_for(state="visible")
