"""The JSON reader's complaints in the words of a programme officer."""

from __future__ import annotations

import re

_KINDS = {
    "str": "text",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object in braces",
    "null": "empty",
}
_EXPECTED = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")
_BYTE = re.compile(r"\(byte (\d+)\)")
_WORD = re.compile(r"[A-Za-z_]+\Z")


def wrong_type(path: str, said: str) -> str:
    """Give `the id is a number, not text` for a JSON path and msgspec's message."""
    found = _EXPECTED.search(said)
    word = _WORD.search(path)
    name = f"the {word[0]}" if word else "this" if "[" in path else "the statement"
    if found is None:
        return f"{name} is not as xAPI wants it"
    wanted = [_KINDS.get(kind, kind) for kind in found[1].split(" | ") if kind != "null"]
    return f"{name} is {_KINDS.get(found[2], found[2])}, not {' or '.join(dict.fromkeys(wanted))}"


def broken_json(error: Exception) -> str:
    """Say where a JSON text stops being one; the text itself is never repeated."""
    said = str(error)
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, UnicodeDecodeError) or "utf-8" in said.lower():
        return "it is not UTF-8 text"
    if "truncated" in said:
        return "it breaks off before its end"
    place = _BYTE.search(said)
    where = f" at its byte {int(place[1]) + 1}" if place else ""
    if "trailing characters" in said:
        return f"something follows its end{where}"
    return f"a sign that does not belong there stands{where}" if where else "it is broken"
