"""Report -> public figures: how hotels do, without any hotel, chain, day or person.

Who publishes these beside a programme view gives nothing away: they count hotels, not people, and
every share is one of a group of five hotels or more, rounded to five percentage points.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from xapi_lrs_reports.report.renderers.table import printable
from xapi_lrs_reports.report.report_model import HotelDecision, Report
from xapi_lrs_reports.report.views import is_telling
from xapi_lrs_reports.report.words import parameters_line

FEWEST_HOTELS = 5
STEP = 5
SIZES = (("10-49", 10, 50), ("50-99", 50, 100), ("100+", 100, 1_000_000_000))


def benchmark_json(report: Report) -> dict[str, object]:
    """Give the public figures of an internal report.

    `{"as_of": "2026-11", "threshold", "hotels", "met_percent", "coverage": {"hotels", "quarter",
    "median", "three_quarters"} | null, "by_size": {"10-49": the same | null, …}, "rule": every
    parameter}`; `as_of` is a month, `hotels` are rounded down to fives, null: fewer than five
    hotels.
    """
    decided = [hotel for hotel in report.hotels if hotel.status != "cannot_say"]
    sizes = {
        name: _coverage([one for one in decided if least <= (one.headcount or 0) < end])
        for name, least, end in SIZES
    }
    met = sum(hotel.certified for hotel in decided)
    enough = len(decided) >= FEWEST_HOTELS
    return {
        "as_of": f"{report.as_of:%Y-%m}",
        "threshold": report.rule["threshold"],
        "hotels": _fives(len(report.hotels)),
        "met_percent": _fives(100 * met // len(decided)) if enough else None,
        "coverage": _coverage(decided),
        "by_size": sizes,
        "rule": dict(report.rule),
    }


def benchmark_text(report: Report) -> str:
    """Give the public figures in a few sentences."""
    found = benchmark_json(report)
    lines = [f"{found['as_of']}: {found['hotels']} hotels or a few more take part."]
    if found["met_percent"] is not None:
        lines.append(
            f"About {found['met_percent']} % of them meet the rule of {found['threshold']} %."
        )
    sizes = found["by_size"]
    rows = {"all hotels with ten employees or more": found["coverage"]}
    rows |= sizes if isinstance(sizes, dict) else {}
    for name, one in rows.items():
        words = name if name[0].isalpha() else f"hotels with {name} employees"
        if not isinstance(one, dict):
            lines.append(f"Of {words}: too few hotels to say.")
            continue
        lines.append(
            f"Of {words}: half have about {one['median']} % or more, the middle half lies between "
            f"{one['quarter']} % and {one['three_quarters']} %."
        )
    lines.append(printable(f"Parameters: {parameters_line(report)}."))
    return "\n".join(lines) + "\n"


def _coverage(hotels: Sequence[HotelDecision]) -> dict[str, int] | None:
    """Give the quartiles over hotels whose own numbers could be shown."""
    shares = [
        hotel.percent or 0
        for hotel in hotels
        if not is_telling(hotel.completed or 0, hotel.headcount or 0)
    ]
    if len(shares) < FEWEST_HOTELS:
        return None
    quarter, median, three = statistics.quantiles(shares, n=4, method="inclusive")
    return {
        "hotels": _fives(len(shares)),
        "quarter": _fives(quarter),
        "median": _fives(median),
        "three_quarters": _fives(three),
    }


def _fives(number: float) -> int:
    return int(number // STEP) * STEP
