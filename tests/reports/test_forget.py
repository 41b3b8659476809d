"""Who is forgotten is gone from every file, does not come back, and gives nobody a certificate."""

from __future__ import annotations

import csv
import datetime
import gzip
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from programme.directory import ProgrammeDirectory, read_programme
from programme.problems import InputError
from programme.pseudonym import pseudonym
from tests.often import often
from tests.reports.programme_files import authority, make_programme, statement, void, write_lines
from tests.reports.test_commands import noroom, report
from xapi_lrs_reports.people import kept_roster
from xapi_lrs_reports.people.forget import in_store
from xapi_lrs_reports.people.forget.forget import Receipt, forget
from xapi_lrs_reports.people.forget.people import find_people
from xapi_lrs_reports.people.forget.receipt import receipt_text
from xapi_lrs_reports.people.forgotten import list_file
from xapi_lrs_reports.sources.zstd import zstd
from xapi_lrs_reports.statements.import_files import import_files
from xapi_lrs_reports.store import rewrite as rewriting

NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
ID = "Anna.Jansen-77"
NAME = pseudonym(ID, "acme")
MAIL = "anna@acme.example"
ROSTER = (
    "hotel,employee,full name,department,joined,aliases\n"
    f"acme-1,{ID},Anna Jansen,bar,2025-01-01,{MAIL}\n"
    "acme-1,e-2,Bo Bakker,bar,,\nacme-1,e-3,Cas Cohen,bar,,\n"
)


def made(folder: Path, roster: str = ROSTER) -> ProgrammeDirectory:
    return make_programme(folder, roster=roster)


def read(programme: ProgrammeDirectory, *statements: dict[str, object], name: str = "a") -> int:
    file = write_lines(programme.path / f"{name}.ndjson", statements)
    found = import_files(programme, [file], stdin=None)  # type: ignore[arg-type]
    assert not found.problems
    return found.readings[0].tally.new


def removed(
    programme: ProgrammeDirectory, ids: Iterable[str] = (ID,), *, is_dry: bool = False
) -> Receipt:
    people = find_people(programme, "acme", ids)
    return forget(read_programme(programme.path), people, now=NOW, is_dry=is_dry)


def bytes_on_disk(programme: ProgrammeDirectory) -> bytes:
    files = [file for file in programme.path.rglob("*") if file.is_file()]
    return b"".join(file.read_bytes() for file in files if file.suffix != ".ndjson").lower()


def completed(programme: ProgrammeDirectory) -> tuple[int, int]:
    hotel = report(programme.path)["hotels"][0]
    return hotel["completed"], hotel["headcount"]


def test_nothing_of_the_person_is_left_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_roster, "WORTH_KEEPING", 1)
    programme = made(tmp_path)
    mail = {"mbox": f"mailto:{MAIL}"}
    given = [statement(ID), statement("e-2"), statement(actor=mail, authority=authority("acme"))]
    conflict = {**given[0], "result": {"completion": False}}
    read(programme, *given, conflict)
    (tmp_path / "sync.log").write_text(f"ok\n{ID.upper()} read\n{NAME}\n{NAME}9 other\n", "utf-8")
    assert completed(programme) == (2, 3)
    assert NAME.encode() in bytes_on_disk(programme)
    kept = kept_roster.kept_file(tmp_path)
    kept_files = (kept, kept_roster.rows_file(kept))
    assert all(file.exists() for file in kept_files)
    found = removed(programme)
    assert (found.facts, found.quarantined, found.roster_rows, found.log_lines) == (2, 1, 1, 2)
    assert not any(file.exists() for file in kept_files)
    left = bytes_on_disk(programme)
    for word in (ID, NAME + "\n", "Anna Jansen", MAIL, pseudonym(MAIL, "acme")):
        assert word.lower().encode() not in left
    assert completed(programme) == (1, 3)
    assert (tmp_path / "sync.log").read_text("utf-8") == f"ok\n{NAME}9 other\n"


def test_the_person_does_not_come_back_and_what_they_do_later_counts(tmp_path: Path) -> None:
    programme = made(tmp_path)
    old = statement(ID, at="2026-11-01T10:00:00Z")
    read(programme, old)
    removed(programme)
    late = statement(ID, at="2026-11-19T10:00:00Z")
    assert read(programme, old, late) == 0
    assert completed(programme)[0] == 0
    (tmp_path / "store" / "noroom.duckdb").unlink()
    assert read(programme, old, late, name="anew") == 0
    again = statement(ID, at="2026-11-21T10:00:00Z")
    assert read(programme, again, statement("e-2"), name="later") == 2


@pytest.mark.parametrize("given", often([MAIL, ID, ID.lower()]))
def test_every_id_of_the_row_finds_the_person(tmp_path: Path, given: str) -> None:
    programme = made(tmp_path)
    read(programme, statement(ID), statement("e-2"))
    found = removed(programme, [given])
    assert (found.facts, found.roster_rows) == (1, 1)


