"""A wrong import is withdrawn: what it alone gave goes, and nothing else, whatever came before."""

from __future__ import annotations

import datetime
import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, example, given, settings

from programme.problems import InputError
from programme.pseudonym import pseudonym
from tests.reports.programme_files import make_programme, statement, void, write_lines
from tests.reports.test_commands import FIVE, imported, noroom, report
from xapi_lrs_reports.statements.statement import Fact, Void
from xapi_lrs_reports.store.batches.record import Origin
from xapi_lrs_reports.store.batches.withdraw import list_imports, restore, withdraw
from xapi_lrs_reports.store.fact_store import FactStore
from xapi_lrs_reports.store.opening import open_store
from xapi_lrs_reports.store.parquet import export_parquet, import_parquet

IDS = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(5)]
LRS, FILES = "lrs:main", ("a.csv", "b.csv", "c.csv")
Times = tuple[str, str]
Copies = dict[str, Times]


@dataclass
class Model:
    """What the store ought to hold: the copies of each giver, by the number of its import."""

    lrs: Copies = field(default_factory=dict)
    given: dict[int, Copies] = field(default_factory=dict)
    read: dict[tuple[str, frozenset[int]], int] = field(default_factory=dict)
    withdrawn: set[int] = field(default_factory=set)

    def facts(self) -> Copies:
        """Give each fact that a live import or the LRS gives, with the earliest of its times."""
        live = [copies for number, copies in self.given.items() if number not in self.withdrawn]
        found = {}
        for one in IDS:
            times = [copies[one] for copies in (self.lrs, *live) if one in copies]
            if times:
                found[one] = (min(time for time, _ in times), min(time for _, time in times))
        return found


def fact(number: int, source: str) -> Fact:
    """Give the copy of a fact that a source has: each says another time of storing."""
    hour = 10 + [LRS, *FILES].index(source) * (1 if number % 2 else -1)
    stored = f"2026-11-0{number + 1}T{hour:02}:00:00.000"
    return Fact(
        statement_id=IDS[number], verb="passed", course="no-room", course_version="1.0.0",
        chain="acme", learner=f"acme/{number}", hotel=None, hotel_source=None,
        evidence="self_asserted", completion=True, success=True, registration=None,
        timestamp=stored, stored=stored, sent_at=None, authority=None, language=None,
        source=source, line=number + 1,
    )  # fmt: skip


def times_of(store: FactStore) -> Copies:
    form = "'%Y-%m-%dT%H:%M:%S.%g'"
    query = f"SELECT CAST(statement_id AS VARCHAR), strftime(timestamp, {form}), strftime(stored, {form}) FROM facts"  # noqa: S608, E501
    return {one: (at, stored) for one, at, stored in store.connection.execute(query).fetchall()}


contents = st.frozensets(st.integers(0, 4), min_size=1, max_size=4)
steps = st.one_of(
    st.tuples(st.sampled_from([LRS, *FILES]), contents),
    st.tuples(st.sampled_from(["withdraw", "withdraw", "restore"]), st.integers(1, 4)),
)


def read(store: FactStore, model: Model, source: str, content: frozenset[int]) -> None:
    facts = [fact(number, source) for number in sorted(content)]
    copies = {one.statement_id: (one.timestamp, one.stored or "") for one in facts}
    digest = f"{source}{sorted(content)}"
    number = model.read.get((source, content))
    with store.transaction():
        if source == LRS:
            store.append(source, facts)
            model.lrs |= copies
            return
        origin = Origin(source, "lms_export", digest)
        if number in model.withdrawn:
            with pytest.raises(InputError, match="import-withdrawn"):
                store.begin(origin)
            return
        store.begin(origin)
        store.append(source, facts)
    number = number or len(model.given) + 1
    model.read[source, content] = number
    model.given[number] = copies


def change(store: FactStore, model: Model, what: str, number: int) -> None:
    wrong = number not in model.given or (number in model.withdrawn) is (what == "withdraw")
    run = withdraw if what == "withdraw" else restore
    given_by = {"by": "Bo", "reason": "wrong file"} if what == "withdraw" else {}
    numbers = {one.number: one for one in list_imports(store) if one.source != LRS}
    real = sorted(numbers)[number - 1] if 0 < number <= len(numbers) else 99
    if wrong:
        with pytest.raises(InputError, match="import-"):
            run(store, real, is_dry=False, **given_by)
        return
    before = times_of(store)
    dry = run(store, real, is_dry=True, **given_by)
    assert times_of(store) == before
    assert run(store, real, is_dry=False, **given_by) == dry
    assert dry.facts == abs(len(times_of(store)) - len(before))
    model.withdrawn ^= {number}


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(steps, min_size=3, max_size=12))
@example([("a.csv", frozenset({0})), ("b.csv", frozenset({0})), ("withdraw", 1), ("withdraw", 2)])
@example([("a.csv", frozenset({1})), ("withdraw", 1), (LRS, frozenset({1})), ("restore", 1),
          ("withdraw", 1)])  # fmt: skip
