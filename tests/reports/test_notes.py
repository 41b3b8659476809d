"""Warnings about the input reach whoever runs the report, in every format and view."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reports.programme_files import make_programme, statement
from tests.reports.test_commands import AS_OF, FIVE, imported, noroom

CODES = f"hotel,learner,issued_on\nacne-1,acme/{'a' * 32},2026-10-01\n"
WARNING = (
    'codes.csv:2: "acne-1" is not in hotels.csv, so its codes count for nobody. '
    "Put the hotel back, under the id it had."
)
QUARANTINED = "1 statements could not be used and count for nothing"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("notes")
    make_programme(home, roster=FIVE)
    imported(home, statement("e-0"), {"id": 7})
    (home / "codes.csv").write_text(CODES, encoding="utf-8")
    return home


@pytest.mark.parametrize("kind", ["table", "csv", "json", "html", "xlsx"])
@pytest.mark.parametrize("view", ["internal", "programme"])
def test_a_warning_is_said_once_and_stays_in_the_office(folder: Path, kind: str, view: str) -> None:
    out = folder / "out"
    given = ("--format", kind, "--view", view, "--out", out, *AS_OF)
    run = noroom(folder, "report", *given)
    is_in_file = view == "internal" and kind in ("table", "html", "xlsx")
    assert (WARNING in run.stderr) is not is_in_file
    assert (QUARANTINED in run.stderr) is (kind in ("csv", "json"))
    if view == "programme" and kind != "xlsx":
        assert "acne-1" not in out.read_text("utf-8")
    if kind == "table":
        assert (WARNING in out.read_text("utf-8")) is is_in_file
