"""The rule on one machine: loads the rule's tables beside the fact store and runs the SQL file."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from programme.files import is_there
from xapi_lrs_reports.engines.engine import NO_QUESTIONS, Answers
from xapi_lrs_reports.people.kept_rows import KeptRows
from xapi_lrs_reports.rule.steps import Steps, certification_sql, rule_file, split_steps
from xapi_lrs_reports.rule.tables import COLUMNS, Inputs, old_versions, rule_tables
from xapi_lrs_reports.statements.quarantine import read_quarantine
from xapi_lrs_reports.statements.statement import StatementProblem
from xapi_lrs_reports.store import store_schema as schema
from xapi_lrs_reports.store.insert_rows import insert_rows
from xapi_lrs_reports.store.opening import (
    cannot_open,
    check_version,
    connect,
    disk_errors_in_words,
    has_schema,
    require_folder,
    store_file,
)

if TYPE_CHECKING:
    import duckdb

_NOTHING_READ = "No statements were read yet: run noroom sync or noroom import first."
_SEVERAL_IDS = """
SELECT 1 WHERE EXISTS (SELECT 1 FROM aliases) OR EXISTS (SELECT 1 FROM mergers)
    OR EXISTS (SELECT 1 FROM every_fact WHERE contains(learner, '/alias/'))
"""


class StoreEngine:
    """The facts of a programme's store on this machine; no store: no facts."""

    def __init__(self, programme: Path) -> None:
        self._programme = programme

    def run_rule(self, inputs: Inputs, also: Mapping[str, str] = NO_QUESTIONS) -> Answers:
        """Run the rule on the store, read only. Raises InputError."""
        store = store_file(self._programme)
        with rule_database(store, inputs) as connection:
            rows = connection.execute(certification_sql()).fetchall()
            query = "SELECT source, code, count(*) FROM quarantine GROUP BY ALL ORDER BY ALL"
            quarantine = connection.execute(query).fetchall()
            repeated = connection.execute("SELECT coalesce(sum(repeated), 0) FROM sources")
            duplicates = repeated.fetchone()
            disowned = connection.execute(_believed().answer).fetchone()
            asked = {name: connection.execute(query).fetchall() for name, query in also.items()}
        return Answers(
            rows=[(hotel, measure, item, int(amount)) for hotel, measure, item, amount in rows],
            duplicates=int(duplicates[0]) if duplicates else 0,
            quarantine=quarantine,
            disowned=int(disowned[0]) if disowned else 0,
            also=asked,
            notes=() if is_there(store) else (_NOTHING_READ,),
        )

    def quarantine(self) -> list[StatementProblem]:
        """Give what the store keeps of it. Raises InputError."""
        return read_quarantine(self._programme)


@contextlib.contextmanager
def rule_database(store: Path, inputs: Inputs) -> Iterator[duckdb.DuckDBPyConnection]:
    """Hold a database in memory in which every table of the rule stands. Raises InputError."""
    with contextlib.closing(connect(Path(":memory:"))) as connection, disk_errors_in_words(store):
        _create(connection)
        _attach(connection, store)
        _fill(connection, inputs)
        _believe(connection)
        _fill_old_versions(connection, inputs.parameters.rule.content_min_version)
        yield connection


def _attach(connection: duckdb.DuckDBPyConnection, store: Path) -> None:
    if not _attached(connection, store):
        connection.execute(schema.CREATE.replace("TABLE facts", "TABLE every_fact"))
        return
    check_version(connection, store, "store.")
    for name in ("voids", "quarantine", "sources"):
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM store.{name}")  # noqa: S608
    connection.execute("CREATE VIEW every_fact AS SELECT * FROM store.facts")


def _believed() -> Steps:
    return split_steps(rule_file("believed.sql"))


def _believe(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `facts` of `every_fact`: the same, at no cost, where nothing has to be judged."""
    steps = _believed().steps
    for name in ("kinds", "source_kinds"):
        connection.execute(f"CREATE TABLE {name} AS {steps[name]}")
    query = "SELECT 1 FROM source_kinds WHERE boasts OR NOT is_ours LIMIT 1"
    doubtful = connection.execute(query).fetchone()
    believed = steps["believed"] if doubtful else "SELECT * FROM every_fact"
    connection.execute(f"CREATE VIEW believed AS {believed}")
    several = connection.execute(_SEVERAL_IDS).fetchone()
    facts = steps["facts"] if several else "SELECT * FROM believed"
    connection.execute(f"CREATE VIEW facts AS {facts}")


def _attached(connection: duckdb.DuckDBPyConnection, store: Path) -> bool:
    """Attach the store; False if nothing was ever committed to it. Raises InputError."""
    import duckdb

    require_folder(store)
    if not is_there(store):
        return False
    path = str(store).replace("'", "''")
    try:
        connection.execute(f"ATTACH '{path}' AS store (READ_ONLY)")
    except duckdb.Error as error:
        raise cannot_open(store, error) from None
    return has_schema(connection, "store")


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    for table, columns in COLUMNS.items():
        connection.execute(f"CREATE TABLE {table} ({schema.columns_sql(columns)})")


def _fill(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    for table, rows in rule_tables(inputs).items():
        if isinstance(rows, KeptRows) and not rows.instead:
            connection.execute(f"DROP TABLE {table}")
            connection.execute(f"CREATE VIEW {table} AS {rows.query}")
        elif isinstance(rows, KeptRows):
            connection.execute(f"INSERT INTO {table} {rows.query}")
            insert_rows(connection, table, COLUMNS[table], rows.instead)
        else:
            insert_rows(connection, table, COLUMNS[table], rows)


def _fill_old_versions(connection: duckdb.DuckDBPyConnection, minimum: str | None) -> None:
    if minimum is not None:
        found = connection.execute("SELECT DISTINCT course, course_version FROM facts").fetchall()
        rows = old_versions(minimum, found)
        insert_rows(connection, "old_versions", COLUMNS["old_versions"], rows)
