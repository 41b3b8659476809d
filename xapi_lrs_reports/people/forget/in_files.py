"""The person in the programme's files: roster.csv, codes.csv, logs, and what else still names them.

In roster.csv the person's row stays as somebody without an id: the hotel has as many employees as
before, so that forgetting can give no hotel its certificate, and none of them can be matched to a
statement. In codes.csv the row stays with a learner that nobody has: a chain with personal codes
does not become one without.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from programme.atomic import write_or_refuse
from programme.files import is_there
from programme.pseudonym import ANONYMOUS, pseudonym
from xapi_lrs_reports.csv_edit import CsvEdit
from xapi_lrs_reports.people.forget.contents import MAX_BYTES, ClosedError, contents
from xapi_lrs_reports.people.forget.leftovers import find_leftovers
from xapi_lrs_reports.people.hotel_codes.register import COLUMNS as CODE_COLUMNS
from xapi_lrs_reports.people.hotel_codes.register import FILE as CODES
from xapi_lrs_reports.people.kept_roster import drop_kept_roster
from xapi_lrs_reports.people.roster import COLUMNS as ROSTER_COLUMNS
from xapi_lrs_reports.store.parquet import exports_in

ROSTER = "roster.csv"
_CURE = "Make it writable, then run noroom forget again: it ends what was begun."
_BASE = frozenset(ROSTER_COLUMNS) - {"employee", "aliases"}
"""What the hotel's base needs; any other column, a name perhaps, is emptied."""
_LOG = re.compile(r".+\.log(?:[.-][0-9-]+)?", re.IGNORECASE)
"""`sync.log`, and what a log becomes when a new one is begun: `sync.log.1`, `sync.log-20261101`."""
_OURS = frozenset(["store", "certificates"])
_HISTORIES = frozenset([".git", ".hg", ".svn"])
"""Folders that keep what files once said, in a form that is not searched."""


def blank_roster(programme: Path, rows: Collection[int], *, is_dry: bool) -> int:
    """Take the ids out of these rows of roster.csv, and drop what was kept of it; count them."""
    if rows and not is_dry:
        edit = CsvEdit(programme / ROSTER, list(ROSTER_COLUMNS))
        known = {number: values for number, values in edit.rows() if number in rows}
        for number, values in known.items():
            personal = dict.fromkeys(values.keys() - _BASE, "")
            edit.change(number, {**personal, "employee": ANONYMOUS})
        write_or_refuse(programme / ROSTER, edit.render(), _CURE)
    if not is_dry:
        drop_kept_roster(programme)
    return len(rows)


def blank_codes(programme: Path, learners: Collection[str], *, is_dry: bool) -> int:
    """Give the personal codes of these learners to nobody; give how many there are."""
    path = programme / CODES
    if not is_there(path):
        return 0
    edit = CsvEdit(path, list(CODE_COLUMNS))
    found = [(number, values["learner"]) for number, values in edit.rows()
             if values.get("learner") in learners]  # fmt: skip
    if found and not is_dry:
        for number, learner in found:
            chain = learner.partition("/")[0]
            edit.change(number, {"learner": f"{chain}/{pseudonym(secrets.token_hex(20), chain)}"})
        write_or_refuse(path, edit.render(), _CURE)
    return len(found)


def clean_logs(programme: Path, words: Collection[str], *, is_dry: bool) -> int:
    """Delete the lines of logs in the programme's folder that name the person; give how many."""
    names = _pattern(words)
    removed = 0
    for file in _files(programme):
        if _is_log(file):
            lines = file.read_bytes().splitlines(keepends=True)
            kept = [line for line in lines if not names(line)]
            removed += len(lines) - len(kept)
            if len(kept) < len(lines) and not is_dry:
                write_or_refuse(file, b"".join(kept), _CURE)
    return removed


def still_named(programme: Path, words: Collection[str]) -> tuple[list[str], list[str]]:
    """Give the other files that name the person, and those that nobody can look into, relative.

    Nobody edits them. A file whose own name holds the id is not named here.
    """
    names = _pattern(words)
    handled = (programme / ROSTER, programme / CODES)
    found, closed = [], _histories(programme)
    for file in _files(programme):
        if _is_log(file) or file in handled:
            continue
        place = without_name(str(file.relative_to(programme)), words)
        try:
            if any(map(names, contents(file))):
                found.append(place)
        except ClosedError:
            closed.append(place)
    return sorted(found), sorted(closed)


def _is_log(file: Path) -> bool:
    return _LOG.fullmatch(file.name) is not None and file.stat().st_size <= MAX_BYTES


def _histories(programme: Path) -> list[str]:
    return [name for name in _HISTORIES if (programme / name).exists()]


def without_name(place: str, words: Collection[str]) -> str:
    """Give a place, or, if the person's id is a part of it, that it is not repeated."""
    return "a place with the id in its name" if _pattern(words)(place.encode()) else place


def _pattern(words: Collection[str]) -> Callable[[bytes], bool]:
    """Make a test for any of these words as a whole: id 123 does not stand in 41234."""
    choice = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    found = re.compile(rf"(?<![0-9A-Za-z])(?:{choice})(?![0-9A-Za-z])".encode(), re.IGNORECASE)
    return lambda data: found.search(data) is not None


def _files(programme: Path) -> Iterator[Path]:
    """Yield what nobody else looks after: not the store, kits, exports of the store, leftovers."""
    exports, left = set(exports_in(programme)), set(find_leftovers(programme))
    for file in sorted(programme.rglob("*")):
        inside = file.relative_to(programme).parts
        if inside[0] in _OURS or not _HISTORIES.isdisjoint(inside) or not file.is_file():
            continue
        is_of_export = file.suffix == ".parquet" and file.parent in exports
        if not is_of_export and left.isdisjoint((file, *file.parents)):
            yield file
