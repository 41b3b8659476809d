"""The tables of the fact store, and how rows of one batch go into them.

Ids are UUIDs, times are UTC timestamps. There is no index: batches are joined, which DuckDB does
faster than it keeps a key.
"""

from __future__ import annotations

SCHEMA_VERSION = "7"

FACT_COLUMNS = {
    "statement_id": "UUID",
    "verb": "VARCHAR",
    "course": "VARCHAR",
    "course_version": "VARCHAR",
    "chain": "VARCHAR",
    "learner": "VARCHAR",
    "hotel": "VARCHAR",
    "hotel_source": "VARCHAR",
    "evidence": "VARCHAR",
    "completion": "BOOLEAN",
    "success": "BOOLEAN",
    "registration": "VARCHAR",
    "timestamp": "TIMESTAMP",
    "stored": "TIMESTAMP",
    "sent_at": "TIMESTAMP",
    "authority": "VARCHAR",
    "language": "VARCHAR",
    "source": "VARCHAR",
    "line": "BIGINT",
    "profile": "VARCHAR",
}
STORED_FACT_COLUMNS = {**FACT_COLUMNS, "first_batch": "BIGINT"}
"""`first_batch` is the file that gave the fact first. Its copy is the fact itself, unless `given`
has one. Null: an LRS gave it first, or a noroom stored it that wrote every copy into `given`."""
VOID_COLUMNS = {
    "target_id": "UUID",
    "statement_id": "UUID",
    "by_authority": "VARCHAR",
    "source": "VARCHAR",
    "line": "BIGINT",
}
QUARANTINE_COLUMNS = {
    "source": "VARCHAR",
    "line": "BIGINT",
    "statement_id": "VARCHAR",
    "path": "VARCHAR",
    "code": "VARCHAR",
    "what": "VARCHAR",
    "fix": "VARCHAR",
}
BATCH_COLUMNS = {
    "batch": "BIGINT",
    "source": "VARCHAR",
    "kind": "VARCHAR",
    "digest": "VARCHAR",
    "first_read": "TIMESTAMP",
    "withdrawn_at": "TIMESTAMP",
    "withdrawn_by": "VARCHAR",
    "reason": "VARCHAR",
}
"""What was read in one go; see batches.record."""
GIVEN_COLUMNS = {
    "statement_id": "UUID",
    "batch": "BIGINT",
    "line": "BIGINT",
    "timestamp": "TIMESTAMP",
    "stored": "TIMESTAMP",
    "sent_at": "TIMESTAMP",
    "authority": "VARCHAR",
}
"""The copy of a fact that a batch brought, as far as copies may differ. As long as one file alone
brought it, that is the fact, and nothing stands here. Copies of what is no fact are in `withdrawn`:
a row for each batch that gives it, which its `first_batch` names."""
GIVEN_VOID_COLUMNS = {
    "statement_id": "UUID",
    "target_id": "UUID",
    "by_authority": "VARCHAR",
    "batch": "BIGINT",
    "line": "BIGINT",
}
"""That a batch brought a void; its first three columns are what makes two voids the same."""
_SOURCE_COLUMNS = {"source": "VARCHAR", "repeated": "BIGINT"}
_CURSOR_COLUMNS = {"source": "VARCHAR", "stored": "TIMESTAMP", "settings": "VARCHAR"}

SENT_ONCE = (
    "verb",
    "course",
    "course_version",
    "learner",
    "hotel",
    "hotel_source",
    "evidence",
    "completion",
    "success",
    "registration",
    "profile",
)
"""What an LRS may never change in a statement; two copies must agree in it."""

_DIFFERS = " OR ".join(f"facts.{name} IS DISTINCT FROM copied.{name}" for name in SENT_ONCE)
CONFLICT = f"({_DIFFERS} OR coalesce(facts.sent_at <> copied.sent_at, false))"


def columns_sql(columns: dict[str, str]) -> str:
    """Give the column list of a CREATE TABLE."""
    return ", ".join(f"{name} {kind}" for name, kind in columns.items())


