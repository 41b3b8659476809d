"""Language tag -> the direction in which it is written."""

from __future__ import annotations

_RIGHT_TO_LEFT = frozenset(["Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"])
"""The scripts (ISO 15924) of all languages that CLDR has from right to left."""

_WELL_KNOWN = dict.fromkeys(["de", "en", "es", "fr", "nl", "pl", "ro", "uk"], "ltr") | {"ar": "rtl"}
"""Loading Babel's tables for these languages takes a fiftieth of a build."""


def text_direction(language: str) -> str:
    """Give "rtl" for languages written from right to left, else "ltr".

    By their likely script (UTS 35, 4.3): Babel's own answer reads all that it knows of the
    language, which takes a twentieth of a build.
    """
    return _WELL_KNOWN.get(language) or _by_script(language)


def _by_script(language: str) -> str:
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return "ltr"
    known = get_global("likely_subtags")
    there = f"{locale.language}_{locale.territory}"
    likely = str(known.get(there) or known.get(locale.language) or "")
    script = locale.script or likely.partition("_")[2][:4]
    return "rtl" if script in _RIGHT_TO_LEFT else "ltr"
