"""Time from words and taps: by hand for one page, and monotone for the rest."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scorm_builder.checks.reading_path import Reading, readings
from scorm_builder.checks.reading_time import DECISION, TAP, reading_times
from scorm_builder.course.course_model import ReadingSettings
from scorm_builder.course.load_course import load_course
from tests.builder.conftest import ROOT, TINY, Noroom

SHIFT = ROOT / "tests" / "courses" / "shift"
PRACTICE = ROOT / "tests" / "courses" / "practice"


def test_a_page_takes_its_words_and_its_taps(course: Path) -> None:
    """The finish page alone in its block: a title of 1 word, 12 words, one tap."""
    block = course / "blocks" / "1-act.yaml"
    text = block.read_text(encoding="utf-8")
    start = text.index("  - id: first")
    end = text.index("  - id: finish")
    block.write_text(text[:start] + text[end:], encoding="utf-8")
    file = course / "course.yaml"
    settings = file.read_text(encoding="utf-8")
    line = "check: { draw: 2, pass: 1, questions: questions.yaml }\n"
    file.write_text(settings.replace(line, ""), encoding="utf-8")
    (time,) = reading_times(load_course(course, ["en"]))
    # Done; Thank you for taking “A tiny course & its check”.
    assert time.blocks["act"] == round((1 + 9) * 0.6 + TAP)
    assert DECISION < TAP


def test_every_role_and_language_is_timed_and_slower_readers_need_longer() -> None:
    course = load_course(SHIFT)
    found = reading_times(course)
    assert [(one.language, one.role) for one in found] == [
        ("en", "front_desk"), ("en", "housekeeping"), ("en", "security"),
    ]  # fmt: skip
    quick = course.settings.value.model_copy(
        update={"reading": ReadingSettings(words_per_minute=200)}
    )
    faster = reading_times(replace(course, settings=replace(course.settings, value=quick)))
    for slow, fast in zip(found, faster, strict=True):
        assert fast.seconds < slow.seconds < 2 * fast.seconds
    assert {one.language for one in reading_times(load_course(TINY))} == {"en", "nl"}


def test_the_real_course_gives_every_role_the_same_time_within_a_minute() -> None:
    times = reading_times(load_course(ROOT / "courses" / "no-room"))
    for language, profile in {(one.language, one.profile) for one in times}:
        own = [one.seconds for one in times if (one.language, one.profile) == (language, profile)]
        assert max(own) - min(own) <= 60


@pytest.mark.parametrize("field", ["times", "levels"])
def test_check_prints_the_figures_for_scripts_too(noroom: Noroom, field: str) -> None:
    result = noroom("check", SHIFT, "--json")
    assert json.loads(result.stdout)["summary"][field]


def _walk(heavy: str) -> Reading:
    """Reading of the conversation of the practice course, where one text is much to read."""

    def measure(context: str) -> float:
        return 1000 if context == f"page.talk.{heavy}" else 1

    found = readings(load_course(PRACTICE), None, measure)
    return next(one for _, one in found if "page.talk.title" in one.contexts)


def test_a_conversation_takes_its_longest_walk_and_one_ending() -> None:
    """Turn after turn to the end; or, where that is more to read, the short way out."""
    through, out = _walk("told.text"), _walk("warned.text")
    turns = [f"page.talk.{turn}.text" for turn in ("door", "colleague")]
    endings = [f"page.talk.{ending}.text" for ending in ("told", "warned", "nothing")]
    assert [text for text in (*turns, *endings) if text in through.contexts] == [
        *turns, endings[0],
    ]  # fmt: skip
    assert [text for text in (*turns, *endings) if text in out.contexts] == [turns[0], endings[1]]
    assert (through.taps, out.taps) == (5, 3), "an answer and its “next” in each turn, and the end"
    assert {text for text in through.contexts if text.endswith("feedback")} == {
        "page.talk.door.remember.feedback", "page.talk.colleague.tell.feedback",
    }  # fmt: skip


def test_what_is_said_before_a_page_is_read_too() -> None:
    found = readings(load_course(ROOT / "courses" / "no-room", ["en"]), "security", lambda _: 1)
    (force,) = (one for _, one in found if "page.why-force.title" in one.contexts)
    assert "page.why-force.warning" in force.contexts
    assert force.taps == 1 + 4, "one tap for each card, one to go on to them"


def test_the_real_course_keeps_its_budget_in_every_role_and_language() -> None:
    times = reading_times(load_course(ROOT / "courses" / "no-room"))
    assert len({one.role for one in times}) == 7
    assert max(one.seconds for one in times) <= 20 * 60
