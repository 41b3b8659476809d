"""A hotel and a number -> that many new personal codes, registered before anybody sees them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from programme.atomic import write_atomically
from programme.directory import ProgrammeDirectory
from programme.personal_codes import code_pseudonym, hotel_code, new_personal_code
from programme.problems import InputError, Problem
from xapi_lrs_reports.alone import alone
from xapi_lrs_reports.csv_table import did_you_mean
from xapi_lrs_reports.hotel_register.headcounts import FILE as HEADCOUNTS
from xapi_lrs_reports.hotel_register.headcounts import declared_headcounts, read_headcounts
from xapi_lrs_reports.hotel_register.hotels import Hotel, read_hotels
from xapi_lrs_reports.people.hotel_codes.register import FILE, IssuedCode, add_issued, read_issued
from xapi_lrs_reports.people.roster import read_roster

HOTELS = "hotels.csv"


@dataclass(frozen=True)
class Sheet:
    """What is printed: codes without check symbols. `issued` counts the codes of the hotel so far.

    `has_roster` says that the hotel's people are known from a roster, which then decides alone.
    """

    hotel: Hotel
    hotel_code: str
    personal_codes: tuple[str, ...]
    issued: int
    has_roster: bool


Printer = Callable[[Sheet], AbstractContextManager[Callable[[], None]]]
"""Makes ready whatever may fail (the PDF, a place for it), and gives what then hands it out."""


def issue_codes(
    programme: ProgrammeDirectory,
    hotel_id: str,
    count: int,
    day: datetime.date,
    prepare: Printer,
    *,
    beyond_headcount: bool = False,
) -> Sheet:
    """Make up `count` codes, `prepare` their sheet, register them, and hand it out.

    In this order, so that nobody holds a code that was never registered, and no code is registered
    whose sheet could not be made. Where handing out fails, the codes are taken off the register
    again. Raises InputError, and whatever `prepare` raises; then none is registered.
    """
    path = programme.path
    with alone(programme, "codes-busy", "issuing codes or certificates", path / FILE):
        sheet, codes = _draft(programme, hotel_id, count, day, beyond_headcount)
        with prepare(sheet) as publish:
            before = _bytes(path / FILE)
            add_issued(path, codes)
            try:
                publish()
            except BaseException:
                _restore(path / FILE, before)
                raise
    return sheet


def _draft(
    programme: ProgrammeDirectory,
    hotel_id: str,
    count: int,
    day: datetime.date,
    beyond_headcount: bool,
) -> tuple[Sheet, list[IssuedCode]]:
    path = programme.path
    hotels, _ = read_hotels(path / HOTELS, programme.chains, programme.settings.language)
    declared = read_headcounts(path / HEADCOUNTS, hotels)
    hotels = declared_headcounts(hotels, declared, day)
    hotel = _known(hotels, hotel_id, path)
    issued, _ = read_issued(path, hotels)
    before = sum(one.hotel == hotel_id for one in issued)
    if not beyond_headcount:
        _check_headcount(hotel, before, count, path)
    salts = {name: programme.salt(name) for name in programme.chains}
    roster = read_roster(path / "roster.csv", hotels, salts)
    code = hotel_code(f"{programme.settings.iri}/hotel/{hotel_id}")
    taken = {one.learner for one in issued}
    made: dict[str, str] = {}
    while len(made) < count:
        personal = new_personal_code()
        learner = f"{hotel.chain}/{code_pseudonym(code, personal, salts[hotel.chain])}"
        if learner not in taken:
            made.setdefault(learner, personal)
    has_roster = any(row.hotel == hotel_id for row in roster.rows)
    sheet = Sheet(hotel, code, tuple(made.values()), before + count, has_roster)
    return sheet, [IssuedCode(hotel_id, learner, day.isoformat()) for learner in made]


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None


def _restore(file: Path, content: bytes | None) -> None:
    if content is None:
        file.unlink(missing_ok=True)
    else:
        write_atomically(file, content)


def _known(hotels: dict[str, Hotel], hotel_id: str, path: Path) -> Hotel:
    if hotel_id not in hotels:
        what = f'"{hotel_id}" is not a hotel of this programme'
        fix = f"{did_you_mean(hotel_id, hotels)}{HOTELS} lists them."
        raise InputError([Problem(str(path / HOTELS), 0, 0, "hotel-unknown", what, fix)])
    return hotels[hotel_id]


def _check_headcount(hotel: Hotel, before: int, count: int, path: Path) -> None:
    """Refuse more codes than people: each spare code is a completion that one person could add."""
    if hotel.headcount is None or before + count <= hotel.headcount:
        return
    what = (
        f"{before + count} codes would be out for {hotel.headcount} employees of {hotel.hotel} "
        f"({before} were issued before)"
    )
    fix = "Issue fewer, correct the headcount, or add --beyond-headcount for sheets that were lost."
    raise InputError([Problem(str(path / FILE), 0, 0, "codes-too-many", what, fix)])
