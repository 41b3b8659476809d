"""Mergers within a year: whose numbers would give a hidden hotel back beside those of before.

A merged hotel is the sum of its parts. Where all of them were shown but one, which was hidden, the
one is the difference; the same where a merger was taken back (decision 0007).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from xapi_lrs_reports.hotel_register.as_of import state_on
from xapi_lrs_reports.hotel_register.events import Event
from xapi_lrs_reports.report.views import hidden_hotels
from xapi_lrs_reports.rule.decide import FOR_TREND, Decided, Gathered, decide_on

YEAR = datetime.timedelta(days=366)
"""After that, enough people have come and gone."""
_DAY = datetime.timedelta(days=1)


def telling_mergers(gathered: Gathered, decided: Decided, chain: str | None) -> frozenset[str]:
    """Give the hotels of a decision whose numbers must not stand beside those of before."""
    as_of = decided.report.as_of
    eves: dict[datetime.date, Decided] = {}
    found: set[str] = set()
    for event, into in _mergers(gathered.events, as_of):
        eve = event.on - _DAY
        if eve not in eves:
            eves[eve] = decide_on(gathered, eve, chain, only=FOR_TREND)
        before, after = (_hidden(one, {event.hotel, into}) for one in (eves[eve], decided))
        if before.keys() != after.keys() and sum([*before.values(), *after.values()]) == 1:
            found |= after.keys()
    return frozenset(found)


def _mergers(events: Sequence[Event], as_of: datetime.date) -> Iterator[tuple[Event, str]]:
    """Give the mergers of the last year, and those that ended in it, with the other hotel."""
    for event in events:
        if not as_of - YEAR < event.on <= as_of:
            continue
        if event.kind == "merged":
            yield event, event.value
        elif event.kind == "reopened":
            state, _, into = state_on(event.on - _DAY, event.hotel, events)
            if state == "merged":
                yield event, into


def _hidden(decided: Decided, parts: set[str]) -> Mapping[str, bool]:
    """Tell of the hotels with people that these are on the day whether they are hidden."""
    hotels = {one.hotel: one for one in decided.report.hotels}
    hidden = hidden_hotels(hotels.values())
    names = {decided.gone.get(name, name) for name in parts}
    return {name: name in hidden for name in names if name in hotels and hotels[name].headcount}
