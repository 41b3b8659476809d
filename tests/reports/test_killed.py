"""kill -9 at any moment of an import: started again, nothing is lost and nothing is there twice."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.reports.programme_files import make_programme, statement, write_lines

FILES, EACH = 4, 3_000
KILLS = 12


def importing(folder: Path, files: list[Path]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cli", "import", *map(str, files), "--programme", str(folder)]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ}
    )


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
    dice = random.Random(9)  # noqa: S311 - moments, not secrets
    longest = 1.0
    for _ in range(KILLS):
        run = importing(tmp_path, files)
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(dice.uniform(0, longest))
        if run.poll() is None:
            run.kill()
        else:
            longest /= 2  # the machine is quick: more of the moments have to fall into the work
        run.communicate()
        longest += 0.5
        ids = stored(tmp_path)
        assert len(ids) == len(set(ids)) and set(ids) <= whole
        assert len(ids) % EACH == 0, "a file is in the store whole or not at all"
    last = importing(tmp_path, files)
    _, said = last.communicate()
    assert last.returncode == 0, said
    assert stored(tmp_path) == sorted(whole)
