"""Reading an LRS: everything comes in once, whatever the server does on the way."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from programme.settings import Lrs
from tests.lrs.strict_lrs import StrictLrs, running
from tests.reports.programme_files import PROGRAMME, authority, make_programme, statement, void
from xapi_lrs_reports.sources import lrs as lrs_source
from xapi_lrs_reports.sources.lrs_client import LrsClient, Reply
from xapi_lrs_reports.statements import sync as sync_module
from xapi_lrs_reports.statements.reading import Reading
from xapi_lrs_reports.statements.statement import SIGNATURE
from xapi_lrs_reports.statements.sync import sync
from xapi_lrs_reports.store.opening import connect, store_file

SERVER = {"objectType": "Agent", "mbox": "mailto:acme@noroom.example"}


@pytest.fixture
def server() -> Iterator[StrictLrs]:
    with running() as lrs:
        yield lrs


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync_module, "_now", lambda: "2026-12-01T00:00:00.000")
    monkeypatch.setenv("NOROOM_LRS_MAIN_LRS_USER", "reader")
    monkeypatch.setenv("NOROOM_LRS_MAIN_LRS_PASSWORD", "secret")


def programme_for(folder: Path, server: StrictLrs, resume: str = "stored") -> ProgrammeDirectory:
    lrs = f"lrs:\n  - id: main-lrs\n    endpoint: {server.endpoint}\n    resume: {resume}\n"
    return make_programme(folder, settings=PROGRAMME + lrs)


def quick(lrs: Lrs) -> LrsClient:
    return LrsClient(lrs, backoff_seconds=0.001, read_seconds=5)


def read(programme: ProgrammeDirectory) -> tuple[Reading, list[Problem]]:
    readings, problems = sync(programme, progress=lambda line: None, make_client=quick)
    return readings[0], problems


def facts(programme: ProgrammeDirectory) -> list[tuple[object, ...]]:
    with contextlib.closing(connect(store_file(programme.path), read_only=True)) as connection:
        return connection.execute("SELECT * FROM facts ORDER BY statement_id").fetchall()


def fill(server: StrictLrs, number: int) -> None:
    server.add(*(statement(f"e-{n}") for n in range(number)), authority=authority("acme"))


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


def test_statements_come_out_of_answers_with_attachments(tmp_path: Path, server: StrictLrs) -> None:
    server.faults.multipart, server.faults.gzip, server.max_page = "application/json", True, 7
    signature = {"usageType": SIGNATURE, "contentType": "application/octet-stream", "length": 9}
    fill(server, 20)
    server.add(statement(attachments=[signature]), authority=SERVER)
    server.add(statement(attachments="broken"), authority=SERVER)
    reading, problems = read(programme_for(tmp_path, server))
    assert (reading.tally.new, reading.tally.quarantined, problems) == (22, 0, [])
    assert [(number, "checks no signature" in note) for note, number in reading.notes.items()] == [
        (1, True)
    ]


def test_an_answer_in_parts_without_statements_is_refused(
    tmp_path: Path, server: StrictLrs
) -> None:
    server.faults.multipart = "text/plain"
    fill(server, 2)
    _, problems = read(programme_for(tmp_path, server))
    assert [problem.code for problem in problems] == ["lrs-multipart"]


def test_an_answer_that_breaks_off_is_asked_for_again(tmp_path: Path, server: StrictLrs) -> None:
    server.faults.hung_up = 2
    fill(server, 2)
    programme = programme_for(tmp_path, server)
    assert read(programme)[0].tally.new == 2
    server.faults.hung_up = 3
    _, problems = read(programme)
    assert [problem.code for problem in problems] == ["lrs-connection"]


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


def test_busy_and_broken_answers_are_tried_again(tmp_path: Path, server: StrictLrs) -> None:
    server.max_page = 5
    faults = server.faults
    faults.too_many, faults.unavailable, faults.truncated, faults.gzip = 1, 1, 1, True
    faults.repeat_across_pages, faults.retry_after = True, "soon"
    fill(server, 12)
    programme = programme_for(tmp_path, server)
    reading, problems = read(programme)
    assert (reading.tally.new, reading.tally.quarantined, problems) == (12, 0, [])
    assert len(facts(programme)) == 12


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ('{"statements": null, "more": null}', []),
        ('{"statements": 7}', ["lrs-answer"]),
        ('{"statements": [{NaN}], "more": "\\x"}', ["lrs-answer"]),
    ],
)
def test_odd_answers_end_in_words(
    tmp_path: Path, server: StrictLrs, body: str, codes: list[str]
) -> None:
    """A server in Go says null for an empty list."""
    reply = Reply(body.encode(), None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LrsClient, "get", lambda *given: reply)
        reading, problems = read(programme_for(tmp_path, server))
    assert ([one.code for one in problems], reading.tally.quarantined) == (codes, 0)


def test_where_a_redirect_leads_is_said_without_what_may_be_secret(
    tmp_path: Path, server: StrictLrs
) -> None:
    server.faults.redirect = "https://login.example/?token=t0k"
    _, problems = read(programme_for(tmp_path, server))
    assert "login.example/" in problems[0].what and "t0k" not in problems[0].what


def test_one_broken_statement_costs_only_itself(tmp_path: Path, server: StrictLrs) -> None:
    server.max_page = 4
    server.raw_extra = '{"id": "x", "verb": {"id": NaN}}'
    fill(server, 10)
    reading, problems = read(programme_for(tmp_path, server))
    assert (reading.tally.new, problems) == (10, [])
    assert [problem.code for problem in reading.problems] == ["statement-json"]


def test_broken_statements_without_an_id_are_told_apart_and_known_again(
    tmp_path: Path, server: StrictLrs
) -> None:
    server.max_page = 4
    server.raw_extra = '{"verb": {"id": NaN}}, {"verb": {"id": Infinity}}'
    programme = programme_for(tmp_path, server)
    for number in (10, 20):  # the same two in every page, and in every sync
        fill(server, number)
        reading, _ = read(programme)
        names = [problem.statement_id or "" for problem in reading.problems]
        assert len(names) == len(set(names)) == 2
        assert all(name.startswith("without id ") for name in names)
    assert len(facts(programme)) == 30


@pytest.mark.parametrize(
    ("fault", "value", "code"),
    [
        ("html", True, "lrs-html"),
        ("redirect", "https://login.example/", "lrs-redirect"),
        ("unavailable", 99, "lrs-busy"),
        ("truncated", 99, "lrs-truncated"),
        ("slow_seconds", 1.0, "lrs-timeout"),
        ("foreign_more", True, "lrs-more-origin"),
        ("bad_more", "http://127.0.0.1:port/xapi/statements", "lrs-answer"),
        ("bad_more", "http://[127.0.0.1/xapi/statements", "lrs-answer"),
        ("endless_more", True, "lrs-more-loop"),
    ],
)
def test_what_cannot_be_read_is_said(
    tmp_path: Path, server: StrictLrs, fault: str, value: object, code: str
) -> None:
    server.max_page = 5
    fill(server, 12)
    setattr(server.faults, fault, value)
    programme = programme_for(tmp_path, server)
    _, problems = sync(
        programme,
        progress=lambda line: None,
        make_client=lambda lrs: LrsClient(lrs, backoff_seconds=0.001, read_seconds=0.1),
    )
    assert [problem.code for problem in problems] == [code]


@pytest.mark.parametrize(("password", "scope"), [("other", "all"), ("secret", "write")])
def test_refused_credentials_are_named_but_never_shown(
    tmp_path: Path, server: StrictLrs, password: str, scope: str
) -> None:
    server.users = {"reader": (password, scope)}
    _, problems = read(programme_for(tmp_path, server))
    assert problems[0].code == "lrs-credentials"
    assert "NOROOM_LRS_MAIN_LRS_PASSWORD" in str(problems[0])
    assert "secret" not in str(problems[0])


def test_missing_credentials_and_unreachable_servers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running() as server:
        programme = programme_for(tmp_path, server)
    _, problems = read(programme)
    assert problems[0].code == "lrs-unreachable"
    monkeypatch.delenv("NOROOM_LRS_MAIN_LRS_USER")
    _, problems = read(programme)
    assert "NOROOM_LRS_MAIN_LRS_USER not set" in problems[0].what


def test_an_unknown_lrs_gets_a_hint(tmp_path: Path, server: StrictLrs) -> None:
    with pytest.raises(InputError, match='Did you mean "main-lrs"'):
        sync(programme_for(tmp_path, server), ["main"], progress=lambda line: None)


def test_statements_without_or_with_a_foreign_authority_are_quarantined(
    tmp_path: Path, server: StrictLrs
) -> None:
    server.add(statement("a", authority=None), authority={"mbox": "mailto:who@else.example"})
    without = statement("b")
    del without["authority"]
    server.add(without)
    reading, _ = read(programme_for(tmp_path, server))
    assert sorted(one.code for one in reading.problems) == [
        "authority-missing",
        "authority-unknown",
    ]


def test_changed_authorities_bring_the_quarantined_back(tmp_path: Path, server: StrictLrs) -> None:
    newcomer = {"objectType": "Agent", "mbox": "mailto:new@noroom.example"}
    server.add(statement("a"), authority=newcomer)
    programme = programme_for(tmp_path, server)
    assert read(programme)[0].tally.quarantined == 1
    more = "authorities:\n  - mbox: mailto:new@noroom.example\n    chain: acme"
    file = tmp_path / "programme.yaml"
    text = file.read_text("utf-8").replace("authorities:", more, 1)
    file.write_text(text, "utf-8")
    from programme.directory import read_programme

    reading, _ = read(read_programme(tmp_path))
    assert (reading.tally.new, reading.problems) == (1, [])


@pytest.mark.parametrize("spell", [str.lower, str.upper])
def test_a_refused_void_does_not_hide_its_target(
    tmp_path: Path, server: StrictLrs, spell: Callable[[str], str]
) -> None:
    """The LRS hides a voided statement from everybody; the programme still counts it.

    This LRS, as Learning Locker, tells ids in capital letters from others.
    """
    kept, gone = statement("kept"), statement("gone")
    kept["id"] = spell(str(kept["id"]))
    server.add(void(kept["id"].swapcase()), authority=authority("acme"))
    server.add(kept, gone, authority=authority("acme"))
    server.add(void(str(kept["id"])), authority=authority("acme"))
    server.add(void(str(gone["id"])), authority={"mbox": "mailto:admin@noroom.example"})
    programme = programme_for(tmp_path, server)
    read(programme)
    assert [row[0] for row in facts(programme)] == [uuid.UUID(str(kept["id"]))]


def hide(server: StrictLrs, *, then: int = 0) -> None:
    """Store a statement and a void by somebody who may not, then more statements."""
    kept = statement("kept")
    server.add(kept, authority=authority("acme"), stored="2026-11-01T00:00:00.000Z")
    taken = void(str(kept["id"]))
    server.add(taken, authority=authority("acme"), stored="2026-11-01T01:00:00.000Z")
    for number in range(then):
        late = statement(f"late-{number}")
        server.add(late, authority=authority("acme"), stored="2026-11-20T00:00:00.000Z")


@pytest.mark.parametrize("pages", [1, 2, 3])
def test_a_refused_void_does_not_hide_its_target_after_an_interruption(
    tmp_path: Path, server: StrictLrs, pages: int
) -> None:
    """The cursor may not pass the void before its target was asked for."""
    server.max_page = 1
    hide(server, then=4)
    programme = programme_for(tmp_path, server)
    server.faults.broken_after = pages
    read(programme)
    server.faults.broken_after = None
    read(programme)
    assert len(facts(programme)) == 5


def test_a_busy_lrs_does_not_cost_the_target_of_a_refused_void(
    tmp_path: Path, server: StrictLrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide(server)
    programme = programme_for(tmp_path, server)
    real = LrsClient.get

    def busy(self: LrsClient, url: str, query: dict[str, str]) -> object:
        if "voidedStatementId" in query:
            raise self.problem("lrs-busy", "busy", "Try again later.")
        return real(self, url, query)

    with monkeypatch.context() as patch:
        patch.setattr(LrsClient, "get", busy)
        _, problems = read(programme)
    assert [problem.code for problem in problems] == ["lrs-busy"]
    server.add(statement("b"), authority=SERVER, stored="2026-11-20T00:00:00.000Z")
    read(programme)
    assert len(facts(programme)) == 2


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
