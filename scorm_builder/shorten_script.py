"""Make the linked player small without changing what it does: an LMS may stand behind a slow line.

Two steps that are safe without knowing JavaScript's scopes. Blanks go where no word needs them, and
line ends where no semicolon can be meant. And a name is replaced by a short one wherever it stands
for a variable, provided it is never a global or part of a template literal: giving one name a new
and unused spelling throughout a program changes no binding. The same word as a property keeps its
spelling; `{name}`, which is both, becomes `{name:a}`.

What is a property is told by the brace around it, block or object. Two things must hold for that,
and are checked elsewhere: there are no classes and no labels (the linker refuses the one, the
linter the other), and every global that the player uses is named here (a test compares the lists).
"""

from __future__ import annotations

import itertools
import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

MASK = "\x01"
"""Stands for every character of a literal in the masked text."""

_TOKEN = re.compile(r'"\x01*"|\x01+|[A-Za-z_$][\w$]*|\d[\w.]*|\n|[^\S\n]+|\.\.\.|\?\.|=>|.')
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
JOINING = ("\n", ";", ",", "{", "(", "[", "=>", "=", "?", ":", "&&", "||")
"""After one of these a line end means nothing."""

_OPENING, _CLOSING = "([{", ")]}"
_OBJECT = "{}"
"""Instead of "{" for the braces of an object or a pattern; those of a block stay "{"."""

_OBJECT_FOLLOWS = frozenset(
    ["(", "[", ",", "=", ":", "?", "&", "|", "...", "return", "const", "let"]
)
_VARIABLE, _PROPERTY, _SHORTHAND, _DOUBT = range(4)
_GLOBALS = """
    AbortController Array Boolean Date Error Infinity JSON Map Math NaN Number Object Promise Set
    String TextEncoder URLSearchParams Uint8Array addEventListener arguments clearTimeout crypto
    document fetch
    globalThis location navigator noroomCourse parseInt performance removeEventListener
    requestAnimationFrame scrollTo setTimeout undefined window
"""
_KEYWORDS = """
    async await break case catch class const continue default delete do else export extends false
    finally for from function get if import in instanceof let new null of return set static super
    switch this throw true try typeof var void while yield
"""
RESERVED = frozenset(f"{_GLOBALS} {_KEYWORDS}".split())


class _Token(NamedTuple):
    """One token; `bracket` is the innermost open one. There are tens of thousands: a tuple."""

    text: str
    mask: str
    bracket: str
    is_word: bool


def shorten(code: str, masked: str) -> str:
    """Give the same program in fewer characters; `masked` is `code` with its literals masked."""
    return shorten_together([(code, masked)])[0]


def shorten_together(scripts: Iterable[tuple[str, str]]) -> list[str]:
    """Shorten scripts that share names: each name has the same short spelling in all of them."""
    lists = [list(_tokens(code, masked)) for code, masked in scripts]
    uses = [_uses(tokens) for tokens in lists]
    every = [token for tokens in lists for token in tokens]
    names = _short_names(every, list(itertools.chain.from_iterable(uses)))
    return [_spelled(tokens, use, names) for tokens, use in zip(lists, uses, strict=True)]


def _spelled(tokens: Iterable[_Token], uses: Iterable[int], names: Mapping[str, str]) -> str:
    parts: list[str] = []
    before = "\n"
    for token, use in zip(tokens, uses, strict=True):
        text = token.text
        if token.is_word and use != _PROPERTY and text in names:
            text = f"{text}:{names[text]}" if use == _SHORTHAND else names[text]
        if token.mask == "\n":
            if before in JOINING:
                continue
            parts.append("\n")
        else:
            parts.append(f" {text}" if _needs_blank(before, text) else text)
        before = text
    return "".join(parts).strip()


