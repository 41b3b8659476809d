"""`noroom simulate`: a programme to try out, with the truth about it."""

from __future__ import annotations

from pathlib import Path

import click

from xapi_lrs_reports.commands.options import FOLDER, json_option
from xapi_lrs_reports.commands.output import print_json


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
        print_json(
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
