"""What reports say beside the rule's answer: groups, days, versions, signs, counts by chain.

`insight_question()` is asked together with the rule (rule/insight.sql), `read_insight` gives its
rows a shape. Exact and internal: what may leave the office is made of it in overview.py.
"""

from __future__ import annotations

import datetime
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from xapi_lrs_reports.report.report_model import Count
from xapi_lrs_reports.rule.steps import rule_file, rule_steps

QUESTION = "insight"
QUICK_MINUTES = 3
"""Of a course of twenty minutes; rule/insight.sql has the same number."""
NIGHT_HOURS = range(1, 5)
CHAIN_COUNTS = ("facts", "voided", "unmatched", "anonymous", "outside_window")


@dataclass(frozen=True)
class Signs:
    """Completions of one hotel that a person should look at; all of them count.

    `quick`: people whose attempt took less than QUICK_MINUTES from its first launch; `night`:
    people in hours of the night in which five or more finished; `together`: people whose
    completions reached the LRS within one second of those of two others or more.
    """

    quick: int = 0
    night: int = 0
    together: int = 0

    def as_json(self) -> dict[str, int]:
        """Give the counts by name."""
        return {"quick": self.quick, "night": self.night, "together": self.together}


@dataclass(frozen=True)
class HotelInsight:
    """What is known of one hotel beside the rule's answer.

    `departments` are of the base of the roster; `languages`, `versions` and `days` (UTC) are of the
    newest completion of each person who counts; `nothing` people of the base have no completion of
    any kind.
    """

    departments: Mapping[str, Count] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[datetime.date, int] = field(default_factory=dict)
    nothing: int = 0
    signs: Signs = Signs()


@dataclass(frozen=True)
class Insight:
    """HotelInsight by hotel id, and the counts of CHAIN_COUNTS by chain id."""

    hotels: Mapping[str, HotelInsight]
    chains: Mapping[str, Mapping[str, int]]

    def of(self, hotel: str) -> HotelInsight:
        """Give one hotel's; empty where nothing is known."""
        return self.hotels.get(hotel, HotelInsight())


def insight_question() -> dict[str, str]:
    """Give the question as run_rule takes it."""
    return {QUESTION: f"{rule_steps()},\n\n{rule_file('insight.sql')}"}


def read_insight(also: Mapping[str, list[tuple[Any, ...]]], time_zone: str) -> Insight:
    """Shape the rows of the question; hours of the night are those of the time zone."""
    hotels: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    chains: dict[str, dict[str, int]] = defaultdict(dict)
    for hotel, measure, item, amount in also[QUESTION]:
        if hotel:
            hotels[hotel][measure][item] = int(amount)
        else:
            chains[item][measure] = int(amount)
    zone = zoneinfo.ZoneInfo(time_zone)
    return Insight({name: _hotel(found, zone) for name, found in hotels.items()}, chains)


def _hotel(found: Mapping[str, Mapping[str, int]], zone: zoneinfo.ZoneInfo) -> HotelInsight:
    done, base = found["department_completed"], found["department_headcount"]
    return HotelInsight(
        departments={name: Count(done[name], people) for name, people in base.items()},
        languages=found["language"],
        versions=found["version"],
        days={datetime.date.fromisoformat(day): n for day, n in found["day"].items()},
        nothing=found["nothing"].get("", 0),
        signs=Signs(
            quick=found["quick"].get("", 0),
            night=_night(found["hour"].items(), zone),
            together=found["together"].get("", 0),
        ),
    )


def _night(hours: Iterable[tuple[str, int]], zone: zoneinfo.ZoneInfo) -> int:
    found = 0
    for text, people in hours:
        hour = datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)
        found += people if hour.astimezone(zone).hour in NIGHT_HOURS else 0
    return found
