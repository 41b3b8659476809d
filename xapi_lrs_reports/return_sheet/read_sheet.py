"""The workbook -> ReturnSheet: typed rows of Headcount, Roster and Codes, or every problem."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from programme.problems import InputError, Problem
from programme.pseudonym import ANONYMOUS, pseudonym
from xapi_lrs_reports.csv_table import did_you_mean, quoted
from xapi_lrs_reports.hotel_register.hotels import Hotel
from xapi_lrs_reports.people.roster import CONTRACTS
from xapi_lrs_reports.return_sheet.cells import Complaints, SheetRow
from xapi_lrs_reports.sources.workbook import Row, read_workbook

MAX_HEADCOUNT = 20_000
SHEETS: Mapping[str, tuple[str, ...]] = {
    "Headcount": ("hotel", "headcount", "declared_by", "declared_on"),
    "Roster": ("hotel", "employee", "department", "contract", "joined", "left"),
    "Codes": ("hotel", "code"),
}
"""Sheet -> the columns that are read; the first two have to be there."""

_HEADER_ROWS = 10
_RESTORE = "Take the return sheet that the programme sent, and copy the rows into it."


@dataclass(frozen=True)
class Declared:
    """The number of a hotel's employees, as somebody declared it on a day."""

    hotel: str
    headcount: int
    declared_by: str
    declared_on: datetime.date


@dataclass(frozen=True)
class RosterRow:
    """One row of the roster; "" where HR wrote nothing. Dates are ISO."""

    row: int
    hotel: str
    employee: str
    department: str
    contract: str
    joined: str
    left: str


@dataclass(frozen=True)
class CodeRow:
    """One completion code as it was typed; `cell` is its place, such as `Codes!B3`."""

    row: int
    cell: str
    hotel: str
    code: str


@dataclass(frozen=True)
class ReturnSheet:
    """What HR sent back. `chain` is that of its hotels, "" for a sheet without a row."""

    source: str
    chain: str
    headcounts: list[Declared]
    roster: list[RosterRow]
    codes: list[CodeRow]


def read_return_sheet(
    path: Path,
    source: str,
    hotels: Mapping[str, Hotel],
    today: datetime.date,
    chain: str | None = None,
) -> ReturnSheet:
    """Read a return sheet; `chain` is the one that sent it, if that is known. Raises InputError."""
    book = read_workbook(path, source)
    sheets = {name.strip().casefold(): (name, rows) for name, rows in book.items()}
    complaints = Complaints(source)
    found = {name: sheets[name.casefold()] for name in SHEETS if name.casefold() in sheets}
    if not found:
        names = ", ".join(f'"{name[:30]}"' for name in list(book)[:5]) or "no sheet"
        what = f"this spreadsheet is no return sheet (found: {names})"
        fix = "A return sheet has the sheets Headcount, Roster and Codes. " + _RESTORE
        raise InputError([Problem(source, 0, 0, "sheet-unknown", what, fix)])
    rows = {name: list(_data(name, *given, complaints)) for name, given in found.items()}
    reader = _Reader(hotels, today, chain)
    sheet = ReturnSheet(
        source=source,
        chain="",
        headcounts=list(reader.headcounts(rows.get("Headcount", []))),
        roster=list(reader.roster(rows.get("Roster", []))),
        codes=list(reader.codes(rows.get("Codes", []))),
    )
    complaints.finish()
    return ReturnSheet(source, reader.chain or "", sheet.headcounts, sheet.roster, sheet.codes)


def _data(sheet: str, title: str, rows: list[Row], complaints: Complaints) -> Iterator[SheetRow]:
    """Yield the rows below the one that holds the names of the columns."""
    columns = SHEETS[sheet]
    position, names = _header(rows, columns)
    if not names:
        if rows:
            what = f"no row holds the names of the columns ({', '.join(columns)})"
            complaints.add(title, "A2", "sheet-header", what, _RESTORE)
        return
    places = {name: names.index(name) for name in columns if name in names}
    for number, cells in rows[position + 1 :]:
        row = {name: cells[place] for name, place in places.items() if place < len(cells)}
        found = SheetRow(title, number, row, complaints)
        if not found.is_blank(*columns):
            yield found


def _header(rows: list[Row], columns: tuple[str, ...]) -> tuple[int, list[str]]:
    """Give the place of the row with the names, and the names; none if there is no such row."""
    for position, (_, cells) in enumerate(rows[:_HEADER_ROWS]):
        names = [str(cell.value or "").strip().casefold() for cell in cells]
        if set(columns[:2]) <= set(names):
            return position, names
    return 0, []


