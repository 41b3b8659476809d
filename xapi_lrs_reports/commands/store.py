"""The commands of `noroom store`: parse options, call, print."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from programme.command_line import EXIT_INPUT, print_problems
from xapi_lrs_reports.commands.options import FOLDER, json_option, programme_option
from xapi_lrs_reports.commands.output import print_json

_DRY = click.option("--dry-run", "is_dry", is_flag=True, help="Say what would change.")


@click.group("store")
def store_command() -> None:
    """Check, migrate, export and import what was read from LRSs and files."""


@store_command.command("check")
@click.option("--repair", "is_repair", is_flag=True, help=(
    "Remove facts that stand twice, and those of people who were forgotten."
))  # fmt: skip
@json_option
@programme_option
def check_command(is_repair: bool, as_json: bool, programme: Path | None) -> None:
    """Look through the store: layout, repeated facts, voids without target, quarantine."""
    from programme.directory import require_programme
    from xapi_lrs_reports.store.store_check import check_store, checked_text

    checked = check_store(require_programme(programme), is_repair=is_repair)
    if as_json:
        print_json(checked.as_json())
    else:
        click.echo(checked_text(checked), nl=False)
    if checked.problems:
        print_problems(checked.problems)
    if any(problem.severity == "error" for problem in checked.problems):
        sys.exit(EXIT_INPUT)


@store_command.command("migrate")
@programme_option
def migrate_command(programme: Path | None) -> None:
    """Bring a store that an older noroom wrote to the present layout."""
    from programme.directory import require_programme
    from xapi_lrs_reports.store.migrate import migrate

    messages = migrate(require_programme(programme).path)
    for message in messages or ["The store has the present layout; nothing was changed."]:
        click.echo(message)


@store_command.command("export")
@click.argument("folder", required=False, type=FOLDER)
@json_option
@programme_option
def export_command(folder: Path | None, as_json: bool, programme: Path | None) -> None:
    """Write facts, voids and quarantine as Parquet to FOLDER, else store/parquet.

    An earlier export in FOLDER is replaced. noroom forget cleans exports in the programme's folder.
    """
    from programme.directory import require_programme
    from xapi_lrs_reports.store.opening import open_store
    from xapi_lrs_reports.store.parquet import export_parquet

    directory = require_programme(programme)
    place = folder or directory.path / "store" / "parquet"
    with open_store(directory.path) as store:
        rows = export_parquet(store, place)
    if as_json:
        print_json({"folder": str(place), "rows": rows})
        return
    click.echo(f"{place}: {', '.join(f'{name} {n:,}' for name, n in rows.items())}")


@store_command.command("import")
@click.argument("folder", type=FOLDER)
@json_option
@programme_option
def import_command(folder: Path, as_json: bool, programme: Path | None) -> None:
    """Take over an export from FOLDER: all of it or nothing, and nothing twice."""
    from programme.directory import require_programme
    from xapi_lrs_reports.store.opening import open_store
    from xapi_lrs_reports.store.parquet import import_parquet

    directory = require_programme(programme)
    with open_store(directory.path) as store:
        tally = import_parquet(store, folder)
    if as_json:
        print_json({"folder": str(folder), **tally.as_json()})
        return
    click.echo(f"{folder}: {', '.join(f'{name} {n:,}' for name, n in tally.as_json().items())}")


@store_command.command("reread")
@programme_option
def reread_command(programme: Path | None) -> None:
    """Read the files again of which something is quarantined, after it was put right."""
    from programme.directory import require_programme
    from xapi_lrs_reports.statements.reread import reread

    found = reread(require_programme(programme))
    click.echo(found.text(), nl=False)
    if found.problems:
        print_problems(found.problems)
    if any(problem.severity == "error" for problem in found.problems):
        sys.exit(EXIT_INPUT)


@store_command.command("prune")
@_DRY
@click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
@json_option
@programme_option
def prune_command(is_dry: bool, yes: bool, as_json: bool, programme: Path | None) -> None:
    """Remove people's data that are past their date, for good; numbers of past days stay.

    How long they are kept stands under retention in programme.yaml. You are shown first what would
    be removed. A receipt is written to store/receipts/.
    """
    import datetime

    from programme.directory import require_programme
    from xapi_lrs_reports.people.retention.prune import prune
    from xapi_lrs_reports.people.retention.receipt import receipt_json, receipt_text, write_receipt
    from xapi_lrs_reports.rule.parameters import today

    directory = require_programme(programme)
    day, now = today(directory.settings.time_zone), datetime.datetime.now(datetime.UTC)
    found = prune(directory, now=now, today=day, is_dry=True)
    if not (is_dry or yes or found.is_empty):
        click.echo(receipt_text(found), err=True)
        click.confirm("Remove this for good?", abort=True, err=True)
    if not (is_dry or found.is_empty):
        found = prune(directory, now=now, today=day, is_dry=False)
        for place in write_receipt(directory.path, found):
            click.echo(f"Written: {place}", err=True)
    if as_json:
        print_json(receipt_json(found))
        return
    click.echo("Nothing is past its date." if found.is_empty else receipt_text(found).rstrip())


@store_command.command("imports")
@json_option
@programme_option
def imports_command(as_json: bool, programme: Path | None) -> None:
    """List what was read from files: number, day, file, and how many completions it gave."""
    from programme.directory import require_programme
    from xapi_lrs_reports.store.batches.render import imports_text
    from xapi_lrs_reports.store.batches.withdraw import list_imports
    from xapi_lrs_reports.store.opening import open_store

    with open_store(require_programme(programme).path) as store:
        found = list_imports(store)
    if as_json:
        print_json({"imports": [one.as_json() for one in found]})
        return
    click.echo(imports_text(found), nl=False)


@store_command.command("withdraw")
@click.argument("number", type=click.IntRange(1))
@click.option("--by", required=True, metavar="NAME", help="Who takes it out; kept with it.")
@click.option("--reason", required=True, metavar="TEXT", help="Why; without names, please.")
@_DRY
@json_option
@programme_option
def withdraw_command(
    number: int, by: str, reason: str, is_dry: bool, as_json: bool, programme: Path | None
) -> None:
    """Take out an import that was wrong: what it alone gave counts no longer.

    What another file or an LRS gives too stays. noroom store restore takes it back. Rows that a
    return sheet wrote to roster.csv and headcounts.csv are yours to correct.
    """
    from programme.directory import require_programme
    from xapi_lrs_reports.store.batches.render import moved_text
    from xapi_lrs_reports.store.batches.withdraw import withdraw
    from xapi_lrs_reports.store.opening import open_store

    with open_store(require_programme(programme).path) as store:
        moved = withdraw(store, number, by=by, reason=reason, is_dry=is_dry)
    if as_json:
        print_json({"dry_run": is_dry, **moved.as_json()})
        return
    click.echo(moved_text(moved, "Would be withdrawn" if is_dry else "Withdrawn"), nl=False)


@store_command.command("restore")
@click.argument("number", type=click.IntRange(1))
@_DRY
@json_option
@programme_option
def restore_command(number: int, is_dry: bool, as_json: bool, programme: Path | None) -> None:
    """Bring back an import that was withdrawn."""
    from programme.directory import require_programme
    from xapi_lrs_reports.store.batches.render import restored_text
    from xapi_lrs_reports.store.batches.withdraw import restore
    from xapi_lrs_reports.store.opening import open_store

    with open_store(require_programme(programme).path) as store:
        moved = restore(store, number, is_dry=is_dry)
    if as_json:
        print_json({"dry_run": is_dry, **moved.as_json()})
        return
    click.echo(restored_text(moved, "Would be restored" if is_dry else "Restored"), nl=False)
