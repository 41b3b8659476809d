"""A file read by several processes: the same facts, places and counts as by one."""

from __future__ import annotations

import contextlib
import io
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.often import often
from tests.reports.programme_files import make_programme, statement, void
from tests.reports.test_usual import normaliser, raw_statements, stored
from xapi_lrs_reports.sources.files import read_stream
from xapi_lrs_reports.sources.json_lines import read_json_lines
from xapi_lrs_reports.statements import spans
from xapi_lrs_reports.statements.import_files import import_files
from xapi_lrs_reports.statements.reading import digest_of
from xapi_lrs_reports.statements.spans import SpanReader, cut_lines, judge_spans, survey
from xapi_lrs_reports.statements.usual import Batch, UsualReader
from xapi_lrs_reports.store.opening import open_store

STORED = "2026-11-03T10:00:00.000Z"
TABLES = ("facts", "voids", "quarantine", "sources", "given")


@contextlib.contextmanager
def small_spans(lines: int, size: int = 1 << 26, chunk: int = 64) -> Iterator[None]:
    """Cut short files too, as if there were two processes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spans, "LEAST_BYTES", 1)
        patch.setattr(spans, "SPAN_LINES", lines)
        patch.setattr(spans, "SPAN_BYTES", size)
        patch.setattr(spans, "_CHUNK", chunk)
        patch.setattr(spans, "processes", lambda: 2)
        yield


def faulty_lines() -> list[str]:
    """Give usual statements, a copy, a conflict, voids and what cannot be read, far apart."""
    sent = [statement(f"e-{n % 40}", stored=STORED, hotel="acme-1") for n in range(300)]
    lines = [json.dumps(one) for one in sent]
    lines[120] = lines[3]
    lines[150] = json.dumps({**sent[7], "verb": {"id": "http://adlnet.gov/expapi/verbs/failed"}})
    lines[200] = json.dumps(void(sent[9]["id"]))
    lines[230] = ""
    lines[231] = "{broken"
    lines[260] = json.dumps(statement("e-1", stored=STORED, timestamp="2026-11-01T10:00:00"))
    lines[270] = json.dumps(statement("Jane", stored=STORED, actor={"mbox": "mailto:a@b.example"}))
    return lines


def imported(folder: Path, file: Path) -> tuple[Any, ...]:
    """Import a file into a new programme; give counts, notes, problems and all rows."""
    found = import_files(make_programme(folder), [file], io.BytesIO())
    [reading] = found.readings
    with open_store(folder) as store:
        queries = [f"SELECT * FROM {table} ORDER BY ALL" for table in TABLES]  # noqa: S608
        rows = [store.connection.execute(query).fetchall() for query in queries]
    return reading.tally, list(reading.notes.items()), reading.problems, reading.groups, rows


@pytest.mark.parametrize("mark", often([b"\xef\xbb\xbf", b""]), ids=["byte order mark", "plain"])
def test_several_processes_give_what_one_gives(tmp_path: Path, mark: bytes) -> None:
    file = tmp_path / "all.ndjson"
    file.write_bytes(mark + "\n".join(faulty_lines()).encode())
    with small_spans(30, chunk=5_000):
        assert len(survey(file).spans) > 4
        assert survey(file).digest == digest_of(file)
        together = imported(tmp_path / "together", file)
    assert not multiprocessing.active_children()
    alone = imported(tmp_path / "alone", file)
    assert together == alone
    tally = alone[0]
    assert (tally.new, tally.duplicates, tally.quarantined, tally.voids) == (295, 1, 2, 1)
    assert {problem.line for problem in alone[2]} == {151, 232}


@settings(max_examples=12, deadline=None)
@given(
    st.lists(raw_statements() | st.sampled_from([b" ", b"x" * 500]), max_size=30),
    st.integers(1, 8), st.integers(1, 3_000), st.integers(1, 2_000), st.booleans(),
)  # fmt: skip
def test_wherever_a_file_is_cut_it_says_the_same(
    lines: list[bytes], number: int, size: int, chunk: int, ends: bool
) -> None:
    text = b"\n".join([b"{}", *lines]) + (b"\n" if ends else b"")
    judge = normaliser()
    reader = UsualReader(judge)
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr("xapi_lrs_reports.sources.json_lines.MAX_STATEMENT_BYTES", 400)
        file = Path(name) / "a.ndjson"
        file.write_bytes(text)
        for line, piece in read_json_lines(io.BytesIO(text), "test"):
            reader.take_in(piece, "test", line)
        with small_spans(number, size, chunk):
            cut = list(cut_lines(io.BytesIO(text), 0))
        parts = SpanReader(file, "test", normaliser())
        judged = [parts.read(span) for span in cut]
    assert [span.start for span in cut[1:]] == [span.end for span in cut[:-1]]
    assert (cut[0].start, cut[-1].end) == (0, len(text))
    assert stored([one.batch for one in judged]) == stored([reader.take()])
    assert sum((one.notes for one in judged), type(judge.notes)()) == judge.notes


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[{}]",
        b'{"statements": [\n{}]}',
        b'{\n "id": 5}',
        "{}\n{}\n".encode("utf-16-le"),
        b"\x1f\x8b{}\n{}",
    ],
    ids=["empty", "array", "answer", "spread", "UTF-16", "gzip"],
)
def test_only_plain_lines_are_cut(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a"
    file.write_bytes(content)
    with small_spans(1, chunk=3):
        assert survey(file) == (digest_of(file), [])
        assert survey(tmp_path / "missing") == ("", [])


@pytest.mark.parametrize("short", [True, False], ids=["short file", "single processor"])
def test_a_short_file_and_a_single_processor_need_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, short: bool
) -> None:
    def refused(*_: Any) -> Any:
        raise AssertionError("a process was started")

    monkeypatch.setattr(spans, "_pool", refused)
    file = tmp_path / "a.ndjson"
    file.write_bytes(b"{}\n" * 9)
    with small_spans(1, chunk=3), pytest.MonkeyPatch.context() as patch:
        cut = survey(file).spans
        if short:
            patch.setattr(spans, "LEAST_BYTES", 28)
        else:
            patch.setattr(spans, "processes", lambda: 1)
        judged = list(judge_spans(file, "test", cut, normaliser()))
    assert [len(one.batch) for one in judged] == [1] * 9


def test_what_a_killed_process_had_is_read_by_the_main_one(tmp_path: Path) -> None:
    file = tmp_path / "a.ndjson"
    file.write_text("\n".join(faulty_lines()), encoding="utf-8")
    with small_spans(30, chunk=5_000):
        cut = survey(file).spans
        batches: list[Batch] = []
        with contextlib.closing(judge_spans(file, "test", cut, normaliser())) as judged:
            for one in judged:
                batches.append(one.batch)
                for process in multiprocessing.active_children():
                    process.kill()
    assert len(batches) == len(cut)
    reader = UsualReader(normaliser())
    with file.open("rb") as stream:
        for line, piece in read_stream(stream, "test"):
            reader.take_in(piece, "test", line)
    assert stored(batches) == stored([reader.take()])


_HELD = """
import sys
from pathlib import Path
from tests.reports.test_spans import small_spans
from tests.reports.test_usual import normaliser
from xapi_lrs_reports.statements.reading import digest_of
from xapi_lrs_reports.statements.spans import judge_spans, survey
file = Path(sys.argv[1])
with small_spans(30, chunk=5_000):
    judged = judge_spans(file, "test", survey(file).spans, normaliser())
    next(judged)
    print("ready", flush=True)
    sys.stdin.read()
"""


def test_no_process_outlives_a_killed_one(tmp_path: Path) -> None:
    file = tmp_path / "a.ndjson"
    file.write_text("\n".join(faulty_lines()), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", _HELD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as main:
        assert main.stdout is not None and main.stdout.readline() == b"ready\n"
        os.kill(main.pid, signal.SIGKILL)
        assert main.communicate(timeout=60)[0] == b"", "whoever still lives holds the pipe open"
