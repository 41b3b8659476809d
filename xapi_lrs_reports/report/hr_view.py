"""The HR view: a chain's own people, who has finished and who is still to do.

Names come from the roster that is handed in for this one look; they are joined with pseudonyms in
memory and written nowhere but into the list itself. It holds no scores, no answers, no tries and no
language: who has not finished looks the same, whatever the reason.
"""

from __future__ import annotations

import dataclasses
import datetime
import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from programme.directory import ProgrammeDirectory
from programme.files import is_there
from programme.problems import InputError, Problem
from xapi_lrs_reports.csv_table import open_table
from xapi_lrs_reports.hotel_register.hotels import Hotel
from xapi_lrs_reports.people.kept_rows import with_others
from xapi_lrs_reports.people.roster import COLUMNS as ROSTER_COLUMNS
from xapi_lrs_reports.people.roster import Employment, read_roster
from xapi_lrs_reports.report.report_model import Report
from xapi_lrs_reports.report.views import warnings_outside
from xapi_lrs_reports.rule.decide import decide_on, gather
from xapi_lrs_reports.rule.steps import rule_steps

State = Literal["finished", "again", "to_do"]
NAME = "name"
_COLUMNS = {NAME: False, **ROSTER_COLUMNS}
"""In this order: hotel, employee and department follow the name."""
_TOO_OLD = 4
"""The standing of a completion that counted once (rule/certification.sql)."""

_QUESTION = """,

hr_newest AS (
    SELECT completions.learner, max(completions.timestamp) AS finished
    FROM completions
    JOIN learners
      ON learners.learner = completions.learner AND learners.standing = completions.standing
    WHERE learners.standing = 6
    GROUP BY completions.learner
)

SELECT staff.hotel, staff.learner, max(staff.standing), max(hr_newest.finished),
    max(CASE WHEN staff.in_base AND (rule.multi_property <> 'home' OR placed.place = 1)
        THEN 1 ELSE 0 END)
FROM staff
CROSS JOIN rule
LEFT JOIN hr_newest ON hr_newest.learner = staff.learner
LEFT JOIN placed
  ON placed.hotel = staff.hotel AND placed.learner = staff.learner AND placed.day = rule.as_of
WHERE staff.is_active = 1
GROUP BY staff.hotel, staff.learner
"""


@dataclass(frozen=True)
class Person:
    """One employee of a hotel on the date, as the chain's own roster names them.

    `counts`: whether the hotel's share rests on them; agency staff, for instance, stand beside it.
    """

    hotel: str
    employee: str
    name: str
    department: str
    state: State
    finished_on: datetime.date | None
    counts: bool = True


@dataclass(frozen=True)
class HrReport:
    """The chain's report, over the roster that was handed in, and its people.

    `warnings` are for the programme's office alone, and no part of what HR gets.
    """

    report: Report
    chain: str
    people: tuple[Person, ...]
    warnings: tuple[str, ...] = ()


def hr_report(
    programme: ProgrammeDirectory, chain: str, roster: Path, as_of: datetime.date | None
) -> HrReport:
    """Join a roster with the store; every row has to be of the chain. Raises InputError."""
    gathered = gather(programme, chain)
    own = {name: hotel for name, hotel in gathered.hotels.items() if hotel.chain == chain}
    if not is_there(roster):
        what = "this file cannot be read: No such file or directory"
        fix = "Check the name, and that it is a file and yours."
        raise InputError([Problem(str(roster), 0, 0, "file-unreadable", what, fix)])
    _require_own(roster, gathered.hotels, chain)
    salt, known_aliases = programme.salt(chain), set(gathered.aliases)
    given = read_roster(roster, own, {chain: salt})
    asked = dataclasses.replace(
        gathered,
        roster=with_others(gathered.roster, own, given.rows),
        aliases=[*gathered.aliases, *(one for one in given.aliases if one not in known_aliases)],
    )
    decided = decide_on(asked, as_of, chain, {"people": rule_steps() + _QUESTION})
    zone = zoneinfo.ZoneInfo(decided.report.time_zone)
    known = {(hotel, learner): rest for hotel, learner, *rest in decided.also["people"]}
    people = _people(roster, given.rows, known, decided.gone, zone)
    whole = decided.report
    outside = warnings_outside(whole)
    report = dataclasses.replace(whole, view="hr", warnings=outside, inside=frozenset())
    return HrReport(report, chain, tuple(people), whole.warnings)


def _require_own(roster: Path, hotels: Mapping[str, Hotel], chain: str) -> None:
    table = open_table(roster, _COLUMNS)
    for line, (_, hotel, *_) in table.rows():
        if hotel in hotels and hotels[hotel].chain != chain:
            what = f'"{hotel}" is not a hotel of chain {chain}'
            fix = "A chain sees its own people only: remove the row, or name the other chain."
            table.wrong(line, "hr-chain", what, fix, at="hotel")
    table.finish()


def _people(
    roster: Path,
    rows: Sequence[Employment],
    known: Mapping[tuple[str, str], list[Any]],
    gone: Mapping[str, str],
    zone: zoneinfo.ZoneInfo,
) -> list[Person]:
    """Give each person of a hotel once, those still to do first.

    `rows` are those of the file; of several of one person the one that began last is shown. People
    of a hotel that was merged (`gone`) are those of the other.
    """
    found: dict[tuple[str, str], tuple[str, Person]] = {}
    table = open_table(roster, _COLUMNS).rows()
    for (_, (name, _, employee, department, *_)), row in zip(table, rows, strict=True):
        hotel = gone.get(row.hotel) or row.hotel
        key = (hotel, row.learner)
        if key not in known or (key in found and found[key][0] > row.joined):
            continue
        standing, finished, counts = known[key]
        day = finished.replace(tzinfo=datetime.UTC).astimezone(zone).date() if finished else None
        state: State = "finished" if finished else "again" if standing >= _TOO_OLD else "to_do"
        person = Person(hotel, employee, name, department, state, day, counts=bool(counts))
        found[key] = (row.joined, person)
    return sorted((person for _, person in found.values()), key=_order)


def _order(person: Person) -> tuple[str, bool, str, str]:
    return (person.hotel, person.state == "finished", person.name.casefold(), person.employee)