def _tokens(code: str, masked: str) -> Iterator[_Token]:
    """Give the tokens without blanks."""
    brackets: list[str] = []
    innermost = last = ""
    for found in _TOKEN.finditer(masked):
        mask = found.group()
        sign = mask[0]
        if sign in " \t\r":
            continue
        if sign in _CLOSING and brackets:
            brackets.pop()
            innermost = brackets[-1] if brackets else ""
        start, end = found.span()
        yield _Token(code[start:end], mask, innermost, sign.isalpha() or sign in "_$")
        if sign in _OPENING:
            innermost = _OBJECT if sign == "{" and last in _OBJECT_FOLLOWS else sign
            brackets.append(innermost)
        if sign != "\n":
            last = mask


def _uses(tokens: list[_Token]) -> list[int]:
    """Tell of each token, as far as it is a word, what it stands for."""
    uses = [_VARIABLE] * len(tokens)
    significant = [index for index, token in enumerate(tokens) if token.mask != "\n"]
    for place, index in enumerate(significant):
        token = tokens[index]
        if token.is_word:
            before = tokens[significant[place - 1]].mask if place else ""
            last = place + 1 == len(significant)
            after = "" if last else tokens[significant[place + 1]].mask
            uses[index] = _use(token, before, after)
    return uses


def _use(token: _Token, before: str, after: str) -> int:
    if before in (".", "?."):
        return _PROPERTY
    if before in ("get", "set", "async", "static"):
        return _DOUBT
    if token.bracket == _OBJECT and before in ("{", ","):
        return {":": _PROPERTY, "(": _PROPERTY, ",": _SHORTHAND, "}": _SHORTHAND,
                "=": _SHORTHAND}.get(after, _DOUBT)  # fmt: skip
    return _VARIABLE


def _needs_blank(before: str, after: str) -> bool:
    """Keep words apart, and `+ +`, `- -` and the like."""
    last, first = before[-1], after[0]
    wordlike = (last.isalnum() or last in "_$") and (first.isalnum() or first in "_$")
    return wordlike or (last == first and last in "+-/") or (last == "/" and first.isalpha())


def _short_names(tokens: list[_Token], uses: list[int]) -> dict[str, str]:
    """Give {long name: short name} for the names that may be replaced."""
    significant = [token for token in tokens if token.mask != "\n"]
    counts: Counter[str] = Counter()
    fixed = set(RESERVED)
    bound = _parameters(significant)
    for token, use in zip(tokens, uses, strict=True):
        if token.text.startswith("`"):
            fixed.update(_WORD.findall(token.text))
        if not token.is_word:
            continue
        counts[token.text] += use != _PROPERTY
        if use == _DOUBT:
            fixed.add(token.text)
        elif use == _SHORTHAND:
            bound.add(token.text)
    for before, token in itertools.pairwise(significant):
        if before.mask in ("const", "let", "function"):
            bound.add(token.text)
        elif token.mask == "=>" and before.is_word:
            bound.add(before.text)
    used = set(counts) | fixed
    fresh = (name for name in _fresh_names() if name not in used)
    candidates = [name for name in counts if name in bound - fixed and len(name) > 2]
    candidates.sort(key=lambda name: (-counts[name] * len(name), name))
    return dict(zip(candidates, fresh, strict=False))


def _parameters(tokens: list[_Token]) -> set[str]:
    """Give the names that stand directly in the brackets of a function's or arrow's parameters."""
    found: set[str] = set()
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.mask == "(":
            opened.append(index)
        elif token.mask == ")" and opened:
            start = opened.pop()
            arrow = index + 1 < len(tokens) and tokens[index + 1].mask == "=>"
            named = start > 1 and tokens[start - 2].mask == "function"
            if arrow or named:
                found.update(_listed(tokens[start : index + 1]))
    return found


def _listed(tokens: list[_Token]) -> Iterator[str]:
    for before, token in itertools.pairwise(tokens):
        if token.is_word and token.bracket == "(" and before.mask in ("(", ",", "..."):
            yield token.text


def _fresh_names() -> Iterator[str]:
    yield from string.ascii_letters
    for first in string.ascii_letters:
        for second in string.ascii_letters + string.digits:
            yield first + second
