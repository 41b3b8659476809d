"""`noroom sync` and `noroom import`: statements, return sheets and exports into the store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from programme.command_line import EXIT_INPUT, print_problems
from xapi_lrs_reports.commands.lms_export import (
    export_options,
    list_presets,
    refuse_export_options,
)
from xapi_lrs_reports.commands.options import json_option, programme_option
from xapi_lrs_reports.commands.output import print_json

if TYPE_CHECKING:
    from xapi_lrs_reports.return_sheet.import_sheet import SheetReading
    from xapi_lrs_reports.statements.reading import Reading


@click.command("sync")
@click.option("--lrs", multiple=True, metavar="ID", help="Only this LRS; may be repeated.")
@json_option
@programme_option
def sync_command(lrs: tuple[str, ...], as_json: bool, programme: Path | None) -> None:
    """Read new statements from the programme's LRSs.

    User and password of an LRS come from NOROOM_LRS_<ID>_USER and NOROOM_LRS_<ID>_PASSWORD. An
    interrupted sync goes on where it stopped.
    """
    from programme.directory import require_programme
    from xapi_lrs_reports.statements.sync import sync

    directory = require_programme(programme)
    readings, problems = sync(directory, lrs, progress=lambda line: click.echo(line, err=True))
    _print_readings(readings, [], as_json=as_json)
    if problems:
        print_problems(problems)
        sys.exit(EXIT_INPUT)


@click.command("import")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--strict", is_flag=True, help="Exit with 1 if anything cannot be used.")
@click.option("--dry-run", is_flag=True, help=(
    "Return sheets and LMS exports: say what would change, write nothing."
))  # fmt: skip
@click.option("--chain", metavar="ID", help="Return sheets and LMS exports: the chain's.")
@export_options
@json_option
@programme_option
def import_command(
    files: tuple[Path, ...],
    strict: bool,
    dry_run: bool,
    chain: str | None,
    as_json: bool,
    programme: Path | None,
    **export: Any,
) -> None:
    """Read statements from FILES, what HR sent back in return-sheet.xlsx, or what an LMS exports.

    Statements: NDJSON, JSON array or LRS answer, plain, .gz or .zst; - is stdin; of a folder,
    all files of statements. A return sheet goes to headcounts.csv, roster.csv and, its completion
    codes, to the fact store; --dry-run shows first what it would change. With --preset or
    --mapping: completions from an LMS's export, or an attendance list, as CSV or .xlsx.
    """
    from programme.directory import read_programme, require_programme
    from xapi_lrs_reports.commands.lms_export import import_exports
    from xapi_lrs_reports.kept_settings import read_and_keep_programme
    from xapi_lrs_reports.sources.workbook import is_called_spreadsheet
    from xapi_lrs_reports.statements.import_files import import_files

    if export["preset"] == "list":
        list_presets()
        return
    if not files:
        raise click.UsageError("Missing argument 'FILES...'.")
    if export["preset"] or export["mapping"]:
        import_exports(files, programme, chain=chain, is_dry=dry_run, is_strict=strict,
                       as_json=as_json, **export)  # fmt: skip
        return
    refuse_export_options(export)
    sheets = [is_called_spreadsheet(file) for file in files]
    if (dry_run or chain) and not all(sheets):
        raise click.UsageError("--dry-run and --chain are for return sheets (.xlsx) alone.")
    # A return sheet asks a chain for more than what is kept of it.
    directory = require_programme(
        programme, read_programme if any(sheets) else read_and_keep_programme
    )
    found = import_files(directory, files, sys.stdin.buffer, chain=chain, is_dry=dry_run)
    _print_readings(found.readings, found.sheets, as_json=as_json)
    if said := [*found.problems, *found.warnings]:
        print_problems(said)
    if not found.is_fine or (strict and found.unused):
        sys.exit(EXIT_INPUT)


def _print_readings(readings: list[Reading], sheets: list[SheetReading], *, as_json: bool) -> None:
    """Print counts to stdout, a picture of the quarantined statements and notes to stderr."""
    groups = [group for reading in readings for group in reading.groups]
    for group in [*groups, *(group for sheet in sheets for group in sheet.groups)]:
        click.echo(f"{group.text()}\n", err=True)
    for reading in readings:
        for note, number in sorted(reading.notes.items()):
            click.echo(f"{reading.source}: {number:,} statements {note}.", err=True)
    if as_json:
        sources = [
            {
                "source": reading.source,
                **reading.tally.as_json(),
                "problems": [problem.as_json() for problem in reading.problems],
            }
            for reading in readings
        ]
        print_json({"sources": [*sources, *(sheet.as_json() for sheet in sheets)]})
        return
    if sheets:
        from xapi_lrs_reports.return_sheet.render import sheet_text

        click.echo("".join(map(sheet_text, sheets)), nl=False)
    for reading in readings:
        counts = ", ".join(f"{name} {n:,}" for name, n in reading.tally.as_json().items())
        click.echo(f"{reading.source}: {counts}")
