"""A programme that reads an LRS, without waiting for long."""

from __future__ import annotations

import contextlib
from pathlib import Path

from programme.directory import ProgrammeDirectory
from programme.problems import Problem
from programme.settings import Lrs
from tests.lrs.strict_lrs import StrictLrs
from tests.reports.programme_files import PROGRAMME, authority, make_programme, statement
from xapi_lrs_reports.sources.lrs_client import LrsClient
from xapi_lrs_reports.statements.reading import Reading
from xapi_lrs_reports.statements.sync import sync
from xapi_lrs_reports.store.opening import connect, store_file

SERVER = {"objectType": "Agent", "mbox": "mailto:acme@noroom.example"}


def programme_for(folder: Path, server: StrictLrs, resume: str = "stored") -> ProgrammeDirectory:
    lrs = f"lrs:\n  - id: main-lrs\n    endpoint: {server.endpoint}\n    resume: {resume}\n"
    return make_programme(folder, settings=PROGRAMME + lrs)


def quick(lrs: Lrs) -> LrsClient:
    return LrsClient(lrs, backoff_seconds=0.001, read_seconds=5)


def read(programme: ProgrammeDirectory) -> tuple[Reading, list[Problem]]:
    readings, problems = sync(programme, progress=lambda line: None, make_client=quick)
    return readings[0], problems


def facts(programme: ProgrammeDirectory) -> list[tuple[object, ...]]:
    with contextlib.closing(connect(store_file(programme.path), read_only=True)) as connection:
        return connection.execute("SELECT * FROM facts ORDER BY statement_id").fetchall()


def fill(server: StrictLrs, number: int) -> None:
    server.add(*(statement(f"e-{n}") for n in range(number)), authority=authority("acme"))
