"""The command `noroom specimen`: parse options, call, print."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from xapi_lrs_reports.commands.options import FOLDER, programme_option


@click.command("specimen")
@click.option("--out", required=True, type=FOLDER, help="The folder; one below it per language.")
@click.option("--language", "languages", multiple=True, metavar="TAG",
              help="This language only, such as nl (may be repeated).")  # fmt: skip
@click.option("--png", is_flag=True, help="As a picture, too.")
@programme_option
def specimen_command(
    out: Path, languages: tuple[str, ...], png: bool, programme: Path | None
) -> None:
    """Print a certificate that is marked as a specimen, to show what hotels get."""
    from programme.atomic import write_atomically
    from programme.directory import find_programme, read_programme
    from xapi_lrs_reports.certificates.specimen import specimens

    folder = find_programme(programme)
    found = read_programme(folder) if folder else None
    day = datetime.datetime.now(datetime.UTC).date()
    for name, content in specimens(found, languages, day, png=png).items():
        write_atomically(out / name, content)
        click.echo(out / name)
