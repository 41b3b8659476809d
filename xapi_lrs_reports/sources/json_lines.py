"""NDJSON: one statement per line, streamed; memory stays flat whatever the file's size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from xapi_lrs_reports.sources import MAX_STATEMENT_BYTES, Pieces, too_long
from xapi_lrs_reports.sources.json_array import TOKEN
from xapi_lrs_reports.statements.statement import StatementProblem

RECORD = b"\x1e"
"""Stands before every line of a JSON text sequence; several count as one (RFC 7464, 2.1)."""
BOM = b"\xef\xbb\xbf"
"""Stands before a text; where files were joined, before any line."""
_BETWEEN = (b"", BOM, RECORD)
_JOINTS = tuple(b"}" + sign + b"{" for sign in _BETWEEN)
_CHUNK = 1 << 16
"""So that lines are still in the processor's own memory when they are looked at."""


def read_json_lines(stream: BinaryIO, source: str, number: int = 1) -> Pieces:
    """Yield every line that is not blank; `number` is that of the first."""
    for first, lines in read_blocks(stream, number):
        for at, line in enumerate(lines, first):
            for piece in pieces_of(line, source, at):
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


def pieces_of(line: bytes, source: str, number: int) -> list[bytes | StatementProblem]:
    """Give what a line has to be read as: nothing of a blank one, and each of several objects.

    Several stand in one line where files were joined of which one does not end in a line end.
    """
    if len(line) > MAX_STATEMENT_BYTES:
        return [too_long(source, number)]
    line = line.removeprefix(BOM).lstrip(RECORD)
    if any(joint in line for joint in _JOINTS):
        return _objects(line)
    return [line] if line and not line.isspace() else []


def _objects(line: bytes) -> list[bytes | StatementProblem]:
    """Cut whole objects that follow each other; what is anything else is left as it is."""
    found: list[bytes | StatementProblem] = []
    start = depth = 0
    for token in TOKEN.finditer(line):
        mark = token[0]
        if mark in b"{[":
            if not depth:
                if line[start : token.start()] not in _BETWEEN:
                    return [line]
                start = token.start()
            depth += 1
        elif mark in b"}]":
            depth -= 1
            if not depth:
                found.append(line[start : token.end()])
                start = token.end()
        elif mark == b'"':  # a string that does not end
            return [line]
    return [line] if depth or line[start:].strip() else found