def test_nobody_else_is_touched(tmp_path: Path) -> None:
    shared = ROSTER + "acme-1,e-4,Di Dirks,bar,,shared@acme.example\n"
    programme = made(tmp_path, shared.replace(MAIL, f"{MAIL} shared@acme.example"))
    actor = {"mbox": "mailto:shared@acme.example"}
    common = statement(actor=actor, authority=authority("acme"))
    other = statement(ID, chain="bellevue")
    read(programme, statement(ID), statement("e-4"), common, other)
    with pytest.raises(InputError, match="forget-shared"):
        find_people(programme, "acme", ["shared@acme.example"])
    before = (tmp_path / "roster.csv").read_text("utf-8").splitlines()
    assert removed(programme).facts == 1
    after = (tmp_path / "roster.csv").read_text("utf-8").splitlines()
    assert [n for n, line in enumerate(before) if line != after[n]] == [1]


def test_forgetting_gives_no_hotel_a_certificate(tmp_path: Path) -> None:
    """Two of five: were the rows of the other three taken away, it would be all."""
    roster = "hotel,employee\n" + "".join(f"acme-1,person-{n}\n" for n in range(5))
    programme = made(tmp_path, roster)
    read(programme, statement("person-0"), statement("person-1"))
    removed(programme, ["person-2", "person-3", "person-4"])
    hotel = report(tmp_path)["hotels"][0]
    assert (hotel["percent"], hotel["certified"]) == (40, False)


def test_personal_codes_become_nobodys(tmp_path: Path) -> None:
    programme = made(tmp_path, "hotel,employee\n")
    codes = tmp_path / "codes.csv"
    codes.write_text(f"hotel,learner,issued_on\nacme-1,acme/{NAME},2026-01-01\n", "utf-8")
    assert removed(programme).personal_codes == 1
    [row] = csv.DictReader(codes.read_text("utf-8").splitlines())
    assert row["learner"].startswith("acme/") and NAME not in row["learner"]


@pytest.mark.parametrize("step", often(["rewrite", "store.delete_learners", "blank_roster"]))
def test_killed_in_between_it_is_ended_by_doing_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    programme = made(tmp_path)
    read(programme, statement(ID), statement("e-2"))

    def killed(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        place = {
            "store.delete_learners": "xapi_lrs_reports.store.fact_store.FactStore.delete_learners",
            "rewrite": "xapi_lrs_reports.people.forget.in_store.rewrite",
            "blank_roster": "xapi_lrs_reports.people.forget.in_files.write_or_refuse",
        }[step]
        patch.setattr(place, killed)
        with pytest.raises(KeyboardInterrupt):
            removed(programme)
    assert read(programme, statement(ID, at="2026-11-02T10:00:00Z"), name="b") == 0
    removed(programme)
    assert NAME.encode() not in bytes_on_disk(programme)
    assert completed(programme) == (1, 3)


def test_a_copy_that_was_left_half_written_is_replaced(tmp_path: Path) -> None:
    programme = made(tmp_path)
    read(programme, statement(ID), statement("e-2"), void(str(statement()["id"])))
    left = tmp_path / "store" / f"noroom.duckdb{rewriting.SUFFIX}"
    left.write_bytes(b"half of a store")
    removed(programme)
    assert not left.exists() and completed(programme) == (1, 3)


def packed(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, data)
    return made.getvalue()


def test_files_of_any_kind_that_name_the_person_are_said(tmp_path: Path) -> None:
    programme = made(tmp_path)
    line = f"acme-1,{ID.upper()},bar\n"
    digest = hashlib.sha1(f"mailto:{MAIL}".encode()).hexdigest()  # noqa: S324 - xAPI's own
    named = {
        "roster.csv.bak": line.encode(),
        ".roster.csv.swp": line.encode(),
        "export.CSV": line.encode("utf-16"),
        "old.ndjson.gz": gzip.compress(line.encode()),
        "old.ndjson.zst": zstd.compress(line.encode()),
        "hr/people.xlsx": packed("xl/sharedStrings.xml", f"<t>{ID}</t>".encode()),
        "hr/backup.zip": packed("roster.csv", line.encode()),
        "raw.ndjson": f'{{"mbox_sha1sum":"{digest}"}}'.encode(),
        "sync.log.2.gz": gzip.compress(line.encode()),
    }
    closed = {"people.xls": b"x", "torn.gz": gzip.compress(line.encode())[:-9], "list.7z": b"7z"}
    others = {"course.zip": packed("imsmanifest.xml", ID.encode()), "notes.bak": b"e-2"}
    for name, data in {**named, **closed, **others}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / ".git").mkdir()
    found = removed(programme)
    assert found.still_named_in == tuple(sorted(named))
    assert found.not_searched == (".git", *sorted(closed))
    assert all(name in receipt_text(found) for name in (*named, *closed))


def test_logs_that_were_rotated_are_logs(tmp_path: Path) -> None:
    programme = made(tmp_path)
    logs = [tmp_path / name for name in ("a.log", "B.LOG", "a.log.1", "a.log-20261101")]
    for log in logs:
        log.write_text(f"read {ID}\nread e-2\n", "utf-8")
    assert removed(programme).log_lines == len(logs)
    assert {log.read_text("utf-8") for log in logs} == {"read e-2\n"}


