"""The rule and its answers in plain English, for the table and for `noroom explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xapi_lrs_reports.report.report_model import Report

EMPTY_CELLS = "a number that this view hides, or that nobody knows"
SHARE = "completed of headcount, rounded down"
SHARE_FTE = "full-time jobs of those who completed, out of all full-time jobs, rounded down"
"""What the workbook says of its cells."""

STATUS = {"met": "met", "not_met": "not met", "cannot_say": "cannot say"}

_COUNTS = {
    "passed_or_untested": "passing the check counts, or completing a course without one",
    "completed": "completing counts, passed or not, unless it was failed",
    "passed": "only passing the check counts",
}


def is_fte(report: Report) -> bool:
    """Tell whether shares are of full-time jobs rather than of people."""
    return report.rule.get("unit") == "fte"


def rule_sentence(report: Report) -> str:
    """Give the rule with its parameters in one line."""
    rule: dict[str, Any] = dict(report.rule)
    wanted = "more than" if rule["operator"] == "gt" else "at least"
    since = f"since {report.window_from}" if report.window_from else "at any time"
    courses = ", ".join(course["course"] for course in rule["accepted_courses"])
    evidence = rule["min_evidence"]
    who = "employees, by full-time jobs" if is_fte(report) else "employees"
    level = "" if evidence == "any" else f"; evidence at least {evidence.replace('_', ' ')}"
    return (
        f"Rule: {wanted} {rule['threshold']} % of the {who}, {since} ({report.time_zone}); "
        f"course {courses}; {_COUNTS[rule['counts_as_completion']]}{level}."
    )


def parameters(report: Report) -> list[tuple[str, str]]:
    """Give every parameter of the rule by name, and its value in words."""
    return [(name, _value(value)) for name, value in report.rule.items()]


def parameters_line(report: Report) -> str:
    """Give every parameter of the rule in one line."""
    return "; ".join(f"{name}: {value}" for name, value in parameters(report))


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or "none"
    if isinstance(value, dict):
        if "course" not in value:
            return f"{value.get('name')} ({value.get('threshold')} %)"
        return f"{value['course']} ({'tested' if value.get('tested') else 'without a check'})"
    return "off" if value is None else str(value)


def plural(number: int, word: str) -> str:
    """Give `1 hotel`, `2 hotels`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
