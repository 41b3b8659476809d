"""Who gave a fact: the batches of the store, and the copies that each of them brought.

A fact that several batches gave stays for as long as one of them does. Nearly all facts come once,
so a fact says itself which file gave it first, and copies are written down when there are several.
Of a fact that one LRS alone gave nothing is written at all: an LRS is never withdrawn.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from programme.problems import InputError, Problem
from xapi_lrs_reports.store import store_schema as schema
from xapi_lrs_reports.store.staging import Staged

if TYPE_CHECKING:
    import duckdb

Kind = Literal["lrs", "statements", "lms_export", "return_sheet", "parquet", "earlier"]
"""`earlier`: read by a noroom that did not keep what else gave its facts."""


@dataclass(frozen=True)
class Origin:
    """What is read now. `digest` is SHA-256 of the file and of how it is read; "" for an LRS."""

    source: str
    kind: Kind
    digest: str = ""

    @staticmethod
    def of(source: str) -> Origin:
        """Give the origin of what nobody announced: an LRS by its name, else a file."""
        return Origin(source, "lrs" if source.startswith("lrs:") else "statements")


_NEXT = "SELECT coalesce(max(batch), 0) + 1 FROM batches"
_SAME = """
SELECT batch FROM batches
WHERE withdrawn_at IS NULL AND source = ? AND (digest = ? OR kind = 'earlier') ORDER BY batch
"""
_WITHDRAWN = """
SELECT batch, source FROM batches
WHERE digest = ? AND digest <> '' AND withdrawn_at IS NOT NULL ORDER BY batch DESC LIMIT 1
"""
_SPELL_OUT = """
INSERT INTO given
SELECT statement_id, first_batch, line, timestamp, stored, sent_at, authority
FROM facts
WHERE ({which})
  AND NOT EXISTS (SELECT 1 FROM given
                  WHERE given.statement_id = facts.statement_id AND batch = first_batch)
"""
_COPIED_BY_ANOTHER = _SPELL_OUT.format(
    which="first_batch <> ? AND statement_id IN (SELECT statement_id FROM copied)"
)
_TOUCHED_BY = _SPELL_OUT.format(
    which="first_batch = ? OR (first_batch IS NOT NULL AND statement_id IN "
    "(SELECT statement_id FROM given WHERE batch = ? UNION ALL "
    "SELECT statement_id FROM withdrawn WHERE first_batch = ?))"
)
_AGREED_OF = """
INSERT INTO given SELECT DISTINCT ON (copied.statement_id)
    copied.statement_id, ?, copied.line, copied.timestamp, copied.stored, copied.sent_at,
    copied.authority
FROM {rows} AS copied JOIN facts USING (statement_id)
WHERE NOT {conflict} AND facts.first_batch IS DISTINCT FROM ?
  AND NOT EXISTS (SELECT 1 FROM given WHERE given.statement_id = copied.statement_id AND batch = ?)
  AND {which}
ORDER BY copied.line
"""
_AGREED = _AGREED_OF.format(rows="copied", conflict=schema.CONFLICT, which="true")
_BY_OTHERS = "copied.statement_id IN (SELECT statement_id FROM given)"
_GIVEN_BY_OTHERS = _AGREED_OF.format(rows="staged", conflict=schema.CONFLICT, which=_BY_OTHERS)
_FIRST_LRS = """
INSERT INTO given
SELECT facts.statement_id, batches.batch, facts.line, facts.timestamp, facts.stored, facts.sent_at,
       facts.authority
FROM facts JOIN batches ON batches.source = facts.source AND batches.kind = 'lrs'
WHERE facts.first_batch IS NULL
  AND facts.statement_id IN ({which})
  AND facts.statement_id NOT IN (SELECT statement_id FROM given)
"""
"""What an export of another store gave has the name of an LRS too, and says which file that was."""
_COPIED_FROM_LRS = _FIRST_LRS.format(which="SELECT statement_id FROM copied")
_TOUCHED_OF_LRS = _FIRST_LRS.format(
    which="SELECT statement_id FROM withdrawn WHERE first_batch = ?"
)

_GIVEN_VOIDS = """
INSERT INTO given_voids
SELECT DISTINCT ON (statement_id, target_id, by_authority)
       statement_id, target_id, by_authority, ?, line
FROM staged
WHERE NOT EXISTS (SELECT 1 FROM given_voids AS old
                  WHERE old.batch = ? AND old.statement_id = staged.statement_id
                    AND old.target_id = staged.target_id
                    AND old.by_authority IS NOT DISTINCT FROM staged.by_authority)
ORDER BY line
"""


def begin_batch(connection: duckdb.DuckDBPyConnection, origin: Origin) -> int:
    """Give the number of the batch that this is, a new one unless it was read before.

    Raises InputError if it was withdrawn: no nightly import brings back what a person took out.
    """
    found = connection.execute(_WITHDRAWN, [origin.digest]).fetchone()
    if found is not None:
        what = f"this file was withdrawn: import {found[0]}, {found[1]}"
        fix = f"If it was right after all: noroom store restore {found[0]}."
        raise InputError([Problem(origin.source, 0, 0, "import-withdrawn", what, fix)])
    known = connection.execute(_SAME, [origin.source, origin.digest]).fetchone()
    if known is not None:
        update = "UPDATE batches SET kind = ?, digest = ? WHERE batch = ?"
        connection.execute(update, [origin.kind, origin.digest, known[0]])
        return int(known[0])
    [number] = connection.execute(_NEXT).fetchone() or (1,)
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    row = [number, origin.source, origin.kind, origin.digest, now, None, None, None]
    marks = ", ".join("?" for _ in row)
    connection.execute(f"INSERT INTO batches VALUES ({marks})", row)  # noqa: S608 - marks alone
    return int(number)


def record_copies(rows: Staged, batch: int, kind: Kind, *, all_new: bool) -> None:
    """Write down what the rows of `staged` give; those that contradict a fact give nothing.

    After new facts were inserted, and before copies are put together, which may change their times:
    of a fact that another gave first, its own copy is kept too.
    """
    if not all_new:
        rows.execute(_COPIED_BY_ANOTHER, [batch])
    if kind == "lrs":
        rows.execute(_GIVEN_BY_OTHERS, [batch, batch, batch])
    elif not all_new:
        rows.execute(_COPIED_FROM_LRS)
        rows.execute(_AGREED, [batch, batch, batch])


def spell_out(connection: duckdb.DuckDBPyConnection, batch: int) -> None:
    """Write into `given` every copy of the facts that a batch gave or waits to give."""
    connection.execute(_TOUCHED_BY, [batch, batch, batch])
    connection.execute(_TOUCHED_OF_LRS, [batch])


def record_voids(rows: Staged, batch: int) -> None:
    """Write down which voids the rows of `staged` give; they are few, so an LRS's are kept too."""
    rows.execute(_GIVEN_VOIDS, [batch, batch])
