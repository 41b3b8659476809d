"""The words of a paper in one language, as safe HTML with everything in braces filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from programme.papers.words import paper_words


@dataclass(frozen=True)
class FilledWords:
    """What a template asks for by key: `words.title`. `fillers` are what may stand in braces."""

    texts: Mapping[str, str]
    fillers: Mapping[str, str]

    def __getitem__(self, key: str) -> Markup:
        """Give a text as HTML; raises KeyError for a text or a placeholder that is not there."""
        return self.fill(key)

    def fill(self, key: str, **more: str) -> Markup:
        """Give a text that has placeholders of its own."""
        return escape(self.texts[key]).format_map({**self.fillers, **more})


def filled_words(paper: str, language: str, fillers: Mapping[str, str]) -> FilledWords:
    """Give a paper's words in one of its languages; what is no Markup in `fillers` is escaped."""
    return FilledWords(paper_words(paper, language), fillers)


def code(text: str) -> Markup:
    """Give what people type, click or compare; from left to right in every language."""
    return Markup('<code dir="ltr">{}</code>').format(text)


def name(text: str, language: str | None = None) -> Markup:
    """Give a name, which keeps its own direction; with the language that its words are in."""
    if language is None:
        return Markup("<bdi>{}</bdi>").format(text)
    return Markup('<bdi lang="{}">{}</bdi>').format(language, text)


def whole_number(number: float, language: str) -> str:
    """Give a number without its fraction, the thousands apart as the language has it."""
    from babel.numbers import format_decimal

    return format_decimal(round(number), locale=language.replace("-", "_"))
