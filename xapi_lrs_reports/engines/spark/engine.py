"""The rule on Spark: reads files of statements once, then answers for any date."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import resources
from typing import TYPE_CHECKING, Any

import msgspec

from programme.directory import ProgrammeDirectory
from xapi_lrs_reports.engines.engine import NO_QUESTIONS, Answers
from xapi_lrs_reports.engines.spark.failures import failures_in_words
from xapi_lrs_reports.engines.spark.places import (
    Part,
    Place,
    find_place,
    lines_before,
    list_parts,
    tasks_of,
)
from xapi_lrs_reports.engines.spark.read_parts import Reader
from xapi_lrs_reports.engines.spark.session import require_spark, spread, start_session
from xapi_lrs_reports.people.forgotten import list_file, read_forgotten
from xapi_lrs_reports.rule.steps import certification_sql, rule_file, split_steps
from xapi_lrs_reports.rule.tables import COLUMNS, Inputs, old_versions, rule_tables
from xapi_lrs_reports.statements.quarantine import by_source
from xapi_lrs_reports.statements.statement import StatementProblem
from xapi_lrs_reports.store import store_schema as schema
from xapi_lrs_reports.store.fact_store import CONFLICT, conflict
from xapi_lrs_reports.store.opening import store_file

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_PROBLEM_COLUMNS = ", ".join(schema.QUARANTINE_COLUMNS)
_ROWS_OF_A_TASK = 100_000
_BY_CODE = f"""
SELECT source, code, count(*) FROM (
    SELECT source, code FROM problems
    UNION ALL SELECT source, '{CONFLICT}' FROM conflicts
) AS unusable GROUP BY source, code ORDER BY source, code
"""  # noqa: S608 - a constant


class SparkEngine:
    """The facts in files of statements at one place, on a Spark cluster or all cores of a machine.

    Nothing is written. What the programme's store holds is not read. Raises InputError if Spark is
    not there or the place cannot be read.
    """

    def __init__(self, programme: ProgrammeDirectory, statements: str) -> None:
        self._programme = programme
        require_spark()
        self._made: dict[str, str] = {}
        self._place = find_place(statements)
        parts = list_parts(programme.path, self._place)
        self._session = start_session()  # takes longest: a wrong address is said before
        with failures_in_words(self._place.name):
            self._notes = [_only(self._place, programme), *self._read(self._place, parts)]
            self._duplicates = int(self._ask(_as_stored())[0][0])

    def held(self) -> AbstractContextManager[None]:
        """Do nothing: what was read stays with Spark until the end."""
        return nullcontext()

    def run_rule(
        self,
        inputs: Inputs,
        also: Mapping[str, str] = NO_QUESTIONS,
        only: Collection[str] | None = None,
    ) -> Answers:
        """Run the rule on what was read; gives every measure, whatever `only` says."""
        with failures_in_words(self._place.name):
            return self._answers(inputs, also)

    def _answers(self, inputs: Inputs, also: Mapping[str, str]) -> Answers:
        self._made.clear()
        for table, given in rule_tables(inputs).items():
            self._fill(table, given)
        disowned = self._ask(rule_file("believed.sql"))[0][0]
        self._fill_old_versions(inputs.parameters.rule.content_min_version)
        return Answers(
            rows=[(hotel, measure, item, int(amount))
                  for hotel, measure, item, amount in self._ask(certification_sql())],
            duplicates=self._duplicates,
            quarantine=self._rows(_BY_CODE),
            disowned=int(disowned),
            also={name: self._ask(query) for name, query in also.items()},
            notes=tuple(self._notes),
        )  # fmt: skip

    def quarantine(self) -> list[StatementProblem]:
        """Give every statement that could not be used, by source, code and line."""
        query = f"SELECT {_PROBLEM_COLUMNS} FROM problems"  # noqa: S608 - constants
        with failures_in_words(self._place.name):
            found = [StatementProblem(*row) for row in self._rows(query)]
            found += [conflict(*row) for row in self._rows("SELECT * FROM conflicts")]
        return sorted(found, key=by_source)

    def _read(self, place: Place, parts: Sequence[Part]) -> list[str]:
        """Make `outcomes` and `parts`; give the sentences about files that were not read."""
        forgotten = read_forgotten(list_file(self._programme.path))
        reader = Reader(self._programme, place, forgotten)
        tasks = tasks_of(parts)
        spread(self._session, len(tasks))
        lines = self._session.sparkContext.parallelize(tasks, len(tasks)).mapPartitions(reader)
        self._keep("outcomes", self._session.read.json(lines, _OUTCOME, mode="FAILFAST"))
        counts = self._rows("SELECT part, lines FROM outcomes WHERE lines IS NOT NULL")
        self._load("parts", "part BIGINT, lines_before BIGINT", lines_before(parts, dict(counts)))
        unread = self._rows("SELECT unread FROM outcomes WHERE unread IS NOT NULL ORDER BY part")
        return [sentence for (sentence,) in unread]

    def _fill_old_versions(self, minimum: str | None) -> None:
        found = []
        if minimum is not None:
            found = self._rows("SELECT DISTINCT course, course_version FROM facts")
        self._fill("old_versions", old_versions(minimum, found))

    def _fill(self, table: str, rows: Sequence[object]) -> None:
        self._load(table, schema.columns_sql(_spark_types(COLUMNS[table])), rows)

    def _load(self, table: str, columns: str, rows: Sequence[object]) -> None:
        """Make a table of dicts or structs whose keys are its columns."""
        encoder = msgspec.json.Encoder()
        texts = [encoder.encode(row).decode() for row in rows]
        slices = 1 + len(texts) // _ROWS_OF_A_TASK
        lines = self._session.sparkContext.parallelize(texts, slices)
        self._keep(table, self._session.read.json(lines, columns, mode="FAILFAST"))

    def _ask(self, text: str) -> list[tuple[Any, ...]]:
        """Answer a query of named steps; a step that is read more than once is worked out once.

        Spark puts the text of a step wherever the step is named, and so on inside it: of the rule's
        SQL as it stands it makes a plan of thousands of joins.
        """
        query = split_steps(text)
        for name, step in query.steps.items():
            if self._made.get(name) == step:
                continue
            self._made[name] = step
            found = self._session.sql(step)
            if query.readers(name) == 1:
                found.createOrReplaceTempView(name)
            else:
                self._keep(name, found)
        return self._rows(query.answer)

    def _keep(self, name: str, found: DataFrame) -> None:
        """Work a table out and hold it on the workers, without the plan that it came from."""
        found.localCheckpoint().createOrReplaceTempView(name)

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._session.sql(query).collect()]


def _as_stored() -> str:
    text = resources.files("xapi_lrs_reports.engines.spark").joinpath("as_stored.sql")
    return text.read_text("utf-8").replace("{sent_once}", ", ".join(schema.SENT_ONCE))


def _only(place: Place, programme: ProgrammeDirectory) -> str:
    store = "; the fact store was not read" if store_file(programme.path).exists() else ""
    return f"This report rests on the statements in {place.name} alone{store}."


def _spark_types(columns: Mapping[str, str]) -> dict[str, str]:
    """Spark knows no UUID, and no VARCHAR without a length."""
    return {
        name: "STRING" if kind in ("UUID", "VARCHAR") else kind for name, kind in columns.items()
    }


def _struct(columns: Mapping[str, str]) -> str:
    fields = ", ".join(f"{name}: {kind}" for name, kind in _spark_types(columns).items())
    return f"STRUCT<{fields}>"


_OUTCOME = (
    "part BIGINT, position BIGINT, lines BIGINT, unread STRING, "
    f"fact {_struct(schema.FACT_COLUMNS)}, void {_struct(schema.VOID_COLUMNS)}, "
    f"problem {_struct(schema.QUARANTINE_COLUMNS)}"
)
