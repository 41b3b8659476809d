"""NDJSON: one statement per line, streamed; memory stays flat whatever the file's size."""

from __future__ import annotations

from typing import BinaryIO

from xapi_lrs_reports.sources import MAX_STATEMENT_BYTES, Pieces, too_long

_CHUNK = 1 << 20


def read_json_lines(stream: BinaryIO, source: str, number: int = 1) -> Pieces:
    """Yield every line that is not blank; `number` is that of the first."""
    rest = b""
    skipping = False
    while chunk := stream.read(_CHUNK):
        lines = (rest + chunk).split(b"\n")
        rest = lines.pop()
        for line in lines:
            if skipping:
                skipping = False
            elif len(line) > MAX_STATEMENT_BYTES:
                yield number, too_long(source, number)
            elif line and not line.isspace():
                yield number, line
            number += 1
        if skipping:
            rest = b""
        elif len(rest) > MAX_STATEMENT_BYTES:
            yield number, too_long(source, number)
            rest, skipping = b"", True
    if rest and not rest.isspace():
        yield number, rest
