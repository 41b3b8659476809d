"""The store is checked and read again, and loses and invents nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from programme.directory import read_programme
from tests.reports.programme_files import (
    PROGRAMME,
    make_programme,
    statement,
)
from tests.reports.stores import NOW, ROSTER, content, execute, filled, read
from tests.reports.test_commands import noroom
from xapi_lrs_reports.engines.rule_database import open_rule_database
from xapi_lrs_reports.people.forget.forget import forget
from xapi_lrs_reports.people.forget.leftovers import find_leftovers
from xapi_lrs_reports.people.forget.people import find_people
from xapi_lrs_reports.statements.import_files import import_files
from xapi_lrs_reports.statements.reread import reread
from xapi_lrs_reports.store.opening import READING_MB, open_store, store_file
from xapi_lrs_reports.store.store_check import check_store


def test_a_sound_store_has_nothing_wrong(tmp_path: Path) -> None:
    programme = filled(tmp_path)
    data = json.loads(noroom(tmp_path, "store", "check", "--json").stdout)
    assert data["counts"] == {
        "facts": 4, "learners": 4, "voids": 2, "orphan_voids": 1, "quarantined": 1,
            "withdrawn": 0,
    }  # fmt: skip
    assert data["problems"] == []
    assert [row["code"] for row in data["quarantine"]] == ["timestamp-missing"]
    said = noroom(programme.path, "store", "check").stdout
    assert "Add the timestamp" in said and "Nothing is wrong" in said


def test_repeated_facts_are_found_and_repaired(tmp_path: Path) -> None:
    programme = filled(tmp_path)
    before = content(programme)
    execute(programme, "INSERT INTO facts SELECT * FROM facts LIMIT 2")
    assert "store-repeated" in noroom(tmp_path, "store", "check", code=1).stderr
    assert check_store(programme, is_repair=True).repaired == 2
    assert check_store(programme).problems == []
    assert content(programme) == before


def test_a_backup_does_not_bring_back_who_was_forgotten(tmp_path: Path) -> None:
    programme = filled(tmp_path)
    backup = store_file(tmp_path).read_bytes()
    forget(programme, find_people(programme, "acme", ["person-1"]), now=NOW)
    store_file(tmp_path).write_bytes(backup)
    assert [one.code for one in check_store(programme).problems] == ["store-forgotten"]
    assert check_store(programme, is_repair=True).repaired == 1
    assert check_store(programme).counts["facts"] == 3


def test_damage_and_chains_that_are_gone_are_told(tmp_path: Path) -> None:
    programme = filled(tmp_path)
    execute(programme, "UPDATE facts SET verb = NULL WHERE line = 1")
    execute(programme, "UPDATE facts SET learner = 'bellevue/x' WHERE line = 2")
    execute(programme, "UPDATE facts SET chain = 'gone', learner = 'gone/x' WHERE line = 3")
    [damaged, gone] = check_store(programme).problems
    assert (damaged.code, gone.code, gone.severity) == ("store-damaged", "store-chain", "warning")
    assert damaged.what.startswith("2 facts")


def test_several_in_one_line_are_several_in_the_quarantine(tmp_path: Path) -> None:
    """An export is often one line, and what is broken has no id."""
    programme = make_programme(tmp_path, roster=ROSTER)
    (tmp_path / "a.json").write_text('[{"a": 1}, {"a": 2}, {broken}, {broken}]', "utf-8")
    for _ in range(2):
        run = noroom(tmp_path, "import", tmp_path / "a.json", "--json", code=1)
        assert json.loads(run.stdout)["sources"][0]["quarantined"] == 4
        assert check_store(programme).counts["quarantined"] == 4


def test_what_a_killed_command_left_of_its_memory_goes_with_the_next_one(tmp_path: Path) -> None:
    programme = filled(tmp_path)
    left = programme.path / "store" / "noroom.duckdb.tmp"
    left.mkdir()
    (left / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"pseudonyms")
    with open_store(programme.path, memory_mb=READING_MB) as store:
        assert not left.exists()
        query = "SELECT current_setting('memory_limit')"
        tenths = READING_MB * 10_000_000 // 2**20  # DuckDB cuts the rest off
        expected = f"{tenths // 10}.{tenths % 10} MiB"
        assert store.connection.execute(query).fetchone() == (expected,)
    assert check_store(programme).counts["facts"]


@pytest.mark.parametrize("is_ours", [True, False])
def test_what_a_report_s_memory_spills_lies_where_forget_looks(
    is_ours: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme, elsewhere = filled(tmp_path / "programme"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("os.access", lambda path, _: is_ours and Path(path) == programme.path)
    before = sorted(tmp_path.rglob("*"))
    with open_rule_database(programme.path) as database:
        assert is_ours is (sorted(tmp_path.rglob("*")) == before), "made when it is needed"
        large = "CREATE TABLE large AS SELECT md5(i::VARCHAR) FROM range(500000) r(i)"
        database.connection.execute("SET memory_limit = '16MB'; SET threads = 1")
        database.connection.execute(large)
        (spilled,) = find_leftovers(programme.path if is_ours else tmp_path)
        assert any(spilled.iterdir())
        assert is_ours or spilled.stat().st_mode & 0o077 == 0
        assert not any(elsewhere.iterdir())
    assert sorted(tmp_path.rglob("*")) == before


def test_what_was_quarantined_is_read_again_after_a_fix(tmp_path: Path) -> None:
    programme = filled(tmp_path)
    foreign = {"objectType": "Agent", "mbox": "mailto:new@noroom.example"}
    read(programme, statement("person-4", authority=foreign), name="b")
    text = PROGRAMME.replace("authorities:", "authorities:\n  - mbox: mailto:new@noroom.example")
    (tmp_path / "programme.yaml").write_text(text, "utf-8")
    found = reread(read_programme(tmp_path))
    assert "b.ndjson: quarantined 1 before, 0 now; 1 new" in found.text()
    assert check_store(programme).counts["quarantined"] == 1
    assert [one.source for one in found.readings] == ["a.ndjson", "b.ndjson"]


def test_a_sequence_of_texts_is_read_again_as_the_statements_it_holds(tmp_path: Path) -> None:
    """RFC 7464: a sign of its own stands before every text."""
    programme = make_programme(tmp_path)
    file = tmp_path / "s.json"
    file.write_text(f"\x1e{json.dumps(statement('person-1'))}\n\x1e{{broken\n", "utf-8")
    [reading] = import_files(programme, [file], stdin=None).readings  # type: ignore[arg-type]
    assert (reading.tally.new, reading.tally.quarantined) == (1, 1)
    assert reread(programme).text() == "s.json: quarantined 1 before, 1 now; 0 new\n"


def test_what_is_no_file_of_statements_is_not_read_as_one(tmp_path: Path) -> None:
    programme = filled(tmp_path)
    (tmp_path / "list.csv").write_text("employee;status\nperson-1;?\n", "utf-8")
    for source in ("list.csv", "lrs:main", "stdin-0123"):
        execute(
            programme,
            "INSERT INTO quarantine SELECT * REPLACE ('" + source + "' AS source) "
            "FROM quarantine WHERE source = 'a.ndjson'",
        )
    (tmp_path / "a.ndjson").unlink()
    before = content(programme)
    run = noroom(tmp_path, "store", "reread", code=1)
    assert run.stderr.count("warning[reread-elsewhere]") == 3
    assert "error[file-unreadable]" in run.stderr
    assert content(programme) == before
