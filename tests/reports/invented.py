"""Invented reports and programmes for the tests of certificates and of the HTML report."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

from programme.directory import ProgrammeDirectory, read_programme
from programme.settings import Rule
from tests.reports.signing import announce
from xapi_lrs_reports.report.overview import Overview, make_overview
from xapi_lrs_reports.report.report_model import Count, DataCounts, Evidence, HotelDecision, Report
from xapi_lrs_reports.rule.insight import HotelInsight, Insight, Signs

AS_OF = datetime.date(2026, 11, 21)
COUNTED = HotelDecision(
    hotel="acme-0042",
    name="Acme Lindengracht",
    chain="acme",
    chain_name="Acme Hotels",
    language="nl",
    certified=True,
    status="met",
    completed=27,
    headcount=40,
    headcount_source="roster",
    percent=67,
    needed=0,
    evidence=Evidence(lms_recorded=3, self_asserted=24, code=0),
    beside={"agency": Count(2, 5)},
    course_versions=("1.0.0",),
)


def hotel(name: str, completed: int, headcount: int, /, **changes: object) -> HotelDecision:
    """Give a hotel with these numbers; its id is made from the name unless given."""
    met = headcount > 0 and 100 * completed >= 60 * headcount
    numbers = {
        "hotel": name.lower().replace(" ", "-"),
        "name": name,
        "certified": met,
        "status": "cannot_say" if headcount == 0 else "met" if met else "not_met",
        "completed": completed,
        "headcount": headcount,
        "percent": min(100, 100 * completed // headcount) if headcount else 0,
        "needed": max(0, -(-60 * headcount // 100) - completed),
        "evidence": Evidence(self_asserted=completed),
        "beside": {},
    }
    return dataclasses.replace(COUNTED, **{**numbers, **changes})  # type: ignore[arg-type]


def suppressed(name: str, *, met: bool) -> HotelDecision:
    """Give a hotel as the programme view shows a small one: the result and a band."""
    made = hotel(name, 3 if met else 2, 5, evidence=None, headcount_band="3-9")
    return dataclasses.replace(made, completed=None, headcount=None, percent=None, needed=None)


def report(*hotels: HotelDecision, **changes: object) -> Report:
    """Give a report over these hotels."""
    made = Report(
        programme="Hotels Awake",
        as_of=AS_OF,
        time_zone="Europe/Amsterdam",
        rule=Rule().model_dump(mode="json"),
        window_from=datetime.date(2024, 11, 21),
        hotels=tuple(sorted(hotels, key=lambda item: item.hotel)),
        data=DataCounts(facts=901, duplicates=11, voided=2, voids_refused=3, quarantined=4,
                        unmatched=5, anonymous=6, outside_window=7),
    )  # fmt: skip
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def overview_with_everything(shown: Report, whole: Report, *hotels: str) -> Overview:
    """Give an overview of which these hotels fill every part that the view shows."""
    before = whole.as_of - datetime.timedelta(days=100)
    known = HotelInsight(
        departments={"housekeeping": Count(60, 100), "bar": Count(59, 100)},
        languages={"nl": 90, "pl": 29},
        versions={"1.0.0": 100, "0.9.0": 19},
        days={before - datetime.timedelta(days=610): 70},
        signs=Signs(quick=4, night=6, together=3),
    )
    insight = Insight(dict.fromkeys(hotels, known), {})
    return make_overview(shown, whole, [dataclasses.replace(whole, as_of=before)], insight)


def programme(folder: Path, more: str = "") -> ProgrammeDirectory:
    """Write and read a small programme.yaml, with the public key of tests.reports.signing."""
    text = f"name: Hotels Awake\nissuer: Foundation Awake\niri: https://id.noroom.example\n{more}"
    (folder / "programme.yaml").write_text(text, encoding="utf-8")
    announce(folder)
    return read_programme(folder)
