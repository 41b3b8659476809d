"""What `noroom hotel add|rename|merge|close|reopen|headcount|import` write, or why not.

Everything is checked as it would be read before anything is put into its place; the same command
again repairs what a crash left undone.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from programme.atomic import write_or_refuse
from programme.directory import ProgrammeDirectory
from programme.files import is_there
from programme.problems import InputError, Problem
from programme.temporary import DRAFT, temporary_folder
from xapi_lrs_reports.alone import alone
from xapi_lrs_reports.csv_edit import CsvEdit
from xapi_lrs_reports.csv_table import did_you_mean
from xapi_lrs_reports.hotel_register.as_of import state_on
from xapi_lrs_reports.hotel_register.events import COLUMNS as EVENT_COLUMNS
from xapi_lrs_reports.hotel_register.events import FILE as EVENTS
from xapi_lrs_reports.hotel_register.events import Event, read_events
from xapi_lrs_reports.hotel_register.headcounts import COLUMNS as HEADCOUNT_COLUMNS
from xapi_lrs_reports.hotel_register.headcounts import FILE as HEADCOUNTS
from xapi_lrs_reports.hotel_register.headcounts import read_headcounts
from xapi_lrs_reports.hotel_register.hotels import COLUMNS as HOTEL_COLUMNS
from xapi_lrs_reports.hotel_register.hotels import Hotel, read_hotels

HOTELS = "hotels.csv"
_CURE = "Make it writable, or make room, then run the command again."


@dataclass(frozen=True)
class NewHotel:
    """A hotel that somebody adds; "" where nothing was said."""

    hotel: str
    name: str
    chain: str
    language: str = ""
    joined: str = ""
    country: str = ""


class Change:
    """The three files, open for editing; `write` puts them into their place, or changes nothing."""

    def __init__(self, programme: ProgrammeDirectory) -> None:
        self._programme = programme
        self._home = programme.path
        self.hotels, self.events = _read(programme, programme.path)
        files = {HOTELS: HOTEL_COLUMNS, EVENTS: EVENT_COLUMNS, HEADCOUNTS: HEADCOUNT_COLUMNS}
        self._files = {name: CsvEdit(self._home / name, list(columns))
                       for name, columns in files.items()}  # fmt: skip
        self._changed: set[str] = set()

    def require(self, hotel: str) -> Hotel:
        """Give a hotel; raises InputError with the nearest ids."""
        if hotel not in self.hotels:
            what = f'"{hotel[:64]}" is not a hotel of this programme'
            fix = f"{did_you_mean(hotel, self.hotels)}{HOTELS} lists them."
            place = str(self._home / HOTELS)
            raise InputError([Problem(place, 0, 0, "hotel-unknown", what, fix)])
        return self.hotels[hotel]

    def add(self, new: NewHotel) -> None:
        """Add a hotel."""
        self._append(HOTELS, dict(vars(new)))

    def declare(self, hotel: str, headcount: int, by: str, on: datetime.date) -> None:
        """Note a declared headcount."""
        row = {"headcount": str(headcount), "declared_by": by, "declared_on": on.isoformat()}
        self._append(HEADCOUNTS, {"hotel": hotel, **row})

    def rename(self, hotel: str, name: str, on: datetime.date, by: str) -> bool:
        """Give a hotel another name from a day on; False if it has it already.

        The names stand in the order of their days, so an earlier day than the newest is refused.
        """
        old = self.require(hotel).name
        if old == name:
            return False
        days = [one.on for one in self.events if one.kind == "renamed" and one.hotel == hotel]
        if days and max(days) > on:
            what = f"{hotel} got its present name on {max(days)}, after {on}"
            raise _refusal(what, "Name a day after that, or correct the rows of renamed by hand.")
        for number, values in self._files[HOTELS].rows():
            if values["hotel"] == hotel:
                self._files[HOTELS].change(number, {"name": name})
        self._changed.add(HOTELS)
        self._event(hotel, on, "renamed", old, None, by)
        return True

    def close(
        self, hotel: str, on: datetime.date, until: datetime.date | None, by: str
    ) -> None:  # fmt: skip
        """Close a hotel for good, or until a day."""
        self._require_open(hotel, on)
        self._event(hotel, on, "closed", "", until, by)

    def reopen(self, hotel: str, on: datetime.date, by: str) -> None:
        """End a closure or a merger."""
        self.require(hotel)
        if state_on(on, hotel, self.events)[0] == "open":
            raise _refusal(f"{hotel} is open on {on}", "There is nothing to take back.")
        self._event(hotel, on, "reopened", "", None, by)

    def merge(self, hotel: str, into: str, on: datetime.date, by: str) -> None:
        """Make a hotel a part of another one of its chain."""
        self._require_open(hotel, on)
        self.require(into)
        self._require_open(into, on)
        self._event(hotel, on, "merged", into, None, by)

    def write(self) -> None:
        """Put the files into their place if all of them can be read; raises InputError."""
        with temporary_folder(DRAFT, self._home) as draft:
            for name in (HOTELS, EVENTS, HEADCOUNTS):
                if name in self._changed or is_there(self._home / name):
                    (draft / name).write_bytes(self._files[name].render())
            try:
                _read(self._programme, draft)
            except InputError as error:
                raise InputError(_at_home(one) for one in error.problems) from None
        for name in (EVENTS, HEADCOUNTS, HOTELS):
            if name in self._changed:
                write_or_refuse(self._home / name, self._files[name].render(), _CURE)

    def _event(
        self,
        hotel: str,
        on: datetime.date,
        kind: str,
        value: str,
        until: datetime.date | None,
        by: str,
    ) -> None:
        end = until.isoformat() if until else ""
        row = {"hotel": hotel, "on": on.isoformat(), "event": kind, "value": value, "until": end}
        self._append(EVENTS, {**row, "noted_by": by})

    def _append(self, file: str, values: dict[str, str]) -> None:
        self._files[file].append(values)
        self._changed.add(file)

    def _require_open(self, hotel: str, on: datetime.date) -> None:
        self.require(hotel)
        state, _, into = state_on(on, hotel, self.events)
        if state in ("closed", "merged"):
            what = f"{hotel} is {state} on {on}" + (f" into {into}" if into else "")
            raise _refusal(what, f"If that was wrong: noroom hotel reopen {hotel}.")


@contextlib.contextmanager
def changing(programme: ProgrammeDirectory) -> Iterator[Change]:
    """Open the files, and write them when the block has ended well; one command at a time."""
    with alone(programme, "hotels-busy", "changing hotels or codes", programme.path / HOTELS):
        change = Change(programme)
        yield change
        change.write()


def _read(programme: ProgrammeDirectory, folder: Path) -> tuple[dict[str, Hotel], list[Event]]:
    path = folder / HOTELS
    hotels: dict[str, Hotel] = {}
    if path.exists():
        hotels, _ = read_hotels(path, programme.chains, programme.settings.language)
    read_headcounts(folder / HEADCOUNTS, hotels)
    return hotels, read_events(folder / EVENTS, hotels)


def _at_home(problem: Problem) -> Problem:
    """Name the file and not the draft of it."""
    name = Path(problem.file).name
    return Problem(name, problem.line, 0, problem.code, problem.what, problem.fix)


def _refusal(what: str, fix: str) -> InputError:
    return InputError([Problem(EVENTS, 0, 0, "hotel-state", what, fix)])
