"""`noroom forget`: parse options, call, print."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from xapi_lrs_reports.commands.output import print_json

_FOLDER = click.Path(path_type=Path, file_okay=False)

_MOST_BYTES = 1_000_000


@click.command("forget")
@click.option("--chain", required=True, metavar="ID", help="The chain whose LMS gave the id.")
@click.option("--from", "file", type=click.Path(path_type=Path, allow_dash=True, dir_okay=False),
              help="A file with one id per line (- is stdin); else you are asked.")  # fmt: skip
@click.option("--parquet", "exports", type=_FOLDER, multiple=True, metavar="DIR",
              help="A Parquet export outside the programme's folder; may be repeated.")  # fmt: skip
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would be removed.")
@click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--programme", type=_FOLDER, help="The programme's folder; else found.")
def forget_command(
    chain: str,
    file: Path | None,
    exports: tuple[Path, ...],
    is_dry: bool,
    yes: bool,
    as_json: bool,
    programme: Path | None,
) -> None:
    """Remove a person from store, Parquet, quarantine, roster, personal codes and logs, for good.

    You give the id that the LMS gives to the person, or another one of roster.csv. It is asked for
    and never shown, kept or printed. The completion no longer counts; certificates and printed
    counts stay. What the LRS still holds of before this moment stays out. A receipt without the id
    is written to store/receipts/.
    """
    from programme.directory import require_chains, require_programme
    from xapi_lrs_reports.people.forget.forget import forget, forget_ids
    from xapi_lrs_reports.people.forget.people import find_people
    from xapi_lrs_reports.people.forget.receipt import receipt_json, receipt_text, write_receipt

    directory = require_programme(programme)
    require_chains(directory, [chain])
    ids, now = _ids(file), datetime.datetime.now(datetime.UTC)
    if is_dry or not yes:
        people = find_people(directory, chain, ids)
        receipt = forget(directory, people, now=now, exports=exports, is_dry=True)
    if not (is_dry or yes):
        click.echo(receipt_text(receipt), err=True)
        click.confirm("Remove this for good?", abort=True, err=True)
        now = datetime.datetime.now(datetime.UTC)
    if not is_dry:
        receipt = forget_ids(directory, chain, ids, now=now, exports=exports)
    places = [] if is_dry else write_receipt(directory.path, receipt)
    if as_json:
        print_json(receipt_json(receipt))
    else:
        click.echo(receipt_text(receipt), nl=False)
    if receipt.is_empty:
        click.echo("Nothing was known under this id. Check it, and the chain.", err=True)
    for place in places:
        click.echo(f"Written: {place}", err=True)


def _ids(file: Path | None) -> list[str]:
    """Give the ids; they come from no argument, since shells and systems keep those."""
    if file is None:
        return [click.prompt("Id of the person in the LMS", hide_input=True, err=True)]
    from programme.files import read_bytes
    from programme.problems import InputError, Problem

    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else read_bytes(file, _MOST_BYTES)
        lines = [line.strip() for line in data.decode("utf-8-sig").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        what, fix = f"this file cannot be read: {reason}", "Write one id per line, in UTF-8."
        raise InputError([Problem("--from", 0, 0, "file-unreadable", what, fix)]) from None
    found = list(dict.fromkeys(line for line in lines if line))
    if found and (found[0].startswith("<") or any("\0" in line for line in found)):
        what, fix = "this is no list of ids", "Write one id per line, in UTF-8, and nothing else."
        raise InputError([Problem("--from", 0, 0, "file-unreadable", what, fix)])
    if not found:
        what, fix = "there is no id in it", "Write one id per line."
        raise InputError([Problem("--from", 0, 0, "forget-nobody", what, fix)])
    return found
