"""Where statements come from: an LRS over HTTP, or files of several shapes.

Every source yields `(line, raw)`: the bytes of one JSON value and the line on which it starts, or a
StatementProblem where the source itself is broken. One broken piece never costs another.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from xapi_lrs_reports.statements.statement import StatementProblem

Piece = tuple[int, bytes | msgspec.Raw | StatementProblem]
Pieces = Iterator[Piece]

MAX_STATEMENT_BYTES = 4_000_000
"""A statement above this is refused; real ones have one or two thousand bytes."""


def too_long(source: str, line: int) -> StatementProblem:
    """Say that one statement is longer than MAX_STATEMENT_BYTES."""
    what = f"one statement here has more than {MAX_STATEMENT_BYTES:,} bytes"
    fix = "Write one statement per line (NDJSON), or all as one JSON array."
    return StatementProblem(source, line, None, "$", "statement-too-long", what, fix)


def truncated(source: str, line: int, why: str) -> StatementProblem:
    """Say that the source ends too early; `why` completes the sentence."""
    fix = "Export or copy the file again; what stands before this was read."
    return StatementProblem(source, line, None, "$", "source-truncated", why, fix)
