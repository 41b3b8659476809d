"""The store as Parquet files, for other tools and for another machine, and back.

A folder with facts, voids, quarantine and sources, and noroom-store.json, which names the layout
and the number of rows of each. Cursors stay: another machine has to find out itself how far it has
read. What is taken over goes the same way as statements: it is idempotent, and who was forgotten
does not come back.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import tempfile
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programme.files import instead_of_file, read_bytes
from programme.json_text import read_json
from programme.problems import InputError, Problem
from xapi_lrs_reports.statements.reading import digest_of
from xapi_lrs_reports.statements.statement import Fact, StatementProblem, Void
from xapi_lrs_reports.store import store_schema as schema
from xapi_lrs_reports.store.batches.record import Origin
from xapi_lrs_reports.store.fact_store import FactStore, Tally
from xapi_lrs_reports.store.opening import open_in_memory

if TYPE_CHECKING:
    import duckdb

MANIFEST = "noroom-store.json"
FORMAT = 1
_MAX_BYTES = 1_000_000
LAYOUT = "3"
"""Of the tables of an export: it changes with their columns, not with every layout of the store."""
DRAFT_SECONDS = 3600
"""Of this age nothing is at work on a draft any more."""
BATCH = 30_000
_TABLES = {
    "facts": (schema.FACT_COLUMNS, "timestamp, statement_id", Fact),
    "voids": (schema.VOID_COLUMNS, "target_id, statement_id", Void),
    "quarantine": (schema.QUARANTINE_COLUMNS, "source, line, path", StatementProblem),
}
_SOURCES = {"source": "VARCHAR", "repeated": "BIGINT"}


def export_parquet(store: FactStore, folder: Path) -> dict[str, int]:
    """Write the folder whole, in the place of an earlier export; give the rows of each table.

    Raises InputError if something else stands there or it cannot be written.
    """
    if folder.exists() and not (folder / MANIFEST).is_file():
        what = "something that is no export of a store stands here"
        fix = "Name a folder that is not there yet, or one of an earlier export."
        raise InputError([Problem(str(folder), 0, 0, "parquet-folder", what, fix)])
    with _in_place_of(folder) as fresh:
        return _write(store.connection, fresh, {name: "true" for name in (*_TABLES, "sources")})


def import_parquet(store: FactStore, folder: Path) -> Tally:
    """Take an export over, all of it or nothing; raises InputError."""
    _require_export(folder)
    tally = Tally()
    origin = Origin(folder.name, "parquet", digest_of(folder / "facts.parquet"))
    with open_in_memory(folder) as reader, store.transaction():
        store.begin(origin)
        for table in _TABLES:
            for rows in _batches(reader, folder, table):
                tally.add(store.append(origin.source, rows))
        path = _literal(folder / "sources.parquet")
        query = f"SELECT source, repeated FROM {path}"  # noqa: S608 - a path of ours
        store.add_sources(reader.execute(query).fetchall())
    return tally


def exports_in(programme: Path) -> list[Path]:
    """Give the exports that lie in the programme's folder."""
    return sorted(file.parent for file in programme.rglob(MANIFEST))


def drafts_beside(folder: Path) -> list[Path]:
    """Give what a killed command left of an export while it wrote it, or is at work on now."""
    made = re.compile(re.escape(f".{folder.name}.") + r"[a-z0-9_]{8}(?:\.old)?")
    found = [one for one in folder.parent.glob(".*") if made.fullmatch(one.name)]
    return sorted(
        one for one in found if (one / "facts.parquet").is_file() and not one.is_symlink()
    )


def forget_in_export(folder: Path, learners: Collection[str], *, is_dry: bool) -> int:
    """Write an export anew without these learners; give how many facts that were.

    Raises InputError if it is damaged.
    """
    return _write_without(folder, _theirs(learners), is_dry=is_dry)


def prune_export(folder: Path, moment: str, other_than: Collection[str], *, is_dry: bool) -> int:
    """Write an export anew without what happened before a UTC moment; give how many facts.

    Those of some learners are left alone.
    """
    old = f"timestamp < TIMESTAMP '{moment}' AND NOT ({_theirs(other_than)})"
    return _write_without(folder, old, is_dry=is_dry)


def _theirs(learners: Collection[str]) -> str:
    names = ", ".join("'" + one.replace("'", "''") + "'" for one in sorted(learners))
    return f"learner IN ({names})" if names else "false"


