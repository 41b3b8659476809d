"""The pages on which learners practise, as data for the player (docs/contracts.md section 5)."""

from __future__ import annotations

from typing import Any

from scorm_builder.course.nodes import (
    Ending,
    Node,
    ScaleAnswer,
    ScaleCard,
    SignalNode,
    SortCard,
    Turn,
)
from scorm_builder.course.pages import (
    DialoguePage,
    HotspotPage,
    PracticePage,
    ReflectionPage,
    SignalsScalePage,
    SortPage,
)
from scorm_builder.link.chain_texts import ChainTexts
from scorm_builder.media.scenes import PlacedObject, needed, scene_objects

Json = dict[str, Any]

ANSWERS: tuple[ScaleAnswer, ...] = ("nothing", "alert", "tell")
MOST_INNOCENT = 3


def practice_data(texts: ChainTexts, context: str, page: PracticePage) -> Json:
    """Give what a page of these kinds has besides id, key, kind, title and html."""
    match page:
        case HotspotPage():
            return _scene(texts, context, page)
        case SignalsScalePage():
            cards = [_scale_card(texts, context, one) for one in page.cards if _is_in(texts, one)]
            return {**texts.fields(context, feedback="feedback"), "scale": cards}
        case SortPage():
            return _sort(texts, context, page)
        case DialoguePage():
            turns = [_turn(texts, context, one) for one in page.turns if _is_in(texts, one)]
            endings = [_ending(texts, context, one) for one in page.endings if _is_in(texts, one)]
            return {"turns": turns, "endings": endings}
        case ReflectionPage():
            return texts.fields(context, question="question", team="team")


def innocent(texts: ChainTexts, node: SignalNode) -> list[str]:
    """Give innocent explanations of a node's signals: two of one signal, or one of each of several.

    At most three, so that a small screen holds them.
    """
    each = 2 if len(node.signals) == 1 else 1
    known = {one.value.id: one.value for one in texts.course.signals}
    found = [
        texts.text(f"signal.{signal}.innocent.{number}")
        for signal in node.signals
        if signal in known
        for number in range(min(each, len(known[signal].innocent)))
    ]
    return list(dict.fromkeys(found))[:MOST_INNOCENT]


def _is_in(texts: ChainTexts, node: Node) -> bool:
    return texts.applies(node)


def _scene(texts: ChainTexts, context: str, page: HotspotPage) -> Json:
    found = scene_objects(texts.course, page)
    return {
        **texts.fields(context, question="question", feedback="feedback"),
        "scene": texts.picture(f"{context}.scene", page.scene),
        "needed": needed(page, found),
        "objects": [_scene_object(texts, context, one) for one in found],
    }


def _scene_object(texts: ChainTexts, page: str, placed: PlacedObject) -> Json:
    signal = placed.signal and {
        "strength": placed.signal.strength,
        "innocent": [
            texts.text(f"signal.{placed.signal.id}.innocent.{number}")
            for number in range(min(MOST_INNOCENT, len(placed.signal.innocent)))
        ],
    }
    said = texts.fields(f"{page}.{placed.node.id}", title="title", html="text")
    return {"id": placed.node.id, **said, "box": placed.percents, "signal": signal}


def _scale_card(texts: ChainTexts, page: str, card: ScaleCard) -> Json:
    context = f"{page}.{card.id}"
    said = {answer: texts.text(f"{context}.feedback.{answer}") for answer in ANSWERS}
    return {
        "id": card.id,
        **texts.limits(card),
        **texts.fields(context, title="title", html="text"),
        "fits": card.fits,
        "feedback": said,
        "innocent": innocent(texts, card),
    }


def _sort(texts: ChainTexts, context: str, page: SortPage) -> Json:
    bins = [
        {"id": one.id, "title": texts.text(f"{context}.{one.id}.title")}
        for one in page.bins
        if _is_in(texts, one)
    ]
    cards = [_sort_card(texts, context, one) for one in page.cards if _is_in(texts, one)]
    asked = texts.fields(context, question="question", feedback="feedback")
    return {**asked, "bins": bins, "sort": cards}


def _sort_card(texts: ChainTexts, page: str, card: SortCard) -> Json:
    said = texts.fields(f"{page}.{card.id}", html="text", feedback="feedback")
    return {"id": card.id, **texts.limits(card), "bin": card.bin, **said}


def _turn(texts: ChainTexts, page: str, turn: Turn) -> Json:
    context = f"{page}.{turn.id}"
    choices = [
        {
            "id": one.id,
            "to": one.to,
            **texts.fields(f"{context}.{one.id}", html="text", feedback="feedback"),
        }
        for one in turn.choices
        if _is_in(texts, one)
    ]
    said = texts.fields(context, title="title", html="text", question="question")
    return {"id": turn.id, **said, "choices": choices}


def _ending(texts: ChainTexts, page: str, ending: Ending) -> Json:
    said = texts.fields(f"{page}.{ending.id}", title="title", html="text")
    return {"id": ending.id, "good": ending.good, **said}
