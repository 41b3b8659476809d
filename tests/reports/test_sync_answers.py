"""What an LRS may answer instead of statements: it is read, asked for again, or said in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lrs.strict_lrs import StrictLrs, running
from tests.reports.lrs_reading import SERVER, facts, fill, programme_for, read
from tests.reports.programme_files import statement
from xapi_lrs_reports.sources.lrs_client import LrsClient, Reply
from xapi_lrs_reports.statements.statement import SIGNATURE
from xapi_lrs_reports.statements.sync import sync

pytestmark = pytest.mark.usefixtures("lrs_reader")


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
