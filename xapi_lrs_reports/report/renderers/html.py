"""Report -> one self-contained HTML page: no script, no network, readable in print and on a phone.

The page obeys the view of the report: what the report hides is not in the page either.
"""

from __future__ import annotations

from dataclasses import fields
from itertools import groupby
from typing import Any

from xapi_lrs_reports.report.overview import (
    NEAR_POINTS,
    SOON_DAYS,
    STILL_DAYS,
    Overview,
    threshold_of,
)
from xapi_lrs_reports.report.renderers.html_charts import charts
from xapi_lrs_reports.report.renderers.html_words import (
    ATTENTION,
    Words,
    parameter_value,
    rule_sentences,
    words_in,
)
from xapi_lrs_reports.report.renderers.page import render_page
from xapi_lrs_reports.report.report_model import DataCounts, HotelDecision, Report
from xapi_lrs_reports.report.words import is_fte
from xapi_lrs_reports.rule.insight import QUICK_MINUTES

LIST_LENGTH = 12
_DUE = frozenset(["none", "grace", "lapsed"])
_ORDER = {"met": 0, "not_met": 1, "cannot_say": 2}


def render_html(report: Report, overview: Overview, *wanted: str) -> str:
    """Give the report as one HTML page without script or network, in the report's view.

    `wanted`: languages, the dearest first; English where none has all the words.
    """
    w = words_in(*wanted)
    return render_page(
        "report.html.jinja",
        ("report.css",),
        w=w,
        report=report,
        overview=overview,
        is_inside=report.view == "internal",
        is_fte=is_fte(report),
        threshold=threshold_of(report),
        rule_sentences=rule_sentences(w, report.rule),
        parameters=parameter_rows(report, w),
        tiles=_tiles(report, len(overview.near), w),
        near_points=NEAR_POINTS,
        soon_days=SOON_DAYS,
        still_days=STILL_DAYS,
        quick_minutes=QUICK_MINUTES,
        list_length=LIST_LENGTH,
        charts=charts(overview.trend, threshold_of(report), w),
        groups=_groups(overview, w),
        signs=_signs(overview, w),
        hidden=sum(hotel.suppressed for hotel in report.hotels),
        chains=_chains(report, w),
        data=_data(report, w),
        data_by_chain=_data_by_chain(report, w),
    )


def parameter_rows(report: Report, w: Words) -> list[dict[str, str]]:
    """Give every parameter of the rule: its name, its value, and what it means."""
    return [
        {
            "name": name,
            "value": parameter_value(w, value),
            "meaning": w.texts.get(f"parameter_{name}", ""),
        }
        for name, value in report.rule.items()
    ]


def _tiles(report: Report, near: int, w: Words) -> list[dict[str, Any]]:
    totals = report.totals()
    held = sum(hotel.certificate == "valid" for hotel in report.hotels)
    due = sum(_is_due(hotel) for hotel in report.hotels)
    values = {
        "met": (totals.met, totals.hotels, w("tile_met_note")),
        "paper": (held, totals.hotels, w("tile_paper_note", number=due)),
        "near": (near, totals.not_met, w("tile_near_note")),
        "unsure": (totals.cannot_say, totals.hotels, w("tile_unsure_note")),
    }
    return [
        {"kind": kind, "label": w(f"tile_{kind}"), "value": value, "of": of, "note": note}
        for kind, (value, of, note) in values.items()
    ]


def _is_due(hotel: HotelDecision) -> bool:
    return hotel.certified and hotel.certificate in _DUE


def _groups(overview: Overview, w: Words) -> dict[str, list[dict[str, Any]]]:
    """Give departments and languages as rows with a bar of 0 to 100."""
    most = max((group.completed for group in overview.languages), default=0)
    return {
        "departments": [
            {
                "name": _department(group.name, w),
                "completed": group.completed,
                "headcount": group.headcount,
                "percent": group.percent,
                "bar": group.percent or 0,
            }
            for group in overview.departments
        ],
        "languages": [
            {
                "name": _language(group.name, w),
                "completed": group.completed,
                "bar": 100 * group.completed // most if most else 0,
            }
            for group in overview.languages
        ],
    }


def _department(name: str, w: Words) -> str:
    if name in ("", "unknown"):
        return w("others" if name == "" else "unknown")
    return name.replace("_", " ").capitalize()


def _language(tag: str, w: Words) -> str:
    if tag in ("", "unknown"):
        return w("others" if tag == "" else "unknown")
    return w.language_name(tag)


def _signs(overview: Overview, w: Words) -> list[tuple[HotelDecision, list[str]]]:
    """Give the hotels with something to look at, each with what it is."""
    found = []
    for hotel, signs in overview.signs:
        said = [
            w(f"sign_{name}", number=number, minutes=QUICK_MINUTES)
            for name, number in signs.as_json().items()
            if number
        ]
        if "headcount_stale" in hotel.flags:
            said.append(w("sign_headcount_stale"))
        found.append((hotel, said))
    return found


