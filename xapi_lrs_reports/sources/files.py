"""A file of statements, whatever its shape: NDJSON, JSON array or LRS answer, plain or gzip.

The shape is told from the first bytes, never from the name.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from programme.problems import InputError, Problem
from xapi_lrs_reports.sources import Pieces, truncated
from xapi_lrs_reports.sources.json_array import read_json_array
from xapi_lrs_reports.sources.json_lines import read_json_lines

_HEAD_BYTES = 4096
_ANSWER = re.compile(rb'\s*(?:\[|\{\s*"(?:statements|more)"\s*:)')
_SPREAD = re.compile(rb'\s*\{[ \t\r]*\n\s*"')
_ONE_PER_LINE = "Write one statement per line (NDJSON), or put [ before the first and ] at the end."
_UTF8_BOM = b"\xef\xbb\xbf"
_FOREIGN = {
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"PK\x03\x04": "a zip archive or a spreadsheet",
    b"<": "HTML or XML, perhaps a login page",
}


def read_file(path: Path, source: str) -> Pieces:
    """Yield the statements of one file; raises InputError if it cannot be read at all."""
    try:
        stream = path.open("rb")
    except OSError as error:
        what = f"this file cannot be read: {error.strerror}"
        fix = "Check the name, and that it is a file and yours."
        raise InputError([Problem(source, 0, 0, "file-unreadable", what, fix)]) from None
    with stream:
        yield from read_stream(stream, source)


def read_stream(stream: BinaryIO, source: str) -> Pieces:
    """Yield the statements of an open binary stream; raises InputError for a foreign format."""
    peeked = _Peeked(stream)
    if not peeked.head.startswith(b"\x1f\x8b"):
        yield from _read_plain(peeked, source)
        return
    line = 0
    try:
        with gzip.GzipFile(fileobj=cast(BinaryIO, peeked)) as unzipped:
            for line, piece in _read_plain(_Peeked(cast(BinaryIO, unzipped)), source):
                yield line, piece
    except (EOFError, gzip.BadGzipFile, zlib.error):
        why = "the compressed file is damaged or incomplete after this"
        yield line, truncated(source, line, why)


class _Peeked:
    """A stream whose first bytes are known before they are read. Does not own the stream.

    Reads with read1, so that what stands before damage in a compressed file is not lost with it.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self.head = self._rest = self._read(_HEAD_BYTES)

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes; fewer do not mean the end, none do."""
        if self._rest:
            found, self._rest = self._rest, b""
            if 0 <= size < len(found):
                found, self._rest = found[:size], found[size:]
            return found
        return self._read(size)


def _read_plain(peeked: _Peeked, source: str) -> Pieces:
    head = peeked.head.removeprefix(_UTF8_BOM)
    if len(head) < len(peeked.head):
        peeked.read(len(_UTF8_BOM))
    for start, name in _FOREIGN.items():
        if head.lstrip().startswith(start):
            raise _foreign(source, name)
    if head.count(b"\0") * 3 > len(head):
        raise _foreign(source, "UTF-16 text or no text at all")
    if _SPREAD.match(head) and not _ANSWER.match(head):
        raise _foreign(source, "one JSON object spread over several lines", _ONE_PER_LINE)
    plain = cast(BinaryIO, peeked)
    yield from (read_json_array if _ANSWER.match(head) else read_json_lines)(plain, source)


def _foreign(
    source: str, name: str, fix: str = "Give NDJSON or a JSON array in UTF-8, plain or .gz."
) -> InputError:
    what = f"this is {name}, not JSON statements"
    return InputError([Problem(source, 0, 0, "source-format", what, fix)])
