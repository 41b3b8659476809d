"""`noroom store imports|withdraw|restore`: what was read, and taking one reading back.

What a batch alone gave goes to the table `withdrawn`, out of every report; what another file or an
LRS gives too stays, with the times that those give. Its voids go to `withdrawn_voids` by the same
rule, so that what they took away counts again. All of it in one transaction, and reversible.
Of two imports that contradict each other under one id the first counts, as when they are read.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from programme.problems import InputError, Problem
from xapi_lrs_reports.store.batches.record import spell_out
from xapi_lrs_reports.store.batches.waiting import (
    bring_in,
    contradicted_by,
    number_waiting,
    read_again,
    take_out,
)
from xapi_lrs_reports.store.fact_store import FactStore

if TYPE_CHECKING:
    import duckdb

_LIST = """
SELECT batch, source, kind, first_read, withdrawn_at, withdrawn_by, reason,
       count(DISTINCT gave.statement_id),
       count(DISTINCT gave.statement_id) FILTER (gave.verb IN ('completed', 'passed'))
FROM batches LEFT JOIN (
    SELECT statement_id, batch, verb FROM given JOIN facts USING (statement_id)
    UNION ALL SELECT statement_id, first_batch, verb FROM facts
    UNION ALL SELECT statement_id, first_batch, verb FROM withdrawn
) AS gave USING (batch)
WHERE kind <> 'lrs' GROUP BY ALL ORDER BY batch
"""
_OF_BATCH = "(SELECT statement_id FROM given WHERE batch = ?)"
_LIVE = "(SELECT * FROM given JOIN batches USING (batch) WHERE withdrawn_at IS NULL)"
_ONLY_HERE = f"""
statement_id IN {_OF_BATCH} AND statement_id NOT IN (SELECT statement_id FROM {_LIVE})
"""  # noqa: S608 - constants
_COUNT = "SELECT count(*), count(*) FILTER (verb IN ('completed', 'passed')) FROM facts WHERE "
_SETTLE = f"""
UPDATE facts SET timestamp = copy.timestamp, stored = copy.stored, sent_at = copy.sent_at,
                 authority = copy.authority, source = copy.source, line = copy.line
FROM (SELECT statement_id, min(timestamp) AS timestamp, min(stored) AS stored,
             min(sent_at) AS sent_at, arg_min(authority, batch) AS authority,
             arg_min(source, batch) AS source, arg_min(line, batch) AS line
      FROM {_LIVE}
      WHERE statement_id IN {_OF_BATCH}
         OR statement_id IN (SELECT statement_id FROM withdrawn WHERE first_batch = ?)
      GROUP BY statement_id) AS copy
WHERE facts.statement_id = copy.statement_id
"""  # noqa: S608 - constants
"""A fact that several gave has the earliest of their times (docs/contracts.md, section 7)."""
_LATER = """
SELECT count(*) FROM batches WHERE source = ? AND batch > ? AND withdrawn_at IS NULL
"""
_SAME_VOID = """other.statement_id = voids.statement_id AND other.target_id = voids.target_id
AND other.by_authority IS NOT DISTINCT FROM voids.by_authority"""
_VOID_OF_BATCH = f"""
EXISTS (SELECT 1 FROM given_voids AS other WHERE other.batch = ? AND {_SAME_VOID})
"""  # noqa: S608 - constants
_LIVE_VOIDS = """
(SELECT given_voids.*, batches.source FROM given_voids JOIN batches USING (batch)
 WHERE withdrawn_at IS NULL)
"""
_VOID_ONLY_HERE = f"""
{_VOID_OF_BATCH} AND NOT EXISTS (SELECT 1 FROM {_LIVE_VOIDS} AS other WHERE {_SAME_VOID})
"""  # noqa: S608 - constants
_TAKE_OUT_VOIDS = f"""
INSERT INTO withdrawn_voids SELECT voids.* FROM voids WHERE {_VOID_ONLY_HERE}
"""  # noqa: S608 - constants
_BRING_BACK_VOIDS = f"""
INSERT INTO voids SELECT voids.* FROM withdrawn_voids AS voids
WHERE {_VOID_OF_BATCH} AND NOT EXISTS (SELECT 1 FROM voids AS other WHERE {_SAME_VOID})
"""  # noqa: S608 - constants
_SETTLE_VOIDS = f"""
UPDATE voids SET source = other.source, line = other.line
FROM (SELECT statement_id, target_id, by_authority, arg_min(source, batch) AS source,
             arg_min(line, batch) AS line
      FROM {_LIVE_VOIDS} GROUP BY ALL) AS other
