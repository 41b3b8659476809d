"""The memory of a process and of all that it has started, together, as it runs (Linux)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

_SECONDS = 0.25


class Together:
    """Looks four times a second; `megabytes` is the most that was seen, 0 where nothing can be.

    The size is what smaps_rollup calls Pss: what several processes share is counted once.
    """

    def __init__(self, pid: int) -> None:
        self.megabytes = 0.0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Together:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_SECONDS):
            self.megabytes = max(self.megabytes, sum(map(_megabytes, _family(self._pid))))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
