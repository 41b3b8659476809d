"""A store with something of everything, and what stands in one."""

from __future__ import annotations

import contextlib
import datetime
from pathlib import Path

from programme.directory import ProgrammeDirectory
from tests.reports.programme_files import (
    make_programme,
    statement,
    void,
    write_lines,
)
from xapi_lrs_reports.statements.import_files import import_files
from xapi_lrs_reports.store.opening import connect, store_file
from xapi_lrs_reports.store.store_schema import FACT_COLUMNS

ROSTER = "hotel,employee\n" + "".join(f"acme-1,person-{n}\n" for n in range(5))
NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)


def filled(folder: Path) -> ProgrammeDirectory:
    """Give a programme with facts, a void, an orphan void, a repeat and something quarantined."""
    programme = make_programme(folder, roster=ROSTER)
    given = [statement(f"person-{n}", at=f"2026-11-0{n + 1}T10:00:00.125Z") for n in range(4)]
    odd = statement("person-4", timestamp=None)
    voids = [void(str(given[0]["id"])), void(str(statement()["id"]))]
    read(programme, *given, given[1], *voids, odd)
    return programme


def read(programme: ProgrammeDirectory, *statements: dict[str, object], name: str = "a") -> None:
    file = write_lines(programme.path / f"{name}.ndjson", statements)
    assert not import_files(programme, [file], stdin=None).problems  # type: ignore[arg-type]


def execute(programme: ProgrammeDirectory, query: str) -> list[tuple[object, ...]]:
    with contextlib.closing(connect(store_file(programme.path))) as connection:
        return connection.execute(query).fetchall()


def content(programme: ProgrammeDirectory) -> list[list[tuple[object, ...]]]:
    tables = {"facts": ", ".join(FACT_COLUMNS), "voids": "*", "quarantine": "*", "sources": "*"}
    queries = [f"SELECT {names} FROM {table} ORDER BY ALL" for table, names in tables.items()]  # noqa: S608
    found = [execute(programme, query) for query in queries]
    found[3] = [row for row in found[3] if row[1]]
    return found
