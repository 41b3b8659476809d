"""The commands of `noroom hotel`: parse options, call, print."""

from __future__ import annotations

import contextlib
import datetime
import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xapi_lrs_reports.commands.options import json_option, programme_option
from xapi_lrs_reports.commands.output import print_json

if TYPE_CHECKING:
    from programme.directory import ProgrammeDirectory
    from xapi_lrs_reports.hotel_register.change import Change


@click.group("hotel")
def hotel_command() -> None:
    """Keep the hotels of the programme, day by day; print personal codes."""


@hotel_command.command("codes")
@click.argument("hotel")
@click.option("--count", required=True, type=click.IntRange(1, 1000), help="How many codes.")
@click.option("--address", required=True, help="Where the course stands, as people type it.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help=(
    "The PDF to write; it must not be there yet. Else it goes to standard output."
))  # fmt: skip
@click.option("--beyond-headcount", is_flag=True, help="Even more codes than employees.")
@programme_option
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
    from xapi_lrs_reports.people.hotel_codes.hand_out import hand_out
    from xapi_lrs_reports.people.hotel_codes.issue import issue_codes
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


_BY = click.option("--by", required=True, metavar="NAME", help="Who says so.")
_ON = click.option("--on", type=click.DateTime(["%Y-%m-%d"]),
                   help="The day from which it holds; else today.")  # fmt: skip
_HOTEL = click.argument("hotel")


@hotel_command.command("list")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day; else today.")
@click.option("--chain", metavar="ID", help="Only the hotels of this chain.")
@json_option
@programme_option
def list_command(
    as_of: datetime.datetime | None, chain: str | None, as_json: bool, programme: Path | None
) -> None:
    """List the hotels as they are on a day."""
    from xapi_lrs_reports.hotel_register.list_hotels import list_text, listed

    directory, day = _opened(programme, as_of)
    found = listed(directory, day, chain)
    if as_json:
        data = {"as_of": day.isoformat(), "hotels": found}
        print_json(data)
    else:
        click.echo(list_text(found), nl=False)


_ABOUT_CERTIFICATES = {
    "rename_command": "noroom register reissue {hotel} puts the new name on it",
    "close_command": "noroom register lapse {hotel} --reason … ends it",
}


def _say_certificates(
    programme: ProgrammeDirectory, hotel: str, day: datetime.date, after: str, name: object
) -> None:
    """Say what a hotel holds under another name than this, and what to do about it now."""
    from programme.problems import InputError
    from xapi_lrs_reports.certificates.events import still_holding

    with contextlib.suppress(InputError):  # what is wrong with the register, its commands say
        for entry in still_holding(programme, hotel, day):
            if entry.name != name:
                said = f"It holds certificate {entry.number}: {after.format(hotel=hotel)}."
                click.echo(said, err=True)


def _dated(command: Callable[..., str]) -> Callable[..., None]:
    """Make a command that changes HOTEL from a day on; it gives what is said once it is written.

    It is called with the open register, the hotel, the day, who says so, and its own options.
    """

    @functools.wraps(command)
    def changed(
        hotel: str, by: str, on: datetime.datetime | None, programme: Path | None, **given: object
    ) -> None:
        from xapi_lrs_reports.hotel_register.change import changing

        directory, day = _opened(programme, on)
        with changing(directory) as change:
            said = command(change, hotel, day, by, **given)
        click.echo(said, err=True)
        after = _ABOUT_CERTIFICATES.get(command.__name__)
        if after and not given.get("until"):  # closed for the season, it keeps what it holds
            _say_certificates(directory, hotel, day, after, given.get("name"))

    made: Callable[..., None] = changed
    for option in (programme_option, _ON, _BY, _HOTEL):
        made = option(made)
    return made


@hotel_command.command("add")
@_dated
@click.option("--name", required=True, help="The name, as it stands on the certificate.")
@click.option("--chain", required=True, metavar="ID", help="The chain that it belongs to.")
@click.option("--language", default="", help="Of the certificate; else the programme's.")
@click.option("--country", default="", help="Whose contacts learners see; else the chain's.")
@click.option("--headcount", type=click.IntRange(1, 1_000_000), help="Declared employees.")
def add_command(
    change: Change, hotel: str, day: datetime.date, by: str, *, name: str, chain: str,
    language: str, country: str, headcount: int | None,
) -> str:  # fmt: skip
    """Add HOTEL, which joins the programme on a day."""
    from xapi_lrs_reports.hotel_register.change import NewHotel

    change.add(NewHotel(hotel, name, chain, language, day.isoformat(), country))
    if headcount:
        change.declare(hotel, headcount, by, day)
    return f"{hotel} added; it joins on {day}."


