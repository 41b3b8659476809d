"""Practising: what learners choose or write, what comes once more, and what never leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.browser.screen_checks import lost_focus, violations, wait_for_focus
from tests.browser.test_accessibility import press
from tests.lms.host import PROJECT, LmsHost
from tests.lms.learner import LearnerSession

pytestmark = pytest.mark.browser

COURSE = PROJECT / "tests" / "courses" / "practice"
WRITTEN = "Zimmermann at the side door"


@pytest.fixture(scope="module")
def lms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LmsHost]:
    """An LMS with the course that has every kind of practice."""
    folder = tmp_path_factory.mktemp("practice")
    packages, _ = build_packages(BuildRequest(COURSE, folder, ["scorm12"], ["en"]))
    with LmsHost(Path(packages[0].path)) as host:
        yield host


def _open(lms: LmsHost, page: Page, learner: str, until: str | None = None) -> LearnerSession:
    session = LearnerSession(page, lms.launch_url(learner)).open()
    return session.take(until=until) if until else session


def _said(lms: LmsHost, learner: str) -> str:
    """Give everything that the LMS ever heard of a learner."""
    return "\n".join(" ".join(call.values) for call in lms.calls(learner))


@pytest.mark.slow  # test_every_screen.py looks at every kind of page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_screen(
    context: BrowserContext, lms: LmsHost, scheme: str
) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    session = _open(lms, page, f"axe-{scheme}")
    found: list[str] = []
    session.answers = lambda item: item not in ("monday", "follow", "proof", "talk", "steps")
    while session.screen != "finish":
        found += violations(session)
        kind = next((one["kind"] for one in session.pages() if one["id"] == session.screen), "")
        if session.locate("[data-item]").count():
            session.answer_shown(right=session.answers(session.item_shown()))
            found += violations(session)
            session.press_next()
        elif kind == "dialogue":
            session.talk(right=False)
            found += violations(session)
            session.press_next()
            session.talk(right=True)
            found += violations(session)
            session.press_next()
        else:
            session.do_page()
    session.locate("#note-name").fill("Ana")
    found += violations(session)
    session.exit()
    assert session.locate(".tool-help").is_visible(), "help stays after the end"
    assert found + violations(session) == []


def test_every_kind_can_be_done_with_the_keyboard(lms: LmsHost, page: Page) -> None:
    session = _open(lms, page, "keys")
    session.locate("h1").focus()
    kinds = {one["id"]: one["kind"] for one in session.pages()}
    while session.screen != "finish":
        kind = kinds.get(session.screen, "warning")
        if kind == "warning":
            press(page, session, ".warning-show")
        elif kind == "dialogue":
            while session.locate("[data-turn]").count():
                press(page, session, '[data-choice="remember"], [data-choice="tell"]')
            press(page, session, ".next")
        elif session.locate("[data-item]").count():
            press(page, session, ".judge-button, .scale-button", "Space")
            press(page, session, ".next")
        elif kind == "order":
            for step in ("see", "note", "tell"):
                press(page, session, f'[data-step="{step}"]')
            press(page, session, ".next")
            press(page, session, ".next")
        else:
            press(page, session, ".next")
    assert lost_focus(session) == []


def test_the_scale_answers_at_once_and_takes_another_answer(lms: LmsHost, page: Page) -> None:
    session = _open(lms, page, "scale", until="scale")
    session.locate('[data-answer="tell"]').click()
    feedback = session.locate(".feedback")
    assert "Look at it again." in feedback.inner_text()
    assert "It can also be innocent: a guest who is ill or a sports team." in feedback.inner_text()
    session.locate('[data-answer="nothing"]').click()
    assert session.locate(".feedback").count() == 1
    assert "That fits here." in feedback.inner_text()
    for answer, mark in (("alert", "Monday"), ("tell", "Tuesday")):
        session.press_next()
        assert session.locate(".pile-item").last.inner_text().startswith(mark)
        wait_for_focus(session, "h2")
        session.locate(f'[data-answer="{answer}"]').click()
        assert "That fits here." in feedback.inner_text()
    session.press_next()
    assert session.locate(".pile-item").count() == 3
    assert "no fixed number" in session.locate(".closing").inner_text()


def test_only_what_was_wrong_comes_once_more(lms: LmsHost, page: Page) -> None:
    session = _open(lms, page, "again", until="sort")
    asked = []
    while session.locate("[data-item]").count():
        asked.append(session.item_shown())
        session.answer_shown(right=asked[-1] != "follow")
        session.press_next()
    assert sorted(asked[:3]) == ["follow", "polite", "tell"]
    assert asked[3:] == ["follow"]
    assert session.locate(".bin").all_inner_texts()[1].split("\n") == [
        "Do not",
        "Follow a visitor.",
    ]
    session.press_next()
    session.take(until="steps")
    for step in ("see", "tell", "note"):
        session.locate(f'[data-step="{step}"]').click()
    session.press_next()
    assert "Right so far: 1 of 3" in session.locate(".feedback").inner_text()
    for step in ("note", "tell"):
        session.locate(f'[data-step="{step}"]').click()
    session.press_next()
    assert session.locate(".feedback.is-right").count() == 1


def test_a_conversation_can_be_taken_another_way(lms: LmsHost, page: Page) -> None:
    session = _open(lms, page, "talk", until="talk")
    session.locate('[data-choice="remember"]').click()
    session.locate('[data-choice="gossip"]').click()
    assert session.locate('[data-ending="nothing"]').is_visible()
    session.locate(".talk-change").first.click()
    assert session.locate("[data-turn]").get_attribute("data-turn") == "door"
    assert session.locate(".talk-turn").count() == 0
    session.locate('[data-choice="ask"]').click()
    session.press_next()
    assert session.locate("[data-turn]").get_attribute("data-turn") == "door"
    session.talk(right=True)
    assert session.locate('[data-ending="told"]').is_visible()
    session.press_next()
    assert session.screen == "think"


def test_what_is_written_and_chosen_never_leaves(lms: LmsHost, page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    session = _open(lms, page, "secret", until="think")
    session.locate("textarea").fill(WRITTEN)
    session.locate(".back").click()
    session.press_next()
    assert session.locate("textarea").input_value() == ""
    session.locate("textarea").fill(WRITTEN)
    session.take()
    session.locate("#note-name").fill(WRITTEN)
    assert session.locate(".note-name").inner_text() == WRITTEN
    page.emulate_media(media="print")
    shown = session.locate(".paper").inner_text()
    assert WRITTEN in shown and "Practice" in shown and "112" in shown
    for hidden in (".top", ".bottom", ".name-field", ".participation", ".print"):
        assert not session.locate(hidden).is_visible(), hidden
    page.emulate_media(media="screen")
    kept = session.frame.evaluate("JSON.stringify([localStorage, sessionStorage, history.state])")
    session.exit()
    everything = "\n".join([_said(lms, "secret"), kept, *sent])
    for word in (WRITTEN, "Zimmermann", "remember", "colleague", "gossip"):
        assert word not in everything, word


def _seen(lms: LmsHost, learner: str) -> list[str]:
    """Give what is stored of a learner, without registration, times and the sum over them."""
    fields = lms.value(learner, "cmi.suspend_data").split(".")
    return [field for number, field in enumerate(fields) if number not in (2, 10, len(fields) - 1)]


def test_skipping_a_page_leaves_no_trace(lms: LmsHost, context: BrowserContext) -> None:
    stored = []
    for learner, button in (("reader", ".warning-show"), ("skipper", ".warning-skip")):
        session = _open(lms, context.new_page(), learner)
        assert session.screen == "heavy-warning"
        assert "Somebody was hurt" not in session.locate(".app").inner_text()
        session.locate(button).click()
        assert (session.screen == "heavy") == (learner == "reader")
        session.take().exit()
        stored.append(_seen(lms, learner))
    assert stored[0] == stored[1]


def test_leaving_now_saves_and_takes_the_course_out_of_the_history(
    lms: LmsHost, page: Page
) -> None:
    session = _open(lms, page, "away", until="sort")
    session.locate(".tool-help").click()
    session.locate("dialog[open] .leave-here").click()
    page.wait_for_function(
        "!document.querySelector('iframe').contentDocument.body.innerText.trim()"
    )
    page.wait_for_function(
        "document.querySelector('iframe').contentWindow.location.href === 'about:blank'"
    )
    assert len(lms.calls("away", "LMSFinish")) == 1
    assert lms.value("away", "cmi.core.exit") == "suspend"
    page.go_back()
    assert not [frame for frame in page.frames if "/content/" in frame.url]
    again = LearnerSession(page, lms.launch_url("away")).open()
    assert again.screen == "sort"
