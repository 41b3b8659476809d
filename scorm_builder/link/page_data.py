"""Pages and questions as data for the player (docs/contracts.md section 5)."""

from __future__ import annotations

from typing import Any

from scorm_builder.course.course_model import Question
from scorm_builder.course.nodes import Card, Picture
from scorm_builder.course.pages import AnyPage, ChoosePage
from scorm_builder.course.short_keys import page_key, question_key, statement_key
from scorm_builder.link.chain_texts import ChainTexts
from scorm_builder.link.practice_data import innocent, practice_data
from scorm_builder.media.films import film_data

Json = dict[str, Any]


def page_data(texts: ChainTexts, page: AnyPage) -> Json:
    """Give a page that applies."""
    context = f"page.{page.id}"
    common = {"id": page.id, "key": page_key(page.id), "kind": page.kind}
    common |= texts.fields(context, title="title", html="text")
    common |= _picture(texts, context, page.picture) | texts.limits(page)
    if page.referral:
        common["html"] += texts.places.referral()
    common |= texts.edition.audio(page.audio)
    if page.warning is not None:
        common["warning"] = texts.text(f"{context}.warning")
    return {**common, **_kind(texts, context, page)}


def _kind(texts: ChainTexts, context: str, page: AnyPage) -> Json:
    """Give what pages of this kind have besides what every page has."""
    match page.kind:
        case "cards":
            return {"cards": _cards(texts, context, page.cards)}
        case "video":
            film = film_data(texts.course, page.film, texts.edition.language)
            cards = _cards(texts, context, page.cards)
            return {"cards": cards, "film": film, **texts.fields(context, transcript="transcript")}
        case "true_false":
            statements = _nodes(texts, context, page.statements, html="text", feedback="feedback")
            for node, statement in zip(_applying(texts, page.statements), statements, strict=True):
                statement |= {"key": statement_key(page.id, node.id), "answer": node.answer}
            return {"statements": statements}
        case "choose_one" | "choose_several":
            return _choice(texts, context, page)
        case "order":
            steps = _nodes(texts, context, page.steps, html="text")
            asked = texts.fields(context, question="question", feedback="feedback")
            return {**asked, "steps": steps}
        case "hotspot" | "signals_scale" | "sort" | "dialogue" | "reflection":
            return practice_data(texts, context, page)
        case "finish":
            return texts.fields(context, card="card", team="team")
        case _:
            return {}


def _cards(texts: ChainTexts, context: str, cards: list[Card]) -> list[Json]:
    nodes = _nodes(texts, context, cards, title="title", html="text")
    for card, node in zip(_applying(texts, cards), nodes, strict=True):
        node |= _picture(texts, f"{context}.{card.id}", card.picture)
        node |= texts.edition.audio(card.audio)
        node["innocent"] = innocent(texts, card)
    return nodes


def _picture(texts: ChainTexts, context: str, picture: Picture | None) -> Json:
    """Give {"picture": {src, description}}, or nothing where there is none."""
    if picture is None:
        return {}
    return {"picture": texts.picture(f"{context}.picture", picture)}


def question_data(texts: ChainTexts, question: Question) -> Json:
    """Give a question of the pool."""
    context = f"question.{question.id}"
    return {
        "id": question.id,
        "key": question_key(question.id),
        "kind": question.kind,
        "must_pass": question.must_pass,
        "html": texts.text(f"{context}.text"),
        **texts.limits(question),
        **_choice(texts, context, question),
    }


def _choice(texts: ChainTexts, context: str, choice: ChoosePage | Question) -> Json:
    """Give question, options, their order and feedback of a page or a question of the pool."""
    nodes = _nodes(texts, context, choice.options, html="text", feedback="feedback")
    for option, node in zip(_applying(texts, choice.options), nodes, strict=True):
        node["right"] = option.right
    asked = texts.fields(context, question="question", feedback="feedback")
    return {**asked, "keep_order": choice.keep_order, "options": nodes}


def _nodes(texts: ChainTexts, context: str, nodes: list[Any], **fields: str) -> list[Json]:
    """Give id and texts of the nodes that apply."""
    return [
        {
            "id": node.id,
            **texts.fields(f"{context}.{node.id}", **fields),
            **texts.limits(node),
        }
        for node in _applying(texts, nodes)
    ]


def _applying(texts: ChainTexts, nodes: list[Any]) -> list[Any]:
    return [node for node in nodes if texts.applies(node)]
