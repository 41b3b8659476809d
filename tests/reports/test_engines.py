"""One SQL file on several engines: PostgreSQL must give the rows of DuckDB."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from programme.directory import ProgrammeDirectory
from tests.reports.naive_rule import AS_OF, Code, Event, Job, Rule
from tests.reports.postgres import Postgres, running_postgres
from tests.reports.programme_files import Json
from tests.reports.test_rule import codes, events, jobs, programme_with, rules, statements
from xapi_lrs_reports.engines.rule_database import open_rule_database
from xapi_lrs_reports.rule.decide import gather, inputs_on
from xapi_lrs_reports.rule.steps import certification_sql
from xapi_lrs_reports.rule.tables import COLUMNS, Answer
from xapi_lrs_reports.store.store_schema import FACT_COLUMNS, VOID_COLUMNS

TABLES = {**COLUMNS, "facts": FACT_COLUMNS, "voids": VOID_COLUMNS}
Story = tuple[list[Job], list[Event], Rule, list[Code]]

stories = st.tuples(
    st.lists(jobs, max_size=14),
    st.lists(events, min_size=4, max_size=20),
    rules,
    st.lists(codes, max_size=3),
)


def drawn(number: int) -> list[Story]:
    """Draw stories, always the same ones."""
    found: list[Story] = []

    @seed(17)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(stories)
    def keep(story: Story) -> None:
        found.append(story)

    keep()
    return found


def programme_of(story: Story, folder: Path) -> tuple[ProgrammeDirectory, list[Json]]:
    """Write a programme whose store holds the statements of a story, and give them in order."""
    given_jobs, happened, rule, given_codes = story
    sent = statements(happened)
    random.Random(len(sent)).shuffle(sent)  # noqa: S311 - an order, not a secret
    return programme_with(folder / "programme", given_jobs, sent, rule, given_codes), sent


def told(story: Story, folder: Path) -> list[Answer]:
    """Let DuckDB decide a story, and write all its tables as CSV."""
    programme, _ = programme_of(story, folder)
    inputs = inputs_on(gather(programme), AS_OF)
    options = "FORMAT csv, HEADER, NULLSTR '\\N'"
    with open_rule_database(programme.path) as database:
        database.fill(inputs)
        connection = database.connection
        for table, columns in TABLES.items():
            names = ", ".join(
                f"CAST({name} AS VARCHAR) AS {name}" if columns[name] == "UUID" else name
                for name in columns
            )
            file = str(folder / f"{table}.csv")
            connection.execute(f"COPY (SELECT {names} FROM {table}) TO '{file}' ({options})")  # noqa: S608
        return answers(connection.execute(certification_sql()).fetchall())


def answers(rows: Sequence[Sequence[object]]) -> list[Answer]:
    return sorted(
        (str(hotel), str(measure), str(item), int(str(amount)))
        for hotel, measure, item, amount in rows
    )


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.mark.slow
def test_postgresql_gives_the_same_rows(tmp_path: Path, postgres: Postgres) -> None:
    for number, story in enumerate(drawn(25)):
        folder = tmp_path / str(number)
        folder.mkdir()
        expected = told(story, folder)
        rows = postgres.query(*postgres.load(TABLES, folder), certification_sql())
        assert answers(rows) == expected, story
