"""A report of 1,000 hotels and 100,000 employees from the store: `noroom report`, process start in.

The first report reads the roster and checks the settings; those after it find both kept. The limit
is what Python, DuckDB and click need to start, in the same run.

Run: python benchmarks/report_speed.py [--hotels N] [--employees N] [--runs N] [--folder DIR]
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from pathlib import Path

from machine import machine_facts
from measured import cost_of, middle, noroom
from simulated import simulate

from xapi_lrs_reports.people.kept_roster import drop_kept_roster

BUDGET_SECONDS = 1.0
AIM_SECONDS = 3.0
"""Of HTML and XLSX, which decide every month of a year as well."""


def fill_roster(programme: Path, employees: int) -> int:
    """Add people to the hotels of the roster until there are enough; give their number."""
    file = programme / "roster.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    hotels = list(dict.fromkeys(row[0] for row in rows))
    with file.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        for number in range(len(rows), employees):
            row = [hotels[number % len(hotels)], f"more-{number}"]
            writer.writerow(row + [""] * (len(header) - len(row)))
    return max(employees, len(rows))


def measure(folder: Path, hotels: int, employees: int, runs: int) -> None:
    """Measure and print: the table of a terminal, and the report with a trend."""
    programme = simulate(folder / "programme", hotels)
    people = fill_roster(programme, employees)
    if not (programme / "store").exists():
        files = sorted(programme.glob("statements*.ndjson"))
        cost_of(noroom("import", *files, "--programme", programme))
    drop_kept_roster(programme)
    words = noroom("report", "--programme", programme, "--as-of", "2026-11-02")
    print(machine_facts())
    first = cost_of(words)
    later = middle([cost_of(words) for _ in range(runs)])
    trend = middle([cost_of([*words, "--format", "html"]) for _ in range(runs)])
    start = middle([cost_of([sys.executable, "-c", "import click, duckdb"]) for _ in range(runs)])
    print(f"{hotels:,} hotels, {people:,} employees")
    print(f"first report, roster read {first}")
    print(f"report, roster kept       {later}; budget {BUDGET_SECONDS} s")
    print(f"the same as HTML          {trend}; aim {AIM_SECONDS} s")
    print(f"imports of duckdb, click  {start}")
    print(f"ratio to the imports {later.processor / start.processor:.1f}")


def main() -> None:
    """Read the options."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--hotels", type=int, default=1_000)
    options.add_argument("--employees", type=int, default=100_000)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--folder", type=Path, help="keep the simulated programme here")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        folder.mkdir(exist_ok=True)
        measure(folder, given.hotels, given.employees, given.runs)


if __name__ == "__main__":
    main()
