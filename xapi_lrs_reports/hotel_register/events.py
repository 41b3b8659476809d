"""hotel-events.csv: what happened to hotels and on which day; a row is never changed by noroom.

hotels.csv says how things are by now. The events say since when, so that the answer of any past
day can be had again (docs/contracts.md section 6, decision 0020).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from programme.files import is_there
from xapi_lrs_reports.csv_table import Table, did_you_mean, open_table
from xapi_lrs_reports.hotel_register.hotels import Hotel

FILE = "hotel-events.csv"
COLUMNS = {
    "hotel": True,
    "on": True,
    "event": True,
    "value": False,
    "until": False,
    "noted_by": False,
}
KINDS = ("renamed", "closed", "merged", "reopened")


@dataclass(frozen=True)
class Event:
    """One event. It holds from the day `on`; of one day, the last row of the file holds.

    `renamed`: `value` is the name until then. `closed`: for good, or until the day `until`, on
    which it is open again. `merged`: into the hotel `value`. `reopened` ends both.
    """

    hotel: str
    on: datetime.date
    kind: str
    value: str
    until: datetime.date | None
    line: int


def read_events(path: Path, hotels: Mapping[str, Hotel]) -> list[Event]:
    """Read the events, oldest first. No file: none. Raises InputError."""
    if not is_there(path):
        return []
    table = open_table(path, COLUMNS)
    found = [made for line, row in table.rows() if (made := _event(table, line, row, hotels))]
    table.finish()
    return sorted(found, key=lambda one: (one.on, one.line))


def _event(
    table: Table, line: int, row: list[str], hotels: Mapping[str, Hotel]
) -> Event | None:  # fmt: skip
    hotel, on_text, kind, value, until_text, _ = row
    before = len(table.problems)
    if hotel not in hotels:
        what = f'"{hotel[:64]}" is not in hotels.csv' if hotel else "the hotel is missing"
        fix = f"{did_you_mean(hotel, hotels)}A hotel that closed stays in hotels.csv."
        table.wrong(line, "hotel-event", what, fix, at="hotel")
    on, until = table.date(line, "on", on_text), table.date(line, "until", until_text)
    if not on_text:
        table.wrong(
            line, "hotel-event", "the day is missing", "Write it into the column on.", at="on"
        )
    if kind not in KINDS:
        what = f'"{kind[:20]}" is not something that happens to a hotel'
        fix = f"{did_you_mean(kind, KINDS)}Known: {', '.join(KINDS)}."
        table.wrong(line, "hotel-event", what, fix, at="event")
    elif why := _contradiction(hotel, kind, value, on, until, hotels):
        table.wrong(line, "hotel-event", *why, at="until" if "until" in why[0] else "value")
    if on is None or len(table.problems) > before:
        return None
    end = datetime.date.fromisoformat(until) if until else None
    return Event(hotel, datetime.date.fromisoformat(on), kind, value, end, line)


def _contradiction(
    hotel: str,
    kind: str,
    value: str,
    on: str | None,
    until: str | None,
    hotels: Mapping[str, Hotel],
) -> tuple[str, str] | None:
    """Give what is wrong with an event, and its cure."""
    if until and (kind != "closed" or (on and until <= on)):
        return "until is not after on, or not of a closure", "Write the first day it is open again."
    if kind == "renamed" and not value:
        return "a renamed hotel without the name it had", "Write the old name into value."
    if kind != "merged" or hotel not in hotels:
        return None
    into = hotels.get(value)
    if into is None or into.hotel == hotel:
        fix = f"{did_you_mean(value, hotels)}Write the id of the hotel that it is part of now."
        return "a merger without the other hotel", fix
    if into.chain != hotels[hotel].chain:
        what = "a merger of hotels of two chains: their people have other pseudonyms"
        return what, "Close the one, and add its people to the roster of the other."
    return None
