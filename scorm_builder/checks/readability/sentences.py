"""An author's Markdown -> its sentences, each with the line on which it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LETTER = r"(?:[^\W_][\u0300-\u036f\u064b-\u065f\u0670]*)"
"""With the marks that stand on it: Arabic vowels are no letters to Python."""
_WORD = re.compile(rf"{_LETTER}+(?:['’.-]{_LETTER}+)*")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_END = re.compile(r"(?<=[.!?…؟])(?:[\"'”“’»)\]*]|[\u00a0\u202f]»)*\s+")
"""German ends a quotation with what begins one in English; French puts a space before it."""


@dataclass(frozen=True)
class Sentence:
    """A sentence without markup; `line` counts from 0 inside the text."""

    text: str
    line: int

    @property
    def words(self) -> list[str]:
        """Its words; numbers count as words, as they are read, too."""
        return _WORD.findall(self.text)


def words(text: str) -> int:
    """Count the words of a text."""
    return len(_WORD.findall(text))


def sentences(text: str) -> Iterator[Sentence]:
    """Give the sentences of a text; a list item or a paragraph ends one, too."""
    for first, paragraph in _paragraphs(text.replace("*", "")):
        begin = 0
        for end in [*(found.end() for found in _END.finditer(paragraph)), len(paragraph)]:
            piece = paragraph[begin:end]
            if _WORD.search(piece):
                yield Sentence(" ".join(piece.split()), first + paragraph.count("\n", 0, begin))
            begin = end


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Give (first line, text) of every paragraph and list item."""
    begin, lines = 0, list[str]()
    for number, line in enumerate(text.split("\n")):
        item = _ITEM.match(line)
        if item or not line.strip():
            if lines:
                yield begin, "\n".join(lines)
            begin, lines = number, []
        if line.strip():
            begin = begin if lines else number
            lines.append(line[item.end() :] if item else line)
    if lines:
        yield begin, "\n".join(lines)
