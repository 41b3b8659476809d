"""The store's file: opened by one writer, made if it is not there, its faults said in words."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from programme.files import instead_of_file, is_there
from programme.problems import InputError, Problem
from programme.temporary import DRAFT, temporary_folder, uninterrupted
from xapi_lrs_reports.store import store_schema as schema
from xapi_lrs_reports.store.migrations import MIGRATIONS

if TYPE_CHECKING:
    import duckdb

    from xapi_lrs_reports.store.fact_store import FactStore

READING_MB = 80
"""What DuckDB may hold while statements are read, of which it sees a batch at a time. Without a
limit it takes what it finds; what goes beyond lies in a folder beside the store until the end."""
_NOT_WRITTEN = "Could not write"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_RESTORE = "Restore it from a backup, or move it away and read all statements again."
_MAKE_ROOM = "Make room on the disk, then run the command again; what was read before is kept."


@contextlib.contextmanager
def open_store(programme: Path, *, memory_mb: int | None = None) -> Iterator[FactStore]:
    """Open (or make) the store of a programme directory for writing; raises InputError.

    `memory_mb` limits what DuckDB holds; whoever changes the whole store at once sets no limit.
    With a limit it works on one processor: of batches, two take half as much again of their time.
    """
    from xapi_lrs_reports.people.forgotten import list_file, read_forgotten
    from xapi_lrs_reports.store.fact_store import FactStore

    file = store_file(programme)
    require_folder(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"this folder cannot be made: {error.strerror}"
        fix = "Check that the programme's folder is yours and that the disk is not full."
        raise InputError([Problem(str(file.parent), 0, 0, "store-folder", what, fix)]) from None
    connection = connect(file)
    try:
        with disk_errors_in_words(file):
            _clear_spilled(file)
            if memory_mb is not None:
                connection.execute(f"SET memory_limit = '{memory_mb}MB'; SET threads = 1")
            _require_schema(connection, file)
            yield FactStore(connection, read_forgotten(list_file(programme)))
    finally:
        connection.close()


def store_file(programme: Path) -> Path:
    """Give the store's file."""
    return programme / "store" / "noroom.duckdb"


def _clear_spilled(file: Path) -> None:
    """Remove what a killed command left of its memory on the disk; nobody else has the lock."""
    shutil.rmtree(file.with_name(f"{file.name}.tmp"), ignore_errors=True)


def require_folder(file: Path) -> None:
    """Raise InputError if something other than a folder stands where the store belongs."""
    if file.parent.exists() and not file.parent.is_dir():
        what = "a file of this name stands where the folder of the fact store belongs"
        fix = "Move it away, then run the command again."
        raise InputError([Problem(str(file.parent), 0, 0, "store-folder", what, fix)])


def require_file(file: Path) -> None:
    """Raise InputError if something other than a file is the store: DuckDB waits for a pipe."""
    if other := instead_of_file(file):
        what = f"{other} stands where the fact store should"
        raise InputError([Problem(str(file), 0, 0, "store-broken", what, _RESTORE)])


def connect(file: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file; raises InputError in words if it is busy or broken."""
    with uninterrupted():  # DuckDB aborts the whole process if its import is broken off
        import duckdb

    was_there = read_only or is_there(file)
    require_file(file)
    try:
        return duckdb.connect(str(file), read_only=read_only)
    except duckdb.Error as error:
        if not was_there:  # half a file, as on a full disk, would be a broken store from now on
            file.unlink(missing_ok=True)
        raise cannot_open(file, error) from None


@contextlib.contextmanager
def open_in_memory(beside: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory; `beside` is a folder of the programme's.

    What goes beyond memory lies there until the end, under a name that `noroom forget` looks for;
    DuckDB's own place for it is the current folder, which may be anybody's.
    """
    with contextlib.ExitStack() as until_end:
        place = beside / f"{DRAFT}{secrets.token_hex(4)}"  # made when it is needed, and not before
        if not os.access(beside, os.W_OK):
            place = until_end.enter_context(temporary_folder(DRAFT))
        connection = until_end.enter_context(contextlib.closing(connect(Path(":memory:"))))
        path = str(place).replace("'", "''")
        connection.execute(f"SET temp_directory = '{path}'")
        yield connection


@contextlib.contextmanager
def open_for_reading(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a store that is there, to look into it; raises InputError."""
    with (
        contextlib.closing(connect(file, read_only=True)) as connection,
        disk_errors_in_words(file),
    ):
        yield connection


@contextlib.contextmanager
def disk_errors_in_words(file: Path) -> Iterator[None]:
    """Turn what DuckDB says of a full disk or of a file that was cut off into an InputError."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        if isinstance(error, duckdb.IOException) or _NOT_WRITTEN in str(error):
            raise cannot_open(file, error) from None
        raise
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        what = f"a file beside the fact store cannot be written: {error.strerror}"
        raise InputError([Problem(str(file), 0, 0, "file-unwritable", what, _MAKE_ROOM)]) from None


def cannot_open(file: Path, error: duckdb.Error) -> InputError:
    """Say in words why DuckDB does not open a file."""
    if "lock" in str(error):
        what = "another noroom command is using the fact store"
        fix = "Wait until it has finished, then try again."
        return InputError([Problem(str(file), 0, 0, "store-busy", what, fix)])
    if _NOT_WRITTEN in str(error):
        what = f"the fact store cannot be written: {str(error).splitlines()[0].rpartition(': ')[2]}"
        return InputError([Problem(str(file), 0, 0, "file-unwritable", what, _MAKE_ROOM)])
    what = f"the fact store cannot be opened: {str(error).splitlines()[0]}"
    return InputError([Problem(str(file), 0, 0, "store-broken", what, _RESTORE)])


def _require_schema(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    if not has_schema(connection, file.stem):
        connection.begin()
        connection.execute(schema.CREATE)
        connection.commit()
        return
    check_version(connection, file)


def has_schema(connection: duckdb.DuckDBPyConnection, database: str) -> bool:
    """Tell whether the tables are there; a process killed at its very start leaves none."""
    import duckdb

    try:
        connection.execute(f'SELECT 1 FROM "{database}".meta LIMIT 0')  # noqa: S608 - our own name
    except duckdb.CatalogException:
        return False
    return True


def check_version(connection: duckdb.DuckDBPyConnection, file: Path, prefix: str = "") -> None:
    """Raise InputError unless the store has the layout that this version of noroom writes."""
    found = stored_version(connection, prefix)
    if found == schema.SCHEMA_VERSION:
        return
    if found in MIGRATIONS:
        what = f"the fact store has layout {found}; this version of noroom uses another one"
        fix = "Run noroom store migrate: nothing that was read is lost."
        raise InputError([Problem(str(file), 0, 0, "store-older", what, fix)])
    what = "the fact store was written by another version of noroom"
    fix = "Use the newer version that wrote it, or move it away and read all statements again."
    raise InputError([Problem(str(file), 0, 0, "store-version", what, fix)])


def stored_version(connection: duckdb.DuckDBPyConnection, prefix: str = "") -> str | None:
    """Give the layout of a store; None if it says none."""
    query = f"SELECT value FROM {prefix}meta WHERE key = 'schema_version'"  # noqa: S608 - constant
    found = connection.execute(query).fetchone()
    return str(found[0]) if found else None
