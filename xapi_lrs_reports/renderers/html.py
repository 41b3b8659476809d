"""Report -> one self-contained HTML page: no script, no network, readable in print and on a phone.

The page obeys the view of the report: what the report hides is not in the page either.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import fields
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from xapi_lrs_reports.renderers import html_words as words

if TYPE_CHECKING:
    from jinja2 import Template

    from xapi_lrs_reports.report_model import HotelDecision, Report

NEAR_POINTS = 15
"""A hotel is near the threshold when it is less than this many percentage points below it."""

NEAR_SHOWN = 12
_ORDER = {"met": 0, "not_met": 1, "cannot_say": 2}


def render_html(report: Report) -> str:
    """Give the report as one HTML page without script or network, in the report's view."""
    from markupsafe import Markup

    style = _style()
    near = _near(report)
    return _template().render(
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=_csp_hash(style),
        programme=report.programme,
        as_of=report.as_of.isoformat(),
        as_of_words=f"{report.as_of.day} {report.as_of:%B %Y}",
        view_words=words.VIEW[report.view],
        threshold=report.rule["threshold"],
        rule_sentence=words.rule_sentence(report.rule),
        parameters=_parameters(report),
        tiles=_tiles(report, len(near)),
        near=[_row(hotel, report) for hotel in near[:NEAR_SHOWN]],
        near_points=NEAR_POINTS,
        hidden=sum(hotel.suppressed for hotel in report.hotels),
        chains=_chains(report),
        data=_data(report),
        warnings=report.warnings,
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("xapi_lrs_reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("report.html.jinja")


@cache
def _style() -> str:
    from importlib import resources

    folder = resources.files("xapi_lrs_reports").joinpath("templates")
    return folder.joinpath("report.css").read_text(encoding="utf-8").replace("</", "<\\/")


def _csp_hash(style: str) -> str:
    """Give the hash that allows this one style sheet (Content Security Policy Level 3)."""
    digest = hashlib.sha256(style.encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode("ascii")


def _parameters(report: Report) -> list[dict[str, str]]:
    return [
        {
            "name": name,
            "value": words.parameter_value(value),
            "meaning": words.PARAMETERS.get(name, ""),
        }
        for name, value in report.rule.items()
    ]


def _near(report: Report) -> list[HotelDecision]:
    """Give the hotels just below the threshold whose numbers are shown, nearest first."""
    threshold = report.rule["threshold"]
    if not isinstance(threshold, int):
        raise TypeError("threshold is not a whole number")
    found = [
        hotel
        for hotel in report.hotels
        if hotel.status == "not_met"
        and hotel.percent is not None
        and hotel.percent > threshold - NEAR_POINTS
    ]
    return sorted(found, key=lambda hotel: (hotel.needed or 0, hotel.name, hotel.hotel))


def _tiles(report: Report, near: int) -> list[dict[str, Any]]:
    totals = report.totals()
    held = sum(hotel.certificate == "valid" for hotel in report.hotels)
    due = sum(_is_due(hotel) for hotel in report.hotels)
    waiting = f"{due or 'none'} waiting to be issued"
    below = "hotels that do not meet it yet"
    return [
        _tile("met", "Meet the rule", totals.met, totals.hotels, "hotels, from the data alone"),
        _tile("paper", "Hold a valid certificate", held, totals.hotels, waiting),
        _tile("near", "Near the threshold", near, totals.not_met, below),
        _tile("unsure", "Cannot say", totals.cannot_say, totals.hotels, "employees unknown"),
    ]


def _tile(kind: str, label: str, value: int, of: int, note: str) -> dict[str, Any]:
    return {"kind": kind, "label": label, "value": value, "of": of, "note": note}


def _is_due(hotel: HotelDecision) -> bool:
    return hotel.certified and hotel.certificate in words.CERTIFICATE_DUE


def _chains(report: Report) -> list[dict[str, Any]]:
    """Give the chains by name, each with its hotels: the best first, hidden numbers last."""
    by_chain = sorted(report.hotels, key=lambda hotel: (hotel.chain_name.casefold(), hotel.chain))
    chains = []
    for _, group in groupby(by_chain, key=lambda hotel: hotel.chain):
        hotels = sorted(group, key=_rank)
        chains.append(
            {
                "name": hotels[0].chain_name,
                "met": sum(hotel.status == "met" for hotel in hotels),
                "hotels": [_row(hotel, report) for hotel in hotels],
            }
        )
    return chains


def _rank(hotel: HotelDecision) -> tuple[int, int, str, str]:
    percent = -1 if hotel.percent is None else hotel.percent
    return (_ORDER[hotel.status], -percent, hotel.name.casefold(), hotel.hotel)


def _row(hotel: HotelDecision, report: Report) -> dict[str, Any]:
    """Give what the template shows of one hotel."""
    certificates = words.CERTIFICATE_DUE if _is_due(hotel) else words.CERTIFICATE
    return {
        "id": hotel.hotel,
        "name": hotel.name,
        "status": hotel.status,
        "status_words": words.STATUS[hotel.status],
        "suppressed": hotel.suppressed,
        "band": _band(hotel.headcount_band),
        "completed": hotel.completed,
        "headcount": hotel.headcount,
        "percent": hotel.percent,
        "bar": hotel.percent,
        "declared": hotel.headcount_source == "declared",
        "needed": hotel.needed,
        "needed_words": "not shown" if hotel.needed is None else _needed(hotel),
        "certificate": hotel.certificate,
        "certificate_words": certificates[hotel.certificate],
        "evidence": _evidence(hotel),
        "remarks": _remarks(hotel, report),
    }


def _band(band: str) -> str:
    if band == "none":
        return "number of employees unknown"
    return f"{band.replace('-', '–')} employees" if band else "not shown"


def _needed(hotel: HotelDecision) -> str:
    return "–" if hotel.status == "cannot_say" or hotel.needed == 0 else str(hotel.needed)


def _evidence(hotel: HotelDecision) -> list[dict[str, Any]]:
    if hotel.evidence is None:
        return []
    counts = hotel.evidence.as_json()
    return [{"count": n, "words": words.EVIDENCE[kind]} for kind, n in counts.items() if n]


def _remarks(hotel: HotelDecision, report: Report) -> list[str]:
    """Give the flags in words; beside and left-out groups only where numbers are shown."""
    found = [words.flag(code) for code in hotel.flags]
    if hotel.suppressed:
        return found
    beside = [
        f"{count.completed} of {count.headcount} {words.GROUPS.get(group, group.replace('_', ' '))}"
        for group, count in hotel.beside.items()
        if count.headcount
    ]
    if beside:
        found.append(f"Beside the rule: {', '.join(beside)}.")
    if report.view == "internal":
        found += _left_out(hotel)
    return found


def _left_out(hotel: HotelDecision) -> list[str]:
    if hotel.excluded is None:
        return []
    counts = [
        (getattr(hotel.excluded, item.name), words.EXCLUDED.get(item.name, item.name))
        for item in fields(hotel.excluded)
        if item.name != "contract"
    ]
    parts = [f"{count} {reason}" for count, reason in counts if count]
    return [f"Not counted: {', '.join(parts)}."] if parts else []


def _data(report: Report) -> list[dict[str, Any]]:
    rows = []
    for name, count in report.data.as_json().items():
        label, advice, attention = words.DATA.get(name, (name.replace("_", " "), "", False))
        rows.append(
            {
                "name": name,
                "label": label,
                "count": "not shown" if count is None else count,
                "advice": advice,
                "attention": attention and bool(count),
            }
        )
    return rows
