"""Imports withdrawn and restored in any order: the store holds what a plain model says."""

from __future__ import annotations

import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, example, given, settings

from programme.problems import InputError
from tests.reports.withdraw_model import FILES, IDS, LRS, OF_LRS, Model, fact, times_of
from xapi_lrs_reports.statements.statement import Void
from xapi_lrs_reports.store.batches.record import Origin
from xapi_lrs_reports.store.batches.withdraw import list_imports, restore, withdraw
from xapi_lrs_reports.store.fact_store import FactStore
from xapi_lrs_reports.store.opening import open_store

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


@pytest.mark.slow
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
