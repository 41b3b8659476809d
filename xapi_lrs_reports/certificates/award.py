"""What is awarded to a hotel: the facts that are signed, and what the register has beside them."""

from __future__ import annotations

import calendar
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from xapi_lrs_reports.certificates.facts import Facts
from xapi_lrs_reports.certificates.register import Entry
from xapi_lrs_reports.report.views import is_telling

if TYPE_CHECKING:
    from xapi_lrs_reports.report.report_model import HotelDecision, Report


@dataclass(frozen=True)
class Award:
    """One certificate to be made. `kept` is what its line in the register has beside the facts."""

    facts: Facts
    language: str
    kept: Mapping[str, object]
    replaces: str | None = None


def award_of(
    decision: HotelDecision, report: Report, number: str, today: date, until: date | None
) -> Award:
    """Make the award of a decision; numbers of people only where they tell nothing of persons."""
    percent = percent_to_show(decision)
    counts = {"completed": decision.completed, "headcount": decision.headcount}
    threshold, operator = report.rule["threshold"], report.rule["operator"]
    facts = Facts(
        number=number,
        hotel=decision.hotel,
        name=decision.name,
        issued_on=today,
        valid_until=until,
        operator=str(operator),
        threshold=int(str(threshold)),
        rule_version=rule_version(report.rule),
        percent=percent,
        course_versions=decision.course_versions,
    )
    kept = {
        "chain": decision.chain,
        "chain_name": decision.chain_name,
        "as_of": report.as_of.isoformat(),
        "rule": dict(report.rule),
        **(counts if percent is not None else {}),
    }
    return Award(facts, decision.language, kept)


def award_again(entry: Entry, number: str, name: str, language: str, today: date) -> Award:
    """Make the award that replaces a certificate: the same facts, today's name and number."""
    line = entry.facts
    given = line.get("rule")
    rule = given if isinstance(given, dict) else {}
    percent, versions = line.get("percent"), line.get("course_versions")
    facts = Facts(
        number=number,
        hotel=entry.hotel,
        name=name,
        issued_on=today,
        valid_until=entry.valid_until,
        operator=str(rule.get("operator", "ge")),
        threshold=int(rule.get("threshold", 60)),
        rule_version=str(line.get("rule_version")),
        percent=percent if isinstance(percent, int) else None,
        course_versions=tuple(versions) if isinstance(versions, list) else (),
    )
    same = ("chain", "chain_name", "as_of", "rule", "completed", "headcount")
    kept = {key: line[key] for key in same if key in line}
    return Award(facts, language, kept, replaces=entry.number)


def register_line(award: Award, language: str, code: str, pdf: bytes) -> dict[str, object]:
    """Give the `issued` line of the register (docs/contracts.md, section 12)."""
    facts = award.facts
    until = facts.valid_until
    line: dict[str, object] = {
        "event": "issued",
        "number": facts.number,
        "hotel": facts.hotel,
        "name": facts.name,
        "issued_on": facts.issued_on.isoformat(),
        "valid_until": until.isoformat() if until else None,
        "language": language,
        "rule_version": facts.rule_version,
        "percent": facts.percent,
        "course_versions": list(facts.course_versions),
        **award.kept,
        "pdf_sha256": hashlib.sha256(pdf).hexdigest(),
        "code": code,
    }
    return {**line, "replaces": award.replaces} if award.replaces else line


def percent_to_show(decision: HotelDecision) -> int | None:
    """Give the percentage (rounded down) that may leave the office, or None: "threshold met".

    None where views.is_telling: for fewer than 10 employees, and when (nearly) everyone completed.
    """
    completed, headcount = decision.completed, decision.headcount
    if completed is None or headcount is None or is_telling(completed, headcount):
        return None
    return decision.percent


def months_later(day: date, months: int) -> date:
    """Give the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def rule_version(rule: Mapping[str, object]) -> str:
    """Give a short name of these parameters: 8 hex digits that change when any of them does."""
    text = json.dumps(dict(rule), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
