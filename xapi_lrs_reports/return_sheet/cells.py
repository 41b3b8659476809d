"""Cells of a row -> text, whole numbers and dates; what does not fit becomes a Problem."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from programme.problems import InputError, Problem
from xapi_lrs_reports.csv_edit import may_run
from xapi_lrs_reports.csv_table import MAX_SHOWN, is_date
from xapi_lrs_reports.sources.workbook import Cell

_EXACT = 10**15
"""Spreadsheets keep 15 digits of a number."""
_MAX_TEXT = 255
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass
class Complaints:
    """What is wrong with a sheet; `source` is the file as problems print it."""

    source: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, sheet: str, cell: str, code: str, what: str, fix: str) -> None:
        """Note one problem at `sheet!cell`."""
        self.problems.append(Problem(f"{self.source}:{sheet}!{cell}", 0, 0, code, what, fix))

    def finish(self) -> None:
        """Raise InputError if anything was wrong; a long list is cut, and says so."""
        if self.problems:
            shown = self.problems[:MAX_SHOWN]
            if len(self.problems) > MAX_SHOWN:
                what = f"{len(self.problems) - MAX_SHOWN} more cells are wrong"
                shown.append(Problem(self.source, 0, 0, "sheet-more", what, "Cure these first."))
            raise InputError(shown)


@dataclass(frozen=True)
class SheetRow:
    """One row of data: cells by the name of their column."""

    sheet: str
    number: int
    cells: dict[str, Cell]
    complaints: Complaints

    def wrong(self, column: str, code: str, what: str, fix: str) -> None:
        """Note what is wrong with one cell; a column that the sheet lacks is the first one."""
        cell = self.cells.get(column) or next(iter(self.cells.values()))
        self.complaints.add(self.sheet, cell.name, code, what, fix)

    def is_blank(self, *columns: str) -> bool:
        """Tell whether none of these columns has a value."""
        found = (self.cells.get(column) for column in columns)
        return not any(cell and str(cell.value or "").strip() for cell in found)

    def text(self, column: str) -> str:
        """Give the text, trimmed; a whole number as its digits; "" for an empty cell."""
        value = self._value(column)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and isinstance(value, int) and abs(value) < _EXACT:
            return str(value)
        if is_number:
            what = f"{column}: a number whose digits the spreadsheet does not keep"
            fix = "Give the column the format Text, then type it again."
            self.wrong(column, "sheet-cell", what, fix)
            return ""
        if not isinstance(value, str | None):
            what = f"{column}: the spreadsheet made {_kind(value)} of this text"
            fix = "Give the column the format Text, then type it again."
            self.wrong(column, "sheet-cell", what, fix)
            return ""
        text = (value or "").strip()
        if len(text) > _MAX_TEXT or may_run(text) or _CONTROL.search(text):
            what = f"{column}: this text is longer than {_MAX_TEXT} characters, holds a line break"
            what += " or begins as a formula does"
            self.wrong(column, "sheet-cell", what, "Type it again, without such signs.")
            return ""
        return text

    def whole(self, column: str, low: int, high: int) -> int | None:
        """Give a whole number from `low` to `high`; None for an empty cell or a wrong one."""
        value = self._value(column)
        if value is None:
            return None
        if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
            value = int(value.strip()[:9])
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            what = f"{column}: this is not a whole number from {low:,} to {high:,}"
            self.wrong(column, "sheet-number", what, "Write digits only, such as 40.")
            return None
        return value

    def date(self, column: str) -> datetime.date | None:
        """Give a date, from a date of the spreadsheet or a text; None for an empty cell."""
        value = self._value(column)
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date) or value is None:
            return value
        text = value.strip() if isinstance(value, str) else ""
        if text and is_date(text):
            return datetime.date.fromisoformat(text)
        if text or not isinstance(value, str):
            what = f"{column}: this is not a date"
            fix = "Write it as 2026-11-21: year, month, day."
            self.wrong(column, "sheet-date", what, fix)
        return None

    def _value(self, column: str) -> object:
        cell = self.cells.get(column)
        if cell is None:
            return None
        if cell.is_formula or cell.is_error:
            what = f"{column}: a formula stands here" if cell.is_formula else f"{column}: an error"
            fix = "Copy the cell and paste it as a value, or type what it shows."
            self.wrong(column, "sheet-formula", what, fix)
            return None
        return None if isinstance(cell.value, str) and not cell.value.strip() else cell.value


def _kind(value: object) -> str:
    return "a date" if isinstance(value, datetime.date | datetime.time) else "something else"
