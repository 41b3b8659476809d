"""Rows of Python -> a table of DuckDB, through a file: the quickest way without Arrow."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import duckdb


def insert_rows(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Mapping[str, str],
    rows: Sequence[object],
) -> None:
    """Fill a table.

    `columns` names the columns of the table and their types; `rows` are dicts or structs whose keys
    they are.
    """
    if rows:
        _through_json(connection, f"INSERT INTO {table}", columns, rows)


def create_from_rows(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Mapping[str, str],
    rows: Iterable[object],
) -> None:
    """Make a temporary table of rows, which may be none, in place of the one of that name."""
    _through_json(connection, f"CREATE OR REPLACE TEMP TABLE {table} AS", columns, rows)


def _through_json(
    connection: duckdb.DuckDBPyConnection,
    into: str,
    columns: Mapping[str, str],
    rows: Iterable[object],
) -> None:
    kinds = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
    reader = f"read_json(?, format = 'newline_delimited', columns = {{{kinds}}})"
    with temporary_file([msgspec.json.Encoder().encode_lines(rows)]) as name:
        connection.execute(f"{into} SELECT * FROM {reader}", [name])  # noqa: S608 - our columns


@contextlib.contextmanager
def temporary_file(parts: Iterable[bytes]) -> Iterator[str]:
    """Hold bytes in a file for as long as the block runs; gives its name."""
    with tempfile.NamedTemporaryFile(prefix="noroom-") as file:
        file.writelines(parts)
        file.flush()
        yield file.name
