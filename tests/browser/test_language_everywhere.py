"""A change of language on every screen: what was tapped, put in order and said stays as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.browser.test_languages import choose, launch, switch
from tests.browser.walk import every_screen, kind_of
from tests.lms.host import PROJECT, LmsHost
from tests.lms.learner import LearnerSession, way_to_an_ending

pytestmark = pytest.mark.browser

COURSE = PROJECT / "tests" / "courses" / "film"
OTHER = {"en": "nl", "nl": "en"}
IN_DIALOGS = ("help", "parts", "language")
PLAYING = "-played"
"""A film begins anew: in another language it is another one, with other captions."""

# Everything of a page but its words: what it is about, its state, and how much of it there is. What
# is written in a field is not kept by design: nothing reads it.
STATE = """() => Array.from(document.querySelectorAll("main *")).filter((one) =>
    one.dataset.item || one.dataset.turn || one.dataset.ending || one.dataset.question ||
    one.matches("button, input, li, .feedback, .feedback-note, .rest-thing, video"))
  .map((one) => [
    one.tagName, one.className, { ...one.dataset },
    one.matches("[type=text]") ? "" : one.value ?? "", one.checked ?? false,
    one.getAttribute("aria-pressed"), one.getAttribute("aria-disabled"), one.checkVisibility(),
  ])"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course with every kind of page, in two languages."""
    out = tmp_path_factory.mktemp("film")
    request = BuildRequest(COURSE, out, ["scorm12"], allow_draft=True, languages_in="one")
    packages, _ = build_packages(request)
    return Path(packages[0].path)


@pytest.mark.slow
def test_every_screen_stays_as_it_is_when_the_language_changes(package: Path, page: Page) -> None:
    with LmsHost(package) as lms:
        session = launch(page, lms, "anna")
        choose(session, "en")
        language, kinds = "en", set()
        for name in every_screen(session):
            if name in IN_DIALOGS or name == "closed" or name.endswith(PLAYING):
                continue
            if name == session.screen:
                _begin(session)
            language = _switch_and_compare(session, name, OTHER[language])
            kinds.add(kind_of(session))
            if name == session.screen:
                _take_back(session)
        assert len(lms.calls("anna", "LMSInitialize")) == 1
        assert lms.value("anna", "cmi.core.lesson_status") == "passed"
    wanted = {"hotspot", "cards", "video", "true_false", "choose_one", "choose_several", "order",
              "sort", "signals_scale", "dialogue", "reflection", "check", "finish"}  # fmt: skip
    assert wanted <= kinds


def _switch_and_compare(session: LearnerSession, name: str, language: str) -> str:
    before, heading = _state(session), session.heading
    switch(session, language)
    assert session.heading != heading, name
    assert _state(session) == before, name
    return language


def _state(session: LearnerSession) -> list[Any]:
    state: list[Any] = session.frame.evaluate(STATE)
    return state


def _begin(session: LearnerSession) -> None:
    """Leave the page half done where a page can be: two steps tapped, one turn talked."""
    kind = kind_of(session)
    if kind == "order":
        session.locate(".step").nth(1).click()
        session.locate(".step").nth(0).click()
    if kind == "dialogue":
        page = next(one for one in session.pages() if one["id"] == session.screen)
        choice = way_to_an_ending(page, page["turns"][0]["id"], good=True)
        session.locate(f'[data-choice="{choice}"]').click()


def _take_back(session: LearnerSession) -> None:
    """Take the steps back, so that the walk finds the page as it expects it."""
    for _ in range(session.locate('.step[aria-pressed="true"]').count()):
        session.locate('.step[aria-pressed="true"]').first.click()
