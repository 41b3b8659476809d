"""The quick way and the Normaliser alone: the same facts, voids, quarantine and counts."""

from __future__ import annotations

import contextlib
import json
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.pseudonym import pseudonym
from programme.settings import Authority
from tests.reports.programme_files import IRI, Json, authority, statement, void
from xapi_lrs_reports.people.forgotten import Forgotten
from xapi_lrs_reports.statements.authorities import Authorities
from xapi_lrs_reports.statements.normalise import Normaliser
from xapi_lrs_reports.statements.statement import SIGNATURE
from xapi_lrs_reports.statements.usual import Batch, UsualReader
from xapi_lrs_reports.store import store_schema as schema
from xapi_lrs_reports.store.fact_store import FactStore, Tally
from xapi_lrs_reports.store.opening import connect

CHAINS = frozenset(["acme", "bellevue"])
KNOWN = Authorities(
    [
        Authority(mbox="mailto:acme@noroom.example", chain="acme"),
        Authority(mbox="mailto:bellevue@noroom.example", chain="bellevue"),
        Authority(mbox="mailto:admin@noroom.example", may_void=True),
    ]
)
STORED = "2026-11-03T10:00:00.000Z"
ABSENT = object()


def normaliser() -> Normaliser:
    return Normaliser(IRI, CHAINS, KNOWN, from_lrs=False)


def usual(**changes: Any) -> Json:
    """Give a statement that an LRS has stamped."""
    hotel = changes.pop("hotel", "acme-1")
    return statement(hotel=hotel, **{"stored": STORED, **changes})


Stored = tuple[Tally, list[list[tuple[Any, ...]]]]


def stored(batches: Sequence[Batch], forgotten: Forgotten | None = None) -> Stored:
    """Append batches to a new store and give the counts and what stands in its tables."""
    with contextlib.closing(connect(Path(":memory:"))) as connection:
        connection.execute(schema.CREATE)
        store, tally = FactStore(connection, forgotten or Forgotten()), Tally()
        for batch in batches:
            tally.add(store.append_batch("test", batch))
        names = ("facts", "voids", "quarantine", "sources")
        queries = [f"SELECT * FROM {name} ORDER BY ALL" for name in names]  # noqa: S608 - constants
        return tally, [connection.execute(query).fetchall() for query in queries]


def read_quickly(halves: Sequence[Sequence[bytes]]) -> tuple[list[Batch], dict[str, int]]:
    judge = normaliser()
    reader, batches, line = UsualReader(judge), [], 0
    for half in halves:
        for raw in half:
            line += 1
            reader.read(raw, "test", line)
        batches.append(reader.take())
    return batches, dict(judge.notes)


def read_alone(halves: Sequence[Sequence[bytes]]) -> tuple[list[Batch], dict[str, int]]:
    judge, batches, line = normaliser(), [], 0
    for half in halves:
        first = line + 1
        line += len(half)
        batches.append(Batch([judge(raw, "test", n) for n, raw in enumerate(half, start=first)]))
    return batches, dict(judge.notes)


def grouping(*iris: str) -> Json:
    return {"grouping": [{"id": f"{IRI}/{one}"} for one in iris]}


def actor(chain: str, employee: str, **more: Any) -> Json:
    account = {"homePage": f"{IRI}/chain/{chain}", "name": pseudonym(employee, chain)}
    return {"objectType": "Agent", "account": account, **more}


