"""A wrong import is withdrawn: what it alone gave goes, and nothing else, whatever came before."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from msgspec.structs import replace

from programme.pseudonym import pseudonym
from tests.reports.programme_files import make_programme, statement, void, write_lines
from tests.reports.test_commands import FIVE, imported, noroom, report
from tests.reports.withdraw_model import IDS, LRS, fact, times_of
from xapi_lrs_reports.store.batches.withdraw import list_imports, restore, withdraw
from xapi_lrs_reports.store.opening import open_store
from xapi_lrs_reports.store.parquet import export_parquet, import_parquet


def counted(folder: Path) -> int:
    found: int = report(folder)["hotels"][0]["completed"]
    return found


def export(folder: Path, name: str, people: list[int]) -> None:
    rows = "".join(f"e-{n},e-{n}@acme.example,Completed,2026-11-02\n" for n in people)
    (folder / name).write_text(f"Username,Email address,No Room,No Room date\n{rows}", "utf-8")
    given_options = ("--chain", "acme", "--course", "no-room", "--preset", "other",
                     "--column", "learner=Username", "--column", "status=No Room",
                     "--column", "completed=No Room date", "--completed-means", "passed",
                     "--confirmed-by", "Bo")  # fmt: skip
    noroom(folder, "import", folder / name, *given_options)


def imports(folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(
        noroom(folder, "store", "imports", "--json").stdout
    )["imports"]
    return found


def test_a_wrong_export_of_an_lms_is_withdrawn_and_restored(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=FIVE)
    imported(tmp_path, statement("e-0"))
    export(tmp_path, "right.csv", [1, 2])
    export(tmp_path, "wrong.csv", [2, 3, 4])
    assert counted(tmp_path) == 5
    assert [(one["import"], one["source"], one["completions"]) for one in imports(tmp_path)] == [
        (1, "a.ndjson", 1), (2, "right.csv", 2), (3, "wrong.csv", 3)]  # fmt: skip
    why = ("--by", "Bo", "--reason", "last year's people")
    dry = noroom(tmp_path, "store", "withdraw", "3", *why, "--dry-run").stdout
    assert dry.startswith("Would be withdrawn") and counted(tmp_path) == 5
    done = json.loads(noroom(tmp_path, "store", "withdraw", "3", *why, "--json").stdout)
    assert (done["completions"], done["given_by_others"]) == (2, 1)
    assert counted(tmp_path) == 3
    assert imports(tmp_path)[2]["reason"] == "last year's people"
    assert "withdrawn on" in noroom(tmp_path, "store", "imports").stdout
    (tmp_path / "copy.csv").write_bytes((tmp_path / "wrong.csv").read_bytes())
    again = noroom(tmp_path, "store", "withdraw", "3", *why, code=1)
    assert "import-state" in again.stderr
    noroom(tmp_path, "store", "restore", "3")
    assert counted(tmp_path) == 5


def test_a_file_that_is_read_again_in_another_way_says_what_goes_on_counting(
    tmp_path: Path,
) -> None:
    """Without the words, people of an export that was read for a wrong hotel count in both."""
    hotels = "hotel,name,chain\nacme-1,Acme One,acme\nacme-2,Acme Two,acme\n"
    make_programme(tmp_path, hotels=hotels)
    text = "Login,Status,Completion date\n"
    rows = "e-1,Passed,2026-11-02\n", "e-2,Passed,2026-11-02\n"
    how = ("--preset", "other", "--chain", "acme", "--course", "no-room", "--confirmed-by", "Bo")

    def read_for(hotel: str, *people: str) -> str:
        (tmp_path / "e.csv").write_text(text + "".join(people), "utf-8")
        return noroom(tmp_path, "import", tmp_path / "e.csv", *how, "--hotel", hotel).stdout

    assert "Import" not in read_for("acme-1", rows[0])
    assert "Import" not in read_for("acme-1", *rows)
    said = read_for("acme-2", *rows)
    assert "Import 1 of a file of this name gave 1 completion that this" in said
    assert "Import 2 of a file of this name gave 2 completions that this" in said
    for number in "12":
        noroom(tmp_path, "store", "withdraw", number, "--by", "Bo", "--reason", "wrong hotel")
    assert "Import" not in read_for("acme-2", *rows)
    assert [one["completed"] for one in report(tmp_path)["hotels"]] == [0, 2]


def test_a_file_that_was_withdrawn_does_not_come_back_by_itself(tmp_path: Path) -> None:
    """A nightly import of the same folder, or of a copy, is not a person's decision."""
    make_programme(tmp_path, roster=FIVE)
    imported(tmp_path, statement("e-0"), statement("e-1"))
    noroom(tmp_path, "store", "withdraw", "1", "--by", "Bo", "--reason", "test data")
    (tmp_path / "copy.ndjson").write_bytes((tmp_path / "a.ndjson").read_bytes())
    for name in ("a.ndjson", "copy.ndjson"):
        refused = noroom(tmp_path, "import", tmp_path / name, code=1)
        assert "import-withdrawn" in refused.stderr and "restore 1" in refused.stderr
    assert counted(tmp_path) == 0


