"""hotels.csv and roster.csv -> what packages and papers need of a chain's hotels.

The reports read the same files strictly; here what cannot be understood is only left out.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from programme.files import is_there
from programme.yaml_source import read_text

FILE, ROSTER = "hotels.csv", "roster.csv"
_SEPARATORS = ",;\t"


def hotels_of(programme: Path, chain_id: str) -> list[tuple[str, str]]:
    """Give (id, name) of each hotel of the chain, sorted; [] where there is no hotels.csv."""
    found = {
        _cell(row, "hotel"): _cell(row, "name")
        for row in _rows(programme / FILE)
        if _cell(row, "chain") == chain_id
    }
    found.pop("", None)
    return sorted(found.items())


def countries_of_hotels(programme: Path, chain_id: str) -> dict[str, str]:
    """Give {hotel: country as written} of the hotels of a chain whose row names one."""
    return {
        _cell(row, "hotel"): _cell(row, "country")
        for row in _rows(programme / FILE)
        if _cell(row, "chain") == chain_id and _cell(row, "hotel") and _cell(row, "country")
    }


def hotels_with_roster(programme: Path) -> frozenset[str]:
    """Give the ids of the hotels that roster.csv has a row of; read again only if it changed."""
    path = programme / ROSTER
    if not path.is_file():
        return frozenset(_cell(row, "hotel") for row in _rows(path))
    return _rostered(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _rostered(path: Path, _changed: int) -> frozenset[str]:
    return frozenset(_cell(row, "hotel") for row in _rows(path))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if not is_there(path):
        return
    lines = read_text(path, str(path)).split("\n")
    counts = Counter(sign for sign in lines[0] if sign in _SEPARATORS)
    separator = counts.most_common(1)[0][0] if counts else ","
    yield from csv.DictReader(lines, delimiter=separator)


def _cell(row: dict[str, str], name: str) -> str:
    return (row.get(name) or "").strip()
