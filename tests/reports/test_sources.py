"""Files of statements in every shape: nothing lost, nothing silent, one bad piece costs itself."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Mapping

import hypothesis.strategies as st
import pytest
from hypothesis import given

from programme.problems import InputError
from tests.lrs.strict_lrs import with_attachment
from xapi_lrs_reports.sources import json_array, json_lines
from xapi_lrs_reports.sources.files import read_stream
from xapi_lrs_reports.sources.multipart import NotMultipart, StatementsPart
from xapi_lrs_reports.sources.zstd import zstd
from xapi_lrs_reports.statements.statement import StatementProblem

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.lists(st.dictionaries(st.text(), VALUES, max_size=4), max_size=6)


def pieces(raw: bytes) -> list[tuple[int, object]]:
    found: list[tuple[int, object]] = []
    for line, piece in read_stream(io.BytesIO(raw), "test"):
        found.append((line, piece.code if isinstance(piece, StatementProblem) else bytes(piece)))
    return found


@pytest.fixture(params=[3, 1 << 20], autouse=True, scope="module")
def _chunk(request: pytest.FixtureRequest) -> object:
    """Cut the input everywhere: with chunks of three bytes every border falls somewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_array, "_CHUNK", request.param)
        patch.setattr(json_lines, "_CHUNK", request.param)
        yield


@given(OBJECTS, st.sampled_from([None, 1]), st.booleans())
def test_the_same_objects_in_every_shape(objects: list[object], indent: int, ascii_: bool) -> None:
    lines = "\r\n".join(json.dumps(one, ensure_ascii=False) for one in objects)
    array = json.dumps(objects, indent=indent, ensure_ascii=ascii_)
    answer = json.dumps({"statements": objects, "more": ""}, indent=indent, ensure_ascii=ascii_)
    counted = {"count": 2, "by": {"statements": [1]}, "statements": objects, "next": {"a": []}}
    other_keys = json.dumps(counted, indent=indent, ensure_ascii=ascii_)
    sequence = lines and "\x1e" + lines.replace("\r\n", "\n\x1e")
    for text in (lines, array, answer, other_keys, sequence):
        raw = text.encode("utf-8", "surrogatepass")
        for given_bytes in (raw, b"\xef\xbb\xbf" + raw, gzip.compress(raw), zstd.compress(raw)):
            found = [json.loads(piece.decode("utf-8", "surrogatepass"))
                     for _, piece in pieces(given_bytes) if isinstance(piece, bytes)]  # fmt: skip
            assert found == objects


@given(st.binary(max_size=60), st.sampled_from([b"", b"[", b'{"statements": [', b'{"a": 1}\n']))
def test_no_bytes_make_it_fail_or_stay_silent(tail: bytes, start: bytes) -> None:
    try:
        found = pieces(start + tail)
    except InputError:
        return
    # Commas and blanks between nothing and nothing hide no statement, and are passed over.
    text = (start + tail).translate(None, b",\v\f").strip(b" \t\r\n\x1e\xef\xbb\xbf")
    if not found and text:
        empty = json.loads(text)
        assert not (empty["statements"] if isinstance(empty, dict) else empty)


def test_records_of_a_sequence_may_be_empty() -> None:
    sequence = b'\x1e{"a": 1}\n\x1e\x1e{"b": 2}\n\x1e\n\x1e'
    assert pieces(sequence) == [(1, b'{"a": 1}'), (2, b'{"b": 2}')]
    assert pieces(b"\x1e") == []
    assert pieces(b"\x1e\n" + sequence) == [(2, b'{"a": 1}'), (3, b'{"b": 2}')]


def test_joined_files_without_a_last_line_end_cost_no_statement() -> None:
    joined = b'{"a": "}{"}{"b": {}}\xef\xbb\xbf{"c": [{}]}\n'
    assert pieces(joined) == [(1, b'{"a": "}{"}'), (1, b'{"b": {}}'), (1, b'{"c": [{}]}')]
    for one in (b'{"a": "}{"}', b'{"a": 1}{"b"', b'{"a": 1}{"b": 2} x', b'1{"a": {}}{"b": 2}'):
        assert pieces(b"{}\n" + one) == [(1, b"{}"), (2, one)]


