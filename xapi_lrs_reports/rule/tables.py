"""The tables that rule/certification.sql reads beside facts and voids, as rows for any engine.

An engine makes each of `COLUMNS` with the types named here, which DuckDB, PostgreSQL and Spark all
know, fills it with the rows of `rule_tables`, and adds `old_versions` of the facts that it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xapi_lrs_reports.hotel_register.as_of import Listed
from xapi_lrs_reports.hotel_register.hotels import Hotel
from xapi_lrs_reports.people.aliases import Alias
from xapi_lrs_reports.people.hotel_codes.register import IssuedCode
from xapi_lrs_reports.people.kept_rows import TYPES as ROSTER_TYPES
from xapi_lrs_reports.people.roster import CONTRACTS, Employment
from xapi_lrs_reports.rule.parameters import EVIDENCE_LEVELS, Parameters

Answer = tuple[str, str, str, int]
Row = Mapping[str, object]

WHOLE_PLACE = 27_720
"""The weight of somebody's only place: divisible by every number of places up to 12."""
FULL_WEIGHT = 100 * WHOLE_PLACE
"""One full-time person at one place; a roster's `fte` is in per cent."""

COLUMNS: dict[str, dict[str, str]] = {
    "rule": {
        "as_of": "DATE",
        "window_from": "TIMESTAMP",
        "window_until": "TIMESTAMP",
        "threshold": "BIGINT",
        "operator": "VARCHAR",
        "counts": "VARCHAR",
        "min_evidence_level": "BIGINT",
        "headcount_source": "VARCHAR",
        "min_headcount": "BIGINT",
        "unit": "VARCHAR",
        "multi_property": "VARCHAR",
        "place_weight": "BIGINT",
        "full_weight": "BIGINT",
        "days": "BIGINT",
        "attendance_lists": "BOOLEAN",
    },
    "base_days": {"day": "DATE", "tenured_by": "DATE", "kept_from": "DATE"},
    "accepted_courses": {"course": "VARCHAR", "tested": "BOOLEAN"},
    "old_versions": {"course": "VARCHAR", "course_version": "VARCHAR"},
    "contracts": {"contract": "VARCHAR", "in_base": "BOOLEAN", "beside": "BOOLEAN"},
    "counting_profiles": {"profile": "VARCHAR"},
    "shares": {"places": "BIGINT", "weight": "BIGINT"},
    "floors": {"department": "VARCHAR", "floor": "BIGINT", "required": "BOOLEAN"},
    "tiers": {"tier": "VARCHAR", "threshold": "BIGINT"},
    "voiders": {"authority": "VARCHAR", "chain": "VARCHAR"},
    "writers": {"authority": "VARCHAR", "chain": "VARCHAR", "lms": "BOOLEAN"},
    "hotels": {"hotel": "VARCHAR", "chain": "VARCHAR", "headcount": "BIGINT"},
    "roster": ROSTER_TYPES,
    "aliases": {"alias": "VARCHAR", "learner": "VARCHAR"},
    "mergers": {"hotel": "VARCHAR", "into_hotel": "VARCHAR"},
    "issued_codes": {"hotel": "VARCHAR", "learner": "VARCHAR", "issued_on": "VARCHAR"},
    "listed": {"hotel": "VARCHAR", "learner": "VARCHAR", "reason": "VARCHAR"},
}


@dataclass(frozen=True)
class Inputs:
    """What the rule reads beside the facts.

    `voiders`: (authority, chain or None for all); `writers` also tell whether it is an LMS. Without
    `departments`, only those are counted whose floor can refuse a certificate.
    """

    parameters: Parameters
    hotels: Sequence[Hotel]
    roster: Sequence[Employment]
    voiders: Sequence[tuple[str, str | None]]
    writers: Sequence[tuple[str, str | None, bool]]
    issued_codes: Sequence[IssuedCode] = ()
    aliases: Sequence[Alias] = ()
    merged: Mapping[str, str] = field(default_factory=dict)
    listed: Sequence[Listed] = ()
    departments: bool = True


