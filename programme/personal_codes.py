"""The codes of a hotel without an LMS: one for the hotel, one for each person.

docs/contracts.md section 9. From the two the pseudonym derives; the player's twin is
scorm_builder/player/programme/personal_codes.js, and tests/vectors/personal_codes.json binds the
two.
"""

from __future__ import annotations

import hashlib
import itertools
import secrets
from collections.abc import Callable

from programme.crockford import SYMBOLS, check_symbol, grouped, to_symbols
from programme.pseudonym import pseudonym

HOTEL_SYMBOLS, PERSONAL_SYMBOLS = 5, 8
"""Without the check symbol. 8 symbols are 40 bits: docs/decisions/0014."""

_GROUP = 3


def hotel_code(hotel_iri: str) -> str:
    """Give the hotel's code without check symbol; it is public, and derives from the IRI alone.

    Of the codes that the IRI gives in turn, the first whose check symbol is a letter or a digit:
    nobody should have to look for `~` on a phone.
    """
    for turn in itertools.count():
        digest = hashlib.sha256(f"hotel-code|{turn}|{hotel_iri}".encode()).digest()
        code = to_symbols(int.from_bytes(digest[:4], "big") >> 7, HOTEL_SYMBOLS)
        if check_symbol(code) in SYMBOLS:
            return code
    raise AssertionError("itertools.count ends")


def new_personal_code(random_below: Callable[[int], int] = secrets.randbelow) -> str:
    """Make up a personal code without check symbol: 40 random bits."""
    while True:
        code = to_symbols(random_below(32**PERSONAL_SYMBOLS), PERSONAL_SYMBOLS)
        if check_symbol(code) in SYMBOLS:
            return code


def printed(code: str) -> str:
    """Write a code as people read it: with its check symbol, in groups of three."""
    return grouped(code + check_symbol(code), _GROUP)


def code_pseudonym(hotel: str, personal: str, salt: str) -> str:
    """Give the pseudonym of who holds a personal code; both codes without check symbol."""
    return pseudonym(f"web/{hotel}/{personal}", salt)
