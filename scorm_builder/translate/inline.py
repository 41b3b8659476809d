"""A text as pieces: placeholders and bold or soft passages apart from the words around them.

Pieces are slices of the text, so that putting them together again gives it back exactly. Whatever
Markdown does not read as emphasis stays among the words.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from scorm_builder.course.field_types import Form

Kind = Literal["words", "placeholder", "open", "close"]

_PLACEHOLDER = re.compile(r"\{\{|\}\}|(\{[A-Za-z0-9_.-]+\})")
_MARKS = {"strong_open": "open", "em_open": "open", "strong_close": "close", "em_close": "close"}


@dataclass(frozen=True)
class Piece:
    """One slice of a text. `number` is shared by the two ends of a passage, else 0 or unique.

    Placeholders and passages are numbered from 1 in the order in which they start.
    """

    kind: Kind
    literal: str
    number: int = 0

    @property
    def is_bold(self) -> bool:
        """Tell whether an end of a passage is bold; else it is emphasis."""
        return len(self.literal) == 2


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    kind: Kind
    partner: int
    """where the other end starts; its own start for a placeholder"""


def pieces(text: str, form: Form) -> list[Piece]:
    """Cut a text into its pieces, in order."""
    marks = _placeholders(text)
    if form is not Form.PLAIN:
        marks += _passages(text, taken=[(mark.start, mark.end) for mark in marks])
    found: list[Piece] = []
    numbers: dict[int, int] = {}
    end = 0
    for mark in sorted(marks, key=lambda one: one.start):
        if mark.start > end:
            found.append(Piece("words", text[end : mark.start]))
        number = numbers.setdefault(min(mark.start, mark.partner), len(numbers) + 1)
        found.append(Piece(mark.kind, text[mark.start : mark.end], number))
        end = mark.end
    if end < len(text):
        found.append(Piece("words", text[end:]))
    return found


def matched(target: list[Piece], source: list[Piece]) -> list[Piece]:
    """Number a translation's pieces as in its source; what the source has not becomes words."""
    free: dict[tuple[Kind, str, str], list[int]] = {}
    for key, number in _signatures(source).values():
        free.setdefault(key, []).append(number)
    given = {}
    for old, (key, _) in _signatures(target).items():
        if free.get(key):
            given[old] = free[key].pop(0)
    return [
        Piece(piece.kind, piece.literal, given[piece.number])
        if piece.number in given
        else Piece("words", piece.literal)
        for piece in target
    ]


def _signatures(found: list[Piece]) -> dict[int, tuple[tuple[Kind, str, str], int]]:
    """Give {number: (what the placeholder or passage is, number)} in the order of the text."""
    ends = {piece.number: piece.literal for piece in found if piece.kind == "close"}
    return {
        piece.number: ((piece.kind, piece.literal, ends.get(piece.number, "")), piece.number)
        for piece in found
        if piece.kind in ("placeholder", "open")
    }


def _placeholders(text: str) -> list[_Mark]:
    return [
        _Mark(match.start(), match.end(), "placeholder", match.start())
        for match in _PLACEHOLDER.finditer(text)
        if match[1]
    ]


def _passages(text: str, taken: list[tuple[int, int]]) -> list[_Mark]:
    """Find both ends of every bold or soft passage; one whose end is `taken` is left out."""
    marks = []
    for block in _inline_blocks(text):
        open_ends: list[tuple[int, int]] = []
        for kind, start, end in _ends(text, *block):
            if kind == "open":
                open_ends.append((start, end))
                continue
            first, first_end = open_ends.pop()
            if not _meets(taken, (first, first_end), (start, end)):
                marks.append(_Mark(first, first_end, "open", start))
                marks.append(_Mark(start, end, "close", first))
    return marks


def _meets(taken: list[tuple[int, int]], *spans: tuple[int, int]) -> bool:
    return any(a < end and start < b for a, b in taken for start, end in spans)


@functools.cache
def _parser() -> MarkdownIt:
    """Escapes and entities stay tokens of their own, so that their length in the text is known."""
    return MarkdownIt("commonmark").disable("text_join")


def _inline_blocks(text: str) -> Iterator[tuple[Token, list[int]]]:
    """Give the paragraphs, each with the place in `text` of every character of its content."""
    if "\r" in text or "\0" in text:
        return  # the parser replaces these, and its lines are no longer ours
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for token in _parser().parse(text):
        if token.type == "inline" and token.map:
            places = _places(token.content.split("\n"), lines, starts, token.map[0])
            if places is not None:
                yield token, places


def _places(
    content: list[str], lines: list[str], starts: list[int], first: int
) -> list[int] | None:
    """Find each content line at the end of its source line; None if it does not stand there."""
    places: list[int] = []
    for number, line in enumerate(content, first):
        whole = lines[number] if number < len(lines) else ""
        column = whole.rfind(line)
        if column < 0 or whole[column + len(line) :].strip():
            return None
        places += range(starts[number] + column, starts[number] + column + len(line) + 1)
    return places


def _ends(text: str, token: Token, places: list[int]) -> list[tuple[Kind, int, int]]:
    """Walk a paragraph's tokens beside its content; [] as soon as the two do not agree."""
    found: list[tuple[Kind, int, int]] = []
    content, at = token.content, 0
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            at = content.find("\n", at) + 1
            while content[at : at + 1] in (" ", "\t"):
                at += 1
            continue
        words = child.markup if child.type in _MARKS or child.markup else child.content
        if not content.startswith(words, at):
            return []
        if child.type in _MARKS:
            start = places[at]
            kind: Kind = "open" if _MARKS[child.type] == "open" else "close"
            found.append((kind, start, start + len(words)))
        at += len(words)
    return found
