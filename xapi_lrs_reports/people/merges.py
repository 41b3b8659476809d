"""Which aliases of the roster merge whom, told by rows and counts, without a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from programme.directory import ProgrammeDirectory
from programme.files import is_there
from xapi_lrs_reports.hotel_register.hotels import read_hotels
from xapi_lrs_reports.people.roster import read_roster
from xapi_lrs_reports.report.renderers.table import aligned
from xapi_lrs_reports.store.opening import check_version, has_schema, open_for_reading, store_file


@dataclass(frozen=True)
class Merge:
    """One row of roster.csv with aliases: facts that came under the LMS's id, and under others."""

    line: int
    chain: str
    under_lms_id: int
    under_aliases: int


def merges_of(programme: ProgrammeDirectory) -> list[Merge]:
    """Give the rows that merge something, by line. Raises InputError."""
    home = programme.path
    hotels, _ = read_hotels(home / "hotels.csv", programme.chains, programme.settings.language)
    salts = {name: programme.salt(name) for name in programme.chains}
    aliases = read_roster(home / "roster.csv", hotels, salts).aliases
    counts = _facts(programme)
    people: dict[str, tuple[int, int]] = {}
    for one in aliases:
        line, number = people.get(one.learner, (one.line, 0))
        people[one.learner] = (min(line, one.line), number + counts.get(one.alias, 0))
    found = [
        Merge(line, learner.partition("/")[0], counts.get(learner, 0), number)
        for learner, (line, number) in people.items()
    ]
    return sorted((one for one in found if one.under_aliases), key=lambda one: one.line)


def merges_text(merges: Sequence[Merge]) -> str:
    """Give a table for people."""
    if not merges:
        return "No alias of roster.csv has brought anything to anybody.\n"
    rows = [[str(one.line), one.chain, f"{one.under_lms_id:,}", f"{one.under_aliases:,}"]
            for one in merges]  # fmt: skip
    heads = ("Line of roster.csv", "Chain", "Facts under the LMS's id", "Facts under aliases")
    return "\n".join(aligned(heads, rows, frozenset([0, 2, 3]))) + "\n"


def _facts(programme: ProgrammeDirectory) -> dict[str, int]:
    """Give the number of facts of every learner, as the store names them."""
    file = store_file(programme.path)
    if not is_there(file):
        return {}
    with open_for_reading(file) as connection:
        if not has_schema(connection, file.stem):
            return {}
        check_version(connection, file)
        query = "SELECT learner, count(*) FROM facts GROUP BY learner"
        return dict(connection.execute(query).fetchall())
