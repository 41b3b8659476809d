"""The register on one day: which hotels there are, under which names, with whose people.

A closed hotel is out. One that is closed for the season is judged as on its last open day. One that
was merged is out, and its people, codes, headcount and statements are the other's.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from xapi_lrs_reports.hotel_register.events import Event
from xapi_lrs_reports.hotel_register.headcounts import Headcount, declared_headcounts
from xapi_lrs_reports.hotel_register.hotels import Hotel
from xapi_lrs_reports.people.hotel_codes.register import IssuedCode
from xapi_lrs_reports.people.kept_rows import begins_of, rows_of, with_others
from xapi_lrs_reports.people.roster import ALWAYS, NEVER, Employment


@dataclass(frozen=True)
class Listed:
    """Somebody of a roster whose hotel was merged with one that has none.

    The hotel goes by a number then, and they count there wherever they completed the course;
    `reason` says why they do not (`contract`, `left`, `not_yet`), and is empty if they do.
    """

    hotel: str
    learner: str
    reason: str


@dataclass(frozen=True)
class Register:
    """What the rule reads of hotels and people on one day; `merged`: hotel -> the one it is now."""

    hotels: dict[str, Hotel]
    roster: Sequence[Employment]
    issued: Sequence[IssuedCode]
    merged: dict[str, str]
    listed: Sequence[Listed] = ()


def register_on(
    day: datetime.date,
    hotels: Mapping[str, Hotel],
    events: Sequence[Event],
    roster: Sequence[Employment],
    issued: Sequence[IssuedCode],
    declared: list[Headcount],
    in_base: Collection[str],
) -> Register:
    """Give the register of a day; `in_base` are the contracts that count."""
    known = declared_headcounts(hotels, declared, day)
    waiting = _waiting(roster, day.isoformat())
    if not events:
        return Register(known, with_others(roster, waiting, []), issued, {})
    last = {one.hotel: one for one in events if one.kind != "renamed" and one.on <= day}
    asleep = {name: one for name, one in last.items() if _is_season(one, day)}
    gone = {name for name, one in last.items() if one.kind == "closed" and one.until is None}
    merged = _merged({name: one.value for name, one in last.items() if one.kind == "merged"})
    eves = {}
    for name, closure in asleep.items():
        eve = _last_open_day(closure, events)
        then = declared_headcounts({name: hotels[name]}, _of(name, declared), eve)[name]
        known[name] = replace(then, closed_until=closure.until)
        eves[name] = eve.isoformat()
    touched = {*asleep, *gone, *merged, *merged.values()}
    people = rows_of(roster, touched - waiting)
    people = [_awake(row, eves[row.hotel]) if row.hotel in eves else row for row in people]
    mergers = [(last[name].on, name, into) for name, into in merged.items()]
    people, listed = _together(day, known, people, declared, sorted(mergers), in_base)
    out = gone | merged.keys()
    return Register(
        hotels={
            name: replace(hotel, name=name_on(day, hotel, events))
            for name, hotel in known.items()
            if name not in out
        },
        roster=with_others(
            roster, touched | waiting, [row for row in people if row.hotel not in gone]
        ),
        issued=[
            msgspec.structs.replace(one, hotel=merged.get(one.hotel, one.hotel))
            for one in issued
            if merged.get(one.hotel, one.hotel) not in gone
        ],
        merged=merged,
        listed=listed,
    )


def _waiting(roster: Sequence[Employment], day: str) -> set[str]:
    """Give the hotels whose roster begins later: until then they go by the declared headcount."""
    return {hotel for hotel, first in begins_of(roster).items() if first > day}


def name_on(day: datetime.date, hotel: Hotel, events: Sequence[Event]) -> str:
    """Give the name of a day: that until the next change of it; else that of hotels.csv."""
    later = (one.value for one in events
             if one.kind == "renamed" and one.hotel == hotel.hotel and one.on > day)  # fmt: skip
    return next(later, hotel.name)


def state_on(
    day: datetime.date, hotel: str, events: Sequence[Event]
) -> tuple[str, datetime.date | None, str]:
    """Give `open`, `season`, `closed` or `merged`, until when, and into which hotel."""
    last = {one.hotel: one for one in events if one.kind != "renamed" and one.on <= day}.get(hotel)
    if last is None or last.kind == "reopened":
        return "open", None, ""
    if last.kind == "merged":
        return "merged", None, last.value
    if last.until is None:
        return "closed", None, ""
    return ("season", last.until, "") if day < last.until else ("open", None, "")


def _is_season(event: Event, day: datetime.date) -> bool:
    return event.kind == "closed" and event.until is not None and day < event.until


def _last_open_day(closure: Event, events: Sequence[Event]) -> datetime.date:
    """Give the day before a closure, or before the one that it makes longer."""
    eve = closure.on - datetime.timedelta(days=1)
    own = [one for one in events if one.hotel == closure.hotel and one.kind != "renamed"]
    before = [one for one in own if one.on <= eve]
    if before and _is_season(before[-1], eve):
        return _last_open_day(before[-1], events)
    return eve


def _of(hotel: str, declared: list[Headcount]) -> list[Headcount]:
    return [one for one in declared if one.hotel == hotel]


def _merged(direct: dict[str, str]) -> dict[str, str]:
    """Follow mergers to their end; hotels merged in a circle stay what they were."""
    found = {}
    for name, following in direct.items():
        seen, into = {name}, following
        while into in direct and into not in seen:
            seen.add(into)
            into = direct[into]
        if into not in seen:
            found[name] = into
    return found


def _awake(row: Employment, eve: str) -> Employment:
    """Give a row of a hotel that sleeps, as if the last open day lasted on."""
    if row.joined > eve:
        return msgspec.structs.replace(row, joined=NEVER, left_on=NEVER)
    if row.left_on > eve:
        return msgspec.structs.replace(row, joined=ALWAYS, left_on=NEVER)
    return row


def _together(
    day: datetime.date,
    known: dict[str, Hotel],
    people: list[Employment],
    declared: list[Headcount],
    mergers: Sequence[tuple[datetime.date, str, str]],
    in_base: Collection[str],
) -> tuple[list[Employment], list[Listed]]:
    """Bring people and headcounts of merged hotels together, in `known` and in the answer.

    Two rosters become one. Where one hotel has a roster and the other a headcount, the roster alone
    would be too small a base: its number is added to the declared one, and its people are listed.
    """
    groups: dict[str, list[str]] = {}
    for _, name, into in mergers:
        groups.setdefault(into, [into]).append(name)
    rostered = {row.hotel for row in people}
    listed: list[Listed] = []
    for into, names in groups.items():
        since = max(on for on, _, other in mergers if other == into)
        newest = [one for one in _of(into, declared) if since <= one.declared_on <= day]
        counts = [known[name].headcount for name in names]
        if rostered & set(names) and not set(names) <= rostered:
            own = _listed(into, [row for row in people if row.hotel in names], day, in_base)
            people = [row for row in people if row.hotel not in names]
            counts = [known[name].headcount for name in names if name not in rostered]
            counts.append(sum(not one.reason for one in own))
            listed += own
        if not newest:
            total = None if None in counts else sum(count or 0 for count in counts)
            known[into] = replace(known[into], headcount=total, declared_on=None)
        people = [
            msgspec.structs.replace(row, hotel=into) if row.hotel in names else row
            for row in people
        ]
    return people, listed


def _listed(
    hotel: str, rows: Sequence[Employment], day: datetime.date, in_base: Collection[str]
) -> list[Listed]:
    """Give the people of these rows, each once, for the hotel that theirs are now."""
    text = day.isoformat()
    reasons: dict[str, set[str]] = {}
    for row in rows:
        reason = "not_yet" if row.joined > text else "left" if row.left_on <= text else "contract"
        if reason == "contract" and row.contract in in_base:
            reason = ""
        reasons.setdefault(row.learner, set()).add(reason)
    # Whoever is hired twice is what says most, as in certification.sql.
    by_weight = ("", "contract", "left", "not_yet")
    return [
        Listed(hotel, learner, min(found, key=by_weight.index))
        for learner, found in reasons.items()
    ]
