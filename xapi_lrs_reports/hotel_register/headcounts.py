"""headcounts.csv: who declared how many employees a hotel has, and when; a row is never changed.

The rule takes the newest declaration on or before its date, so that any past day's answer can be
had again. A hotel without one goes by its headcount in hotels.csv (docs/contracts.md section 6).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from programme.files import is_there
from xapi_lrs_reports.csv_table import Table, did_you_mean, open_table
from xapi_lrs_reports.hotel_register.hotels import Hotel

COLUMNS = {"hotel": True, "headcount": True, "declared_by": True, "declared_on": True}
FILE = "headcounts.csv"
_MAX = 1_000_000


@dataclass(frozen=True)
class Headcount:
    """One declaration. `line` is its place in the file; of one day the last one holds."""

    hotel: str
    headcount: int
    declared_by: str
    declared_on: datetime.date
    line: int


def read_headcounts(path: Path, hotels: Mapping[str, Hotel]) -> list[Headcount]:
    """Read the declarations, oldest first. No file: none. Raises InputError."""
    if not is_there(path):
        return []
    table = open_table(path, COLUMNS)
    found = [made for line, row in table.rows() if (made := _headcount(table, line, row, hotels))]
    table.finish()
    return sorted(found, key=lambda one: (one.declared_on, one.line))


def declared_headcounts(
    hotels: Mapping[str, Hotel], declared: list[Headcount], as_of: datetime.date
) -> dict[str, Hotel]:
    """Give the hotels with the headcount that holds on a date."""
    found = dict(hotels)
    for one in declared:
        if one.declared_on <= as_of:
            hotel = found[one.hotel]
            found[one.hotel] = replace(hotel, headcount=one.headcount, declared_on=one.declared_on)
    return found


def _headcount(
    table: Table, line: int, row: list[str], hotels: Mapping[str, Hotel]
) -> Headcount | None:
    hotel, number, declared_by, text = row
    before = len(table.problems)
    if hotel not in hotels:
        what = f'"{hotel[:40]}" is not in hotels.csv' if hotel else "the hotel is missing"
        fix = f"{did_you_mean(hotel, hotels)}Add it there, or correct it."
        table.wrong(line, "headcount-hotel", what, fix, at="hotel")
    if not (
        number.isascii() and number.isdigit() and 0 < int(number.lstrip("0")[:12] or 0) <= _MAX
    ):
        what = f'headcount: "{number[:20]}" is not a number of employees'
        table.wrong(
            line, "headcount-number", what, "Write a whole number, digits only.", at="headcount"
        )
    day = table.date(line, "declared_on", text)
    if not text or not declared_by:
        what = "declared_by or declared_on is missing"
        fix = "Write who declared the number, and on which day."
        at = "declared_on" if declared_by else "declared_by"
        table.wrong(line, "headcount-declared", what, fix, at=at)
    if day is None or len(table.problems) > before:
        return None
    return Headcount(hotel, int(number), declared_by, datetime.date.fromisoformat(day), line)
