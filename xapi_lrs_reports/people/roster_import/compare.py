"""People of a file against roster.csv: who joined, left, moved, or has other details.

Nothing that held before the day is changed, so that any past day's answer can be had again: who
leaves gets a date, who has another contract a second row.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from programme.pseudonym import normalise_learner_id
from xapi_lrs_reports.csv_edit import CsvEdit
from xapi_lrs_reports.hotel_register.hotels import Hotel
from xapi_lrs_reports.people.roster_import.read import Person

_NAMES = ("department", "contract", "joined", "left", "aliases")
_DEFAULTS = {"department": "unknown", "contract": "permanent"}


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
            self._update(person, who, active[-1])
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
        said = {name: getattr(person, name) for name in ("left", "aliases", *_DEFAULTS)}
        news = {name: said[name] for name in ("left", "aliases")
                if said[name] and said[name] != values.get(name, "")}  # fmt: skip
        other = {name: said[name] for name, usual in _DEFAULTS.items()
                 if said[name] and said[name] != (values.get(name) or usual).lower()}  # fmt: skip
        if "left" in news:
            self._left.setdefault(who, set()).add(person.hotel)
        began_before = values.get("joined", "") < self._day
        if other and "left" not in news and began_before:
            self._file.change(period.number, {"left": self._day})
            values["left"], after = self._day, {**values, **other, **news}
            after |= {"joined": self._day, "left": person.left}
            self._known[person.hotel, who].append(Period(self._file.append(after), after))
        elif news | other:
            self._file.change(period.number, {**other, **news})
            values.update({**other, **news})
        if (other or news) and "left" not in news:
            changes.changed += 1
        elif not news:
            changes.unchanged += 1

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
            left = max(self._day, joined)
            self._file.change(period.number, {"left": left})
            period.values["left"] = left
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
