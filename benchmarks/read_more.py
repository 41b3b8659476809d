"""What reading costs as there is more of it: processor time and memory, from 100,000 statements up.

Writes the plot docs/pictures/reading-cost.svg from what it has measured, and the same numbers as a
table on stdout.

Run: python benchmarks/read_more.py [--sizes N N …] [--folder DIR] [--plot FILE]
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
Measured = list[tuple[int, Cost, Cost]]


def measure(folder: Path, sizes: list[int]) -> Measured:
    """Import each size into an empty store and report from it; give (size, import, report)."""
    programme = programme_of(folder / "programme", max(sizes))
    file, found = folder / "some.ndjson", []
    for size in sizes:
        number = one_file(programme, file, size)
        without_store(programme)
        read = cost_of(noroom("import", file, "--programme", programme))
        told = cost_of(noroom("report", "--programme", programme, "--as-of", "2026-11-02"))
        found.append((number, read, told))
        print(f"| {number:,} | {read.processor:.1f} s | {1e6 * read.processor / number:.1f} µs | "
              f"{read.megabytes:.0f} MB | {told.processor:.1f} s |", flush=True)  # fmt: skip
    return found


def draw(found: Measured) -> str:
    """Give the plot."""
    seconds = [(size / 1e6, read.processor) for size, read, _ in found]
    megabytes = [(size / 1e6, read.megabytes) for size, read, _ in found]
    return plot(
        "Cost of reading statements",
        "Processor time of noroom import, and its largest memory, by number of statements.",
        "million statements",
        [Series("seconds of processor", seconds), Series("MB of memory", megabytes)],
    )


def main() -> None:
    """Read the options."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    options.add_argument("--folder", type=Path, help="keep the simulated programme here")
    options.add_argument("--plot", type=Path, default=PLOT)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        folder.mkdir(exist_ok=True)
        print(machine_facts())
        print("| statements | processor | each | memory | report after it |\n|---|---|---|---|---|")
        found = measure(folder, sorted(given.sizes))
    given.plot.write_text(draw(found), encoding="utf-8")


if __name__ == "__main__":
    main()
