"""The words of a certificate: programme/papers/certificate.yaml and its translations."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated

from pydantic import Field

from programme.papers.words import paper_language, paper_languages, paper_words
from programme.validate import Strict

Text = Annotated[str, Field(min_length=1)]
PAPER = "certificate"
ENGLISH = "en"
"""Stands beside the hotel's language on every certificate."""


class Texts(Strict):
    """The words of one language; placeholders in braces are filled in by `render`."""

    title: Text
    subtitle: Text
    awarded_to: Text
    statement_threshold: Text
    statement_percent: Text
    threshold_ge: Text
    threshold_gt: Text
    number: Text
    issued_on: Text
    valid_until: Text
    no_end: Text
    rule: Text
    rule_words: Text
    rule_version: Text
    on_behalf_of: Text
    limits: Text
    scan: Text
    scan_page: Text
    qr_alt: Text
    specimen: Text

    def threshold_words(self, operator: str, threshold: int) -> str:
        """Give the threshold in words, such as "at least 60 %"."""
        words: str = getattr(self, f"threshold_{operator}")
        return words.format(threshold=threshold)


def language_for(*wanted: str) -> str:
    """Give the first language that there are words for (`nl` serves `nl-BE`), else English."""
    return paper_language(PAPER, *wanted)


def languages() -> frozenset[str]:
    """Give the languages that there are words for."""
    return paper_languages(PAPER)


@cache
def read_texts(language: str) -> Texts:
    """Give the words of one of `languages()`."""
    return Texts.model_validate(paper_words(PAPER, language))


def long_date(day: date, language: str) -> str:
    """Give a date in words, such as `21 November 2026`."""
    from babel.dates import format_date

    pattern = "d MMMM y" if language == "en" else "long"
    return format_date(day, format=pattern, locale=language.replace("-", "_"))
