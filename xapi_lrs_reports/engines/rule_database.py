"""The rule's tables beside the fact store, in DuckDB's memory, for one date after another."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from programme.files import is_there
from xapi_lrs_reports.people.kept_rows import KeptRows
from xapi_lrs_reports.rule.steps import Steps, rule_file, split_steps
from xapi_lrs_reports.rule.tables import COLUMNS, Inputs, old_versions, rule_tables
from xapi_lrs_reports.store import store_schema as schema
from xapi_lrs_reports.store.insert_rows import insert_rows
from xapi_lrs_reports.store.opening import (
    cannot_open,
    check_version,
    disk_errors_in_words,
    has_schema,
    open_in_memory,
    require_file,
    require_folder,
    store_file,
    stored_version,
)

if TYPE_CHECKING:
    import duckdb

_ROSTER_ROWS, _KEPT_ROSTER = "roster_rows", "kept_roster"
_SEVERAL_IDS = """
SELECT 1 WHERE EXISTS (SELECT 1 FROM aliases) OR EXISTS (SELECT 1 FROM mergers)
    OR EXISTS (SELECT 1 FROM every_fact WHERE contains(learner, '/alias/'))
"""
_BEFORE = """
SELECT count(*)
FROM (SELECT timestamp FROM store.facts UNION ALL SELECT timestamp FROM store.withdrawn)
WHERE timestamp < ?::TIMESTAMP
"""
_JUDGED_BY = frozenset(["writers", "aliases", "mergers"])
"""The tables that rule/believed.sql reads beside the facts."""


class RuleDatabase:
    """A database in memory with a programme's store attached, read only; no store: no facts.

    `connection` has every table of the rule once `fill` was called.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, programme: Path) -> None:
        self.connection = connection
        self._store = store_file(programme)
        self._is_attached = _attached(connection, self._store)
        self._filled: dict[str, Sequence[object]] = {}
        self._kept: KeptRows | None = None

    def fill(self, inputs: Inputs) -> None:
        """Bring the tables to another date; what stayed the same is not written again.

        Raises InputError if the store was written by another version of noroom.
        """
        is_first = not self._filled
        if is_first:
            self._create()
        tables = rule_tables(inputs)
        changed = {name for name, rows in tables.items() if self._filled.get(name) != rows}
        if not is_first and self._kept is None and isinstance(tables["roster"], KeptRows):
            changed.add("roster")
        for name in changed:
            self._fill(name, tables[name], is_first=is_first)
        if is_first or changed & _JUDGED_BY:
            self._believe()
        if is_first or inputs.parameters.rule.content_min_version is not None:
            self._fill_old_versions(inputs.parameters.rule.content_min_version)
        self._filled = tables

    def facts_before(self, moment: str) -> int:
        """Count the facts from before a moment, in UTC; 0 where there is no store of ours."""
        if not self._is_attached or (
            stored_version(self.connection, "store.") != schema.SCHEMA_VERSION
        ):
            return 0  # whoever reads the store says what has to be done
        found = self.connection.execute(_BEFORE, [moment]).fetchone()
        return int(found[0]) if found else 0

    def _create(self) -> None:
        tables = {**COLUMNS, _ROSTER_ROWS: COLUMNS["roster"]}
        del tables["roster"]
        made = [f"CREATE TABLE {name} ({schema.columns_sql(of)})" for name, of in tables.items()]
        self.connection.execute("; ".join(made))
        if not self._is_attached:
            self.connection.execute(schema.CREATE.replace("TABLE facts", "TABLE every_fact"))
            return
        check_version(self.connection, self._store, "store.")
        for name in ("voids", "quarantine", "sources"):
            query = f"CREATE VIEW {name} AS SELECT * FROM store.{name}"  # noqa: S608
            self.connection.execute(query)
        self.connection.execute("CREATE VIEW every_fact AS SELECT * FROM store.facts")

    def _fill(self, table: str, rows: Sequence[object], *, is_first: bool) -> None:
        if table == "roster":
            self._fill_roster(rows, is_first=is_first)
            return
        if not is_first:
            self.connection.execute(f"DELETE FROM {table}")  # noqa: S608 - constants
        insert_rows(self.connection, table, COLUMNS[table], rows)

    def _fill_roster(self, rows: Sequence[object], *, is_first: bool) -> None:
        """Make `roster` a view of the rows where they lie, and of those that came from Python."""
        parts = [f"SELECT * FROM {_ROSTER_ROWS}"]  # noqa: S608 - a constant
        if isinstance(rows, KeptRows):
            parts.append(rows.query if is_first else rows.query_of(self._read_once(rows)))
            rows = rows.instead
        if not is_first:
            self.connection.execute(f"DELETE FROM {_ROSTER_ROWS}")  # noqa: S608 - a constant
        insert_rows(self.connection, _ROSTER_ROWS, COLUMNS["roster"], rows)
        self.connection.execute(f"CREATE OR REPLACE VIEW roster AS {' UNION ALL '.join(parts)}")

    def _read_once(self, rows: KeptRows) -> str:
        """Give the name of a table with all rows of the file: worth it from the second date on."""
        if self._kept is None or self._kept.file != rows.file:
            query = f"CREATE OR REPLACE TABLE {_KEPT_ROSTER} AS {rows.whole.query}"
            self.connection.execute(query)
            self._kept = rows
        return _KEPT_ROSTER

    def _believe(self) -> None:
        """Make `facts` of `every_fact`: the same, at no cost, where nothing has to be judged."""
        steps = believed_sql().steps
        for name in ("kinds", "source_kinds"):
            self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS {steps[name]}")
        query = "SELECT 1 FROM source_kinds WHERE boasts OR NOT is_ours LIMIT 1"
        doubtful = self.connection.execute(query).fetchone()
        believed = steps["believed"] if doubtful else "SELECT * FROM every_fact"
        self.connection.execute(f"CREATE OR REPLACE VIEW believed AS {believed}")
        several = self.connection.execute(_SEVERAL_IDS).fetchone()
        facts = steps["facts"] if several else "SELECT * FROM believed"
        self.connection.execute(f"CREATE OR REPLACE VIEW facts AS {facts}")

    def _fill_old_versions(self, minimum: str | None) -> None:
        table, query = "old_versions", "SELECT DISTINCT course, course_version FROM facts"
        found = self.connection.execute(query).fetchall() if minimum is not None else []
        self.connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a constant
        insert_rows(self.connection, table, COLUMNS[table], old_versions(minimum, found))


def believed_sql() -> Steps:
    """Give rule/believed.sql, taken apart."""
    return split_steps(rule_file("believed.sql"))


@contextlib.contextmanager
def open_rule_database(programme: Path) -> Iterator[RuleDatabase]:
    """Attach a programme's store in a database of its own. Raises InputError."""
    with open_in_memory(programme) as connection:
        with disk_errors_in_words(store_file(programme)):
            database = RuleDatabase(connection, programme)
        yield database


def _attached(connection: duckdb.DuckDBPyConnection, store: Path) -> bool:
    """Attach the store; False if nothing was ever committed to it. Raises InputError."""
    import duckdb

    require_folder(store)
    if not is_there(store):
        return False
    require_file(store)
    path = str(store).replace("'", "''")
    try:
        connection.execute(f"ATTACH '{path}' AS store (READ_ONLY)")
    except duckdb.Error as error:
        raise cannot_open(store, error) from None
    return has_schema(connection, "store")
