"""Make the linked player small without changing what it does: an LMS may stand behind a slow line.

Variables get short names (shorten_names). Then what the grammar can do without is left out: blanks
and line ends, a semicolon or comma before a closing bracket, brackets around a single parameter,
the keyword of a declaration that follows another one. `const` becomes `let`, since the type checker
has seen to it that nothing is assigned twice; `true` becomes `!0`.

That a line end never stands for a semicolon is the linter's rule `semi`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scorm_builder.link.script_tokens import Script, Use, read_script
from scorm_builder.link.shorten_names import respell

_CONSTANTS = {"true": "!0", "false": "!1", "undefined": "void 0"}
_HEADS = ("if", "for", "while")
"""A semicolon after the brackets of these is an empty statement."""


def shorten(code: str, masked: str) -> str:
    """Give the same program in fewer characters; `masked` is `code` with its literals masked."""
    return shorten_together([(code, masked)])[0]


def shorten_together(sources: Iterable[tuple[str, str]]) -> list[str]:
    """Shorten scripts that share their top level: each name there is spelled alike in all."""
    scripts = [read_script(code, masked) for code, masked in sources]
    return [
        _joined(_pieces(script, texts))
        for script, texts in zip(scripts, respell(scripts), strict=True)
    ]


def _pieces(script: Script, texts: Sequence[str]) -> Iterator[str]:
    """Give the texts that are needed, some of them in a shorter form."""
    tokens = script.tokens
    masks = ["", *(token.mask for token in tokens), "", "", ""]
    declaring: dict[int, bool] = {}
    drop = _around_parameters(masks)
    drop.update(_needless_ends(masks))
    for place, (token, use, text) in enumerate(zip(tokens, script.uses, texts, strict=True)):
        mask, after = token.mask, masks[place + 2]
        if place in drop:
            continue
        if mask in ("(", "[", "{"):
            declaring[token.depth + 1] = False
        if mask == ";":
            goes_on = declaring.get(token.depth, False) and after in ("const", "let")
            declaring[token.depth] = goes_on
            if goes_on:
                drop.add(place + 1)
            yield "," if goes_on else ";"
        elif mask in ("const", "let") and use is Use.VARIABLE:
            declaring[token.depth] = token.bracket in ("", "{")
            yield "let"
        else:
            yield _CONSTANTS.get(text, text) if use is Use.VARIABLE else text


def _around_parameters(masks: Sequence[str]) -> set[int]:
    """Give the places of the brackets of `(name) =>`; `masks` begins with one that is none."""
    return {
        bracket
        for place, mask in enumerate(masks[:-3])
        if mask == "(" and masks[place + 2 : place + 4] == [")", "=>"]
        if masks[place - 1] != "async" and masks[place + 1][0].isalpha()
        for bracket in (place - 1, place + 1)
    }


def _needless_ends(masks: Sequence[str]) -> Iterator[int]:
    """Give the places of semicolons and commas that stand before a closing bracket."""
    heads: list[bool] = []
    after_head = False
    for place, (before, mask, after) in enumerate(zip(masks, masks[1:], masks[2:], strict=False)):
        semicolon = mask == ";" and after == "}" and not (before == ")" and after_head)
        comma = mask == "," and after in (")", "]", "}") and before not in (",", "[")
        if semicolon or comma:
            yield place
        elif mask == "(":
            heads.append(before in _HEADS)
        elif mask == ")":
            after_head = bool(heads) and heads.pop()


def _joined(pieces: Iterable[str]) -> str:
    parts: list[str] = []
    before = "\n"
    for piece in pieces:
        parts.append(f" {piece}" if _needs_blank(before, piece) else piece)
        before = piece
    return "".join(parts)


def _needs_blank(before: str, after: str) -> bool:
    """Keep words apart, and `+ +`, `- -` and the like."""
    last, first = before[-1], after[0]
    wordlike = (last.isalnum() or last in "_$") and (first.isalnum() or first in "_$")
    return wordlike or (last == first and last in "+-/") or (last == "/" and first.isalpha())
