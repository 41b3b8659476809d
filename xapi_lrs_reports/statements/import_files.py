"""`noroom import`: each file to the reader of its kind; one bad file does not cost another."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from programme.directory import ProgrammeDirectory
from programme.files import is_there
from programme.problems import InputError, Problem
from programme.temporary import DRAFT, temporary_folder
from xapi_lrs_reports.alone import alone
from xapi_lrs_reports.sources.workbook import is_called_spreadsheet
from xapi_lrs_reports.statements.reading import Reading, import_path, import_stream, source_name
from xapi_lrs_reports.store.fact_store import FactStore
from xapi_lrs_reports.store.opening import READING_MB, open_store, store_file

if TYPE_CHECKING:
    from xapi_lrs_reports.return_sheet.import_sheet import SheetReading

_SUFFIXES = (".ndjson", ".jsonl", ".json")


@dataclass
class Imported:
    """What came of the files: statements, return sheets, and files that could not be read."""

    readings: list[Reading] = field(default_factory=list)
    sheets: list[SheetReading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_fine(self) -> bool:
        """Tell whether every file could be read, and something of one of them be used."""
        usable = any(reading.readable for reading in self.readings) or bool(self.sheets)
        return usable and not self.problems

    @property
    def warnings(self) -> list[Problem]:
        """Say which files had no statement in them."""
        return [_source_empty(one.source) for one in self.readings if not one.tally.read]

    @property
    def unused(self) -> int:
        """Give the number of statements and codes that could not be used."""
        statements = sum(reading.tally.quarantined for reading in self.readings)
        return statements + sum(sheet.tally.quarantined for sheet in self.sheets)


def import_files(
    programme: ProgrammeDirectory,
    files: Sequence[Path],
    stdin: BinaryIO,
    *,
    chain: str | None = None,
    is_dry: bool = False,
) -> Imported:
    """Read files; `-` is `stdin`. `chain` and `is_dry` are for return sheets alone.

    Of a folder, every file of statements in it and below is read, in the order of names.
    """
    if chain is not None and chain not in programme.chains:
        what = f'"{chain}" is not a chain of this programme'
        known = f"Known: {', '.join(programme.chains) or 'none'}."
        place = str(programme.path / "chains")
        raise InputError([Problem(place, 0, 0, "chain-unknown", what, known)])
    found = Imported()
    with _store(programme.path, is_dry=is_dry) as store:
        for file in _without_folders(files, found.problems):
            try:
                if str(file) == "-":
                    found.readings.append(import_stream(store, programme, stdin))
                elif is_called_spreadsheet(file):
                    found.sheets.append(_import_sheet(store, programme, file, chain, is_dry))
                else:
                    found.readings.append(import_path(store, programme, file))
            except InputError as error:
                found.problems += error.problems
    return found


def _import_sheet(
    store: FactStore, programme: ProgrammeDirectory, file: Path, chain: str | None, is_dry: bool
) -> SheetReading:
    """Read one return sheet, while nobody else changes the roster.

    Statements need nothing of what that takes.
    """
    from xapi_lrs_reports.return_sheet.import_sheet import ROSTER, apply_plan, plan_sheet
    from xapi_lrs_reports.rule.parameters import today

    source = source_name(programme.path, file)
    day, roster = today(programme.settings.time_zone), programme.path / ROSTER
    with alone(programme, "roster-busy", "changing the roster", roster):
        plan = plan_sheet(programme, file, source, chain, day)
        return apply_plan(store, plan, is_dry=is_dry)


def _without_folders(files: Sequence[Path], problems: list[Problem]) -> Iterator[Path]:
    """Yield files, and those of folders; a folder without any is a problem.

    A link in it that leads nowhere is yielded too: whoever reads it says so.
    """
    for file in files:
        if not file.is_dir():
            yield file
            continue
        inside = sorted(
            one for one in file.rglob("*") if is_name_of_statements(one.name) and not one.is_dir()
        )
        yield from inside
        if not inside:
            problems.append(folder_empty(str(file)))


def is_name_of_statements(name: str) -> bool:
    """Tell whether a file inside a folder is read; what a tool hides is not."""
    plain = name.lower().removesuffix(".gz").removesuffix(".zst")
    return plain.endswith(_SUFFIXES) and not name.startswith(".")


def folder_empty(folder: str) -> Problem:
    """Say that a folder has nothing to read."""
    what = f"this folder holds no file that ends in {' or '.join(_SUFFIXES)}"
    fix = "Name a folder of exports, or the files themselves."
    return Problem(folder, 0, 0, "folder-empty", what, fix)


def _source_empty(source: str) -> Problem:
    what = "there is no statement in this file"
    fix = "If there should be, export or copy it again; nothing was read from it."
    return Problem(source, 0, 0, "source-empty", what, fix, "warning")


@contextlib.contextmanager
def _store(programme: Path, *, is_dry: bool) -> Iterator[FactStore]:
    """Open the store; a dry run does not make one."""
    if not is_dry or is_there(store_file(programme)):
        with open_store(programme, memory_mb=READING_MB) as store:
            yield store
        return
    with (
        temporary_folder(DRAFT, programme) as folder,
        open_store(folder, memory_mb=READING_MB) as store,
    ):
        yield store
