"""What the real readers say of hotels.csv and roster.csv, for docs/messages-reports.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from programme.problems import Problem
from tests.messages.refusal import refusal
from xapi_lrs_reports.hotel_register.hotels import Hotel, read_hotels
from xapi_lrs_reports.people.roster import read_roster


def of_tables() -> Iterator[Problem]:
    """Yield what the real readers say of CSV files full of mistakes.

    Writes into the folder where it runs.
    """
    hotels = (
        "hotel,name,chain,headcount,language,joined,country\nacme-1,A,acme,40,nl,,\n"
        "acme-1,A,acme,,,,\n"
        "Acme 2,B,acme,,,,\nacme-3,,acme,,,,\nacme-4,D,acmee,,,,\nacme-5,E,acme,forty,,,\n"
        "acme-6,F,acme,,Dutch,,\nacme-7,G,acme,,,21-11-2026,\nacme-8,H,acme,,,,,,x\n"
        "acme-9,I,acme,,,,Holland\n"
    )
    roster = (
        "hotel,employee,contract,joined,left,fte\nacme-2,e-1,,,,\nacme-1,e-1,permanant,,,\n"
        "acme-1,,,,,\nacme-1,e-3,,,,120\n"
    )
    odd = "hotel,employee,joined,left\nacme-1,guest,,\nacme-1,e-1,2026-02-01,2026-01-01\n"
    odd += "acme-1,e-2,,\nacme-1,E-2,,\n"
    known = {"acme-1": Hotel("acme-1", "A", "acme", None, "nl", None)}
    salts = {"acme": "acme"}
    hotels_file, roster_file = Path("hotels.csv"), Path("roster.csv")
    for text in ("hotel,name\n", "hotel,name,chain\n" + "A,,\n" * 101, "Café\n", hotels):
        hotels_file.write_text(text, encoding="latin-1")
        yield from refusal(lambda: read_hotels(hotels_file, ["acme"], "nl"))
    roster_file.write_text(roster, encoding="utf-8")
    yield from refusal(lambda: read_roster(roster_file, known, salts))
    roster_file.write_text(odd, encoding="utf-8")
    yield from read_roster(roster_file, known, salts).warnings
    hotels_file.unlink()
    yield from refusal(lambda: read_hotels(hotels_file, ["acme"], "nl"))
