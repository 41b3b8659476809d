"""What would change a hotel's answer, and what in its data a person should look at."""

from __future__ import annotations

import datetime

from xapi_lrs_reports.report.overview import last_day_met
from xapi_lrs_reports.report.report_model import Count, HotelDecision, Report
from xapi_lrs_reports.report.words import is_fte, plural
from xapi_lrs_reports.rule.insight import QUICK_MINUTES, HotelInsight


def changes(report: Report, decision: HotelDecision, insight: HotelInsight) -> list[str]:
    """Give sentences: what is missing, who could bring it, what other settings would say."""
    if decision.status == "cannot_say":
        return ["A number of employees: rows in roster.csv, or a headcount in hotels.csv."]
    if decision.status == "met":
        return [*_staying(report, decision, insight), *_groups(report, decision)]
    floors = _floors(report, decision)
    found = [*floors]
    if decision.needed:
        end = "reach the threshold" if floors else "meet the rule"
        found.insert(
            0, f"{plural(decision.needed, 'more completion')}{_whose(report)} would {end}."
        )
    if insight.nothing:
        found.append(f"{plural(insight.nothing, 'employee')} of the base have no completion yet.")
    return [*found, *_mended(decision), *_groups(report, decision)]


def _whose(report: Report) -> str:
    return " of full-time employees" if is_fte(report) else ""


def _floors(report: Report, decision: HotelDecision) -> list[str]:
    """Say what is missing in departments that are below a floor which refuses a certificate."""
    rule = report.rule
    asked = {
        "housekeeping": (rule["housekeeping_floor"], decision.housekeeping),
        "management": (rule["management_floor"], decision.management),
    }
    if not rule["housekeeping_required"]:
        del asked["housekeeping"]
    found = []
    for name, (floor, count) in asked.items():
        if f"{name}_low" in decision.flags and isinstance(floor, int) and count:
            missing = -(-floor * count.headcount // 100) - count.completed
            found.append(
                f"{plural(missing, 'more completion')} in {name} would reach its floor of {floor} "
                f"% ({count.completed:,} of {count.headcount:,} now)."
            )
    return found


def until(report: Report, decision: HotelDecision, insight: HotelInsight) -> datetime.date | None:
    """Give the last day on which the rule stays met if nobody else completes; None: not known."""
    months = report.rule.get("completion_window_months")
    return last_day_met(report, decision, insight, months) if isinstance(months, int) else None


def sign_lines(insight: HotelInsight) -> list[str]:
    """Give what looks odd, each with what it may also be; nothing of it is left out of a count."""
    signs = insight.signs
    said = {
        f"finished within {QUICK_MINUTES} minutes of their first launch: forged, or the "
        "course was left open before": signs.quick,
        "finished in an hour of the night with four or more others: forged, or a night "
        "shift": signs.night,
        "arrived in the same second as two or more others: one "
        "device for many, or one that had been without connection": signs.together,
    }
    lines = [
        f"  {plural(number, 'completion')} {words}." for words, number in said.items() if number
    ]
    return ["Please look at (all of it counts):", *lines, ""] if lines else []


def _staying(report: Report, decision: HotelDecision, insight: HotelInsight) -> list[str]:
    day = until(report, decision, insight)
    if day is None:
        return []
    return [f"If nobody else completes, the rule stays met until about {day}."]


def _mended(decision: HotelDecision) -> list[str]:
    """Say which completions that are there would count if something else were put right."""
    left_out = decision.excluded
    if left_out is None:
        return []
    cures = {
        "not on the roster, or under another id there: a corrected roster.csv could bring up to "
        "{number}": left_out.unmatched,
        "too old: a refresher would bring back up to {number}": left_out.outside_window,
        "not passed: another try could bring up to {number}": left_out.not_passed,
        "taken as a student or as somebody else who is not on the staff: if some of them are "
        "employees, a roster that has them could bring up to {number}": left_out.profile,
        "without a name: own LMS accounts would bring such completions; {number} were made":
            left_out.anonymous,
    }  # fmt: skip
    return [
        f"Completions {words.format(number=f'{number:,}')}."
        for words, number in cures.items()
        if number
    ]


def _groups(report: Report, decision: HotelDecision) -> list[str]:
    """Say what the share would be if a group beside the rule were included."""
    if decision.headcount_source != "roster" or report.rule["unit"] != "headcount":
        return []
    return [
        _with_group(report, decision, name, count)
        for name, count in decision.beside.items()
        if count.headcount
    ]


def _with_group(report: Report, decision: HotelDecision, name: str, count: Count) -> str:
    done = (decision.completed or 0) + count.completed
    people = (decision.headcount or 0) + count.headcount
    words = name.replace("_", " ")
    return (
        f"With {words} included: {done:,} of {people:,}, which is "
        f"{min(100, 100 * done // people)} % (the rule asks for {report.rule['threshold']} %)."
    )
