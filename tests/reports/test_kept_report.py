"""A report from a kept roster is the one without; whatever it depends on changes it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from programme.directory import read_programme
from tests.often import often
from tests.reports.programme_files import PROGRAMME, make_programme, statement, void
from tests.reports.test_commands import imported
from xapi_lrs_reports.people import kept_roster
from xapi_lrs_reports.people.kept_rows import KeptRows
from xapi_lrs_reports.report.report_model import Report
from xapi_lrs_reports.rule.decide import decide_on, gather

AS_OF = datetime.date(2026, 11, 21)
HOTELS = (
    "hotel,name,chain,headcount\nacme-1,Acme One,acme,\nacme-2,Acme Two,acme,9\n"
    "acme-3,Acme Three,acme,5\n"
)
ROSTER = (
    "hotel,employee,department,joined,left\nacme-1,e-0,housekeeping,,\nacme-1,e-1,,,2025-01-01\n"
    "acme-1,e-2,,2026-11-01,\nacme-1,e-3,,,\nacme-2,e-3,,2026-10-01,\nacme-2,e-4,,2026-12-24,\n"
)
PASS = statement("e-0", hotel="acme-1")


def report_of(folder: Path, day: datetime.date = AS_OF) -> Report:
    return decide_on(gather(read_programme(folder)), day).report


def without_kept(folder: Path, day: datetime.date = AS_OF) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_roster, "WORTH_KEEPING", 1_000_000)
        kept_roster.drop_kept_roster(folder)
        return report_of(folder, day)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept_roster, "WORTH_KEEPING", 1)
    programme = make_programme(tmp_path, HOTELS, ROSTER)
    imported(tmp_path, PASS, statement("e-3"), statement("e-9", hotel="acme-1"))
    gather(programme)
    assert isinstance(gather(programme).roster, KeptRows)
    return tmp_path


def rewritten(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        before = (folder / name).read_text("utf-8")
        assert old in before
        (folder / name).write_text(before.replace(old, new), "utf-8")

    return change


def added(name: str, text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).write_text(text, "utf-8")

    return change


def read_more(folder: Path) -> None:
    imported(folder, statement("e-2"), name="more.ndjson")


def taken_back(folder: Path) -> None:
    imported(folder, void(PASS["id"]), name="voids.ndjson")


CHANGES: dict[str, Callable[[Path], None]] = {
    "roster, same size": rewritten("roster.csv", "e-0", "e-8"),
    "roster, a row less": rewritten("roster.csv", "acme-1,e-2,,2026-11-01,\n", ""),
    "hotels": rewritten("hotels.csv", "acme-2,Acme Two,acme,9", "acme-2,Acme Two,bellevue,9"),
    "hotel's name": rewritten("hotels.csv", "Acme Two", "Acme 2"),
    "salt": added("chains/acme/chain.yaml", "name: Acme Hotels\npseudonym_salt: pepper\n"),
    "headcounts": added(
        "headcounts.csv",
        "hotel,headcount,declared_by,declared_on\nacme-3,77,HR,2026-02-01\n",
    ),
    "a hotel closes": added(
        "hotel-events.csv", "hotel,event,on,until,value\nacme-2,closed,2026-11-02,,\n"
    ),
    "closed for the season": added(
        "hotel-events.csv", "hotel,event,on,until,value\nacme-1,closed,2026-10-15,2027-03-01,\n"
    ),
    "hotels are merged": added(
        "hotel-events.csv", "hotel,event,on,until,value\nacme-2,merged,2026-11-02,,acme-1\n"
    ),
    "rule": added("programme.yaml", PROGRAMME + "rule:\n  threshold: 20\n"),
    "authorities": rewritten("programme.yaml", "mailto:acme@", "mailto:nobody@"),
    "statements": read_more,
    "a void": taken_back,
}  # fmt: skip


@pytest.mark.parametrize("change", often(CHANGES.values(), 6), ids=CHANGES.keys())
def test_every_input_changes_the_report(folder: Path, change: Callable[[Path], None]) -> None:
    before = report_of(folder)
    change(folder)
    after = report_of(folder)
    assert after == report_of(folder) == without_kept(folder)
    assert after != before


@pytest.mark.parametrize("day", often(["2024-06-30", "2026-12-31", "2026-10-01", "2026-10-31"], 2))
def test_any_day_is_answered_as_without(folder: Path, day: str) -> None:
    when = datetime.date.fromisoformat(day)
    for events in (
        "",
        "acme-2,closed,2026-10-20,2026-12-01,\n",
        "acme-2,merged,2026-10-15,,acme-1\n",
    ):
        (folder / "hotel-events.csv").write_text(f"hotel,event,on,until,value\n{events}", "utf-8")
        gather(make_programme(folder, HOTELS, ROSTER))
        kept = report_of(folder, when)
        assert kept == without_kept(folder, when)
