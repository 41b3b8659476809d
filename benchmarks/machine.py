"""What every benchmark says about where it ran."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path


def machine_facts() -> str:
    """Give cores, memory, processor and Python in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {memory:.1f} GB, load {load:.1f}, {_processor()}, "
        f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
    )


def seconds(work: Callable[[], object]) -> float:
    """Give how long `work` took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def spread(times: list[float], unit: str = "s") -> str:
    """Give the median of several runs, with the least and the most."""
    low, middle, high = min(times), statistics.median(times), max(times)
    return f"{middle:.3f} {unit} (median of {len(times)}; {low:.3f} to {high:.3f})"


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    if file.is_file():
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