def test_what_a_killed_command_left_is_removed(tmp_path: Path) -> None:
    programme = made(tmp_path)
    read(programme, statement(ID), statement("e-2"))
    left = [tmp_path / ".roster.csv.k3j2x9_a", tmp_path / ".codes.csv.abcdefgh",
            tmp_path / ".noroom-x1y2z3w4", tmp_path / "store" / ".export.abc12345.old",
            tmp_path / "store" / ".roster.kept.parquet.abc12345"]  # fmt: skip
    for place in left:
        is_folder = "noroom-" in place.name or "export" in place.name
        file = place / "facts.parquet" if is_folder else place
        file.parent.mkdir(exist_ok=True)
        file.write_text(ROSTER, "utf-8")
    mine = tmp_path / ".config.settings"
    mine.write_text("x", "utf-8")
    young = removed(programme, is_dry=True)
    assert (young.leftovers, set(young.not_searched)) == (
        0, {str(place.relative_to(tmp_path)) for place in left},
    )  # fmt: skip
    for place in left:
        os.utime(place, (0, 0))
    assert removed(programme, is_dry=True).leftovers == len(left)
    assert all(place.exists() for place in left)
    found = removed(programme)
    assert (found.leftovers, found.not_searched) == (len(left), ())
    assert not any(place.exists() for place in left)
    assert mine.exists()
    assert ID.lower().encode() not in bytes_on_disk(programme)


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    programme = made(tmp_path)
    read(programme, statement(ID))
    before = bytes_on_disk(programme)
    found = removed(programme, is_dry=True)
    assert (found.facts, found.roster_rows, found.still_named_in) == (1, 1, ("a.ndjson",))
    assert bytes_on_disk(programme) == before


def test_a_damaged_list_lets_nobody_back_in(tmp_path: Path) -> None:
    programme = made(tmp_path)
    read(programme, statement(ID))
    removed(programme)
    list_file(tmp_path).write_text('{"format": 1, "key": ""}', "utf-8")
    with pytest.raises(InputError, match="forgotten-list"):
        read(programme, statement(ID), name="b")


def test_the_list_holds_no_pseudonym_and_no_common_digest(tmp_path: Path) -> None:
    texts = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        removed(made(folder))
        texts.append(set(json.loads(list_file(folder).read_text("utf-8"))["until"]))
        assert list_file(folder).stat().st_mode & 0o077 == 0
    assert texts[0].isdisjoint(texts[1]) and NAME not in str(texts)


def test_the_command_never_shows_the_id(tmp_path: Path) -> None:
    read(made(tmp_path), statement(ID))
    asked = noroom(tmp_path, "forget", "--chain", "acme", stdin=f"{ID}\nn\n".encode(), code=1)
    assert "Would be removed" in asked.stderr
    ids = tmp_path / "ids.txt"
    ids.write_text(f"\ufeff{ID}\n\n{ID}\n", "utf-8")
    run = noroom(tmp_path, "forget", "--chain", "acme", "--from", ids, "--yes", "--json")
    receipt = json.loads(run.stdout)
    assert receipt["people"] == 1 and receipt["removed"]["facts"] == 1
    assert receipt["still_named_in"] == ["a.ndjson", "ids.txt"]
    written = [file.read_text("utf-8") for file in (tmp_path / "store/receipts").iterdir()]
    assert len(written) == 2
    for text in (asked.output, run.output, *written):
        assert ID.lower() not in text.lower() and NAME not in text
    assert json.loads(next(one for one in written if one.startswith("{"))) == receipt


def test_what_names_nobody_or_nothing_is_refused(tmp_path: Path) -> None:
    made(tmp_path)
    empty = tmp_path / "ids.txt"
    for text, code in (("\n", "forget-nobody"), ("guest\n", "forget-anonymous")):
        empty.write_text(text, "utf-8")
        run = noroom(tmp_path, "forget", "--chain", "acme", "--from", empty, code=1)
        assert code in run.stderr
    run = noroom(tmp_path, "forget", "--chain", "acme", "--from", "-", "--yes", stdin=b"e-9")
    assert "Nothing was known" in run.stderr


def test_the_old_file_is_gone_before_another_command_may_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the store is copied nobody else can open it, so nothing of a sync can be lost."""
    programme = made(tmp_path)
    read(programme, statement(ID))
    from xapi_lrs_reports.store.opening import store_file

    seen: list[bool] = []
    real = rewriting.rewrite

    def watched(connection: Any, file: Path) -> None:
        inode = store_file(tmp_path).stat().st_ino
        real(connection, file)
        seen.append(store_file(tmp_path).stat().st_ino != inode)

    monkeypatch.setattr(in_store, "rewrite", watched)
    removed(programme)
    assert seen == [True] and not list((tmp_path / "store").glob("*.wal"))
