"""What is said of return sheets, headcounts and completion codes, for messages-reports.md."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from programme.problems import Problem
from programme.pseudonym import pseudonym
from programme.settings import CompletionCodes, Programme
from tests.messages.refusal import refusal
from tests.reports.programme_files import IRI
from tests.reports.return_sheets import code, write_sheet
from xapi_lrs_reports.hotel_register.headcounts import read_headcounts
from xapi_lrs_reports.hotel_register.hotels import Hotel
from xapi_lrs_reports.people.roster import Employment
from xapi_lrs_reports.return_sheet.match_codes import CodeMatcher
from xapi_lrs_reports.return_sheet.read_sheet import CodeRow, read_return_sheet
from xapi_lrs_reports.statements.statement import StatementProblem

TODAY = datetime.date(2026, 11, 21)
_HOTELS = {
    name: Hotel(name, "A", name.split("-", maxsplit=1)[0], None, "nl", None)
    for name in ("acme-1", "acme-2", "bellevue-1")
}


def of_sheets() -> Iterator[Problem | StatementProblem]:
    """Yield what the real readers say of a sheet and a headcounts.csv full of mistakes.

    Writes into the folder where it runs.
    """
    sheet = write_sheet(
        Path("return-sheet.xlsx"),
        headcounts=[
            ("acme-1", "forty", None, "21-11-2026"),
            ("acme-9", 40, "J. Jansen", TODAY),
            ("bellevue-1", 40, "J. Jansen", TODAY),
        ],
        roster=[
            ("acme-1", "guest", True, "permanant", "=NOW()"),
            ("acme-1", "e-1", "Bar"),
            ("acme-1", "e-1", "Spa"),
        ],
    )
    yield from refusal(lambda: read_return_sheet(sheet, sheet.name, _HOTELS, TODAY))
    many = write_sheet(sheet, codes=[("acme-9", "x")] * 101)
    yield from refusal(lambda: read_return_sheet(many, sheet.name, _HOTELS, TODAY))
    file = Path("headcounts.csv")
    header = "hotel,headcount,declared_by,declared_on\n"
    file.write_text(
        header + "acme-9,40,J,2026-11-21\nacme-1,x,J,2026-11-21\nacme-1,40,,\n", "utf-8"
    )
    yield from refusal(lambda: read_headcounts(file, _HOTELS))
    yield from _of_codes()


def _of_codes() -> Iterator[StatementProblem]:
    known = CompletionCodes(versions=["1.0.0"])
    settings = Programme(name="P", iri=IRI, completion_codes=known)
    people = [("acme-1", "e-1"), ("acme-2", "e-2")]
    roster = [
        Employment(hotel, f"acme/{pseudonym(who, 'acme')}", "", "permanent", "", "")
        for hotel, who in people
    ]
    twin = Employment("acme-1", f"{roster[0].learner[:-1]}2", "", "permanent", "", "")
    odd = ["7K3M", code(course="else"), code(version="9.0.0"), code(day=None), code("e-2"),
           code("e-3"), code("e-1")]  # fmt: skip
    rows = [CodeRow(7, "Codes!B7", "acme-1", one) for one in odd]
    chains = {name: hotel.chain for name, hotel in _HOTELS.items()}
    for judged in CodeMatcher(settings, [*roster, twin], TODAY).judge(
        rows, "return-sheet.xlsx", chains
    ):
        assert isinstance(judged.outcome, StatementProblem), judged
        yield judged.outcome
