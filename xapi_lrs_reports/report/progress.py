"""How far a report with a trend is, on a terminal; nothing anywhere else."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

PATIENCE_SECONDS = 1.5
"""Who waits less needs no word."""
_CLEAR = "\r\x1b[2K"


@contextlib.contextmanager
def days_decided() -> Iterator[Callable[[int, int], None]]:
    """Give what is called with the number of days that are decided, and of all of them.

    The line is taken away in the end.
    """
    start, is_shown = time.monotonic(), False

    def say(done: int, total: int) -> None:
        nonlocal is_shown
        if sys.stderr.isatty() and (is_shown or time.monotonic() - start > PATIENCE_SECONDS):
            is_shown = True
            sys.stderr.write(f"{_CLEAR}trend: {done} of {total} days")
            sys.stderr.flush()

    try:
        yield say
    finally:
        if is_shown:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
