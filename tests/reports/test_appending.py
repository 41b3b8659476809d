"""A long source: what is surely new goes in at once, and nothing is lost, invented or misplaced."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.reports.programme_files import statement
from tests.reports.test_usual import STORED, raw_statements, read_quickly
from xapi_lrs_reports.people.forgotten import Forgotten
from xapi_lrs_reports.statements.columns import COLUMNS, Own, Rows
from xapi_lrs_reports.statements.statement import Fact
from xapi_lrs_reports.statements.usual import Batch
from xapi_lrs_reports.store import appending
from xapi_lrs_reports.store import store_schema as schema
from xapi_lrs_reports.store.appending import Appending
from xapi_lrs_reports.store.fact_store import FactStore, Tally
from xapi_lrs_reports.store.opening import connect
from xapi_lrs_reports.store.seen_ids import SeenIds
from xapi_lrs_reports.store.staging import staged_facts

ROOT = Path(__file__).parents[2]
TABLES = ("facts", "voids", "quarantine", "sources", "given", "given_voids")
Rows_ = list[list[tuple[object, ...]]]


@contextlib.contextmanager
def empty_store() -> Iterator[FactStore]:
    with contextlib.closing(connect(Path(":memory:"))) as connection:
        connection.execute(schema.CREATE)
        yield FactStore(connection, Forgotten())


def rows_of(store: FactStore) -> Rows_:
    queries = [f"SELECT * FROM {name} ORDER BY ALL" for name in TABLES]  # noqa: S608 - constants
    return [store.connection.execute(query).fetchall() for query in queries]


def looked_up(sources: Sequence[Sequence[Batch]]) -> tuple[Tally, Rows_]:
    """Append every batch by itself."""
    tally = Tally()
    with empty_store() as store:
        for number, batches in enumerate(sources):
            for batch in batches:
                tally.add(store.append_batch(f"source {number}", batch))
        return tally, rows_of(store)


def remembered(sources: Sequence[Sequence[Batch]]) -> tuple[Tally, Rows_]:
    """Append with ids remembered from the first batch of a source on."""
    tally = Tally()
    with empty_store() as store:
        for number, batches in enumerate(sources):
            one = Appending(store, f"source {number}")
            one._seen = SeenIds(store.connection)
            for batch in batches:
                tally.add(one.append(batch))
            tally.add(one.settle())
        return tally, rows_of(store)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(raw_statements(), max_size=12), min_size=2, max_size=5), st.integers(1, 9))
def test_what_becomes_of_a_statement_does_not_depend_on_when_it_is_looked_up(
    parts: list[list[bytes]], at_once: int
) -> None:
    batches, _ = read_quickly(parts)
    half = len(batches) // 2
    sources = [batches[:half], batches[half:]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(appending, "_LOOKED_UP_AT_ONCE", at_once)
        assert remembered(sources) == looked_up(sources)


def test_only_what_may_be_known_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of usual rows and of others; and what waits keeps its kind, its hotel and its line."""
    sent = [
        statement(f"e-{n}", ("passed", "completed")[n % 2], hotel=f"acme-{n % 3}", stored=STORED)
        for n in range(24)
    ]
    lines = [json.dumps(one).encode() for one in [*sent, sent[1], sent[20], sent[14], sent[22]]]
    batches, _ = read_quickly([lines[:8], lines[8:16], lines[16:24], lines[24:]])
    found: list[tuple[int, bool]] = []
    append = FactStore.append_batch

    def watched(store: FactStore, source: str, batch: Batch, *, is_new: bool = False) -> Tally:
        found.append((len(batch), is_new))
        return append(store, source, batch, is_new=is_new)

    expected = looked_up([batches])
    monkeypatch.setattr(FactStore, "append_batch", watched)
    tally, rows = remembered([batches])
    assert (tally, rows) == expected
    assert (tally.new, tally.duplicates) == (24, 4)
    assert found == [(8, True), (8, True), (8, True), (0, False), (4, False), (0, False)]


