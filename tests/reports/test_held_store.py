"""Several days asked of a store that stays open get the answers that each gets by itself."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import pytest

from programme.directory import read_programme
from tests.often import often
from tests.reports.programme_files import PROGRAMME, make_programme, statement, void
from tests.reports.test_commands import imported
from tests.reports.test_kept_report import HOTELS, ROSTER
from xapi_lrs_reports.engines.duckdb import StoreEngine
from xapi_lrs_reports.people import kept_roster
from xapi_lrs_reports.report import progress
from xapi_lrs_reports.report.renderers.table import render_table
from xapi_lrs_reports.report.report_model import Report
from xapi_lrs_reports.rule.decide import FOR_TABLE, FOR_TREND, decide_on, gather

DAYS = tuple(
    datetime.date.fromisoformat(day)
    for day in ("2026-10-05", "2026-10-25", "2026-11-21", "2026-12-31", "2026-10-05")
)
RULE = "rule:\n  content_min_version: 1.0.0\n  maintain_threshold: 50\n"
EVENTS = {
    "no event": "",
    "closed": "acme-2,closed,2026-10-20,2026-12-01,\n",
    "merged": "acme-2,merged,2026-10-15,,acme-1\n",
}


def story(folder: Path, events: str, floors: str = "") -> Path:
    settings = PROGRAMME.replace("chain: bellevue\n    may_void", "may_void") + RULE + floors
    make_programme(folder, HOTELS, ROSTER, settings)
    (folder / "hotel-events.csv").write_text(f"hotel,event,on,until,value\n{events}", "utf-8")
    (folder / "headcounts.csv").write_text(
        "hotel,headcount,declared_by,declared_on\nacme-3,77,HR,2026-10-20\n", "utf-8"
    )
    taken_back = statement("e-3", at="2026-09-30T10:00:00Z")
    imported(
        folder,
        statement("e-0", hotel="acme-1", at="2026-10-10T10:00:00Z"),
        statement("e-4", hotel="acme-2", at="2026-10-01T10:00:00Z"),
        statement("e-9", hotel="acme-3", at="2026-10-22T10:00:00Z"),
        statement("e-2", hotel="acme-1"),
        taken_back,
        void(taken_back["id"]),
    )
    return folder


def asked_alone(folder: Path, day: datetime.date) -> Report:
    return decide_on(gather(read_programme(folder)), day).report


@pytest.mark.parametrize("events", EVENTS.values(), ids=EVENTS)
@pytest.mark.parametrize("worth_keeping", often([1, 1_000]))
def test_days_asked_together_get_the_answers_of_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, events: str, worth_keeping: int
) -> None:
    monkeypatch.setattr(kept_roster, "WORTH_KEEPING", worth_keeping)
    folder = story(tmp_path, events)
    alone = [asked_alone(folder, day) for day in DAYS]
    assert len({str(report.hotels) for report in alone}) == len(set(DAYS)), "each day differs"
    engine = StoreEngine(folder)
    with engine.held():
        gathered = gather(read_programme(folder), engine=engine)
        assert [decide_on(gathered, day).report for day in DAYS] == alone
    assert decide_on(gathered, DAYS[0]).report == alone[0], "and after it was let go"


def test_a_store_that_is_held_is_let_go(tmp_path: Path) -> None:
    folder = story(tmp_path, "")
    engine = StoreEngine(folder)
    with engine.held():
        gathered = gather(read_programme(folder), engine=engine)
        before = decide_on(gathered, DAYS[2]).report
    imported(folder, statement("e-1", hotel="acme-2"), name="more.ndjson")
    after = decide_on(gathered, DAYS[2]).report
    assert after.data.facts == (before.data.facts or 0) + 1


FLOORS = {
    "housekeeping": "  threshold: 20\n  housekeeping_floor: 60\n  housekeeping_required: true\n",
    "none that refuses": "  tiers:\n    - name: whole team\n      threshold: 61\n",
    "management": "  threshold: 20\n  management_floor: 60\n",
}


@pytest.mark.parametrize("floors", often(FLOORS.values()), ids=FLOORS)
def test_fewer_measures_change_nothing_that_is_read_of_them(tmp_path: Path, floors: str) -> None:
    folder = story(tmp_path, "", floors)
    roster = folder / "roster.csv"
    people = "acme-3,m-1,management,,\nacme-3,e-9,,,\nacme-3,h-1,housekeeping,,\n"
    roster.write_text(roster.read_text("utf-8") + people, "utf-8")
    gathered = gather(read_programme(folder))
    assert {decide_on(gathered, day).report.hotels[2].status for day in DAYS} == {"not_met"}
    for day in DAYS:
        whole = decide_on(gathered, day).report
        table = decide_on(gathered, day, only=FOR_TABLE).report
        assert render_table(table) == render_table(whole)
        trend = decide_on(gathered, day, only=FOR_TREND).report
        for one, other in zip(trend.hotels, whole.hotels, strict=True):
            names = ("hotel", "status", "completed", "headcount", "percent", "certificate")
            assert [getattr(one, name) for name in names] == [
                getattr(other, name) for name in names
            ]


@pytest.mark.parametrize("is_terminal", [True, False])
def test_who_waits_at_a_terminal_sees_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], is_terminal: bool
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    monkeypatch.setattr(progress, "PATIENCE_SECONDS", -1)
    with progress.days_decided() as say:
        say(0, 13)
        say(4, 10)
    shown = capsys.readouterr()
    assert shown.out == ""
    clear = "\r\x1b[2K"
    lines = f"{clear}trend: 0 of 13 days{clear}trend: 4 of 10 days{clear}"
    assert shown.err == (lines if is_terminal else "")


def test_a_quick_report_says_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(progress, "PATIENCE_SECONDS", 1_000)
    with progress.days_decided() as say:
        say(0, 13)
    assert capsys.readouterr().err == ""
