"""`noroom hotel list`: the hotels as they are on a day, also those that are no longer there."""

from __future__ import annotations

import datetime

from programme.directory import ProgrammeDirectory, require_chains
from xapi_lrs_reports.hotel_register.as_of import name_on, state_on
from xapi_lrs_reports.hotel_register.events import FILE as EVENTS
from xapi_lrs_reports.hotel_register.events import read_events
from xapi_lrs_reports.hotel_register.headcounts import FILE as HEADCOUNTS
from xapi_lrs_reports.hotel_register.headcounts import declared_headcounts, read_headcounts
from xapi_lrs_reports.hotel_register.hotels import read_hotels
from xapi_lrs_reports.report.renderers.table import aligned, printable

_COLUMNS = ("Hotel", "Name", "Chain", "State", "Declared", "Joined")


def listed(
    programme: ProgrammeDirectory, day: datetime.date, chain: str | None
) -> list[dict[str, object]]:
    """Give a dict for each hotel of the chain (None: of all), by id. Raises InputError."""
    if chain is not None:
        require_chains(programme, [chain])
    home = programme.path
    hotels, _ = read_hotels(home / "hotels.csv", programme.chains, programme.settings.language)
    events = read_events(home / EVENTS, hotels)
    declared = read_headcounts(home / HEADCOUNTS, hotels)
    found: list[dict[str, object]] = []
    for name, hotel in declared_headcounts(hotels, declared, day).items():
        if chain not in (None, hotel.chain):
            continue
        state, until, into = state_on(day, name, events)
        if state == "open" and hotel.joined and hotel.joined > day:
            state = "not_joined_yet"
        found.append(
            {
                "hotel": name,
                "name": name_on(day, hotel, events),
                "chain": hotel.chain,
                "state": state,
                "until": until.isoformat() if until else None,
                "into": into or None,
                "headcount": hotel.headcount,
                "declared_on": hotel.declared_on.isoformat() if hotel.declared_on else None,
                "joined": hotel.joined.isoformat() if hotel.joined else None,
            }
        )
    return found


def list_text(hotels: list[dict[str, object]]) -> str:
    """Give the list as a table for people."""
    rows = [[printable(str(cell)) for cell in _row(hotel)] for hotel in hotels]
    return "\n".join(aligned(_COLUMNS, rows, frozenset([4]))) + "\n"


def _row(hotel: dict[str, object]) -> list[object]:
    state = str(hotel["state"]).replace("_", " ")
    if hotel["into"]:
        state = f"merged into {hotel['into']}"
    elif hotel["until"]:
        state = f"closed until {hotel['until']}"
    keys = ("headcount", "joined")
    headcount, joined = ("" if hotel[key] is None else hotel[key] for key in keys)
    return [hotel["hotel"], hotel["name"], hotel["chain"], state, headcount, joined]
