"""What is past its date: people of roster.csv who left long ago, and facts of long ago."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from programme.directory import ProgrammeDirectory
from programme.files import is_there
from xapi_lrs_reports.people.kept_rows import last_days_of
from xapi_lrs_reports.people.retention.periods import Cutoffs, cutoffs, periods_of
from xapi_lrs_reports.people.roster import Employment
from xapi_lrs_reports.rule.parameters import day_start, today
from xapi_lrs_reports.store.opening import has_schema, open_for_reading, store_file, stored_version
from xapi_lrs_reports.store.store_schema import COUNT_BEFORE, SCHEMA_VERSION


@dataclass(frozen=True)
class Overdue:
    """How many people left so long ago, and how many facts are so old."""

    people: int = 0
    facts: int = 0

    @property
    def sentence(self) -> str:
        """Say it in a sentence, or ""."""
        if not (self.people or self.facts):
            return ""
        return (
            f"Past the date up to which they may be kept: {self.people:,} people who left, "
            f"{self.facts:,} old statements. Run noroom store prune."
        )


def overdue(programme: ProgrammeDirectory, roster: Sequence[Employment]) -> Overdue:
    """Count what is past its date today. Raises InputError if the periods are unknown."""
    zone = programme.settings.time_zone
    cut = cutoffs(periods_of(programme), programme.settings.rule, today(zone))
    return Overdue(_people(roster, cut.left_by), _facts(programme.path, cut, zone))


def moment_of(cut: Cutoffs, time_zone: str) -> str | None:
    """Give the UTC moment before which facts are past their date, ISO 8601 with milliseconds."""
    if cut.done_before is None:
        return None
    start = day_start(cut.done_before, zoneinfo.ZoneInfo(time_zone))
    return start.isoformat(timespec="milliseconds")


def _people(roster: Sequence[Employment], left_by: datetime.date | None) -> int:
    if left_by is None:
        return 0
    latest = left_by.isoformat()
    return sum(number for day, number in last_days_of(roster).items() if day <= latest)


def _facts(programme: Path, cut: Cutoffs, time_zone: str) -> int:
    moment, file = moment_of(cut, time_zone), store_file(programme)
    if moment is None or not is_there(file):
        return 0
    with open_for_reading(file) as connection:
        if not has_schema(connection, file.stem) or stored_version(connection) != SCHEMA_VERSION:
            return 0  # whoever reads the store says what has to be done
        found = connection.execute(COUNT_BEFORE, [moment, []]).fetchone()
    return int(found[0]) if found else 0
