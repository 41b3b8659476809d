"""The rule on one machine: loads the rule's tables beside the fact store and runs the SQL file."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec

from xapi_lrs_reports import store_schema as schema
from xapi_lrs_reports.fact_store import (
    cannot_open,
    check_version,
    connect,
    has_schema,
    require_folder,
)
from xapi_lrs_reports.rule.tables import COLUMNS, Answer, Inputs, old_versions, rule_tables

if TYPE_CHECKING:
    import duckdb

NO_QUESTIONS: Mapping[str, str] = MappingProxyType({})


_JUDGE_SOURCES = """
CREATE TABLE source_kinds AS
SELECT authority, chain, evidence,
       authority IS NULL OR authority = 'lms-import'
       OR NOT EXISTS (SELECT 1 FROM writers)
       OR authority IN (SELECT authority FROM writers WHERE chain = '')
       OR (authority, chain) IN (SELECT (authority, chain) FROM writers) AS is_ours,
       evidence = 'lms_recorded' AND authority IS DISTINCT FROM 'lms-import'
       AND coalesce(authority NOT IN (SELECT authority FROM writers WHERE lms), TRUE) AS boasts,
       number
FROM (SELECT authority, chain, evidence, count(*) AS number FROM every_fact GROUP BY ALL)
"""
_BELIEVED = """
CREATE VIEW believed AS
SELECT every_fact.* REPLACE (
    CASE WHEN boasts THEN 'self_asserted' ELSE every_fact.evidence END AS evidence)
FROM every_fact
JOIN source_kinds
  ON source_kinds.authority IS NOT DISTINCT FROM every_fact.authority
 AND source_kinds.chain = every_fact.chain
 AND source_kinds.evidence = every_fact.evidence
WHERE is_ours
"""
"""What the programme believes of its facts today: nothing by an authority that programme.yaml no
longer lists for that chain, and LMS-recorded evidence of an LMS alone; anybody can write `cmi5`.
What the programme itself read from an export of an LMS has the authority `lms-import`, which is no
digest, so that no statement can claim it."""

_UNDER_ONE_ID = """
CREATE VIEW facts AS
SELECT believed.* REPLACE (
    coalesce(aliases.learner,
             CASE WHEN contains(believed.learner, '/alias/') THEN believed.chain || '/anonymous'
                  ELSE believed.learner END) AS learner,
    coalesce(mergers.into_hotel, believed.hotel) AS hotel)
FROM believed
LEFT JOIN aliases ON aliases.alias = believed.learner
LEFT JOIN mergers ON mergers.hotel = believed.hotel
"""
"""Hotels that were merged are one by now. People who came under several ids are brought together on
every reading, never in the store; an id that is not the LMS's own and that no roster knows is
nobody's."""
_SEVERAL_IDS = """
SELECT 1 WHERE EXISTS (SELECT 1 FROM aliases) OR EXISTS (SELECT 1 FROM mergers)
    OR EXISTS (SELECT 1 FROM every_fact WHERE contains(learner, '/alias/'))
"""
_DISOWNED = "SELECT coalesce(sum(number), 0) FROM source_kinds WHERE NOT is_ours"


@dataclass(frozen=True)
class Answers:
    """The rows of rule/certification.sql, and what the store counted while reading.

    `disowned` facts were written by authorities that may no longer write. `also` holds the rows
    of what was asked beside the rule, by the name of the question.
    """

    rows: list[Answer]
    duplicates: int
    quarantined: int
    quarantine: list[tuple[str, str, int]]
    disowned: int
    also: Mapping[str, list[tuple[Any, ...]]] = field(default_factory=dict)


def certification_sql() -> str:
    """Give the text of the rule."""
    return resources.files("xapi_lrs_reports.rule").joinpath("certification.sql").read_text("utf-8")


def rule_steps() -> str:
    """Give the named steps of the rule without its answers, for other questions about them."""
    text = certification_sql()
    answers = re.search(r"^SELECT ", text, re.MULTILINE)
    if answers is None:
        raise ValueError("rule/certification.sql has no SELECT at the start of a line")
    return text[: answers.start()].rstrip()


def run_rule(store: Path, inputs: Inputs, also: Mapping[str, str] = NO_QUESTIONS) -> Answers:
    """Run the rule on a store file, read only; no file: no facts. Raises InputError.

    `also`: queries over the same tables and the rule's named steps, by name.
    """
    with rule_database(store, inputs) as connection:
        rows = connection.execute(certification_sql()).fetchall()
        query = "SELECT source, code, count(*) FROM quarantine GROUP BY ALL ORDER BY ALL"
        quarantine = connection.execute(query).fetchall()
        repeated = connection.execute("SELECT coalesce(sum(repeated), 0) FROM sources").fetchone()
        disowned = connection.execute(_DISOWNED).fetchone()
        asked = {name: connection.execute(query).fetchall() for name, query in also.items()}
    return Answers(
        rows=[(hotel, measure, item, int(amount)) for hotel, measure, item, amount in rows],
        duplicates=int(repeated[0]) if repeated else 0,
        quarantined=sum(row[2] for row in quarantine),
        quarantine=quarantine,
        disowned=int(disowned[0]) if disowned else 0,
        also=asked,
    )


@contextlib.contextmanager
def rule_database(store: Path, inputs: Inputs) -> Iterator[duckdb.DuckDBPyConnection]:
    """Hold a database in memory in which every table of the rule stands. Raises InputError."""
    with contextlib.closing(connect(Path(":memory:"))) as connection:
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


def _believe(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `facts` of `every_fact`: the same, at no cost, where nothing has to be judged."""
    connection.execute(_JUDGE_SOURCES)
    query = "SELECT 1 FROM source_kinds WHERE boasts OR NOT is_ours LIMIT 1"
    doubtful = connection.execute(query).fetchone()
    plain = "CREATE VIEW believed AS SELECT * FROM every_fact"
    connection.execute(_BELIEVED if doubtful else plain)
    several = connection.execute(_SEVERAL_IDS).fetchone()
    connection.execute(_UNDER_ONE_ID if several else "CREATE VIEW facts AS SELECT * FROM believed")


def _attached(connection: duckdb.DuckDBPyConnection, store: Path) -> bool:
    """Attach the store; False if nothing was ever committed to it. Raises InputError."""
    import duckdb

    require_folder(store)
    if not store.exists():
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
        _insert(connection, table, rows)


def _fill_old_versions(connection: duckdb.DuckDBPyConnection, minimum: str | None) -> None:
    if minimum is not None:
        found = connection.execute("SELECT DISTINCT course, course_version FROM facts").fetchall()
        _insert(connection, "old_versions", old_versions(minimum, found))


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[object]) -> None:
    """Fill a table through a file of JSON lines, the quickest way without Arrow.

    `rows` are dicts or structs whose keys are the table's columns.
    """
    if not rows:
        return
    described = connection.execute(f"DESCRIBE {table}").fetchall()
    kinds = ", ".join(f"{name}: '{kind}'" for name, kind, *_ in described)
    with tempfile.NamedTemporaryFile(prefix="noroom-") as file:
        file.write(msgspec.json.Encoder().encode_lines(rows))
        file.flush()
        connection.execute(
            f"INSERT INTO {table} SELECT * FROM "  # noqa: S608 - constants of this module
            f"read_json(?, format = 'newline_delimited', columns = {{{kinds}}})",
            [file.name],
        )
