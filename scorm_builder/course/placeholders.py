"""Placeholders such as {manager} in authors' texts: find them, check them, fill them.

`{{` and `}}` stand for a brace. Filling works on finished HTML, so that no filled word is read as
Markdown, and starts a filled word with a capital where a sentence starts.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping

KNOWN = ("manager", "second_contact", "emergency", "programme", "course")

_TOKEN = re.compile(r"\{\{|\}\}|\{([A-Za-z0-9_.-]*)\}|[{}]")
_INLINE_TAGS = re.compile(r"(?:</?(?:em|strong)>|<br />)+\Z")
_OPENING_MARKS = "\"'“‘«„([¿¡"
_BLOCK_START = re.compile(r"<(?:p|li)>\s*\Z")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?:</(?:em|strong)>)*\s+(?:<(?:em|strong)>)*\Z")


def names(text: str) -> Counter[str]:
    """Count the placeholders of a text, known or not; `{{` and `}}` are none."""
    return Counter(match[1] for match in _TOKEN.finditer(text) if match[1] is not None)


def has_lone_brace(text: str) -> bool:
    """Tell whether a brace stands alone, neither doubled nor part of a placeholder."""
    return any(match[0] in ("{", "}") for match in _TOKEN.finditer(text))


def fill(text: str, words: Mapping[str, str], *, as_html: bool) -> str:
    """Replace every placeholder by its word (escaped for HTML where asked).

    Raises KeyError for a placeholder without a word; the checks have refused unknown ones.
    """
    pieces: list[str] = []
    end = 0
    for match in _TOKEN.finditer(text):
        pieces.append(text[end : match.start()])
        end = match.end()
        if match[1] is None:
            pieces.append(match[0][0])
            continue
        word = words[match[1]]
        if _starts_sentence(text[: match.start()]):
            word = word[:1].upper() + word[1:]
        pieces.append(html.escape(word) if as_html else word)
    pieces.append(text[end:])
    return "".join(pieces)


def fill_known(text: str, words: Mapping[str, str]) -> str:
    """Replace the placeholders that have a word; the player fills the others at run time."""
    return re.sub(r"\{([a-z_]+)\}", lambda match: words.get(match[1], match[0]), text)


def _starts_sentence(before: str) -> bool:
    """Tell whether what follows `before` (plain text or HTML) starts a sentence."""
    bare = before.rstrip(_OPENING_MARKS)
    bare = _INLINE_TAGS.sub("", bare).rstrip(_OPENING_MARKS)
    if not bare.strip() or _BLOCK_START.search(bare):
        return True
    return bool(_SENTENCE_END.search(bare))