def test_lines_are_counted() -> None:
    joined = b'{"a": 1}\n\xef\xbb\xbf{"b": 2}\n\xef\xbb\xbf\n'
    assert pieces(joined) == [(1, b'{"a": 1}'), (2, b'{"b": 2}')]
    assert pieces(b'{"a": 1}\n\n  \n{"a": 2}') == [(1, b'{"a": 1}'), (4, b'{"a": 2}')]
    assert pieces(b'[\n{"a": "\\"]\\n"},\n\n{"a": 2}\n]\n') == [
        (2, b'{"a": "\\"]\\n"}'),
        (4, b'{"a": 2}'),
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'[{"a": 1}, {"a": ', [(1, b'{"a": 1}'), (1, "source-truncated")]),
        (b'[{"a": 1}, 17, {"b": 1}]', [(1, b'{"a": 1}'), (1, "not-a-statement"), (1, b'{"b": 1}')]),
        (b'[{"a": 1}, null]', [(1, b'{"a": 1}'), (1, "not-a-statement")]),
        (b'[{"a": nonsense}, {"b": 1}]', [(1, b'{"a": nonsense}'), (1, b'{"b": 1}')]),
        (b'[{"a": 1}] [{"b": 1}] 7', [(1, b'{"a": 1}'), (1, b'{"b": 1}'), (1, "source-truncated")]),
        (b'[{"a": 1}]\n{"b": 1}', [(1, b'{"a": 1}'), (1, "source-truncated")]),
        (b'[{"a": 1}}, {"b": 1}]', [(1, b'{"a": 1}'), (1, "source-truncated")]),
        (
            b'{"statements": [{"a": 1}], "more": "/xapi?page=2"}',
            [(1, b'{"a": 1}'), (1, "source-truncated")],
        ),
        (
            b'{"more": "/xapi?page=2", "statements": [{"a": 1}]}',
            [(1, b'{"a": 1}'), (1, "source-truncated")],
        ),
        (b"[", [(1, "source-truncated")]),
        (
            b'{"n": 1, "statements": [{"a": 1}], "more": "/x"}',
            [(1, b'{"a": 1}'), (1, "source-truncated")],
        ),
        (b'{"statements": null, "more": "/x"}', [(1, "source-truncated")]),
        (b'{"statements": {"a": [{"b": 1}]}}', [(1, "not-a-statement")]),
        (b'{"more": ""}', [(1, "not-a-statement")]),
        (b'{"statements": null}\n{"a": 1}', [(1, "source-truncated")]),
        (b'{"statements": [], "statements": [{"a": 1}]}', [(1, "source-truncated")]),
        (b'{"n": 1, "statements": ', [(1, "source-truncated")]),
    ],
)
def test_damage_is_said_and_costs_itself_alone(raw: bytes, expected: list[object]) -> None:
    found = pieces(raw)
    assert [one for _, one in found][: len(expected)] == [one for _, one in expected]  # type: ignore[misc,has-type]


PAGE = b'{"n": "]}", "statements": [{"a": 1},\n{"a": 2}], "by": {"s": [{}]}, "more": "/next"}'
LAST = b'{"more": "", "statements": [{"a": 3}]}'


@pytest.mark.parametrize("between", [b"", b"\n", b"\n\xef\xbb\xbf", b" ,\n", b"\n\x1e"])
def test_pages_that_were_saved_one_after_the_other_are_all_read(between: bytes) -> None:
    found = [(1, b'{"a": 1}'), (2, b'{"a": 2}'), (2 + between.count(b"\n"), b'{"a": 3}')]
    assert pieces(PAGE + between + LAST) == found
    assert pieces(LAST + between + b'[{"b": 1}]' + between)[1][1] == b'{"b": 1}'
    line = 2 + between.count(b"\n")
    again = [(line, b'{"a": 1}'), (line + 1, b'{"a": 2}')]
    assert pieces(PAGE + between + PAGE) == [
        *found[:2],
        *again,
        (line + 1, "source-truncated"),
    ]
    nothing = b'{"statements": null, "more": "/x"}'
    assert pieces(nothing + between + LAST + between + b'{"statements": []}') == [
        (1 + between.count(b"\n"), b'{"a": 3}')
    ]


def test_a_page_is_not_read_behind_one_that_is_broken_off() -> None:
    for broken in (b'{"statements": [{"a": 1}], "more": ', b'{"statements": [{"a": 1}}, '):
        assert pieces(broken + LAST)[0][1] == b'{"a": 1}'
        assert pieces(broken + LAST)[-1][1] == "source-truncated"


def test_an_answer_without_statements_is_said_to_be_one_and_a_statement_is_never_one() -> None:
    assert pieces(b'{"statements": null}') == pieces(b'{\n"count": 0, "statements": null\n}') == []
    [(_, said)] = read_stream(io.BytesIO(b'{"n": 1, "statements": '), "test")
    assert isinstance(said, StatementProblem) and "before the list" in said.what
    odd = b'{"actor": {}, "statements": [{"a": 1}]}'
    assert pieces(odd + b'\n{"a": 2}') == [(1, odd), (2, b'{"a": 2}')]


