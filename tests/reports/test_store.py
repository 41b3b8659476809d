"""The store is checked, migrated, exported and imported, and loses and invents nothing."""

from __future__ import annotations

import contextlib
import datetime
import json
from pathlib import Path

import pytest

from programme.directory import ProgrammeDirectory, read_programme
from programme.problems import InputError
from tests.reports.programme_files import (
    PROGRAMME,
    make_programme,
    statement,
    void,
    write_lines,
)
from tests.reports.test_commands import noroom
from xapi_lrs_reports.people.forget.forget import forget
from xapi_lrs_reports.people.forget.people import find_people
from xapi_lrs_reports.statements.import_files import import_files
from xapi_lrs_reports.statements.reread import reread
from xapi_lrs_reports.store.migrate import migrate
from xapi_lrs_reports.store.opening import READING_MB, connect, open_store, store_file
from xapi_lrs_reports.store.parquet import MANIFEST, export_parquet, import_parquet
from xapi_lrs_reports.store.store_check import check_store
from xapi_lrs_reports.store.store_schema import FACT_COLUMNS

ROSTER = "hotel,employee\n" + "".join(f"acme-1,person-{n}\n" for n in range(5))
NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)


def filled(folder: Path) -> ProgrammeDirectory:
    """Give a programme with facts, a void, an orphan void, a repeat and something quarantined."""
    programme = make_programme(folder, roster=ROSTER)
    given = [statement(f"person-{n}", at=f"2026-11-0{n + 1}T10:00:00.125Z") for n in range(4)]
    odd = statement("person-4", timestamp=None)
    voids = [void(str(given[0]["id"])), void(str(statement()["id"]))]
    read(programme, *given, given[1], *voids, odd)
    return programme


def read(programme: ProgrammeDirectory, *statements: dict[str, object], name: str = "a") -> None:
    file = write_lines(programme.path / f"{name}.ndjson", statements)
    assert not import_files(programme, [file], stdin=None).problems  # type: ignore[arg-type]


def execute(programme: ProgrammeDirectory, query: str) -> list[tuple[object, ...]]:
    with contextlib.closing(connect(store_file(programme.path))) as connection:
        return connection.execute(query).fetchall()


def content(programme: ProgrammeDirectory) -> list[list[tuple[object, ...]]]:
    tables = {"facts": ", ".join(FACT_COLUMNS), "voids": "*", "quarantine": "*", "sources": "*"}
    queries = [f"SELECT {names} FROM {table} ORDER BY ALL" for table, names in tables.items()]  # noqa: S608
    found = [execute(programme, query) for query in queries]
    found[3] = [row for row in found[3] if row[1]]
    return found


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


def to_layout_5(programme: ProgrammeDirectory) -> None:
    for query in (
        "INSERT INTO given SELECT statement_id, first_batch, line, timestamp, stored, sent_at, "
        "authority FROM facts",
        "ALTER TABLE facts DROP first_batch",
        "ALTER TABLE withdrawn DROP first_batch",
        "UPDATE meta SET value = '5'",
    ):
        execute(programme, query)


def to_layout_2(programme: ProgrammeDirectory) -> None:
    to_layout_5(programme)
    for query in (
        "DROP TABLE batches",
        "DROP TABLE given",
        "DROP TABLE withdrawn",
        "UPDATE meta SET value = '2'",
    ):
        execute(programme, query)


def to_layout_1(programme: ProgrammeDirectory) -> None:
    to_layout_2(programme)
    for query in (
        "ALTER TABLE facts DROP authority",
        "UPDATE meta SET value = '1'",
        "INSERT INTO cursors VALUES ('lrs:a', '2026-11-01', 'x')",
    ):
        execute(programme, query)


def test_an_older_store_is_migrated_and_goes_on(tmp_path: Path) -> None:
    programme = filled(tmp_path)
    whole = content(programme)
    to_layout_1(programme)
    for command in (["report"], ["store", "check"], ["import", tmp_path / "a.ndjson"]):
        assert "noroom store migrate" in noroom(tmp_path, *command, code=1).stderr
    assert "the next noroom sync" in noroom(tmp_path, "store", "migrate").stdout
    assert execute(programme, "SELECT * FROM cursors") == []
    assert "nothing was changed" in noroom(tmp_path, "store", "migrate").stdout
    import_files(programme, [tmp_path / "a.ndjson"], stdin=None)  # type: ignore[arg-type]
    assert content(programme)[:3] == whole[:3]


