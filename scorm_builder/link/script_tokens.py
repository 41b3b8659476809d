"""Read a linked script as tokens, and tell what each word in it stands for.

Not a parser: it knows as much of JavaScript's grammar as shorten_script needs. Whether a brace is
that of a block or of an object follows from the token before it. Two things make that enough, and
are checked elsewhere: there are no classes and no labels (the linker refuses the one, the linter
the other).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

MASK = "\x01"
"""Stands for every character of a literal in the masked text."""

OBJECT = "{}"
"""Instead of "{" for the braces of an object or a pattern; those of a block stay "{"."""

_TOKEN = re.compile(r'"\x01*"|\x01+|[A-Za-z_$][\w$]*|\d[\w.]*|\s+|\.\.\.|\?\.|=>|.')
_OPENING, _CLOSING = "([{", ")]}"
_OBJECT_FOLLOWS = frozenset(
    ["(", "[", ",", "=", ":", "?", "&", "|", "...", "return", "const", "let"]
)


class Use(Enum):
    """What a word stands for: DOUBT is left alone, SHORTHAND is `{name}`, variable and property."""

    VARIABLE = auto()
    PROPERTY = auto()
    SHORTHAND = auto()
    DOUBT = auto()


class Token(NamedTuple):
    """One token; `bracket` is the innermost open one. There are tens of thousands: a tuple."""

    text: str
    mask: str
    bracket: str
    depth: int
    is_word: bool


class Script(NamedTuple):
    """The tokens of a script without blanks, and what each of them stands for if it is a word."""

    tokens: list[Token]
    uses: list[Use]


_IN_OBJECT = {
    ":": Use.PROPERTY,
    "(": Use.PROPERTY,
    ",": Use.SHORTHAND,
    "}": Use.SHORTHAND,
    "=": Use.SHORTHAND,
}


def read_script(code: str, masked: str) -> Script:
    """Read `code`; `masked` is the same with its literals masked."""
    tokens = list(_tokens(code, masked))
    masks = ["", *(token.mask for token in tokens), ""]
    uses = [
        _use(token, masks[place], masks[place + 2]) if token.is_word else Use.VARIABLE
        for place, token in enumerate(tokens)
    ]
    return Script(tokens, uses)


def _tokens(code: str, masked: str) -> Iterator[Token]:
    brackets: list[str] = []
    innermost = last = ""
    for found in _TOKEN.finditer(masked):
        mask = found.group()
        sign = mask[0]
        if sign.isspace():
            continue
        if sign in _CLOSING and brackets:
            brackets.pop()
            innermost = brackets[-1] if brackets else ""
        start, end = found.span()
        is_word = sign.isalpha() or sign in "_$"
        yield Token(code[start:end], mask, innermost, len(brackets), is_word)
        if sign in _OPENING:
            innermost = OBJECT if sign == "{" and last in _OBJECT_FOLLOWS else sign
            brackets.append(innermost)
        last = mask


def _use(token: Token, before: str, after: str) -> Use:
    if before in (".", "?."):
        return Use.PROPERTY
    if before in ("get", "set", "async", "static"):
        return Use.PROPERTY if after == "(" and token.text != "function" else Use.DOUBT
    if token.bracket == OBJECT and before in ("{", ","):
        return _IN_OBJECT.get(after, Use.DOUBT)
    return Use.VARIABLE