@example([("a.csv", frozenset({1})), ("withdraw", 1), ("b.csv", frozenset({1})), ("restore", 1),
          ("withdraw", 2), ("restore", 2), ("withdraw", 1)])  # fmt: skip
@example([("a.csv", frozenset({0, 3})), (LRS, frozenset({0})), ("c.csv", frozenset({0, 3})),
          ("withdraw", 1), ("withdraw", 2), ("restore", 1)])  # fmt: skip
@example([("c.csv", frozenset({0})), ("withdraw", 1), ("c.csv", frozenset({0, 1})), ("withdraw", 2),
          ("restore", 1), ("restore", 2)])  # fmt: skip
@example([(LRS, frozenset({2})), ("a.csv", frozenset({2})), ("withdraw", 1), ("restore", 1)])
@example([("a.csv", frozenset({0, 1})), ("a.csv", frozenset({1, 2})), ("withdraw", 1)])
def test_the_store_holds_what_the_imports_that_count_give(
    done: list[tuple[str, frozenset[int] | int]],
) -> None:
    """In any order: nothing that another gives is lost, and no time of a wrong file stays."""
    model = Model()
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        for what, given_now in done:
            if isinstance(given_now, int):
                change(store, model, what, given_now)
            else:
                read(store, model, what, given_now)
            assert times_of(store) == model.facts()


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


def voids_of(store: FactStore) -> set[tuple[str, ...]]:
    query = "SELECT CAST(statement_id AS VARCHAR), CAST(target_id AS VARCHAR), by_authority"
    return set(store.connection.execute(f"{query} FROM voids").fetchall())


void_steps = st.one_of(
    st.tuples(st.sampled_from(FILES), st.frozensets(st.integers(0, 3), min_size=1)),
    st.tuples(st.just(LRS), st.frozensets(st.integers(0, 3), min_size=1, max_size=1)),
    st.tuples(st.sampled_from(["withdraw", "withdraw", "restore"]), st.integers(1, 4)),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(void_steps, min_size=3, max_size=12))
@example([("a.csv", frozenset({0})), ("b.csv", frozenset({0})), ("withdraw", 1), ("withdraw", 2),
          ("restore", 1)])  # fmt: skip
@example([("a.csv", frozenset({0})), ("withdraw", 1), (LRS, frozenset({0})), ("restore", 1)])
def test_the_voids_are_those_of_the_imports_that_count(
    done: list[tuple[str, frozenset[int] | int]],
) -> None:
    """In any order: each void is there as long as something that counts gives it."""
    givers: dict[int, tuple[str, frozenset[int]]] = {}
    gone: set[int] = set()
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        for what, given_now in done:
            if isinstance(given_now, int):
                if (
                    (given_now in gone) is (what == "restore")
                    and given_now in givers
                    and (givers[given_now][0] != LRS)
                ):
                    words = {"by": "Bo", "reason": "wrong"} if what == "withdraw" else {}
                    (withdraw if what == "withdraw" else restore)(
                        store, given_now, is_dry=False, **words
                    )
                    gone ^= {given_now}
            else:
                read_voids(store, what, given_now, givers, gone)
            live = [ids for number, (_, ids) in givers.items() if number not in gone]
            wanted = {(IDS[4 - one], IDS[one], "boss") for one in frozenset().union(*live)}
            assert voids_of(store) == wanted


def read_voids(
    store: FactStore,
    source: str,
    ids: frozenset[int],
    givers: dict[int, tuple[str, frozenset[int]]],
    gone: set[int],
) -> None:
    """Read the voids of some statements from a source, unless the same file was withdrawn."""
    if source == LRS:
        number = next((one for one, (who, _) in givers.items() if who == LRS), len(givers) + 1)
        origin = Origin(LRS, "lrs")
        now = (LRS, ids | (givers[number][1] if number in givers else ids))
    else:
        number = next((n for n, one in givers.items() if one == (source, ids)), len(givers) + 1)
        origin, now = Origin(source, "statements", f"{source}{sorted(ids)}"), (source, ids)
    if number in gone:
        return
    with store.transaction():
        store.begin(origin)
        store.append(source, [Void(IDS[one], IDS[4 - one], "boss", source, 1) for one in ids])
    givers[number] = now


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
    unknown = noroom(tmp_path, "store", "restore", "7", code=1)
    assert "import-unknown" in unknown.stderr
    assert datetime.date.today().isoformat() in noroom(tmp_path, "store", "imports").stdout


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
