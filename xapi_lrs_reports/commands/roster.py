"""The commands of `noroom roster`: parse options, call, print."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from xapi_lrs_reports.commands.options import json_option, programme_option
from xapi_lrs_reports.commands.output import print_json


@click.group("roster")
def roster_command() -> None:
    """Keep the list of who works where."""


@roster_command.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--chain", required=True, metavar="ID", help="The chain whose people these are.")
@click.option("--hotel", metavar="ID", help="The hotel of all of them, where no column says it.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]),
              help="The day from which the list holds; else today.")  # fmt: skip
@click.option("--complete", "is_complete", is_flag=True, help=(
    "The list is whole: whoever works at one of its hotels and is not on it has left."
))  # fmt: skip
@click.option("--many-leave", "may_many_leave", is_flag=True,
              help="Even if more than a fifth of a hotel leaves.")  # fmt: skip
@click.option("--dates", type=click.Choice(["ymd", "dmy", "mdy"]), help="The order of a date.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would change, write nothing.")
@json_option
@programme_option
def import_command(
    file: Path, on: datetime.datetime | None, as_json: bool, programme: Path | None, **wishes: Any
) -> None:
    """Take over who joined, left, moved or has another contract from FILE, a CSV or .xlsx of HR.

    Nothing that held before the day is changed. Without --complete nobody leaves who has no date
    in the column left. The LMS logins in FILE go into roster.csv and nowhere else.
    """
    from programme.command_line import print_problems
    from programme.directory import require_programme
    from xapi_lrs_reports.people.roster_import.import_roster import (
        Wish,
        changes_text,
        import_roster,
    )
    from xapi_lrs_reports.rule.parameters import today
    from xapi_lrs_reports.statements.reading import source_name

    directory = require_programme(programme)
    day = on.date() if on else today(directory.settings.time_zone)
    wish = Wish(on=day, **wishes)
    changes, warnings = import_roster(directory, file, source_name(directory.path, file), wish)
    if warnings:
        print_problems(warnings)
    if as_json:
        data = {"on": day.isoformat(), "dry_run": wish.is_dry, **changes.as_json()}
        print_json(data)
    else:
        click.echo(changes_text(changes, wish), nl=False)


@roster_command.command("aliases")
@json_option
@programme_option
def aliases_command(as_json: bool, programme: Path | None) -> None:
    """Say which rows of roster.csv bring several ids to one employee, and what came under them.

    Take the id out of the column aliases to take a merge back.
    """
    from programme.directory import require_programme
    from xapi_lrs_reports.people.merges import merges_of, merges_text

    found = merges_of(require_programme(programme))
    if as_json:
        print_json({"merges": [dict(vars(one)) for one in found]})
    else:
        click.echo(merges_text(found), nl=False)
