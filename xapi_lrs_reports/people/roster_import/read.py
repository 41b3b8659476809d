"""A file from HR -> people with their hotels and dates, or every problem; ids are not repeated."""

from __future__ import annotations

import datetime
import functools
import re
import zoneinfo
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, cast

import yaml

from programme.problems import InputError, Problem
from programme.pseudonym import ANONYMOUS, pseudonym
from xapi_lrs_reports.csv_edit import FORMULA, NO_FORMULA, may_run
from xapi_lrs_reports.csv_table import MAX_SHOWN, did_you_mean, quoted, shown_names
from xapi_lrs_reports.hotel_register.hotels import Hotel
from xapi_lrs_reports.lms_export.dates import NoDate, order_of, to_moment
from xapi_lrs_reports.lms_export.models import DateOrder
from xapi_lrs_reports.lms_export.status import folded
from xapi_lrs_reports.lms_export.table import CLOSE_QUOTE, HOLDS_ROWS, Table, read_table
from xapi_lrs_reports.people.roster import CONTRACTS, NO_SHARE, full_time_percent

_SEARCHED = 20
_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]+")
"""A long number as a spreadsheet shows it, the same for many people."""
_SEVERAL = frozenset(["aliases"])
"""What may stand in several columns: an address and an employee number are ids of one person."""
_FAR = datetime.datetime(2100, 1, 1)


@dataclass(frozen=True)
class Person:
    """One row: a person at a hotel. "" where the file says nothing. Dates are ISO, fte per cent."""

    line: int
    hotel: str
    employee: str
    department: str
    contract: str
    fte: str
    joined: str
    left: str
    aliases: str


def read_people(
    path: Path,
    source: str,
    hotels: Mapping[str, Hotel],
    chain: str,
    *,
    hotel: str | None = None,
    dates: DateOrder | None = None,
) -> list[Person]:
    """Read the people of a chain; `hotel` is that of every row. Raises InputError."""
    own = {name: one for name, one in hotels.items() if one.chain == chain}
    if hotel is not None and hotel not in own:
        what = f'"{hotel[:64]}" is not a hotel of the chain {chain}'
        fix = f"{did_you_mean(hotel, own)}hotels.csv lists them."
        raise InputError([Problem("--hotel", 0, 0, "roster-hotel", what, fix)])
    table = read_table(path, source)
    reader = _Reader(table, own, hotel)
    header, places = reader.header()
    reader.orders = {name: dates or reader.order(name, header, places)
                     for name in ("joined", "left") if name in places}  # fmt: skip
    found = list(reader.people(header, places))
    reader.finish()
    return found


@functools.cache
def _words() -> dict[str, dict[str, list[str]]]:
    file = resources.files("xapi_lrs_reports.people.roster_import").joinpath("words.yaml")
    return cast(dict[str, dict[str, list[str]]], yaml.safe_load(file.read_text("utf-8")))


@functools.cache
def _contracts() -> dict[str, str]:
    found = {folded(word): kind for kind, words in _words()["contracts"].items() for word in words}
    return found | {folded(kind): kind for kind in CONTRACTS}


