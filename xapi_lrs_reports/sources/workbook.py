"""An XLSX file -> its sheets as rows of cells; hostile files end in a Problem, not in a defect.

What a file unpacks to is measured before anything is parsed, and a part with a DOCTYPE, an entity
or an encoding other than UTF-8 is refused: the office programs write none (ECMA-376, part 2).
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from programme.files import open_file
from programme.problems import InputError, Problem

MAX_PARTS = 500
MAX_UNPACKED_BYTES = 64_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 40

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_SAVE_AGAIN = "Open it in the office program, save it as .xlsx again, and import that."
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OverflowError),
)
"""What zipfile, the XML parsers and openpyxl raise for a damaged file."""


@dataclass(frozen=True)
class Cell:
    """One cell. `value` is None, str, bool, int, float, or a date or time of Excel.

    `is_formula`: what stands here is computed; `is_error`: the result is one such as #REF!.
    """

    name: str
    value: object
    is_formula: bool = False
    is_error: bool = False


Row = tuple[int, list[Cell]]
"""The number of a row as a person sees it, and its cells from column A on."""


def is_spreadsheet(path: Path) -> bool:
    """Tell from the first bytes whether this is a spreadsheet; False if it cannot be read."""
    try:
        with open_file(path) as stream:
            head = stream.read(8)
        if head == _OLE:
            return True
        return head.startswith(_ZIP) and _kind(path) != ""
    except _BROKEN:
        return False


def is_called_spreadsheet(path: Path) -> bool:
    """Tell whether this is a spreadsheet, or was one: a damaged .xlsx holds no statements."""
    return path.suffix.lower() == ".xlsx" or is_spreadsheet(path)


def read_workbook(path: Path, source: str) -> dict[str, list[Row]]:
    """Give the rows of every sheet that have a value, by its name. Raises InputError."""
    head = _head(path, source)
    try:
        kind = _kind(path)
        if kind == "" and head != _OLE:
            what = "this is no spreadsheet, or only a part of one"
            raise _refusal(source, "sheet-damaged", what, _SAVE_AGAIN)
        if kind != "xlsx":
            raise _refusal(source, "sheet-format", *_save_as(kind))
        _require_harmless(path, source)
        return dict(_sheets(path, source))
    except _BROKEN as error:
        what = f"this spreadsheet is damaged: {type(error).__name__}"
        raise _refusal(source, "sheet-damaged", what, _SAVE_AGAIN) from None


def _head(path: Path, source: str) -> bytes:
    try:
        with open_file(path) as stream:
            return stream.read(len(_OLE))
    except OSError as error:
        what = f"this file cannot be read: {error.strerror}"
        fix = "Check the name, and that it is a file and yours."
        raise _refusal(source, "file-unreadable", what, fix) from None


def _kind(path: Path) -> str:
    """Give `xlsx`, `ods`, or "" for a zip of something else and for what is no zip."""
    if not zipfile.is_zipfile(path):
        return ""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            return "xlsx"
        if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
            return "ods" if archive.read("mimetype").startswith(_OPEN_DOCUMENT) else ""
    return ""


def _save_as(kind: str) -> tuple[str, str]:
    if kind == "ods":
        return "this is an OpenDocument spreadsheet", "Save it as .xlsx (Excel 2007-365)."
    what = "this is an old or encrypted spreadsheet"
    return what, "Save it as .xlsx without a password; send it on the safe way that was agreed."


def _refusal(source: str, code: str, what: str, fix: str) -> InputError:
    return InputError([Problem(source, 0, 0, code, what, fix)])


def _require_harmless(path: Path, source: str) -> None:
    fix = "Save it again from the office program; if that does not help, ask who sent it."
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES:
            what = f"this spreadsheet unpacks to {len(parts):,} parts and {unpacked:,} bytes"
            raise _refusal(source, "sheet-too-large", what, fix)
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels")) and _is_odd(archive.read(part)):
                what = "a part of this spreadsheet is not written as office programs write it"
                raise _refusal(source, "sheet-hostile", what, fix)


def _is_odd(xml: bytes) -> bool:
    encoding = _ENCODING.search(xml[:200])
    named = encoding[1].lower() if encoding else b"utf-8"
    is_text = named in (b"utf-8", b"us-ascii") and b"\0" not in xml[:200]
    return not is_text or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml


def _sheets(path: Path, source: str) -> Iterator[tuple[str, list[Row]]]:
    import openpyxl

    # openpyxl would leave a file open that it opened itself and found damaged, and would refuse
    # one whose name ends in .csv, as people do call a workbook.
    with warnings.catch_warnings(), open_file(path) as stream:
        warnings.simplefilter("ignore")  # openpyxl warns of extensions that it does not know
        book = openpyxl.load_workbook(stream, read_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # some programs write wrong ones
                yield sheet.title, list(_rows(sheet, source))
        finally:
            book.close()


def _rows(sheet: Any, source: str) -> Iterator[Row]:
    found = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        cells = [_cell(one, number, column) for column, one in enumerate(row)]
        if all(cell.value is None or cell.value == "" for cell in cells):
            continue
        found += 1
        if found > MAX_ROWS:
            what = f"the sheet {sheet.title} has more than {MAX_ROWS:,} rows"
            fix = "Split the sheet, for instance by hotel, and import the parts."
            raise _refusal(source, "sheet-too-large", what, fix)
        yield number, cells


def _cell(cell: Any, row: int, column: int) -> Cell:
    kind = getattr(cell, "data_type", "n")
    return Cell(f"{_letters(column)}{row}", cell.value, kind == "f", kind == "e")


def _letters(column: int) -> str:
    """Give A for 0, AA for 26."""
    first, last = divmod(column, 26)
    return ("" if first == 0 else chr(64 + first)) + chr(65 + last)
