"""Numbers to dial stay in one line; from right to left they, and foreign names, keep their order.

The Unicode bidirectional algorithm (UAX 9) puts the groups of `+31 343 578 844` in the order of the
sentence around them, which in Arabic turns the number round. Isolates (section 2.4 there) keep it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_LEFT_TO_RIGHT, _FIRST_STRONG, _END = "\u2066", "\u2068", "\u2069"
_NO_BREAK_SPACE = "\u00a0"
_TAG = re.compile(r"(<[^>]*>)")
_NUMBER = re.compile(r"(?<!\w)[+(]?[0-9][0-9 ()./-]*[ ()./-][0-9 ()./-]*[0-9](?!\w)|\+[0-9]+(?!\w)")
_TO_DIAL = re.compile(r"(?<!\w)(?:\+|00?)[0-9]{1,4}(?: [0-9]{2,4}){1,5}(?!\w)")


def isolated_words(words: Mapping[str, str]) -> dict[str, str]:
    """Give the words of placeholders, those in another script isolated."""
    return {
        name: f"{_FIRST_STRONG}{word}{_END}" if word and not _is_rtl(word) else word
        for name, word in words.items()
    }


def apart(text: str, *, rtl: bool) -> str:
    """Give a name or number that keeps its own direction among words of another."""
    return isolated_words({"": text})[""] if rtl else unbroken_numbers(text)


def isolated_numbers(text: str) -> str:
    """Give a text, plain or HTML, with every number of several groups isolated, and in one line."""
    pieces = _TAG.split(text)
    pieces[::2] = [_NUMBER.sub(_isolated_number, piece) for piece in pieces[::2]]
    return "".join(pieces)


def unbroken_numbers(text: str) -> str:
    """Give a text from left to right with every number to dial in one line."""
    pieces = _TAG.split(text)
    pieces[::2] = [_TO_DIAL.sub(_unbroken, piece) for piece in pieces[::2]]
    return "".join(pieces)


def _unbroken(found: re.Match[str]) -> str:
    return found[0].replace(" ", _NO_BREAK_SPACE)


def _isolated_number(found: re.Match[str]) -> str:
    return f"{_LEFT_TO_RIGHT}{found[0].replace(' ', _NO_BREAK_SPACE)}{_END}"


def _is_rtl(text: str) -> bool:
    strong = (unicodedata.bidirectional(one) for one in text)
    return next((one for one in strong if one in ("L", "R", "AL")), "L") != "L"
