"""Rows of Python -> a table of DuckDB."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
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
    """Fill a table through a file of JSON lines, the quickest way without Arrow.

    `columns` names the columns of the table and their types; `rows` are dicts or structs whose keys
    they are.
    """
    if not rows:
        return
    kinds = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
    with tempfile.NamedTemporaryFile(prefix="noroom-") as file:
        file.write(msgspec.json.Encoder().encode_lines(rows))
        file.flush()
        connection.execute(
            f"INSERT INTO {table} SELECT * FROM "  # noqa: S608 - constants of the caller
            f"read_json(?, format = 'newline_delimited', columns = {{{kinds}}})",
            [file.name],
        )
