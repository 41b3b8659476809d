"""Temporary folders that are gone however the work ends; kill -9 and a power cut leave them."""

from __future__ import annotations

import contextlib
import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

DRAFT = ".noroom-"
"""Begins the name of a folder that holds, for moments, what may name people."""

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
    with uninterrupted():
        folder = tempfile.TemporaryDirectory(prefix=prefix, dir=inside)
    try:
        yield Path(folder.name)
    finally:
        with uninterrupted():
            folder.cleanup()


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