def test_a_corrected_file_of_the_same_name_is_another_import(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=FIVE)
    kept, wrong = statement("e-0"), statement("e-1")
    imported(tmp_path, kept, wrong)
    imported(tmp_path, kept, statement("e-2"))
    assert (len(imports(tmp_path)), counted(tmp_path)) == (2, 3)
    noroom(tmp_path, "store", "withdraw", "1", "--by", "Bo", "--reason", "e-1 never did it")
    assert counted(tmp_path) == 2
    assert imported(tmp_path, kept, statement("e-3"))["duplicates"] == 1


WHY = ("--by", "Bo", "--reason", "wrong")


def test_a_withdrawn_file_takes_its_voids_with_it(tmp_path: Path) -> None:
    """Else a wrong file could take completions away for good."""
    make_programme(tmp_path, roster=FIVE)
    taken = statement("e-0")
    imported(tmp_path, taken, statement("e-1"))
    voids = [void(str(taken["id"]))]
    imported(tmp_path, *voids, name="b.ndjson")
    imported(tmp_path, *voids, statement("e-2"), name="c.ndjson")
    assert counted(tmp_path) == 2
    assert (
        json.loads(noroom(tmp_path, "store", "withdraw", "2", *WHY, "--json").stdout)["voids"] == 0
    )
    assert counted(tmp_path) == 2  # c.ndjson voids it too
    done = noroom(tmp_path, "store", "withdraw", "3", *WHY)
    assert "1  voids" in done.stdout and counted(tmp_path) == 2  # without e-2, with e-0
    noroom(tmp_path, "store", "restore", "2")
    assert counted(tmp_path) == 1


def test_what_an_older_noroom_read_is_read_again_first(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=FIVE)
    sent = [statement("e-0"), statement("e-1")]
    imported(tmp_path, *sent)
    with open_store(tmp_path) as store, store.transaction():
        store.connection.execute("UPDATE batches SET kind = 'earlier', digest = ''")
    why = ("--by", "Bo", "--reason", "wrong")
    refused = noroom(tmp_path, "store", "withdraw", "1", *why, code=1)
    assert "import-earlier" in refused.stderr
    imported(tmp_path, *sent)
    noroom(tmp_path, "store", "withdraw", "1", *why)
    assert (counted(tmp_path), len(imports(tmp_path))) == (0, 1)


def test_who_is_forgotten_is_forgotten_in_a_withdrawn_import_too(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=FIVE)
    imported(tmp_path, statement("e-0"), statement("e-1"))
    noroom(tmp_path, "store", "withdraw", "1", "--by", "Bo", "--reason", "wrong")
    store = tmp_path / "store" / "noroom.duckdb"
    assert pseudonym("e-0", "acme").encode() in store.read_bytes()
    noroom(tmp_path, "forget", "--chain", "acme", "--from", "-", "--yes", stdin=b"e-0")
    assert pseudonym("e-0", "acme").encode() not in store.read_bytes()
    restored = json.loads(noroom(tmp_path, "store", "restore", "1", "--json").stdout)
    assert (restored["facts"], counted(tmp_path)) == (1, 1)


def test_a_withdrawn_import_waits_for_review_no_longer(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=FIVE)
    write_lines(tmp_path / "b.ndjson", [statement("e-0"), '{"id": "broken'])
    noroom(tmp_path, "import", tmp_path / "b.ndjson")
    assert "statement-json" in noroom(tmp_path, "explain", "--quarantine").stdout
    noroom(tmp_path, "store", "withdraw", "1", "--by", "Bo", "--reason", "wrong")
    assert "Nothing is quarantined" in noroom(tmp_path, "explain", "--quarantine").stdout
    assert "import it again" in noroom(tmp_path, "store", "restore", "1").stdout
    noroom(tmp_path, "import", tmp_path / "b.ndjson")
    assert "statement-json" in noroom(tmp_path, "explain", "--quarantine").stdout
    unknown = noroom(tmp_path, "store", "restore", "7", code=1)
    assert "import-unknown" in unknown.stderr
    today = datetime.datetime.now(datetime.UTC).date()
    assert str(today) in noroom(tmp_path, "store", "imports").stdout


