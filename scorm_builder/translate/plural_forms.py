"""How many plural forms a language has, and how a PO header says so; from Babel."""

from __future__ import annotations

import functools
from dataclasses import dataclass


@dataclass(frozen=True)
class PluralForms:
    """`count` forms, chosen by `rule`, a C expression over n as gettext reads it."""

    count: int
    rule: str

    def __str__(self) -> str:
        """Give the value of the header Plural-Forms."""
        return f"nplurals={self.count}; plural={self.rule};"


_COUNTS = {"ar": 6, "de": 2, "en": 2, "es": 2, "fr": 2, "nl": 2, "pl": 3, "ro": 3, "uk": 3}
"""Babel's own count comes with its time zones, which take a twentieth of a build to load."""


def plural_count(language: str) -> int | None:
    """Give the number of plural forms of a language tag; None if nobody knows it."""
    known = _COUNTS.get(language)
    if known is not None:
        return known
    forms = plural_forms(language)
    return forms.count if forms else None


@functools.cache
def plural_forms(language: str) -> PluralForms | None:
    """Give the plural forms of a language tag such as `nl` or `pt-BR`; None if nobody knows it."""
    from babel import Locale, UnknownLocaleError
    from babel.messages.plurals import get_plural

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    forms = get_plural(locale)
    return PluralForms(forms.num_plurals, forms.plural_expr)
