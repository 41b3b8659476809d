"""Who is forgotten stays so, whatever other commands and people do to the roster meanwhile."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from programme.directory import read_programme
from programme.problems import InputError
from tests.reports.programme_files import make_programme
from tests.reports.return_sheets import write_sheet
from tests.reports.test_commands import noroom
from tests.reports.test_forget import ID, ROSTER
from xapi_lrs_reports.alone import alone
from xapi_lrs_reports.people.forget.forget import forget_ids
from xapi_lrs_reports.people.retention.prune import prune
from xapi_lrs_reports.statements.import_files import import_files

NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)


def test_a_roster_that_changes_while_somebody_is_asked_costs_nobody_else_their_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_programme(tmp_path, roster=ROSTER)
    file = tmp_path / "roster.csv"

    def asked(*_: object, **__: object) -> bool:
        head, *rows = file.read_text("utf-8").splitlines(keepends=True)
        file.write_text("".join([head, *reversed(rows)]), "utf-8")
        return True

    monkeypatch.setattr(click, "confirm", asked)
    noroom(tmp_path, "forget", "--chain", "acme", stdin=f"{ID}\n".encode())
    kept = file.read_text("utf-8")
    assert ID not in kept and "Anna" not in kept
    assert "e-2,Bo Bakker" in kept and "e-3,Cas Cohen" in kept


def forgotten(folder: Path) -> None:
    forget_ids(read_programme(folder), "acme", [ID], now=NOW)


def pruned(folder: Path) -> None:
    prune(read_programme(folder), now=NOW, today=NOW.date(), is_dry=False)


def taken_over(folder: Path) -> None:
    found = import_files(read_programme(folder), [folder / "sheet.xlsx"], stdin=None)  # type: ignore[arg-type]
    if found.problems:
        raise InputError(found.problems)


@pytest.mark.parametrize("command", [forgotten, pruned, taken_over])
def test_nobody_writes_an_old_roster_back(
    command: Callable[[Path], object], tmp_path: Path
) -> None:
    """Two commands that read roster.csv, and write it whole: the later would undo the earlier."""
    programme = make_programme(tmp_path, roster=ROSTER)
    write_sheet(tmp_path / "sheet.xlsx", roster=[("acme-1", "e-9")])
    with (
        alone(programme, "roster-busy", "changing the roster", tmp_path / "roster.csv"),
        pytest.raises(InputError) as refused,
    ):
        command(tmp_path)
    assert [one.code for one in refused.value.problems] == ["roster-busy"]
    assert (tmp_path / "roster.csv").read_text("utf-8") == ROSTER
    command(tmp_path)
