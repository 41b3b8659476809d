"""Single values of a statement: read leniently where they may fail, strictly where they count."""

from __future__ import annotations

import hashlib
import re

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


class Unusable(Exception):
    """A statement of ours that cannot be used: path, code, what, fix."""


def to_uuid(text: str | None, path: str) -> str:
    """Give the UUID in small letters (xAPI 1.0.3 Data, section 4.1.11); raises Unusable."""
    found = uuid_or_none(text)
    if found is None:
        what = "there is no id" if text is None else "this id is not a UUID"
        fix = "A statement without its id cannot be told from its copies; export it with the id."
        raise Unusable(path, "statement-id", what, fix)
    return found


def uuid_or_none(text: str | None) -> str | None:
    """Give the UUID in small letters; None if the text is none."""
    lower = text.lower() if text else ""
    return lower if _UUID.fullmatch(lower) else None


def text_of(value: object) -> str | None:
    """Give a text in small letters; None for an empty one and for what is no text."""
    return value.lower() if isinstance(value, str) and value else None


def registration_of(value: object) -> str | None:
    """Give the attempt's id; one that is no UUID may hold a name, and is kept as a digest."""
    text = text_of(value)
    if text is None or _UUID.fullmatch(text):
        return text
    return hashlib.sha256(text.encode()).hexdigest()[:36]


def language_of(value: object) -> str | None:
    """Give the language in small letters; None if it has not the form of one (RFC 5646)."""
    text = text_of(value)
    return text if text and _LANGUAGE.fullmatch(text) else None


def without_empty_lists(data: object) -> object:
    """Give a statement whose empty objects are none: servers in PHP write them as lists."""
    if not isinstance(data, dict):
        return data
    objects = ("result", "context", "contextActivities", "extensions")
    found = {key: one for key, one in data.items() if key not in objects or one != []}
    if "context" in found:
        found["context"] = without_empty_lists(found["context"])
    return found
