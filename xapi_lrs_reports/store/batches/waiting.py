"""Facts that wait in `withdrawn`: a row for each import that gives one, with the times of its copy.

They wait because their import was withdrawn, or because what counts contradicts them under the same
id. Of the first kind a person decides; the others come in as soon as the contradiction goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xapi_lrs_reports.store import store_schema as schema
from xapi_lrs_reports.store.batches.record import spell_out

if TYPE_CHECKING:
    import duckdb

_TAKE_OUT = """
INSERT INTO withdrawn
SELECT facts.* REPLACE (given.line AS line, given.timestamp AS timestamp, given.stored AS stored,
                        given.sent_at AS sent_at, given.authority AS authority,
                        batches.source AS source, batch AS first_batch)
FROM facts JOIN given USING (statement_id) JOIN batches USING (batch) WHERE {which}
"""
_FORGET_COPIES = """
DELETE FROM given WHERE statement_id IN (SELECT statement_id FROM given WHERE batch = ?)
                    AND statement_id NOT IN (SELECT statement_id FROM facts)
"""
_DUE = """first_batch IN (SELECT batch FROM batches WHERE withdrawn_at IS NULL)
AND statement_id IN (SELECT statement_id FROM withdrawn WHERE first_batch = ?)"""
_BRING_IN = f"""
INSERT INTO facts SELECT * FROM withdrawn
WHERE {_DUE} AND statement_id NOT IN (SELECT statement_id FROM facts)
QUALIFY row_number() OVER (PARTITION BY statement_id ORDER BY first_batch, line, rowid) = 1
"""  # noqa: S608 - constants
_AGREEING = f"""
SELECT copied.rowid AS place, copied.*
FROM (SELECT rowid, * FROM withdrawn WHERE {_DUE}) AS copied JOIN facts USING (statement_id)
WHERE NOT {schema.CONFLICT}
"""  # noqa: S608 - constants
_GIVE = f"""
INSERT INTO given SELECT DISTINCT ON (statement_id, first_batch)
    statement_id, first_batch, line, timestamp, stored, sent_at, authority
FROM ({_AGREEING}) AS agreeing
WHERE NOT EXISTS (SELECT 1 FROM given AS old WHERE old.statement_id = agreeing.statement_id
                                               AND old.batch = agreeing.first_batch)
"""  # noqa: S608 - constants
_CONTRADICTING = "FROM withdrawn JOIN facts USING (statement_id) WHERE withdrawn.first_batch = ?"
_REFUSED = """
FROM quarantine WHERE code = 'statement-conflict' AND try_cast(statement_id AS UUID) IN
    (SELECT statement_id FROM withdrawn WHERE first_batch = ?)
"""


def take_out(connection: duckdb.DuckDBPyConnection, batch: int, which: str) -> None:
    """Move facts to where they wait. `which` takes the batch; every copy of them is spelled out."""
    connection.execute(_TAKE_OUT.format(which=which), [batch])
    connection.execute(f"DELETE FROM facts WHERE {which}", [batch])  # noqa: S608 - a constant
    connection.execute(_FORGET_COPIES, [batch])


def bring_in(connection: duckdb.DuckDBPyConnection, batch: int) -> int:
    """Bring in what may count by now of the ids that a batch waits with; gives how many facts."""
    found = connection.execute(_BRING_IN, [batch]).fetchone()
    spell_out(connection, batch)
    connection.execute(_GIVE, [batch])
    connection.execute(
        f"DELETE FROM withdrawn WHERE rowid IN (SELECT place FROM ({_AGREEING}))",  # noqa: S608
        [batch],
    )
    return int(found[0]) if found else 0


def number_waiting(connection: duckdb.DuckDBPyConnection, batch: int) -> int:
    """Count what waits of a batch."""
    query = "SELECT count(DISTINCT statement_id) FROM withdrawn WHERE first_batch = ?"
    return int((connection.execute(query, [batch]).fetchone() or (0,))[0])


def contradicted_by(connection: duckdb.DuckDBPyConnection, batch: int) -> tuple[str, ...]:
    """Give the sources of the facts that contradict what waits of a batch, sorted."""
    query = f"SELECT DISTINCT facts.source {_CONTRADICTING} ORDER BY 1"
    return tuple(row[0] for row in connection.execute(query, [batch]).fetchall())


def read_again(connection: duckdb.DuckDBPyConnection, batch: int) -> tuple[str, ...]:
    """Give the sources, sorted, whose statements were refused because of what a batch gave.

    Nothing of a refused statement is kept, so an LRS among them is read from its start next time.
    """
    query = f"SELECT DISTINCT source {_REFUSED} ORDER BY 1"
    sources = [row[0] for row in connection.execute(query, [batch]).fetchall()]
    cursors = "DELETE FROM cursors WHERE source IN (SELECT unnest(?::VARCHAR[]))"
    connection.execute(cursors, [sources])
    return tuple(sources)
