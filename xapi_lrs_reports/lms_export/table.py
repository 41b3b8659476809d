"""A file from an LMS -> its rows, whatever the encoding, the separator and the office program.

UTF-8, UTF-16 with or without BOM, else Windows-1252; comma, semicolon, tab or bar, told by which of
them gives rows of one length; or .xlsx, with its dates and numbers as they are typed.
"""

from __future__ import annotations

import csv
import errno
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from programme.files import read_bytes
from programme.problems import InputError, Problem
from xapi_lrs_reports.sources.workbook import Cell, is_spreadsheet, read_workbook

MAX_BYTES = 200_000_000
_DELIMITERS = ",;\t|"
_LOOKED_AT = 30
_END = "the end of this file"
"""A row of our own below the last one: inside quotes that nobody closes, it is no row."""
Row = tuple[int, list[object]]
"""The number of a row as a person sees it, and its values: text, numbers, dates, None."""


HOLDS_ROWS = "a cell of this row holds whole rows: a quote is not closed where it should be"
CLOSE_QUOTE = "Close it or take it out in the file, and import it again."


class Computed:
    """What stands in a cell with a formula or an error: what it shows depends on who opens it."""

    def __str__(self) -> str:
        """Give no text: nothing of it may be taken for a word."""
        return ""


@dataclass
class Table:
    """The rows of an export that are not blank, and remarks on how it was read.

    `doubtful`: numbers of rows that may hold others, since a quote seems not to be closed.
    """

    source: str
    rows: list[Row]
    notes: list[str] = field(default_factory=list)
    doubtful: set[int] = field(default_factory=set)


def read_table(path: Path, source: str) -> Table:
    """Read a file; raises InputError if it is no table."""
    if is_spreadsheet(path):
        return _of_workbook(path, source)
    try:
        raw = read_bytes(path, MAX_BYTES)
    except OSError as error:
        if error.errno == errno.EFBIG:
            what, fix = f"this file is too large: {error.strerror}", "Split it by hotel or month."
            raise _refusal(source, what, fix) from None
        what = f"this file cannot be read: {error.strerror}"
        fix = "Check the name, and that it is a file and yours."
        raise InputError([Problem(source, 0, 0, "file-unreadable", what, fix)]) from None
    if raw.lstrip()[:1] in (b"<", b"{", b"[") or raw[:2] in (b"PK", b"\x1f\x8b", b"%P"):
        what = "this is no table: HTML, JSON, PDF or an archive"
        fix = "Export it from the LMS as CSV or .xlsx."
        raise _refusal(source, what, fix)
    table = Table(source, [])
    text = _decoded(raw, table)
    csv.field_size_limit(1_000_000)
    try:
        table.rows = list(_rows(text, _delimiter(text), table))
    except csv.Error as error:
        raise _refusal(source, f"this is no table: {error}", "Export it again as CSV.") from None
    return table


def _refusal(source: str, what: str, fix: str) -> InputError:
    return InputError([Problem(source, 0, 0, "export-format", what, fix)])


def _of_workbook(path: Path, source: str) -> Table:
    """Take the sheet with the most rows; a summary sheet often stands before it."""
    sheets = read_workbook(path, source)
    title = max(sheets, key=lambda name: len(sheets[name]), default="")
    rows = [(number, [_plain(cell) for cell in cells]) for number, cells in sheets.get(title, [])]
    table = Table(source, [(number, row) for number, row in rows])
    if len(sheets) > 1:
        table.notes.append(f'of {len(sheets)} sheets, "{title[:40]}" was read')
    return table


def _plain(cell: Cell) -> object:
    return Computed() if cell.is_formula or cell.is_error else cell.value


def _decoded(raw: bytes, table: Table) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16(raw, "utf-16", table.source)
    head = raw[:2000]
    if head.count(b"\0") * 3 > len(head):
        little = head[1::2].count(b"\0") >= head[0::2].count(b"\0")
        return _utf16(raw, "utf-16-le" if little else "utf-16-be", table.source)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        table.notes.append("it is not UTF-8; read as Windows-1252, so look at accents and signs")
        return raw.decode("cp1252", "replace")


def _utf16(raw: bytes, encoding: str, source: str) -> str:
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        what = "this UTF-16 text is damaged or cut off"
        raise _refusal(source, what, "Export or copy the file again.") from None


def _delimiter(text: str) -> str:
    """Give the separator that makes the most rows of one length, and wide ones."""
    first = text.partition("\n")[0]
    if first[:4].lower() == "sep=" and first[4:5] in _DELIMITERS:
        return first[4:5]

    def worth(delimiter: str) -> tuple[int, int]:
        lines = text.splitlines()[:_LOOKED_AT]
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        width, number = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        return number, width

    return max(_DELIMITERS, key=worth)


def _rows(text: str, delimiter: str, table: Table) -> Iterator[Row]:
    lines = io.StringIO(f"{text.replace(chr(0), '')}\n{_END}\n", newline="")
    line, width = 1, 0
    reader = csv.reader(lines, delimiter=delimiter)
    for row in reader:
        if row == [_END]:
            return
        if row and row[-1].endswith(f"\n{_END}\n"):
            row[-1] = row[-1].removesuffix(f"\n{_END}\n").strip()
            if len(row[-1].splitlines()) > 1:
                what = f"a quote in row {line} is never closed, so all that follows is in one cell"
                fix = "Close it or take it out, or export the file again."
                raise _refusal(table.source, what, fix)
        values: list[object] = [value.replace("\u00a0", " ").strip() for value in row]
        if any(values) and not (line == 1 and str(values[0]).lower().startswith("sep=")):
            width = max(width, len(row))
            if any(_may_hold_rows(row, at, delimiter, width) for at in range(len(row))):
                table.doubtful.add(line)
            yield line, values
        line = reader.line_num + 1


def _may_hold_rows(row: list[str], at: int, delimiter: str, width: int) -> bool:
    """Tell whether a cell of several lines has as many separators as a row of the file.

    Not if it cannot be that: its first line would be what is left of this row, its last the start
    of another, and every line between them a row.
    """
    lines = row[at].strip().splitlines()
    counts = [line.count(delimiter) for line in lines]
    if len(lines) < 2 or sum(counts) < width - 1:
        return False
    between = [count for count, line in zip(counts, lines, strict=True) if line.strip()][1:-1]
    fits = counts[0] < width - at and counts[-1] <= at and all(0 < n < width for n in between)
    return fits or len(row) != width
