"""The rule's parameters on one date: programme.yaml and --as-of -> the one-row table `rule`.

All calendar work is here: days end at midnight of the programme's time zone, the window goes back
by calendar months, and the SQL only compares.
"""

from __future__ import annotations

import calendar
import datetime
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from programme.problems import InputError, Problem

if TYPE_CHECKING:
    from programme.settings import Rule

_FIRST_DAY, _LAST_DAY = datetime.date(2000, 1, 1), datetime.date(2199, 12, 31)
ALWAYS = datetime.datetime(1, 1, 1)
EVIDENCE_LEVELS = {"any": 0, "code": 1, "self_asserted": 2, "lms_recorded": 3}


AVERAGED_MONTHS = 12


@dataclass(frozen=True)
class BaseDay:
    """A day on which the base is counted.

    Whoever joined after `tenured_by` is still new, whoever left by `kept_from` is out of it.
    """

    day: datetime.date
    tenured_by: datetime.date
    kept_from: datetime.date


@dataclass(frozen=True)
class Parameters:
    """A rule applied on one date. `cut_from` and `cut_until` are UTC, the latter exclusive.

    `base_days` is the as-of date, or that day of each of the twelve months that end with it.
    """

    rule: Rule
    as_of: datetime.date
    window_from: datetime.date | None
    cut_from: datetime.datetime
    cut_until: datetime.datetime
    base_days: tuple[BaseDay, ...]

    def needed(self, base: int, base_weight: int, done_weight: int, full_weight: int) -> int:
        """Give how many completions of full-time people are missing; 0 if none.

        `base` is in people and more than 0; the weights are those of certification.sql, and
        `full_weight` is what one more completion adds.
        """
        if base < self.rule.min_headcount * len(self.base_days):
            missing = base_weight - done_weight
        else:
            missing = _divided_up(
                self.rule.threshold * base_weight - 100 * done_weight,
                100,
                beyond=self.rule.operator == "gt",
            )
        return max(0, _divided_up(missing, full_weight * len(self.base_days)))


def _divided_up(number: int, by: int, *, beyond: bool = False) -> int:
    """Divide and round up; `beyond` gives the least whole number above the quotient."""
    return number // by + 1 if beyond else -(-number // by)


def parameters_on(
    rule: Rule, as_of: datetime.date, time_zone: str, file: str = "programme.yaml"
) -> Parameters:
    """Make the parameters; raises InputError if the rule can never be met."""
    if rule.operator == "gt" and rule.threshold == 100:
        what = 'threshold 100 with operator "gt" asks for more than everybody'
        fix = 'Write operator: ge, or a lower threshold, such as "threshold: 99".'
        raise InputError([Problem(file, 0, 0, "rule-impossible", what, fix)])
    if not _FIRST_DAY <= as_of <= _LAST_DAY:
        what = f"{as_of} is not a date that a report can be made for"
        fix = f"Give --as-of a date from {_FIRST_DAY} to {_LAST_DAY}, such as 2026-11-21."
        raise InputError([Problem("--as-of", 0, 0, "as-of-date", what, fix)])
    zone = zoneinfo.ZoneInfo(time_zone)
    start = None
    if rule.completion_window_months is not None:
        start = months_before(as_of, rule.completion_window_months)
    return Parameters(
        rule=rule,
        as_of=as_of,
        window_from=start,
        cut_from=day_start(start, zone) if start else ALWAYS,
        cut_until=day_start(as_of + datetime.timedelta(days=1), zone),
        base_days=tuple(_base_days(rule, as_of)),
    )


def _base_days(rule: Rule, as_of: datetime.date) -> Iterator[BaseDay]:
    months = AVERAGED_MONTHS if rule.base_period == "average" else 1
    tenure = datetime.timedelta(days=rule.min_tenure_days)
    window = rule.completion_window_months
    for back in range(months):
        day = months_before(as_of, back)
        kept = day
        if rule.leavers == "keep":
            kept = months_before(day, window) if window else datetime.date.min
        yield BaseDay(day, day - tenure, kept)


def months_before(date: datetime.date, months: int) -> datetime.date:
    """Go back by calendar months; 31 May less 3 months is the last day of February."""
    year, month = divmod(date.year * 12 + date.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(date.day, last))


def day_start(day: datetime.date, zone: zoneinfo.ZoneInfo) -> datetime.datetime:
    """Give the local midnight at which a day starts, as UTC without zone."""
    midnight = datetime.datetime.combine(day, datetime.time(), tzinfo=zone)
    return midnight.astimezone(datetime.UTC).replace(tzinfo=None)


def today(time_zone: str) -> datetime.date:
    """Give today's date in the programme's time zone."""
    return datetime.datetime.now(zoneinfo.ZoneInfo(time_zone)).date()
