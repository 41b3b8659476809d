"""Older layouts of the fact store -> the present one, step by step, in one transaction.

A store says its layout in `meta`. A layout that is not listed here and is not the present one was
written by a newer noroom, and is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from xapi_lrs_reports.store import store_schema as schema


@dataclass(frozen=True)
class Migration:
    """One step: its SQL, the layout that it makes, and what it means for people."""

    to: str
    sql: str
    message: str


_FACTS_OF_1 = ", ".join(
    "NULL AS authority" if name == "authority" else name
    for name in schema.FACT_COLUMNS
    if name != "profile"
)
_GIVEN = ", ".join(schema.GIVEN_COLUMNS)
_A_ROW_EACH = """
CREATE TABLE waiting AS
SELECT withdrawn.* REPLACE (given.line AS line, given.timestamp AS timestamp,
                            given.stored AS stored, given.sent_at AS sent_at,
                            given.authority AS authority, batches.source AS source,
                            batch AS first_batch)
FROM withdrawn JOIN given USING (statement_id) JOIN batches USING (batch)
WHERE withdrawn_at IS NOT NULL
  AND (coalesce(first_batch = batch, true)
       OR statement_id NOT IN (SELECT statement_id FROM facts))
QUALIFY row_number() OVER (PARTITION BY statement_id, batch
                           ORDER BY coalesce(first_batch = batch, false) DESC,
                                    withdrawn.rowid) = 1;
DELETE FROM given WHERE (statement_id, batch) IN (SELECT statement_id, first_batch FROM waiting);
DELETE FROM withdrawn;
INSERT INTO withdrawn SELECT * FROM waiting;
DROP TABLE waiting
"""
MIGRATIONS = {
    "1": Migration(
        "2",
        "CREATE TABLE facts_anew AS "  # noqa: S608 - built from constants
        f"SELECT {_FACTS_OF_1} FROM facts; "
        "ALTER TABLE facts_anew ALTER authority TYPE VARCHAR; "
        "DROP TABLE facts; ALTER TABLE facts_anew RENAME TO facts; "
        "DELETE FROM cursors",
        "who wrote a statement is kept from now on; the next noroom sync reads everything once "
        "more to learn it, and counts nothing twice",
    ),
    "2": Migration(
        "3",
        f"{schema.CREATE_BATCHES} "  # noqa: S608 - built from constants
        "INSERT INTO batches SELECT row_number() OVER (ORDER BY source), source, "
        "CASE WHEN starts_with(source, 'lrs:') THEN 'lrs' ELSE 'earlier' END, '', "
        "min(timestamp), NULL, NULL, NULL FROM facts GROUP BY source; "
        f"INSERT INTO given SELECT {_GIVEN} FROM facts JOIN batches USING (source) "
        "WHERE kind = 'earlier'; DELETE FROM cursors",
        "which file gave which completion is kept from now on, so that a wrong file can be "
        "withdrawn; the next noroom sync reads everything once more, and counts nothing twice",
    ),
    "3": Migration(
        "4",
        "ALTER TABLE facts ADD COLUMN IF NOT EXISTS profile VARCHAR; "
        "ALTER TABLE withdrawn ADD COLUMN IF NOT EXISTS profile VARCHAR",
        "a completion can say from now on that it is a student's or other guest's, and is then "
        "shown beside the hotel's; nothing that was read before changes",
    ),
    "4": Migration(
        "5",
        f"{schema.CREATE_GIVEN_VOIDS} "  # noqa: S608 - constants
        "INSERT INTO given_voids SELECT voids.statement_id, voids.target_id, voids.by_authority, "
        "batches.batch, voids.line FROM voids JOIN batches USING (source) "
        "WHERE batches.withdrawn_at IS NULL",
        "which file gave which void is kept from now on: a file that is withdrawn takes its voids "
        "with it; those of files that were withdrawn before stay",
    ),
    "5": Migration(
        "6",
        "ALTER TABLE facts ADD COLUMN IF NOT EXISTS first_batch BIGINT; "
        "ALTER TABLE withdrawn ADD COLUMN IF NOT EXISTS first_batch BIGINT",
        "what one file alone gave is written once from now on, not twice, so the store grows less; "
        "nothing that was read before changes",
    ),
    "6": Migration(
        "7",
        _A_ROW_EACH,
        "of two withdrawn imports that contradict each other under one id both are kept from now "
        "on, whichever is restored first; nothing that counts changes",
    ),
}