def rule_tables(inputs: Inputs) -> dict[str, Sequence[object]]:
    """Give the rows of every table but `old_versions`: dicts or structs with its columns."""
    rule = inputs.parameters.rule
    beside = set(rule.report_beside)
    return {
        "rule": [_rule_row(inputs.parameters)],
        "base_days": [
            {"day": one.day, "tenured_by": one.tenured_by, "kept_from": one.kept_from}
            for one in inputs.parameters.base_days
        ],
        "accepted_courses": [
            {"course": one.course, "tested": one.tested} for one in rule.accepted_courses
        ],
        "contracts": [
            {"contract": name, "in_base": name in rule.include, "beside": name in beside}
            for name in CONTRACTS
        ],
        "counting_profiles": [{"profile": name} for name in rule.profiles_counting],
        "shares": [{"places": n, "weight": WHOLE_PLACE // n} for n in range(1, 13)],
        "floors": [
            one for one in _floors(inputs.parameters) if inputs.departments or _refuses(one)
        ],
        "tiers": [{"tier": one.name, "threshold": one.threshold} for one in rule.tiers],
        "voiders": [{"authority": who, "chain": chain or ""} for who, chain in inputs.voiders],
        "writers": [
            {"authority": who, "chain": chain or "", "lms": lms}
            for who, chain, lms in inputs.writers
        ],
        "hotels": [
            {"hotel": one.hotel, "chain": one.chain, "headcount": one.headcount}
            for one in inputs.hotels
        ],
        "roster": inputs.roster,
        "issued_codes": inputs.issued_codes,
        "aliases": [{"alias": one.alias, "learner": one.learner} for one in inputs.aliases],
        "mergers": [{"hotel": one, "into_hotel": into} for one, into in inputs.merged.items()],
        "listed": [
            {"hotel": one.hotel, "learner": one.learner, "reason": one.reason}
            for one in inputs.listed
        ],
    }


def _rule_row(parameters: Parameters) -> Row:
    rule = parameters.rule
    return {
        "as_of": parameters.as_of,
        "window_from": parameters.cut_from,
        "window_until": parameters.cut_until,
        "threshold": rule.threshold,
        "operator": rule.operator,
        "counts": rule.counts_as_completion,
        "min_evidence_level": EVIDENCE_LEVELS[rule.min_evidence],
        "headcount_source": rule.headcount_source,
        "min_headcount": rule.min_headcount,
        "unit": rule.unit,
        "multi_property": rule.multi_property,
        "place_weight": WHOLE_PLACE,
        "full_weight": FULL_WEIGHT,
        "days": len(parameters.base_days),
        "attendance_lists": rule.attendance_lists,
    }


def _floors(parameters: Parameters) -> Iterable[Row]:
    """Yield a floor for each department that the rule looks at; 0 lets everybody through."""
    rule = parameters.rule
    yield {
        "department": "housekeeping",
        "floor": rule.housekeeping_floor or 0,
        "required": rule.housekeeping_required,
    }
    yield {"department": "management", "floor": rule.management_floor or 0, "required": True}


def _refuses(floor: Row) -> bool:
    return bool(floor["floor"] and floor["required"])


def old_versions(minimum: str | None, found: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Give those (course, version) that lie below a minimum; an unknown version does."""
    if minimum is None:
        return []
    least = _numbers(minimum)
    return [
        {"course": course, "course_version": version}
        for course, version in found
        if _numbers(version) < least
    ]


def _numbers(version: str) -> tuple[int, int, int]:
    """Give the three numbers of a version; a pre-release is read as the version before it."""
    match = re.match(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?(-)?", version)
    if not match:
        return (-1, -1, -1)
    major, minor, patch = (int(part or 0) for part in match.groups()[:3])
    return (major, minor, patch - 1 if match[4] else patch)
