"""The real course keeps what it promises: every signal, role, claim and rule has its place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import get_args

import pytest

from scorm_builder.checks.check_reading import reading_problems
from scorm_builder.checks.check_sources import claim_ids
from scorm_builder.course.course import Course
from scorm_builder.course.course_model import Question
from scorm_builder.course.course_texts import course_texts
from scorm_builder.course.field_types import Role
from scorm_builder.course.load_course import load_course
from scorm_builder.course.nodes import SceneObject, SignalNode
from scorm_builder.course.page_nodes import nodes_below
from scorm_builder.course.pages import AnyPage, DialoguePage, HotspotPage
from scorm_builder.course.summarise import summarise
from scorm_builder.site.check_site import used_claims
from scorm_builder.site.load_site import load_site
from scorm_builder.translate.notes import translator_notes
from tests.builder.conftest import ROOT

NO_ROOM = ROOT / "courses" / "no-room"
FOUNDING = {
    "avoids-reception", "extra-linen", "many-visitors", "many-condoms", "nitrous-party",
    "unseen-garage", "other-checks-in",
}  # fmt: skip
"""The kinds of signal that the founding article of the programme names."""


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(NO_ROOM)


def _shown(owner: AnyPage | Question) -> Iterator[str]:
    for node in (owner, *(node for _, node in nodes_below(owner))):
        if isinstance(node, SignalNode):
            yield from node.signals
        elif isinstance(node, SceneObject) and node.signal:
            yield node.signal


def test_every_role_meets_every_kind_of_signal_of_the_founding_article(course: Course) -> None:
    required = {one.value.id for one in course.signals if one.value.required}
    assert required == FOUNDING
    for role in get_args(Role):
        met = set(chain.from_iterable(_shown(page.value) for page in course.pages(role)))
        assert met >= FOUNDING, role


def test_who_searches_a_scene_can_see_its_signals_at_work(course: Course) -> None:
    signals = {one.value.id: one.value for one in course.signals}
    for role in get_args(Role):
        pages = [page.value for page in course.pages(role)]
        (scene,) = (page for page in pages if isinstance(page, HotspotPage))
        found = [signals[one.signal] for one in scene.objects if one.signal]
        assert len(found) >= 4 and len(scene.objects) > len(found), "and innocent things"
        assert [one.id for one in found if role not in one.roles] == []
        assert len([page for page in pages if isinstance(page, DialoguePage)]) == 1


def test_every_claim_has_its_source_and_every_source_its_claim(course: Course) -> None:
    owners = [placed.value for placed in (*course.all_pages(), *course.questions)]
    used = {claim for owner in owners for claim in owner.claims}
    used |= {placed.value.source for placed in course.signals}
    used |= {claim for _, _, claim in used_claims(load_site(course))}
    written = claim_ids((NO_ROOM / "sources.md").read_text(encoding="utf-8"))
    assert used == written - {"Claim", "---"}


def test_every_source_says_when_and_how_it_was_checked() -> None:
    lines = (NO_ROOM / "sources.md").read_text(encoding="utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")][1:]
    assert len(rows) > 15
    for claim, short, source, year, checked in rows:
        assert short and source, claim
        assert all(part[:2] == "20" for part in year.replace("–", "; ").split("; ")), claim
        assert any(how in checked for how in ("read", "second-hand", "proposal")), claim


def test_check_finds_nothing_to_mend_in_time_and_words(course: Course) -> None:
    summary = summarise(course)
    found = reading_problems(course, summary.times, summary.levels)
    assert found == []


def test_translators_are_told_where_each_text_stands(course: Course) -> None:
    notes = translator_notes(course)
    assert set(notes) == {text.context for text in course_texts(course)}
    assert "only for front_desk" in notes["page.shift-desk.title"][0]
    assert "work" in notes["role.security.title"][0]