def test_an_older_store_knows_which_file_gave_what(tmp_path: Path) -> None:
    """A file that was read before batches were kept is still one that gives its facts."""
    programme = filled(tmp_path)
    to_layout_2(programme)
    noroom(tmp_path, "store", "migrate")
    write_lines(tmp_path / "b.ndjson", (tmp_path / "a.ndjson").read_text("utf-8").splitlines())
    noroom(tmp_path, "import", tmp_path / "b.ndjson")
    [earlier, again] = json.loads(noroom(tmp_path, "store", "imports", "--json").stdout)["imports"]
    assert (earlier["kind"], again["kind"]) == ("earlier", "statements")
    why = ("--by", "Bo", "--reason", "wrong")
    noroom(tmp_path, "store", "withdraw", again["import"], *why)
    assert execute(programme, "SELECT count(*) FROM facts") == [(4,)]


def copied(programme: ProgrammeDirectory) -> tuple[object, ...]:
    return execute(programme, "SELECT count(*) FROM given")[0]


def test_what_one_file_gave_is_written_once_until_another_gives_it(tmp_path: Path) -> None:
    programme = filled(tmp_path)
    assert copied(programme) == (0,)
    lines = (tmp_path / "a.ndjson").read_text("utf-8").splitlines()
    noroom(tmp_path, "import", write_lines(tmp_path / "b.ndjson", lines[1:]))
    assert copied(programme) == (6,)


def test_a_store_in_which_everything_was_written_twice_goes_on(tmp_path: Path) -> None:
    programme = filled(tmp_path)
    whole = content(programme)
    to_layout_5(programme)
    assert "noroom store migrate" in noroom(tmp_path, "report", code=1).stderr
    assert "written once" in noroom(tmp_path, "store", "migrate").stdout
    assert content(programme) == whole
    lines = [*(tmp_path / "a.ndjson").read_text("utf-8").splitlines(), json.dumps(statement())]
    noroom(tmp_path, "import", write_lines(tmp_path / "b.ndjson", lines))
    why = ("--by", "Bo", "--reason", "wrong")
    left = []
    for change in (["withdraw", 1, *why], ["withdraw", 2, *why], ["restore", 1], ["restore", 2]):
        noroom(tmp_path, "store", *change)
        left.append(execute(programme, "SELECT count(*), count(DISTINCT source) FROM facts")[0])
    assert left == [(5, 1), (0, 0), (4, 1), (5, 2)]


def test_what_was_withdrawn_before_is_restored_whole_after_a_migration(tmp_path: Path) -> None:
    """Layout 6 kept one row of a fact that waits, and every copy of it apart."""
    programme = filled(tmp_path)
    whole = content(programme)
    lines = (tmp_path / "a.ndjson").read_text("utf-8").splitlines()
    noroom(tmp_path, "import", write_lines(tmp_path / "b.ndjson", lines[1:]))
    for number in (1, 2):
        noroom(tmp_path, "store", "withdraw", number, "--by", "Bo", "--reason", "wrong")
    copies = "statement_id, first_batch, line, timestamp, stored, sent_at, authority"
    for query in (
        f"INSERT INTO given SELECT {copies} FROM withdrawn",  # noqa: S608 - constants
        "DELETE FROM withdrawn WHERE first_batch = 2",
        "UPDATE withdrawn SET first_batch = NULL WHERE line = 2",
        "UPDATE meta SET value = '6'",
    ):
        execute(programme, query)
    assert "kept from now" in noroom(tmp_path, "store", "migrate").stdout
    for number, facts in ((2, 3), (1, 1)):
        done = noroom(tmp_path, "store", "restore", number, "--json").stdout
        assert json.loads(done)["facts"] == facts
    assert content(programme)[0] == whole[0] and copied(programme) == (7,)


