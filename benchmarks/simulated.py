"""A simulated programme of a wanted size, for the benchmarks of reading and reporting."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from measured import cost_of, noroom

STATEMENTS_PER_HOTEL = 200
"""A little less than `noroom simulate` writes."""
MOST_SIMULATED = 1_000_000
"""More than that are the same once more, in other attempts: simulating takes 80 µs a statement."""
_DIGITS = b"0123456789abcdef"
_UUID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def simulate(folder: Path, hotels: int) -> Path:
    """Write a programme unless it is there; statements lie in it as several files."""
    if not folder.exists():
        cost_of(noroom("simulate", "--hotels", str(hotels), "--seed", "7", "--out", folder))
    return folder


def programme_of(folder: Path, statements: int) -> Path:
    """Write a programme with that many statements, or a few less, unless it is there."""
    return simulate(folder, -(-min(statements, MOST_SIMULATED) // STATEMENTS_PER_HOTEL))


def one_file(programme: Path, out: Path, statements: int) -> int:
    """Write the first statements of a programme as one file; give how many there were."""
    with out.open("wb") as stream:
        return sum(
            stream.write(line) > 0 for line in itertools.islice(_lines(programme), statements)
        )


def _lines(programme: Path) -> Iterator[bytes]:
    for turn in range(len(_DIGITS)):
        table = bytes.maketrans(_DIGITS, _DIGITS[turn:] + _DIGITS[:turn])
        for file in sorted(programme.glob("statements*.ndjson")):
            with file.open("rb") as stream:
                yield from stream if turn == 0 else map(partial(_anew, table), stream)


def _anew(table: bytes, line: bytes) -> bytes:
    """Give a statement with other ids, digit by digit."""
    return _UUID.sub(lambda found: found[0].translate(table), line)


def without_store(programme: Path) -> None:
    """Take away what was read before."""
    shutil.rmtree(programme / "store", ignore_errors=True)
