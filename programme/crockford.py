"""Codes that people read from paper and type: Crockford's base32 with a check symbol (modulo 37).

Any one symbol that is wrong, and any two neighbours that are swapped, are noticed. The player's
twin is scorm_builder/player/encoding/crockford.js, and tests/vectors/crockford.json binds the two.
"""

from __future__ import annotations

import unicodedata

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK_SYMBOLS = SYMBOLS + "*~$=U"

_BETWEEN = " \t\r\n-‐‑‒–—−_.,:/"
_ALIKE = {
    **dict.fromkeys("OОΟ", "0"),
    **dict.fromkeys("ILİІΙ", "1"),
    **dict(zip("АВСЕНКМРТХУ", "ABCEHKMPTXY", strict=True)),
    **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
    **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)),
}
_CLEANING = str.maketrans({**_ALIKE, **dict.fromkeys(_BETWEEN)})


def to_symbols(number: int, length: int) -> str:
    """Spell a number below 32**length with exactly `length` symbols, the highest first."""
    return "".join(SYMBOLS[(number >> 5 * place) & 31] for place in reversed(range(length)))


def from_symbols(symbols: str) -> int:
    """Give the number that canonical symbols spell. Raises ValueError for any other text."""
    number = 0
    for symbol in symbols:
        number = number * 32 + SYMBOLS.index(symbol)
    return number


def check_symbol(symbols: str) -> str:
    """Give the symbol that goes behind canonical `symbols`: their number modulo 37."""
    return CHECK_SYMBOLS[from_symbols(symbols) % 37]


def clean(text: str) -> str:
    """Bring what was typed to canonical symbols as far as that can be guessed.

    Case, blanks, hyphens and dots do not matter; O is 0, I and L are 1; letters of other
    alphabets that look the same and Arabic digits are taken for their Latin twins.
    """
    return unicodedata.normalize("NFKC", text).upper().translate(_CLEANING)


def read_checked(text: str) -> str | None:
    """Give the symbols before the check symbol, canonical; None for text with a typing mistake."""
    typed = clean(text)
    symbols, check = typed[:-1], typed[-1:]
    if not symbols or not set(symbols) <= set(SYMBOLS) or check != check_symbol(symbols):
        return None
    return symbols


def grouped(code: str, size: int) -> str:
    """Write a code for people: groups of `size` symbols with hyphens between."""
    return "-".join(code[start : start + size] for start in range(0, len(code), size))
