"""The quickest way to read a line: byte for byte like one that was read before, but for six places.

What one package sends through one LRS is always written alike. Where id, pseudonym, registration,
the two times and the hotel stand in a line (its layout) is learned from a line that the
UsualReader knew in all its parts; all else of it is remembered as one text. A later line of
the same length and text is no longer parsed: it is cut, its own values are checked a block at a
time, and it is a row. So no rule stands here, and no knowledge of JSON but one: a string without
quotes and backslashes may stand in the place of another without changing anything around it.

Whatever differs in a single other byte goes the UsualReader's way, and is learned from in its turn.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import NamedTuple

from xapi_lrs_reports.sources.json_lines import pieces_of
from xapi_lrs_reports.statements.columns import NAME, TO_MILLISECONDS, Own
from xapi_lrs_reports.statements.normalise import Normaliser
from xapi_lrs_reports.statements.usual import Batch, Seen, UsualReader

_HOTEL = b"/hotel/"
_UUID = b"00000000-0000-0000-0000-000000000000"
_MOMENT = b"0000-00-00T00:00:00.000"
_SIZES = (len(_UUID), NAME, len(_UUID), TO_MILLISECONDS, TO_MILLISECONDS)
_AFTER = (b'"', b'"', b'"', b'Z"', b'Z"')
"""What stands behind each of the five values: the times in milliseconds of UTC."""
_HOUR = len("2026-11-21T10")
_SETTLED_AT_ONCE = 256
"""Rows that are checked and added together; of fewer, the calls cost more than the work."""
_FREE_LESSONS = 1_000
_ROWS_A_LESSON = 16
"""So many rows have to come of what was learned before more of it is worth its price."""
_MOST_BYTES = 1 << 23


def _table(shown: bytes, usual: bytes, kept: bytes = b"") -> bytes:
    """Give a table for bytes.translate: usual characters as one, some as they are, no other."""
    table = bytearray(256)
    for one in usual:
        table[one] = shown[0]
    for one in kept:
        table[one] = one
    return bytes(table)


_AS_HEX = _table(b"0", b"0123456789abcdef", b"-")
_AS_NAME = _table(b"a", b"abcdefghijklmnopqrstuvwxyz234567")
_AS_DIGITS = _table(b"0", b"0123456789", b"-T:.")

_Order = tuple[int, ...]
"""Which values of a line are id, name, registration, timestamp and stored."""


_Cut = Callable[[bytes], tuple[bytes, ...]]
_Row = tuple[int, int, int, bytes, tuple[bytes, ...]]
"""Number of the line, kind, place, the line, and its values in the order in which they stand."""


class _Layout(NamedTuple):
    """How lines are cut into values and the text around them, and what is known of the text.

    `known` has kind, and place by hotel; `hotel` says which of the values is the hotel. `add`
    takes a row.
    """

    text: _Cut
    values: _Cut
    known: dict[bytes, tuple[int, dict[bytes, int]]]
    hotel: int
    add: Callable[[_Row], None]


_Slots = tuple[tuple[int, int], ...]


class LineReader(UsualReader):
    """A UsualReader of the lines of one source, which it reads by the block."""

    def __init__(self, judge: Normaliser, source: str) -> None:
        super().__init__(judge)
        self._source = source
        self._layouts: dict[tuple[int, int, int], list[_Layout]] = {}
        self._by_slots: dict[tuple[int, _Slots], _Layout] = {}
        self._hotels: dict[tuple[str, bool, bytes, bytes], dict[bytes, int]] = {}
        self._pending: dict[_Order, list[_Row]] = {}
        self._lessons = 0
        self._bytes = 0

    def read_lines(self, lines: Sequence[bytes], first: int) -> None:
        """Add the statements of lines, of which the first has the number `first`."""
        layouts, none, join = self._layouts, list[_Layout](), b"".join
        for number, line in enumerate(lines, first):
            hotel = line.find(_HOTEL)
            end = line.find(b'"', hotel)
            for text, values, known, at, add in layouts.get((hotel, end, len(line)), none):
                found = known.get(join(text(line)))
                if found is not None:
                    own = values(line)
                    place = found[1].get(own[at])
                    if place is not None:
                        add((number, found[0], place, line, own))
                        break
            else:
                self._read_alone(line, number, (hotel, end))
        self._settle_all(_SETTLED_AT_ONCE)

    def take(self) -> Batch:
        """Give what was read since the last time."""
        self._settle_all(1)
        return super().take()

    def _settle_all(self, least: int) -> None:
        for order, rows in self._pending.items():
            if len(rows) >= least:
                self._settle(order, rows)
                rows.clear()

    def _read_alone(self, line: bytes, number: int, hotel: tuple[int, int]) -> None:
        pieces = pieces_of(line, self._source, number)
        for piece in pieces:
            seen = self.take_in(piece, self._source, number)
            if seen is not None and len(pieces) == 1 and self._may_learn():
                self._learn_layout(line, seen, *hotel)

    def _settle(self, order: _Order, rows: Sequence[_Row]) -> None:
        """Add rows whose values are as usual to the batch; any other is read by itself."""
        numbers, kinds, places, lines, values = zip(*rows, strict=True)
        columns = list(zip(*values, strict=True))
        own = Own(*(columns[at] for at in order))
        if self._are_usual(own):
            self.batch.rows.add(own, kinds, places, numbers)
        elif len(rows) == 1:
            self.take_in(lines[0], self._source, numbers[0])
        else:
            half = len(rows) // 2
            self._settle(order, rows[:half])
            self._settle(order, rows[half:])

    def _are_usual(self, own: Own) -> bool:
        number, join = len(own.ids), b"".join
        sent, stored = join(own.sent), join(own.stored)
        hours = {time[:_HOUR] for times in (own.sent, own.stored) for time in times}
        return (
            join(own.ids).translate(_AS_HEX) == _UUID * number
            and join(own.registrations).translate(_AS_HEX) == _UUID * number
            and join(own.names).translate(_AS_NAME) == b"a" * NAME * number
            and (sent + stored).translate(_AS_DIGITS) == _MOMENT * (2 * number)
            and _are_below_sixty(sent)
            and _are_below_sixty(stored)
            and self.are_hours(hours)
        )

    def _may_learn(self) -> bool:
        self._lessons += 1
        return self._lessons < _FREE_LESSONS + self.rows_read // _ROWS_A_LESSON

    def _learn_layout(self, line: bytes, seen: Seen, hotel: int, end: int) -> None:
        """Remember how a line is laid out, if each of its values stands in it once only."""
        starts = [_only(line, b'"' + value + b'"') for value in seen.own]
        slots = [(start + 1, start + 1 + size)
                 for start, size in zip(starts, _SIZES, strict=True)]  # fmt: skip
        if min(starts) < 0 or not all(
            line.startswith(after, slot[1]) for slot, after in zip(slots, _AFTER, strict=True)
        ):
            return
        before, named, behind = _around_hotel(line, seen.activities, hotel, end)
        slots.append(named)
        key = (seen.kind.course, seen.kind.hotel_source is not None, before, behind)
        hotels = self._hotels.setdefault(key, {})
        hotels[line[slice(*named)]] = seen.place.place
        layout = self._by_slots.get((len(line), tuple(slots)))
        if layout is None:
            layout = self._by_slots[len(line), tuple(slots)] = self._laid_out(slots, len(line))
            self._layouts.setdefault((hotel, end, len(line)), []).append(layout)
        text = b"".join(layout.text(line))
        if text not in layout.known:
            layout.known[text] = (seen.kind.kind, hotels)
            self._bytes += len(text)
        if self._bytes > _MOST_BYTES:
            self._forget_layouts()

    def _laid_out(self, slots: Sequence[tuple[int, int]], size: int) -> _Layout:
        in_line = sorted(range(len(slots)), key=lambda slot: slots[slot])
        text, values, position = "", "", 0
        for start, end in sorted(slots):
            text += f"{start - position}s{end - start}x"
            values += f"{start - position}x{end - start}s"
            position = end
        text, values = f"{text}{size - position}s", f"{values}{size - position}x"
        *order, hotel = (in_line.index(slot) for slot in range(len(slots)))
        rows = self._pending.setdefault(tuple(order), [])
        return _Layout(
            struct.Struct(text).unpack, struct.Struct(values).unpack, {}, hotel, rows.append
        )

    def forget(self) -> None:
        """Forget what was learned, so that it does not grow for ever."""
        super().forget()
        self._hotels.clear()
        self._forget_layouts()

    def _forget_layouts(self) -> None:
        self._layouts.clear()
        self._by_slots.clear()
        self._bytes = 0


def _only(line: bytes, value: bytes) -> int:
    """Give where a value stands in a line; -1 if it does not stand there exactly once."""
    found = line.find(value)
    return found if line.find(value, found + 1) < 0 else -1


def _around_hotel(
    line: bytes, activities: bytes, hotel: int, end: int
) -> tuple[bytes, tuple[int, int], bytes]:
    """Cut the context's activities where the hotel stands in them: before, the hotel, behind.

    The middle one is a place in the line; without a hotel in the activities, nothing at its end.
    """
    start, name = _only(line, activities), hotel + len(_HOTEL)
    if activities and 0 <= start <= hotel and name <= end <= start + len(activities):
        return line[start:name], (name, end), line[end : start + len(activities)]
    return activities, (len(line), len(line)), b""


def _are_below_sixty(times: bytes) -> bool:
    """Tell whether minutes and seconds of times up to the millisecond are below 60."""
    tens = times[14::TO_MILLISECONDS] + times[17::TO_MILLISECONDS]
    return not tens.translate(None, b"012345")
