"""A CSV file that is changed in a few rows: every other byte stays as its owner wrote it.

Nothing that a spreadsheet would run is written: offices open these files in one.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from programme.files import is_there
from programme.problems import InputError, Problem
from xapi_lrs_reports.csv_table import open_table

_BOM = b"\xef\xbb\xbf"
_RUNS = re.compile(r"\s*[=@\t]|\s*[+-](?![0-9 ()-]*\Z)")
FORMULA = "csv-formula", "{name}: this text begins as a formula does, and is not written"
NO_FORMULA = "Write it without =, @, + or - at its beginning."


def may_run(text: str) -> bool:
    """Tell whether a spreadsheet would run a text as a formula; a telephone number is none."""
    return _RUNS.match(unicodedata.normalize("NFKC", text)) is not None


class CsvEdit:
    """The rows of a file that csv_table can read without problems, by number, and as text.

    A file that is not there begins with `columns` as its header. Columns that the file lacks are
    added at its end when a value needs one.
    """

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._file = str(path)
        self._bom = b""
        self._line_end, self._delimiter = "\n", ","
        self._lines = [",".join(columns) + "\n"]
        if is_there(path):
            table = open_table(path, {})
            self._bom = _BOM if path.read_bytes().startswith(_BOM) else b""
            self._delimiter = table.delimiter()
            self._line_end = "\r\n" if "\r\n" in table.text else "\n"
            self._lines = list(_physical_rows(table.text, self._delimiter))
        self._head = 1 if self._lines[0].strip('"\r\n').lower().startswith("sep=") else 0
        self._header = [name.strip().lower() for name in self._values(self._head)]

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the number of each row, and its values by the name of their column."""
        for number in range(self._head + 1, len(self._lines)):
            values = [value.strip() for value in self._values(number)]
            if any(values):
                yield number, dict(zip(self._header, values, strict=False))

    def change(self, number: int, changes: dict[str, str]) -> None:
        """Set values of one row; raises InputError for a formula."""
        self._refuse_formulas(changes)
        values = self._values(number)
        values += [""] * (self._width(changes) - len(values))
        for name, value in changes.items():
            values[self._header.index(name)] = value
        self._lines[number] = self._text(values)

    def append(self, values: dict[str, str]) -> int:
        """Add a row; give its number. Raises InputError for a formula."""
        self._refuse_formulas(values)
        self._width(values)
        if not self._lines[-1].endswith(("\n", "\r")):
            self._lines[-1] += self._line_end
        self._lines.append(self._text([values.get(name, "") for name in self._header]))
        return len(self._lines) - 1

    def render(self) -> bytes:
        """Give the whole file."""
        return self._bom + "".join(self._lines).encode()

    def _refuse_formulas(self, values: dict[str, str]) -> None:
        code, what = FORMULA
        wrong = [
            Problem(self._file, 0, 0, code, what.format(name=name), NO_FORMULA)
            for name, value in values.items()
            if may_run(value)
        ]
        if wrong:
            raise InputError(wrong)

    def _width(self, values: dict[str, str]) -> int:
        missing = [name for name, value in values.items() if value and name not in self._header]
        if missing:
            self._header += missing
            self._lines[self._head] = self._text([*self._values(self._head), *missing])
        return len(self._header)

    def _values(self, number: int) -> list[str]:
        row = io.StringIO(self._lines[number], newline="")
        return next(csv.reader(row, delimiter=self._delimiter), [])

    def _text(self, values: Sequence[str]) -> str:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self._delimiter, lineterminator=self._line_end).writerow(values)
        return text.getvalue()


def _physical_rows(text: str, delimiter: str) -> Iterator[str]:
    """Yield each row as it stands in the file; a quoted value may go over several lines."""
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(lines, delimiter=delimiter)
    start = 0
    for _ in reader:
        yield "".join(lines[start : reader.line_num])
        start = reader.line_num
    if not lines:
        yield ""
