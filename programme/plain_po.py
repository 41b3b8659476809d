"""The usual shape of a PO file, read in one pass: a header, then entries with one text each.

Only what every gettext reader takes in the same way is read here. All else (plurals, flags, former
texts, anything that is wrong) is left to the library behind po_file.py, which is slow to load and
to run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_STRING = r'"[^"\\\n]*(?:\\[nrt"\\][^"\\\n]*)*"'
_STRINGS = rf"({_STRING}(?:\n{_STRING})*)"
_START = r"(\n*)(?:#(?:[ .:][^\n]*)?\n)*"
_TEXTS = rf"msgid {_STRINGS}\nmsgstr {_STRINGS}(?:\n|\Z)"
_HEADER = re.compile(rf'{_START}()(?=msgid ""\nmsgstr ){_TEXTS}')
_ENTRY = re.compile(rf"{_START}msgctxt {_STRINGS}\n{_TEXTS}")
_OLD = rf"{_STRING}(?:\n#~ {_STRING})*"
_OBSOLETE = re.compile(rf"{_START}#~ msgctxt {_OLD}\n#~ msgid {_OLD}\n#~ msgstr {_OLD}(?:\n|\Z)")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_KDE_COMMENT = '"_:'
"""Some readers take the beginning of such a text for a comment."""


@dataclass(frozen=True)
class PoEntry:
    """One entry; `line` (from 1) is where it starts, with its comments.

    `plural_forms` are the numbers of its msgstr[n], None for an entry without a plural.
    """

    context: str
    source: str
    target: str
    line: int
    is_fuzzy: bool = False
    plural_forms: tuple[int, ...] | None = None


def plain_entries(text: str) -> list[PoEntry] | None:
    """Give the header (no context, no source) and all entries; None if any has another shape.

    `text` has LF as its line end. Obsolete entries are left out.
    """
    if _KDE_COMMENT in text:
        return None
    text = text.rstrip("\n")
    entries: list[PoEntry] = []
    shape, offset, line = _HEADER, 0, 1
    while offset < len(text):
        found = shape.match(text, offset)
        if found is not None:
            blank_lines, context, source, target = found.groups()
            texts = (_unquoted(context), _unquoted(source), _unquoted(target))
            entries.append(PoEntry(*texts, line + len(blank_lines)))
        elif not entries or (found := _OBSOLETE.match(text, offset)) is None:
            return None
        line += found[0].count("\n")
        shape, offset = _ENTRY, found.end()
    return entries if entries and entries[0].target else None


def _unquoted(strings: str) -> str:
    """Give the text of quoted lines; "" for none."""
    text = strings[1:-1].replace('"\n"', "")
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[1], found[1])
