"""The names of languages as the papers print them."""

from __future__ import annotations

import functools


@functools.cache  # the papers of each chain name the same few languages, and CLDR is slow to ask
def language_name(tag: str, spoken: str | None = None) -> str:
    """Give the name of a language in another one, or in itself; the tag where there is none."""
    from babel import Locale

    own = Locale.parse(tag, sep="-")
    locale = Locale.parse(spoken, sep="-") if spoken else own
    return own.get_display_name(locale) or tag
