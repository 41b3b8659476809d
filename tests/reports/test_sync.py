"""Reading an LRS: everything comes in once, whatever the server does on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from programme.problems import InputError
from tests.lrs.strict_lrs import StrictLrs
from tests.reports.lrs_reading import SERVER, facts, fill, programme_for, read
from tests.reports.programme_files import authority, statement
from xapi_lrs_reports.sources import lrs as lrs_source
from xapi_lrs_reports.statements.sync import sync

pytestmark = pytest.mark.usefixtures("lrs_reader")


@pytest.mark.parametrize("form", ["path", "url", "query"])
def test_every_form_of_more_is_followed(tmp_path: Path, server: StrictLrs, form: str) -> None:
    server.more_form, server.max_page = form, 7
    fill(server, 30)
    reading, problems = read(programme_for(tmp_path, server))
    assert (reading.tally.new, problems) == (30, [])


def test_a_second_sync_reads_only_what_is_new(tmp_path: Path, server: StrictLrs) -> None:
    programme = programme_for(tmp_path, server)
    fill(server, 3)
    server.add(statement("late"), authority=authority("acme"), stored="2026-11-20T00:00:00.000Z")
    read(programme)
    server.add(statement("later"), authority=authority("acme"), stored="2026-11-20T00:00:01.000Z")
    reading, _ = read(programme)
    assert (reading.tally.read, reading.tally.new, len(facts(programme))) == (2, 1, 5)
    assert "since=2026-11-19T23%3A55%3A00.000Z" in server.requests[-1]


def test_statements_that_become_visible_late_are_not_missed(
    tmp_path: Path, server: StrictLrs
) -> None:
    """What is stored after Consistent-Through may have neighbours that are not visible yet."""
    programme = programme_for(tmp_path, server)
    server.consistent_through = "2026-11-10T00:00:00.000Z"
    server.add(statement("a"), authority=SERVER, stored="2026-11-20T12:00:00.000Z")
    read(programme)
    server.add(statement("b"), authority=SERVER, stored="2026-11-20T10:00:00.000Z")
    read(programme)
    assert len(facts(programme)) == 2


def test_what_is_consistent_holds_for_next_pages_that_do_not_say_it(
    tmp_path: Path, server: StrictLrs
) -> None:
    programme = programme_for(tmp_path, server)
    server.consistent_through, server.faults.consistent_once = "2026-11-10T00:00:00.000Z", True
    server.max_page = 2
    for hour in range(5):
        stored = f"2026-11-20T{hour + 10}:00:00.000Z"
        server.add(statement(f"e-{hour}"), authority=SERVER, stored=stored)
    read(programme)
    server.add(statement("late"), authority=SERVER, stored="2026-11-20T11:30:00.000Z")
    read(programme)
    assert len(facts(programme)) == 6


@pytest.mark.parametrize("pages", [1, 2, 4])
def test_an_interrupted_sync_goes_on(tmp_path: Path, server: StrictLrs, pages: int) -> None:
    server.max_page = 5
    fill(server, 24)
    whole = programme_for(tmp_path / "whole", server)
    read(whole)
    broken = programme_for(tmp_path / "broken", server)
    server.faults.broken_after = pages
    _, problems = read(broken)
    assert [problem.code for problem in problems] == ["lrs-answer"]
    assert len(facts(broken)) == 5 * pages
    server.faults.broken_after = None
    read(broken)
    assert facts(broken) == facts(whole)


def test_a_killed_sync_goes_on(
    tmp_path: Path, server: StrictLrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.max_page = 5
    fill(server, 24)
    programme = programme_for(tmp_path, server)
    real, calls = lrs_source._page, []

    def killed(*given: object) -> object:
        calls.append(given)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(lrs_source, "_page", killed)
        with pytest.raises(KeyboardInterrupt):
            read(programme)
    assert len(facts(programme)) == 10
    read(programme)
    assert len(facts(programme)) == 24


def test_a_server_that_ignores_the_order_loses_nothing_when_interrupted(
    tmp_path: Path, server: StrictLrs
) -> None:
    server.max_page, server.faults.descending_always = 5, True
    fill(server, 24)
    programme = programme_for(tmp_path, server)
    server.faults.broken_after = 2
    read(programme)
    server.faults.broken_after = None
    read(programme)
    assert len(facts(programme)) == 24


def test_an_unknown_lrs_gets_a_hint(tmp_path: Path, server: StrictLrs) -> None:
    with pytest.raises(InputError, match='Did you mean "main-lrs"'):
        sync(programme_for(tmp_path, server), ["main"], progress=lambda line: None)


def test_an_lrs_clock_that_ran_ahead_does_not_lead_past_today(
    tmp_path: Path, server: StrictLrs
) -> None:
    programme = programme_for(tmp_path, server)
    server.add(statement("a"), authority=SERVER, stored="2027-11-20T00:00:00.000Z")
    read(programme)
    server.add(statement("b"), authority=SERVER, stored="2026-12-01T00:00:00.000Z")
    read(programme)
    assert len(facts(programme)) == 2


def test_resume_everything_reads_all_each_time(tmp_path: Path, server: StrictLrs) -> None:
    programme = programme_for(tmp_path, server, resume="everything")
    fill(server, 3)
    read(programme)
    reading, _ = read(programme)
    assert (reading.tally.read, reading.tally.duplicates) == (3, 3)
    assert not any("since" in request for request in server.requests)
