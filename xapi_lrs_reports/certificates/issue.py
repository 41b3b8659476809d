"""Issue certificates: PDF first, then the line in the register."""

from __future__ import annotations

import calendar
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from xapi_lrs_reports.alone import alone
from xapi_lrs_reports.certificates.atomic import write_atomically
from xapi_lrs_reports.certificates.register import (
    State,
    append,
    read_register,
    register_path,
    states_of,
)
from xapi_lrs_reports.views import is_telling

if TYPE_CHECKING:
    from xapi_lrs_reports.certificates.render import Certificate
    from xapi_lrs_reports.report_model import HotelDecision, Report


@dataclass(frozen=True)
class Issued:
    """One certificate that was issued now. `path` is the PDF; `valid_until` None = no end."""

    number: str
    hotel: str
    path: Path
    issued_on: date
    valid_until: date | None


def issue_certificates(
    programme: ProgrammeDirectory, report: Report, *, today: date, hotel: str | None
) -> list[Issued]:
    """Issue what is due: one PDF for each certified hotel that holds no valid certificate.

    Running it twice issues nothing new. `hotel` limits it to one hotel id. A hotel whose
    certificate was revoked gets a new one only when it is named: that is a person's decision.

    Raises InputError if the report does not know `hotel` or it does not meet the rule, if the
    register cannot be read, or if another process is issuing certificates.
    """
    with alone(programme, "certify-busy", "issuing certificates", register_path(programme)):
        return _issue(programme, report, today, hotel)


def _issue(
    programme: ProgrammeDirectory, report: Report, today: date, hotel: str | None
) -> list[Issued]:
    from xapi_lrs_reports.certificates.render import open_printer

    register = register_path(programme)
    entries = read_register(register)
    states: dict[str, State] = states_of(entries, today, programme.settings.rule.grace_days)
    # Somebody who certifies as of a past day must not issue again what was issued since.
    states.update({entry.hotel: "valid" for entry in entries if entry.issued_on > today})
    due = _due(report, hotel, states)
    if not due:
        return []
    numbers = [entry.number for entry in entries]
    issued = []
    with open_printer() as printer:
        for decision in due:
            certificate = _certificate(programme, report, decision, today, _next(numbers, today))
            path = register.parent / f"{certificate.number}-{decision.hotel}.pdf"
            _remove_unregistered(register.parent, certificate.number)
            write_atomically(path, printer.pdf(certificate))
            append(register, _line(certificate, report, decision))
            numbers.append(certificate.number)
            issued.append(
                Issued(certificate.number, decision.hotel, path, today, certificate.valid_until)
            )
    return issued


def _due(report: Report, hotel: str | None, states: Mapping[str, State]) -> list[HotelDecision]:
    if hotel is None:
        held = ("valid", "revoked")
        return [
            decision
            for decision in report.hotels
            if decision.certified and states.get(decision.hotel) not in held
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


def _next(numbers: list[str], today: date) -> str:
    """Give the next number of the year, such as `2026-0007`."""
    year = f"{today.year:04d}-"
    used = [int(number.removeprefix(year)) for number in numbers if number.startswith(year)]
    return f"{year}{max(used, default=0) + 1:04d}"


def _remove_unregistered(folder: Path, number: str) -> None:
    """Remove a PDF that a crash left without its line in the register; its number is free."""
    for path in folder.glob(f"{number}-*.pdf"):
        path.unlink()


def _certificate(
    programme: ProgrammeDirectory,
    report: Report,
    decision: HotelDecision,
    today: date,
    number: str,
) -> Certificate:
    from xapi_lrs_reports.certificates.render import Certificate
    from xapi_lrs_reports.certificates.texts import language_for

    settings = programme.settings
    months = settings.rule.validity_months
    return Certificate(
        number=number,
        hotel_name=decision.name,
        programme=settings.name,
        issuer=settings.issuer or settings.name,
        language=language_for(decision.language, settings.language),
        issued_on=today,
        valid_until=None if months is None else months_later(today, months),
        threshold=settings.rule.threshold,
        operator=settings.rule.operator,
        rule_version=rule_version(report.rule),
        percent=percent_to_show(decision),
    )


def percent_to_show(decision: HotelDecision) -> int | None:
    """Give the percentage (rounded down) that may leave the office, or None: "threshold met".

    None where views.is_telling: for fewer than 10 employees, and when (nearly) everyone completed.
    """
    completed, headcount = decision.completed, decision.headcount
    if completed is None or headcount is None or is_telling(completed, headcount):
        return None
    return 100 * completed // headcount


def months_later(day: date, months: int) -> date:
    """Give the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def rule_version(rule: Mapping[str, object]) -> str:
    """Give a short name of these parameters: 8 hex digits that change when any of them does."""
    text = json.dumps(dict(rule), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _line(certificate: Certificate, report: Report, decision: HotelDecision) -> dict[str, object]:
    until = certificate.valid_until
    return {
        "event": "issued",
        "number": certificate.number,
        "hotel": decision.hotel,
        "name": decision.name,
        "issued_on": certificate.issued_on.isoformat(),
        "valid_until": until.isoformat() if until else None,
        "language": certificate.language,
        "as_of": report.as_of.isoformat(),
        "rule_version": certificate.rule_version,
        "rule": dict(report.rule),
        "percent": certificate.percent,
        "course_versions": list(decision.course_versions),
    }