def known(number: int, *, alike: bool) -> uuid.UUID:
    """Give an id; `alike`: one that has its last 32 bits in common with all others."""
    return uuid.UUID(int=number << 64) if alike else uuid.uuid5(uuid.NAMESPACE_URL, str(number))


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), max_size=20), max_size=5), st.booleans())
def test_no_id_that_was_seen_is_called_new(batches: list[list[int]], alike: bool) -> None:
    with empty_store() as store:
        seen, before = SeenIds(store.connection), set[int]()
        for numbers in batches:
            found = seen.maybe_seen(b"".join(known(n, alike=alike).bytes for n in numbers))
            for place, number in enumerate(numbers):
                is_known = number in before or numbers.count(number) > 1
                others = before or len(numbers) > 1
                assert place in found if is_known or (alike and others) else place not in found
            before |= set(numbers)


def test_the_bits_of_an_id_are_the_same_in_the_store_and_out_of_it() -> None:
    ids = [uuid.uuid5(uuid.NAMESPACE_URL, str(number)) for number in range(2_000)]
    with empty_store() as store:
        store.connection.execute(
            "INSERT INTO facts (statement_id) SELECT unnest(?::UUID[])",
            [list(map(str, ids[:1_000]))],
        )
        seen = SeenIds(store.connection)
        assert len(seen.maybe_seen(b"".join(one.bytes for one in ids[:1_000]))) == 1_000
        assert len(seen.maybe_seen(b"".join(one.bytes for one in ids[1_000:]))) < 5


def test_rows_are_split_by_place() -> None:
    rows = Rows()
    for first in (0, 3):
        numbers = range(first, first + 3)
        texts = [f"{number:032}".encode() for number in numbers]
        ids = [str(uuid.UUID(int=number)).encode() for number in numbers]
        times = [b"2026-11-21T10:00:00.00%d" % number for number in numbers]
        rows.add(Own(ids, texts, ids, times, times), [*numbers], [*numbers], [*numbers])
    whole = rows.columns()
    left, taken = rows.split([1, 4, 5])
    assert (len(left), len(taken)) == (3, 3)
    for at, column in enumerate(COLUMNS):
        size = len(whole[at]) // 6
        values = [whole[at][size * n : size * n + size] for n in range(6)]
        assert left.columns()[at] == b"".join([values[0], values[2], values[3]]), column
        assert taken.columns()[at] == b"".join([values[1], values[4], values[5]]), column
    same, none = rows.split([])
    assert (same.columns(), len(none)) == (whole, 0)


@pytest.mark.parametrize(("facts", "batches"), [(0, 1), (100, 1), (1_000_000, 4)])
def test_the_ids_of_a_large_store_are_taken_in_only_for_a_long_file(
    facts: int, batches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FactStore, "number_of_facts", lambda _: facts)
    with empty_store() as store:
        one = Appending(store, "test")
        for _ in range(batches):
            assert one._seen is None
            one.append(Batch())
        one.append(Batch())
        assert one._seen is not None


def test_what_is_compared_lies_in_a_file_for_its_owner_alone() -> None:
    """It is made where everybody on the machine may look."""
    batches, _ = read_quickly([[json.dumps(statement("e-1", stored=STORED)).encode()]])
    facts = [row for row in batches[0].outcomes if isinstance(row, Fact)]
    with (
        empty_store() as store,
        staged_facts(store.connection, "a", facts, Batch(), Forgotten()) as rows,
        rows.copy_out(schema.COPIED),
    ):
        [name] = re.findall("'(.+)'", rows.copied or "")
        assert Path(name).stat().st_mode & 0o077 == 0
    assert not Path(name).exists()


def test_no_value_of_a_fact_is_lost_on_its_way() -> None:
    """DuckDB's lenient reading of JSON would make no time of one that it cannot read."""
    [batch], _ = read_quickly([[json.dumps(statement("e-1", stored=STORED)).encode()]])
    [fact] = [row for row in batch.outcomes if isinstance(row, Fact)]
    for wrong in (replace(fact, stored="2026-13-01"), replace(fact, line=1 << 63)):
        with empty_store() as store, pytest.raises(duckdb.Error, match=r"ange|cast"):
            store.append("a", [wrong])


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="elsewhere the file has a name")
def test_a_process_that_is_killed_leaves_no_rows(tmp_path: Path) -> None:
    """What is compared names learners, and nobody would find it among the system's files."""
    dies = (
        "import os\nfrom xapi_lrs_reports.store.insert_rows import temporary_file\n"
        "with temporary_file([b'learner']) as name:\n"
        "    assert open(name, 'rb').read() == b'learner'\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", dies],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        check=False,
    )
    assert (run.returncode, list(tmp_path.iterdir())) == (-9, [])
