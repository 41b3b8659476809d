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
from msgspec.structs import replace

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
Copy = tuple[str, str, str]
Copies = dict[str, Copy]
OF_LRS = 0


@dataclass
class Model:
    """What the store ought to hold: of each fact the copies of its givers, the LRS being one.

    `waiting` has what an import gives, and does not count; by id and import.
    """

    given: dict[str, dict[int, Copy]] = field(default_factory=dict)
    waiting: dict[tuple[str, int], Copy] = field(default_factory=dict)
    read: dict[tuple[str, frozenset[int]], int] = field(default_factory=dict)
    withdrawn: set[int] = field(default_factory=set)

    def take(self, number: int, copies: Copies) -> Copies:
        """Read what a giver has, and give what contradicts a fact and so is not taken."""
        refused = {}
        for one, copy in copies.items():
            givers = self.given.setdefault(one, {})
            if all(other[0] == copy[0] for other in givers.values()):
                givers.setdefault(number, copy)
            else:
                refused[one] = copy
        return refused

    def withdraw(self, number: int) -> None:
        """Take out what an import alone gives, with what withdrawn ones gave too."""
        self.withdrawn.add(number)
        for one, givers in self.given.items():
            if number in givers and not set(givers) - self.withdrawn:
                self.waiting |= {(one, giver): copy for giver, copy in givers.items()}
                givers.clear()
        self.settle()

    def restore(self, number: int) -> None:
        """Let an import count again."""
        self.withdrawn.remove(number)
        self.settle()

    def settle(self) -> None:
        """Let in what waits of live imports, the first import first."""
        for one, number in sorted(self.waiting):
            if number not in self.withdrawn:
                copy = self.waiting.pop((one, number))
                if self.take(number, {one: copy}):
                    self.waiting[one, number] = copy

    def facts(self) -> Copies:
        """Give each fact with the earliest of the times of live givers."""
        found = {}
        for one, givers in self.given.items():
            live = [copy for number, copy in givers.items() if number not in self.withdrawn]
            if live:
                found[one] = (live[0][0], min(copy[1] for copy in live), min(c[2] for c in live))
        return found


def fact(number: int, source: str) -> Fact:
    """Give the copy of a fact that a source has: each says another time of storing.

    Of the last one b.csv and the LRS say that another person did it.
    """
    hour = 10 + [LRS, *FILES].index(source) * (1 if number % 2 else -1)
    stored = f"2026-11-0{number + 1}T{hour:02}:00:00.000"
    person = "other" if number == 4 and source in ("b.csv", LRS) else str(number)
    return Fact(
        statement_id=IDS[number], verb="passed", course="no-room", course_version="1.0.0",
        chain="acme", learner=f"acme/{person}", hotel=None, hotel_source=None,
        evidence="self_asserted", completion=True, success=True, registration=None,
        timestamp=stored, stored=stored, sent_at=None, authority=None, language=None,
        source=source, line=number + 1,
    )  # fmt: skip


def times_of(store: FactStore) -> Copies:
    form = "'%Y-%m-%dT%H:%M:%S.%g'"
    query = f"SELECT CAST(statement_id AS VARCHAR), learner, strftime(timestamp, {form}), strftime(stored, {form}) FROM facts"  # noqa: S608, E501
    return {one: tuple(copy) for one, *copy in store.connection.execute(query).fetchall()}


contents = st.frozensets(st.integers(0, 4), min_size=1, max_size=4)
steps = st.one_of(
    st.tuples(st.sampled_from([LRS, *FILES]), contents),
    st.tuples(st.sampled_from(["withdraw", "withdraw", "restore"]), st.integers(1, 4)),
)


def read(store: FactStore, model: Model, source: str, content: frozenset[int]) -> None:
    facts = [fact(number, source) for number in sorted(content)]
    copies = {one.statement_id: (one.learner, one.timestamp, one.stored or "") for one in facts}
    digest = f"{source}{sorted(content)}"
    number = model.read.get((source, content))
    with store.transaction():
        if source == LRS:
            refused = model.take(OF_LRS, copies)
            assert store.append(source, facts).quarantined == len(refused)
            return
        origin = Origin(source, "lms_export", digest)
        if number in model.withdrawn:
            with pytest.raises(InputError, match="import-withdrawn"):
                store.begin(origin)
            return
        store.begin(origin)
        store.append(source, facts)
    number = model.read.setdefault((source, content), len(model.read) + 1)
    model.take(number, copies)


def change(store: FactStore, model: Model, what: str, number: int) -> None:
    wrong = number > len(model.read) or (number in model.withdrawn) is (what == "withdraw")
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
    moved = len(times_of(store)) - len(before)
    assert moved == (dry.returned - dry.facts if what == "withdraw" else dry.facts)
    getattr(model, what)(number)
    waiting = {one for one, giver in model.waiting if giver == number}
    assert dry.waiting == (len(waiting) if what == "restore" else 0)


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
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
@example([("a.csv", frozenset({4})), ("withdraw", 1), ("b.csv", frozenset({4})), ("restore", 1),
          ("withdraw", 2), ("restore", 2), ("withdraw", 1)])  # fmt: skip
@example([("a.csv", frozenset({4})), ("c.csv", frozenset({4})), ("withdraw", 1), ("withdraw", 2),
          ("b.csv", frozenset({4})), ("restore", 2), ("restore", 1), ("withdraw", 3),
          ("withdraw", 1), ("restore", 3), ("withdraw", 2)])  # fmt: skip
@example([("a.csv", frozenset({4})), ("withdraw", 1), (LRS, frozenset({4})), ("restore", 1)])
def test_the_store_holds_what_the_imports_that_count_give(
    done: list[tuple[str, frozenset[int] | int]],
) -> None:
    """In any order: nothing that another gives is lost, and no time of a wrong file stays.

    Of two that contradict each other the first counts; the other waits for as long as it does.
    """
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
