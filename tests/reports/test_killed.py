"""kill -9 at any moment: started again, nothing is lost and nothing is there twice.

Of an import of files, of a Parquet export's import, of the migration of an older store.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from programme.directory import read_programme
from tests.reports.programme_files import make_programme, statement, write_lines
from tests.reports.test_store_migrate import to_layout_1
from xapi_lrs_reports.statements.import_files import import_files
from xapi_lrs_reports.store.opening import stored_version
from xapi_lrs_reports.store.store_schema import SCHEMA_VERSION

FILES, EACH = 4, 3_000
KILLS = 12


def noroom(folder: Path, *arguments: object) -> subprocess.Popen[bytes]:
    given = [*map(str, arguments), "--programme", str(folder)]
    command = [sys.executable, "-m", "cli", *given]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ}
    )


def killed_and_ended(
    start: Callable[[], subprocess.Popen[bytes]], check: Callable[[], None], kills: int
) -> None:
    """Kill the command at random moments, check each time what is left, then let it end."""
    dice = random.Random(9)  # noqa: S311 - moments, not secrets
    longest = 1.0
    for _ in range(kills):
        run = start()
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(dice.uniform(0, longest))
        if run.poll() is None:
            run.kill()
        else:
            longest /= 2  # the machine is quick: more of the moments have to fall into the work
        run.communicate()
        longest += 0.5
        check()
    ended(start())


def ended(run: subprocess.Popen[bytes]) -> None:
    """Wait until a command has ended well."""
    _, said = run.communicate()
    assert run.returncode == 0, said


def stored(folder: Path) -> list[str]:
    """Give the ids in the store, sorted; none if nothing was ever committed."""
    file = folder / "store" / "noroom.duckdb"
    if not file.exists():
        return []
    with (
        contextlib.closing(duckdb.connect(str(file))) as connection,
        contextlib.suppress(duckdb.CatalogException),
    ):
        query = "SELECT CAST(statement_id AS VARCHAR) FROM facts ORDER BY 1"
        return [row[0] for row in connection.execute(query).fetchall()]
    return []


@pytest.mark.slow
def test_a_killed_import_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    make_programme(tmp_path)
    sent = [[statement(f"e-{n}-{m}") for m in range(EACH)] for n in range(FILES)]
    files = [write_lines(tmp_path / f"{n}.ndjson", part) for n, part in enumerate(sent)]
    whole = {str(one["id"]) for part in sent for one in part}

    def check() -> None:
        ids = stored(tmp_path)
        assert len(ids) == len(set(ids)) and set(ids) <= whole
        assert len(ids) % EACH == 0, "a file is in the store whole or not at all"

    killed_and_ended(lambda: noroom(tmp_path, "import", *files), check, KILLS)
    assert stored(tmp_path) == sorted(whole)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a programme whose store holds many facts."""
    folder = tmp_path_factory.mktemp("filled")
    programme = make_programme(folder)
    sent = [statement(f"e-{n}") for n in range(FILES * EACH)]
    import_files(programme, [write_lines(folder / "a.ndjson", sent)], stdin=None)  # type: ignore[arg-type]
    return folder


@pytest.mark.slow
def test_a_killed_import_of_parquet_takes_over_all_or_nothing(filled: Path, tmp_path: Path) -> None:
    place = tmp_path / "export"
    ended(noroom(filled, "store", "export", place))
    make_programme(tmp_path / "home")
    whole = stored(filled)

    def check() -> None:
        assert stored(tmp_path / "home") in ([], whole)

    killed_and_ended(lambda: noroom(tmp_path / "home", "store", "import", place), check, KILLS)
    assert stored(tmp_path / "home") == whole


@pytest.mark.slow
def test_a_killed_migration_is_done_whole_or_not_at_all(filled: Path, tmp_path: Path) -> None:
    """From layout 1 to the present one in one go; in between, the store says which it has."""
    make_programme(tmp_path)
    store = tmp_path / "store" / "noroom.duckdb"
    whole = stored(filled)

    def start() -> subprocess.Popen[bytes]:
        if layout_of(store) != "1":
            store.parent.mkdir(exist_ok=True)
            shutil.copy(filled / "store" / "noroom.duckdb", store)
            store.with_name("noroom.duckdb.wal").unlink(missing_ok=True)
            to_layout_1(read_programme(tmp_path))
        return noroom(tmp_path, "store", "migrate")

    def check() -> None:
        assert stored(tmp_path) == whole
        tables = {"batches", "given", "withdrawn"} & set(names_in(store))
        assert (layout_of(store), len(tables)) in (("1", 0), (SCHEMA_VERSION, 3))

    killed_and_ended(start, check, KILLS)
    check()
    assert layout_of(store) == SCHEMA_VERSION
    ended(noroom(tmp_path, "import", filled / "a.ndjson"))
    assert stored(tmp_path) == whole


def layout_of(store: Path) -> str | None:
    if not store.exists():
        return None
    with contextlib.closing(duckdb.connect(str(store))) as connection:
        return stored_version(connection)


def names_in(store: Path) -> list[str]:
    with contextlib.closing(duckdb.connect(str(store))) as connection:
        rows = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        return [row[0] for row in rows]
