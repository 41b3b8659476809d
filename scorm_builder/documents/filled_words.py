"""The words of a paper in one language, as safe HTML with everything in braces filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from programme.papers.words import paper_words
from programme.text_direction import text_direction

_PLACEHOLDER = re.compile("{([a-z_]+)}")
_FITS = 24
"""Characters of code that a narrow phone has room for in one line."""


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
        text = str(escape(self.texts[key]))
        known = {**self.fillers, **more} if "{" in text else {}
        filled = _PLACEHOLDER.sub(lambda found: escape(known[found[1]]), text)
        return Markup(filled)  # noqa: S704 every piece of it is escaped


def filled_words(paper: str, language: str, fillers: Mapping[str, str]) -> FilledWords:
    """Give a paper's words in one of its languages; what is no Markup in `fillers` is escaped."""
    return FilledWords(paper_words(paper, language), fillers)


def code(text: str) -> Markup:
    """Give what people type, click or compare; from left to right, and in one line if it fits."""
    if len(text) <= _FITS:
        return Markup('<code dir="ltr" class="whole">{}</code>').format(text)
    return Markup('<code dir="ltr">{}</code>').format(text)


def name(text: str) -> Markup:
    """Give a name, which keeps its own direction and turns nothing round."""
    return Markup("<bdi>{}</bdi>").format(text)


def words_in(language: str | None, text: str) -> Markup:
    """Give words with the language that they are in; None: that of the paper."""
    if language is None:
        return escape(text)
    direction = text_direction(language)
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(language, direction, text)


def whole_number(number: float, language: str) -> str:
    """Give a number without its fraction, the thousands apart as the language has it."""
    from babel.numbers import format_decimal

    return format_decimal(round(number), locale=language.replace("-", "_"))
