"""Rows of facts by column, as bytes that go into a Parquet file as they are.

A row by itself costs more than all that is done with it; a column of a thousand values is checked,
turned into its stored form and joined by a handful of calls.
"""

from __future__ import annotations

import struct
from binascii import unhexlify
from collections.abc import Mapping, Sequence
from typing import NamedTuple

TO_MILLISECONDS = len("2026-11-21T10:00:00.000")
NAME = 32
"""Characters of a pseudonym."""


class Column(NamedTuple):
    """A column: its name, and how its values are written (plain_parquet.py)."""

    name: str
    kind: str


COLUMNS = (
    Column("statement_id", "uuid"),
    Column("name", "text"),
    Column("registration", "text"),
    Column("sent_at", "text"),
    Column("stored", "text"),
    Column("kind", "int32"),
    Column("place", "int32"),
    Column("line", "int64"),
)


_AT = {column.name: at for at, column in enumerate(COLUMNS)}


class Own(NamedTuple):
    """What each statement has of its own, in columns: bytes in their usual form.

    Ids have 36 characters, names 32, times the 23 up to the millisecond.
    """

    ids: Sequence[bytes]
    names: Sequence[bytes]
    registrations: Sequence[bytes]
    sent: Sequence[bytes]
    stored: Sequence[bytes]


class Rows:
    """Rows of facts, in no order; `kinds` and `places` have the numbers that stand in them."""

    def __init__(self) -> None:
        self.kinds: set[int] = set()
        self.places: set[int] = set()
        self._number = 0
        self._parts: list[list[bytes]] = [[] for _ in COLUMNS]

    def __len__(self) -> int:
        """Give the number of rows."""
        return self._number

    def add(
        self, own: Own, kinds: Sequence[int], places: Sequence[int], lines: Sequence[int]
    ) -> None:
        """Add rows; all columns have the same length."""
        number = len(lines)
        self._number += number
        self.kinds.update(kinds)
        self.places.update(places)
        encoded = (
            unhexlify(b"".join(own.ids).replace(b"-", b"")),
            _texts(own.names),
            _texts(own.registrations),
            _texts(own.sent),
            _texts(own.stored),
            struct.pack(f"<{number}i", *kinds),
            struct.pack(f"<{number}i", *places),
            struct.pack(f"<{number}q", *lines),
        )
        for parts, part in zip(self._parts, encoded, strict=True):
            parts.append(part)

    def ids(self) -> bytes:
        """Give the statement ids, 16 bytes each."""
        return b"".join(self._parts[0])

    def split(self, chosen: Sequence[int]) -> tuple[Rows, Rows]:
        """Give the rows that are not chosen, and those that are, by place in rising order."""
        left, taken = Rows(), Rows()
        for rows, number in ((left, len(self) - len(chosen)), (taken, len(chosen))):
            rows.kinds, rows.places, rows._number = self.kinds, self.places, number
        if not chosen:
            left._parts = self._parts
            return left, taken
        bounds = list(zip((0, *(place + 1 for place in chosen)), (*chosen, len(self)), strict=True))
        for at, column in enumerate(self.columns()):
            size = len(column) // len(self)
            left._parts[at] = [column[size * start : size * end] for start, end in bounds]
            taken._parts[at] = [column[size * one : size * one + size] for one in chosen]
        return left, taken

    def renumbered(self, kinds: Mapping[int, int], places: Mapping[int, int]) -> Rows:
        """Give the same rows with other numbers for kinds and places."""
        rows, columns = Rows(), self.columns()
        for name, numbers in (("kind", kinds), ("place", places)):
            form = f"<{len(self)}i"
            old = struct.unpack(form, columns[_AT[name]])
            columns[_AT[name]] = struct.pack(form, *map(numbers.__getitem__, old))
        rows.kinds, rows.places = set(kinds.values()), set(places.values())
        rows._number, rows._parts = len(self), [[column] for column in columns]
        return rows

    def extend(self, other: Rows) -> None:
        """Add the rows of others."""
        self.kinds |= other.kinds
        self.places |= other.places
        self._number += len(other)
        for parts, more in zip(self._parts, other._parts, strict=True):
            parts += more

    def columns(self) -> list[bytes]:
        """Give the columns, each in Parquet's PLAIN encoding."""
        return [b"".join(parts) for parts in self._parts]


def _texts(values: Sequence[bytes]) -> bytes:
    """Write texts of one length, each after that length (Parquet, BYTE_ARRAY)."""
    size = struct.pack("<i", len(values[0])) if values else b""
    return size + size.join(values)
