"""A PO file -> its header and entries, with every problem at the line of its entry.

gettext PO, UTF-8. `msgctxt` is the text's stable name (course_texts.py), `msgid` the source text
that was translated, `msgstr` the translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from programme.plain_po import PoEntry, plain_entries
from programme.problems import InputError, Problem
from programme.yaml_source import problem_at, read_text

if TYPE_CHECKING:
    from translate.storage import pypo

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_CHARSET = re.compile(r"charset=([\w-]+)")


@dataclass(frozen=True)
class PoFile:
    """One parsed PO file: `entries` by context, `lines` for the excerpts of problems."""

    file: str
    lines: tuple[str, ...]
    header: dict[str, str]
    entries: dict[str, PoEntry]

    def problem(self, entry: PoEntry | None, code: str, what: str, fix: str) -> Problem:
        """Make a Problem at an entry's msgctxt line; at the file if there is no entry."""
        if entry is None:
            return Problem(self.file, 0, 0, code, what, fix)
        start = max(entry.line, 1)
        span = range(start, min(start + 40, len(self.lines) + 1))
        keywords = ("msgctxt", "msgid")
        line = next((n for n in span if self.lines[n - 1].startswith(keywords)), start)
        return problem_at(self.file, self.lines, line, 1, code, what, fix)


def parse_po(path: Path, shown: str | None = None) -> tuple[PoFile, list[Problem]]:
    """Parse a PO file, with the problems of single entries; raises InputError if it is none.

    `shown` is what problems call the file.
    """
    file = shown or str(path)
    text = read_text(path, file)
    lines = tuple(text.split("\n"))
    problems = [*_other_charset(file, lines), *_controls(file, lines)]
    found = plain_entries(text)
    if found is None:
        found = library_entries(text, file)
    header = next((one for one in found if _is_header(one)), None)
    po = PoFile(file, lines, _fields(header.target if header else ""), {})
    for entry in found:
        if _is_header(entry):
            continue
        if entry.context in po.entries:
            what = f'the context "{entry.context}" stands here a second time'
            fix = "Keep one of the two entries."
            problems.append(po.problem(entry, "translation-repeated", what, fix))
        po.entries.setdefault(entry.context, entry)
    return po, problems


def library_entries(text: str, file: str) -> list[PoEntry]:
    """Give header and entries of any PO file, those that are plain too; raises InputError."""
    units = _units(text, file)
    return [_entry(unit) for unit in units if not unit.isobsolete()]  # type: ignore[no-untyped-call]


def parse_units(path: Path) -> list[pypo.pounit]:
    """Give all units of a file in their order (header, entries, obsolete ones), to be changed.

    Raises InputError if it is no PO file.
    """
    return _units(read_text(path, str(path)), str(path))


def _units(text: str, file: str) -> list[pypo.pounit]:
    from translate.storage import pypo
    from translate.storage.poparser import PoParseError

    try:
        as_utf8 = _CHARSET.sub("charset=UTF-8", text, count=1).encode("utf-8")
        return list(pypo.pofile.parsestring(as_utf8).units)  # type: ignore[no-untyped-call]
    except PoParseError as error:
        said = re.search(r"on line ([0-9]+)", str(error))
        line = int(said[1]) if said else 1
        what = "this line is not gettext PO"
        fix = "Compare the quotes and keywords with the entries around it."
        lines = tuple(text.split("\n"))
        problem = problem_at(file, lines, line, 1, "translation-syntax", what, fix)
        raise InputError([problem]) from None


def _entry(unit: pypo.pounit) -> PoEntry:
    """Read a unit that still stands as it was parsed."""
    written = unit.msgstr if isinstance(unit.msgstr, dict) else {}
    return PoEntry(
        str(unit.getcontext()),  # type: ignore[no-untyped-call]
        str(unit.source),
        str(unit.target),
        unit.line_number or 1,
        bool(unit.isfuzzy()),  # type: ignore[no-untyped-call]
        tuple(sorted(written)) if unit.hasplural() else None,  # type: ignore[no-untyped-call]
    )


def _is_header(entry: PoEntry) -> bool:
    return not entry.context and not entry.source and bool(entry.target)


def _fields(header: str) -> dict[str, str]:
    """Read the lines `Name: value` of a header."""
    pairs = (line.split(":", 1) for line in header.split("\n") if ":" in line)
    return {name.strip(): value.strip() for name, value in pairs}


def _controls(file: str, lines: tuple[str, ...]) -> Iterator[Problem]:
    """Complain about signs that no text has, and that nobody sees."""
    for number, line in enumerate(lines, 1):
        if found := _CONTROL.search(line):
            what = f"the control character U+{ord(found[0]):04X} stands here"
            fix = "Delete the character; it is often invisible."
            place = (number, found.start() + 1)
            yield problem_at(file, lines, *place, "translation-syntax", what, fix)


def _other_charset(file: str, lines: tuple[str, ...]) -> Iterator[Problem]:
    """Complain about a header that names another charset than the one that is read."""
    for number, line in enumerate(lines, 1):
        if said := _CHARSET.search(line):
            if said[1].upper() not in ("UTF-8", "UTF8", "CHARSET"):
                what = f"the header says charset={said[1]}, but the file is read as UTF-8"
                fix = "Save as UTF-8 and write charset=UTF-8."
                place = (number, said.start() + 1)
                yield problem_at(file, lines, *place, "translation-charset", what, fix)
            return
