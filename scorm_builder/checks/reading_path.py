"""Course, role -> what its learner reads and does, page by page.

Of texts of which a learner sees one, the longest counts; of the pool, the questions of the longest
draw. Texts are named by their contexts (course_texts.py), so that every language can be measured.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from scorm_builder.course.course import Course
from scorm_builder.course.course_model import Block, Question
from scorm_builder.course.field_types import Role
from scorm_builder.course.nodes import Card, Node, Turn
from scorm_builder.course.page_nodes import node_lists
from scorm_builder.course.pages import (
    AnyPage,
    CardsPage,
    DialoguePage,
    HotspotPage,
    OrderPage,
    SignalsScalePage,
    SortPage,
    TrueFalsePage,
    VideoPage,
)
from scorm_builder.link.practice_data import ANSWERS

Contexts = tuple[str, ...]
Measure = Callable[[str], float]
"""Context -> how long its text is, in words or seconds."""


_Listed = CardsPage | VideoPage | TrueFalsePage | OrderPage | SortPage


@dataclass(frozen=True)
class Reading:
    """One screen or question: texts all read, groups of texts of which one is read, taps, choices.

    `taps` are buttons pressed, `choices` the entries to weigh up, `pictures` those to look at.
    """

    contexts: Contexts
    one_of: tuple[Contexts, ...] = ()
    taps: int = 1
    choices: int = 0
    pictures: int = 0

    def longest(self, measure: Measure) -> float:
        """Give the measure of everything read, at most."""
        once = sum(measure(context) for context in self.contexts)
        return once + sum(max(map(measure, group), default=0) for group in self.one_of)


def readings(
    course: Course, role: Role | None, measure: Measure
) -> Iterator[tuple[Block, Reading]]:
    """Give every screen of a role's way with its block, in order."""
    for block, pages in course.blocks_left(role):
        for page in pages:
            reading = _page(course, page, role, measure)
            yield block, _warned(reading, page) if page.warning else reading
            if page.kind == "check":
                for question in _longest_draw(course, role, measure):
                    yield block, question


def _page(course: Course, page: AnyPage, role: Role | None, measure: Measure) -> Reading:
    context = f"page.{page.id}"
    read = [f"{context}.title", f"{context}.text"]
    pictures = int(page.picture is not None)
    match page.kind:
        case "choose_one" | "choose_several":
            return _choice(course, page, role, context, read, pictures)
        case "hotspot":
            return _scene(course, page, context, read)
        case "dialogue":
            return _dialogue(course, page, read, measure)
        case "signals_scale":
            return _scale(course, page, role, read)
        case "cards" | "video" | "true_false" | "order" | "sort":
            return _entries(course, page, role, read, pictures)
        case "role":
            names = ("title", "description")
            read += [f"role.{one}.{name}" for one in course.roles for name in names]
            return Reading(tuple(read), choices=len(course.roles), pictures=pictures)
        case _:
            read += [f"{context}.{name}" for name in ("question", "team", "card")]
            return Reading(tuple(read), pictures=pictures)


def _entries(
    course: Course, page: _Listed, role: Role | None, read: list[str], pictures: int
) -> Reading:
    """Reading of pages whose entries are all read, one after the other.

    Of a film the pictures count: it and its transcript are other ways to the same.
    """
    context = f"page.{page.id}"
    (listed,) = (one for one in node_lists(page) if one.name != "bins")
    entries = [one for one in listed.nodes if course.applies(one, role)]
    read += [f"{context}.question", f"{context}.feedback"]
    read += _below(context, entries, "title", "text", "feedback")
    if isinstance(page, CardsPage | VideoPage):
        pictures += sum(isinstance(one, Card) and one.picture is not None for one in entries)
        return Reading(tuple(read), taps=len(entries), pictures=pictures)
    if isinstance(page, SortPage):
        read += _below(context, page.bins, "title")
    each = 1 if isinstance(page, OrderPage) else 2
    taps = each * len(entries) + (2 if isinstance(page, OrderPage) else 0)
    return Reading(tuple(read), taps=taps, choices=each * len(entries), pictures=pictures)


