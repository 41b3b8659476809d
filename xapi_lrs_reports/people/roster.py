"""roster.csv -> who works where, as pseudonyms, or every problem at once.

The employee id is pseudonymised on reading with the chain's salt and never kept or printed
(docs/contracts.md sections 2 and 6).
"""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from programme.contracts import Contract
from programme.files import is_there
from programme.problems import Problem
from programme.pseudonym import ANONYMOUS, pseudonym
from xapi_lrs_reports.csv_table import Table, did_you_mean, open_table, quoted
from xapi_lrs_reports.hotel_register.hotels import Hotel
from xapi_lrs_reports.people.aliases import Alias, Claim, resolve_aliases

COLUMNS = {
    "hotel": True,
    "employee": True,
    "department": False,
    "contract": False,
    "fte": False,
    "joined": False,
    "left": False,
    "aliases": False,
}
CONTRACTS: tuple[str, ...] = typing.get_args(Contract)
FULL_TIME = 100
NO_SHARE = (
    "fte: this is not a share of a full-time job",
    "Write per cent from 1 to 100, such as 60.",
)
_FTE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,16})?) ?%?")
ALWAYS, NEVER = "0001-01-01", "9999-12-31"


class Employment(msgspec.Struct, gc=False, frozen=True):
    """One person at one hotel. Dates are ISO; `left_on` is the first day no longer there.

    `learner` is `<chain>/<pseudonym>`, or `<chain>/anonymous/<line>` where the id names nobody:
    counted in the base, never matched. `fte` is per cent of a full-time job.
    """

    hotel: str
    learner: str
    department: str
    contract: str
    joined: str
    left_on: str
    fte: int = FULL_TIME


@dataclass
class Roster:
    """The rows of a roster, the other ids of its people, and warnings about them."""

    rows: Sequence[Employment] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)


def read_roster(path: Path, hotels: Mapping[str, Hotel], salts: Mapping[str, str]) -> Roster:
    """Read a roster; `salts` maps chains to their salt. No file: no rows. Raises InputError."""
    if not is_there(path):
        return Roster()
    table = open_table(path, COLUMNS)
    reader = _Reader(table, hotels, salts)
    rows = [reader.employment(line, row) for line, row in table.rows()]
    table.finish()
    reader.warn_of_anonymous()
    reader.warn_of_repeated(rows)
    aliases = resolve_aliases(table, reader.claims, {one.learner for one in rows})
    return Roster(rows, table.warnings, aliases)


def full_time_percent(text: str, *, one_is_full: bool = False) -> int | None:
    """Read a share of a full-time job: 60, 60 % or 0.6; empty is full-time, None is no share.

    A number up to 1 is a fraction if it has a point; `one_is_full`: without one, too.
    """
    if not text:
        return FULL_TIME
    match = _FTE.fullmatch(text.replace(",", "."))
    if match is None:
        return None
    number = float(match[1])
    is_fraction = number <= 1 and (one_is_full or "." in match[1])
    percent = round(number * 100 if is_fraction else number)
    return percent if 1 <= percent <= FULL_TIME else None


class _Reader:
    """Reads rows; remembers what is worth one warning in the end."""

    def __init__(self, table: Table, hotels: Mapping[str, Hotel], salts: Mapping[str, str]) -> None:
        self._table = table
        self._hotels = hotels
        self._salts = salts
        self._lines: list[int] = []
        self._anonymous: list[int] = []
        self.claims: list[Claim] = []

    def employment(self, line: int, row: list[str]) -> Employment:
        """Make one row; what is wrong with it is noted in the table."""
        name, employee, department, contract, fte, joined, left, aliases = row
        self._lines.append(line)
        hotel = self._hotels.get(name)
        if hotel is None:
            what = "the hotel is missing"
            if name:
                what = f"{quoted(name, self._hotels, 'the hotel of this row')} is not in hotels.csv"
            fix = f"{did_you_mean(name, self._hotels)}Add it there, or correct it."
            self._table.wrong(line, "roster-hotel", what, fix, at="hotel")
        if contract and contract not in CONTRACTS:
            what = f"{quoted(contract, CONTRACTS, 'what stands here')} is not a kind of contract"
            fix = f"{did_you_mean(contract, CONTRACTS)}Known: {', '.join(CONTRACTS)}."
            self._table.wrong(line, "roster-contract", what, fix, at="contract")
        start = self._table.date(line, "joined", joined) or ALWAYS
        end = self._table.date(line, "left", left) or NEVER
        if end <= start:
            what = f"left ({end}) is not after joined ({start}), so this row never counts"
            self._table.odd(
                line, "roster-dates", what, "Correct the date that is wrong.", at="left"
            )
        chain = hotel.chain if hotel else ""
        learner = self._learner(line, employee, chain)
        salt = self._salts.get(chain, chain)
        self.claims += [Claim(line, one, chain, salt, learner) for one in aliases.split()]
        return Employment(
            hotel=name,
            learner=learner,
            department=department.lower() or "unknown",
            contract=contract or "permanent",
            joined=start,
            left_on=end,
            fte=self._fte(line, fte),
        )

    def _fte(self, line: int, text: str) -> int:
        percent = full_time_percent(text)
        if percent is None:
            self._table.wrong(line, "roster-fte", *NO_SHARE, at="fte")
            return FULL_TIME
        return percent

    def _learner(self, line: int, employee: str, chain: str) -> str:
        if not employee:
            what = "the employee's id is missing"
            fix = "Write the id that the LMS uses for this person, or remove the row."
            self._table.wrong(line, "roster-employee", what, fix, at="employee")
            return ""
        name = pseudonym(employee, self._salts.get(chain, chain))
        if name == ANONYMOUS:
            self._anonymous.append(line)
            return f"{chain}/{name}/{line}"
        return f"{chain}/{name}"

    def warn_of_anonymous(self) -> None:
        """Warn once of the ids that name nobody in particular."""
        if self._anonymous:
            number = len(self._anonymous)
            what = f"{_rows(number)} from here on: an id that several people may share"
            fix = "Such people are in the base but can never be matched; write their LMS ids."
            self._table.odd(self._anonymous[0], "roster-anonymous", what, fix, at="employee")

    def warn_of_repeated(self, rows: list[Employment]) -> None:
        """Warn once of people who stand in a hotel twice at the same time; they count once."""
        if len({(row.hotel, row.learner) for row in rows}) == len(rows):
            return
        seen: dict[tuple[str, str], list[Employment]] = {}
        repeated = []
        for line, row in zip(self._lines, rows, strict=True):
            before = seen.setdefault((row.hotel, row.learner), [])
            if any(one.joined < row.left_on and row.joined < one.left_on for one in before):
                repeated.append(line)
            before.append(row)
        if repeated:
            what = f"{_rows(len(repeated))} from here on: this person stands in the hotel already"
            fix = "Each person is counted once; keep one row, or close the earlier one with left."
            self._table.odd(repeated[0], "roster-repeated", what, fix, at="employee")


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"