def test_an_export_that_came_twice_is_withdrawn_whole(tmp_path: Path) -> None:
    """Its facts name an LRS that this store reads too, and which gave none of them."""
    with open_store(tmp_path / "one") as store:
        with store.transaction():
            store.append(LRS, [fact(0, LRS), fact(1, LRS)])
        export_parquet(store, tmp_path / "export")
    with open_store(tmp_path / "two") as store:
        with store.transaction():
            store.append(LRS, [fact(2, LRS)])
        assert [import_parquet(store, tmp_path / "export").new for _ in range(2)] == [2, 0]
        [export] = [one for one in list_imports(store) if one.kind == "parquet"]
        assert withdraw(store, export.number, by="Bo", reason="wrong", is_dry=False).facts == 2
        assert set(times_of(store)) == {IDS[2]}
        assert restore(store, export.number, is_dry=False).facts == 2
        assert set(times_of(store)) == set(IDS[:3])


def test_who_contradicts_whom_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    """One id, two people: the first counts, the other waits or is read again."""
    make_programme(tmp_path, roster=FIVE)
    right = statement("e-0")
    wrong = {**statement("e-1"), "id": right["id"]}
    imported(tmp_path, right)
    noroom(tmp_path, "store", "withdraw", "1", *WHY)
    imported(tmp_path, wrong, statement("e-2"), name="b.ndjson")
    said = noroom(tmp_path, "store", "restore", "1").stdout
    assert "1  facts stay out: " in said and "b.ndjson said something else" in said
    assert "0  facts stay as they are" in said and counted(tmp_path) == 2
    said = noroom(tmp_path, "store", "withdraw", "2", *WHY).stdout
    assert "1  facts of other imports" in said and counted(tmp_path) == 1
    assert counted_people(tmp_path) == {pseudonym("e-0", "acme")}


def counted_people(folder: Path) -> set[str]:
    with open_store(folder) as store:
        rows = store.connection.execute("SELECT learner FROM facts").fetchall()
    return {learner.partition("/")[2] for (learner,) in rows}


def test_what_was_refused_of_a_parquet_export_is_read_again_from_it(tmp_path: Path) -> None:
    """Its facts name files of another machine, which nobody could import here."""
    here, there = tmp_path / "here", tmp_path / "there"
    right = statement("e-1")
    make_programme(here, roster=FIVE)
    make_programme(there, roster=FIVE)
    imported(here, {**right, "actor": statement("e-2")["actor"]})
    imported(there, right)
    noroom(there, "store", "export", tmp_path / "pq")
    noroom(here, "store", "import", tmp_path / "pq")
    again = noroom(here, "store", "reread").stderr
    assert "pq: warning[reread-elsewhere]" in again and "noroom store import again" in again
    said = noroom(here, "store", "withdraw", 1, "--by", "Bo", "--reason", "forged").stdout
    assert "statements of pq." in said
    noroom(here, "store", "import", tmp_path / "pq")
    assert counted_people(here) == counted_people(there)
    assert "Nothing is quarantined" in noroom(here, "explain", "--quarantine").stdout


def test_what_was_refused_because_of_a_wrong_file_is_read_again(tmp_path: Path) -> None:
    """An LRS would otherwise never say again what stands before its cursor."""
    make_programme(tmp_path, roster=FIVE)
    right = statement("e-0")
    imported(tmp_path, {**statement("e-1"), "id": right["id"]})
    write_lines(tmp_path / "b.ndjson", [right])
    noroom(tmp_path, "import", tmp_path / "b.ndjson", code=1)
    with open_store(tmp_path) as store, store.transaction():
        for source in (LRS, "lrs:other"):
            store.set_cursor(source, "2026-11-20", "x")
        refused = replace(fact(0, LRS), statement_id=str(right["id"]))
        assert store.append(LRS, [refused]).quarantined == 1
    said = noroom(tmp_path, "store", "withdraw", "1", *WHY).stdout
    assert f"b.ndjson, {LRS}" in said and "read again" in said
    with open_store(tmp_path) as store:
        assert [store.cursor(one, "x") is None for one in (LRS, "lrs:other")] == [True, False]
    assert imported(tmp_path, right, name="b.ndjson")["new"] == 1
