"""Statements to the fact store, beside others that read the same file: `noroom import`, cold.

The limit is the raw parse by simdjson, in the same run. Slow peers read a sample; their figures for
the whole file are multiplied, and say so.

Run: python benchmarks/read_statements.py [--statements N] [--runs N] [--folder DIR]
Needs: pip install '.[benchmarks]'
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
from pathlib import Path

from machine import machine_facts
from measured import Cost, cost_of, middle, noroom
from peers import PEERS
from simulated import one_file, programme_of, without_store

SAMPLES = {"json": 100_000, "pandas": 50_000, "tincan": 5_000}
"""Peers of which the whole file would take minutes, and how many statements they get."""
NEW_SHARE = 100
"""One statement in so many is new in the second import."""
PROCESSOR_BUDGET, WALL_BUDGET, MEMORY_BUDGET = 4, 2, 300


def cost_of_peer(name: str, file: Path, statements: int, runs: int) -> Cost:
    """Give the cost of the whole file, measured or multiplied from a sample."""
    number = min(SAMPLES.get(name, statements), statements)
    script = str(Path(__file__).with_name("peers.py"))
    words = [sys.executable, script, name, str(file), str(number)]
    found = middle([cost_of(words) for _ in range(runs)])
    if number == statements:
        return found
    empty = cost_of([*words[:-1], "0"])
    factor = statements / number
    return Cost(
        empty.processor + (found.processor - empty.processor) * factor,
        empty.wall + (found.wall - empty.wall) * factor,
        found.megabytes,
    )


def import_twice(programme: Path, first: Path, second: Path) -> tuple[Cost, Cost]:
    """Import into an empty store, then a little more."""
    without_store(programme)
    whole = cost_of(noroom("import", first, "--programme", programme))
    return whole, cost_of(noroom("import", second, "--programme", programme))


def measure(folder: Path, statements: int, runs: int) -> None:
    """Measure and print."""
    programme = programme_of(folder / "programme", statements)
    whole, old, new = folder / "whole.ndjson", folder / "old.ndjson", folder / "new.ndjson"
    number = one_file(programme, whole, statements)
    cut = number - number // NEW_SHARE
    with whole.open("rb") as lines:
        for file, size in ((old, cut), (new, number - cut)):
            with file.open("wb") as stream:
                stream.writelines(itertools.islice(lines, size))
    print(machine_facts())
    print(f"{number:,} statements, {whole.stat().st_size / 1e6:,.0f} MB")
    limit = cost_of_peer("simdjson", whole, number, runs)
    pairs = [import_twice(programme, old, new) for _ in range(runs)]
    ours, more = middle([pair[0] for pair in pairs]), middle([pair[1] for pair in pairs])
    start = middle([cost_of(noroom("import", "--help")) for _ in range(runs)])
    store = (programme / "store" / "noroom.duckdb").stat().st_size / 1e6
    show("simdjson, parse alone", limit, limit, number, number)
    show(f"noroom import, store of {store:.0f} MB", ours, limit, cut, number)
    for name in PEERS.keys() - {"simdjson"}:
        note = f", from {SAMPLES[name]:,}" if SAMPLES.get(name, number) < number else ""
        show(f"{name}{note}", cost_of_peer(name, whole, number, 1), limit, number, number)
    print(f"budget: {PROCESSOR_BUDGET} x processor, {WALL_BUDGET} x wall, {MEMORY_BUDGET} MB")
    share = more.processor / ours.processor
    bare = (more.processor - start.processor) / ours.processor
    print(f"1 % new: {more}; {share:.1%} of everything, {bare:.1%} without the start; budget 5 %")


def show(name: str, cost: Cost, limit: Cost, number: int, of: int) -> None:
    """Print one line; ratios are for the same number of statements."""
    factor = of / number
    print(f"{name:36} {cost}; {cost.processor * factor / limit.processor:.1f} x processor, "
          f"{cost.wall * factor / limit.wall:.1f} x wall")  # fmt: skip


def main() -> None:
    """Read the options."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--statements", type=int, default=1_000_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--folder", type=Path, help="keep the simulated programme here")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        folder.mkdir(exist_ok=True)
        measure(folder, given.statements, given.runs)


if __name__ == "__main__":
    main()
