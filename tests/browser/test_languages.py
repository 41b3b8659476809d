"""One package, several languages: chosen at the start, changed at any time, nothing lost."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.browser.conftest import TINY, write_programme
from tests.browser.screen_checks import wait_for_focus
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs

STRICT = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
                                     "img-src 'self'; connect-src http://127.0.0.1:*"}  # fmt: skip
BuildMulti = Callable[..., Path]


@pytest.fixture(scope="module")
def multi(tmp_path_factory: pytest.TempPathFactory) -> BuildMulti:
    """Build the small course in all its languages as one package."""

    def build(standard: str = "scorm12", endpoint: str = "") -> Path:
        folder = tmp_path_factory.mktemp("multi")
        programme = write_programme(folder, endpoint) if endpoint else None
        request = BuildRequest(
            TINY, folder / "out", [standard], chains=["acme"] if endpoint else [],
            programme=programme, allow_draft=True, languages_in="one",
        )  # fmt: skip
        packages, _ = build_packages(request)
        return Path(packages[0].path)

    return build


@pytest.fixture
def host(multi: BuildMulti) -> Iterator[LmsHost]:
    """An LMS that sends a strict content security policy."""
    with LmsHost(multi(), STRICT) as lms:
        yield lms


def launch(page: Page, lms: LmsHost, learner: str, **options: str) -> LearnerSession:
    """Open the course at its list of languages."""
    session = LearnerSession(page, lms.launch_url(learner, **options))
    page.goto(session.url)
    session.wait_until_shown()
    return session


def choose(session: LearnerSession, language: str) -> None:
    """Tap a language, on the first screen or in the dialog, and wait until it is shown."""
    session.locate(f'[data-language="{language}"]:visible').click()
    session.locate(".top").wait_for()
    expect(session.locate("html")).to_have_attribute("lang", language)
    session.wait_until_shown()


def switch(session: LearnerSession, language: str) -> None:
    """Change the language from wherever the learner is: two taps."""
    session.locate(".tool-language").click()
    choose(session, language)


def test_the_lms_names_the_language_that_is_offered_first(page: Page, host: LmsHost) -> None:
    """Each language stands in its own name; the choice is kept for the next launch."""
    host.seed("anna", {"cmi.student_preference.language": "nl_NL"})
    session = launch(page, host, "anna")
    names = session.locate(".language")
    assert names.all_inner_texts()[:2] == ["Nederlands", "English"]
    assert session.heading == "Kies je taal"
    assert not [one for one in host.requests if "course-" in one]
    choose(session, "nl")
    assert len({one for one in host.requests if "course-" in one}) == 1
    session.press_next()
    session.exit()
    assert ".nl." in host.value("anna", "cmi.suspend_data")
    again = launch(page, host, "anna")
    assert again.locate(".top").count() == 1 and again.locate("html").get_attribute("lang") == "nl"


def test_a_change_of_language_keeps_the_page_and_the_answers(page: Page, host: LmsHost) -> None:
    """On every kind of page: what was answered stays so, in the words of the new language."""
    session = launch(page, host, "bert")
    choose(session, "en")
    kinds = {str(one["id"]): str(one["kind"]) for one in session.pages()}
    seen = set()
    for screen, kind in kinds.items():
        session.take(until=screen)
        if kind in ("true_false", "choose_one", "choose_several", "order", "sort"):
            session.answer_shown(right=kind in ("order", "true_false"))
            before = session.locate(".feedback, .judge, input, .order-answer").count()
            order = session.locate("input").evaluate_all("all => all.map(one => one.value)")
            switch(session, "nl")
            assert session.screen == screen
            assert session.locate(".feedback").count() == 1
            assert session.locate("input").evaluate_all("all => all.map(one => one.value)") == order
            assert session.locate(".feedback, .judge, input, .order-answer").count() == before
            wait_for_focus(session, "h1")
            switch(session, "en")
            session.press_next()
            seen.add(kind)
    assert {"true_false", "choose_one", "order"} <= seen
    assert len(host.calls("bert", "LMSInitialize")) == 1
    assert not host.calls("bert", "LMSFinish")


def test_in_the_check_the_question_and_its_reasons_stay(page: Page, host: LmsHost) -> None:
    """A switch between answer and reasons neither asks again nor counts twice."""
    session = launch(page, host, "carl")
    choose(session, "en")
    session.take(until=session.page_of_kind("check"))
    session.press_next()
    session.answer_shown(right=True)
    asked = session.locate("[data-question]").get_attribute("data-question")
    switch(session, "nl")
    assert session.locate("[data-question]").get_attribute("data-question") == asked
    assert session.locate(".feedback").count() == 1
    session.press_next()
    session.take()
    assert host.value("carl", "cmi.core.lesson_status") == "passed"


def test_a_language_that_does_not_come_changes_nothing(
    context: BrowserContext, page: Page, host: LmsHost
) -> None:
    """One calm sentence in that language, the old one stays, and a second try works."""
    session = launch(page, host, "dora")
    choose(session, "en")
    heading = session.heading
    context.route(re.compile("course-nl"), lambda route: route.abort())
    session.locate(".tool-language").click()
    session.locate('dialog[open] [data-language="nl"]').click()
    status = session.locate("dialog[open] .language-status")
    expect(status).to_contain_text("Deze taal kon niet worden geladen")
    assert session.heading == heading
    assert session.locate("html").get_attribute("lang") == "en"
    context.unroute(re.compile("course-nl"))
    choose(session, "nl")
    assert session.heading != heading


def test_a_page_that_is_no_course_is_not_taken_for_one(
    context: BrowserContext, page: Page, host: LmsHost
) -> None:
    """An LMS whose session ended answers with its log-in page and status 200."""
    session = launch(page, host, "eva")
    body = "globalThis.noroomCourse = undefined;"
    context.route(
        re.compile("course-"),
        lambda route: route.fulfill(body=body, content_type="text/javascript"),
    )
    session.locate('[data-language="en"]').click()
    expect(session.locate(".language-status")).to_contain_text("did not load")


def test_statements_say_the_language_in_which_things_were_done(
    page: Page, multi: BuildMulti, lrs: RecordingLrs
) -> None:
    """`context.language` follows the learner; registration and session number stay the same."""
    with LmsHost(multi(endpoint=lrs.endpoint)) as lms:
        session = launch(page, lms, "fay")
        choose(session, "nl")
        session.take(until=session.page_of_kind("check"))
        switch(session, "en")
        session.take()
        session.exit()
    told = {one["verb"]["id"].rpartition("/")[2]: one["context"] for one in lrs.statements}
    assert told["initialized"]["language"] == "nl"
    assert told["passed"]["language"] == "en"
    assert len({one["registration"] for one in told.values()}) == 1


def test_it_works_from_disk(page: Page, multi: BuildMulti, tmp_path: Path) -> None:
    """A classic script loads where modules and fetch do not."""
    with zipfile.ZipFile(multi()) as archive:
        archive.extractall(tmp_path)
    session = LearnerSession(page, (tmp_path / "index.html").as_uri())
    page.goto(session.url)
    session.wait_until_shown()
    choose(session, "nl")
    switch(session, "en")
    assert session.locate("[data-kind=no-lms]").count() == 1
