"""`noroom hotel import FILE`: a list of hotels from elsewhere -> what is new, renamed, declared."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path

from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from xapi_lrs_reports.hotel_register.change import Change, NewHotel, changing
from xapi_lrs_reports.hotel_register.headcounts import FILE as HEADCOUNTS
from xapi_lrs_reports.hotel_register.headcounts import declared_headcounts, read_headcounts
from xapi_lrs_reports.hotel_register.hotels import Hotel, read_hotels


@dataclass
class HotelChanges:
    """What a list would change: (hotel, what) of each; `unchanged` hotels are counted.

    `kept`: what the list has otherwise and hotels.csv keeps, since it is no change from a day on.
    """

    added: list[tuple[str, str]] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    declared: list[tuple[str, str]] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    unchanged: int = 0

    def as_json(self) -> dict[str, object]:
        """Give the lists by name."""
        return dict(vars(self))


class _DryRun(Exception):
    """Leaves the change, so that nothing of it is written."""


def import_hotels(
    programme: ProgrammeDirectory,
    file: Path,
    on: datetime.date,
    by: str,
    *,
    is_dry: bool = False,
) -> HotelChanges:
    """Take over a list with the columns of hotels.csv; hotels that it lacks stay as they are.

    Names and headcounts hold from `on`; `by` is who stands behind them. Raises InputError.
    """
    wanted, _ = read_hotels(file, programme.chains, programme.settings.language)
    found = HotelChanges()
    try:
        with changing(programme) as change:
            declared = read_headcounts(programme.path / HEADCOUNTS, change.hotels)
            now = declared_headcounts(change.hotels, declared, on)
            _refuse_other_chains(file, wanted, now)
            for hotel in wanted.values():
                _take(change, hotel, now.get(hotel.hotel), found, on, by)
            if is_dry:
                raise _DryRun
    except _DryRun:
        pass
    return found


def _refuse_other_chains(file: Path, wanted: dict[str, Hotel], now: dict[str, Hotel]) -> None:
    problems = [
        Problem(
            str(file), 0, 0, "hotel-chain",
            f"{name} belongs to the chain {now[name].chain}, not to {hotel.chain}",
            "Its people have that chain's pseudonyms: close it and add it under a new id.",
        )
        for name, hotel in wanted.items()
        if name in now and now[name].chain != hotel.chain
    ]  # fmt: skip
    if problems:
        raise InputError(problems)


def _take(
    change: Change,
    hotel: Hotel,
    known: Hotel | None,
    found: HotelChanges,
    on: datetime.date,
    by: str,
) -> None:
    name, is_new = hotel.hotel, known is None
    if known is None:
        joined = (hotel.joined or on).isoformat()
        new = NewHotel(name, hotel.name, hotel.chain, hotel.language, joined, hotel.country)
        change.add(new)
        found.added.append((name, hotel.name))
    elif change.rename(name, hotel.name, on, by):
        found.renamed.append((name, f"{known.name} -> {hotel.name}"))
    for column in ("country", "joined"):
        said, here = getattr(hotel, column), getattr(known or hotel, column)
        if said and said != here:
            found.kept.append((name, f"{column} {here or 'none'}, not {said} as in the list"))
    before = known.headcount if known else None
    if hotel.headcount and hotel.headcount != before:
        change.declare(name, hotel.headcount, by, on)
        if not is_new:
            found.declared.append((name, f"{before or 'none'} -> {hotel.headcount}"))
    elif known is not None and known.name == hotel.name:
        found.unchanged += 1
