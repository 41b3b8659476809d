"""A certificate anew: for a hotel that was renamed, or one of before certificates were signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from xapi_lrs_reports.certificates.award import award_again
from xapi_lrs_reports.certificates.events import DOING
from xapi_lrs_reports.certificates.issue import Issued, issued_from, next_number
from xapi_lrs_reports.certificates.make import open_maker
from xapi_lrs_reports.certificates.materials import Materials
from xapi_lrs_reports.certificates.register import Entry, state_of
from xapi_lrs_reports.certificates.writing import open_register
from xapi_lrs_reports.hotel_register.as_of import name_on, state_on
from xapi_lrs_reports.hotel_register.events import FILE as EVENTS
from xapi_lrs_reports.hotel_register.events import read_events
from xapi_lrs_reports.hotel_register.hotels import Hotel, read_hotels

HOTELS = "hotels.csv"


def reissue(
    programme: ProgrammeDirectory, wanted: str, today: date, materials: Materials | None = None
) -> Issued:
    """Issue a certificate in the place of another: name of today, new number, same last day.

    What was found on the day of issue is not asked again. Raises InputError if the certificate does
    not hold any more, or its hotel is gone: from hotels.csv, closed for good, or merged.
    """
    with open_register(programme, DOING) as register:
        entry = register.find(wanted)
        _refuse_ended(register.path, entry, today)
        hotel = _hotel_of(programme, entry, today)
        number = next_number([one.number for one in register.entries], today)
        award = award_again(entry, number, hotel.name, hotel.language, today)
        with open_maker(register, materials) as maker:
            return issued_from(*maker.make(award))


def _hotel_of(programme: ProgrammeDirectory, entry: Entry, today: date) -> Hotel:
    """Give the hotel under its name of today. Raises InputError if it is there no more."""
    home, settings = programme.path, programme.settings
    hotels, _ = read_hotels(home / HOTELS, programme.chains, settings.language)
    events = read_events(home / EVENTS, hotels)
    hotel = hotels.get(entry.hotel)
    if hotel is None:
        fix = "Put it back under the id it had; a hotel keeps its id when it is renamed."
        raise _gone(entry, HOTELS, "is not in hotels.csv", fix)
    state, _, into = state_on(today, entry.hotel, events)
    if state in ("closed", "merged"):
        how = f'was merged into "{into}"' if into else "closed for good"
        fix = (
            f"If it is open after all: noroom hotel reopen {entry.hotel}; else end the "
            f"certificate: noroom register lapse {entry.number} --reason …"
        )
        raise _gone(entry, EVENTS, how, fix)
    return replace(hotel, name=name_on(today, hotel, events))


def _gone(entry: Entry, file: str, how: str, fix: str) -> InputError:
    what = f'the hotel "{entry.hotel}" of certificate {entry.number} {how}'
    return InputError([Problem(file, 0, 0, "register-hotel", what, fix)])


def _refuse_ended(path: Path, entry: Entry, today: date) -> None:
    if entry.is_over or state_of(entry, today, 0) != "valid" or today < entry.issued_on:
        what = f"certificate {entry.number} does not hold on {today}, so nothing can replace it"
        fix = f"If the hotel meets the rule: noroom certify {entry.hotel}"
        raise InputError([Problem(str(path), 0, 0, "register-ended", what, fix)])
