"""Older layouts of the fact store -> the present one, step by step, in one transaction.

A store says its layout in `meta`. A layout that is not listed here and is not the present one was
written by a newer noroom, and is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from xapi_lrs_reports import store_schema as schema


@dataclass(frozen=True)
class Migration:
    """One step: its SQL, the layout that it makes, and what it means for people."""

    to: str
    sql: str
    message: str


_FACTS_OF_1 = ", ".join(
    "NULL AS authority" if name == "authority" else name for name in schema.FACT_COLUMNS
)
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
    )
}
