"""The completion code: what a learner writes down when no network path to the programme was open.

Sixteen symbols, docs/contracts.md section 10; the twin that makes them is
scorm_builder/player/programme/completion_code.js, and tests/vectors/completion_code.json binds the
two.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from programme.crockford import (
    SYMBOLS,
    check_symbol,
    from_symbols,
    grouped,
    read_checked,
    to_symbols,
)

PREFIX = 8
"""So many characters of the pseudonym stand in a code: 40 bits."""

_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_DETAILS = 7
_DAY_ZERO = datetime.date(2025, 12, 31)
_LAST_DAY = 0xFFF
_UNKNOWN_NUMBER = 31


@dataclass(frozen=True)
class CompletionCode:
    """What a code says. Unsigned: whoever knows a learner's id can make one.

    `learner` is the beginning of the pseudonym, `day` the UTC date of the completion (None: the
    learner's clock was out of range), `version` that of the course ("" if it cannot be written in
    a code), `course` the mark of the course's IRI, 0 to 63.
    """

    learner: str
    day: datetime.date | None
    version: str
    course: int


def course_mark(iri: str) -> int:
    """Give the mark of a course's IRI: the first 6 bits of its SHA-256."""
    return hashlib.sha256(iri.encode()).digest()[0] >> 2


def spell_code(code: CompletionCode) -> str:
    """Write a code for people: four groups of four, of the variants the first without a sign."""
    details = _day_number(code.day)
    for number in _version_numbers(code.version):
        details = details << 5 | number
    details = details << 6 | code.course
    learner = "".join(SYMBOLS[_BASE32.index(letter)] for letter in code.learner)
    whole = ""
    for variant in range(4):
        symbols = learner + to_symbols(details << 2 | variant, _DETAILS)
        whole = symbols + check_symbol(symbols)
        if whole.isalnum() and not whole.endswith("U"):
            break
    return grouped(whole, 4)


def read_code(text: str) -> CompletionCode | None:
    """Read what was typed; None for text that is no completion code, or has a typing mistake."""
    symbols = read_checked(text)
    if symbols is None or len(symbols) != PREFIX + _DETAILS:
        return None
    details = from_symbols(symbols[PREFIX:]) >> 2
    days, numbers = details >> 21, [details >> shift & 31 for shift in (16, 11, 6)]
    return CompletionCode(
        learner="".join(_BASE32[SYMBOLS.index(symbol)] for symbol in symbols[:PREFIX]),
        day=_DAY_ZERO + datetime.timedelta(days=days) if days else None,
        version="" if _UNKNOWN_NUMBER in numbers else ".".join(map(str, numbers)),
        course=details & 63,
    )


def _day_number(day: datetime.date | None) -> int:
    number = (day - _DAY_ZERO).days if day else 0
    return number if 0 < number <= _LAST_DAY else 0


def _version_numbers(version: str) -> list[int]:
    """Give the three numbers; 31 three times for a version that has no place in a code."""
    parts = version.split(".")
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
    fits = len(parts) == len(numbers) == 3 and max(numbers) < _UNKNOWN_NUMBER
    return numbers if fits else [_UNKNOWN_NUMBER] * 3
