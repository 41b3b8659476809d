"""The store's file made anew, so that what was deleted is in no block of it any more.

DuckDB marks deleted rows and uses their place again later. Whoever asks to be forgotten is not
forgotten while their rows can still be read from the disk.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

SUFFIX = ".anew"


def rewrite(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Copy every table into a new file and put it in the place of `file`, which `connection` holds.

    The old file stays open, and so locked, until its name is the new one's: no other command can
    write to it in between. Killed at any moment, one whole store is left. Write nothing after it.
    """
    fresh = file.with_name(file.name + SUFFIX)
    fresh.unlink(missing_ok=True)
    connection.execute("CHECKPOINT")
    path = str(fresh).replace("'", "''")
    connection.execute(f"ATTACH '{path}' AS anew")
    connection.execute(f'COPY FROM DATABASE "{file.stem}" TO anew')
    connection.execute("CHECKPOINT anew")
    connection.execute("DETACH anew")
    fresh.replace(file)
