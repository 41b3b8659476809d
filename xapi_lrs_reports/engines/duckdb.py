"""The rule on one machine: loads the rule's tables beside the fact store and runs the SQL file."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from xapi_lrs_reports import store_schema as schema
from xapi_lrs_reports.fact_store import cannot_open, check_version, connect
from xapi_lrs_reports.hotels import Hotel
from xapi_lrs_reports.roster import CONTRACTS, Employment
from xapi_lrs_reports.rule.parameters import EVIDENCE_LEVELS, Parameters

if TYPE_CHECKING:
    import duckdb

Answer = tuple[str, str, str, int]

_TABLES = """
CREATE TABLE rule (as_of DATE, window_from TIMESTAMP, window_until TIMESTAMP, threshold BIGINT,
                   operator VARCHAR, counts VARCHAR, min_evidence_level INTEGER,
                   headcount_source VARCHAR, min_headcount BIGINT, housekeeping_floor BIGINT);
CREATE TABLE accepted_courses (course VARCHAR, tested BOOLEAN);
CREATE TABLE contracts (contract VARCHAR, in_base BOOLEAN, beside BOOLEAN);
CREATE TABLE voiders (authority VARCHAR, chain VARCHAR);
CREATE TABLE hotels (hotel VARCHAR, chain VARCHAR, headcount BIGINT);
CREATE TABLE roster (hotel VARCHAR, learner VARCHAR, department VARCHAR, contract VARCHAR,
                     joined DATE, left_on DATE);
"""


@dataclass(frozen=True)
class Inputs:
    """What the rule reads beside the facts. `voiders`: (authority, chain or None for all)."""

    parameters: Parameters
    hotels: Sequence[Hotel]
    roster: Sequence[Employment]
    voiders: Sequence[tuple[str, str | None]]


@dataclass(frozen=True)
class Answers:
    """The rows of rule/certification.sql, and what the store counted while reading."""

    rows: list[Answer]
    duplicates: int
    quarantined: int
    quarantine: list[tuple[str, str, int]]
    newest: datetime.datetime | None


def certification_sql() -> str:
    """Give the text of the rule."""
    return resources.files("xapi_lrs_reports.rule").joinpath("certification.sql").read_text("utf-8")


def run_rule(store: Path, inputs: Inputs) -> Answers:
    """Run the rule on a store file, read only; no file: no facts. Raises InputError."""
    connection = connect(Path(":memory:"))
    try:
        _attach(connection, store)
        connection.execute(_TABLES)
        _fill(connection, inputs)
        rows = connection.execute(certification_sql()).fetchall()
        query = "SELECT source, code, count(*) FROM quarantine GROUP BY ALL ORDER BY ALL"
        quarantine = connection.execute(query).fetchall()
        repeated = connection.execute("SELECT coalesce(sum(repeated), 0) FROM sources").fetchone()
        newest = connection.execute("SELECT max(timestamp) FROM facts").fetchone()
    finally:
        connection.close()
    return Answers(
        rows=[(hotel, measure, item, int(amount)) for hotel, measure, item, amount in rows],
        duplicates=int(repeated[0]) if repeated else 0,
        quarantined=sum(row[2] for row in quarantine),
        quarantine=quarantine,
        newest=newest[0] if newest else None,
    )


def _attach(connection: duckdb.DuckDBPyConnection, store: Path) -> None:
    if not store.exists():
        connection.execute(schema.CREATE)
        return
    import duckdb

    path = str(store).replace("'", "''")
    try:
        connection.execute(f"ATTACH '{path}' AS store (READ_ONLY)")
    except duckdb.Error as error:
        raise cannot_open(store, error) from None
    check_version(connection, store, "store.")
    for name in ("facts", "voids", "quarantine", "sources"):
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM store.{name}")  # noqa: S608


def _fill(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    parameters = inputs.parameters
    rule = parameters.rule
    connection.execute(
        "INSERT INTO rule VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            parameters.as_of,
            parameters.cut_from,
            parameters.cut_until,
            rule.threshold,
            rule.operator,
            rule.counts_as_completion,
            EVIDENCE_LEVELS[rule.min_evidence],
            rule.headcount_source,
            rule.min_headcount,
            rule.housekeeping_floor or 0,
        ],
    )
    beside = set(rule.report_beside)
    courses = [{"course": one.course, "tested": one.tested} for one in rule.accepted_courses]
    contracts = [
        {"contract": name, "in_base": name in rule.include, "beside": name in beside}
        for name in CONTRACTS
    ]
    voiders = [{"authority": name, "chain": chain or ""} for name, chain in inputs.voiders]
    hotels = [
        {"hotel": one.hotel, "chain": one.chain, "headcount": one.headcount}
        for one in inputs.hotels
    ]
    _insert(connection, "accepted_courses", courses)
    _insert(connection, "contracts", contracts)
    _insert(connection, "voiders", voiders)
    _insert(connection, "hotels", hotels)
    _insert(connection, "roster", inputs.roster)


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
