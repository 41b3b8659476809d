"""hotels.csv -> Hotel rows, or every problem at once (docs/contracts.md section 6)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from programme.problems import Problem
from xapi_lrs_reports.csv_table import Table, did_you_mean, open_table

COLUMNS = {
    "hotel": True,
    "name": True,
    "chain": True,
    "headcount": False,
    "language": False,
    "joined": False,
    "country": False,
}
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_MAX_HEADCOUNT = 1_000_000


@dataclass(frozen=True)
class Hotel:
    """One hotel. `headcount` is the declared one; None where none is declared.

    `declared_on` is the day of that declaration; None for a headcount of hotels.csv. `closed_until`
    is set while a hotel is closed for the season.
    """

    hotel: str
    name: str
    chain: str
    headcount: int | None
    language: str
    joined: datetime.date | None
    declared_on: datetime.date | None = None
    closed_until: datetime.date | None = None
    country: str = ""


def read_hotels(
    path: Path, chains: Collection[str], language: str
) -> tuple[dict[str, Hotel], list[Problem]]:
    """Give the hotels by id, and warnings; `language` where a row names none. Raises InputError."""
    table = open_table(path, COLUMNS)
    found: dict[str, Hotel] = {}
    lines: dict[str, int] = {}
    for line, row in table.rows():
        hotel = row[0]
        if hotel in lines:
            what = f'the hotel "{hotel}" stands here a second time (first in line {lines[hotel]})'
            table.wrong(line, "hotel-repeated", what, "Keep one of the two rows.", at="hotel")
            continue
        lines[hotel] = line
        found[hotel] = _hotel(table, line, row, sorted(chains), language)
    table.finish()
    return dict(sorted(found.items())), table.warnings


def _hotel(table: Table, line: int, row: list[str], chains: list[str], language: str) -> Hotel:
    hotel, name, chain, headcount, tongue, joined, country = row
    if not _ID.fullmatch(hotel):
        what = f'"{hotel[:40]}" is not a hotel id' if hotel else "the hotel's id is missing"
        table.wrong(line, "hotel-id", what, "Write small letters, digits and hyphens.", at="hotel")
    if not name:
        table.wrong(line, "hotel-name", "the hotel's name is missing", "Write the name.", at="name")
    if chain not in chains:
        what = f'"{chain[:40]}" is not a chain here' if chain else "the chain is missing"
        fix = f"{did_you_mean(chain, chains)}Known: {', '.join(chains) or 'none'}; a chain is a "
        table.wrong(
            line, "hotel-chain", what, fix + "folder chains/<id>/ with a chain.yaml.", at="chain"
        )
    if tongue and not _LANGUAGE.fullmatch(tongue):
        what = f'"{tongue[:20]}" is not a language'
        table.wrong(
            line, "hotel-language", what, "Write a tag such as nl, en or pt-BR.", at="language"
        )
    if country and not _COUNTRY.fullmatch(country):
        what = f'"{country[:20]}" is not a country'
        table.wrong(line, "hotel-country", what, "Write two letters, such as NL.", at="country")
    start = table.date(line, "joined", joined)
    return Hotel(
        hotel=hotel,
        name=name,
        chain=chain,
        headcount=_headcount(table, line, headcount),
        language=tongue or language,
        joined=datetime.date.fromisoformat(start) if start else None,
        country=country,
    )


def _headcount(table: Table, line: int, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text.lstrip("0")[:12] or 0) > _MAX_HEADCOUNT:
        what = f'headcount: "{text[:20]}" is not a number of employees'
        table.wrong(
            line, "hotel-headcount", what, "Write a whole number, digits only.", at="headcount"
        )
        return None
    return int(text)