@hotel_command.command("rename")
@_dated
@click.argument("name")
def rename_command(change: Change, hotel: str, day: datetime.date, by: str, *, name: str) -> str:
    """Give HOTEL another NAME from a day on; its id stays."""
    if change.rename(hotel, name, day, by):
        return f"{hotel} is called {name} from {day} on."
    return f"{hotel} has this name already."


@hotel_command.command("merge")
@_dated
@click.option("--into", required=True, metavar="HOTEL", help="The hotel that it is part of now.")
def merge_command(change: Change, hotel: str, day: datetime.date, by: str, *, into: str) -> str:
    """Make HOTEL a part of another one of its chain; noroom hotel reopen takes it back."""
    change.merge(hotel, into, day, by)
    return (f"From {day} on, the people of {hotel} are those of {into}. Certificates stay with "
            "the hotel that has them.")  # fmt: skip


@hotel_command.command("close")
@_dated
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help=(
    "Closed for the season: the day on which it is open again."
))  # fmt: skip
def close_command(
    change: Change, hotel: str, day: datetime.date, by: str, *, until: datetime.datetime | None
) -> str:
    """Close HOTEL for good, or for the season: then it is judged as on its last open day."""
    change.close(hotel, day, until.date() if until else None, by)
    end = f" until {until.date()}" if until else ", for good"
    return f"{hotel} is closed from {day} on{end}."


@hotel_command.command("reopen")
@_dated
def reopen_command(change: Change, hotel: str, day: datetime.date, by: str) -> str:
    """End a closure or a merger of HOTEL."""
    change.reopen(hotel, day, by)
    return f"{hotel} is a hotel of its own from {day} on."


@hotel_command.command("headcount")
@_dated
@click.argument("number", type=click.IntRange(1, 1_000_000))
def headcount_command(
    change: Change, hotel: str, day: datetime.date, by: str, *, number: int
) -> str:
    """Note how many employees HOTEL declares; a complete roster counts before it."""
    change.require(hotel)
    change.declare(hotel, number, by, day)
    return f"{hotel}: {number} employees, declared on {day}."


@hotel_command.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what would change, write nothing.")
@json_option
@_BY
@_ON
@programme_option
def import_command(
    file: Path,
    dry_run: bool,
    as_json: bool,
    by: str,
    on: datetime.datetime | None,
    programme: Path | None,
) -> None:
    """Take over new hotels, names and headcounts from FILE, a CSV with the columns of hotels.csv.

    Hotels that FILE does not name stay as they are: noroom hotel close says that one is gone. So do
    country, language and joined of known hotels: change those in hotels.csv.
    """
    from xapi_lrs_reports.hotel_register.import_csv import import_hotels
    from xapi_lrs_reports.report.words import plural

    directory, day = _opened(programme, on)
    found = import_hotels(directory, file, day, by, is_dry=dry_run)
    if as_json:
        data = {"dry_run": dry_run, **found.as_json()}
        print_json(data)
        return
    for words, changes in (("added", found.added), ("renamed", found.renamed),
                           ("headcount", found.declared), ("kept", found.kept)):  # fmt: skip
        for hotel, what in changes:
            click.echo(f"{words:<10} {hotel}  {what}")
    click.echo(f"{plural(found.unchanged, 'hotel')} as before."
               + (" Nothing was written." if dry_run else ""), err=True)  # fmt: skip


def _opened(
    programme: Path | None, day: datetime.datetime | None
) -> tuple[ProgrammeDirectory, datetime.date]:
    """Give the programme, and the day that was named, or today."""
    from programme.directory import require_programme
    from xapi_lrs_reports.rule.parameters import today

    directory = require_programme(programme)
    return directory, day.date() if day else today(directory.settings.time_zone)
