"""Who may see what: the internal report -> the view that may leave the programme's office.

Statistical practice hides groups under ten, and groups in which nobody or everybody completed,
since both tell something about each person. Groups in which all but one did, or one alone, are
hidden with them: else a hidden hotel that is known to be large would be known to have 0 % or 100 %.
What is hidden here cannot be had back by subtraction: no total contains a hidden hotel
(report_model.Report.totals), and the counts of the whole programme's data are hidden where they
stand for a few hidden hotels.
"""

from __future__ import annotations

from dataclasses import replace

from xapi_lrs_reports.report_model import Count, HotelDecision, Report

SMALL_GROUP = 10
FEW_PEOPLE = 2
FEW_HOTELS = 3
BAND_START = 50


def programme_view(report: Report) -> Report:
    """Hide small and telling groups; the decision itself stays as it is."""
    hotels = tuple(_hidden(hotel) for hotel in report.hotels)
    hidden = [hotel.headcount or 0 for hotel in report.hotels if _is_hidden(hotel)]
    data = report.data
    if len(hidden) > 0 and (len(hidden) < FEW_HOTELS or sum(hidden) < SMALL_GROUP):
        data = replace(
            data,
            facts=None,
            voided=None,
            unmatched=None,
            anonymous=None,
            outside_window=None,
            codes_in_review=None,
        )
    return replace(report, view="programme", hotels=hotels, data=data)


def is_telling(completed: int, headcount: int) -> bool:
    """Tell whether the two numbers say something about each person of the group."""
    few = min(completed, headcount - completed) < FEW_PEOPLE
    return headcount < SMALL_GROUP or few


def headcount_band(headcount: int) -> str:
    """Give `1-49`, `50+`, or `none` for 0.

    The first band is wide on purpose: were it `1-9`, a hidden hotel above it would be known to
    have nearly 0 % or 100 %.
    """
    if headcount == 0:
        return "none"
    return "1-49" if headcount < BAND_START else f"{BAND_START}+"


def _is_hidden(hotel: HotelDecision) -> bool:
    return is_telling(hotel.completed or 0, hotel.headcount or 0)


def _hidden(hotel: HotelDecision) -> HotelDecision:
    headcount = hotel.headcount or 0
    if not _is_hidden(hotel):
        groups, flags = _shown_groups(hotel), _shown_flags(hotel)
        return replace(hotel, beside=groups, flags=flags, housekeeping=None, excluded=None)
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
        codes_issued=0,
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
