"""The forms that single words of YAML files have, each with the cure when they have not."""

from __future__ import annotations

import datetime
import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator


@dataclass(frozen=True)
class Fits:
    """Refuses a text that does not match `pattern`; `fix` says what to write instead."""

    pattern: str
    fix: str

    def __call__(self, text: str) -> str:
        """Give `text`; raises ValueError in the form that programme.validate reads."""
        if not re.fullmatch(self.pattern, text):
            raise ValueError(f'"{text}" has not the right form | {self.fix}')
        return text


class NotShown(ValueError):
    """A value is wrong that no message may repeat, such as a password; the form as in Fits."""


def without_login(address: str) -> str:
    """Give `address`; raises ValueError where it is none, or has a user or a password in it."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises ValueError
    except ValueError:
        fix = "Write it as https://host/path."
        raise NotShown(f"this is no address that can be read | {fix}") from None
    if "@" in parts.netloc:
        fix = "Take them out: user and password belong in the environment, or in the key beside it."
        raise NotShown(f"a user or a password stands in this address | {fix}")
    return address


@functools.lru_cache(maxsize=4096)
def is_refused_character(character: str) -> bool:
    """Tell whether XML 1.0 (section 2.2) or a screen has no place for this character."""
    if character in "\n\t":
        return False
    noncharacter = (ord(character) & 0xFFFE) == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return noncharacter or unicodedata.category(character) in ("Cc", "Cs")


def one_line(text: str) -> str:
    """Give `text`; raises ValueError where it is empty, more than a line, or hides a character."""
    if not text.strip():
        raise ValueError("this text is empty | Write the text.")
    if "\n" in text or "\t" in text:
        raise ValueError("this text has a line break or a tab | Write it in one line.")
    for character in text:
        if is_refused_character(character):
            name = f"U+{ord(character):04X}"
            raise ValueError(f"the text has the control character {name} | Delete it.")
    return text


def real_date(text: str) -> str:
    """Give `text`; raises ValueError where it is no date."""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        message = f'"{text}" is not a date | Write year-month-day, such as 2026-11-21.'
        raise ValueError(message) from None
    return text


Date = Annotated[str, AfterValidator(real_date)]
Word = Annotated[str, AfterValidator(one_line)]
"""Text of one line that a person reads: not empty, nothing invisible in it."""
