"""`noroom store check`: what is wrong with a store, each with its cure, and what it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from programme.directory import ProgrammeDirectory
from programme.files import is_there
from programme.problems import Problem
from xapi_lrs_reports.store import store_schema as schema
from xapi_lrs_reports.store.fact_store import FactStore
from xapi_lrs_reports.store.opening import open_store, store_file

if TYPE_CHECKING:
    import duckdb

_REPAIR = "Run noroom store check --repair."
_COUNTS = {
    "facts": "SELECT count(*) FROM facts",
    "learners": "SELECT count(DISTINCT learner) FROM facts",
    "voids": "SELECT count(*) FROM voids",
    "orphan_voids": "SELECT count(*) FROM voids WHERE target_id NOT IN "
    "(SELECT statement_id FROM facts)",
    "quarantined": "SELECT count(*) FROM quarantine",
    "withdrawn": "SELECT count(DISTINCT statement_id) FROM withdrawn",
}
_REPEATED = "SELECT count(*) - count(DISTINCT statement_id) FROM facts"
_NEEDED = ("statement_id", "verb", "course", "chain", "learner", "evidence", "timestamp")
_MISSING = " OR ".join(f"{one} IS NULL" for one in _NEEDED)
_EMPTY = f"SELECT count(*) FROM facts WHERE {_MISSING}"  # noqa: S608 - constants
_OTHER_CHAIN = "SELECT count(*) FROM facts WHERE NOT starts_with(learner, chain || '/')"


@dataclass
class Checked:
    """What a store holds, what is wrong with it, and how many rows a repair removed.

    `quarantine`: (source, code, number, cure), the most first.
    """

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    quarantine: list[tuple[str, str, int, str]] = field(default_factory=list)
    repaired: int = 0

    def as_json(self) -> dict[str, object]:
        """Give the same by name."""
        names = ("source", "code", "number", "fix")
        return {
            "schema_version": schema.SCHEMA_VERSION,
            "counts": self.counts,
            "problems": [problem.as_json() for problem in self.problems],
            "quarantine": [dict(zip(names, row, strict=True)) for row in self.quarantine],
            "repaired": self.repaired,
        }


def check_store(programme: ProgrammeDirectory, *, is_repair: bool = False) -> Checked:
    """Look through the whole store; raises InputError if it cannot be opened at all."""
    if not is_there(store_file(programme.path)):
        return Checked(counts=dict.fromkeys(_COUNTS, 0))
    with open_store(programme.path) as store:
        repaired = _repair(store) if is_repair else 0
        connection = store.connection
        counts = {name: _number(connection, query) for name, query in _COUNTS.items()}
        found = list(_problems(programme, store))
        quarantine = connection.execute(
            "SELECT source, code, count(*), first(fix ORDER BY line) FROM quarantine "
            "GROUP BY source, code ORDER BY 3 DESC, 1, 2"
        ).fetchall()
    return Checked(counts, found, quarantine, repaired)


def checked_text(checked: Checked) -> str:
    """Give the counts, and the quarantine with its cures, for people."""
    names = ", ".join(f"{name.replace('_', ' ')} {n:,}" for name, n in checked.counts.items())
    lines = [f"Layout {schema.SCHEMA_VERSION}: {names}."]
    for source, code, number, fix in checked.quarantine:
        lines += [f"Quarantined: {source}: {number:,} with [{code}]", f"  {fix}"]
    if checked.repaired:
        lines.append(f"Repaired: {checked.repaired:,} rows removed.")
    if not checked.problems:
        lines.append("Nothing is wrong with the store.")
    return "\n".join(lines) + "\n"


def _problems(programme: ProgrammeDirectory, store: FactStore) -> Iterable[Problem]:
    file = str(store_file(programme.path))
    connection = store.connection

    def problem(code: str, what: str, fix: str) -> Problem:
        return Problem(file, 0, 0, code, what, fix)

    if repeated := _number(connection, _REPEATED):
        yield problem("store-repeated", f"{repeated:,} facts stand in it twice", _REPAIR)
    if back := sum(n for _, n in store.forgotten_learners()):
        what = f"{back:,} facts of people who were forgotten are back, as from a backup"
        yield problem("store-forgotten", what, _REPAIR)
    if empty := _number(connection, _EMPTY) + _number(connection, _OTHER_CHAIN):
        what = f"{empty:,} facts lack a value, or name a learner of another chain"
        fix = "Restore the store from a backup, or move it away and read all statements again."
        yield problem("store-damaged", what, fix)
    known = "SELECT DISTINCT chain FROM facts ORDER BY chain"
    for (chain,) in connection.execute(known).fetchall():
        if chain not in programme.chains and chain is not None:
            what = f"it holds facts of chain {chain}, which has no folder, so they count nowhere"
            fix = "Put the folder of the chain back, or forget its people."
            yield Problem(file, 0, 0, "store-chain", what, fix, "warning")


def _repair(store: FactStore) -> int:
    """Remove repeated facts (the first one read stays) and those of people who were forgotten."""
    connection = store.connection
    before = _number(connection, _COUNTS["facts"])
    with store.transaction():
        connection.execute(
            "DELETE FROM facts WHERE rowid NOT IN (SELECT min(rowid) FROM facts "
            "GROUP BY statement_id)"
        )
        store.delete_forgotten()
    return before - _number(connection, _COUNTS["facts"])


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0