class _Reader:
    """Reads rows; remembers the chain, and what stood in them before."""

    def __init__(
        self, hotels: Mapping[str, Hotel], today: datetime.date, chain: str | None
    ) -> None:
        self._hotels = hotels
        self._today = today
        self.chain = chain

    def headcounts(self, rows: Iterable[SheetRow]) -> Iterator[Declared]:
        seen: dict[tuple[str, datetime.date], int] = {}
        for row in rows:
            if row.is_blank("headcount", "declared_by", "declared_on"):
                continue  # noroom fills in the hotels; HR leaves those that it cannot tell of
            hotel, number = self._hotel(row), row.whole("headcount", 1, MAX_HEADCOUNT)
            by, day = row.text("declared_by"), row.date("declared_on")
            for column, value in (("headcount", number), ("declared_by", by), ("declared_on", day)):
                if not value and row.is_blank(column):
                    what = f"{column} is missing"
                    fix = "Write the number of employees, who declares it, and the date."
                    row.wrong(column, "sheet-missing", what, fix)
            if day and day > self._today:
                what = "declared_on lies in the future"
                row.wrong("declared_on", "sheet-date", what, "Write the day of the declaration.")
            elif hotel and number and by and day:
                if seen.setdefault((hotel, day), number) != number:
                    what = "this hotel has two headcounts of one day"
                    row.wrong("headcount", "sheet-repeated", what, "Keep the right one.")
                yield Declared(hotel, number, by, day)

    def roster(self, rows: Iterable[SheetRow]) -> Iterator[RosterRow]:
        seen: dict[tuple[str, str], list[RosterRow]] = {}
        for row in rows:
            if row.is_blank("employee", "department", "contract", "joined", "left"):
                continue
            hotel, employee = self._hotel(row), row.text("employee")
            if row.is_blank("employee") or (employee and pseudonym(employee, "") == ANONYMOUS):
                what = "the LMS login is missing, too short, or one that several people share"
                fix = "Write the login that the LMS uses for this one person, or remove the row."
                row.wrong("employee", "sheet-employee", what, fix)
            contract = row.text("contract").lower()
            if contract and contract not in CONTRACTS:
                what, known = "this is not a kind of contract", ", ".join(CONTRACTS)
                fix = f"{did_you_mean(contract, CONTRACTS)}Known: {known}."
                row.wrong("contract", "sheet-contract", what, fix)
            joined, left = row.date("joined"), row.date("left")
            if joined and left and left <= joined:
                what = "left is not after joined"
                row.wrong("left", "sheet-date", what, "Correct the date that is wrong.")
            made = RosterRow(
                row.number,
                hotel,
                employee,
                row.text("department"),
                contract,
                _iso(joined),
                _iso(left),
            )
            who = pseudonym(employee, "")
            earlier = [] if who == ANONYMOUS else seen.setdefault((hotel, who), [])
            other = next((one for one in earlier if _contradict(one, made)), None)
            if other:
                what = f"row {other.row} says something else of this person on the same days"
                fix = "Keep the right one, or give each time at the hotel its own dates."
                row.wrong("employee", "sheet-repeated", what, fix)
            earlier.append(made)
            yield made

    def codes(self, rows: Iterable[SheetRow]) -> Iterator[CodeRow]:
        for row in rows:
            if not row.is_blank("code"):
                cell = f"{row.sheet}!{row.cells['code'].name}"
                yield CodeRow(row.number, cell, self._hotel(row), row.text("code"))

    def _hotel(self, row: SheetRow) -> str:
        """Give the hotel's id; "" if it is wrong, which is noted."""
        name = row.text("hotel")
        hotel = self._hotels.get(name)
        if hotel is None:
            shown = quoted(name, self._hotels, "the hotel of this row") + " is not in hotels.csv"
            shown = shown if name else "the hotel is missing"
            fix = f"{did_you_mean(name, self._hotels)}Write its id as on the sheet Headcount."
            row.wrong("hotel", "sheet-hotel", shown, fix)
            return ""
        self.chain = self.chain or hotel.chain
        if hotel.chain != self.chain:
            what = f"a hotel of the chain {hotel.chain} in a sheet of the chain {self.chain}"
            fix = "A chain reports on its own hotels; ask who sent the sheet, or remove the row."
            row.wrong("hotel", "sheet-chain", what, fix)
        return name


def _contradict(one: RosterRow, other: RosterRow) -> bool:
    """Tell whether two rows of one person say different things of one day at the hotel."""
    if (one.department, one.contract, one.joined, one.left) == (
        *(other.department, other.contract, other.joined, other.left),
    ):
        return False
    return _ends_after(one, other) and _ends_after(other, one)


def _ends_after(one: RosterRow, other: RosterRow) -> bool:
    return not one.left or not other.joined or one.left > other.joined


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
