"""Other imports of a file of the same name: what they gave and this one does not goes on counting.

Whoever sees that a file was read in a wrong way reads it again in another. That takes nothing back,
so they have to hear of it, or people count twice: in two hotels, or in two chains.
"""

from __future__ import annotations

from typing import NamedTuple

from xapi_lrs_reports.store.fact_store import FactStore

_OTHERS = """
WITH gave AS (
    SELECT statement_id, batch FROM given JOIN facts USING (statement_id)
    WHERE verb IN ('completed', 'passed')
    UNION
    SELECT statement_id, first_batch FROM facts WHERE verb IN ('completed', 'passed')
)
SELECT batch, count(*) FROM gave JOIN batches USING (batch)
WHERE source = ? AND digest <> ? AND kind = 'lms_export' AND withdrawn_at IS NULL
  AND statement_id NOT IN (SELECT statement_id FROM gave JOIN batches USING (batch)
                           WHERE source = ? AND digest = ? AND withdrawn_at IS NULL)
GROUP BY batch ORDER BY batch
"""


class ReadBefore(NamedTuple):
    """An import of a file of that name, and how many completions it alone of the two gives."""

    number: int
    completions: int


def read_before(store: FactStore, source: str, digest: str) -> list[ReadBefore]:
    """Give the imports of LMS exports of that name whose completions are not all in this one."""
    values = [source, digest, source, digest]
    return [ReadBefore(*row) for row in store.connection.execute(_OTHERS, values).fetchall()]
