"""The commands of the reading half: parse options, call, print."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from programme.command_line import EXIT_INPUT, print_problems
from xapi_lrs_reports.commands_export import (
    export_options,
    list_presets,
    refuse_export_options,
)
from xapi_lrs_reports.materials_options import materials_options, open_materials
from xapi_lrs_reports.options import FOLDER, as_of_option, json_option, programme_option

if TYPE_CHECKING:
    from xapi_lrs_reports.report.report_model import Report
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
    from programme.directory import require_programme
    from xapi_lrs_reports.commands_export import import_exports
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
    if (dry_run or chain) and not all(is_called_spreadsheet(file) for file in files):
        raise click.UsageError("--dry-run and --chain are for return sheets (.xlsx) alone.")
    directory = require_programme(programme)
    found = import_files(directory, files, sys.stdin.buffer, chain=chain, is_dry=dry_run)
    _print_readings(found.readings, found.sheets, as_json=as_json)
    if said := [*found.problems, *found.warnings]:
        print_problems(said)
    if not found.is_fine or (strict and found.unused):
        sys.exit(EXIT_INPUT)


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
    from xapi_lrs_reports.certificates.issue import issue_certificates
    from xapi_lrs_reports.rule.parameters import today

    directory = require_programme(programme)
    if as_of and as_of.date() > today(directory.settings.time_zone):
        raise click.UsageError("--as-of lies in the future; nobody can certify that yet.")
    report = _decide(as_of, directory.path, None)
    with open_materials(directory, report.as_of, **materials) as papers:
        issued = issue_certificates(
            directory, report, today=report.as_of, hotel=hotel, renew_days=renew_within,
            materials=papers,
        )  # fmt: skip
    if as_json:
        _print_json({"issued": [_certificate_json(one) for one in issued]})
        return
    for one in issued:
        until = f"valid until {one.valid_until}" if one.valid_until else "valid without end"
        click.echo(f"{one.number}  {one.hotel}  {until}  {one.path}")
    click.echo(f"{len(issued)} certificates issued as of {report.as_of}.", err=True)


def _certificate_json(one: Any) -> dict[str, object]:
    return {
        "number": one.number,
        "hotel": one.hotel,
        "path": str(one.path),
        "issued_on": one.issued_on.isoformat(),
        "valid_until": one.valid_until.isoformat() if one.valid_until else None,
    }


@click.command("simulate")
@click.option("--hotels", type=click.IntRange(1), default=10, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--faults", is_flag=True, help="Add what goes wrong in real data.")
@click.option("--out", type=FOLDER, required=True, help="A folder that is not there yet.")
@json_option
def simulate_command(hotels: int, seed: int, faults: bool, out: Path, as_json: bool) -> None:
    """Write a programme with hotels, employees and statements to try out."""
    from xapi_lrs_reports.simulate import write_programme

    summary = write_programme(out, hotels=hotels, seed=seed, faults=faults)
    if as_json:
        _print_json(
            {
                "path": str(summary.path),
                "as_of": summary.as_of.isoformat(),
                "hotels": summary.hotels,
                "employees": summary.employees,
                "statements": summary.statements,
                "certified": summary.certified,
            }
        )
        return
    click.echo(
        f"{summary.path}: {summary.hotels:,} hotels, {summary.employees:,} employees, "
        f"{summary.statements:,} statements; {summary.certified:,} hotels certified as of "
        f"{summary.as_of}, says truth.json."
    )


def _decide(as_of: datetime.datetime | None, programme: Path | None, chain: str | None) -> Report:
    from programme.directory import require_programme
    from xapi_lrs_reports.rule.decide import decide

    return decide(require_programme(programme), as_of.date() if as_of else None, chain)


def _print_json(data: object) -> None:
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


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
        _print_json({"sources": [*sources, *(sheet.as_json() for sheet in sheets)]})
        return
    if sheets:
        from xapi_lrs_reports.return_sheet.render import sheet_text

        click.echo("".join(map(sheet_text, sheets)), nl=False)
    for reading in readings:
        counts = ", ".join(f"{name} {n:,}" for name, n in reading.tally.as_json().items())
        click.echo(f"{reading.source}: {counts}")
