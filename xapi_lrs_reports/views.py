"""Who may see what: the internal report -> the view that may leave the programme's office.

Statistical practice hides groups under ten, and groups in which nobody or everybody completed,
since both tell something about each person. What is hidden here cannot be had back by subtraction:
no total contains a hidden hotel (report_model.Report.totals).
"""

from __future__ import annotations

from dataclasses import replace

from xapi_lrs_reports.report_model import Count, HotelDecision, Report

SMALL_GROUP = 10
BAND_START = 50


def programme_view(report: Report) -> Report:
    """Hide small and telling groups; the decision itself stays as it is."""
    hotels = tuple(_hidden(hotel) for hotel in report.hotels)
    return replace(report, view="programme", hotels=hotels)


def is_telling(completed: int, headcount: int) -> bool:
    """Tell whether the two numbers say something about each person of the group."""
    return headcount < SMALL_GROUP or completed == 0 or completed >= headcount


def headcount_band(headcount: int) -> str:
    """Give `1-49`, `50+`, or `none` for 0.

    The first band is wide on purpose: were it `1-9`, a hidden hotel above it would be known to
    have 0 % or 100 %.
    """
    if headcount == 0:
        return "none"
    return "1-49" if headcount < BAND_START else f"{BAND_START}+"


def _hidden(hotel: HotelDecision) -> HotelDecision:
    completed, headcount = hotel.completed or 0, hotel.headcount or 0
    if not is_telling(completed, headcount):
        return replace(hotel, beside=_shown_groups(hotel), flags=_shown_flags(hotel))
    return replace(
        hotel,
        completed=None,
        headcount=None,
        percent=None,
        needed=None,
        evidence=None,
        beside={},
        flags=(),
        headcount_band=headcount_band(headcount),
        housekeeping=None,
        excluded=None,
        course_versions=(),
    )


def _shown_groups(hotel: HotelDecision) -> dict[str, Count]:
    return {
        name: count
        for name, count in hotel.beside.items()
        if not is_telling(count.completed, count.headcount)
    }


def _shown_flags(hotel: HotelDecision) -> tuple[str, ...]:
    """Drop what a small department would tell."""
    group = hotel.housekeeping
    small = group is None or is_telling(group.completed, group.headcount)
    return tuple(flag for flag in hotel.flags if not (flag == "housekeeping_low" and small))
