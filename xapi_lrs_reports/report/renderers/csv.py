"""Report -> CSV for spreadsheets: UTF-8, comma, CRLF (RFC 4180), one row per hotel.

Numbers are bare; every text is quoted, and one that a spreadsheet would run as a formula gets an
apostrophe in front. Hidden numbers are empty. The last column has the parameters of the rule, the
same in each row: a row that is copied elsewhere takes them along.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import TYPE_CHECKING

from xapi_lrs_reports.report.words import parameters_line

if TYPE_CHECKING:
    from xapi_lrs_reports.report.report_model import HotelDecision, Report

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_KINDS = ("lms_recorded", "self_asserted", "code", "attendance_list")
_COLUMNS = (
    "as_of", "hotel", "name", "chain", "status", "certified", "completed", "headcount",
    "headcount_source", "headcount_band", "percent", "needed", "tier", "certificate",
    *_KINDS, "flags",
)  # fmt: skip


def render_csv(report: Report) -> str:
    """Give the report as CSV text."""
    beside = [str(name) for name in _list(report.rule.get("report_beside"))]
    groups = [f"{name}_{part}" for name in beside for part in ("completed", "headcount")]
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    rule = parameters_line(report)
    writer.writerow([*_COLUMNS, *groups, "rule"])
    for hotel in report.hotels:
        row = [report.as_of.isoformat(), *_values(hotel), *_groups(hotel, beside), rule]
        writer.writerow([neutral(value) if isinstance(value, str) else value for value in row])
    return text.getvalue()


def neutral(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula, full-width signs included."""
    first = unicodedata.normalize("NFKC", text.lstrip(" ")[:1])
    return f"'{text}" if text[:1] in _FORMULA_STARTS or first in _FORMULA_STARTS else text


def _values(hotel: HotelDecision) -> list[str | int]:
    evidence = hotel.evidence.as_json() if hotel.evidence else {}
    numbers = [hotel.completed, hotel.headcount, hotel.percent, hotel.needed]
    completed, headcount, percent, needed = ("" if n is None else n for n in numbers)
    return [
        hotel.hotel, hotel.name, hotel.chain, hotel.status,
        "yes" if hotel.certified else "no",
        completed, headcount, hotel.headcount_source, hotel.headcount_band,
        percent, needed, hotel.tier, hotel.certificate,
        *(evidence.get(kind, "") for kind in _KINDS),
        " ".join(hotel.flags),
    ]  # fmt: skip


def _groups(hotel: HotelDecision, beside: list[str]) -> list[str | int]:
    found: list[str | int] = []
    for name in beside:
        count = hotel.beside.get(name)
        found += [count.completed, count.headcount] if count else ["", ""]
    return found


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
