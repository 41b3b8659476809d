"""`noroom roster import`: read, compare, show, and write roster.csv whole, or nothing."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from programme.atomic import write_or_refuse
from programme.directory import ProgrammeDirectory, require_chains
from programme.problems import InputError, Problem
from programme.temporary import DRAFT, temporary_folder
from xapi_lrs_reports.alone import alone
from xapi_lrs_reports.csv_edit import CsvEdit
from xapi_lrs_reports.hotel_register.hotels import read_hotels
from xapi_lrs_reports.lms_export.models import DateOrder
from xapi_lrs_reports.people.roster import COLUMNS, read_roster
from xapi_lrs_reports.people.roster_import.compare import Changes, compare
from xapi_lrs_reports.people.roster_import.read import read_people
from xapi_lrs_reports.report.renderers.table import aligned
from xapi_lrs_reports.report.words import plural

ROSTER = "roster.csv"
_CURE = "Make it writable, or make room, then import the list again."
_MANY, _SHARE = 5, 5
"""More leavers than this number and than one in this many look like a part of a list."""


@dataclass(frozen=True)
class Wish:
    """What a person said of the file: whose it is, from which day it holds, and how to read it."""

    chain: str
    on: datetime.date
    hotel: str | None = None
    dates: DateOrder | None = None
    is_complete: bool = False
    may_many_leave: bool = False
    is_dry: bool = False


def import_roster(
    programme: ProgrammeDirectory, file: Path, source: str, wish: Wish
) -> tuple[Changes, list[Problem]]:
    """Take a file over; gives what changed and warnings. Raises InputError with every problem."""
    require_chains(programme, [wish.chain])
    home = programme.path
    with alone(programme, "roster-busy", "changing the roster", home / ROSTER):
        hotels, _ = read_hotels(home / "hotels.csv", programme.chains, programme.settings.language)
        salts = {name: programme.salt(name) for name in programme.chains}
        read_roster(home / ROSTER, hotels, salts)
        people = read_people(file, source, hotels, wish.chain, hotel=wish.hotel, dates=wish.dates)
        edit = CsvEdit(home / ROSTER, list(COLUMNS))
        changes = compare(edit, people, hotels, wish.chain, wish.on, is_complete=wish.is_complete)
        _refuse(changes, source, may_many_leave=wish.may_many_leave)
        with temporary_folder(DRAFT, home) as folder:
            draft = folder / ROSTER
            draft.write_bytes(edit.render())
            warnings = read_roster(draft, hotels, salts).warnings
        if changes.number and not wish.is_dry:
            write_or_refuse(home / ROSTER, edit.render(), _CURE)
    return changes, [
        Problem(ROSTER, one.line, 0, one.code, one.what, one.fix, "warning") for one in warnings
    ]


def _refuse(changes: Changes, source: str, *, may_many_leave: bool) -> None:
    """Raise InputError for a list that looks damaged or cut off."""
    problems = []
    if changes.without_zeros:
        number = len(changes.without_zeros)
        what = f"{plural(number, 'id')} would be those of people on the roster, but for zeros in "
        what += "front: a spreadsheet has eaten them"
        fix = "Give the column the format Text in the spreadsheet, or export the list as CSV."
        line = changes.without_zeros[0]
        problems.append(Problem(source, line, 0, "roster-zeros", what, fix))
    for name, one in sorted(changes.hotels.items()):
        leaving = one.left + one.moved_away
        if leaving > _MANY and leaving * _SHARE > one.before and not may_many_leave:
            what = f"{leaving} of {one.before} people of {name} would have left"
            fix = "If the list is whole and that is true, add --many-leave."
            problems.append(Problem(source, 0, 0, "roster-leavers", what, fix))
    if problems:
        raise InputError(problems)


def changes_text(changes: Changes, wish: Wish) -> str:
    """Give the preview: a row for each hotel, the kinds of contract, and what was not done."""
    names = ("before", "joined", "left", "moved_here", "moved_away", "changed", "unchanged",
             "missing")  # fmt: skip
    rows = [[hotel, *(f"{getattr(one, name):,}" for name in names)]
            for hotel, one in sorted(changes.hotels.items())]  # fmt: skip
    heads = ("Hotel", *(name.replace("_", " ").capitalize() for name in names))
    lines = [f"From {wish.on} on:", *aligned(heads, rows, frozenset(range(1, len(heads))))]
    kinds = ", ".join(f"{name.replace('_', ' ')} {n:,}" for name, n in
                      sorted(changes.contracts.items()))  # fmt: skip
    lines += ["", f"Contracts in the file: {kinds or 'none'}."]
    missing = sum(one.missing for one in changes.hotels.values())
    if missing:
        lines.append(f"{missing:,} of roster.csv are not in the file and stay on the roster; if "
                     "the file is whole, add --complete.")  # fmt: skip
    if wish.is_dry:
        lines.append("Nothing was written.")
    return "\n".join(lines) + "\n"
