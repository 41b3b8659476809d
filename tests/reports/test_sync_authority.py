"""Who may say and void what at an LRS; a void that is refused costs its target nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from programme.directory import read_programme
from tests.lrs.strict_lrs import StrictLrs
from tests.reports.lrs_reading import SERVER, facts, programme_for, read
from tests.reports.programme_files import authority, statement, void
from xapi_lrs_reports.sources.lrs_client import LrsClient

pytestmark = pytest.mark.usefixtures("lrs_reader")


def test_statements_without_or_with_a_foreign_authority_are_quarantined(
    tmp_path: Path, server: StrictLrs
) -> None:
    server.add(statement("a", authority=None), authority={"mbox": "mailto:who@else.example"})
    without = statement("b")
    del without["authority"]
    server.add(without)
    reading, _ = read(programme_for(tmp_path, server))
    assert sorted(one.code for one in reading.problems) == [
        "authority-missing",
        "authority-unknown",
    ]


def test_changed_authorities_bring_the_quarantined_back(tmp_path: Path, server: StrictLrs) -> None:
    newcomer = {"objectType": "Agent", "mbox": "mailto:new@noroom.example"}
    server.add(statement("a"), authority=newcomer)
    programme = programme_for(tmp_path, server)
    assert read(programme)[0].tally.quarantined == 1
    more = "authorities:\n  - mbox: mailto:new@noroom.example\n    chain: acme"
    file = tmp_path / "programme.yaml"
    text = file.read_text("utf-8").replace("authorities:", more, 1)
    file.write_text(text, "utf-8")
    reading, _ = read(read_programme(tmp_path))
    assert (reading.tally.new, reading.problems) == (1, [])


@pytest.mark.parametrize("spell", [str.lower, str.upper])
def test_a_refused_void_does_not_hide_its_target(
    tmp_path: Path, server: StrictLrs, spell: Callable[[str], str]
) -> None:
    """The LRS hides a voided statement from everybody; the programme still counts it.

    This LRS, as Learning Locker, tells ids in capital letters from others.
    """
    kept, gone = statement("kept"), statement("gone")
    kept["id"] = spell(str(kept["id"]))
    server.add(void(kept["id"].swapcase()), authority=authority("acme"))
    server.add(kept, gone, authority=authority("acme"))
    server.add(void(str(kept["id"])), authority=authority("acme"))
    server.add(void(str(gone["id"])), authority={"mbox": "mailto:admin@noroom.example"})
    programme = programme_for(tmp_path, server)
    read(programme)
    assert [row[0] for row in facts(programme)] == [uuid.UUID(str(kept["id"]))]


def hide(server: StrictLrs, *, then: int = 0) -> None:
    """Store a statement and a void by somebody who may not, then more statements."""
    kept = statement("kept")
    server.add(kept, authority=authority("acme"), stored="2026-11-01T00:00:00.000Z")
    taken = void(str(kept["id"]))
    server.add(taken, authority=authority("acme"), stored="2026-11-01T01:00:00.000Z")
    for number in range(then):
        late = statement(f"late-{number}")
        server.add(late, authority=authority("acme"), stored="2026-11-20T00:00:00.000Z")


@pytest.mark.parametrize("pages", [1, 2, 3])
def test_a_refused_void_does_not_hide_its_target_after_an_interruption(
    tmp_path: Path, server: StrictLrs, pages: int
) -> None:
    """The cursor may not pass the void before its target was asked for."""
    server.max_page = 1
    hide(server, then=4)
    programme = programme_for(tmp_path, server)
    server.faults.broken_after = pages
    read(programme)
    server.faults.broken_after = None
    read(programme)
    assert len(facts(programme)) == 5


def test_a_busy_lrs_does_not_cost_the_target_of_a_refused_void(
    tmp_path: Path, server: StrictLrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide(server)
    programme = programme_for(tmp_path, server)
    real = LrsClient.get

    def busy(self: LrsClient, url: str, query: dict[str, str]) -> object:
        if "voidedStatementId" in query:
            raise self.problem("lrs-busy", "busy", "Try again later.")
        return real(self, url, query)

    with monkeypatch.context() as patch:
        patch.setattr(LrsClient, "get", busy)
        _, problems = read(programme)
    assert [problem.code for problem in problems] == ["lrs-busy"]
    server.add(statement("b"), authority=SERVER, stored="2026-11-20T00:00:00.000Z")
    read(programme)
    assert len(facts(programme)) == 2
