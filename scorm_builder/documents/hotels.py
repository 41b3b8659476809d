"""hotels.csv -> the hotels of one chain, to fill them in on the return sheet.

The reports read the same file strictly; here what cannot be understood is only left out.
"""

from __future__ import annotations

import csv
from collections import Counter

from programme.directory import ProgrammeDirectory
from programme.yaml_source import read_text

FILE = "hotels.csv"
_SEPARATORS = ",;\t"


def hotels_of(programme: ProgrammeDirectory, chain_id: str) -> list[tuple[str, str]]:
    """Give (id, name) of each hotel of the chain, sorted; [] where there is no hotels.csv."""
    path = programme.path / FILE
    if not path.is_file():
        return []
    lines = read_text(path, str(path)).split("\n")
    counts = Counter(sign for sign in lines[0] if sign in _SEPARATORS)
    separator = counts.most_common(1)[0][0] if counts else ","
    rows = csv.DictReader(lines, delimiter=separator)
    found = {
        (row.get("hotel") or "").strip(): (row.get("name") or "").strip()
        for row in rows
        if (row.get("chain") or "").strip() == chain_id
    }
    found.pop("", None)
    return sorted(found.items())
