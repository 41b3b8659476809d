"""Report -> XLSX: a sheet for each question, typed cells, filters, and a sheet on the method.

Texts are written as texts: nothing that an LMS or a chain wrote is ever a formula or a link. The
same report gives the same bytes.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from xapi_lrs_reports.report.overview import Group, Overview
from xapi_lrs_reports.report.renderers.xlsx_words import OTHERS, in_language
from xapi_lrs_reports.report.report_model import Count, HotelDecision, Report
from xapi_lrs_reports.report.words import EMPTY_CELLS, SHARE, SHARE_FTE, is_fte, rule_sentence

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

Cell = str | int | float | datetime.date | None
Row = Sequence[Cell]
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_MOST_CHARACTERS = 32_767
_WIDEST = 48


def render_xlsx(report: Report, overview: Overview, language: str | None = None) -> bytes:
    """Give the workbook: Hotels, Chains, Trend, Groups, Attention, Data, Method.

    `language`: of headings, method and fixed words, where there are all; None: English.
    """
    sheets = {
        "Hotels": (hotel_header(report), [_hotel_row(one, report) for one in report.hotels]),
        "Chains": _chains(overview),
        "Trend": _trend(overview),
        "Groups": _groups(overview),
        "Attention": _attention(overview),
        "Data": _data(report),
        "Method": method(report),
    }
    return workbook(report, in_language(report, sheets, language) if language else sheets)


def workbook(report: Report, sheets: Mapping[str, tuple[Row, list[Row]]]) -> bytes:
    """Give a workbook of tables: {sheet: (header, rows)}, each with a filter and a fixed header."""
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, _OPTIONS)
    noon = datetime.datetime.combine(report.as_of, datetime.time(12))
    book.set_properties({"title": report.programme, "created": noon})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    share = book.add_format({"num_format": "0%"})
    for name, (header, rows) in sheets.items():
        _fill(book, name, header, rows, {"head": head, "day": day, "share": share})
    book.close()
    return file.getvalue()


def _fill(
    book: Workbook, name: str, header: Row, rows: list[Row], formats: dict[str, Format]
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for column, title in enumerate(header):
        sheet.write_string(0, column, str(title), formats["head"])
        texts = [str(row[column]) for row in rows if row[column] is not None]
        sheet.set_column(column, column, _width([str(title), *texts]))
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value[:_MOST_CHARACTERS])
            elif isinstance(value, datetime.date):
                moment = datetime.datetime.combine(value, datetime.time())
                sheet.write_datetime(number, column, moment, formats["day"])
            elif isinstance(value, float):
                sheet.write_number(number, column, value, formats["share"])
            elif value is not None:
                sheet.write_number(number, column, value)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(header) - 1)


def _width(texts: Iterable[str]) -> int:
    return min(_WIDEST, 2 + max(len(text) for text in texts))


def hotel_header(report: Report) -> Row:
    """Give the columns of the sheet Hotels."""
    groups = [f"{name} {part}" for name in _beside(report) for part in ("completed", "headcount")]
    return [
        "hotel", "name", "chain", "chain name", "status", "rule met", "completed", "headcount",
        "headcount from", "size band", "share", "still needed", "tier", "certificate",
        "recorded by an LMS", "sent by the course", "by code", "by attendance list", "remarks",
        *groups,
    ]  # fmt: skip


def _hotel_row(hotel: HotelDecision, report: Report) -> Row:
    evidence = hotel.evidence.as_json() if hotel.evidence else {}
    groups = [hotel.beside.get(name) for name in _beside(report)]
    return [
        hotel.hotel, hotel.name, hotel.chain, hotel.chain_name, hotel.status.replace("_", " "),
        "yes" if hotel.certified else "no", hotel.completed, hotel.headcount,
        hotel.headcount_source, hotel.headcount_band, _share(hotel.percent, hotel),
        hotel.needed, hotel.tier or None, hotel.certificate, evidence.get("lms_recorded"),
        evidence.get("self_asserted"), evidence.get("code"), evidence.get("attendance_list"),
        ", ".join(flag.replace("_", " ") for flag in hotel.flags),
        *(number for count in groups for number in _numbers(count)),
    ]  # fmt: skip


def _beside(report: Report) -> list[str]:
    found = report.rule.get("report_beside")
    return [str(name) for name in found] if isinstance(found, list) else []


def _numbers(count: Count | None) -> list[int | None]:
    return [count.completed, count.headcount] if count else [None, None]


def _share(percent: int | None, hotel: HotelDecision) -> float | None:
    return None if percent is None or hotel.status == "cannot_say" else percent / 100


def _chains(overview: Overview) -> tuple[Row, list[Row]]:
    header = ["chain", "name", "hotels", "rule met", "not met", "cannot say", "certificates valid",
              "hotels shown in full", "completed there", "headcount there"]  # fmt: skip
    rows: list[Row] = []
    for one in overview.chains:
        total = one.totals
        rows.append([one.chain, one.name, total.hotels, total.met, total.not_met, total.cannot_say,
                     one.valid, total.hotels_shown, total.completed, total.headcount])  # fmt: skip
    return header, rows


def _trend(overview: Overview) -> tuple[Row, list[Row]]:
    header = ["day", "hotels", "rule met", "not met", "cannot say", "certificates valid",
              "completed", "headcount", "share"]  # fmt: skip
    rows: list[Row] = []
    for one in overview.trend:
        total, share = one.totals, None if one.share is None else one.share / 100
        rows.append([one.day, total.hotels, total.met, total.not_met, total.cannot_say,
                     one.valid, *_numbers(one.people), share])  # fmt: skip
    return header, rows


def _groups(overview: Overview) -> tuple[Row, list[Row]]:
    kinds = {"department": overview.departments, "language": overview.languages}
    rows: list[Row] = [_group(kind, group) for kind, groups in kinds.items() for group in groups]
    return ["kind", "group", "completed", "headcount", "share"], rows


def _group(kind: str, group: Group) -> Row:
    share = None if group.percent is None else group.percent / 100
    return [kind, group.name or OTHERS, group.completed, group.headcount, share]


def _attention(overview: Overview) -> tuple[Row, list[Row]]:
    rows: list[Row] = [_noted("near the threshold", one, one.needed, None) for one in overview.near]
    rows += [_noted("expires", one.hotel, None, one.day) for one in overview.expiring]
    rows += [_noted("no movement", one, one.needed, None) for one in overview.still]
    rows += [_noted("old course version", one, number, None) for one, number in overview.outdated]
    for hotel, signs in overview.signs:
        rows += [
            _noted(f"look at: {name}", hotel, number, None)
            for name, number in signs.as_json().items()
            if number
        ]
    return ["why", "hotel", "name", "chain", "people", "day"], rows


def _noted(why: str, hotel: HotelDecision, people: int | None, day: datetime.date | None) -> Row:
    return [why, hotel.hotel, hotel.name, hotel.chain, people, day]


def _data(report: Report) -> tuple[Row, list[Row]]:
    every = {"whole programme": report.data, **report.data_by_chain}
    rows: list[Row] = [
        [name.replace("_", " "), *(getattr(counts, name) for counts in every.values())]
        for name in report.data.as_json()
    ]
    return ["data", *every], rows


def method(report: Report) -> tuple[Row, list[Row]]:
    """Give the sheet on the method: what, when, by which rule."""
    rows: list[Row] = [
        ["programme", report.programme],
        ["as of", report.as_of],
        ["view", report.view],
        ["time zone", report.time_zone],
        ["completions from", report.window_from],
        ["rule in words", rule_sentence(report)],
        *([f"rule: {name}", _value(value)] for name, value in report.rule.items()),
        ["empty cells", EMPTY_CELLS],
        ["share", SHARE_FTE if is_fte(report) else SHARE],
        *(["warning", warning] for warning in report.warnings),
    ]
    return ["what", "value"], rows


def _value(value: object) -> Cell:
    if value is None:
        return "none"
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int):
        return value
    if isinstance(value, dict):
        return ", ".join(f"{name} {_value(item)}" for name, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(str(_value(item)) for item in value) or "none"
    return str(value)
