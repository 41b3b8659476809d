"""One batch on its way into the store: files of Parquet, from which SQL takes rows.

Without Arrow that is ten to a hundred times quicker than executemany. They are read where they lie:
a table that is made and dropped within a transaction is kept by DuckDB until the transaction ends,
which for a long file is all of it once more.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from xapi_lrs_reports.people.forgotten import Forgotten
from xapi_lrs_reports.statements.columns import COLUMNS
from xapi_lrs_reports.statements.statement import Fact, Row
from xapi_lrs_reports.statements.usual import Batch
from xapi_lrs_reports.store import store_schema as schema
from xapi_lrs_reports.store.insert_rows import literal, temporary_file
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

_USUAL = """
SELECT statement_id, verb, course, course_version, chain, chain || '/' || name AS learner, hotel,
       CASE WHEN hotel IS NOT NULL THEN hotel_source END AS hotel_source, evidence, completion,
       success, registration, least(sent_at::TIMESTAMP, stored::TIMESTAMP) AS timestamp,
       stored::TIMESTAMP AS stored, sent_at::TIMESTAMP AS sent_at, authority, language,
       {source} AS source, line, profile
FROM {rows} JOIN {kinds} USING (kind) JOIN {places} USING (place)
"""
_NOT_REFUSED = """
SELECT * FROM ({every}) AS every
WHERE NOT EXISTS (SELECT 1 FROM {refused} AS refused
                  WHERE refused.learner = every.learner AND every.timestamp <= refused.until)
"""


_FEW = 5_000
"""So few rows are held in memory while they are compared: to plan their reader four times takes
50 ms, which is most of what a small file costs."""

_encode = msgspec.json.Encoder().encode


@dataclass
class Staged:
    """Rows for a table of the store, as SQL that gives its columns.

    Statements name them `staged`, and `copied` those of them that `copy_out` took out.
    """

    connection: duckdb.DuckDBPyConnection
    query: str
    number: int
    copied: str | None = None

    def execute(
        self, statement: str, values: Sequence[object] | None = None
    ) -> duckdb.DuckDBPyConnection:
        """Run a statement that reads the rows."""
        named = f"WITH staged AS NOT MATERIALIZED ({self.query})"
        if self.copied is not None:
            named += f", copied AS NOT MATERIALIZED ({self.copied})"
        return self.connection.execute(f"{named} {statement}", values)

    def changed(self, statement: str, values: Sequence[object] | None = None) -> int:
        """Run a statement that reads the rows, and give how many rows it wrote."""
        found = self.execute(statement, values).fetchone()
        return int(found[0]) if found else 0

    @contextlib.contextmanager
    def copy_out(self, query: str) -> Iterator[None]:
        """Keep what a query gives of the rows beside them as `copied`.

        DuckDB writes into the file that is there, which is for its owner alone.
        """
        with temporary_file([]) as name:
            once = "MATERIALIZED" if self.number <= _FEW else "NOT MATERIALIZED"
            named = f"WITH staged AS {once} ({self.query}) {query}"
            form = "(FORMAT parquet, USE_TMP_FILE false)"
            self.connection.execute(f"COPY ({named}) TO {literal(name)} {form}")
            self.copied = f"SELECT * FROM read_parquet({literal(name)})"  # noqa: S608 - ours
            try:
                yield
            finally:
                self.copied = None


@contextlib.contextmanager
def staged(
    connection: duckdb.DuckDBPyConnection, rows: Sequence[Row], columns: dict[str, str]
) -> Iterator[Staged]:
    """Stage rows of any table."""
    with _reader(columns, rows) as reader:
        yield Staged(connection, f"SELECT * FROM {reader}", len(rows))  # noqa: S608 - a file of ours


@contextlib.contextmanager
def staged_facts(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    facts: Sequence[Fact],
    batch: Batch,
    forgotten: Forgotten,
) -> Iterator[Staged]:
    """Stage `facts` and the rows of a batch.

    Those of people who were forgotten are left out, before anything of them is written.
    """
    number = len(facts) + len(batch.rows)
    with contextlib.ExitStack() as files:
        queries = []
        if facts:
            reader = files.enter_context(_reader(schema.FACT_COLUMNS, facts))
            queries.append(f"SELECT * FROM {reader}")  # noqa: S608 - a file of ours
        if batch.rows:
            queries.append(_usual(files, source, batch))
        query = " UNION ALL ".join(queries)
        if not forgotten.is_empty:
            refused = _refused(connection, query, forgotten)
            reader = files.enter_context(_reader(_REFUSED_COLUMNS, refused))
            query = _NOT_REFUSED.format(every=query, refused=reader)
            counted = connection.execute(f"SELECT count(*) FROM ({query})").fetchone()  # noqa: S608
            number = int(counted[0]) if counted else 0
        yield Staged(connection, query, number)


def _usual(files: contextlib.ExitStack, source: str, batch: Batch) -> str:
    rows = parquet_file(COLUMNS, batch.rows.columns(), len(batch.rows))
    return _USUAL.format(
        source=literal(source),
        rows=f"read_parquet({literal(files.enter_context(temporary_file(rows)))})",
        kinds=files.enter_context(_reader(_KIND_COLUMNS, batch.kinds)),
        places=files.enter_context(_reader(_PLACE_COLUMNS, batch.places)),
    )


def _refused(
    connection: duckdb.DuckDBPyConnection, query: str, forgotten: Forgotten
) -> list[dict[str, str]]:
    """Give until when the facts of each learner are refused, of those of whom some are."""
    learners = connection.execute(f"SELECT DISTINCT learner FROM ({query})").fetchall()  # noqa: S608
    until = ((learner, forgotten.refused_until(learner)) for (learner,) in learners)
    return [{"learner": learner, "until": moment} for learner, moment in until if moment]


@contextlib.contextmanager
def _reader(columns: Mapping[str, str], rows: Sequence[object]) -> Iterator[str]:
    """Hold rows in a file, each as JSON; gives the SQL of a table that reads them.

    DuckDB's own reader of JSON lines takes 32 MB for each file, however little there is in it. A
    value that is not of its column's type raises duckdb.Error: from_json would make it null.
    """
    texts = [_encode(row) for row in rows]
    column = b"".join(part for text in texts for part in (len(text).to_bytes(4, "little"), text))
    with temporary_file(parquet_file([("row", "text")], [column], len(texts))) as name:
        form = literal(_encode(columns).decode())
        yield f"(SELECT unnest(from_json_strict(row, {form})) FROM read_parquet({literal(name)}))"  # noqa: S608 - ours
