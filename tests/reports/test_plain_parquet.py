"""The Parquet that is written without a library says what was put in."""

from __future__ import annotations

import uuid
from pathlib import Path

import duckdb
import pytest

from xapi_lrs_reports.statements.columns import COLUMNS, Own, Rows
from xapi_lrs_reports.store.plain_parquet import parquet_file


def _encoded(values: list[str]) -> list[bytes]:
    return [value.encode() for value in values]


@pytest.mark.parametrize("number", [1, 3, 70_000])
def test_duckdb_reads_what_was_written(tmp_path: Path, number: int) -> None:
    ids = [str(uuid.UUID(int=at << 100 | at)) for at in range(number)]
    names = [f"{at:032}" for at in range(number)]
    sent = ["2026-11-21T10:00:00.123"] * number
    stored = ["2026-11-21T10:00:00.999"] * number
    rows = Rows()
    rows.add(
        Own(*map(_encoded, (ids, names, ids[::-1], sent, stored))),
        range(number), range(number, 0, -1), range(1 << 40, (1 << 40) + number),
    )  # fmt: skip
    file = tmp_path / "a.parquet"
    with file.open("wb") as stream:
        stream.writelines(parquet_file(COLUMNS, rows.columns(), len(rows)))
    answer = duckdb.execute("SELECT * FROM read_parquet(?) ORDER BY kind", [str(file)])
    assert [one[0] for one in answer.description] == [name for name, _ in COLUMNS]
    found = answer.fetchall()
    assert found[-1] == (
        uuid.UUID(ids[-1]), names[-1], ids[0], sent[0], stored[0], number - 1, 1,
        (1 << 40) + number - 1,
    )  # fmt: skip
    assert [str(row[0]) for row in found] == ids


def test_a_file_has_as_many_columns_as_wanted(tmp_path: Path) -> None:
    columns = [(f"column_{at}", "int32") for at in range(40)]
    file = tmp_path / "a.parquet"
    with file.open("wb") as stream:
        values = [at.to_bytes(4, "little", signed=True) for at in range(-20, 20)]
        stream.writelines(parquet_file(columns, values, 1))
    assert duckdb.execute("FROM read_parquet(?)", [str(file)]).fetchall() == [(*range(-20, 20),)]
