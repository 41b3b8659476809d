"""Report -> table: rich with colours on a terminal, plain aligned columns in a pipe or a file."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from xapi_lrs_reports.report.words import STATUS, parameters_line, plural, rule_sentence

if TYPE_CHECKING:
    from xapi_lrs_reports.report.report_model import HotelDecision, Report

_HEADER = ("Hotel", "Name", "Rule", "Done", "Staff", "%", "Needed", "Certificate", "Notes")
_RIGHT = frozenset([3, 4, 5, 6])
_NAME, _NOTES = 1, 8
_MAY_BE_EMPTY = frozenset([7, _NOTES])
_LEAST = {_NOTES: 16, _NAME: 11}
"""Columns that are broken between words, down to this width; the first one first."""
_COLOURS = {"met": "green", "not_met": "yellow", "cannot_say": "magenta"}


def render_table(report: Report) -> str:
    """Give the report as plain text, columns aligned, without colours."""
    rows = [_cells(hotel) for hotel in report.hotels]
    return "\n".join([*heading(report), "", *aligned(_HEADER, rows, _RIGHT), "", *closing(report)])


def print_table(report: Report) -> None:
    """Print the report with rich, fitted to the terminal."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    console.print(escape("\n".join(heading(report))))
    rows = [[printable(cell) for cell in _cells(hotel)] for hotel in report.hotels]
    widths = fitting(rows, console.width)
    whole = sum(widths.values()) + len(widths)
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="bold", width=whole)
    for number, wide in widths.items():
        table.add_column(
            _HEADER[number],
            justify="right" if number in _RIGHT else "left",
            no_wrap=number not in _LEAST,
            overflow="fold",
            width=wide,
        )
    for hotel, row in zip(report.hotels, rows, strict=True):
        cells = [Text(cell) for cell in row]
        cells[2].stylize(_COLOURS[hotel.status])
        table.add_row(*(cells[number] for number in widths))
    console.print(table, crop=False)
    console.print(escape("\n".join(closing(report))))


def fitting(rows: Sequence[Sequence[str]], wide: int) -> dict[int, int]:
    """Give {column: its width} for a terminal of so many columns.

    Certificate and notes go where they are empty. Notes, then names, are broken between words; the
    name goes where even that does not help, since the id says the same. Nothing else is made
    narrower: half a number is another number.
    """
    widths = {
        number: max(width(cell) for cell in (name, *(row[number] for row in rows)))
        for number, name in enumerate(_HEADER)
        if number not in _MAY_BE_EMPTY or any(row[number] for row in rows)
    }
    for number, least in _LEAST.items():
        if number in widths:
            room = widths[number] + wide - sum(widths.values()) - len(widths)
            widths[number] = min(widths[number], max(least, room))
    if sum(widths.values()) + len(widths) > wide:
        del widths[_NAME]
    return widths


def heading(report: Report) -> list[str]:
    """Give the lines above the table: what, when, by which rule."""
    return [
        f"{printable(report.programme)}, as of {report.as_of}, {report.view} view",
        rule_sentence(report),
    ]


def closing(report: Report) -> list[str]:
    """Give the lines below the table: totals, what the report rests on, warnings."""
    totals, data = report.totals(), report.data.as_json()
    parts = [f"{totals.met} met", f"{totals.not_met} not met"]
    if totals.cannot_say:
        parts.append(f"{totals.cannot_say} cannot say")
    lines = [f"{plural(totals.hotels, 'hotel')}: {', '.join(parts)}."]
    if totals.hotels_shown:
        hidden = totals.hotels - totals.hotels_shown
        shown = f" in {plural(totals.hotels_shown, 'hotel')} shown in full" if hidden else ""
        lines.append(f"{totals.completed:,} of {totals.headcount:,} employees completed{shown}.")
    counts = ", ".join(
        f"{name.replace('_', ' ')} {'not shown' if number is None else f'{number:,}'}"
        for name, number in data.items()
    )
    lines.append(f"Data: {counts}.")
    lines.append(printable(f"Parameters: {parameters_line(report)}."))
    lines += [f"Note: {printable(warning)}" for warning in report.warnings]
    return lines


def aligned(
    header: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int]
) -> list[str]:
    """Give lines with columns two blanks apart; widths count wide characters as two."""
    table = [header, *([printable(cell) for cell in row] for row in rows)]
    columns = [[width(cell) for cell in column] for column in zip(*table, strict=True)]
    widest = [max(widths) for widths in columns]
    lines = []
    for row, widths in zip(table, zip(*columns, strict=True), strict=True):
        cells = []
        for number, (cell, wide) in enumerate(zip(row, widths, strict=True)):
            gap = " " * (widest[number] - wide)
            cells.append(gap + cell if number in right else cell + gap)
        lines.append("  ".join(cells).rstrip())
    return lines


def printable(text: str) -> str:
    """Replace control characters, which could move the cursor or hide text."""
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cf") else sign for sign in text)


def width(text: str) -> int:
    """Give the number of terminal columns that a text takes."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(unicodedata.combining(sign) != 0 for sign in text)


def _cells(hotel: HotelDecision) -> list[str]:
    numbers = (hotel.completed, hotel.headcount, hotel.percent, hotel.needed)
    completed, headcount, percent, needed = ("" if n is None else str(n) for n in numbers)
    if hotel.status == "cannot_say":
        percent = needed = "-"
    return [
        hotel.hotel,
        hotel.name,
        STATUS[hotel.status],
        completed,
        headcount or hotel.headcount_band,
        percent,
        needed,
        "" if hotel.certificate == "none" else hotel.certificate,
        ", ".join([*_tier(hotel), *(flag.replace("_", " ") for flag in hotel.flags)]),
    ]


def _tier(hotel: HotelDecision) -> list[str]:
    return [f'tier "{hotel.tier}"'] if hotel.tier else []
