"""The pages on which learners practise, as data for the player, and the room that they need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scorm_builder.checks.check_whole import (
    HEADER,
    KEY,
    PENDING_FACTS,
    PER_FACT,
    PER_ORIGIN,
    worst_suspend_data,
)
from scorm_builder.course.load_course import load_course
from scorm_builder.link.course_data import compile_course_data
from scorm_builder.link.edition import Audience, Edition
from scorm_builder.translate.notes import translator_notes
from tests.builder.conftest import ROOT

PRACTICE = ROOT / "tests" / "courses" / "practice"
EVERY_KIND = ROOT / "tests" / "courses" / "every_kind"


def pages(folder: Path = PRACTICE) -> dict[str, Any]:
    edition = Edition(load_course(folder), "en")
    data = compile_course_data(edition, "scorm12", Audience())
    return {page["id"]: page for block in data["blocks"] for page in block["pages"]}


def test_the_scale_says_what_fits_and_what_can_be_innocent() -> None:
    monday, tuesday, friday = pages()["scale"]["scale"]
    assert monday["fits"] == ["nothing"]
    assert monday["feedback"]["alert"] == "<p>You can. But this is normal.</p>"
    assert monday["innocent"] == ["a guest who is ill", "a sports team"]
    assert tuesday["innocent"] == []
    assert friday["innocent"] == ["a work meeting", "a guest who is ill"]
    assert friday["feedback"]["nothing"].endswith("Tell your manager.</p>")


def test_every_sorted_card_names_a_bin_of_its_page() -> None:
    page = pages()["sort"]
    assert page["bins"] == [{"id": "do", "title": "Do"}, {"id": "do-not", "title": "Do not"}]
    assert [card["bin"] for card in page["sort"]] == ["do", "do-not", "do"]


def test_a_conversation_keeps_its_ways() -> None:
    page = pages()["talk"]
    ways = {turn["id"]: [one["to"] for one in turn["choices"]] for turn in page["turns"]}
    assert ways == {"door": ["warned", "colleague"], "colleague": ["nothing", "told"]}
    assert page["turns"][1]["question"] == "What do you two do?"
    assert {one["id"]: one["good"] for one in page["endings"]} == {
        "told": True, "warned": False, "nothing": False,
    }  # fmt: skip
    assert page["endings"][0]["title"] == "Your manager knows"


def test_a_warning_stands_only_where_the_author_wrote_one() -> None:
    found = pages()
    assert found["heavy"]["warning"] == "<p>This page is about <strong>violence</strong>.</p>"
    assert [page for page in found.values() if "warning" in page] == [found["heavy"]]
    assert found["finish"]["card"].startswith("<p>See a signal?")


def test_what_is_chosen_or_written_needs_no_room() -> None:
    course = load_course(PRACTICE)
    facts = PENDING_FACTS * (PER_FACT + PER_ORIGIN)
    pages, statements = 9, 2
    assert worst_suspend_data(course) == HEADER + KEY * (pages + statements) + facts


def test_translators_are_told_where_each_text_stands() -> None:
    notes = translator_notes(load_course(PRACTICE))
    said = notes["page.scale.friday.feedback.tell"][0]
    assert said.endswith("card 3 of 3: said to who answers “tell the manager”.")
    assert "turn “11:00, corridor”, choice 2: text" in notes["page.talk.colleague.tell.text"][0]
    assert notes["page.talk.told.text"][0].endswith("good ending 1: text.")
    assert notes["page.heavy.warning"][0].endswith("which may be skipped.")


def test_translators_are_told_of_every_kind_of_screen() -> None:
    notes = translator_notes(load_course(EVERY_KIND))
    assert "“Housekeeping”: description." in notes["role.housekeeping.description"][0]
    assert "what work the learner does" in notes["page.work.text"][0]
