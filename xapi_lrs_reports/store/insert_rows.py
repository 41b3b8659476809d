"""Rows of Python -> a table of DuckDB, through a file: the quickest way without Arrow."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from programme.temporary import clear_left

if TYPE_CHECKING:
    import duckdb

HANDLES = Path("/proc/self/fd")
"""Where Linux names what this process has open."""
_PREFIX = "noroom-"


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
        with json_reader(columns, rows) as reader:
            connection.execute(f"INSERT INTO {table} SELECT * FROM {reader}")  # noqa: S608 - ours


@contextlib.contextmanager
def json_reader(columns: Mapping[str, str], rows: Iterable[object]) -> Iterator[str]:
    """Hold rows, which may be none, in a file of JSON lines; gives the SQL that reads them."""
    kinds = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
    with temporary_file([msgspec.json.Encoder().encode_lines(rows)]) as name:
        yield f"read_json({literal(name)}, format = 'newline_delimited', columns = {{{kinds}}})"


@contextlib.contextmanager
def temporary_file(parts: Iterable[bytes]) -> Iterator[str]:
    """Hold bytes in a file for as long as the block runs; gives its name.

    People's pseudonyms stand in it. On Linux its only name is that of its open handle, so that
    nothing is left of it, however the process ends; elsewhere the next one removes what kill -9
    left.
    """
    if HANDLES.is_dir():
        with tempfile.TemporaryFile(prefix=_PREFIX) as nameless:
            nameless.writelines(parts)
            nameless.flush()
            yield f"{HANDLES}/{nameless.fileno()}"
        return
    clear_left(_PREFIX)
    with tempfile.NamedTemporaryFile(prefix=_PREFIX) as file:
        file.writelines(parts)
        file.flush()
        yield file.name


def literal(text: str) -> str:
    """Write a text in SQL."""
    return "'" + text.replace("'", "''") + "'"
