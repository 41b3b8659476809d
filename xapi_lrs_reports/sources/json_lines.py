"""NDJSON: one statement per line, streamed; memory stays flat whatever the file's size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from xapi_lrs_reports.sources import MAX_STATEMENT_BYTES, Pieces, too_long
from xapi_lrs_reports.statements.statement import StatementProblem

_CHUNK = 1 << 16
"""So that lines are still in the processor's own memory when they are looked at."""


def read_json_lines(stream: BinaryIO, source: str, number: int = 1) -> Pieces:
    """Yield every line that is not blank; `number` is that of the first."""
    for first, lines in read_blocks(stream, number):
        for at, line in enumerate(lines, first):
            piece = piece_of(line, source, at)
            if piece is not None:
                yield at, piece


def read_blocks(stream: BinaryIO, number: int = 1) -> Iterator[tuple[int, list[bytes]]]:
    """Yield lines by the block, blank ones too, with the number of the first of each block.

    Of a line that is too long, not much more than the bytes that are too many is given.
    """
    rest = b""
    while chunk := stream.read(_CHUNK):
        lines = (rest + chunk).split(b"\n")
        rest = lines.pop()[: MAX_STATEMENT_BYTES + 1]
        yield number, lines
        number += len(lines)
    if rest:
        yield number, [rest]


def piece_of(line: bytes, source: str, number: int) -> bytes | StatementProblem | None:
    """Give what a line has to be read as; None if it is blank."""
    if len(line) > MAX_STATEMENT_BYTES:
        return too_long(source, number)
    return line if line and not line.isspace() else None
