"""`noroom import`: each file to the reader of its kind; one bad file does not cost another."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from xapi_lrs_reports.fact_store import FactStore, open_store, store_file
from xapi_lrs_reports.reading import Reading, import_path, import_stream, source_name
from xapi_lrs_reports.return_sheet.import_sheet import SheetReading, apply_plan, plan_sheet
from xapi_lrs_reports.rule.parameters import today
from xapi_lrs_reports.sources.workbook import is_spreadsheet


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
    """Read files; `-` is `stdin`. `chain` and `is_dry` are for return sheets alone."""
    if chain is not None and chain not in programme.chains:
        what = f'"{chain}" is not a chain of this programme'
        known = f"Known: {', '.join(programme.chains) or 'none'}."
        place = str(programme.path / "chains")
        raise InputError([Problem(place, 0, 0, "chain-unknown", what, known)])
    found = Imported()
    with _store(programme.path, is_dry=is_dry) as store:
        for file in files:
            try:
                if str(file) == "-":
                    found.readings.append(import_stream(store, programme, stdin))
                elif is_spreadsheet(file):
                    source = source_name(programme.path, file)
                    day = today(programme.settings.time_zone)
                    plan = plan_sheet(programme, file, source, chain, day)
                    found.sheets.append(apply_plan(store, plan, is_dry=is_dry))
                else:
                    found.readings.append(import_path(store, programme, file))
            except InputError as error:
                found.problems += error.problems
    return found


@contextlib.contextmanager
def _store(programme: Path, *, is_dry: bool) -> Iterator[FactStore]:
    """Open the store; a dry run does not make one."""
    if not is_dry or store_file(programme).exists():
        with open_store(programme) as store:
            yield store
        return
    with tempfile.TemporaryDirectory(prefix="noroom-") as folder, open_store(Path(folder)) as store:
        yield store