def test_several_in_one_line_are_several_in_the_quarantine(tmp_path: Path) -> None:
    """An export is often one line, and what is broken has no id."""
    programme = make_programme(tmp_path, roster=ROSTER)
    (tmp_path / "a.json").write_text('[{"a": 1}, {"a": 2}, {broken}, {broken}]', "utf-8")
    for _ in range(2):
        run = noroom(tmp_path, "import", tmp_path / "a.json", "--json", code=1)
        assert json.loads(run.stdout)["sources"][0]["quarantined"] == 4
        assert check_store(programme).counts["quarantined"] == 4


def test_a_newer_store_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    programme = filled(tmp_path)
    execute(programme, "UPDATE meta SET value = '99'")
    with pytest.raises(InputError, match="store-version"):
        migrate(tmp_path)
    assert execute(programme, "SELECT value FROM meta") == [("99",)]


def test_export_and_import_give_the_same_store(tmp_path: Path) -> None:
    one, two = filled(tmp_path / "one"), make_programme(tmp_path / "two", roster=ROSTER)
    place = tmp_path / "export"
    noroom(one.path, "store", "export", place)
    for new in (4, 0):
        data = json.loads(noroom(two.path, "store", "import", place, "--json").stdout)
        assert data["new"] == new
        assert content(two) == content(one)


def test_an_export_is_replaced_and_nothing_else_is(tmp_path: Path) -> None:
    programme = filled(tmp_path)
    place = tmp_path / "store" / "parquet"
    for _ in range(2):
        noroom(tmp_path, "store", "export")
    assert sorted(file.name for file in place.iterdir())[:2] == ["facts.parquet", MANIFEST]
    (tmp_path / "mine").mkdir()
    with open_store(programme.path) as store, pytest.raises(InputError, match="parquet-folder"):
        export_parquet(store, tmp_path / "mine")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda place: (place / MANIFEST).unlink(), "parquet-broken"),
        (lambda place: (place / "facts.parquet").write_bytes(b"PAR1"), "parquet-broken"),
        (lambda place: (place / "voids.parquet").unlink(), "parquet-broken"),
        (
            lambda place: (place / MANIFEST).write_text(
                (place / MANIFEST).read_text("utf-8").replace('"facts": 4', '"facts": 5'), "utf-8"
            ),
            "parquet-broken",
        ),
        (
            lambda place: (place / MANIFEST).write_text(
                (place / MANIFEST).read_text("utf-8").replace('"3"', '"9"'), "utf-8"
            ),
            "parquet-version",
        ),
    ],
)
def test_a_damaged_export_is_refused_whole(tmp_path: Path, damage: object, code: str) -> None:
    one, two = filled(tmp_path / "one"), make_programme(tmp_path / "two")
    with open_store(one.path) as store:
        export_parquet(store, tmp_path / "export")
    damage(tmp_path / "export")  # type: ignore[operator]
    with open_store(two.path) as store, pytest.raises(InputError, match=code):
        import_parquet(store, tmp_path / "export")
    assert check_store(two).counts["facts"] == 0


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


def test_who_was_forgotten_leaves_exports_and_comes_back_from_none(tmp_path: Path) -> None:
    programme = filled(tmp_path / "programme")
    inside, outside = programme.path / "store" / "parquet", tmp_path / "outside"
    with open_store(programme.path) as store:
        for place in (inside, outside, tmp_path / "old"):
            export_parquet(store, place)
    person = find_people(programme, "acme", ["person-1"])
    name = next(iter(person[0].learners)).rpartition("/")[2].encode()
    found = forget(programme, person, now=NOW, exports=[outside])
    assert found.parquet_rows == 2
    for place in (inside, outside):
        [counted] = execute(
            programme,
            f"SELECT count(*) FROM '{place}/facts.parquet'",  # noqa: S608
        )
        assert counted == (3,)
        assert name not in (place / "facts.parquet").read_bytes()
    with open_store(programme.path) as store:
        assert import_parquet(store, tmp_path / "old").new == 0


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