CREATE_BATCHES = f"""
CREATE TABLE batches ({columns_sql(BATCH_COLUMNS)});
CREATE TABLE given ({columns_sql(GIVEN_COLUMNS)});
CREATE TABLE withdrawn ({columns_sql(STORED_FACT_COLUMNS)});
"""

CREATE_GIVEN_VOIDS = f"""
CREATE TABLE IF NOT EXISTS given_voids ({columns_sql(GIVEN_VOID_COLUMNS)});
CREATE TABLE IF NOT EXISTS withdrawn_voids ({columns_sql(VOID_COLUMNS)});
"""

CREATE = f"""
CREATE TABLE meta (key VARCHAR, value VARCHAR);
INSERT INTO meta VALUES ('schema_version', '{SCHEMA_VERSION}');
CREATE TABLE facts ({columns_sql(STORED_FACT_COLUMNS)});
CREATE TABLE voids ({columns_sql(VOID_COLUMNS)});
CREATE TABLE quarantine ({columns_sql(QUARANTINE_COLUMNS)});
CREATE TABLE sources ({columns_sql(_SOURCE_COLUMNS)});
CREATE TABLE cursors ({columns_sql(_CURSOR_COLUMNS)});
{CREATE_BATCHES}{CREATE_GIVEN_VOIDS}"""  # noqa: S608 - built from the constants above

COPIED = """
SELECT staged.* FROM staged
SEMI JOIN (SELECT statement_id FROM staged SEMI JOIN facts USING (statement_id)
           UNION ALL
           SELECT statement_id FROM staged GROUP BY statement_id HAVING count(*) > 1) AS seen
    USING (statement_id)
"""
"""The few whose id was seen before, in the store or in this batch. Everything that compares wide
rows is done with them alone."""

INSERT_ALL = "INSERT INTO facts SELECT staged.*, CAST(? AS BIGINT) FROM staged"

INSERT_UNSEEN = f"{INSERT_ALL} ANTI JOIN copied USING (statement_id)"

INSERT_FIRST = """
INSERT INTO facts SELECT copied.*, CAST(? AS BIGINT)
FROM copied ANTI JOIN facts USING (statement_id)
QUALIFY row_number() OVER (PARTITION BY statement_id ORDER BY line) = 1
"""

JOIN_COPIES = "FROM copied JOIN facts USING (statement_id)"

COUNT_COPIES = f"""
SELECT count(*) FILTER (NOT {CONFLICT}),
       count(*) FILTER (NOT {CONFLICT}
                        AND (facts.source <> copied.source OR facts.line <> copied.line))
{JOIN_COPIES}
"""

KEEP_EARLIEST = f"""
UPDATE facts SET timestamp = copy.timestamp, stored = copy.stored, sent_at = copy.sent_at,
                 authority = copy.authority
FROM (SELECT statement_id, least(min(facts.timestamp), min(copied.timestamp)) AS timestamp,
             least(min(facts.stored), min(copied.stored)) AS stored,
             coalesce(min(facts.sent_at), min(copied.sent_at)) AS sent_at,
             coalesce(min(facts.authority), min(copied.authority)) AS authority
      {JOIN_COPIES} WHERE NOT {CONFLICT} GROUP BY statement_id) AS copy
WHERE facts.statement_id = copy.statement_id
  AND (facts.timestamp, facts.stored, facts.sent_at, facts.authority)
      IS DISTINCT FROM (copy.timestamp, copy.stored, copy.sent_at, copy.authority)
"""  # noqa: S608 - built from the constants above

SELECT_CONFLICTS = f"""
SELECT copied.source, copied.line, CAST(statement_id AS VARCHAR), facts.source, facts.line
{JOIN_COPIES} WHERE {CONFLICT}
"""

