"""The whole course with the keyboard alone: no pointer, and the focus always to be seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from programme.personal_codes import hotel_code, printed
from tests.browser.every_kind import IRI, PERSONAL, build_site
from tests.browser.keyboard import KeyboardLearner
from tests.browser.walk import kind_of
from tests.lms.host import PROJECT
from tests.lms.learner import LearnerSession, way_to_an_ending
from tests.lms.web_host import WebHost

pytestmark = pytest.mark.browser

Act = Callable[[KeyboardLearner, LearnerSession], object]
MAX_SCREENS = 300


def _page(session: LearnerSession) -> dict[str, object]:
    return next(one for one in session.pages() if one["id"] == session.screen)


def _go_on(keys: KeyboardLearner, session: LearnerSession) -> None:
    keys.press(".next")


def _judge(keys: KeyboardLearner, session: LearnerSession) -> None:
    """Answer the card that is shown by its first button, and stay there."""
    keys.press(".judge-button", "Space")
    assert keys.page.evaluate("document.activeElement.className").startswith("judge-button")
    keys.press(".next")


def _weigh(keys: KeyboardLearner, session: LearnerSession) -> None:
    keys.press('.scale-button[data-answer="tell"]', "Space").press(".next")


def _items(act: Act) -> Act:
    def answer_all(keys: KeyboardLearner, session: LearnerSession) -> None:
        name = session.screen
        while session.screen == name and session.locate("[data-item]").count():
            act(keys, session)
        if session.screen == name:
            keys.press(".next")

    return answer_all


def _choose(keys: KeyboardLearner, session: LearnerSession) -> None:
    """Choose with arrow keys where one answer is right, with Space where several are."""
    keys.reach(".option input")
    if keys.page.evaluate("document.activeElement.type") == "radio":
        keys.page.keyboard.press("ArrowDown")
        keys.look()
        assert session.locate("input:checked").count() == 1
    else:
        keys.page.keyboard.press("Space")
    keys.press(".next").press(".next")


def _order(keys: KeyboardLearner, session: LearnerSession) -> None:
    steps = _page(session)["steps"]
    assert isinstance(steps, list)
    for step in steps:
        keys.press(f'[data-step="{step["id"]}"]', "Space")
    keys.press(".next").press(".next")


def _search(keys: KeyboardLearner, session: LearnerSession) -> None:
    """One thing in the picture, the others in the list."""
    things = _page(session)["objects"]
    assert isinstance(things, list)
    signals = [one["id"] for one in things if one["signal"]]
    keys.press(f'.spot[data-thing="{signals[0]}"]')
    keys.reach(".switch-button:nth-child(2)", "Shift+Tab").page.keyboard.press("Enter")
    for thing in signals[1:]:
        keys.press(f'.thing[data-thing="{thing}"]', "Space")
    keys.press(".next")


def _talk(keys: KeyboardLearner, session: LearnerSession) -> None:
    page = _page(session)
    while session.locate("[data-turn]").count():
        turn = session.locate("[data-turn]").get_attribute("data-turn") or ""
        keys.press(f'[data-choice="{way_to_an_ending(page, turn, good=True)}"]')
    keys.press(".next")


def _write(keys: KeyboardLearner, session: LearnerSession) -> None:
    keys.type("textarea", "a thought").press(".next")


def _check(keys: KeyboardLearner, session: LearnerSession) -> None:
    """Answer rightly: what is right stands in the course's data, and Space or arrows choose it."""
    keys.press(".next")
    while session.locate("[data-question]").count():
        shown = session.locate("[data-question]").get_attribute("data-question")
        questions = keys.page.evaluate("noroomCourse.check.questions")
        question = next(one for one in questions if one["id"] == shown)
        for option in (one["id"] for one in question["options"] if one["right"]):
            _mark(keys, question["kind"], option)
        keys.press(".next").press(".next")
    keys.press(".next")


def _mark(keys: KeyboardLearner, kind: str, option: str) -> None:
    wanted = f'input[value="{option}"]'
    if kind == "choose_several":
        keys.press(wanted, "Space")
        return
    keys.reach(".option input").page.keyboard.press("Space")
    keys.reach(wanted, "ArrowDown")


_ACTS: dict[str, Act] = {
    "warning": lambda keys, _: keys.press(".warning-show"),
    "role": lambda keys, session: keys.press(f'.role[data-role="{session.role_key()}"]'),
    "true_false": _items(_judge),
    "sort": _items(_judge),
    "signals_scale": _items(_weigh),
    "choose_one": _choose,
    "choose_several": _choose,
    "order": _order,
    "hotspot": _search,
    "dialogue": _talk,
    "reflection": _write,
    "check": _check,
}


def _enter(keys: KeyboardLearner, session: LearnerSession, language: str) -> None:
    """Choose the language where there are several, and type the codes."""
    page = keys.page
    page.goto(session.url)
    page.wait_for_selector(".app h1")
    if page.locator("[data-language]").count():
        keys.press(f'[data-language="{language}"]')
        page.wait_for_selector("#code-hotel")
    keys.type("#code-hotel", printed(hotel_code(f"{IRI}/hotel/zon")))
    keys.type("#code-personal", PERSONAL)
    page.keyboard.press("Enter")
    page.wait_for_selector(".place-button")
    session.wait_until_shown()


def _help_and_back(keys: KeyboardLearner) -> None:
    """The dialog holds the focus; Escape gives it back."""
    keys.press(".tool-help")
    assert keys.page.locator("dialog[open] h2").evaluate("one => one === document.activeElement")
    keys.reach(".contact-number").reach("dialog[open] > .button:last-child")
    keys.page.keyboard.press("Escape")
    assert keys.page.evaluate("document.activeElement.className").startswith("tool tool-help")


def play(page: Page, url: str, language: str) -> KeyboardLearner:
    """Take a whole course from its first screen to its last words."""
    keys, session = KeyboardLearner(page), LearnerSession(page, url)
    _enter(keys, session, language)
    _help_and_back(keys)
    for _ in range(MAX_SCREENS):
        if session.screen == session.pages()[-1]["id"]:
            break
        _ACTS.get(kind_of(session), _go_on)(keys, session)
    keys.type("#note-name", "Ana").reach(".tool-exit", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector('.app[data-screen="closed"]')
    page.locator("h1:focus").wait_for()
    return keys


@pytest.mark.parametrize("language", ["en"])
def test_the_keyboard_alone_takes_the_whole_course(
    page: Page, tmp_path: Path, language: str
) -> None:
    with WebHost(build_site(tmp_path)) as site:
        keys = play(page, site.url, language)
    assert len(keys.stops) > 100


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_keyboard_alone_takes_the_real_course(
    chromium: Browser, tmp_path: Path, language: str
) -> None:
    context = chromium.new_context(viewport={"width": 650, "height": 666})
    course = PROJECT / "courses" / "no-room"
    with WebHost(build_site(tmp_path, course, ["en", "nl"])) as site:
        play(context.new_page(), site.url, language)
    context.close()
