"""A return sheet into the programme: headcounts.csv, roster.csv and the fact store, or nothing.

Everything is read and judged before anything is written. The store's transaction stays open while
the two files are put in their place; the same sheet again repairs whatever a crash left undone,
and otherwise changes nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from programme.atomic import write_or_refuse
from programme.directory import ProgrammeDirectory
from programme.problems import Problem
from programme.temporary import DRAFT, temporary_folder
from xapi_lrs_reports.csv_edit import CsvEdit
from xapi_lrs_reports.hotel_register.headcounts import COLUMNS as HEADCOUNT_COLUMNS
from xapi_lrs_reports.hotel_register.headcounts import FILE as HEADCOUNTS
from xapi_lrs_reports.hotel_register.headcounts import declared_headcounts, read_headcounts
from xapi_lrs_reports.hotel_register.hotels import Hotel, read_hotels
from xapi_lrs_reports.people.hotel_codes.register import read_issued
from xapi_lrs_reports.people.roster import COLUMNS as ROSTER_COLUMNS
from xapi_lrs_reports.people.roster import read_roster
from xapi_lrs_reports.return_sheet.match_codes import CodeMatcher, Judged
from xapi_lrs_reports.return_sheet.merge_roster import RosterChanges, merge_roster
from xapi_lrs_reports.return_sheet.read_sheet import Declared, ReturnSheet, read_return_sheet
from xapi_lrs_reports.statements.quarantine import Group
from xapi_lrs_reports.statements.reading import digest_of
from xapi_lrs_reports.statements.statement import Fact, StatementProblem
from xapi_lrs_reports.store.batches.record import Origin
from xapi_lrs_reports.store.fact_store import FactStore, Tally

ROSTER = "roster.csv"


@dataclass(frozen=True)
class HeadcountChange:
    """A declaration that is new; `before` is what held on its day, None: nothing."""

    hotel: str
    before: int | None
    declared: Declared

    def as_json(self) -> dict[str, object]:
        """Give `{"hotel", "before", "headcount", "declared_on"}`."""
        return {
            "hotel": self.hotel,
            "before": self.before,
            "headcount": self.declared.headcount,
            "declared_on": self.declared.declared_on.isoformat(),
        }


@dataclass
class Plan:
    """What a return sheet would change. `files` are the new contents of files that change."""

    sheet: ReturnSheet
    headcounts: list[HeadcountChange]
    roster: RosterChanges
    judged: list[Judged]
    files: dict[Path, bytes]
    warnings: list[Problem]
    digest: str


@dataclass
class SheetReading:
    """What came of a return sheet; `known` codes are of people whose completion is stored."""

    plan: Plan
    tally: Tally
    known: int
    is_dry: bool
    groups: list[Group] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """Give the counts of docs/contracts.md, section 8."""
        return {
            "source": self.plan.sheet.source,
            "kind": "return_sheet",
            "chain": self.plan.sheet.chain,
            "dry_run": self.is_dry,
            "headcounts": [one.as_json() for one in self.plan.headcounts],
            "roster": self.plan.roster.as_json(),
            "codes": {
                "read": self.tally.read,
                "new": self.tally.new,
                "duplicates": self.tally.duplicates,
                "review": self.tally.quarantined,
                "completed_anyway": self.known,
            },
            "problems": [
                one.outcome.as_json()
                for one in self.plan.judged
                if isinstance(one.outcome, StatementProblem)
            ],
        }


def plan_sheet(
    programme: ProgrammeDirectory,
    path: Path,
    source: str,
    chain: str | None,
    today: datetime.date,
) -> Plan:
    """Read a sheet and work out what it changes; raises InputError with every problem."""
    home = programme.path
    hotels, warnings = read_hotels(
        home / "hotels.csv", programme.chains, programme.settings.language
    )
    salts = {name: programme.salt(name) for name in programme.chains}
    read_roster(home / ROSTER, hotels, salts)
    sheet = read_return_sheet(path, source, hotels, today, chain)
    files: dict[Path, bytes] = {}
    headcounts = _plan_headcounts(home / HEADCOUNTS, sheet, hotels, files)
    roster = CsvEdit(home / ROSTER, list(ROSTER_COLUMNS))
    changes = merge_roster(roster, sheet.roster)
    if changes.joined + changes.left + changes.moved + changes.changed:
        files[home / ROSTER] = roster.render()
    with temporary_folder(DRAFT, home) as folder:
        merged = folder / ROSTER
        merged.write_bytes(roster.render())
        people = read_roster(merged, hotels, salts).rows
    utc_today = datetime.datetime.now(datetime.UTC).date()
    issued, odd = read_issued(home, hotels)
    matcher = CodeMatcher(programme.settings, people, utc_today, issued)
    chains = {name: hotel.chain for name, hotel in hotels.items()}
    judged = matcher.judge(sheet.codes, source, chains)
    return Plan(sheet, headcounts, changes, judged, files, warnings + odd, digest_of(path))


def _plan_headcounts(
    file: Path, sheet: ReturnSheet, hotels: Mapping[str, Hotel], files: dict[Path, bytes]
) -> list[HeadcountChange]:
    known = read_headcounts(file, hotels)
    newest = {(one.hotel, one.declared_on): one.headcount for one in known}
    edit = CsvEdit(file, list(HEADCOUNT_COLUMNS))
    changes = []
    for one in sheet.headcounts:
        if newest.get((one.hotel, one.declared_on)) == one.headcount:
            continue
        newest[one.hotel, one.declared_on] = one.headcount
        before = declared_headcounts(hotels, known, one.declared_on)[one.hotel].headcount
        changes.append(HeadcountChange(one.hotel, before, one))
        edit.append(
            {
                "hotel": one.hotel,
                "headcount": str(one.headcount),
                "declared_by": one.declared_by,
                "declared_on": one.declared_on.isoformat(),
            }
        )
    if changes:
        files[file] = edit.render()
    return changes


def apply_plan(store: FactStore, plan: Plan, *, is_dry: bool) -> SheetReading:
    """Write what the plan says, or, if it is a dry run, only count it."""
    source = plan.sheet.source
    reading = SheetReading(plan, Tally(), 0, is_dry)
    facts = [one.outcome for one in plan.judged if isinstance(one.outcome, Fact)]
    with store.transaction(is_dry=is_dry):
        store.begin(Origin(source, "return_sheet", plan.digest))
        store.drop_reviews(one.review for one in plan.judged)
        reading.known = len(store.completed({fact.learner for fact in facts}))
        reading.tally = store.append(source, [one.outcome for one in plan.judged])
        reading.groups = store.quarantine_groups(source)
        if not is_dry:
            _write(plan.files)
    return reading


def _write(files: Mapping[Path, bytes]) -> None:
    for file, content in files.items():
        cure = "Make it writable, or make room, then import the sheet again."
        write_or_refuse(file, content, cure)
