"""Lines cut where others were cut before, and the Normaliser alone: the same comes of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.programme_files import Json, statement
from tests.reports.test_usual import (
    IDS,
    VERB,
    Stored,
    actor,
    grouping,
    normaliser,
    raw_statements,
    read_alone,
    stored,
    usual,
)
from xapi_lrs_reports.statements import layouts
from xapi_lrs_reports.statements.layouts import LineReader
from xapi_lrs_reports.statements.usual import Batch

VERBS = ("passed", "failed", "completed", "initialized")


def line(**changes: Any) -> bytes:
    return json.dumps(usual(**changes), separators=(",", ":")).encode()


def lines_like(number: int, **changes: Any) -> list[bytes]:
    """Give lines that differ in their own values only."""
    if "verb" in changes:
        changes["verb"] = {"id": VERB + changes["verb"]}
    return [
        line(
            id=IDS[at % 40],
            actor=actor("acme", f"e-{at}"),
            timestamp=f"2026-11-{at % 20 + 1:02}T09:00:00.{at % 1000:03}Z",
            **changes,
        )
        for at in range(number)
    ]


def read_by_lines(halves: Sequence[Sequence[bytes]]) -> tuple[list[Batch], dict[str, int]]:
    judge = normaliser()
    reader, batches, first = LineReader(judge, "test"), [], 1
    for half in halves:
        for start in range(0, len(half), 7):
            block = half[start : start + 7]
            reader.read_lines(block, first)
            first += len(block)
        batches.append(reader.take())
    return batches, dict(judge.notes)


def both(halves: Sequence[Sequence[bytes]]) -> tuple[tuple[Stored, Json], tuple[Stored, Json]]:
    quick, quick_notes = read_by_lines(halves)
    alone, notes = read_alone(halves)
    return (stored(quick), quick_notes), (stored(alone), notes)


def cut_of(monkeypatch: pytest.MonkeyPatch, lines: Sequence[bytes]) -> int:
    """Count how many of some lines are cut, and not parsed."""
    parsed: list[bytes] = []
    read = LineReader._read_alone

    def counted(self: LineReader, raw: bytes, *place: Any) -> None:
        parsed.append(raw)
        read(self, raw, *place)

    with monkeypatch.context() as patch:
        patch.setattr(LineReader, "_read_alone", counted)
        LineReader(normaliser(), "test").read_lines(lines, 1)
    return len(lines) - len(parsed)


@st.composite
def nearly_alike(draw: st.DrawFn) -> list[bytes]:
    """Draw lines of a few kinds, one after another, in some of which a few bytes were changed."""
    found: list[bytes] = []
    for _ in range(draw(st.integers(1, 3))):
        verb = draw(st.sampled_from(VERBS))
        hotel = draw(st.sampled_from(["acme-1", "acme-2", "bellevue-1", None]))
        found += lines_like(draw(st.integers(1, 9)), verb=verb, hotel=hotel)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(found) - 1))
        text = bytearray(found[at])
        text[draw(st.integers(0, len(text) - 1))] = draw(st.sampled_from(b'"\\ 09azAZ{}[],:-/\xff'))
        found[at] = bytes(text)
    return found


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(raw_statements().filter(bool), max_size=40), min_size=1, max_size=2))
def test_lines_of_every_kind_give_what_the_normaliser_gives(halves: list[list[bytes]]) -> None:
    quick, alone = both(halves)
    assert quick == alone


@settings(max_examples=15, deadline=None)
@given(st.lists(nearly_alike(), min_size=1, max_size=2))
def test_lines_that_are_nearly_alike_give_what_the_normaliser_gives(
    halves: list[list[bytes]],
) -> None:
    quick, alone = both(halves)
    assert quick == alone


@pytest.mark.parametrize("order", [1, -1], ids=["as written", "keys the other way round"])
def test_the_third_line_of_a_kind_is_cut(monkeypatch: pytest.MonkeyPatch, order: int) -> None:
    made = [json.loads(one) for one in lines_like(9)]
    lines = [json.dumps(dict(list(one.items())[::order])).encode() for one in made]
    assert cut_of(monkeypatch, lines) == 7


def test_a_hotel_is_looked_at_once_and_not_once_for_each_verb(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = [one for verb in VERBS for one in lines_like(3, verb=verb, hotel="acme-1")]
    new = [one for verb in VERBS for one in lines_like(3, verb=verb, hotel="acme-2")]
    assert cut_of(monkeypatch, [*known, *new]) - cut_of(monkeypatch, known) == len(new) - 2


UPPER = IDS[1].upper().replace("0", "A")
ODD: dict[str, tuple[str, str]] = {
    "id in capitals": (IDS[5], UPPER),
    "id of other letters": (IDS[5], IDS[5][:-1] + "g"),
    "id cut in two": (IDS[5], '","id":"' + IDS[5][8:]),
    "id with an escape": (IDS[5], "\\u0030" + IDS[5][6:]),
    "month 13": ("2026-11-06T", "2026-13-06T"),
    "day 31": ("2026-11-06T", "2026-11-31T"),
    "hour 24": ("06T09:00", "06T24:00"),
    "minute 60": ("06T09:00", "06T09:60"),
    "second 60": ("06T09:00:00", "06T09:00:60"),
    "another century": ("2026-11-06T", "1926-11-06T"),
    "another zone": ("005Z", "005z"),
}


@pytest.mark.parametrize("odd", ODD)
def test_one_odd_value_is_judged_and_the_lines_around_it_are_cut(odd: str) -> None:
    lines = [one.decode() for one in lines_like(30)]
    assert ODD[odd][0] in lines[5]
    lines[5] = lines[5].replace(*ODD[odd])
    raws = [one.encode() for one in lines]
    quick, alone = both([raws])
    assert quick == alone
    [batch], _ = read_by_lines([raws])
    assert len(batch.rows) >= 27


@pytest.mark.parametrize(
    "change",
    [
        {"registration": IDS[3], "id": IDS[3]},
        {"stored": "2026-11-01T09:00:00.000Z", "timestamp": "2026-11-01T09:00:00.000Z"},
        {"stored": "2026-11-03T10:00:00.123456+00:00"},
        {"note": IDS[3], "registration": IDS[3]},
    ],
    ids=["id is registration", "stored when sent", "microseconds", "a value stands elsewhere too"],
)
def test_what_stands_twice_or_is_written_otherwise_teaches_nothing(change: Json) -> None:
    context = {"registration": change.pop("registration", IDS[9])}
    same = [line(context=context, **change) for _ in range(4)]
    quick, alone = both([[*same, *lines_like(4), *same]])
    assert quick == alone


def test_a_hotel_that_is_no_hotel_of_ours_is_no_hotel() -> None:
    named = {"id": "https://elsewhere.example/hotel/acme-1"}
    lines = []
    for at, iri in enumerate(("hotel/acme-1", "course/no-room/version/1.0.0") * 6):
        given: Json = statement(f"e-{at}", stored="2026-11-03T10:00:00.000Z")
        activities = grouping(iri)
        activities["grouping"].append(named)
        given["context"]["contextActivities"] = activities
        lines.append(json.dumps(given).encode())
    quick, alone = both([lines])
    assert quick == alone


def test_what_was_learned_is_forgotten_when_it_gets_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [one for verb in VERBS for one in lines_like(5, verb=verb)]
    for name in ("_MOST_BYTES", "_FREE_LESSONS"):
        with monkeypatch.context() as patch:
            patch.setattr(layouts, name, 1)
            quick, alone = both([lines, lines])
            assert quick == alone
            assert cut_of(patch, lines) < 4 * 3


def test_parts_are_forgotten_with_their_layouts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xapi_lrs_reports.statements.usual._MOST_PARTS", 1)
    lines = lines_like(9)
    quick, alone = both([lines, lines, lines_like(9, verb="passed", hotel="acme-2"), lines])
    assert quick == alone
