"""A file of statements, whatever its shape: NDJSON, JSON array or LRS answer; plain, gzip or zstd.

The shape is told from the first bytes, never from the name.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, BinaryIO, cast

from programme.files import open_file
from programme.problems import InputError, Problem
from xapi_lrs_reports.sources import Pieces, truncated
from xapi_lrs_reports.sources.json_array import is_array, read_json_array
from xapi_lrs_reports.sources.json_lines import BOM, RECORD, read_json_lines
from xapi_lrs_reports.sources.multipart import NotMultipart, StatementsPart
from xapi_lrs_reports.sources.zstd import MAGIC as ZSTD_MAGIC
from xapi_lrs_reports.sources.zstd import ZstdError, open_zstd

HEAD_BYTES = 1 << 16
"""Of an LRS's answer, what may stand in front of its statements."""
_SPREAD = re.compile(rb'\s*\{[ \t\r]*\n\s*"')
_ONE_PER_LINE = "Write one statement per line (NDJSON), or put [ before the first and ] at the end."
_GZIP_MAGIC = b"\x1f\x8b"
_FOREIGN = {
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
    b"PK\x03\x04": "a zip archive or a spreadsheet",
    b"<": "HTML or XML, perhaps a login page",
}


def is_json_lines(head: bytes) -> bool:
    """Tell whether a file with this head is plain NDJSON, which can be read from any line on."""
    text = head.removeprefix(BOM)
    of_lines = text.startswith(b"{") and not is_array(text) and not _SPREAD.match(text)
    return of_lines and not _is_wide(text)


def start_of_lines(head: bytes) -> int:
    """Give the byte with which the first line begins: a byte order mark is none of it."""
    return len(BOM) if head.startswith(BOM) else 0


def read_file(path: Path, source: str) -> Pieces:
    """Yield the statements of one file; raises InputError if it cannot be read at all."""
    try:
        stream = open_file(path)
    except OSError as error:
        what = f"this file cannot be read: {error.strerror}"
        fix = "Check the name, and that it is a file and yours."
        raise InputError([Problem(source, 0, 0, "file-unreadable", what, fix)]) from None
    with stream:
        yield from read_stream(stream, source)


def read_stream(stream: BinaryIO, source: str) -> Pieces:
    """Yield the statements of an open binary stream; raises InputError for a foreign format."""
    peeked = _Peeked(stream)
    opener = _opener(peeked.head)
    if opener is None:
        yield from _read_plain(peeked, source)
        return
    line = 0
    try:
        with opener(cast(BinaryIO, peeked)) as unpacked:
            for line, piece in _read_plain(_Peeked(cast(BinaryIO, unpacked)), source):
                yield line, piece
    except (EOFError, gzip.BadGzipFile, zlib.error, ZstdError):
        why = "the compressed file is damaged or incomplete after this"
        yield line, truncated(source, line, why)


def is_statements(head: bytes) -> bool:
    """Tell from the first bytes of a file whether it may hold statements."""
    start = head.removeprefix(BOM).lstrip(RECORD + b" \t\r\n\v\f")
    return start.startswith((b"{", b"[", b"--")) or _opener(head) is not None


def _opener(head: bytes) -> Callable[[IO[bytes]], IO[bytes]] | None:
    """Give what unpacks a compressed file; None for one that is not compressed."""
    if head.startswith(_GZIP_MAGIC):
        return lambda stream: cast(IO[bytes], gzip.GzipFile(fileobj=stream))
    return open_zstd if ZSTD_MAGIC.match(head) else None


class _Peeked:
    """A stream whose first bytes are known before they are read. Does not own the stream.

    Reads with read1, so that what stands before damage in a compressed file is not lost with it.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self.head = self._rest = self._read(HEAD_BYTES)

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes; fewer do not mean the end, none do."""
        if self._rest:
            found, self._rest = self._rest, b""
            if 0 <= size < len(found):
                found, self._rest = found[:size], found[size:]
            return found
        return self._read(size)


def _read_plain(peeked: _Peeked, source: str) -> Pieces:
    head = peeked.head.removeprefix(BOM)
    if len(head) < len(peeked.head):
        peeked.read(len(BOM))
    for start, name in _FOREIGN.items():
        if head.lstrip().startswith(start):
            raise _foreign(source, name)
    if _is_wide(head):
        raise _foreign(source, "UTF-16 text or no text at all")
    if _SPREAD.match(head) and not is_array(head):
        raise _foreign(source, "one JSON object spread over several lines", _ONE_PER_LINE)
    if head.lstrip().startswith(b"--"):
        peeked = _Peeked(_statements_part(peeked, source))
        head = peeked.head
    plain = cast(BinaryIO, peeked)
    yield from (read_json_array if is_array(head) else read_json_lines)(plain, source)


def _is_wide(head: bytes) -> bool:
    return head.count(b"\0") * 3 > len(head)


def _statements_part(peeked: _Peeked, source: str) -> BinaryIO:
    """Take the statements out of an LRS's answer that was saved with its attachments."""
    try:
        return cast(BinaryIO, StatementsPart(peeked.read))
    except NotMultipart as error:
        raise _foreign(source, f"an answer in several parts ({error})") from None


def _foreign(
    source: str, name: str, fix: str = "Give NDJSON or a JSON array in UTF-8, plain, .gz or .zst."
) -> InputError:
    what = f"this is {name}, not JSON statements"
    return InputError([Problem(source, 0, 0, "source-format", what, fix)])
