"""What others need to read the same statements: one peer, one process, started by the benchmarks.

Run: python benchmarks/peers.py NAME FILE STATEMENTS
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

DUCKDB_COLUMNS = """{
    id: 'VARCHAR', timestamp: 'VARCHAR', stored: 'VARCHAR',
    actor: 'STRUCT(account STRUCT(homePage VARCHAR, name VARCHAR))',
    verb: 'STRUCT(id VARCHAR)', object: 'STRUCT(id VARCHAR)',
    result: 'STRUCT(completion BOOLEAN, success BOOLEAN)',
    context: 'STRUCT(registration VARCHAR, platform VARCHAR, language VARCHAR,
              contextActivities STRUCT(grouping STRUCT(id VARCHAR)[]))',
    authority: 'STRUCT(account STRUCT(homePage VARCHAR, name VARCHAR))'}"""
"""The fields that noroom reads."""


def lines(file: Path, number: int) -> Iterator[bytes]:
    """Yield the first lines of a file."""
    with file.open("rb") as stream:
        yield from itertools.islice(stream, number)


def read_simdjson(file: Path, number: int) -> None:
    """Parse each line and look at nothing: the limit that ours is compared with."""
    import simdjson

    parse = simdjson.Parser().parse
    for line in lines(file, number):
        parse(line)


def read_stdlib(file: Path, number: int) -> None:
    """Parse each line into dicts."""
    for line in lines(file, number):
        json.loads(line)


def read_duckdb(file: Path, _: int) -> None:
    """Read the fields that noroom reads into a table; always the whole file."""
    import duckdb

    source = f"read_json(?, format = 'newline_delimited', columns = {DUCKDB_COLUMNS})"
    query = f"CREATE TABLE read AS SELECT * FROM {source}"  # noqa: S608 - a constant
    duckdb.connect().execute(query, [str(file)])


def read_pandas(file: Path, number: int) -> None:
    """Read into data frames of 10,000 statements."""
    import pandas

    with pandas.read_json(file, lines=True, chunksize=10_000, nrows=number) as frames:
        for frame in frames:
            len(frame)


def read_tincan(file: Path, number: int) -> None:
    """Make the objects of the xAPI library."""
    from tincan import Statement

    for line in lines(file, number):
        Statement.from_json(line.decode())


PEERS: dict[str, Callable[[Path, int], None]] = {
    "simdjson": read_simdjson,
    "duckdb": read_duckdb,
    "json": read_stdlib,
    "pandas": read_pandas,
    "tincan": read_tincan,
}

if __name__ == "__main__":
    PEERS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
