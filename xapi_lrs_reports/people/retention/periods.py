"""programme.yaml and what is known of a jurisdiction -> how long, and the days before which.

The rule comes first: what today's answer or the flags of a certificate still rest on is never past
its date, whatever the periods say.
"""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from programme.directory import FILE, ProgrammeDirectory
from programme.problems import InputError, Problem
from xapi_lrs_reports.csv_table import did_you_mean
from xapi_lrs_reports.rule.parameters import months_before

if TYPE_CHECKING:
    from programme.settings import Rule


@dataclass(frozen=True)
class Jurisdiction:
    """What is known: months, and in words where they come from.

    `after_leaving` None: the programme has to say it.
    """

    title: str
    after_validity: int
    note: str
    confirmed: bool
    after_leaving: int | None = None
    at_least_after_leaving: int = 0
    at_most_after_leaving: int | None = None


@dataclass(frozen=True)
class Periods:
    """Months that the data of a person are kept after leaving, and after a completion's end."""

    jurisdiction: str
    after_leaving: int
    after_validity: int


@dataclass(frozen=True)
class Cutoffs:
    """Who left on `left_by` or before, and what happened before `done_before`, is past its date.

    None: nothing is, since the rule counts completions without an end.
    """

    left_by: datetime.date | None
    done_before: datetime.date | None


@cache
def jurisdictions() -> dict[str, Jurisdiction]:
    """Give what is known, by the code of the jurisdiction."""
    text = resources.files(__package__).joinpath("jurisdictions.toml").read_text("utf-8")
    return {code: Jurisdiction(**known) for code, known in tomllib.loads(text).items()}


def periods_of(programme: ProgrammeDirectory) -> Periods:
    """Give the programme's periods; raises InputError if they are unknown or too short."""
    given, file = programme.settings.retention, str(programme.path / FILE)
    known = jurisdictions().get(given.jurisdiction)
    if known is None:
        what = f'retention: nothing is known of "{given.jurisdiction}"'
        codes = ", ".join(jurisdictions())
        fix = f"{did_you_mean(given.jurisdiction, jurisdictions())}Known: {codes}."
        raise InputError([Problem(file, 0, 0, "retention-jurisdiction", what, fix)])
    leaving = known.after_leaving if given.after_leaving is None else given.after_leaving
    if leaving is None:
        what = f"retention: for {known.title} the months after leaving have to be said"
        fix = "Write after_leaving under retention in programme.yaml."
        raise InputError([Problem(file, 0, 0, "retention-missing", what, fix)])
    if leaving < known.at_least_after_leaving:
        least = known.at_least_after_leaving
        what = f"retention: {known.title} asks for {least} months after leaving, not {leaving}"
        fix = f"Write after_leaving: {least}, or more."
        raise InputError([Problem(file, 0, 0, "retention-short", what, fix)])
    validity = known.after_validity if given.after_validity is None else given.after_validity
    return Periods(given.jurisdiction, leaving, validity)


def cutoffs(periods: Periods, rule: Rule, today: datetime.date) -> Cutoffs:
    """Give the days before which nothing of a person has to be kept."""
    looked_back = today - datetime.timedelta(days=rule.maintain_days)
    window = rule.completion_window_months
    left_by: datetime.date | None
    left_by = min(looked_back, months_before(today, periods.after_leaving))
    done_before = None
    if window is not None:
        ended = months_before(today, window + periods.after_validity)
        done_before = min(ended, months_before(looked_back, window))
    if rule.leavers == "keep":
        left_by = min(left_by, done_before) if done_before else None
    return Cutoffs(left_by, done_before)
