"""A store that an older noroom wrote is brought to the present layout, and loses nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from programme.directory import ProgrammeDirectory
from programme.problems import InputError
from tests.reports.programme_files import (
    statement,
    write_lines,
)
from tests.reports.stores import content, execute, filled
from tests.reports.test_commands import noroom
from xapi_lrs_reports.statements.import_files import import_files
from xapi_lrs_reports.store.migrate import migrate


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


@pytest.mark.slow
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


@pytest.mark.slow
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


def test_a_newer_store_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    programme = filled(tmp_path)
    execute(programme, "UPDATE meta SET value = '99'")
    with pytest.raises(InputError, match="store-version"):
        migrate(tmp_path)
    assert execute(programme, "SELECT value FROM meta") == [("99",)]
