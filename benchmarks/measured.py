"""One command in a process of its own: processor time, wall time and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from memory import Together

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Cost:
    """Seconds of processor (user and system) and of the clock, and the most memory in MB.

    `megabytes` is that of the largest process, `together` that of all of them at one time.
    """

    processor: float
    wall: float
    megabytes: float
    together: float = 0.0

    def __str__(self) -> str:
        """Give the numbers."""
        return (
            f"{self.processor:.2f} s of processor, {self.wall:.2f} s, {self.megabytes:.0f} MB, "
            f"{self.together:.0f} MB together"
        )


def cost_of(words: Sequence[str]) -> Cost:
    """Run a command to its end; stops the benchmark if it fails."""
    around = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    around["PYTHONPATH"] = os.pathsep.join([str(ROOT), *sys.path[1:]])
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own
        words, env=around, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with Together(process.pid) as memory:
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(words)} ended with {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024,
                memory.megabytes)  # fmt: skip


def noroom(*words: str | Path) -> list[str]:
    """Give a command of noroom."""
    return [sys.executable, str(ROOT / "cli.py"), *map(str, words)]


def middle(costs: Sequence[Cost]) -> Cost:
    """Give the run with the median of processor time."""
    return sorted(costs, key=lambda cost: cost.processor)[len(costs) // 2]
