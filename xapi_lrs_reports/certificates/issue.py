"""Issue certificates: the kit of a hotel first, then its line in the register."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from xapi_lrs_reports.certificates.award import Award, award_of, months_later
from xapi_lrs_reports.certificates.events import DOING
from xapi_lrs_reports.certificates.make import Maker, open_maker
from xapi_lrs_reports.certificates.materials import Materials
from xapi_lrs_reports.certificates.register import (
    Entry,
    State,
    read_register,
    register_path,
    states_of,
)
from xapi_lrs_reports.certificates.writing import open_register

if TYPE_CHECKING:
    from xapi_lrs_reports.report.report_model import HotelDecision, Report


@dataclass(frozen=True)
class Issued:
    """One certificate that was issued now. `path` is the PDF; `valid_until` None = no end."""

    number: str
    hotel: str
    path: Path
    issued_on: date
    valid_until: date | None


def issue_certificates(
    programme: ProgrammeDirectory,
    report: Report,
    *,
    today: date,
    hotel: str | None,
    renew_days: int = 0,
    materials: Materials | None = None,
) -> list[Issued]:
    """Issue what is due: one kit for each certified hotel that holds no valid certificate.

    Running it twice issues nothing new. `hotel` limits it to one hotel id. A hotel whose
    certificate somebody ended gets a new one only when it is named: that is a person's decision.
    Under `award_mode: at_review` every hotel has to be named, at the review; so has one that joins
    the programme later.
    Certificates that end within `renew_days` are renewed. `materials` gives the posters and cards
    that go into each kit.

    Raises InputError if the report does not know `hotel` or it does not meet the rule, if the
    register cannot be read or was changed, if there is no key, or if another process is issuing.
    """
    with open_register(programme, DOING) as register:
        states = _states(programme, register.entries, today, renew_days)
        due = _due(report, hotel, states, ended_by_somebody(register.entries, today))
        if not due:
            return []
        with open_maker(register, materials) as maker:
            return _issue(maker, report, due, today)


def held_back(programme: ProgrammeDirectory, report: Report) -> list[str]:
    """Give the hotels that meet the rule and have to be named, since somebody ended what they had.

    Raises InputError if the register cannot be read.
    """
    entries = read_register(register_path(programme))
    ended = ended_by_somebody(entries, report.as_of)
    return [one.hotel for one in report.hotels if one.certified and one.hotel in ended]


def ended_by_somebody(entries: Iterable[Entry], today: date) -> frozenset[str]:
    """Give the hotels whose newest certificate was revoked or ended before its last day."""
    newest = {entry.hotel: entry for entry in entries if entry.issued_on <= today}
    ends = {hotel: (one.revoked_on, one.lapsed_on) for hotel, one in newest.items()}
    return frozenset(
        hotel for hotel, days in ends.items() if any(day and day <= today for day in days)
    )


def _issue(maker: Maker, report: Report, due: Sequence[HotelDecision], today: date) -> list[Issued]:
    months = maker.programme.settings.rule.validity_months
    until = None if months is None else months_later(today, months)
    numbers = [entry.number for entry in maker.register.entries]
    issued = []
    for decision in due:
        award = award_of(decision, report, next_number(numbers, today), today, until)
        made, path = maker.make(award)
        numbers.append(made.facts.number)
        issued.append(issued_from(made, path))
    return issued


def issued_from(award: Award, path: Path) -> Issued:
    """Say what was issued, and where it lies."""
    facts = award.facts
    return Issued(facts.number, facts.hotel, path, facts.issued_on, facts.valid_until)


def next_number(numbers: Sequence[str], today: date) -> str:
    """Give the next number of the year, such as `2026-0007`."""
    year = f"{today.year:04d}-"
    used = [int(number.removeprefix(year)) for number in numbers if number.startswith(year)]
    return f"{year}{max(used, default=0) + 1:04d}"


def _states(
    programme: ProgrammeDirectory, entries: Sequence[Entry], today: date, renew_days: int
) -> dict[str, State]:
    """Give the state by hotel; a certificate that ends soon counts as in its days of grace."""
    states = states_of(entries, today, programme.settings.rule.grace_days)
    last = today + timedelta(days=renew_days)
    newest = {entry.hotel: entry for entry in entries if entry.issued_on <= today}
    for hotel, entry in newest.items():
        ends_soon = renew_days and entry.valid_until is not None and entry.valid_until <= last
        if states[hotel] == "valid" and ends_soon:
            states[hotel] = "grace"
    # Somebody who certifies as of a past day must not issue again what was issued since.
    states.update({entry.hotel: "valid" for entry in entries if entry.issued_on > today})
    return states


def _due(
    report: Report, hotel: str | None, states: Mapping[str, State], ended: Collection[str]
) -> list[HotelDecision]:
    if hotel is None:
        if report.rule.get("award_mode") == "at_review":
            return []
        return [
            decision
            for decision in report.hotels
            if decision.certified
            and states.get(decision.hotel) != "valid"
            and decision.hotel not in ended
            and "not_joined_yet" not in decision.flags
        ]
    found = [decision for decision in report.hotels if decision.hotel == hotel]
    if not found:
        what = f'there is no hotel "{hotel}" in hotels.csv'
        raise _refused("certify-hotel", what, "Write its id as it stands in the column hotel.")
    if not found[0].certified:
        what = f'the hotel "{hotel}" does not meet the rule on {report.as_of}'
        raise _refused("certify-not-met", what, f"See why: noroom explain {hotel}")
    return [] if states.get(hotel) == "valid" else found


def _refused(code: str, what: str, fix: str) -> InputError:
    return InputError([Problem("hotels.csv", 0, 0, code, what, fix)])
