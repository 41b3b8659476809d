"""The commands of `noroom hotel`: parse options, call, print."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group("hotel")
def hotel_command() -> None:
    """Keep the hotels of the programme."""


@hotel_command.command("codes")
@click.argument("hotel")
@click.option("--count", required=True, type=click.IntRange(1, 1000), help="How many codes.")
@click.option("--address", required=True, help="Where the course stands, as people type it.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help=(
    "The PDF to write; it must not be there yet. Else it goes to standard output."
))  # fmt: skip
@click.option("--beyond-headcount", is_flag=True, help="Even more codes than employees.")
@click.option("--programme", type=_FOLDER, help="The programme's folder; else found upwards.")
def codes_command(
    hotel: str,
    count: int,
    address: str,
    out: Path | None,
    beyond_headcount: bool,
    programme: Path | None,
) -> None:
    """Print new personal codes for HOTEL, which has no LMS: a PDF with slips to cut apart.

    The codes are in the PDF and nowhere else; noroom keeps their pseudonyms. Run it again for more
    codes: the earlier ones stay valid.
    """
    from programme.directory import require_programme
    from xapi_lrs_reports.hotel_codes.hand_out import hand_out
    from xapi_lrs_reports.hotel_codes.issue import issue_codes
    from xapi_lrs_reports.rule.parameters import today

    if out is not None and out.exists():
        raise click.UsageError(f"{out} is there already; codes cannot be printed a second time.")
    if out is None and sys.stdout.isatty():
        raise click.UsageError("Name the PDF to write: --out codes.pdf.")
    directory = require_programme(programme)
    day = today(directory.settings.time_zone)
    sheet = issue_codes(
        directory, hotel, count, day, hand_out(address, day, out), beyond_headcount=beyond_headcount
    )
    click.echo(f"{count} new codes for {hotel}; {sheet.issued} in all.", err=True)
    if sheet.hotel.headcount is None:
        click.echo("No headcount is declared in hotels.csv: nobody can say how many are enough.",
                   err=True)  # fmt: skip
    if sheet.has_roster:
        click.echo("This hotel has a roster, which decides alone: completions with codes will not "
                   "count.", err=True)  # fmt: skip
