"""Names as the fonts can draw them and lines can hold them."""

from __future__ import annotations

import re
import unicodedata

_PICTOGRAPHS = 0x1F000
_LONGEST_NAME = 240
_JOINERS = "\u200d\ufe0e\ufe0f"


def printable(name: str, longest: int = _LONGEST_NAME) -> str:
    """Leave out what the fonts cannot draw (pictographs, control characters), and shorten."""
    kept = "".join(char for char in name if ord(char) < _PICTOGRAPHS and not _is_hidden(char))
    name = " ".join(kept.split())
    return name if len(name) <= longest else name[: longest - 1] + "…"


def breakable(name: str, longest: int = 24) -> str:
    """Let words of more than `longest` characters, longer than a line, break anywhere (U+200B)."""
    return re.sub(rf"\S{{{longest + 1},}}", lambda word: "\u200b".join(word[0]), name)


def _is_hidden(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs")