def _chains(report: Report, w: Words) -> list[dict[str, Any]]:
    """Give the chains by name, each with its hotels: the best first, hidden numbers last."""
    by_chain = sorted(report.hotels, key=lambda hotel: (hotel.chain_name.casefold(), hotel.chain))
    chains = []
    for chain, group in groupby(by_chain, key=lambda hotel: hotel.chain):
        hotels = sorted(group, key=_rank)
        chains.append(
            {
                "id": chain,
                "name": hotels[0].chain_name,
                "met": sum(hotel.status == "met" for hotel in hotels),
                "hotels": [_row(hotel, report, w) for hotel in hotels],
            }
        )
    return chains


def _rank(hotel: HotelDecision) -> tuple[int, int, str, str]:
    percent = -1 if hotel.percent is None else hotel.percent
    return (_ORDER[hotel.status], -percent, hotel.name.casefold(), hotel.hotel)


def _row(hotel: HotelDecision, report: Report, w: Words) -> dict[str, Any]:
    """Give what the template shows of one hotel."""
    kind = "due" if _is_due(hotel) else "certificate"
    return {
        "id": hotel.hotel,
        "name": hotel.name,
        "status": hotel.status,
        "status_words": w.of("status", hotel.status),
        "suppressed": hotel.suppressed,
        "tier": hotel.tier,
        "band": _band(hotel.headcount_band, w),
        "completed": hotel.completed,
        "headcount": hotel.headcount,
        "percent": hotel.percent,
        "bar": hotel.percent,
        "declared": hotel.headcount_source == "declared",
        "needed_words": w("not_shown") if hotel.needed is None else _needed(hotel),
        "certificate": hotel.certificate,
        "certificate_words": w.of(kind, hotel.certificate),
        "evidence": _evidence(hotel, w),
        "remarks": _remarks(hotel, report, w),
    }


def _band(band: str, w: Words) -> str:
    if band == "none":
        return w("band_none")
    return w("band", band=band.replace("-", "–")) if band else w("not_shown")


def _needed(hotel: HotelDecision) -> str:
    return "–" if hotel.status == "cannot_say" or hotel.needed == 0 else str(hotel.needed)


def _evidence(hotel: HotelDecision, w: Words) -> list[dict[str, Any]]:
    if hotel.evidence is None:
        return []
    counts = hotel.evidence.as_json()
    return [{"count": n, "words": w.of("evidence", kind)} for kind, n in counts.items() if n]


def _remarks(hotel: HotelDecision, report: Report, w: Words) -> list[str]:
    """Give the flags in words; beside and left-out groups only where numbers are shown."""
    found = [w.of("flag", code) for code in hotel.flags]
    if hotel.suppressed:
        return found
    beside = [
        w(
            "beside_group",
            completed=count.completed,
            headcount=count.headcount,
            group=w.of("group", group),
        )
        for group, count in hotel.beside.items()
        if count.headcount
    ]
    if beside:
        found.append(w("beside", groups=w.row(beside)))
    if report.view == "internal":
        found += _left_out(hotel, w)
    return found


def _left_out(hotel: HotelDecision, w: Words) -> list[str]:
    if hotel.excluded is None:
        return []
    counts = [
        (getattr(hotel.excluded, item.name), w.of("excluded", item.name))
        for item in fields(hotel.excluded)
        if item.name != "contract"
    ]
    parts = [f"{count} {reason}" for count, reason in counts if count]
    return [w("not_counted", groups=w.row(parts))] if parts else []


def _data(report: Report, w: Words) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": w.of("data", name),
            "count": _count(count, w),
            "advice": w.texts.get(f"advice_{name}", ""),
            "attention": name in ATTENTION and bool(count),
        }
        for name, count in report.data.as_json().items()
    ]


def _data_by_chain(report: Report, w: Words) -> dict[str, Any]:
    """Give `labels` and `rows` of the counts that are known by chain; no rows: none are shown."""
    names = {hotel.chain: hotel.chain_name for hotel in report.hotels}
    every = {names.get(chain, chain): data for chain, data in report.data_by_chain.items()}
    known = [item.name for item in fields(DataCounts)
             if any(getattr(data, item.name) is not None for data in every.values())]  # fmt: skip
    return {
        "labels": [w.of("data", name) for name in known],
        "rows": [
            (chain, [_count(getattr(data, name), w) for name in known])
            for chain, data in every.items()
        ],
    }


def _count(count: int | None, w: Words) -> str:
    return w("not_shown") if count is None else w.number(count)
