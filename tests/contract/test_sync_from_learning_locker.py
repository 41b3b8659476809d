"""`noroom sync` reads Learning Locker: page by page, voided statements, odd ones, attachments.

What Learning Locker does not do by itself and a test therefore cannot see: 413 and 429 (it takes
40 MB in one request; a proxy in front of it sets limits), answers in gzip, xAPI 2.0.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from programme.directory import ProgrammeDirectory
from programme.problems import Problem
from tests.lrs.learning_locker_lrs import LearningLocker, running_learning_locker
from tests.lrs.real_lrs import User, free_port
from tests.reports.programme_files import (
    ADMIN,
    IRI,
    PROGRAMME,
    Json,
    authority,
    make_programme,
    statement,
    void,
)
from xapi_lrs_reports.sources.lrs_client import LrsClient
from xapi_lrs_reports.statements import sync as sync_module
from xapi_lrs_reports.statements.reading import Reading
from xapi_lrs_reports.statements.sync import sync
from xapi_lrs_reports.store.opening import connect, store_file

pytestmark = [pytest.mark.lrs, pytest.mark.slow]

WRITES, READS = ("statements/write",), ("statements/read",)
CHAIN = User("packages", "writes", WRITES, authority("acme"))
OFFICE = User("office-of-programme", "may-void", WRITES, ADMIN)
READER = User("reader", "reads", READS)


@pytest.fixture
def lrs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LearningLocker]:
    monkeypatch.setenv("NOROOM_LRS_MAIN_USER", READER.username)
    monkeypatch.setenv("NOROOM_LRS_MAIN_PASSWORD", READER.password)
    users = [CHAIN, OFFICE, READER]
    with running_learning_locker(tmp_path / "lrs", users, [], free_port()) as running:
        yield running


@pytest.fixture
def programme(tmp_path: Path, lrs: LearningLocker) -> ProgrammeDirectory:
    settings = f"{PROGRAMME}lrs:\n  - id: main\n    endpoint: {lrs.endpoint}\n"
    return make_programme(tmp_path / "programme", settings=settings)


def send(lrs: LearningLocker, *statements: Json, by: User = CHAIN) -> None:
    assert lrs.request(by, "POST", list(statements)) == (
        200,
        json.dumps([one["id"] for one in statements], separators=(",", ":")).encode(),
    )


def read(programme: ProgrammeDirectory) -> tuple[Reading, list[str]]:
    """Sync; give what was read, and the lines that tell of the pages."""
    told: list[str] = []
    (reading,), problems = sync(programme, progress=told.append)
    assert problems == []
    return reading, told


def counted(programme: ProgrammeDirectory) -> set[str]:
    """Give the ids of the statements that stand."""
    with contextlib.closing(connect(store_file(programme.path), read_only=True)) as connection:
        rows = connection.execute("SELECT CAST(statement_id AS VARCHAR) FROM facts").fetchall()
        return {str(row[0]) for row in rows}


def ids(*statements: Json) -> set[str]:
    return {str(one["id"]).lower() for one in statements}


def test_every_page_is_read_once_and_the_cursor_holds(
    lrs: LearningLocker, programme: ProgrammeDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All go in at once, so `stored` is the same for all: pages part where times do not."""
    first = [statement(f"e-{number}") for number in range(1_201)]
    send(lrs, *first)
    reading, told = read(programme)
    assert (reading.tally.new, reading.tally.quarantined, len(told)) == (1_201, 0, 3)
    again, _ = read(programme)
    assert (again.tally.read, again.tally.new) == (1_201, 0), "five minutes are read twice"
    monkeypatch.setattr(sync_module, "OVERLAP", sync_module.OVERLAP * 0)
    later = statement("late", at="2020-01-01T00:00:00.000Z")
    send(lrs, later)
    assert (read(programme)[0].tally.read, len(counted(programme))) == (1, 1_202), "by `stored`"
    assert read(programme)[0].tally.read == 0


def test_sending_again_changes_nothing(lrs: LearningLocker, programme: ProgrammeDirectory) -> None:
    """The same content is taken as known; another content is refused, and all of its batch."""
    one, other = statement("a"), statement("b")
    send(lrs, one, other)
    send(lrs, other, one)
    changed = {**one, "timestamp": "2026-11-01T10:00:00.001Z"}
    assert lrs.request(CHAIN, "POST", [statement("c"), changed])[0] == 409
    assert lrs.request(CHAIN, "POST", [statement("d"), {**other, "result": None}])[0] == 400
    assert lrs.request(CHAIN, "POST", [one, one])[0] == 400, "an id twice in one batch"
    assert (read(programme)[0].tally.new, counted(programme)) == (2, ids(one, other))


