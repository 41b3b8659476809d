"""The rows of a large roster where they lie, as Parquet: DuckDB reads them there, Python seldom.

Whoever needs to know something of every row in Python asks the functions of this module, which take
a list of rows just as well.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import overload

from programme.files import open_file
from xapi_lrs_reports.people.roster import NEVER, Employment
from xapi_lrs_reports.store import store_schema as schema
from xapi_lrs_reports.store.insert_rows import HANDLES, insert_rows
from xapi_lrs_reports.store.opening import open_in_memory

TYPES = {
    "hotel": "VARCHAR",
    "learner": "VARCHAR",
    "department": "VARCHAR",
    "contract": "VARCHAR",
    "fte": "BIGINT",
    "joined": "DATE",
    "left_on": "DATE",
}
_AS_READ = ", ".join(
    f"strftime({name}, '%Y-%m-%d')" if TYPES[name] == "DATE" else name
    for name in Employment.__struct_fields__
)


class HeldFile:
    """A file that is read by `name` as it was when it was opened, for as long as this is there.

    `noroom forget` and a report that reads another roster take it away at any moment. On Linux an
    open handle has a name of its own; elsewhere `name` is the file's, which may then be gone.
    """

    def __init__(self, path: Path) -> None:
        """Open the file; raises OSError as `open_file` does."""
        self.path = path
        stream = open_file(path)
        self._handle = f"{HANDLES}/{stream.fileno()}" if HANDLES.is_dir() else ""
        if not self._handle:  # an open file cannot be removed everywhere
            stream.close()
        weakref.finalize(self, stream.close)

    @property
    def name(self) -> str:
        """Give the name by which it is read."""
        return self._handle or str(self.path)


@dataclass(frozen=True, eq=False)
class KeptRows(Sequence[Employment]):
    """Rows in a Parquet file with the columns `TYPES`, less those of some hotels, and other rows.

    `begins` and `last_days` are what `begins_of` and `last_days_of` give of the whole file.
    """

    file: HeldFile
    begins: Mapping[str, str]
    last_days: Mapping[str, int]
    left_out: frozenset[str] = frozenset()
    instead: tuple[Employment, ...] = ()

    @property
    def query(self) -> str:
        """Give the SQL that reads the file's part of the rows, with the columns `TYPES`."""
        return self.query_of(f"read_parquet({_literal(self.file.name)})")

    @property
    def whole(self) -> KeptRows:
        """Give all rows of the file, and no others."""
        return replace(self, left_out=frozenset(), instead=())

    def query_of(self, table: str) -> str:
        """Give the same SQL for a table that has all rows of the file."""
        where = f" WHERE hotel NOT IN {_literals(self.left_out)}" if self.left_out else ""
        return f"SELECT {', '.join(TYPES)} FROM {table}{where}"  # noqa: S608 - our own names

    @cached_property
    def _rows(self) -> list[Employment]:
        return [*self._read(""), *self.instead]

    def of(self, hotels: Collection[str]) -> list[Employment]:
        """Give the rows of some hotels."""
        others = [row for row in self.instead if row.hotel in hotels]
        return [*self._read(f" WHERE hotel IN {_literals(hotels)}"), *others]

    def _read(self, where: str) -> list[Employment]:
        with open_in_memory(self.file.path.parent) as connection:
            query = f"SELECT {_AS_READ} FROM ({self.query}){where}"  # noqa: S608
            return [Employment(*row) for row in connection.execute(query).fetchall()]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._rows)

    def __iter__(self) -> Iterator[Employment]:
        """Yield the rows."""
        return iter(self._rows)

    @overload
    def __getitem__(self, index: int) -> Employment: ...
    @overload
    def __getitem__(self, index: slice) -> list[Employment]: ...
    def __getitem__(self, index: int | slice) -> Employment | list[Employment]:
        """Give a row, or several."""
        return self._rows[index]


def keep_rows(rows: Sequence[Employment], file: Path) -> KeptRows:
    """Write rows as Parquet, for their owner alone, whole or not at all.

    Raises OSError, InputError or duckdb.Error if that cannot be done.
    """
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    os.close(handle)
    try:
        with open_in_memory(file.parent) as connection:
            connection.execute(f"CREATE TABLE roster ({schema.columns_sql(TYPES)})")
            insert_rows(connection, "roster", TYPES, rows)
            form = "(FORMAT parquet, USE_TMP_FILE false)"  # its own would be for everybody
            connection.execute(f"COPY roster TO {_literal(name)} {form}")
        Path(name).chmod(0o600)
        held = HeldFile(Path(name))  # ours, whoever else writes there in this moment
        held.path = Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)
    return KeptRows(held, begins_of(rows), last_days_of(rows))


def begins_of(rows: Sequence[Employment]) -> Mapping[str, str]:
    """Give the first day on which a row of each hotel begins, as ISO dates by hotel."""
    if isinstance(rows, KeptRows):
        return rows.begins
    found: dict[str, str] = {}
    for row in rows:
        if row.joined < found.get(row.hotel, "~"):
            found[row.hotel] = row.joined
    return found


def last_days_of(rows: Sequence[Employment]) -> Mapping[str, int]:
    """Count the people who stay in no row for good, by their last day's ISO date."""
    if isinstance(rows, KeptRows):
        return rows.last_days
    last: dict[str, str] = {}
    for row in rows:
        if row.left_on != NEVER and "/anonymous/" not in row.learner:
            last[row.learner] = max(row.left_on, last.get(row.learner, ""))
    for row in rows if last else ():
        if row.left_on == NEVER:
            last.pop(row.learner, None)
    found: dict[str, int] = {}
    for day in last.values():
        found[day] = found.get(day, 0) + 1
    return found


def rows_of(rows: Sequence[Employment], hotels: Collection[str]) -> list[Employment]:
    """Give the rows of some hotels."""
    if not hotels:
        return []
    if isinstance(rows, KeptRows):
        return rows.of(hotels)
    return [row for row in rows if row.hotel in hotels]


def with_others(
    rows: Sequence[Employment], hotels: Collection[str], others: Iterable[Employment]
) -> Sequence[Employment]:
    """Put other rows in the place of all rows of some hotels."""
    new = tuple(others)
    if not hotels and not new:
        return rows
    if isinstance(rows, KeptRows):
        kept = tuple(row for row in rows.instead if row.hotel not in hotels)
        return replace(rows, left_out=rows.left_out | set(hotels), instead=kept + new)
    return [*(row for row in rows if row.hotel not in hotels), *new]


def _literals(texts: Collection[str]) -> str:
    return f"({', '.join(map(_literal, sorted(texts)))})"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
