"""People of a file against roster.csv: who joined, left, moved, or has other details.

Nothing that held before the day is changed, so that any past day's answer can be had again: who
leaves gets a date, not before the day; who has another contract, a second row. Other ids are only
added: completions may have come under those of before.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from programme.pseudonym import normalise_learner_id
from xapi_lrs_reports.csv_edit import CsvEdit
from xapi_lrs_reports.hotel_register.hotels import Hotel
from xapi_lrs_reports.people.roster import FULL_TIME, full_time_percent
from xapi_lrs_reports.people.roster_import.read import Person

_NAMES = ("department", "contract", "fte", "joined", "left", "aliases")
_DEFAULTS = {"department": "unknown", "contract": "permanent", "fte": str(FULL_TIME)}


@dataclass
class Period:
    """One row of roster.csv: its number, and its values."""

    number: int
    values: dict[str, str]

    def has(self, day: str) -> bool:
        """Tell whether the person works there on a day."""
        return self.values.get("joined", "") <= day and not self.is_over(day)

    def is_over(self, day: str) -> bool:
        """Tell whether the person has left by a day."""
        left = self.values.get("left", "")
        return bool(left) and left <= day


@dataclass
class HotelChanges:
    """What changes at one hotel; numbers of people. `missing`: not in the file, and kept."""

    before: int = 0
    joined: int = 0
    left: int = 0
    moved_here: int = 0
    moved_away: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: int = 0


@dataclass
class Changes:
    """What changes, by hotel, and how many people of each kind of contract the file has."""

    hotels: dict[str, HotelChanges] = field(default_factory=dict)
    contracts: Counter[str] = field(default_factory=Counter)
    without_zeros: list[int] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Give the number of changes."""
        return sum(one.joined + one.left + one.moved_here + one.moved_away + one.changed
                   for one in self.hotels.values())  # fmt: skip

    def as_json(self) -> dict[str, object]:
        """Give the numbers by hotel and by contract."""
        hotels = {name: dict(vars(one)) for name, one in sorted(self.hotels.items())}
        return {"hotels": hotels, "contracts": dict(sorted(self.contracts.items()))}


def compare(
    file: CsvEdit,
    people: Sequence[Person],
    hotels: Mapping[str, Hotel],
    chain: str,
    on: datetime.date,
    *,
    is_complete: bool,
) -> Changes:
    """Put the people into the file that is open for editing, and tell what changes from `on`.

    `is_complete`: whoever works at a hotel of the file and is not in it has left.
    """
    return _Comparison(file, hotels, chain, on).run(people, is_complete=is_complete)