@pytest.mark.parametrize("compress", [gzip.compress, zstd.compress])
def test_a_damaged_archive_gives_what_stands_before(compress: Callable[[bytes], bytes]) -> None:
    whole = compress(b'{"a": 1}\n' * 5000 + b"".join(b"%d\n" % n for n in range(90_000)))
    found = pieces(whole[:-2000])
    assert found[:5000] == [(n, b'{"a": 1}') for n in range(1, 5001)]
    assert found[-1][1] == "source-truncated"


@pytest.mark.parametrize("raw", ["[]".encode("utf-16"), b"<!doctype html>", b"PK\x03\x04rest"])
def test_other_formats_are_named(raw: bytes) -> None:
    with pytest.raises(InputError, match="source-format"):
        pieces(raw)


def test_an_endless_line_is_refused_and_the_next_ones_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(json_lines, "MAX_STATEMENT_BYTES", 20)
    found = pieces(b'{"a": 1}\n{"a": "' + b"x" * 40 + b'"}\n{"b": 1}\n')
    assert found == [(1, b'{"a": 1}'), (2, "statement-too-long"), (3, b'{"b": 1}')]


def test_zstandard_frames_are_read_one_after_the_other() -> None:
    skippable = b"\x50\x2a\x4d\x18\x04\x00\x00\x00" + b"note"
    raw = skippable + zstd.compress(b'{"a": 1}\n{"a"') + zstd.compress(b": 2}\n")
    assert pieces(raw) == [(1, b'{"a": 1}'), (2, b'{"a": 2}')]
    assert pieces(b"\x28\xb5\x2f\xfdrest")[-1][1] == "source-truncated"


def test_a_zstandard_frame_that_asks_for_much_memory_is_refused() -> None:
    wide: Mapping[int, int] = {
        zstd.CompressionParameter.window_log: 28,
        zstd.CompressionParameter.content_size_flag: 0,
    }
    writer = zstd.ZstdCompressor(options=wide)
    raw = writer.compress(b'{"a": 1}\n') + writer.flush()
    assert [one for _, one in pieces(raw)] == ["source-truncated"]


@given(st.lists(st.text(), max_size=4), st.integers(1, 40))
def test_statements_are_read_out_of_an_answer_with_attachments(texts: list[str], step: int) -> None:
    objects = [{"a": text} for text in texts]
    body = json.dumps({"statements": objects, "more": ""}, indent=1).encode()
    whole = with_attachment(body)
    stream = io.BytesIO(whole)
    part = StatementsPart(lambda size: stream.read(min(size, step)), "-- 8f'30 (x)")
    assert b"".join(iter(lambda: part.read(7), b"")).rstrip() == body
    saved = whole.partition(b"\r\n")[2]  # without the preamble, as a file begins
    found = [json.loads(bytes(piece)) for _, piece in pieces(saved) if isinstance(piece, bytes)]
    assert found == objects


@given(
    st.lists(st.text(), max_size=4),
    st.integers(1, 40),
    st.sampled_from([b"", b"\r\n"]),
    st.sampled_from(["zz", None]),
)
def test_a_last_boundary_right_behind_the_statements_is_none_of_them(
    texts: list[str], step: int, behind: bytes, boundary: str | None
) -> None:
    """As Learning Locker writes an answer without attachments, after a line that is empty."""
    objects = [{"a": text} for text in texts]
    body = json.dumps({"statements": objects, "more": ""}).encode()
    head = b"\r\n--zz\r\nContent-Type:application/json; charset=UTF-8\r\n\r\n"
    whole = head + body + b"--zz--" + behind
    stream = io.BytesIO(whole)
    part = StatementsPart(lambda size: stream.read(min(size, step)), boundary)
    assert b"".join(iter(lambda: part.read(7), b"")) == body
    found = [json.loads(bytes(piece)) for _, piece in pieces(whole) if isinstance(piece, bytes)]
    assert found == objects


@given(st.binary(max_size=80), st.sampled_from(["a", "b:c", None]))
def test_no_bytes_make_a_multipart_answer_endless(tail: bytes, boundary: str | None) -> None:
    for start in (b"", b"--a\r\n", b"--a\nContent-Type: application/json\n\n"):
        stream = io.BytesIO(start + tail)
        try:
            part = StatementsPart(stream.read, boundary)
        except NotMultipart:
            continue
        assert start + tail != b"" and b"".join(iter(part.read, b"")) in start + tail


def test_a_saved_answer_that_is_cut_off_says_so() -> None:
    whole = with_attachment(b'{"statements": [{"a": 1}, {"a": 2}]}').partition(b"\r\n")[2]
    assert pieces(whole[: whole.index(b'"a": 2')])[-1][1] == "source-truncated"
    for other in (b"-- a comment\nSELECT 1\n", b"--a\nContent-Type: text/plain\n\n[]\n--a--"):
        with pytest.raises(InputError, match="several parts"):
            pieces(other)
