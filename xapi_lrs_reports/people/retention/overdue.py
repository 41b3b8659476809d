"""What is past its date: people of roster.csv who left long ago, and facts of long ago."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from programme.directory import ProgrammeDirectory
from xapi_lrs_reports.people.kept_rows import last_days_of
from xapi_lrs_reports.people.retention.periods import Cutoffs, cutoffs, periods_of
from xapi_lrs_reports.people.roster import Employment
from xapi_lrs_reports.rule.parameters import day_start, today


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


def overdue(
    programme: ProgrammeDirectory,
    roster: Sequence[Employment],
    facts_before: Callable[[str], int],
) -> Overdue:
    """Count what is past its date today; `facts_before` takes a moment in UTC.

    Raises InputError if the periods are unknown.
    """
    zone = programme.settings.time_zone
    cut = cutoffs(periods_of(programme), programme.settings.rule, today(zone))
    moment = moment_of(cut, zone)
    return Overdue(_people(roster, cut.left_by), facts_before(moment) if moment else 0)


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
