"""One batch on its way into the store: rows in temporary tables, from where SQL takes them over.

Rows go through files of Parquet or JSON lines: without Arrow that is ten to a hundred times
quicker than executemany. What is staged has the columns of the table that is to be filled.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from xapi_lrs_reports.people.forgotten import Forgotten
from xapi_lrs_reports.statements.columns import COLUMNS, Rows
from xapi_lrs_reports.statements.statement import Fact, Row
from xapi_lrs_reports.statements.usual import Batch
from xapi_lrs_reports.store import store_schema as schema
from xapi_lrs_reports.store.insert_rows import create_from_rows, temporary_file
from xapi_lrs_reports.store.plain_parquet import parquet_file

if TYPE_CHECKING:
    import duckdb

_KIND_COLUMNS = {
    "kind": "INTEGER",
    "verb": "VARCHAR",
    "course": "VARCHAR",
    "chain": "VARCHAR",
    "hotel_source": "VARCHAR",
    "evidence": "VARCHAR",
    "completion": "BOOLEAN",
    "success": "BOOLEAN",
    "authority": "VARCHAR",
    "language": "VARCHAR",
    "profile": "VARCHAR",
}
_PLACE_COLUMNS = {"place": "INTEGER", "course_version": "VARCHAR", "hotel": "VARCHAR"}
_REFUSED_COLUMNS = {"learner": "VARCHAR", "until": "TIMESTAMP"}

_UNUSUAL = "SELECT * FROM staged_facts"
_USUAL = """
SELECT statement_id, verb, course, course_version, chain, chain || '/' || name AS learner, hotel,
       CASE WHEN hotel IS NOT NULL THEN hotel_source END AS hotel_source, evidence, completion,
       success, registration,
       least(sent_at, stored) AS timestamp, stored, sent_at, authority, language, source, line,
       profile
FROM staged_rows JOIN staged_kinds USING (kind) JOIN staged_places USING (place)
"""
_NOT_REFUSED = """
SELECT * FROM ({all_rows}) AS every
WHERE NOT EXISTS (SELECT 1 FROM staged_refused AS refused
                  WHERE refused.learner = every.learner AND every.timestamp <= refused.until)
"""
_TABLES = ("staged_facts", "staged_rows", "staged_kinds", "staged_places", "staged_refused")


@contextlib.contextmanager
def staged(
    connection: duckdb.DuckDBPyConnection, rows: Sequence[Row], columns: dict[str, str]
) -> Iterator[None]:
    """Hold rows in the temporary table `staged`."""
    create_from_rows(connection, "staged", columns, rows)
    try:
        yield
    finally:
        _drop(connection, "TABLE", ["staged"])


@contextlib.contextmanager
def staged_facts(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    facts: Sequence[Fact],
    batch: Batch,
    forgotten: Forgotten,
) -> Iterator[int]:
    """Hold `facts` and the rows of a batch in the temporary view `staged`; give their number.

    Those of people who were forgotten are left out, before anything of them is written.
    """
    create_from_rows(connection, "staged_facts", schema.FACT_COLUMNS, facts)
    query = _UNUSUAL
    if batch.rows:
        _load_rows(connection, source, batch.rows)
        create_from_rows(connection, "staged_kinds", _KIND_COLUMNS, batch.kinds)
        create_from_rows(connection, "staged_places", _PLACE_COLUMNS, batch.places)
        query = f"{_UNUSUAL} UNION ALL {_USUAL}"
    number = len(facts) + len(batch.rows)
    if not forgotten.is_empty:
        refused = _refused(connection, query, forgotten)
        create_from_rows(connection, "staged_refused", _REFUSED_COLUMNS, refused)
        query = _NOT_REFUSED.format(all_rows=query)
        counted = connection.execute(f"SELECT count(*) FROM ({query})").fetchone()  # noqa: S608
        number = int(counted[0]) if counted else 0
    connection.execute(f"CREATE OR REPLACE TEMP VIEW staged AS {query}")
    try:
        yield number
    finally:
        _drop(connection, "VIEW", ["staged"])
        _drop(connection, "TABLE", [*_TABLES, "copied"])


def _refused(
    connection: duckdb.DuckDBPyConnection, query: str, forgotten: Forgotten
) -> list[dict[str, str]]:
    """Give until when the facts of each learner are refused, of those of whom some are."""
    learners = connection.execute(f"SELECT DISTINCT learner FROM ({query})").fetchall()  # noqa: S608
    until = ((learner, forgotten.refused_until(learner)) for (learner,) in learners)
    return [{"learner": learner, "until": moment} for learner, moment in until if moment]


def _load_rows(connection: duckdb.DuckDBPyConnection, source: str, rows: Rows) -> None:
    create = (
        "CREATE OR REPLACE TEMP TABLE staged_rows AS SELECT * REPLACE (sent_at::TIMESTAMP AS "
        "sent_at, stored::TIMESTAMP AS stored), ? AS source FROM read_parquet(?)"
    )
    with temporary_file(parquet_file(COLUMNS, rows.columns(), len(rows))) as name:
        connection.execute(create, [source, name])


def _drop(connection: duckdb.DuckDBPyConnection, kind: str, names: Iterable[str]) -> None:
    """Drop what is there; after an error the transaction refuses, and is rolled back anyway."""
    with contextlib.suppress(Exception):
        for name in names:
            connection.execute(f"DROP {kind} IF EXISTS temp.{name}")
