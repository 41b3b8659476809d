"""The options that most commands of the reading half share, worded once."""

from __future__ import annotations

from pathlib import Path

import click

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)

programme_option = click.option(
    "--programme", type=FOLDER, help="The programme's folder; else found upwards from here."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The date to decide for, such as 2026-11-21; else today.",
)
