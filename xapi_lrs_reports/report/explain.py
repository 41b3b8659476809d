"""One hotel of a report -> why: prose and tables for an auditor, or JSON; counts, no persons."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from programme.problems import InputError, Problem
from xapi_lrs_reports.csv_table import did_you_mean
from xapi_lrs_reports.report.explain_changes import changes, sign_lines, until
from xapi_lrs_reports.report.renderers.table import aligned, printable
from xapi_lrs_reports.report.words import is_fte, parameters, plural, rule_sentence
from xapi_lrs_reports.rule.insight import read_insight

if TYPE_CHECKING:
    from xapi_lrs_reports.report.report_model import Excluded, HotelDecision, Report
    from xapi_lrs_reports.rule.decide import Decided

_REASONS = {
    "contract": "completed, but their kind of contract is not included",
    "not_yet": "completed, but do not work here yet on this date",
    "left": "completed, but no longer work here on this date",
    "outside_window": "employees whose completion lies outside the window",
    "old_version": "employees whose completion is of a course version that is too old",
    "weak_evidence": "employees whose completion has weaker evidence than asked for",
    "voided": "employees whose completion was voided",
    "not_passed": "employees who went through the course without passing",
    "anonymous_base": "employees whose LMS id names nobody; they can never be matched",
    "anonymous": "completed attempts at this hotel that name nobody",
    "unmatched": "completed naming this hotel, but stand neither in its roster nor among its codes",
    "elsewhere": "completed naming this hotel, but the roster says that they work in another",
    "profile": "completed as a student or as somebody else who is not on the staff "
    "(profiles_counting), and in no roster",
}
_EVIDENCE = {
    "lms_recorded": "recorded by the LMS",
    "self_asserted": "sent by the course itself",
    "code": "by completion code, which HR handed in",
    "attendance_list": "by the attendance list of a group session",
}
_SOURCES = {
    "roster": "from the roster",
    "declared": "declared in hotels.csv",
    "enrolled": "everybody of whom there is a statement",
    "none": "unknown",
}
_FLAGS = {
    "headcount_stale": "More people completed than work here: the headcount is out of date.",
    "profile_differs": "Employees of the roster took the course as students or as other people who "
    "are not on the staff: these employees count; please look whether the roster is right.",
    "housekeeping_low": "Few of the housekeeping staff completed (see housekeeping_required).",
    "management_low": "Fewer of the management completed than management_floor asks for.",
    "below_threshold": "The hotel holds a certificate, but does not meet the rule today.",
    "lapse_due": "It has been below maintain_threshold for maintain_days: its certificate lapses.",
    "closed_for_season": "Closed for the season: its people are those of its last open day.",
    "not_joined_yet": "hotels.csv says that this hotel joins the programme later.",
}


def explain_json(decided: Decided, hotel: str) -> dict[str, object]:
    """Give the hotel's report entry, `rule`, `window`, `excluded`, `data` and `quarantine`.

    `nothing_yet`: people of the base without any completion; `met_until`: the last day on which the
    rule stays met if nobody else completes, or null; `changes`: sentences; `signs`: see Signs.
    """
    report, decision = decided.report, find_hotel(decided, hotel)
    insight = read_insight(decided.also, report.time_zone).of(hotel)
    excluded = dataclasses.asdict(decision.excluded) if decision.excluded else {}
    met_until = until(report, decision, insight)
    return {
        "as_of": report.as_of.isoformat(),
        "rule": dict(report.rule),
        "window": {
            "from": report.window_from.isoformat() if report.window_from else None,
            "until": report.as_of.isoformat(),
            "time_zone": report.time_zone,
        },
        **decision.as_json(),
        "excluded": excluded,
        "course_versions": list(decision.course_versions),
        "declared_on": decision.declared_on.isoformat() if decision.declared_on else None,
        "codes_issued": decision.codes_issued,
        "nothing_yet": insight.nothing,
        "met_until": met_until.isoformat() if met_until else None,
        "changes": changes(report, decision, insight),
        "signs": insight.signs.as_json(),
        "data": report.data.as_json(),
        "quarantine": [
            {"source": source, "code": code, "statements": number}
            for source, code, number in decided.quarantine
        ],
        "warnings": list(report.warnings),
    }


def explain_text(decided: Decided, hotel: str) -> str:
    """Give the explanation as text."""
    report, decision = decided.report, find_hotel(decided, hotel)
    insight = read_insight(decided.also, report.time_zone).of(hotel)
    lines = [
        f"{printable(decision.name)} ({decision.hotel}, chain {printable(decision.chain_name)})",
        "",
        _verdict(decision, report),
        rule_sentence(report),
        "",
        *aligned(("Number", "What"), _counted(decision), frozenset([0])),
        "",
        *_excluded(decision.excluded),
        "What would change it:",
        *[f"  - {printable(line)}" for line in changes(report, decision, insight)],
        "",
        *sign_lines(insight),
        *[_FLAGS.get(flag, flag) for flag in decision.flags],
        f"Certificate: {decision.certificate}.",
        "",
        *_parameters(report),
        "",
        *_data(decided),
    ]
    return "\n".join(lines) + "\n"


def find_hotel(decided: Decided, hotel: str) -> HotelDecision:
    """Give one hotel of the report; raises InputError with where it went, or the nearest names."""
    known = {decision.hotel: decision for decision in decided.report.hotels}
    if hotel in decided.gone:
        into, day = decided.gone[hotel], decided.report.as_of
        what = f"{hotel} is closed on {day}"
        fix = "Name an earlier day: --as-of."
        if into:
            what = f"{hotel} is a part of {into} on {day}"
            fix = f"Ask noroom explain {into}, or name an earlier day: --as-of."
        raise InputError([Problem("hotel-events.csv", 0, 0, "hotel-state", what, fix)])
    if hotel not in known:
        what = f'"{hotel}" is not a hotel of this programme'
        fix = f"{did_you_mean(hotel, known)}hotels.csv lists them."
        raise InputError([Problem("hotels.csv", 0, 0, "hotel-unknown", what, fix)])
    return known[hotel]


def _verdict(decision: HotelDecision, report: Report) -> str:
    done, base = decision.completed or 0, decision.headcount or 0
    if decision.status == "cannot_say":
        return (
            f"Nobody can say on {report.as_of}: no employees are known. "
            f"{plural(done, 'completion')} would count. "
            "Give its roster rows, or a headcount in hotels.csv."
        )
    share = (
        f"{done:,} of {base:,} employees completed, which is {decision.percent} %{_unit(report)}"
    )
    if decision.status == "met":
        tier = f' Tier: "{printable(decision.tier)}".' if decision.tier else ""
        return f"The rule is met on {report.as_of}: {share}.{tier}"
    small = " (in a team this small, everybody)" if base < _minimum(report) else ""
    if not decision.needed:
        return (
            f"The rule is not met on {report.as_of}: {share}, but a department is below its floor."
        )
    missing = plural(decision.needed, "completion")
    if is_fte(report):
        missing += " of full-time employees"
    return f"The rule is not met on {report.as_of}: {share}; {missing} missing{small}."


def _unit(report: Report) -> str:
    return " of the full-time jobs" if is_fte(report) else ""


def _minimum(report: Report) -> int:
    found = report.rule["min_headcount"]
    return found if isinstance(found, int) else 0


def _counted(decision: HotelDecision) -> list[list[str]]:
    source = _SOURCES[decision.headcount_source]
    if decision.declared_on:
        source = f"declared on {decision.declared_on} (headcounts.csv)"
    rows = [
        [f"{decision.headcount or 0:,}", f"employees in the base, {source}"],
        [f"{decision.completed or 0:,}", "of them completed"],
    ]
    if decision.codes_issued:
        decides = decision.headcount_source == "roster"
        unused = " (not used: the roster decides)" if decides else ""
        rows.insert(1, [f"{decision.codes_issued:,}", f"personal codes issued{unused}"])
    if decision.evidence:
        for kind, number in decision.evidence.as_json().items():
            rows.append([f"{number:,}", f"  {_EVIDENCE[kind]}"])
    group = decision.housekeeping
    if group and group.headcount:
        rows.append([f"{group.completed:,}", f"  of {group.headcount:,} in housekeeping"])
    group = decision.management
    if group and group.headcount:
        rows.append([f"{group.completed:,}", f"  of {group.headcount:,} in management"])
    for name, count in decision.beside.items():
        words = f"of {count.headcount:,} {name.replace('_', ' ')} (reported beside, not counted)"
        rows.append([f"{count.completed:,}", words])
    if decision.course_versions:
        versions = printable(", ".join(decision.course_versions))
        rows.append(["", f"course versions: {versions}"])
    return rows


def _excluded(excluded: Excluded | None) -> list[str]:
    counts = dataclasses.asdict(excluded) if excluded else {}
    rows = [[f"{number:,}", _REASONS[reason]] for reason, number in counts.items() if number]
    if not rows:
        return ["Nothing that names this hotel or its people was left out.", ""]
    return [*aligned(("Number", "Left out"), rows, frozenset([0])), ""]


def _parameters(report: Report) -> list[str]:
    rows = [list(pair) for pair in parameters(report)]
    return aligned(("Parameter", "Value"), rows, frozenset())


def _data(decided: Decided) -> list[str]:
    report = decided.report
    counts = [[f"{n or 0:,}", name.replace("_", " ")] for name, n in report.data.as_json().items()]
    lines = aligned(("Number", "In the whole programme's data"), counts, frozenset([0]))
    if decided.quarantine:
        rows = [[f"{n:,}", code, source] for source, code, n in decided.quarantine]
        lines += ["", *aligned(("Number", "Quarantined because", "Source"), rows, frozenset([0]))]
    return [*lines, *([""] if report.warnings else []), *map(printable, report.warnings)]