VERB = "http://adlnet.gov/expapi/verbs/"
IDS = [str(uuid.UUID(int=number, version=4)) for number in range(40)]
PARTS: dict[str, list[Any]] = {
    "id": [*IDS, IDS[0].upper(), "no-uuid", 5, None, ABSENT],
    "actor": [
        *(actor(chain, f"e-{number}") for chain in CHAINS for number in range(9)),
        actor("acme", "guest"),
        actor("acme", "e-1", member=[]),
        actor("acme", "e-1", objectType="Group"),
        actor("acme", "e-1", mbox="mailto:a@b.example"),
        actor("acme", "e-1", mbox=None),
        actor("elsewhere", "e-1"),
        {"account": {"homePage": f"{IRI}/chain/acme", "name": "Jane"}},
        {"mbox": "mailto:jane@acme.example"},
        ABSENT,
    ],
    "verb": [
        *({"id": VERB + verb} for verb in ("passed", "completed", "failed", "initialized") * 3),
        {"id": VERB + "answered"},
        {"id": VERB + "passed", "display": 5},
        {"id": 5},
        5,
        ABSENT,
    ],
    "object": [
        *[{"id": f"{IRI}/course/no-room"}] * 9,
        {"id": f"{IRI}/course/refresher", "objectType": "Activity"},
        {"id": f"{IRI}/course/no-room", "objectType": "StatementRef"},
        {"id": f"{IRI}/course/no-room/page"},
        {"id": f"{IRI}/course/No Room"},
        {"id": "https://elsewhere.example/course"},
        {"objectType": "Agent"},
    ],
    "result": [
        *[{"completion": True, "success": True, "score": {"scaled": 0.8}}] * 3,
        *(
            {"completion": done, "success": good}
            for done in (True, False)
            for good in (False, None)
        ),
        {"success": "yes"},
        None,
        ABSENT,
    ],
    "registration": [*IDS[:9], IDS[0].upper(), "Jane", 5, ABSENT],
    "platform": ["scorm12", "cmi5", "CMI5", 5, ABSENT],
    "language": ["nl", "en", "EN", "not a language", ABSENT],
    "contextActivities": [
        grouping("course/no-room/version/1.0.0", "hotel/acme-1"),
        grouping("course/no-room/version/2.0.0", "hotel/acme-2"),
        grouping("hotel/acme-1", "course/refresher/version/9.9.9"),
        grouping("course/no-room/version/1.0.0"),
        grouping("hotel/acme-1", "hotel/acme-2"),
        {"grouping": {"id": f"{IRI}/hotel/acme-1"}},
        {"grouping": 5},
        None,
        ABSENT,
    ],
    "extensions": [
        {f"{IRI}/extension/hotel-source": "package"},
        {f"{IRI}/extension/hotel-source": "learner"},
        {f"{IRI}/extension/hotel-source": 5},
        5,
        ABSENT,
    ],
    "timestamp": [
        *(f"2026-11-{day:02}T10:00:00.000Z" for day in range(1, 12)),
        "2026-11-05T10:00:00.123456+00:00",
        "2026-02-30T10:00:00.000Z",
        "2026-11-05T25:00:00.000Z",
        "2026-11-05T10:00:60.000Z",
        "1999-11-05T10:00:00.000Z",
        "2026-11-05T10:00:00.000",
        "2026-11-05",
        5,
        ABSENT,
    ],
    "stored": [STORED, STORED, STORED, "2026-11-03T10:00:00.999999Z", "never", ABSENT],
    "attachments": [ABSENT, None, [{"usageType": SIGNATURE}], 5],
    "authority": [*[authority("acme")] * 4, authority("bellevue"), authority("nobody"), ABSENT],
}
IN_CONTEXT = ("registration", "platform", "language", "contextActivities", "extensions")
BROKEN = [b"", b"{", b"[]", b"null", b'{"id": "\xff"}', b"{}", b'{"a": ' + b"[" * 2000]
REPEATED = [b'{"timestamp":5,', b'{"verb":5,', b'{"verb":{"id":5},', b'{"context":{},', b'{"id":1,']


@st.composite
def raw_statements(draw: st.DrawFn) -> bytes:
    """Draw the bytes of one statement: mostly usual parts, some odd, some text that is broken."""
    if draw(st.integers(0, 19)) == 0:
        return draw(st.sampled_from([*BROKEN, json.dumps(void(IDS[0])).encode()]))
    odd = draw(st.sets(st.sampled_from(sorted(PARTS)), max_size=2))
    chosen: Json = {}
    for name, values in PARTS.items():
        stock = values if name in odd else values[:9] if name in ("id", "actor") else values[:1]
        chosen[name] = draw(st.sampled_from(stock))
    given = {name: value for name, value in chosen.items() if value is not ABSENT}
    context = {name: given.pop(name) for name in IN_CONTEXT if name in given}
    text = json.dumps({**given, "context": context}, separators=draw(
        st.sampled_from([(",", ":"), (", ", ": ")])
    )).encode()  # fmt: skip
    if draw(st.integers(0, 9)) == 0:
        text = draw(st.sampled_from(REPEATED)) + text[1:]
    return text


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(raw_statements(), max_size=40), min_size=1, max_size=2))
def test_the_quick_way_gives_what_the_normaliser_gives(halves: list[list[bytes]]) -> None:
    quick, quick_notes = read_quickly(halves)
    alone, notes = read_alone(halves)
    assert stored(quick) == stored(alone)
    assert quick_notes == notes


def test_only_the_first_of_a_kind_is_judged() -> None:
    raws = [json.dumps(usual()).encode() for _ in range(5)]
    (batch,), _ = read_quickly([raws])
    assert (len(batch.outcomes), len(batch.rows), len(batch)) == (1, 4, 5)


def test_a_kind_learned_without_a_hotel_learns_where_the_hotel_came_from() -> None:
    raws = [json.dumps(usual(hotel=hotel)).encode() for hotel in (None, "acme-1", "acme-1")]
    (batch,), _ = read_quickly([raws])
    assert len(batch.rows) == 1
    _, (facts, *_) = stored([batch])
    source = list(schema.FACT_COLUMNS).index("hotel_source")
    assert sorted(str(row[source]) for row in facts) == ["None", "learner", "learner"]


def test_people_who_were_forgotten_do_not_come_in_by_the_quick_way() -> None:
    gone, kept = "e-gone", "e-kept"
    given = [statement(who, stored=STORED) for who in (kept, gone, kept, gone)]
    later = statement(gone, stored="2026-12-01T10:00:00.000Z", at="2026-12-01T09:00:00.000Z")
    (batch,), _ = read_quickly([[json.dumps(one).encode() for one in (*given, later)]])
    forgotten = Forgotten()
    forgotten.add([f"acme/{pseudonym(gone, 'acme')}"], "2026-11-20T00:00:00.000")
    tally, (facts, *_) = stored([batch], forgotten)
    assert (tally.new, tally.irrelevant, len(facts)) == (3, 2, 3)


@pytest.mark.parametrize("name", ["timestamp", "verb"])
def test_of_a_repeated_name_the_last_counts_on_either_way(name: str) -> None:
    text = b'{"%b":5,' % name.encode() + json.dumps(usual()).encode()[1:]
    for read in (read_quickly, read_alone):
        batches, _ = read([[json.dumps(usual()).encode(), text]])
        assert stored(batches)[0].new == 2