class _Comparison:
    """Walks through the people once, then through who is left over."""

    def __init__(
        self, file: CsvEdit, hotels: Mapping[str, Hotel], chain: str, on: datetime.date
    ) -> None:
        self._file = file
        self._day = on.isoformat()
        self._known: dict[tuple[str, str], list[Period]] = {}
        for number, values in file.rows():
            hotel = hotels.get(values.get("hotel", ""))
            if hotel is not None and hotel.chain == chain:
                key = (hotel.hotel, normalise_learner_id(values.get("employee", "")))
                self._known.setdefault(key, []).append(Period(number, values))
        self._stripped = {who.lstrip("0"): who for _, who in self._known if who.isdigit()}
        self._joined: dict[str, set[str]] = {}
        self._left: dict[str, set[str]] = {}
        self._found = Changes()

    def run(self, people: Sequence[Person], *, is_complete: bool) -> Changes:
        """Compare everybody."""
        present: dict[str, set[str]] = {}
        for person in people:
            self._found.hotels.setdefault(person.hotel, HotelChanges())
            present.setdefault(person.hotel, set()).add(normalise_learner_id(person.employee))
        for (hotel, _), periods in self._known.items():
            if hotel in present and any(one.has(self._day) for one in periods):
                self._found.hotels[hotel].before += 1
        for person in people:
            self._take(person)
        for (hotel, who), periods in list(self._known.items()):
            if hotel in present and who not in present[hotel]:
                self._leave_out(hotel, who, periods, is_complete=is_complete)
        self._tell_who_moved()
        return self._found

    def _take(self, person: Person) -> None:
        who = normalise_learner_id(person.employee)
        periods = self._known.setdefault((person.hotel, who), [])
        if not periods and who.isdigit() and self._stripped.get(who.lstrip("0"), who) != who:
            self._found.without_zeros.append(person.line)
        self._found.contracts[person.contract or "permanent"] += 1
        active = [one for one in periods if not one.is_over(self._day)]
        if active:
            now = [one for one in active if one.has(self._day)]
            self._update(person, who, [*active, *now][-1])
        elif person.left and person.left <= self._day:
            self._found.hotels[person.hotel].unchanged += 1  # left before anybody knew them here
        else:
            self._join(person, who, periods)

    def _join(self, person: Person, who: str, periods: list[Period]) -> None:
        """Add a row that begins no sooner than the day: what was answered before stays true."""
        joined = max(person.joined, self._day)
        values = {name: getattr(person, name) for name in _NAMES}
        values |= {"hotel": person.hotel, "employee": person.employee, "joined": joined}
        periods.append(Period(self._file.append(values), values))
        self._joined.setdefault(who, set()).add(person.hotel)

    def _update(self, person: Person, who: str, period: Period) -> None:
        changes = self._found.hotels[person.hotel]
        values = period.values
        said = {name: getattr(person, name) for name in _DEFAULTS}
        end = person.left and max(person.left, self._day, values.get("joined", ""))
        news = {"left": end, "aliases": _with_aliases(values.get("aliases", ""), person.aliases)}
        news = {name: new for name, new in news.items() if new and new != values.get(name, "")}
        other = {name: said[name] for name in _DEFAULTS
                 if said[name] and said[name] != _plain(name, values)}  # fmt: skip
        if "left" in news:
            self._left.setdefault(who, set()).add(person.hotel)
        if other and values.get("joined", "") < self._day:
            after = Period(0, {**values, **other, **news, "joined": self._day})
            self._set(period, {"left": self._day})
            if not after.is_over(self._day):
                after.number = self._file.append(after.values)
                self._known[person.hotel, who].append(after)
        elif news | other:
            self._set(period, {**other, **news})
        if (other or news) and "left" not in news:
            changes.changed += 1
        elif not news:
            changes.unchanged += 1

    def _set(self, period: Period, values: dict[str, str]) -> None:
        self._file.change(period.number, values)
        period.values.update(values)

    def _leave_out(
        self, hotel: str, who: str, periods: list[Period], *, is_complete: bool
    ) -> None:  # fmt: skip
        active = [one for one in periods if not one.is_over(self._day)]
        if not active:
            return
        if not is_complete:
            self._found.hotels[hotel].missing += 1
            return
        for period in active:
            joined = period.values.get("joined", "")
            self._set(period, {"left": max(self._day, joined)})
        self._left.setdefault(who, set()).add(hotel)

    def _tell_who_moved(self) -> None:
        for who, hotels in self._joined.items():
            for hotel in hotels:
                changes = self._found.hotels[hotel]
                is_move = bool(self._left.get(who, set()) - hotels)
                changes.moved_here += is_move
                changes.joined += not is_move
        for who, hotels in self._left.items():
            for hotel in hotels:
                changes = self._found.hotels[hotel]
                is_move = bool(self._joined.get(who, set()) - hotels)
                changes.moved_away += is_move
                changes.left += not is_move


def _with_aliases(known: str, said: str) -> str:
    """Give the ids of a row with those of a list that it lacks."""
    names = {normalise_learner_id(one) for one in known.split()}
    new = [one for one in said.split() if normalise_learner_id(one) not in names]
    return " ".join([known, *new]) if new else known


def _plain(name: str, values: Mapping[str, str]) -> str:
    """Give what a row says, in the way in which a list does."""
    text = values.get(name) or _DEFAULTS[name]
    return str(full_time_percent(text)) if name == "fte" else text.lower()
