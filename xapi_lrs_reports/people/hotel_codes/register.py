"""codes.csv: which personal codes were issued, as pseudonyms; the codes themselves are nowhere.

docs/contracts.md section 6. Rows are only ever added.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path

import msgspec

from programme.atomic import write_or_refuse
from programme.files import is_there
from programme.problems import Problem
from xapi_lrs_reports.csv_edit import CsvEdit
from xapi_lrs_reports.csv_table import open_table

FILE = "codes.csv"
COLUMNS = {"hotel": True, "learner": True, "issued_on": True}
_LEARNER = re.compile(r"[a-z0-9][a-z0-9-]{0,63}/[a-z2-7]{32}")


class IssuedCode(msgspec.Struct, gc=False, frozen=True):
    """One personal code that was issued; `learner` is `<chain>/<pseudonym>`."""

    hotel: str
    learner: str
    issued_on: str


def read_issued(programme: Path, hotels: Collection[str]) -> tuple[list[IssuedCode], list[Problem]]:
    """Give every issued code and warnings; no file: none. Raises InputError.

    Codes of a hotel that is no longer in hotels.csv count for nobody, and are warned of.
    """
    path = programme / FILE
    if not is_there(path):
        return [], []
    table = open_table(path, COLUMNS)
    found = []
    for line, (hotel, learner, issued_on) in table.rows():
        if not _LEARNER.fullmatch(learner):
            what = "this is not a chain and a pseudonym"
            table.wrong(
                line, "codes-learner", what, "Restore the file from a backup.", at="learner"
            )
        elif hotel not in hotels:
            what = f'"{hotel[:64]}" is not in hotels.csv, so its codes count for nobody'
            table.odd(
                line, "codes-hotel", what, "Put the hotel back, under the id it had.", at="hotel"
            )
        else:
            found.append(IssuedCode(hotel, learner, table.date(line, "issued_on", issued_on) or ""))
    table.finish()
    return found, table.warnings


def add_issued(programme: Path, codes: Iterable[IssuedCode]) -> None:
    """Add codes at the end of the register, as its file is written; all of them or none.

    Raises InputError if the file cannot be written.
    """
    path = programme / FILE
    edit = CsvEdit(path, list(COLUMNS))
    for one in codes:
        edit.append({"hotel": one.hotel, "learner": one.learner, "issued_on": one.issued_on})
    fix = "Make it writable, or make room, then try again: no code was issued."
    write_or_refuse(path, edit.render(), fix)