def test_only_voids_of_those_who_may_take_something_back(
    lrs: LearningLocker, programme: ProgrammeDirectory
) -> None:
    """Learning Locker hides what anybody voids, and tells ids in capital letters from others."""
    kept, gone, foreseen = (statement(name) for name in ("kept", "gone", "foreseen"))
    shouted = {**statement("shouted"), "id": str(uuid.uuid4()).upper()}
    send(lrs, void(foreseen["id"]), by=OFFICE)
    send(lrs, kept, gone, foreseen, shouted)
    refused = [void(kept["id"]), void(shouted["id"]), void(str(shouted["id"]).lower())]
    send(lrs, *refused)
    send(lrs, void(gone["id"]), by=OFFICE)
    assert lrs.request(OFFICE, "POST", [void(refused[0]["id"])])[0] == 400, "a void of a void"
    assert ids(*lrs.stored()).isdisjoint(ids(kept, gone, foreseen, shouted))
    reading, _ = read(programme)
    assert (counted(programme), reading.tally.quarantined) == (ids(kept, shouted), 0)


def test_what_it_takes_beyond_the_players_own_form_is_read(
    lrs: LearningLocker, programme: ProgrammeDirectory
) -> None:
    """Learning Locker is strict about times and nulls; this is what it lets through."""
    grouping = {"id": f"{IRI}/course/no-room/version/1.0.0"}
    registration = str(uuid.uuid4()).upper()
    odd = [
        statement("offset", at="2026-11-01T12:00:00.123456+02:00"),
        statement("basic", at="20261101T100000Z"),
        statement("hour", at="2026-11-01T10:00:00Z", version="1.0.9"),
        statement("single", context={"contextActivities": {"grouping": grouping}}),
        statement("shouted", context={"registration": registration}),
        statement("timed", result={"completion": True, "success": True, "duration": "PT20M"}),
    ]
    about = statement("about", "commented", context={})
    about["object"] = {"objectType": "StatementRef", "id": odd[0]["id"]}
    crew = {"objectType": "Group", "member": [{"mbox": "mailto:who@else.example", "name": "Who"}]}
    inner = {key: about[key] for key in ("actor", "verb")} | {"object": odd[0]["object"]}
    foreign = [
        about,
        statement("plan", "planned", object={"objectType": "SubStatement", **inner}, context={}),
        statement("crew", "attended", actor=crew),
    ]
    timeless = statement("timeless")
    del timeless["timestamp"]
    odd.append(timeless)
    send(lrs, *odd, *foreign)
    reading, _ = read(programme)
    assert (counted(programme), reading.tally.quarantined) == (ids(*odd), 0)


def test_an_answer_with_attachments_is_read(
    lrs: LearningLocker, programme: ProgrammeDirectory, tmp_path: Path
) -> None:
    """None are asked for; somebody may save such an answer, or stand in between."""
    content = b'a note: {"statements": []}\r\n--zzzlearninglockerzzz'
    digest = hashlib.sha256(content).hexdigest()
    note = {
        "usageType": "https://elsewhere.example/note",
        "display": {"en": "Note"},
        "contentType": "text/plain",
        "length": len(content),
        "sha2": digest,
    }
    with_note = statement("noted", attachments=[note])
    send(lrs, statement("ohne Anhang – plain"))
    client = LrsClient(programme.settings.lrs[0])
    with contextlib.closing(client):
        alone = json.loads(client.get("statements", {"attachments": "true"}).body)
        assert len(alone["statements"]) == 1
        body, kind = multipart(with_note, content, digest)
        assert lrs.request(CHAIN, "POST", body, headers={"Content-Type": kind})[0] == 200
        both = json.loads(client.get("statements", {"attachments": "true"}).body)
    assert [one["id"] for one in both["statements"]] == [
        with_note["id"],
        *ids(*alone["statements"]),
    ]
    assert read(programme)[0].tally.new == 2
    saved = tmp_path / "answer.txt"
    saved.write_bytes(lrs.request(READER, "GET", query="?attachments=true")[1])
    assert content in saved.read_bytes()
    again = json.loads(noroom(programme.path, "import", str(saved), "--json"))
    assert again["sources"][0]["duplicates"] == 2, again


def multipart(about: Json, content: bytes, digest: str) -> tuple[bytes, str]:
    """Give a request with an attachment, and its Content-Type (xAPI Communication, 1.5.2)."""
    parts = [
        b"--cut\r\nContent-Type: application/json\r\n\r\n",
        json.dumps(about).encode(),
        b"\r\n--cut\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\n",
        f"X-Experience-API-Hash: {digest}\r\n\r\n".encode(),
        content,
        b"\r\n--cut--\r\n",
    ]
    return b"".join(parts), "multipart/mixed; boundary=cut"


@pytest.mark.parametrize("who", [("nobody", "knows"), (CHAIN.username, CHAIN.password)])
def test_who_may_not_read_is_told_which_variables_to_check(
    lrs: LearningLocker,
    programme: ProgrammeDirectory,
    monkeypatch: pytest.MonkeyPatch,
    who: tuple[str, str],
) -> None:
    """An unknown client is answered 401, one whose scopes do not hold the right to read 403."""
    monkeypatch.setenv("NOROOM_LRS_MAIN_USER", who[0])
    monkeypatch.setenv("NOROOM_LRS_MAIN_PASSWORD", who[1])
    problems: list[Problem]
    _, problems = sync(programme, progress=lambda line: None)
    assert [problem.code for problem in problems] == ["lrs-credentials"]


def noroom(folder: Path, *arguments: str) -> str:
    run = CliRunner().invoke(cli.main, [*arguments, "--programme", str(folder)])
    assert run.exit_code == 0, run.output
    return run.stdout