WHERE {_SAME_VOID}
"""  # noqa: S608 - constants


@dataclass(frozen=True)
class Import:
    """One file that was read. `facts` and `completions` are what it gave, also with others."""

    number: int
    source: str
    kind: str
    read_at: datetime.datetime
    withdrawn_at: datetime.datetime | None
    withdrawn_by: str | None
    reason: str | None
    facts: int
    completions: int

    def as_json(self) -> dict[str, object]:
        """Give the fields by name; times in UTC."""
        return {
            "import": self.number,
            "source": self.source,
            "kind": self.kind,
            "read_at": _moment(self.read_at),
            "facts": self.facts,
            "completions": self.completions,
            "withdrawn_at": _moment(self.withdrawn_at) if self.withdrawn_at else None,
            "withdrawn_by": self.withdrawn_by,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Moved:
    """What withdrawing or restoring an import did: facts moved, facts that stay, voids moved.

    `waiting`: facts of a restored import that stay out, since what counts contradicts them, and
    `against` the sources of the latter. `returned`: facts of other imports that waited like that
    for the one that was withdrawn. `to_read`: sources whose statements were refused because of it.
    """

    number: int
    source: str
    facts: int
    completions: int
    kept: int
    voids: int
    waiting: int = 0
    against: tuple[str, ...] = ()
    returned: int = 0
    to_read: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Give the fields by name."""
        return {
            "import": self.number,
            "source": self.source,
            "facts": self.facts,
            "completions": self.completions,
            "given_by_others": self.kept,
            "voids": self.voids,
            "contradicted": self.waiting,
            "contradicted_by": list(self.against),
            "returned": self.returned,
            "to_read_again": list(self.to_read),
        }


def list_imports(store: FactStore) -> list[Import]:
    """Give every file that was read, the oldest first."""
    return [Import(*row) for row in store.connection.execute(_LIST).fetchall()]


def withdraw(store: FactStore, number: int, *, by: str, reason: str, is_dry: bool) -> Moved:
    """Take out what one import alone gave; raises InputError if there is none to take out."""
    batch = _import(store, number)
    if batch.withdrawn_at is not None:
        what = f"import {number} was withdrawn on {batch.withdrawn_at:%Y-%m-%d}"
        raise _refused("import-state", what, "Nothing has to be done.")
    if batch.kind == "earlier":
        what = "an older noroom read this file, and did not keep what else gave its completions"
        fix = "Import it again, and the files that may give the same; then withdraw it."
        raise _refused("import-earlier", what, fix)
    connection = store.connection
    with store.transaction(is_dry=is_dry):
        mark = "UPDATE batches SET withdrawn_at = ?, withdrawn_by = ?, reason = ? WHERE batch = ?"
        connection.execute(mark, [_now(), by, reason, number])
        spell_out(connection, number)
        waiting = number_waiting(connection, number)
        facts, completions = _numbers(connection, _COUNT + _ONLY_HERE, [number])
        take_out(connection, number, _ONLY_HERE)
        returned = bring_in(connection, number)
        connection.execute(_SETTLE, [number, number])
        if _numbers(connection, _LATER, [batch.source, number]) == (0,):
            store.start_over(batch.source)
        to_read = read_again(connection, number)
        voids = _moved(connection, _TAKE_OUT_VOIDS, number)
        connection.execute(f"DELETE FROM voids WHERE {_VOID_ONLY_HERE}", [number])  # noqa: S608
        connection.execute(_SETTLE_VOIDS)
    return Moved(
        number,
        batch.source,
        facts,
        completions,
        kept=batch.facts - facts - waiting,
        voids=voids,
        returned=returned,
        to_read=to_read,
    )


def restore(store: FactStore, number: int, *, is_dry: bool) -> Moved:
    """Bring back what withdrawing an import took out; raises InputError if it was not withdrawn."""
    batch = _import(store, number)
    if batch.withdrawn_at is None:
        what = f"import {number} counts: it was not withdrawn"
        raise _refused("import-state", what, "Nothing has to be done.")
    connection = store.connection
    with store.transaction(is_dry=is_dry):
        mark = "UPDATE batches SET withdrawn_at = NULL, withdrawn_by = NULL, reason = NULL "
        connection.execute(f"{mark} WHERE batch = ?", [number])
        store.delete_forgotten()
        before = _numbers(connection, _COUNT + "true", [])
        bring_in(connection, number)
        connection.execute(_SETTLE, [number, number])
        after = _numbers(connection, _COUNT + "true", [])
        waiting = number_waiting(connection, number)
        against = contradicted_by(connection, number)
        voids = _moved(connection, _BRING_BACK_VOIDS, number)
        connection.execute(
            f"DELETE FROM withdrawn_voids AS voids WHERE {_VOID_OF_BATCH}",  # noqa: S608
            [number],
        )
        connection.execute(_SETTLE_VOIDS)
    facts, completions = after[0] - before[0], after[1] - before[1]
    kept = batch.facts - facts - waiting
    return Moved(number, batch.source, facts, completions, kept, voids, waiting, against)


def _import(store: FactStore, number: int) -> Import:
    known = {one.number: one for one in list_imports(store)}
    if number not in known:
        what = f"there is no import {number}"
        raise _refused("import-unknown", what, "noroom store imports lists them.")
    return known[number]


def _numbers(
    connection: duckdb.DuckDBPyConnection, query: str, values: list[object]
) -> tuple[int, ...]:
    return tuple(map(int, connection.execute(query, values).fetchone() or ()))


def _moved(connection: duckdb.DuckDBPyConnection, insert: str, number: int) -> int:
    return int((connection.execute(insert, [number]).fetchone() or (0,))[0])


def _refused(code: str, what: str, fix: str) -> InputError:
    return InputError([Problem("import", 0, 0, code, what, fix)])


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)


def _moment(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
