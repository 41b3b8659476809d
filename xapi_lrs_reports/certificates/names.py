"""Names as the fonts can draw them and lines can hold them."""

from __future__ import annotations

import re
import unicodedata

_PICTOGRAPHS = 0x1F000
_LONGEST_NAME = 240
_SHORT_ADDRESS = 40
_JOINERS = "\u200d\ufe0e\ufe0f"
_PART_OF_ADDRESS = re.compile(r"[^/.?&=_-]+[/.?&=_-]*|[/.?&=_-]+")


def printable(name: str, longest: int = _LONGEST_NAME) -> str:
    """Leave out what the fonts cannot draw (pictographs, control characters), and shorten."""
    kept = "".join(char for char in name if ord(char) < _PICTOGRAPHS and not _is_hidden(char))
    name = " ".join(kept.split())
    return name if len(name) <= longest else name[: longest - 1] + "…"


def breakable(name: str, longest: int = 24) -> str:
    """Let words of more than `longest` characters, longer than a line, break anywhere (U+200B)."""
    return re.sub(rf"\S{{{longest + 1},}}", lambda word: "\u200b".join(word[0]), name)


def breakable_address(page: str) -> str:
    """Let a long address of a page go on in the next line behind its dots, slashes and hyphens."""
    if len(page) <= _SHORT_ADDRESS:
        return page
    return "\u200b".join(breakable(part) for part in _PART_OF_ADDRESS.findall(page))


def apart(text: str, *, rtl: bool) -> str:
    """Let a number, a name or an address keep its own direction among words from right to left.

    Without it the groups of 2026-0001 change places (UAX 9: first strong isolate).
    """
    return f"\u2068{text}\u2069" if rtl and text else text


def _is_hidden(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs")
