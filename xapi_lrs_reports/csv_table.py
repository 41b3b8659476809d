"""CSV as offices write it -> rows with their lines, or Problems, all at once.

UTF-8 with or without BOM; comma, semicolon or tab, told from the header; any line ends
(docs/contracts.md section 6).
"""

from __future__ import annotations

import csv
import datetime
import difflib
import functools
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from programme.files import read_bytes
from programme.problems import InputError, Problem

MAX_SHOWN = 100
MAX_PLACED = 10_000
"""Problems whose column is looked up; of more, only the first hundred are shown anyway."""
MAX_BYTES = 200_000_000
_DELIMITERS = ",;\t"
_LIKE_DATE = re.compile(r"\d{1,4}([./ -])\d{1,2}\1\d{1,4}")
_NO_TEXT = {
    b"PK\x03\x04": "a spreadsheet (.xlsx) or an archive",
    b"\xd0\xcf\x11\xe0": "an old or encrypted spreadsheet",
    b"\x1f\x8b": "a compressed file",
    b"%PDF": "a PDF",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}
_MOST_NAMES = 12
_OF_A_PERSON = re.compile(r"@|\d\d|\w\.\w")
"""What an id, an address or a date has, and the name of a column hardly ever."""
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass
class Table:
    """A CSV file that is being read: its rows and what is wrong with them.

    `file` is the name as problems print it. Iterate `rows()`, complain with `wrong` and `odd` (`at`
    names the column of the value), and call `finish()` at the end.
    """

    file: str
    text: str
    columns: Mapping[str, bool]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    _header: list[str] = field(default_factory=list, init=False, repr=False)
    _header_line: int = field(default=1, init=False, repr=False)
    _lines: list[str] = field(default_factory=list, init=False, repr=False)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield (line, values in the order of `columns`, trimmed); blank rows are left out."""
        reader = csv.reader(
            io.StringIO(self.text, newline=""), delimiter=self.delimiter(), strict=True
        )
        try:
            header = next(reader, [])
            if self._skip_separator_line(header):
                self._header_line = 2
                header = next(reader, [])
            self._header = [name.strip().lower() for name in header]
            places = self._places(self._header)
            if self.problems:
                return
            line = reader.line_num + 1
            for row in reader:
                if any(value and not value.isspace() for value in row):
                    if len(row) > len(header):
                        self._too_many(line, len(row), len(header))
                    row += [""] * (len(header) + 1 - len(row))
                    yield line, [row[place].strip() for place in places]
                line = reader.line_num + 1
        except csv.Error as error:
            what = f"this row cannot be read: {error}"
            self.wrong(reader.line_num, "csv-row", what, "Look for a quote that is not closed.")

    def _skip_separator_line(self, header: Sequence[str]) -> bool:
        """Tell whether the first row is the line `sep=;` that spreadsheets write and hide."""
        return "".join(header).lower() == "sep="

    def delimiter(self) -> str:
        """Give the sign between two values: that of the line `sep=;`, or told from the header."""
        first = self.text.partition("\n")[0]
        if first[:4].lower() == "sep=" and first[4:5] in _DELIMITERS:
            return first[4:5]
        return max(_DELIMITERS, key=first.count)

    def _places(self, header: Sequence[str]) -> list[int]:
        """Give the index of each column in a row; -1, an added empty value, where it is absent."""
        for name in sorted(set(header)):
            if header.count(name) > 1 and name:
                what = f'the column "{name}" stands here twice'
                self.wrong(self._header_line, "csv-column", what, "Keep one.", at=name)
            known = all(column in header for column, need in self.columns.items() if need)
            if name and name not in self.columns and known:
                hint = did_you_mean(name, self.columns)
                what = f'the column "{name}" is not read'
                fix = f"{hint}Columns: {', '.join(self.columns)}."
                self.odd(self._header_line, "csv-column", what, fix, at=name)
        missing = [name for name, need in self.columns.items() if need and name not in header]
        if missing:
            names = ", ".join(f'"{name}"' for name in missing)
            what = f"the column{'s' * (len(missing) > 1)} {names}"
            what += (
                f" {'is' if len(missing) == 1 else 'are'} missing (found: {shown_names(header)})"
            )
            self.wrong(self._header_line, "csv-column", what, self._where_the_names_stand())
        return [header.index(name) if name in header else -1 for name in self.columns]

    def _where_the_names_stand(self) -> str:
        """Give the cure for a missing header; a title above the table is the usual reason."""
        for number, line in enumerate(self.text.splitlines()[:20], start=1):
            cells = {cell.strip(' "').lower() for cell in re.split("[,;\t]", line)}
            if number > 1 and all(name in cells for name, need in self.columns.items() if need):
                return f"The names stand in line {number}: delete the rows above them."
        return "Write the names of the columns into the first row."

    def _too_many(self, line: int, found: int, wanted: int) -> None:
        what = f"this row has {found} values, the header only {wanted}"
        self.wrong(line, "csv-row", what, "Put a value that holds the separator into quotes.")

    def wrong(self, line: int, code: str, what: str, fix: str, *, at: str = "") -> None:
        """Note an error; the file is not used."""
        self.problems.append(Problem(self.file, *self._place(line, at), code, what, fix))

    def odd(self, line: int, code: str, what: str, fix: str, *, at: str = "") -> None:
        """Note a warning; the file is used."""
        place = self._place(line, at)
        self.warnings.append(Problem(self.file, *place, code, what, fix, severity="warning"))

    def _place(self, line: int, name: str) -> tuple[int, int]:
        """Give line and column of a value in the row that begins in `line`; 0: of the whole row.

        A value in quotes may begin lines below its row's first; a row too short has none.
        """
        if name not in self._header or len(self.problems) + len(self.warnings) >= MAX_PLACED:
            return line, 0
        if not self._lines:
            self._lines = io.StringIO(self.text, newline="").readlines()
        start = _start_of_value(self._lines[line - 1 :], self.delimiter(), self._header.index(name))
        return (line + start[0], start[1] + 1) if start else (line, 0)

    def date(self, line: int, name: str, text: str) -> str | None:
        """Give an ISO date, or None when empty or wrong, which is noted."""
        if not text:
            return None
        if not is_date(text):
            shown = f'"{text}" is not' if _LIKE_DATE.fullmatch(text) else "this is not"
            what = f"{name}: {shown} a date"
            fix = "Write it as 2026-11-21: year, month, day."
            self.wrong(line, "csv-date", what, fix, at=name)
            return None
        return text

    def finish(self) -> None:
        """Raise InputError if anything was wrong; a long list is cut, and says so."""
        if self.problems:
            shown = sorted(self.problems)[:MAX_SHOWN]
            if len(self.problems) > MAX_SHOWN:
                what = f"{len(self.problems) - MAX_SHOWN} more rows are wrong"
                shown.append(Problem(self.file, 0, 0, "csv-more", what, "Cure these first."))
            raise InputError([*shown, *self.warnings[:MAX_SHOWN]])


def _start_of_value(lines: Sequence[str], delimiter: str, wanted: int) -> tuple[int, int] | None:
    """Give lines below the first, and signs before, value `wanted` of a row; None: too short."""
    number, is_quoted = 0, False
    if wanted == 0:
        return 0, 0
    for below, line in enumerate(lines):
        for place, sign in enumerate(line):
            is_quoted ^= sign == '"'
            if sign == delimiter and not is_quoted:
                number += 1
                if number == wanted:
                    return below, place + 1
        if not is_quoted:
            return None
    return None


def open_table(path: Path, columns: Mapping[str, bool]) -> Table:
    """Read a CSV file; `columns` maps names to whether they are required. Raises InputError."""
    file = str(path)
    try:
        raw = read_bytes(path, MAX_BYTES)
    except OSError as error:
        raise InputError([_unreadable(path, error)]) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        what = f"byte 0x{raw[error.start]:02X} here is not UTF-8"
        raise InputError([_not_csv(file, raw, line, what)]) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        what = "there are NUL bytes here: this is UTF-16 text or no text at all"
        raise InputError([_not_csv(file, raw, line, what)])
    return Table(file, text, columns)


def _unreadable(path: Path, error: OSError) -> Problem:
    what = f"this file cannot be read: {error.strerror}"
    if isinstance(error, FileNotFoundError) and not path.is_symlink():
        fix = "The programme's folder needs it; docs/contracts.md section 6 lists its columns."
        return Problem(str(path), 0, 0, "file-missing", what, fix)
    fix = "Check that it is a file and yours; if it is a link, that it leads to one."
    return Problem(str(path), 0, 0, "file-unreadable", what, fix)


def _not_csv(file: str, raw: bytes, line: int, what: str) -> Problem:
    """Say what stands where CSV should, by its first bytes if they tell."""
    fix = 'Save it as "CSV UTF-8" (in a spreadsheet: Save as, the type of file).'
    for start, kind in _NO_TEXT.items():
        if raw.startswith(start):
            return Problem(file, 0, 0, "file-encoding", f"this is {kind}, not CSV", fix)
    return Problem(file, line, 0, "file-encoding", what, fix)


@functools.lru_cache(maxsize=4096)
def is_date(text: str) -> bool:
    """Tell whether this is a date YYYY-MM-DD of our calendar."""
    if not _ISO_DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def quoted(word: str, known: Mapping[str, object] | Sequence[str], otherwise: str) -> str:
    """Repeat a word only if it is near a known one: in a wrong column stands an employee."""
    return f'"{word}"' if did_you_mean(word, known) else otherwise


def shown_names(names: Sequence[str]) -> str:
    """Give what stands where the names of columns belong, for a message.

    A list without them begins with somebody's id or address: such a row is not shown.
    """
    given = [name for name in names if name]
    if any(map(_OF_A_PERSON.search, given)):
        return "a row that is not shown, since a person may stand in it"
    return ", ".join(given[:_MOST_NAMES])[:200] or "none"


def did_you_mean(word: str, known: Mapping[str, object] | Sequence[str]) -> str:
    """Give `Did you mean "…"? ` if something known is near, else nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f'Did you mean "{near[0]}"? ' if near else ""
