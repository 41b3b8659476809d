"""What reading costs as there is more of it: processor time and memory, from 100,000 statements up.

Writes the plot docs/pictures/reading-cost.svg from what it has measured, and the same numbers as a
table on stdout.

Beyond a million statements, the simulated ones come once more, in other attempts. A report from ten
million takes minutes and much memory; --report-up-to says where to stop asking for one.

Run: python benchmarks/read_more.py [--sizes N N …] [--folder DIR] [--plot FILE] [--report-up-to N]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from machine import machine_facts
from measured import ROOT, Cost, cost_of, noroom
from plot import Series, plot
from simulated import one_file, programme_of, without_store

SIZES = (100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)
PLOT = ROOT / "docs" / "pictures" / "reading-cost.svg"
Measured = list[tuple[int, Cost]]


def measure(folder: Path, sizes: list[int], report_up_to: int) -> Measured:
    """Import each size into an empty store and report from it; give (size, import)."""
    programme = programme_of(folder / "programme", max(sizes))
    file, found = folder / "some.ndjson", []
    for size in sizes:
        number = one_file(programme, file, size)
        without_store(programme)
        read = cost_of(noroom("import", file, "--programme", programme))
        found.append((number, read))
        print(f"| {number:,} | {read.processor:.1f} s | {1e6 * read.processor / number:.1f} µs | "
              f"{read.wall:.1f} s | {read.megabytes:.0f} MB | "
              f"{read.together:.0f} MB | ", end="", flush=True)  # fmt: skip
        if size <= report_up_to:
            told = cost_of(noroom("report", "--programme", programme, "--as-of", "2026-11-02"))
            print(f"{told.processor:.1f} s |", flush=True)
        else:
            print("|", flush=True)
    return found


def draw(found: Measured) -> str:
    """Give the plot."""
    seconds = [(size / 1e6, read.processor) for size, read in found]
    megabytes = [(size / 1e6, read.together) for size, read in found]
    return plot(
        "Cost of reading statements",
        "Processor time of noroom import, and the most memory of its processes together, by number "
        "of statements.",
        "million statements",
        [Series("seconds of processor", seconds), Series("MB of memory, all processes", megabytes)],
    )


def main() -> None:
    """Read the options."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    options.add_argument("--folder", type=Path, help="keep the simulated programme here")
    options.add_argument("--plot", type=Path, default=PLOT)
    options.add_argument("--report-up-to", type=int, default=1_000_000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        folder.mkdir(exist_ok=True)
        print(machine_facts())
        print("| statements | processor | each | wall | largest | together | report after it |")
        print("|---|---|---|---|---|---|---|")
        found = measure(folder, sorted(given.sizes), given.report_up_to)
    given.plot.write_text(draw(found), encoding="utf-8")


if __name__ == "__main__":
    main()
