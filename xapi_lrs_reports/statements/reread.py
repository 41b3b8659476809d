"""`noroom store reread`: read the files again of which something is quarantined, after a fix."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from programme.directory import ProgrammeDirectory
from programme.files import open_file
from programme.problems import InputError, Problem
from xapi_lrs_reports.sources.files import is_statements
from xapi_lrs_reports.statements.reading import Reading, import_path
from xapi_lrs_reports.statements.statement import REVIEW
from xapi_lrs_reports.store.opening import open_store

_SYNC = "Run noroom sync: changed authorities or chains make it read everything again."
_PIPE = "It came from standard input: pipe it into noroom import again."
_PARQUET = "Run noroom store import again with the folder of that name."
_EXPORT = "Run the noroom import again that read it, with the same preset or mapping."


@dataclass
class Reread:
    """What came of the files, what was quarantined of each before, and what cannot be read."""

    readings: list[Reading] = field(default_factory=list)
    before: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def text(self) -> str:
        """Give a line for each file."""
        lines = [
            f"{one.source}: quarantined {self.before[one.source]:,} before, "
            f"{one.tally.quarantined:,} now; {one.tally.new:,} new\n"
            for one in self.readings
        ]
        return "".join(lines) or "Nothing is quarantined that a file could give again.\n"


def reread(programme: ProgrammeDirectory) -> Reread:
    """Read each such file of statements again; one that fails does not stop the others."""
    found = Reread()
    with open_store(programme.path) as store:
        query = (
            "SELECT source, count(*) FROM quarantine WHERE NOT starts_with(code, ?) "
            "GROUP BY source ORDER BY source"
        )
        folders = "SELECT source FROM batches WHERE kind = 'parquet'"
        exports = {source for (source,) in store.connection.execute(folders).fetchall()}
        for source, number in store.connection.execute(query, [REVIEW]).fetchall():
            file = programme.path / source
            otherwise = _PARQUET if source in exports else _otherwise(file, source)
            if otherwise:
                found.problems.append(_elsewhere(source, otherwise))
                continue
            try:
                reading = import_path(store, programme, programme.path / source)
            except InputError as error:
                found.problems += error.problems
            else:
                found.before[source] = number
                found.readings.append(reading)
    return found


def _otherwise(file: Path, source: str) -> str:
    """Give how a source is read again if it is no file of statements; "" if it is."""
    if source.startswith("lrs:"):
        return _SYNC
    if source.startswith("stdin-"):
        return _PIPE
    if not file.is_file():
        return ""
    with open_file(file) as stream:
        return "" if is_statements(stream.read(4096)) else _EXPORT


def _elsewhere(source: str, fix: str) -> Problem:
    what = "statements of it are quarantined, and it is no file that can be read again"
    return Problem(source, 0, 0, "reread-elsewhere", what, fix, "warning")