def _write_without(folder: Path, gone: str, *, is_dry: bool) -> int:
    _require_export(folder)
    facts = _literal(folder / "facts.parquet")
    with open_in_memory(folder) as reader:
        query = f"SELECT count(*) FROM {facts} WHERE {gone}"  # noqa: S608 - pseudonyms, a moment
        number = int((reader.execute(query).fetchone() or (0,))[0])
        if number and not is_dry:
            for table in (*_TABLES, "sources"):
                place = _literal(folder / f"{table}.parquet")
                reader.execute(f"CREATE TABLE {table} AS SELECT * FROM {place}")  # noqa: S608
            ids = f"SELECT CAST(statement_id AS VARCHAR) FROM facts WHERE {gone}"  # noqa: S608
            kept = dict.fromkeys((*_TABLES, "sources"), "true")
            kept["facts"] = f"NOT ({gone})"
            kept["quarantine"] = f"coalesce(statement_id NOT IN ({ids}), true)"
            with _in_place_of(folder) as fresh:
                _write(reader, fresh, kept)
    return number


def _write(
    connection: duckdb.DuckDBPyConnection, folder: Path, kept: dict[str, str]
) -> dict[str, int]:
    rows = {}
    for table, condition in kept.items():
        columns, order, _ = _TABLES.get(table, (_SOURCES, "source", None))
        names = ", ".join(columns)
        query = f"SELECT {names} FROM {table} WHERE {condition} ORDER BY {order}"  # noqa: S608
        path = str(folder / f"{table}.parquet").replace("'", "''")
        copied = connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)").fetchone()
        rows[table] = int(copied[0]) if copied else 0
    manifest = {"format": FORMAT, "schema_version": LAYOUT, "rows": rows}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return rows


@contextlib.contextmanager
def _in_place_of(folder: Path) -> Iterator[Path]:
    """Give an empty folder that takes this one's place when the block ends well."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        try:
            yield fresh
            old = fresh.with_name(fresh.name + ".old")
            if folder.exists():
                folder.rename(old)
            fresh.rename(folder)
            shutil.rmtree(old, ignore_errors=True)
            for draft in drafts_beside(folder):
                if time.time() - draft.lstat().st_mtime > DRAFT_SECONDS:
                    shutil.rmtree(draft, ignore_errors=True)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        what = f"this folder cannot be written: {error.strerror}"
        fix = "Check that it is yours and that the disk is not full."
        raise InputError([Problem(str(folder), 0, 0, "file-unwritable", what, fix)]) from None


def _require_export(folder: Path) -> None:
    """Raise InputError unless a folder is a whole export of the present layout."""
    import duckdb

    try:
        manifest = read_json(read_bytes(folder / MANIFEST, _MAX_BYTES))
        wanted = dict(manifest["rows"])
        version = str(manifest["schema_version"])
    except (OSError, ValueError, KeyError, TypeError):
        raise _broken(folder, f"there is no {MANIFEST} that can be read") from None
    if (manifest.get("format"), version) != (FORMAT, LAYOUT):
        what = f"this export has layout {version}, and noroom reads {LAYOUT}"
        fix = "Export it again with this version of noroom."
        raise InputError([Problem(str(folder), 0, 0, "parquet-version", what, fix)])
    columns = {name: list(table[0]) for name, table in _TABLES.items()}
    columns["sources"] = list(_SOURCES)
    with open_in_memory(folder) as reader:
        for table, names in columns.items():
            path = _literal(folder / f"{table}.parquet")
            if other := instead_of_file(folder / f"{table}.parquet"):
                raise _broken(folder, f"{table}.parquet is {other}")
            try:
                reader.execute(f"SELECT {', '.join(names)} FROM {path} LIMIT 0")  # noqa: S608
                counted = reader.execute(f"SELECT count(*) FROM {path}").fetchone()  # noqa: S608
                found = int(counted[0]) if counted else 0
            except duckdb.Error as error:
                raise _broken(folder, f"{table}.parquet: {str(error).splitlines()[0]}") from None
            if found != wanted.get(table):
                said = wanted.get(table, 0)
                raise _broken(folder, f"{table}.parquet has {found:,} rows, not {said:,}")


def _batches(reader: duckdb.DuckDBPyConnection, folder: Path, table: str) -> Iterator[list[Any]]:
    columns, order, kind = _TABLES[table]
    names = ", ".join(_as_text(name, columns[name]) for name in columns)
    path = _literal(folder / f"{table}.parquet")
    query = f"SELECT {names} FROM {path} ORDER BY {order}"  # noqa: S608 - constants
    answer = reader.execute(query)
    while rows := answer.fetchmany(BATCH):
        yield [kind(*row) for row in rows]


def _as_text(name: str, kind: str) -> str:
    if kind == "TIMESTAMP":
        return f"strftime({name}, '%Y-%m-%dT%H:%M:%S.%g') AS {name}"
    return f"CAST({name} AS VARCHAR) AS {name}" if kind == "UUID" else name


def _literal(path: Path) -> str:
    return "read_parquet('" + str(path).replace("'", "''") + "')"


def _broken(folder: Path, why: str) -> InputError:
    fix = "Copy or export it again; nothing was taken over."
    return InputError([Problem(str(folder), 0, 0, "parquet-broken", why, fix)])
