"""What the real reader says of statements with mistakes, for docs/messages-reports.md."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from programme.settings import Authority
from tests.reports.programme_files import CHAINS, IRI, Json, statement
from xapi_lrs_reports.statements.authorities import Authorities
from xapi_lrs_reports.statements.normalise import Normaliser
from xapi_lrs_reports.statements.statement import StatementProblem


def of_statements() -> Iterator[StatementProblem]:
    """Yield what is said of one statement after another, each with one mistake."""
    known = Authorities(
        [Authority(mbox=f"mailto:{chain}@noroom.example", chain=chain) for chain in CHAINS]
    )
    read = Normaliser(IRI, frozenset(CHAINS), known, from_lrs=True)
    for given in (*map(msgspec.json.encode, _wrong_statements()), b'{"id": "5f0c'):
        problem = read(given, "exports/acme.ndjson", 7)
        assert isinstance(problem, StatementProblem), given
        yield msgspec.structs.replace(problem, statement_id=None)


def _wrong_statements() -> Iterator[Json]:
    good = statement()
    account = good["actor"]["account"]
    foreign = {"account": {**account, "homePage": f"{IRI}/chain/other"}}
    yield {**good, "actor": None}
    yield {**good, "actor": {"objectType": "Group"}}
    yield {**good, "actor": {"mbox": "mailto:a@acme.example"}, "authority": {}}
    yield {**good, "actor": foreign}
    yield {**good, "actor": {"account": {**account, "name": "a@acme.example"}}}
    yield {**good, "authority": {"mbox": "mailto:lms@elsewhere.example"}}
    yield {**good, "authority": {}}
    yield {**good, "authority": {"mbox": "mailto:bellevue@noroom.example"}}
    yield {**good, "object": {"id": f"{IRI}/course/No Room"}}
    yield {**good, "object": {**good["object"], "objectType": "SubStatement"}}
    yield {**good, "verb": None}
    yield {**good, "id": None}
    yield {**good, "id": 17}
    yield {**good, "timestamp": "yesterday"}
    yield {**good, "timestamp": None}
    yield statement(hotel="Acme 1")
