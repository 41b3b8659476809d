"""The fact store: <programme>/store/noroom.duckdb, with facts, voids, quarantine and cursors.

Appending is idempotent by statement id. Raw statements are never kept. A read of a file or a page
of an LRS is one transaction: it is in the store whole or not at all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from msgspec.structs import replace

from xapi_lrs_reports.people.forgotten import Forgotten
from xapi_lrs_reports.statements.normalise import Outcome
from xapi_lrs_reports.statements.quarantine import Group, groups_of
from xapi_lrs_reports.statements.statement import REVIEW, Fact, StatementProblem, Void
from xapi_lrs_reports.statements.usual import Batch
from xapi_lrs_reports.store import store_schema as schema
from xapi_lrs_reports.store.batches.record import (
    Kind,
    Origin,
    begin_batch,
    record_copies,
    record_voids,
)
from xapi_lrs_reports.store.staging import Staged, staged, staged_facts

if TYPE_CHECKING:
    import duckdb

CONFLICT = "statement-conflict"


@dataclass
class Tally:
    """What became of the statements of one source.

    `read` = new + duplicates + irrelevant + quarantined + voids. `duplicates` were in the store
    already; `repeated` are those of them that stand at another place than the one first read.
    `irrelevant` are none of the programme's, or of people who were forgotten.
    """

    read: int = 0
    new: int = 0
    duplicates: int = 0
    irrelevant: int = 0
    quarantined: int = 0
    voids: int = 0
    repeated: int = 0

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))

    def as_json(self) -> dict[str, int]:
        """Give the counts that commands print."""
        names = ("read", "new", "duplicates", "irrelevant", "quarantined", "voids")
        return {name: getattr(self, name) for name in names}


class FactStore:
    """An open store. Call its methods inside `transaction()`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, forgotten: Forgotten) -> None:
        self._connection = connection
        self._forgotten = forgotten
        self._begun: dict[str, tuple[Origin, int]] = {}

    @contextlib.contextmanager
    def transaction(self, *, is_dry: bool = False) -> Iterator[None]:
        """Keep everything done inside; nothing if it is a dry run or an exception leaves it."""
        self._connection.begin()
        try:
            yield
        except BaseException:
            self._undo()
            raise
        if is_dry:
            self._undo()
        else:
            self._connection.commit()

    def _undo(self) -> None:
        self._connection.rollback()
        self._begun.clear()

    def begin(self, origin: Origin) -> None:
        """Say what is read from now on under the name of its source.

        A file that is read anew loses its quarantine; one that was withdrawn raises InputError.
        """
        if origin.kind != "lrs":
            self.start_over(origin.source)
        self._begun[origin.source] = (origin, begin_batch(self._connection, origin))

    def start_over(self, source: str) -> None:
        """Forget the quarantine and the counts of a source that is read from its start again."""
        for table in ("quarantine", "sources"):
            query = f"DELETE FROM {table} WHERE source = ?"  # noqa: S608 - constant
            self._connection.execute(query, [source])

    def append(self, source: str, outcomes: Sequence[Outcome]) -> Tally:
        """Append judged statements of a source and count what became of them."""
        return self.append_batch(source, Batch(list(outcomes)))

    def append_batch(self, source: str, batch: Batch, *, is_new: bool = False) -> Tally:
        """Append one batch of a source and count what became of it.

        `is_new` says that no fact of it is in the store, or in the batch, twice.
        """
        outcomes = batch.outcomes
        facts = [row for row in outcomes if type(row) is Fact]
        voids = [row for row in outcomes if type(row) is Void]
        problems = [row for row in outcomes if type(row) is StatementProblem]
        if source not in self._begun:
            self.begin(Origin.of(source))
        tally = Tally(read=len(batch))
        tally.irrelevant = len(outcomes) - len(facts) - len(voids) - len(problems)
        if facts or batch.rows:
            problems += self._append_facts(source, facts, batch, tally, is_new=is_new)
        tally.quarantined = len(problems)
        if voids:
            with staged(self._connection, voids, schema.VOID_COLUMNS) as rows:
                tally.voids = rows.changed(schema.INSERT_NEW_VOIDS)
                record_voids(rows, self._begun[source][1])
            tally.duplicates += len(voids) - tally.voids
        if problems:
            with staged(self._connection, problems, schema.QUARANTINE_COLUMNS) as rows:
                is_again = self._begun[source][0].kind in ("lrs", "parquet")
                rows.execute(schema.INSERT_NEW_QUARANTINE if is_again else schema.INSERT_QUARANTINE)
        self._count_repeated(source, tally.repeated)
        return tally

    def _append_facts(
        self, source: str, facts: list[Fact], batch: Batch, tally: Tally, *, is_new: bool
    ) -> list[StatementProblem]:
        origin, number = self._begun[source]
        with staged_facts(self._connection, source, facts, batch, self._forgotten) as rows:
            tally.irrelevant += len(facts) + len(batch.rows) - rows.number
            first_batch = None if origin.kind == "lrs" else number
            if is_new:
                tally.new = rows.changed(schema.INSERT_ALL, [first_batch])
                record_copies(rows, number, origin.kind, all_new=True)
                return []
            with rows.copy_out(schema.COPIED):
                refused = _append_looked_up(rows, number, origin.kind, tally)
        if origin.kind == "parquet":  # its facts name the files that they were read from elsewhere
            refused = [replace(one, source=source, line=0) for one in refused]
        return refused

    def _changed(self, query: str, values: list[object] | None = None) -> int:
        found = self._connection.execute(query, values).fetchone()
        return int(found[0]) if found else 0

    def _count_repeated(self, source: str, repeated: int) -> None:
        update = "UPDATE sources SET repeated = repeated + ? WHERE source = ?"
        if not self._changed(update, [repeated, source]):
            self._connection.execute("INSERT INTO sources VALUES (?, ?)", [source, repeated])

    def cursor(self, source: str, settings: str) -> str | None:
        """Give the `stored` up to which a source was read under these settings, in ISO 8601."""
        query = (
            "SELECT strftime(stored, '%Y-%m-%dT%H:%M:%S.%gZ') FROM cursors "
            "WHERE source = ? AND settings = ?"
        )
        found = self._connection.execute(query, [source, settings]).fetchone()
        return str(found[0]) if found and found[0] else None

    def set_cursor(self, source: str, stored: str | None, settings: str) -> None:
        """Remember how far a source was read; `settings` tells which statements were ours."""
        self._connection.execute("DELETE FROM cursors WHERE source = ?", [source])
        if stored:
            insert = "INSERT INTO cursors VALUES (?, ?, ?)"
            self._connection.execute(insert, [source, stored, settings])

    def quarantine_groups(self, source: str) -> list[Group]:
        """Give what was quarantined of one source, by code."""
        return groups_of(self._connection, source)

    def quarantined(self, source: str, limit: int) -> list[StatementProblem]:
        """Give the first problems of one source, in the order of their lines."""
        names = ", ".join(schema.QUARANTINE_COLUMNS)
        query = (
            f"SELECT {names} FROM quarantine WHERE source = ? "  # noqa: S608 - constant
            "ORDER BY line, statement_id, path LIMIT ?"
        )
        rows = self._connection.execute(query, [source, limit]).fetchall()
        return [StatementProblem(*row) for row in rows]

    def drop_reviews(self, reviews: Iterable[str]) -> None:
        """Forget completion codes that waited for review, from whichever sheet they came."""
        self._connection.execute(
            "DELETE FROM quarantine WHERE starts_with(code, ?) AND statement_id IN "
            "(SELECT unnest(?::VARCHAR[]))",
            [REVIEW, list(reviews)],
        )

    def completed(self, learners: Iterable[str]) -> set[str]:
        """Give those learners of whom a completion is stored, other than from a code."""
        query = (
            "SELECT DISTINCT learner FROM facts WHERE verb IN ('completed', 'passed') "
            "AND evidence <> 'code' AND learner IN (SELECT unnest(?::VARCHAR[]))"
        )
        return {row[0] for row in self._connection.execute(query, [list(learners)]).fetchall()}

    def add_sources(self, counts: Iterable[tuple[str, int]]) -> None:
        """Add what another store counted of sources that are not known here."""
        for source, repeated in counts:
            self._connection.execute(
                "INSERT INTO sources SELECT ?, ? WHERE ? NOT IN (SELECT source FROM sources)",
                [source, repeated, source],
            )

    def count_learners(self, learners: Iterable[str]) -> tuple[int, int, list[str]]:
        """Count facts and quarantined statements of learners; and the sources of the facts."""
        rows = self._connection.execute(schema.LEARNERS_FACTS, [list(learners)]).fetchall()
        quarantined = self._connection.execute(schema.LEARNERS_QUARANTINE, [list(learners)])
        return sum(row[1] for row in rows), len(quarantined.fetchall()), [row[0] for row in rows]

    def delete_learners(self, learners: Iterable[str]) -> None:
        """Delete the facts of learners, and what was quarantined under the ids of these facts."""
        for query in schema.DELETE_LEARNERS:
            self._connection.execute(query, [list(learners)])

    def count_before(self, moment: str, other_than: Iterable[str]) -> int:
        """Count the facts from before a moment, in UTC, other than of some learners."""
        return self._changed(schema.COUNT_BEFORE, [moment, list(other_than)])

    def delete_before(self, moment: str) -> None:
        """Delete the facts from before a moment, and what was quarantined under their ids."""
        for query in schema.DELETE_BEFORE:
            self._connection.execute(query, [moment])

    def forgotten_learners(self) -> list[tuple[str, int]]:
        """Give learners of whom facts are stored that the list of the forgotten refuses."""
        rows = self._connection.execute(schema.MOMENTS_OF_LEARNERS).fetchall()
        until = self._forgotten.refused_until
        found = [(who, sum(at <= until(who) for at in times)) for who, times in rows]
        return [(who, number) for who, number in found if number]

    def delete_forgotten(self) -> None:
        """Delete the facts that the list of the forgotten refuses."""
        for learner, _ in self.forgotten_learners():
            until = self._forgotten.refused_until(learner)
            for query in schema.DELETE_UNTIL:
                self._connection.execute(query, [learner, until])

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection, for what goes beyond single rows."""
        return self._connection

    def number_of_facts(self) -> int:
        """Count the facts."""
        return self._changed("SELECT count(*) FROM facts")

    def unknown(self, statement_ids: Iterable[str]) -> list[str]:
        """Give those ids that are neither a fact's nor a void's, sorted."""
        query = (
            "SELECT DISTINCT CAST(id AS VARCHAR) FROM (SELECT unnest(?::UUID[]) AS id) "
            "WHERE id NOT IN (SELECT statement_id FROM facts) "
            "AND id NOT IN (SELECT statement_id FROM voids) ORDER BY 1"
        )
        return [row[0] for row in self._connection.execute(query, [list(statement_ids)]).fetchall()]


def _append_looked_up(
    rows: Staged, number: int, kind: Kind, tally: Tally
) -> list[StatementProblem]:
    first_batch = None if kind == "lrs" else number
    tally.new = rows.changed(schema.INSERT_UNSEEN, [first_batch])
    all_new = tally.new == rows.number
    first = 0 if all_new else rows.changed(schema.INSERT_FIRST, [first_batch])
    record_copies(rows, number, kind, all_new=all_new)
    if all_new:
        return []
    tally.new += first
    agreeing, tally.repeated = rows.execute(schema.COUNT_COPIES).fetchall()[0]
    tally.duplicates = agreeing - first
    rows.execute(schema.KEEP_EARLIEST)
    return [conflict(*row) for row in rows.execute(schema.SELECT_CONFLICTS).fetchall()]


def conflict(
    source: str, line: int, statement_id: str, first_source: str, first_line: int
) -> StatementProblem:
    """Say that a statement differs from the one that was read first under its id."""
    first = f"{first_source}:{first_line}" if first_line else first_source
    what = f"this id was read before with another content, from {first}; the first one is kept"
    fix = "Find out which of the two is right; an id may never be used twice."
    return StatementProblem(source, line, statement_id, "$.id", CONFLICT, what, fix)
