"""The rule on one machine: DuckDB runs the SQL file over the fact store."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from programme.files import is_there
from xapi_lrs_reports.engines.engine import NO_QUESTIONS, Answers
from xapi_lrs_reports.engines.rule_database import (
    RuleDatabase,
    believed_sql,
    open_rule_database,
)
from xapi_lrs_reports.rule.steps import certification_sql
from xapi_lrs_reports.rule.tables import Inputs
from xapi_lrs_reports.statements.quarantine import read_quarantine
from xapi_lrs_reports.statements.statement import StatementProblem
from xapi_lrs_reports.store.opening import disk_errors_in_words, store_file

_NOTHING_READ = "No statements were read yet: run noroom sync or noroom import first."


class StoreEngine:
    """The facts of a programme's store on this machine; no store: no facts."""

    def __init__(self, programme: Path) -> None:
        self._programme = programme
        self._holding: contextlib.ExitStack | None = None
        self._held: RuleDatabase | None = None

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Open the store once for all that is asked inside; nobody can write to it meanwhile."""
        if self._holding is not None:
            yield
            return
        with contextlib.ExitStack() as self._holding:
            try:
                yield
            finally:
                self._holding = self._held = None

    def run_rule(
        self,
        inputs: Inputs,
        also: Mapping[str, str] = NO_QUESTIONS,
        only: Collection[str] | None = None,
    ) -> Answers:
        """Run the rule on the store, read only. Raises InputError."""
        with self._database() as database:
            database.fill(inputs)
            connection = database.connection
            rows = connection.execute(_rule(only)).fetchall()
            query = "SELECT source, code, count(*) FROM quarantine GROUP BY ALL ORDER BY ALL"
            quarantine = connection.execute(query).fetchall()
            repeated = connection.execute("SELECT coalesce(sum(repeated), 0) FROM sources")
            duplicates = repeated.fetchone()
            disowned = connection.execute(believed_sql().answer).fetchone()
            asked = {name: connection.execute(query).fetchall() for name, query in also.items()}
        return Answers(
            rows=rows,
            duplicates=int(duplicates[0]) if duplicates else 0,
            quarantine=quarantine,
            disowned=int(disowned[0]) if disowned else 0,
            also=asked,
            notes=() if is_there(store_file(self._programme)) else (_NOTHING_READ,),
        )

    def quarantine(self) -> list[StatementProblem]:
        """Give what the store keeps of it. Raises InputError."""
        return read_quarantine(self._programme)

    def facts_before(self, moment: str) -> int:
        """Count the facts from before a moment, in UTC. Raises InputError."""
        if not is_there(store_file(self._programme)):
            return 0
        with self._database() as database:
            return database.facts_before(moment)

    @contextlib.contextmanager
    def _database(self) -> Iterator[RuleDatabase]:
        with contextlib.ExitStack() as own:
            database = self._held
            if database is None:
                until = self._holding or own
                database = until.enter_context(open_rule_database(self._programme))
                self._held = database if self._holding else None
            own.enter_context(disk_errors_in_words(store_file(self._programme)))
            yield database


def _rule(only: Collection[str] | None) -> str:
    """Give the rule's text; DuckDB leaves out what only other measures need.

    Sums are of 128 bits there, which cost Python three times as long to take over.
    """
    wanted = ", ".join(f"'{name}'" for name in sorted(only or ()))
    where = f" WHERE measure IN ({wanted})" if wanted else ""
    return (
        "SELECT hotel, measure, item, CAST(amount AS BIGINT) "  # noqa: S608 - our own text
        f"FROM ({certification_sql()}) AS answer{where}"
    )