class _Reader:
    """Reads rows; remembers what is wrong with them."""

    def __init__(self, table: Table, hotels: Mapping[str, Hotel], hotel: str | None) -> None:
        self._table = table
        self._hotel = hotel
        self._hotels = {folded(one.name): name for name, one in hotels.items()}
        self._hotels |= {folded(name): name for name in hotels}
        self._problems: list[Problem] = []
        self._seen: dict[tuple[str, str], Person] = {}
        self.orders: dict[str, DateOrder | None] = {}

    def header(self) -> tuple[int, dict[str, list[int]]]:
        """Give the index of the row that names the columns, and their places."""
        for index, (_, values) in enumerate(self._table.rows[:_SEARCHED]):
            names = [folded(str(value or "")) for value in values]
            places = {}
            for column, synonyms in _words()["columns"].items():
                known = [names.index(one) for one in map(folded, synonyms) if one in names]
                if known:
                    places[column] = known if column in _SEVERAL else known[:1]
            if "employee" in places and ("hotel" in places or self._hotel):
                return index, places
        line, first = self._table.rows[0] if self._table.rows else (0, [])
        shown = shown_names([str(value) for value in first if value])
        what = f"no row names the columns hotel and employee (first row: {shown})"
        fix = "Write the names of section 6 of docs/contracts.md above the columns; --hotel ID "
        fix += "stands for the column hotel."
        raise InputError([Problem(self._table.source, line, 0, "roster-columns", what, fix)])

    def order(self, name: str, header: int, places: Mapping[str, list[int]]) -> DateOrder | None:
        """Give the order of day and month of a column; one that nobody can tell is a problem."""
        [place] = places[name]
        rows = self._table.rows[header + 1 :]
        order, matters = order_of(row[place] for _, row in rows if place < len(row))
        if order is None and matters:
            what = f"{name}: the dates can be read in two ways: which is the day?"
            fix = "Say which comes first: --dates dmy (21/11/2026) or --dates mdy (11/21/2026)."
            self._wrong(self._table.rows[header][0], "roster-dates", what, fix)
        return order

    def people(self, header: int, places: Mapping[str, list[int]]) -> Iterator[Person]:
        """Yield the people; a row that stands there twice comes once."""
        for line, values in self._table.rows[header + 1 :]:
            cells = {name: [values[place] for place in known if place < len(values)]
                     for name, known in places.items()}  # fmt: skip
            if line in self._table.doubtful:
                self._wrong(line, "csv-row", HOLDS_ROWS, CLOSE_QUOTE)
                continue
            person = self._person(line, cells)
            other = self._seen.setdefault((person.hotel, folded(person.employee)), person)
            if other is person:
                yield person
            elif other != Person(other.line, *list(vars(person).values())[1:]):
                what = f"row {other.line} says something else of this person at this hotel"
                fix = "Keep the right one: the list says how things are now, not how they were."
                self._wrong(line, "roster-twice", what, fix)

    def finish(self) -> None:
        """Raise InputError if anything was wrong."""
        if self._problems:
            shown = sorted(self._problems)[:MAX_SHOWN]
            if len(self._problems) > MAX_SHOWN:
                what = f"{len(self._problems) - MAX_SHOWN} more rows are wrong"
                fix = "Cure these first."
                shown.append(Problem(self._table.source, 0, 0, "csv-more", what, fix))
            raise InputError(shown)

    def _person(self, line: int, cells: Mapping[str, list[object]]) -> Person:
        texts = {name: " ".join(map(_text, values)).strip() for name, values in cells.items()}
        hotel = self._hotel or self._hotels.get(folded(texts.get("hotel", "")), "")
        if not hotel:
            what = "the hotel is missing, or is not one of this chain in hotels.csv"
            fix = f"{did_you_mean(texts.get('hotel', ''), list(self._hotels.values()))}"
            self._wrong(line, "roster-hotel", what, fix + "Write its id or its whole name.")
        employee = texts.get("employee", "")
        if _ROUNDED.fullmatch(employee):
            what = "the LMS login is a long number that a spreadsheet has rounded"
            fix = "Give the column the format Text in the spreadsheet and export the list again."
            self._wrong(line, "roster-employee", what, fix)
        elif pseudonym(employee, "") == ANONYMOUS:
            what = "the LMS login is missing, too short, or one that several people share"
            fix = "Write the login that the LMS uses for this one person, or remove the row."
            self._wrong(line, "roster-employee", what, fix)
        for name in ("employee", "department", "aliases"):
            if may_run(texts.get(name, "")):
                code, what = FORMULA
                self._wrong(line, code, what.format(name=name), NO_FORMULA)
        word = texts.get("contract", "")
        contract = _contracts().get(folded(word), "")
        if word and not contract:
            shown = quoted(word, CONTRACTS, "what stands here")
            what = f"{shown} is not a kind of contract"
            fix = f"{did_you_mean(word, CONTRACTS)}Known: {', '.join(CONTRACTS)}."
            self._wrong(line, "roster-contract", what, fix)
        return Person(
            line,
            hotel,
            employee,
            texts.get("department", "").lower(),
            contract,
            self._fte(line, texts.get("fte", "")),
            self._date(line, "joined", cells),
            self._date(line, "left", cells),
            " ".join(texts.get("aliases", "").split()),
        )

    def _fte(self, line: int, text: str) -> str:
        """Give per cent; a spreadsheet does not tell 1 from 1.0, so both are full-time."""
        percent = full_time_percent(text, one_is_full=True)
        if percent is None:
            self._wrong(line, "roster-fte", *NO_SHARE)
        return str(percent) if text else ""

    def _date(self, line: int, name: str, cells: Mapping[str, list[object]]) -> str:
        [value] = cells.get(name) or [None]
        if value is None or value == "":
            return ""
        if isinstance(value, datetime.datetime | datetime.date):
            return value.isoformat()[:10]
        try:
            utc = zoneinfo.ZoneInfo("UTC")
            return to_moment(value, self.orders.get(name), utc, _FAR, OLDEST)[:10]
        except NoDate:
            what = f"{name}: this is not a date"
            fix = "Write it as 2026-11-21: year, month, day."
            self._wrong(line, "roster-date", what, fix)
            return ""

    def _wrong(self, line: int, code: str, what: str, fix: str) -> None:
        self._problems.append(Problem(self._table.source, line, 0, code, what, fix))


OLDEST = datetime.datetime(1940, 1, 1)
"""People may have been hired long before the course was there."""


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
