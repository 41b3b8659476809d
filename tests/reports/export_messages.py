"""What the real readers say of LMSs' exports, aliases and events, for docs/messages-reports.md."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from programme.directory import ProgrammeDirectory
from programme.problems import Problem
from tests.messages.refusal import refusal
from tests.reports.programme_files import make_programme
from xapi_lrs_reports.hotel_register.events import read_events
from xapi_lrs_reports.hotel_register.hotels import Hotel, read_hotels
from xapi_lrs_reports.lms_export.import_export import Wishes, understand
from xapi_lrs_reports.people.roster import read_roster
from xapi_lrs_reports.people.roster_import.read import read_people
from xapi_lrs_reports.statements.statement import StatementProblem

_ROW = "Login,Status,Completed on\n"
_WRONG: tuple[tuple[str, dict[str, Any]], ...] = (
    ("<html>", {}),
    ("Name,Status\nZ,Passed\n", {}),
    (_ROW + "abc,Passed,02/11/2026\n", {}),
    ("Login,Status,Course\nabc,Passed,Fire safety\nabc,Passed,First aid\n", {}),
    (_ROW, {"words": ("ja=yes",)}),
    (_ROW, {"hotel": "acme-9"}),
    (_ROW, {"preset": "moddle-activity"}),
    (_ROW, {"mapping": "docebo"}),
)


def of_exports() -> Iterator[Problem | StatementProblem]:
    """Yield what the real readers say of exports full of mistakes.

    Writes into the folder where it runs.
    """
    programme = make_programme(Path("programme"))
    file = Path("export.csv")

    def read(text: str, **wishes: Any) -> list[StatementProblem]:
        file.write_text(text, "utf-8")
        said = Wishes(**{"preset": "other", "course": "no-room"} | wishes)
        return understand(programme, file, file.name, "acme", said).problems

    for text, wishes in _WRONG:
        yield from refusal(partial(read, text, **wishes))
    yield from read(_ROW + ",Passed,2026-11-02\nabc,Passed,soon\nabc,Klaar,2026-11-02\n")
    yield from read(_ROW + ',Passed,2026-11-02\n"abc,Passed,2026-11-02\nabc",Passed,2026-11-02\n')
    yield from _of_events()
    yield from _of_lists(hotels_of(programme))
    roster = Path("roster.csv")
    roster.write_text("hotel,employee,aliases\nacme-1,e-1,a@x.example\nacme-1,e-2,a@x.example\n")
    yield from read_roster(roster, hotels_of(programme), {}).warnings


def hotels_of(programme: ProgrammeDirectory) -> dict[str, Hotel]:
    """Give the hotels of the programme."""
    return read_hotels(programme.path / "hotels.csv", programme.chains, "nl")[0]


def _of_lists(hotels: dict[str, Hotel]) -> Iterator[Problem]:
    file = Path("people.csv")
    head = "hotel,employee,contract,joined\n"
    for text in (
        "Name,Place\nZ,X\n",
        head + "acme-1,e-9,,soon\nacme-1,E-9,agency,\n",
        head + "acme-1,e-9,,02/03/2026\n",
    ):
        file.write_text(text, "utf-8")
        yield from refusal(lambda: read_people(file, file.name, hotels, "acme"))


def _of_events() -> list[Problem]:
    hotels = {"acme-1": Hotel("acme-1", "A", "acme", None, "nl", None)}
    file = Path("hotel-events.csv")
    file.write_text("hotel,on,event\nacme-1,2026-11-21,shut\n", "utf-8")
    return refusal(lambda: read_events(file, hotels))
