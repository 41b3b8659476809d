"""Which statement ids were surely not seen before: so many bits, whatever there is to remember.

To look ids up among all facts costs more for each batch, the more facts there are. A bit for each
id that was seen answers "surely new" of nearly every new one at once; what it cannot tell apart is
looked up. So nothing rests on it: full of ones, it would make everything be looked up.
"""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_BITS = 27
_MASKS = tuple(0x80 >> (low >> 5) for low in range(256))
"""The bit of an id: the first 27 of its last 32 bits, which every kind of UUID but those of a
clock and a network card has at random. Of them 24 say which byte, 3 which bit of it."""
_PIECE = 25
"""The facts that are stored are asked for in pieces of so many bits, to hold little at once."""
_OF_STORED = f"""
SELECT CAST(bitstring_agg(slot & {(1 << _PIECE) - 1}, 0::UINTEGER, {(1 << _PIECE) - 1}::UINTEGER)
            AS BLOB)
FROM (SELECT CAST('0x' || right(CAST(statement_id AS VARCHAR), 8) AS UINTEGER) >> {32 - _BITS}
             AS slot FROM facts)
WHERE slot >> {_PIECE} = ?::UINTEGER
"""  # noqa: S608 - built from constants


class SeenIds:
    """The ids of the facts in the store, and of what was asked for since."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._bits = bytearray(1 << (_BITS - 3))
        size = 1 << (_PIECE - 3)
        for number in range(len(self._bits) // size):
            [bits] = connection.execute(_OF_STORED, [number]).fetchone() or (None,)
            if bits is not None:
                self._bits[number * size : (number + 1) * size] = bits

    def maybe_seen(self, ids: bytes) -> list[int]:
        """Take in ids, 16 bytes each; give the places, in rising order, of those that may be known.

        Of ids among them that may be one and the same, all are given: which of them came first is
        not known here.
        """
        bits, masks, found = self._bits, _MASKS, []
        slots = array("I", ids)[3::4]
        if sys.byteorder == "little":
            slots.byteswap()
        for place, slot in enumerate(slots):
            at, mask = slot >> 8, masks[slot & 255]
            byte = bits[at]
            if byte & mask:
                found.append(place)
            else:
                bits[at] = byte | mask
        if not found:
            return found
        shared = {slots[place] >> 5 for place in found}
        return [place for place, slot in enumerate(slots) if slot >> 5 in shared]