def _scale(course: Course, page: SignalsScalePage, role: Role | None, read: list[str]) -> Reading:
    """Reading of a scale: of each card the words on one of three answers."""
    context = f"page.{page.id}"
    cards = [card for card in page.cards if course.applies(card, role)]
    read += [f"{context}.feedback", *_below(context, cards, "title", "text")]
    said = tuple(
        tuple(f"{context}.{card.id}.feedback.{answer}" for answer in ANSWERS) for card in cards
    )
    return Reading(tuple(read), said, 2 * len(cards), len(ANSWERS) * len(cards))


def _scene(course: Course, page: HotspotPage, context: str, read: list[str]) -> Reading:
    """Reading of a scene whose things are all tapped, each with its innocent explanations."""
    objects = [one for one in page.objects if course.applies(one)]
    read += [f"{context}.question", f"{context}.feedback"]
    read += _below(context, objects, "title", "text")
    signals = {placed.value.id: placed.value for placed in course.signals}
    for one in objects:
        innocent = signals[one.signal].innocent if one.signal else ()
        read += [f"signal.{one.signal}.innocent.{number}" for number in range(len(innocent))]
    return Reading(tuple(read), taps=len(objects) + 1, choices=len(objects), pictures=1)


def _dialogue(course: Course, page: DialoguePage, read: list[str], measure: Measure) -> Reading:
    """Reading of a conversation: of all walks from the first turn to an ending, the longest.

    A learner reads every choice of a turn, and the answer to one; other walks are free to try.
    """
    turns = {turn.id: turn for turn in page.turns if course.applies(turn)}

    @functools.cache
    def walk(name: str) -> Reading:
        if name not in turns:
            return Reading(tuple(_ending(page, name)))
        turn = turns[name]
        choices = [one for one in turn.choices if course.applies(one)]
        context = f"page.{page.id}.{turn.id}"
        ways = [_before(walk(one.to), _below(context, [one], "feedback")) for one in choices]
        rest = max(ways, key=lambda way: (way.longest(measure), way.taps))
        here = [*_turn_head(page, turn), *_below(context, choices, "text")]
        longer = _before(rest, here)
        return replace(longer, taps=rest.taps + 2, choices=rest.choices + len(choices))

    return _before(walk(next(iter(turns))), read)


def _warned(reading: Reading, page: AnyPage) -> Reading:
    """Add the screen that says what is coming, for a learner who goes on to the page."""
    return replace(_before(reading, [f"page.{page.id}.warning"]), taps=reading.taps + 1)


def _before(reading: Reading, contexts: Sequence[str]) -> Reading:
    return replace(reading, contexts=(*contexts, *reading.contexts))


def _turn_head(page: DialoguePage, turn: Turn) -> list[str]:
    return _below(f"page.{page.id}", [turn], "title", "text", "question")


def _ending(page: DialoguePage, name: str) -> list[str]:
    return [f"page.{page.id}.{name}.{text}" for text in ("title", "text")]


def _choice(
    course: Course, asked: AnyPage | Question, role: Role | None, context: str,
    read: list[str], pictures: int = 0,
) -> Reading:  # fmt: skip
    """Reading of a question: of choose_one the reason of one option, else that of each."""
    options = [one for one in getattr(asked, "options", ()) if course.applies(one, role)]
    reasons = tuple(_below(context, options, "feedback"))
    read += [f"{context}.question", f"{context}.feedback", *_below(context, options, "text")]
    if asked.kind == "choose_one":
        return Reading(tuple(read), (reasons,), 3, len(options), pictures)
    return Reading((*read, *reasons), (), 2 + len(options), len(options), pictures)


def _longest_draw(course: Course, role: Role | None, measure: Measure) -> list[Reading]:
    check = course.settings.value.check
    pool = [placed.value for placed in course.pool(role)]
    must = [one for one in pool if one.must_pass]
    rest = [one for one in pool if not one.must_pass]
    found = [_question(course, one, role) for one in rest]
    found.sort(key=lambda reading: reading.longest(measure), reverse=True)
    drawn = check.draw - len(must) if check else 0
    return [*(_question(course, one, role) for one in must), *found[: max(drawn, 0)]]


def _question(course: Course, question: Question, role: Role | None) -> Reading:
    context = f"question.{question.id}"
    return _choice(course, question, role, context, [f"{context}.text"])


def _below(context: str, nodes: Sequence[Node], *names: str) -> list[str]:
    return [f"{context}.{node.id}.{name}" for node in nodes for name in names]
