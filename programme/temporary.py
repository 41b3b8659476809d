"""Temporary folders that are gone however the work ends.

Kill -9 and a power cut leave them. In a folder of ours `noroom forget` finds them; in the system's
the next run of the same kind removes them.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import stat
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

DRAFT = ".noroom-"
"""Begins the name of a folder that holds, for moments, what may name people."""
_SECONDS = 24 * 3600
"""Of this age nothing is at work on it any more; no run of noroom takes as long."""

_ENDING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


@contextlib.contextmanager
def temporary_folder(prefix: str, parent: Path | None = None) -> Iterator[Path]:
    """Give an empty folder, for its owner alone, for as long as the block lasts.

    `parent` is for what may name people: should it be left there, `noroom forget` finds it. Where
    nobody may write, as in a dry run on somebody else's folder, the system's own folder serves.
    """
    inside = parent if parent is not None and os.access(parent, os.W_OK) else None
    if inside is None:
        clear_left(prefix)
    with uninterrupted():
        folder = tempfile.TemporaryDirectory(prefix=prefix, dir=inside)
    try:
        yield Path(folder.name)
    finally:
        with uninterrupted():
            folder.cleanup()


def clear_left(prefix: str) -> None:
    """Remove what killed runs left in the system's folder under this prefix: our own, a day old."""
    made = re.compile(re.escape(prefix) + "[a-z0-9_]{8}")
    for path in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with contextlib.suppress(OSError):
            if made.fullmatch(path.name) and _is_left(path.lstat()):
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _is_left(found: os.stat_result) -> bool:
    is_ours = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    is_plain = stat.S_ISDIR(found.st_mode) or stat.S_ISREG(found.st_mode)
    return is_ours and is_plain and time.time() - found.st_mtime > _SECONDS


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C, `kill` and a closed terminal back for a moment; they come after the block.

    Handlers are exchanged, since a mask would hold back this thread's alone: a thread of DuckDB
    that got the signal would have it handled here all the same.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    usual = {number: handler for number in _ENDING if (handler := signal.getsignal(number))
             not in (None, signal.SIG_IGN)}  # fmt: skip
    try:
        for number in usual:
            signal.signal(number, lambda number, _: came.append(number))
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
        for number in came[:1]:
            signal.raise_signal(number)
