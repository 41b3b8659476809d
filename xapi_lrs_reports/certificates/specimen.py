"""A specimen of the certificate, marked across the page: to show what a hotel would get.

It has no number of the register and no code, so nothing in it can be verified.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from programme.settings import Rule
from xapi_lrs_reports.certificates.award import months_later, rule_version
from xapi_lrs_reports.certificates.render import Certificate, open_printer
from xapi_lrs_reports.certificates.texts import languages

NUMBER = "0000-0000"
HOTEL, PROGRAMME = "Hotel Example", "No Room for Exploitation"


def specimens(
    programme: ProgrammeDirectory | None, wanted: tuple[str, ...], day: date, *, png: bool
) -> dict[Path, bytes]:
    """Give the PDF, and on request the picture, of a specimen by its name in a folder.

    Empty `wanted`: every language that there are words for. Raises InputError for one without.
    """
    unknown = [one for one in wanted if one not in languages()]
    if unknown:
        what = f"there are no words of a certificate in: {', '.join(unknown)}"
        fix = f"There are: {', '.join(sorted(languages()))}. See noroom translate --own-papers."
        raise InputError([Problem("programme/papers", 0, 0, "specimen-language", what, fix)])
    found: dict[Path, bytes] = {}
    with open_printer() as printer:
        for language in wanted or sorted(languages()):
            made, stem = _certificate(programme, language, day), f"specimen-{language}-a4"
            found[Path(language) / f"{stem}.pdf"] = printer.pdf(made)
            if png:
                found[Path(language) / f"{stem}.png"] = printer.png(made)
    return found


def _certificate(programme: ProgrammeDirectory | None, language: str, day: date) -> Certificate:
    settings = programme.settings if programme else None
    rule = settings.rule if settings else Rule()
    name = settings.name if settings else PROGRAMME
    return Certificate(
        number=NUMBER,
        hotel_name=HOTEL,
        programme=name,
        issuer=(settings and settings.issuer) or name,
        language=language,
        issued_on=day,
        valid_until=months_later(day, rule.validity_months) if rule.validity_months else None,
        threshold=rule.threshold,
        operator=rule.operator,
        rule_version=rule_version(rule.model_dump(mode="json")),
        percent=None,
        page=settings.verification_page if settings else None,
        signatory=settings.signatory if settings else None,
        specimen=True,
    )