INSERT_NEW_VOIDS = """
INSERT INTO voids SELECT DISTINCT ON (statement_id, target_id, by_authority) * FROM staged
WHERE NOT EXISTS (SELECT 1 FROM voids AS old
                  WHERE old.statement_id = staged.statement_id
                    AND old.target_id = staged.target_id
                    AND old.by_authority IS NOT DISTINCT FROM staged.by_authority)
"""
"""A copy that says who voided, where the first did not, is kept beside it: it may be honoured."""

INSERT_QUARANTINE = "INSERT INTO quarantine SELECT * FROM staged"
"""Of a file, which is read from its start: several without an id may stand in one line."""

INSERT_NEW_QUARANTINE = """
INSERT INTO quarantine SELECT DISTINCT * FROM staged
WHERE NOT EXISTS (SELECT 1 FROM quarantine AS old
                  WHERE old.source = staged.source AND old.line = staged.line
                    AND old.code = staged.code AND old.path = staged.path
                    AND old.statement_id IS NOT DISTINCT FROM staged.statement_id)
"""

_OF_LEARNERS = "learner IN (SELECT unnest(?::VARCHAR[]))"
_EVERY_FACT = "(SELECT * FROM facts UNION ALL SELECT * FROM withdrawn)"
MOMENTS_OF_LEARNERS = f"""
SELECT learner, list(strftime(timestamp, '%Y-%m-%dT%H:%M:%S.%g')) FROM {_EVERY_FACT}
GROUP BY learner
"""  # noqa: S608 - built from the constants above
LEARNERS_FACTS = f"""
SELECT source, count(*) FROM {_EVERY_FACT} WHERE {_OF_LEARNERS} GROUP BY source ORDER BY source
"""  # noqa: S608 - built from the constants above
_THEIR_IDS = f"(SELECT statement_id FROM {_EVERY_FACT} WHERE {_OF_LEARNERS})"  # noqa: S608
_THEIR_FACTS = f"(SELECT statement_id FROM facts WHERE {_OF_LEARNERS})"  # noqa: S608
_QUARANTINED = f"""
FROM quarantine WHERE try_cast(statement_id AS UUID) IN {_THEIR_IDS}
"""
LEARNERS_QUARANTINE = f"SELECT 1 {_QUARANTINED}"
COUNT_BEFORE = f"""
SELECT count(*) FROM {_EVERY_FACT} WHERE timestamp < ?::TIMESTAMP AND NOT {_OF_LEARNERS}
"""  # noqa: S608 - built from the constants above
_OLD_IDS = f"(SELECT statement_id FROM {_EVERY_FACT} WHERE timestamp < ?::TIMESTAMP)"  # noqa: S608
_OLD_FACTS = "(SELECT statement_id FROM facts WHERE timestamp < ?::TIMESTAMP)"
DELETE_BEFORE = (
    f"DELETE FROM quarantine WHERE try_cast(statement_id AS UUID) IN {_OLD_IDS}",  # noqa: S608
    f"DELETE FROM given WHERE statement_id IN {_OLD_FACTS}",  # noqa: S608 - constants
    "DELETE FROM facts WHERE timestamp < ?::TIMESTAMP",
    "DELETE FROM withdrawn WHERE timestamp < ?::TIMESTAMP",
)
DELETE_LEARNERS = (
    f"DELETE {_QUARANTINED}",
    f"DELETE FROM given WHERE statement_id IN {_THEIR_FACTS}",  # noqa: S608 - constants
    f"DELETE FROM facts WHERE {_OF_LEARNERS}",  # noqa: S608 - constants
    f"DELETE FROM withdrawn WHERE {_OF_LEARNERS}",  # noqa: S608 - constants
)
_UNTIL = "learner = ? AND timestamp <= ?::TIMESTAMP"
DELETE_UNTIL = (
    f"DELETE FROM given WHERE statement_id IN (SELECT statement_id FROM facts WHERE {_UNTIL})",  # noqa: S608
    f"DELETE FROM facts WHERE {_UNTIL}",  # noqa: S608 - constants
    f"DELETE FROM withdrawn WHERE {_UNTIL}",  # noqa: S608 - constants
)
"""In this order: what hangs on a fact before the fact itself."""
