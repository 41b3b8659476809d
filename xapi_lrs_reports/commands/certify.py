"""`noroom certify`: a certificate and its papers for each hotel that earned one."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from xapi_lrs_reports.commands.materials_options import materials_options, open_materials
from xapi_lrs_reports.commands.options import as_of_option, json_option, programme_option
from xapi_lrs_reports.commands.output import print_json


@click.command("certify")
@click.argument("hotel", required=False)
@click.option("--renew-within", type=click.IntRange(0, 730), default=0, metavar="DAYS", help=(
    "Also renew certificates that end within so many days."
))  # fmt: skip
@materials_options
@as_of_option
@json_option
@programme_option
def certify_command(
    hotel: str | None,
    renew_within: int,
    as_of: datetime.datetime | None,
    as_json: bool,
    programme: Path | None,
    **materials: Any,
) -> None:
    """Issue the certificates that hotels have earned; with HOTEL, only that one's.

    Each hotel gets a folder: the certificate, covering letters, an Open Badge, posters and role
    cards in its language and in English. It needs the programme's signing key: noroom register keys
    new.
    """
    from programme.directory import require_programme
    from xapi_lrs_reports.certificates.issue import held_back, issue_certificates
    from xapi_lrs_reports.rule.decide import decide
    from xapi_lrs_reports.rule.parameters import today

    directory = require_programme(programme)
    if as_of and as_of.date() > today(directory.settings.time_zone):
        raise click.UsageError("--as-of lies in the future; nobody can certify that yet.")
    report = decide(directory, as_of.date() if as_of else None, None)
    with open_materials(directory, report.as_of, **materials) as papers:
        issued = issue_certificates(
            directory, report, today=report.as_of, hotel=hotel, renew_days=renew_within,
            materials=papers,
        )  # fmt: skip
    if as_json:
        print_json({"issued": [_certificate_json(one) for one in issued]})
        return
    for one in issued:
        until = f"valid until {one.valid_until}" if one.valid_until else "valid without end"
        click.echo(f"{one.number}  {one.hotel}  {until}  {one.path}")
    click.echo(f"{len(issued)} certificates issued as of {report.as_of}.", err=True)
    for held in held_back(directory, report) if hotel is None else ():
        what = "meets the rule, but somebody ended its certificate; if that is over"
        click.echo(f"{held} {what}: noroom certify {held}", err=True)


def _certificate_json(one: Any) -> dict[str, object]:
    return {
        "number": one.number,
        "hotel": one.hotel,
        "path": str(one.path),
        "issued_on": one.issued_on.isoformat(),
        "valid_until": one.valid_until.isoformat() if one.valid_until else None,
    }
