"""The table on a terminal: whole numbers and whole words at every width."""

from __future__ import annotations

import pytest

from tests.reports.invented import hotel, report
from xapi_lrs_reports.report.renderers.table import print_table
from xapi_lrs_reports.report.report_model import Report

LONG_ID = "vrije-huizen-0004"


def printed(
    found: Report, wide: int, monkeypatch: pytest.MonkeyPatch, out: pytest.CaptureFixture[str]
) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(wide))
    print_table(found)
    return out.readouterr().out.splitlines()


def usual() -> Report:
    return report(
        hotel("Acme Lindenhof", 119, 179, hotel=LONG_ID),
        hotel("Acme Vol", 1500, 1500, flags=("headcount_stale", "housekeeping_low")),
        hotel("Acme Leeg", 0, 0),
    )


@pytest.mark.parametrize("wide", [40, 60, 72, 79, 80, 81, 100, 200])
def test_no_number_and_no_id_is_cut(
    wide: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(usual(), wide, monkeypatch, capsys)
    [first] = [line for line in lines if line.startswith(LONG_ID)]
    [full] = [line for line in lines if line.startswith("acme-vol")]
    assert first.split()[-4:] == ["119", "179", "66", "0"]
    assert [word for word in full.split() if word.isdecimal()] == ["1500", "1500", "100", "0"]
    assert not any("…" in line for line in lines)


def test_eighty_columns_have_room_for_names_and_notes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(usual(), 80, monkeypatch, capsys)
    start = next(number for number, line in enumerate(lines) if line.startswith("Hotel "))
    table = lines[start : lines.index("", start) if "" in lines[start:] else None]
    assert max(len(line) for line in table[:6]) <= 80
    assert "Certificate" not in table[0] and "Notes" in table[0]
    words = " ".join(" ".join(table).split())
    assert "Lindenhof" in words and "headcount stale," in words and "housekeeping low" in words


def test_the_name_goes_first_where_there_is_no_room(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(usual(), 70, monkeypatch, capsys)
    assert not any("Lindenhof" in line for line in lines)
    assert any(LONG_ID in line for line in lines) and any(
        "headcount stale" in line for line in lines
    )
