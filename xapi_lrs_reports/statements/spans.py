"""A plain NDJSON file judged span by span, a long one by several processes at once.

Each process gives batches back to the one that holds the store; nobody else writes. What comes of a
statement does not depend on which process judged it: every span knows the number of its first line.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, NamedTuple, cast

from programme.files import open_file
from xapi_lrs_reports.sources.files import HEAD_BYTES, is_json_lines, start_of_lines
from xapi_lrs_reports.sources.json_lines import read_blocks
from xapi_lrs_reports.statements.layouts import LineReader
from xapi_lrs_reports.statements.normalise import Normaliser
from xapi_lrs_reports.statements.usual import Batch

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

LEAST_BYTES = 1 << 26
"""A shorter file is read before a second process has started."""
SPAN_LINES, SPAN_BYTES = 25_000, 1 << 26
MOST_PROCESSES = 4
"""Each holds some fifty megabytes, and one writer cannot store what more of them would judge."""
_CHUNK = 1 << 18


class Span(NamedTuple):
    """Whole lines of a file: where they start and end, and the number of the first, from 1."""

    start: int
    end: int
    first_line: int


class Judged(NamedTuple):
    """What came of one span, and the lenient readings in it."""

    batch: Batch
    notes: Counter[str]


class Survey(NamedTuple):
    """SHA-256 of a file, "" if it cannot be read, and its spans, none if it is no plain NDJSON."""

    digest: str
    spans: list[Span]


def survey(path: Path) -> Survey:
    """Read a file once, before anything of it is judged."""
    digest = hashlib.sha256()
    try:
        with open_file(path) as stream:
            head = stream.read(HEAD_BYTES)
            start = start_of_lines(head)
            digest.update(head[:start])
            stream.seek(start)
            rest = cast(BinaryIO, _Digested(stream, digest.update))
            spans = list(cut_lines(rest, start))
    except OSError:
        return Survey("", [])  # whoever reads it says why
    return Survey(digest.hexdigest(), spans if is_json_lines(head) else [])


class _Digested:
    """A stream of which everything that is read is told."""

    def __init__(self, stream: IO[bytes], tell: Callable[[bytes], None]) -> None:
        self._stream = stream
        self._tell = tell

    def read(self, size: int) -> bytes:
        """Read up to `size` bytes; none is the end."""
        found = self._stream.read(size)
        self._tell(found)
        return found


def processes() -> int:
    """Give how many processes judge: one for each processor that may be used, up to a few."""
    has_affinity = hasattr(os, "sched_getaffinity")
    processors = len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1
    return min(processors, MOST_PROCESSES)


def cut_lines(stream: BinaryIO, start: int) -> Iterator[Span]:
    """Yield the spans of what is left of a stream that stands at the byte `start`."""
    position, line, first = start, 1, 1
    while chunk := stream.read(_CHUNK):
        after = chunk.rfind(b"\n") + 1
        line += chunk.count(b"\n")
        end = position + after
        position += len(chunk)
        if after and (line - first >= SPAN_LINES or end - start >= SPAN_BYTES):
            yield Span(start, end, first)
            start, first = end, line
    if position > start:
        yield Span(start, position, first)


class SpanReader:
    """Judges spans of one file; what it has learned of one helps with the next."""

    def __init__(self, path: Path, source: str, normalise: Normaliser) -> None:
        self._path = path
        self._notes = normalise.notes
        self._reader = LineReader(normalise, source)

    def read(self, span: Span) -> Judged:
        """Judge the statements of one span."""
        reader = self._reader
        with self._path.open("rb", buffering=0) as file:
            file.seek(span.start)
            lines = cast(BinaryIO, _Part(file, span.end - span.start))
            for first, block in read_blocks(lines, span.first_line):
                reader.read_lines(block, first)
        notes = self._notes.copy()
        self._notes.clear()
        return Judged(reader.take(), notes)


class _Part:
    """So many bytes of a stream, from where it stands."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        self._stream = stream
        self._left = size

    def read(self, size: int) -> bytes:
        """Read up to `size` bytes; none is the end."""
        found = self._stream.read(min(size, self._left))
        self._left -= len(found)
        return found


def judge_spans(
    path: Path, source: str, spans: Sequence[Span], normalise: Normaliser
) -> Generator[Judged, None, None]:
    """Judge spans on every processor, and yield what came of them in their order.

    Close it, so that no process is left. If there is little to do, if processes cannot be started,
    or if one of them is killed, this one goes on alone with the first span that has not come back.
    """
    done = 0
    if processes() > 1 and len(spans) > 1 and spans[-1].end - spans[0].start >= LEAST_BYTES:
        for judged in _judge_together(path, source, spans, normalise):
            done += 1
            yield judged
    alone = SpanReader(path, source, normalise)
    for span in spans[done:]:
        yield alone.read(span)


def _judge_together(
    path: Path, source: str, spans: Sequence[Span], normalise: Normaliser
) -> Generator[Judged, None, None]:
    """Yield what comes of spans for as long as all processes live."""
    from concurrent.futures import BrokenExecutor

    with (
        contextlib.suppress(BrokenExecutor, ImportError, NotImplementedError, OSError),
        _pool(path, source, normalise) as pool,
    ):
        yield from _in_order(pool, spans)


@contextlib.contextmanager
def _pool(path: Path, source: str, normalise: Normaliser) -> Iterator[ProcessPoolExecutor]:
    """Start the processes anew: one that was forked would have the store open."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    spawn = multiprocessing.get_context("spawn")
    given = (path, source, normalise)
    pool = ProcessPoolExecutor(processes(), spawn, initializer=_start, initargs=given)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(pool: ProcessPoolExecutor, spans: Sequence[Span]) -> Iterator[Judged]:
    """Keep every process busy, and hold little that is not asked for yet."""
    ahead: deque[Future[Judged]] = deque()
    for span in spans:
        ahead.append(pool.submit(_judge, span))
        if len(ahead) > processes():
            yield ahead.popleft().result()
    while ahead:
        yield ahead.popleft().result()


_reader: SpanReader | None = None


def _start(path: Path, source: str, normalise: Normaliser) -> None:
    """Begin a process. Interrupts are for the main one; when that is killed, this one ends."""
    import threading

    global _reader
    _reader = SpanReader(path, source, normalise)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _judge(span: Span) -> Judged:
    if _reader is None:
        raise RuntimeError("a process was not started")
    return _reader.read(span)
